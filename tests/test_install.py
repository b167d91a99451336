"""What `meson install` puts in place works where nothing else of the project is: the folder of the sources and that of the
build are hidden (a mount namespace with an empty folder over them)."""
import json
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from testing import ROOT, Skip

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
