"""libchecksheet: the header, what is exported, and readings by callers in C and in Python (library_caller.py)."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from testing import ROOT, Skip, each

HEADER = ROOT / "extract/library/checksheet.h"
SYMBOLS = ROOT / "tests/library/symbols.txt"
ABI = ROOT / "tests/library/libchecksheet.abi"
PDF = "corpus/kazemachi/security-sheet.pdf"
PAGE = "corpus/yoinoma/service-level.html"
WORKBOOK = "tests/cases/workbook-as-shown/input.xlsx"
TEXT = "corpus/sunadokei/checksheet.txt"


def library_of(program):
    if b"__asan_init" in Path(program.path).read_bytes():
        raise Skip("a library with a sanitizer needs a caller with one")
    library = Path(program.path).parent / "libchecksheet.so.0"
    assert library.exists(), f"{library} is not built"
    return library


def run(*command, environment=None, status=0, **options):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=3000, check=False,
                          env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})}, **options)
    assert done.returncode == status, f"{command}\nexit {done.returncode}\n{done.stdout[-500:]}{done.stderr[-2000:]}"
    return done


def caller(program, what, *arguments, environment=None, **options):
    """library_caller.py WHAT, which uses wrappers/python."""
    return run(sys.executable, "tests/library_caller.py", what, str(program.path), *arguments,
               environment={"LIBCHECKSHEET": str(library_of(program)), "PYTHONPATH": str(ROOT / "wrappers/python"),
                            "PYTHONDONTWRITEBYTECODE": "1", **(environment or {})}, **options)


def declared():
    return set(re.findall(r"\b(checksheet_\w+) \(", re.sub(r"/\*.*?\*/", "", HEADER.read_text(), flags=re.DOTALL)))


def exported(library):
    lines = run("nm", "-D", "--defined-only", str(library)).stdout.splitlines()
    return {line.split()[-1] for line in lines if " A " not in line}


def test_exports_what_the_header_declares(program):
    names = {name.split("@")[0] for name in exported(library_of(program))}
    assert names == declared(), f"declared or exported only: {sorted(names ^ declared())}"


def test_no_symbol_is_lost(program):
    """What was once exported stays; a new one is added to the list (ACCEPT=1 writes it)."""
    names = sorted(exported(library_of(program)))
    if os.environ.get("ACCEPT") == "1":
        SYMBOLS.write_text("".join(f"{name}\n" for name in names))
    assert SYMBOLS.read_text().split() == names, sorted(set(SYMBOLS.read_text().split()) ^ set(names))


def test_soname(program):
    assert "[libchecksheet.so.0]" in run("readelf", "-d", str(library_of(program))).stdout


def abi_of(library, file):
    try:
        run("abidw", "--exported-interfaces-only", "--headers-dir", str(HEADER.parent), "--drop-private-types", "--no-corpus-path", "--no-comp-dir-path",
            "--no-show-locs", "--no-elf-needed", "--out-file", str(file), str(library))
    except FileNotFoundError as absent:
        raise Skip("abidw (abigail-tools) is not installed") from absent


def test_abi_is_that_of_version_0(program):
    """abidiff between what is stored and what is built: only additions are allowed."""
    library = library_of(program)
    with tempfile.TemporaryDirectory() as folder:
        now = Path(folder) / "now.abi"
        abi_of(library, now)
        if os.environ.get("ACCEPT") == "1":
            ABI.write_text(now.read_text())
        done = subprocess.run(["abidiff", "--no-added-syms", ABI, now], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_header_alone(program):
    """It needs nothing but itself, in C and in C++, and shows nothing of what it is made with."""
    library_of(program)
    for compiler in (["gcc", "-std=c99", "-x", "c"], ["g++", "-std=c++11", "-x", "c++"]):
        run(*compiler, "-fsyntax-only", "-Wall", "-Wextra", "-pedantic", "-Werror", "-include", str(HEADER), "/dev/null")
    code = re.sub(r"/\*.*?\*/", "", HEADER.read_text(), flags=re.DOTALL)
    assert re.findall(r"#include\s+(\S+)", code) == ["<stddef.h>"]
    assert not re.search(r"\bg[a-z]+_|\bG[A-Z]\w+|poppler|cJSON", code)


def test_header_names_the_statuses():
    """Each status with which a document can fail is in the header's list."""
    words = set(re.findall(r'"([a-z-]+)"', re.search(r"statuses\[\] = \{(.*?)\};", (ROOT / "extract/model/error.c").read_text(),
                                                   re.DOTALL).group(1)))
    never = {"fetch-error", "blocked-address", "wrong-manifest"}  # the library fetches nothing
    absent = [word for word in words - never if word not in HEADER.read_text()]
    assert words > never and not absent, absent


def items_of(program, path):
    sheet = json.loads(program.good("convert", path).out)
    return [((item["meti"] or {}).get("id", "-"), item["name"], item["answer"]["status"]) for item in sheet["items"]]


def lines_of(text):
    return [tuple(line.split("\t")) for line in text.splitlines()]


def test_example_in_c(program):
    library = library_of(program)
    with tempfile.TemporaryDirectory() as folder:
        example = Path(folder) / "sheet"
        run("gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", f"-I{HEADER.parent}", "examples/sheet.c", "-o", str(example),
            str(library), f"-Wl,-rpath,{library.parent}")
        lines = lines_of(run(str(example), PDF).stdout)
        assert [len(lines[0])] == [1] and lines[1:] == items_of(program, PDF)
        failed = run(str(example), "README.md", status=1)
        assert "no-sheet" in failed.stderr


def test_example_in_python(program):
    environment = {"LIBCHECKSHEET": str(library_of(program))}
    done = run(sys.executable, "examples/sheet.py", PAGE, environment=environment)
    assert lines_of(done.stdout) == items_of(program, PAGE)
    assert "no-sheet" in run(sys.executable, "examples/sheet.py", "README.md", environment=environment, status=1).stderr


def test_same_bytes_wherever_it_is_read(program):
    caller(program, "same", PDF, PAGE, TEXT, "out/kazemachi/security-sheet.json")


def test_two_knowledges_in_two_threads(program):
    caller(program, "threads", PDF, PAGE, WORKBOOK, "tests/catalogue/sheet.html", "tests/catalogue/suisou.json")


def test_one_knowledge_in_many_threads(program):
    caller(program, "shared", PDF, TEXT)


def test_hostile_documents(program):
    caller(program, "hostile", PDF)


def test_limits(program):
    caller(program, "limits", PDF)


def test_passwords_pages_limits_of_size(program):
    caller(program, "given", PDF)


def test_embedded_from_start_to_finish(program):
    """The fourth end of those who use it: a service with the library in it, by the wrapper for Python; in C it is
    test_example_in_c, from the installed library test_install.py."""
    caller(program, "embed", PDF, PAGE, TEXT, WORKBOOK, "README.md")


def test_caller_is_left_as_it_was(program):
    caller(program, "untouched", TEXT)


def test_closed_standard_descriptors(program):
    caller(program, "closed", TEXT)


def test_library_opened_by_a_relative_path(program):
    caller(program, "moved", PDF, environment={"LIBCHECKSHEET": os.path.relpath(library_of(program), ROOT)})


def test_charset(program):
    caller(program, "charset")


def test_wrong_patterns(program):
    caller(program, "patterns")


def test_programs_that_are_wrong(program):
    caller(program, "programs", TEXT)


def test_locale_of_the_caller(program):
    """Numbers are written with a point where the caller's language has a comma."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", f"{folder}/de_DE.UTF-8"], capture_output=True,
                              check=False)
        if done.returncode > 1 or not Path(folder, "de_DE.UTF-8").exists():
            raise Skip("localedef has no de_DE (package locales)")
        caller(program, "locale", PDF, environment={"LOCPATH": folder, "LC_ALL": "de_DE.UTF-8"})


def test_wrapper_for_python_is_built(program):
    """A wheel, without the net."""
    library_of(program)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "python"
        run("cp", "-r", "wrappers/python", str(copy))
        run(sys.executable, "-c", "import os, sys, setuptools.build_meta as build; os.chdir(sys.argv[1]); build.build_wheel('.')",
            str(copy))
        assert list(copy.glob("checksheet-*-py3-none-any.whl"))


@each([("python", "sheet.py", [sys.executable]), ("node", "sheet.mjs", ["node"])])
def test_example_of_a_wrapper(program, wrapper_and_call):
    """What its README shows works as it is, saved beside a document."""
    library_of(program)
    wrapper, name, call = wrapper_and_call
    if not shutil.which(call[0]):
        raise Skip(f"{call[0]} is not installed")
    source = ROOT / "wrappers" / wrapper
    example = re.search(r"^```(?:python|js)\n(.*?)^```", (source / "README.md").read_text(), re.MULTILINE | re.DOTALL)[1]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "node_modules").mkdir()
        Path(folder, "node_modules/checksheet").symlink_to(ROOT / "wrappers/node")
        Path(folder, name).write_text(example)
        shutil.copy(ROOT / PDF, Path(folder, "sheet.pdf"))
        done = subprocess.run([*call, name], cwd=folder, capture_output=True, text=True, check=False,
                              env={**os.environ, "CHECKSHEET": str(program.path), "LIBCHECKSHEET": str(library_of(program)),
                                   "PYTHONPATH": str(ROOT / "wrappers/python")})
    assert done.returncode == 0 and "サービス稼働率 stated" in done.stdout, done.stdout + done.stderr


def test_wrapper_for_node(program):
    """Its own tests, run by node, with the program that was built; packed as npm would."""
    library_of(program)
    try:
        run("node", "--test", "wrappers/node/", environment={"CHECKSHEET": str(program.path)})
        packed = json.loads(run("npm", "pack", "--dry-run", "--json", "./wrappers/node").stdout)
    except FileNotFoundError as absent:
        raise Skip(f"{absent.filename} is not installed") from absent
    assert {file["path"] for file in packed[0]["files"]} >= {"index.js", "index.d.ts", "README.md", "package.json"}
