"""What two programs make of the same documents: every difference in what they print, and how each call ended.

    tests/compare.py OLD NEW [PATH…]

Each document of corpus/, tests/cases, ../shared/cases, ../shared/seeds and ../shared/faults (or of PATH) goes through the calls below, each
pair of revisions through `diff`. Two things may differ and are left out: `made_by` (program and fingerprint) and the note `pattern-gave-up`,
which programs before it did not have. Exit status 0: the same; 1: differences, printed with the first lines of each; 2: the call is wrong.

What OLD prints is kept in the folder for temporary files under the program's own sum, so that the second comparison costs half.
"""
import concurrent.futures
import difflib
import hashlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FOLDERS = [ROOT / "corpus", ROOT / "tests" / "cases", SHARED / "cases" / "docs", SHARED / "seeds", SHARED / "faults"]
# Beside the documents stand what must come out of them and what they were made from.
BESIDE = {"gold.json", "case.json", "sheet.json", "items.txt", "rows.tsv", "grid.txt", "error.txt", "input", "README.md", "vendors.yaml", "make"}
CALLS = [
    ("convert",),
    ("convert", "--format", "csv"),
    ("show", "grid"),
    ("show", "rows"),
    ("show", "rows", "--format", "json"),
    ("show", "items"),
]
DIFF_CALLS = [("diff",), ("diff", "--format", "json")]
LINES_SHOWN = 6
CALLS_SHOWN = 40
SECONDS = 120
SECONDS_KEPT = 15  # what took longer may have been stopped by a limit on a busy machine


def documents(paths):
    for path in paths:
        files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
        yield from (file for file in files if file.name not in BESIDE and "sources" not in file.parts)


def pairs(files):
    """Documents that stand beside each other and are revisions of one: old.* and new.*, and those of the seeds and the corpus."""
    for folder in sorted((ROOT / "tests" / "changes").iterdir()):
        yield sorted(folder.glob("old.*"))[0], sorted(folder.glob("new.*"))[0]
    by_folder = {}
    for file in files:
        by_folder.setdefault(file.parent, []).append(file)
    for folder, beside in by_folder.items():
        if folder == SHARED / "seeds" or folder.parent == ROOT / "corpus":
            yield from zip(beside, beside[1:])


def without_maker(text):
    text = re.sub(r'"made_by": ?\{[^}]*\}', '"made_by": {}', text)
    return re.sub(r',?\s*\{"code": ?"pattern-gave-up"[^}]*(\{[^}]*\}[^}]*)?\}', "", text)


def printed(program, call):
    """(exit status, standard output) of PROGRAM called with CALL, a tuple whose Paths are documents."""
    words = [str(program), *map(str, call)]
    environment = os.environ | {"LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
    try:
        result = subprocess.run(words, capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS, env=environment, check=False)
    except subprocess.TimeoutExpired:
        return "no end", ""
    return result.returncode, without_maker(result.stdout.decode("utf-8", "replace"))


def kept(program, sum_of_program, call):
    """The same, from an earlier comparison where the documents are those of today."""
    key = hashlib.sha256(sum_of_program.encode())
    for word in call:
        key.update(word.read_bytes() + str(word).encode() if isinstance(word, pathlib.Path) else word.encode())
        key.update(b"\0")
    store = pathlib.Path(tempfile.gettempdir()) / "checksheet-compare" / key.hexdigest()
    if store.exists():
        status, _, text = store.read_bytes().decode().partition("\n")
        return int(status) if status.lstrip("-").isdigit() else status, text
    start = time.monotonic()
    status, text = printed(program, call)
    if time.monotonic() - start > SECONDS_KEPT:
        return status, text
    store.parent.mkdir(exist_ok=True)
    beside = store.with_suffix(f".{os.getpid()}-{id(call)}")
    beside.write_bytes(f"{status}\n{text}".encode())
    beside.replace(store)
    return status, text


def first_lines(old, new):
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), "old", "new", n=0, lineterm="")
    shown = [line[:160] for line in lines if not line.startswith(("---", "+++", "@@"))]
    return shown[:LINES_SHOWN] + ([f"… and {len(shown) - LINES_SHOWN} more lines"] if len(shown) > LINES_SHOWN else [])


def main():
    if len(sys.argv) < 3 or not all(pathlib.Path(program).is_file() for program in sys.argv[1:3]):
        print("usage: ./dev compare OLD NEW [PATH…]: two programs, and documents in place of all", file=sys.stderr)
        return 2
    old, new = (pathlib.Path(program).resolve() for program in sys.argv[1:3])
    named = [pathlib.Path(path).resolve() for path in sys.argv[3:]]
    sum_of_old = hashlib.sha256(old.read_bytes()).hexdigest()
    files = list(documents(named or [folder for folder in FOLDERS if folder.exists()]))
    calls = [(*call, file) for file in files for call in CALLS]
    calls += [(*call, *pair) for pair in ([] if named else pairs(files)) for call in DIFF_CALLS]

    def both(call):
        return call, kept(old, sum_of_old, call), printed(new, call)

    different = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for call, before, after in pool.map(both, calls):
            if before == after:
                continue
            different += 1
            if different > CALLS_SHOWN:
                continue
            print(f"checksheet {' '.join(str(os.path.relpath(word) if isinstance(word, pathlib.Path) else word) for word in call)}")
            if before[0] != after[0]:
                print(f"  exit status {before[0]}, now {after[0]}")
            for line in first_lines(before[1], after[1]):
                print(f"  {line}")
    if different > CALLS_SHOWN:
        print(f"… and {different - CALLS_SHOWN} more calls")
    print(f"{len(files)} documents, {len(calls)} calls, {different} different")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
