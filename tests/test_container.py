"""Containerfile and docs/container.md: the image reads as nobody and without a network, by buildah, which needs no podman. Building takes
minutes and Debian's mirror, so it is done with CONTAINER=1 alone."""
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from testing import ROOT, Skip

BASE = "docker.io/library/debian:12-slim"
COMMAND = re.compile(r"^podman run .*--network none.* checksheet (convert [^<\n]*?)(?: < (\S+))?$", re.MULTILINE)


def test_image_reads_as_nobody_without_a_network():
    if os.environ.get("CONTAINER") != "1":
        raise Skip("CONTAINER=1 builds the image, in some minutes")
    if os.getuid() or not shutil.which("buildah") or not shutil.which("mmdebstrap"):
        raise Skip("needs root, buildah and mmdebstrap")
    with tempfile.TemporaryDirectory() as folder:
        def buildah(*words, before=(), stdin=b""):
            done = subprocess.run([*before, "buildah", "--storage-driver", "vfs", "--root", f"{folder}/store", "--runroot", f"{folder}/run",
                                   *words], input=stdin, capture_output=True, check=False)
            assert done.returncode == 0, f"{words}\n{done.stdout[-1000:].decode()}{done.stderr[-3000:].decode()}"
            return done.stdout.decode()

        sources, sheets = Path(folder) / "sources", Path(folder) / "sheets"
        sources.mkdir()
        sheets.mkdir()
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x", "-C", sources], input=archive, check=True)
        # Debian itself, for where no registry of images is within reach.
        subprocess.run(["mmdebstrap", "--variant=minbase", "--components=main", "bookworm", f"{folder}/base.tar"], capture_output=True, check=True)
        base = buildah("from", "scratch").strip()
        buildah("add", base, f"{folder}/base.tar", "/")
        buildah("commit", base, BASE)
        buildah("bud", "--pull-never", "--isolation", "chroot", "--network", "host", "-t", "checksheet", sources)
        image = buildah("from", "--pull-never", "localhost/checksheet").strip()
        shutil.copy(ROOT / "corpus/kazemachi/security-sheet.pdf", sheets / "sheet.pdf")
        (sheets / "names-or-documents.ndjson").write_text('{"path": "sheet.pdf"}\n')

        def run(*words, stdin=b""):
            return buildah("run", "--isolation", "chroot", "-v", f"{sheets}:/sheets:ro", image, "--", *words, before=("unshare", "-n"), stdin=stdin)

        assert run("id", "-u") == "65534\n"
        assert re.findall(r"^ *(\w+):", run("cat", "/proc/net/dev"), re.MULTILINE) == ["lo"]
        commands = COMMAND.findall((ROOT / "docs/container.md").read_text())
        assert len(commands) == 3
        for words, stdin in commands:
            said = run("checksheet", *words.split(), stdin=(sheets / stdin).read_bytes() if stdin else b"")
            assert '"METI-CSL-49"' in said, f"{words}\n{said[:1000]}"
