"""What `meson install` puts in place works where nothing else of the project is: the folder of the sources and that of the
build are hidden (a mount namespace with an empty folder over them)."""
import json
import os
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from testing import ROOT, Skip, each

PDF = ROOT / "corpus/kazemachi/security-sheet.pdf"
PAGE = ROOT / "corpus/yoinoma/service-level.html"


def run(*command, environment=None, folder="/", status=0):
    done = subprocess.run(list(map(str, command)), capture_output=True, cwd=folder, check=False,
                          env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})})
    assert done.returncode == status, f"{command}\nexit {done.returncode}\n{done.stdout.decode()[-500:]}{done.stderr.decode()[-2000:]}"
    return done.stdout


@contextmanager
def installed(program):
    """The folder into which the build of the program was installed, and its prefix in there."""
    build = Path(program.path).parent
    if b"__asan_init" in Path(program.path).read_bytes():
        raise Skip("a build with a sanitizer is not installed")
    if not (build / "meson-info/intro-buildoptions.json").exists():
        raise Skip("the program stands in no folder of a build of Meson")
    options = {option["name"]: option["value"] for option in json.loads((build / "meson-info/intro-buildoptions.json").read_text())}
    with tempfile.TemporaryDirectory() as folder:
        run("/usr/bin/meson", "install", "-C", build, "--no-rebuild", "--quiet", environment={"DESTDIR": folder})
        yield Path(folder), Path(folder + options["prefix"]), options


def hidden(*command, build, **options):
    """Runs it where the sources and the build are an empty folder."""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        raise Skip("namespaces are not allowed here")
    hide = f"mount -t tmpfs none {ROOT} && " + (f"mount -t tmpfs none {build} && " if ROOT not in build.parents else "")
    return run("unshare", "-rm", "sh", "-c", hide + f"test ! -e {ROOT}/meson.build && exec \"$@\"", "sh", *command, **options)


def test_all_is_in_place(program):
    with installed(program) as (_, prefix, options):
        library, data = prefix / options["libdir"], prefix / options["datadir"]
        for path in (prefix / options["bindir"] / "checksheet", library / "libchecksheet.so.0", library / "libchecksheet.so",
                     library / "pkgconfig/checksheet.pc", library / "checksheet/checksheet-pdf.so",
                     library / "checksheet/checksheet-qpdf.so", library / "checksheet/checksheet-pictures.so",
                     prefix / options["includedir"] / "checksheet.h", data / "checksheet/checksheet-1.schema.json",
                     data / "checksheet/event-1.schema.json", data / "checksheet/patterns/columns.pattern",
                     data / "locale/ja/LC_MESSAGES/checksheet.mo", prefix / "lib/systemd/system/checksheet-refresh@.service",
                     prefix / "lib/systemd/system/checksheet-refresh@.timer"):
            assert path.exists(), f"{path.relative_to(prefix)} is not installed"
        unit = (prefix / "lib/systemd/system/checksheet-refresh@.service").read_text()
        assert f"ExecStart={options['prefix']}/{options['bindir']}/checksheet refresh" in unit
        assert (prefix / options["bindir"] / "checksheet").stat().st_mode & 0o111


def test_installed_program_works_without_the_sources(program):
    with installed(program) as (folder, prefix, options):
        command, build = prefix / options["bindir"] / "checksheet", Path(program.path).parent
        for source in (PDF, PAGE):
            copy = shutil.copy(source, folder)
            expected = program.good("convert", copy).out
            assert hidden(command, "convert", copy, build=build) == expected
        # The patterns that are installed are those built in.
        patterns = hidden(command, "convert", "--patterns", prefix / options["datadir"] / "checksheet/patterns", copy, build=build)
        assert json.loads(patterns)["items"] == json.loads(expected)["items"]


def test_installed_library_works_without_the_sources(program):
    """A program is built by what pkg-config says; the library finds its program and its modules by itself."""
    with installed(program) as (folder, prefix, options):
        pkg = prefix / options["libdir"] / "pkgconfig"
        flags = run("pkg-config", "--cflags", "--libs", "checksheet",
                    environment={"PKG_CONFIG_LIBDIR": str(pkg), "PKG_CONFIG_SYSROOT_DIR": str(folder)}).decode().split()
        example = folder / "sheet"
        run("gcc", "-Wall", "-Werror", ROOT / "examples/sheet.c", "-o", example, *flags)
        copy = shutil.copy(PDF, folder)
        environment = {"LD_LIBRARY_PATH": str(prefix / options["libdir"])}
        out = hidden(example, copy, build=Path(program.path).parent, environment=environment)
        assert b"METI-CSL-05" in out


# The four ends that people come for, in an empty folder, by the commands of the pages as they stand there.
ENDS = {"compare three vendors": ["README.md", "docs/compare.md", "docs/report.md"], "watch every night": ["docs/watch.md"],
        "thousands on a cluster": ["docs/convert.md", "docs/cluster.md", "docs/database.md"], "embed it": ["docs/library.md"]}
NODE = """import { readFile } from 'node:fs/promises';
import checksheet from './wrappers/node/index.js';
const reader = new checksheet.Checksheet({ seconds: 60 });
const { status, sheet } = await reader.read(await readFile('corpus/tsurubami/cloud-checksheet.pdf'), { name: 'sheet.pdf' });
console.log(status, sheet.items.length);
await reader.close();
"""


def commands_of(page, folder):
    """The first block of README, those of another page, for the installed program; what is in /tmp is in FOLDER."""
    blocks = re.findall(r"^```sh run\n(.*?)^```", (ROOT / page).read_text(), re.MULTILINE | re.DOTALL)
    text = "".join(blocks[:1] if page == "README.md" else blocks)
    assert "build/checksheet" in text or "LIBCHECKSHEET" in text, page
    return text.replace("LIBCHECKSHEET=build/libchecksheet.so.0", "").replace("build/checksheet", "checksheet").replace("/tmp/", f"{folder}/made/")


@each(ENDS)
def test_end_with_the_installed_program(program, end):
    for tool in {"watch every night": ["jq"], "thousands on a cluster": ["jq", "mlr", "sqlite3", "qpdf"], "embed it": ["qpdf", "node"]}.get(end, []):
        if not shutil.which(tool):
            raise Skip(f"{tool} is not installed")
    with installed(program) as (folder, prefix, options):
        empty = folder / "empty"
        (empty / "made").mkdir(parents=True)
        for name in ("corpus", "out", "examples", "wrappers"):
            shutil.copytree(ROOT / name, empty / name)
        environment = {"PATH": f"{prefix / options['bindir']}:{os.environ['PATH']}", "LD_LIBRARY_PATH": str(prefix / options["libdir"])}
        script = "".join(commands_of(page, empty) for page in ENDS[end])
        if end == "embed it":
            (empty / "sheet.mjs").write_text(NODE)
            script += "node sheet.mjs\n"
        said = hidden("bash", "-euo", "pipefail", "-c", script, build=Path(program.path).parent, environment=environment, folder=empty).decode()
        made = {path.name for path in (empty / "made").rglob("*")}
    if end == "compare three vendors":
        assert {"side-by-side.xlsx", "report.html", "three.xlsx", "compared.html"} <= made, made
    elif end == "watch every night":
        assert {"told", "report.html", "items.ndjson"} <= made and "mizukurage/checksheet-2025-02-20" in said, made
    elif end == "thousands on a cluster":
        assert {"shards.sqlite", "vendors.sqlite", "vendors.csv", "vendors-oscal", "vendors.ndjson"} <= made, made
    else:
        assert "METI-CSL-05" in said and re.search(r"^ok 52$", said, re.MULTILINE), said[-500:]
