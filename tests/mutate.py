#!/usr/bin/python3
"""mutate.py [--count N] [--seed N] [--seconds N] [--unchecked] [--mistakes] [PATH…] - whether a test notices when one line of extract/ is wrong.

Makes a copy of the tree in build-mutate/, changes one line at a time there (a comparison, a constant, a call left out, what
is returned), builds what changed and runs the tests that cover it (mutate.tsv). Prints the share that a test noticed, and
each change that none did. What is known of those is in mutate-survivors.tsv. PATHs are within extract/.
"""
import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
COPY = ROOT / "build-mutate"
FOLDERS = ["run", "refresh/store", "fetch", "items", "sheet", "change"]
# A module has its own copy of what it calls, and `checksheet` alone would leave the old one.
BUILT = ["checksheet", "part-fetch", "part-link", "part-sandbox", "preload-chaos.so", "preload-fault.so",
         *(f"checksheet-{module}.so" for module in ("fetch", "mail", "ocr", "office", "pdf", "xlsx"))]
TEST_SECONDS = 900

Mutant = namedtuple("Mutant", "path line what old new")

# (what is changed, expression, replacement); a match within a string or a comment does not count.
CHANGES = [
    ("comparison", r"(?<=\s)<(?=\s)", "<="), ("comparison", r"(?<=\s)<=(?=\s)", "<"), ("comparison", r"(?<=\s)>(?=\s)", ">="),
    ("comparison", r"(?<=\s)>=(?=\s)", ">"), ("comparison", r"(?<=\s)==(?=\s)", "!="), ("comparison", r"(?<=\s)!=(?=\s)", "=="),
    ("comparison", r"(?<=\s)&&(?=\s)", "||"), ("comparison", r"(?<=\s)\|\|(?=\s)", "&&"), ("comparison", r"(?<=[(\s])!(?=[a-z_(])", ""),
    ("constant", r"(?<![\w.])\d+(?![\w.])", lambda match: str(int(match[0]) + 1)),
    ("constant", r"\bTRUE\b", "FALSE"), ("constant", r"\bFALSE\b", "TRUE"),
    ("call", r"^\s+[a-z]\w* \([^;]*\);$", ";"),
    ("return", r"(?<=return )(?!FALSE|TRUE|NULL|0;|-?\d)[^;]+(?=;)", "0"),
]


def code_of(line):
    """LINE with its strings and comments blanked, as long as it was."""
    return re.sub(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|/\*.*?(?:\*/|$)', lambda match: " " * len(match[0]), line)


def mutants_of(path):
    within_comment = False
    for number, line in enumerate((ROOT / "extract" / path).read_text().splitlines(), 1):
        starts, ends = "/*" in line, "*/" in line
        if within_comment or (starts and line.lstrip().startswith("/*")) or line.lstrip().startswith(("#", "*")):
            within_comment = (within_comment or starts) and not ends
            continue
        if not line.startswith(" "):  # outside of functions: declarations
            continue
        for what, expression, new in CHANGES:
            for match in re.finditer(expression, code_of(line)):
                put = new(match) if callable(new) else new
                if what == "call" and re.match(r"\s+(return|g_autoptr|g_autofree|g_auto|free|g_free|g_clear_pointer|g_\w*unref)\b", line):
                    continue
                yield Mutant(path, number, what, line.strip(), line[:match.start()] + put + line[match.end():])


def words_for(path):
    for line in (HERE / "mutate.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            start, words = line.split("\t")
            if path.startswith(start):
                return words.split()
    return []


def copied():
    """The tree in build-mutate/, built without a mistake."""
    COPY.mkdir(exist_ok=True)
    for name in subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines():
        old, new = ROOT / name, COPY / name
        if old.is_file() and not (new.exists() and new.read_bytes() == old.read_bytes()):
            new.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(old, new)
    made, own = (ROOT / "build" / "build.ninja").read_text(), COPY / "build" / "build.ninja"
    # Paths of files within it are relative, so a copy is as good as one that was made here; only Meson would go back to the first.
    made = re.sub(r"^build build\.ninja: .*\n( .*\n)*", "", made, flags=re.M)
    if not own.exists() or own.read_text() != made:
        shutil.rmtree(COPY / "build", ignore_errors=True)
        subprocess.run(["cp", "-a", ROOT / "build", COPY / "build"], check=True)
        own.write_text(made)
    subprocess.run(["ninja", "--quiet", "-C", "build", *BUILT], cwd=COPY, check=True, stdout=subprocess.DEVNULL)


def is_noticed(words):
    """Whether one of the tests fails."""
    for word in words:
        try:
            done = subprocess.run([sys.executable, "tests/run.py", "--program", "build/checksheet", word], cwd=COPY, capture_output=True, text=True,
                                  timeout=TEST_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return True
        passed, failed = map(int, re.search(r"(\d+) passed, (\d+) failed", done.stdout).groups())
        if failed:
            return True
        if not passed:
            sys.exit(f"mutate.py: no test is called \"{word}\", or it was skipped:\n{done.stdout}")
    return False


def mistakes():
    """The mistakes of mistakes.tsv: (what is wrong, the change, words that pick the tests)."""
    for row in (HERE / "mistakes.tsv").read_text().splitlines():
        if row and not row.startswith("#"):
            path, old, new, words, what = row.split("\t")
            lines = (ROOT / "extract" / path).read_text().splitlines()
            found = [number for number, line in enumerate(lines, 1) if line.strip() == old]
            if len(found) != 1:
                sys.exit(f"mistakes.tsv: extract/{path} has the line {len(found)} times, it must have it once: {old}")
            yield what, Mutant(path, found[0], "mistake", old, new), words.split()


def try_mistakes(paths):
    """Each of mistakes.tsv in PATHS, made and tested; how many no test noticed."""
    counts = {"killed": 0, "survived": 0, "not built": 0}
    for what, mutant, words in mistakes():
        if not mutant.path.startswith(tuple(paths)):
            continue
        fate = fate_of(mutant, words)
        counts[fate] += 1
        print(f"{fate}: {what} (extract/{mutant.path}:{mutant.line}; {' '.join(words)})", flush=True)
    print(f"of {sum(counts.values())} deliberate mistakes {counts['killed']} were noticed, {counts['survived']} were not, {counts['not built']} did not build")
    return counts["survived"] + counts["not built"]


def fate_of(mutant, words):
    """"killed", "survived" or "not built"."""
    file = COPY / "extract" / mutant.path
    kept = file.read_text()
    lines = kept.splitlines(keepends=True)
    lines[mutant.line - 1] = mutant.new + "\n"
    try:
        file.write_text("".join(lines))
        built = subprocess.run(["ninja", "--quiet", "-C", "build", *BUILT], cwd=COPY, capture_output=True, check=False)
        if built.returncode != 0:
            return "not built"
        return "killed" if is_noticed(words) else "survived"
    finally:
        file.write_text(kept)


def known():
    """What is said of survivors: {(path, the line, what it becomes): why}."""
    rows = [line.split("\t") for line in (HERE / "mutate-survivors.tsv").read_text().splitlines() if line and not line.startswith("#")]
    return {(path, old, new): why for path, old, new, why in rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=3600, help="stop after that many")
    parser.add_argument("--verbose", action="store_true", help="tell of each change")
    parser.add_argument("--mistakes", action="store_true", help="in place of that, the mistakes of mistakes.tsv")
    parser.add_argument("--unchecked", action="store_true", help="do not run the tests once without a mistake")
    parser.add_argument("paths", nargs="*", default=FOLDERS)
    options = parser.parse_args()
    os.nice(2)
    files = sorted({str(file.relative_to(ROOT / "extract")) for path in options.paths
                    for file in ([ROOT / "extract" / path] if path.endswith(".c") else (ROOT / "extract" / path).rglob("*.c"))})
    mutants = [mutant for file in files if words_for(file) for mutant in mutants_of(file)]
    copied()
    if options.mistakes:
        return 1 if try_mistakes([""] if options.paths is FOLDERS else options.paths) else 0
    for word in sorted({word for file in files for word in words_for(file)} if not options.unchecked else ()):
        if is_noticed([word]):
            print(f"the tests of \"{word}\" fail without a mistake; what they notice counts for nothing", flush=True)
    counts, excused, begun = {"killed": 0, "survived": 0, "not built": 0}, 0, time.monotonic()
    for mutant in random.Random(options.seed).sample(mutants, min(options.count, len(mutants))):
        if time.monotonic() - begun > options.seconds:
            break
        fate = fate_of(mutant, words_for(mutant.path))
        counts[fate] += 1
        if options.verbose:
            print(f"{fate}: {mutant.path}:{mutant.line}: {mutant.new.strip()}", flush=True)
        if fate == "survived":
            why = known().get((mutant.path, mutant.old, mutant.new.strip()))
            excused += why is not None
            print(f"survived: {mutant.path}:{mutant.line}: {mutant.what}\n    {mutant.old}\n    {mutant.new.strip()}" + (f"\n    known: {why}" if why else ""), flush=True)
    tried = counts["killed"] + counts["survived"]
    print(f"{len(mutants)} changes are possible; of {tried} tried {counts['killed']} were noticed"
          f" ({100 * counts['killed'] / max(tried, 1):.0f} %), {excused} of the rest are explained; {counts['not built']} did not build")
    return 0 if counts["survived"] == excused else 1


if __name__ == "__main__":
    sys.exit(main())
