#!/usr/bin/python3
"""mutate.py [--count N] [--seed N] [--seconds N] [--mistakes] [PATH…] - whether a test notices when one line of extract/ is wrong.

Makes a copy of the tree in build-mutate/, changes one line at a time there (a comparison, a constant, a call left out, what
is returned), N in each PATH, compiles that file, links what holds it and runs the tests that cover it (mutate.tsv), until one
fails. Prints the share that a test noticed, and each change that none did. What is known of those is in mutate-survivors.tsv.
PATHs are within extract/.
"""
import argparse
import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter, namedtuple
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
COPY = ROOT / "build-mutate"
FOLDERS = ["run", "refresh/store", "fetch", "items", "sheet", "change"]
# A module has its own copy of what it calls, and `checksheet` alone would leave the old one.
BUILT = ["checksheet", "part-fetch", "part-link", "part-robots", "part-sandbox", "preload-chaos.so", "preload-fault.so",
         *(f"checksheet-{module}.so" for module in ("fetch", "mail", "ocr", "office", "pdf", "pictures", "qpdf", "xlsx"))]
# The tests of a file may take so many times as long as they took before, and SECONDS_FIRST where none has run to its end; after that the
# change was noticed: something hangs.
PATIENCE, SECONDS_FIRST = 10, 1800
KILLERS_TRIED = 4  # tests that noticed another change in the file are run before all others
# Lines that are not changed: an array that is cleared or ends with zero, what is reserved, sizes of buffers, what is freed (the
# sanitizers see to that), rows of tables of weights, of which a step more or less is no mistake.
UNSEEN = re.compile(r"g_array_new|g_array_sized_new|g_ptr_array_new_full|g_string_sized_new|g_byte_array_sized_new|g_new0? \(|\w\[\d+\][ ;=]|"
                    r"^\s+\[\w+\] = -?\d|^\s+\w*(_free|_unref|_clear|_cleanup|_Delete|_destroy|_close|_finalize) \(|^\s+(\[\w+\] = )?\{?(\[?[A-Z_]*\]?( = )?-?\d[\d.]*, ){3}")

Mutant = namedtuple("Mutant", "path line what old new")

# (what is changed, expression, replacement); a match within a string or a comment does not count.
CHANGES = [
    ("comparison", r"(?<=\s)<(?=\s)", "<="), ("comparison", r"(?<=\s)<=(?=\s)", "<"), ("comparison", r"(?<=\s)>(?=\s)", ">="),
    ("comparison", r"(?<=\s)>=(?=\s)", ">"), ("comparison", r"(?<=\s)==(?=\s)", "!="), ("comparison", r"(?<=\s)!=(?=\s)", "=="),
    ("comparison", r"(?<=\s)&&(?=\s)", "||"), ("comparison", r"(?<=\s)\|\|(?=\s)", "&&"), ("comparison", r"(?<=[(\s])!(?=[a-z_(])", ""),
    # Not -1, "to the end" or "none", for which any number below 0 will do; nor {0}.
    ("constant", r"(?<![\w.{-])\d+(?![\w.])", lambda match: str(int(match[0]) + 1)),
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
        if not line.startswith(" ") or UNSEEN.search(line):  # outside of functions: declarations
            continue
        for what, expression, new in CHANGES:
            for match in re.finditer(expression, code_of(line)):
                put = new(match) if callable(new) else new
                if put == "<=" and "for (" in line:  # one past the end, which only the sanitizers see
                    continue
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
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.splitlines():
        old, new = ROOT / name, COPY / name
        if old.is_file() and not (new.exists() and new.read_bytes() == old.read_bytes()):
            new.parent.mkdir(parents=True, exist_ok=True)
            # What is changed is newer than what was made of it; the rest is as old as in the build folder that is copied.
            (shutil.copy if new.exists() else shutil.copy2)(old, new)
    made, own = (ROOT / "build" / "build.ninja").read_text(), COPY / "build" / "build.ninja"
    # Paths of files within it are relative, so a copy is as good as one that was made here; only Meson would go back to the first.
    made = re.sub(r"^build build\.ninja: .*\n( .*\n)*", "", made, flags=re.M)
    if not own.exists() or own.read_text() != made:
        shutil.rmtree(COPY / "build", ignore_errors=True)
        subprocess.run(["cp", "-a", ROOT / "build", COPY / "build"], check=True)
        own.write_text(made)
    subprocess.run(["ninja", "--quiet", "-C", "build", *BUILT], cwd=COPY, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "CCACHE_NOHASHDIR": "1"})


class Build:
    """How one file of the copy is compiled, and what holds it is linked, without asking for anything else."""

    def __init__(self):
        listed = subprocess.run(["ninja", "-C", "build", "-t", "commands", *BUILT], cwd=COPY, capture_output=True, text=True, check=True).stdout
        self.compilers, self.linkers, self.symbols = {}, {}, {}
        for line in listed.splitlines():
            if " -o " not in line:
                continue
            words = [word for word in shlex.split(line) if word != "ccache"]
            out = words[words.index("-o") + 1]
            if "-c" in words:
                # Without optimising it is compiled in a quarter of the time; there is one object of a file of extract/, so the last one counts.
                self.compilers[words[-1]] = out, [*words[:-4], "-O0", "-g0", "-U_FORTIFY_SOURCE", "-w", *words[-4:]]
            elif out in BUILT:
                self.linkers[out] = [*words, "-Wl,--strip-debug"]

    def globals_of(self, path):
        if path not in self.symbols:
            done = subprocess.run(["nm", "--defined-only", path], cwd=COPY / "build", capture_output=True, text=True, check=False)
            self.symbols[path] = {words[2] for words in map(str.split, done.stdout.splitlines()) if len(words) == 3 and (words[1] == "T" or path in BUILT)}
        return self.symbols[path]

    def make(self, path):
        """Whether it compiles; what holds extract/PATH is then linked anew."""
        made, compiler = self.compilers[f"../extract/{path}"]
        names = self.globals_of(made)
        holders = [out for out, words in self.linkers.items() if made in words or names & self.globals_of(out)]
        return all(subprocess.run(command, cwd=COPY / "build", capture_output=True, check=False).returncode == 0
                   for command in (compiler, *(self.linkers[out] for out in holders)))


class Tests:
    """The tests of the copy: which noticed a change, how long they take for a file, which fail without a change too."""

    def __init__(self):
        self.seconds, self.killers, self.sound = {}, {}, {}
        self.groups = subprocess.run([sys.executable, "tests/run.py", "--groups"], cwd=COPY, capture_output=True, text=True, check=True).stdout.split()

    def run(self, words, seconds):
        """The first test that fails; "signal" if all of them were ended by what was changed. They are a group of processes of their own: a
        program that is wrong may end its whole group."""
        groups = [group for group in self.groups if any(word.split(".")[0] in group for word in words)]
        command = [sys.executable, "tests/run.py", "--stop", "--program", "build/checksheet", *(f"--group={group}" for group in groups), *words]
        with subprocess.Popen(command, cwd=COPY, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True) as tests:
            try:
                said = tests.communicate(timeout=seconds)[0]
            except subprocess.TimeoutExpired:
                os.killpg(tests.pid, signal.SIGKILL)
                raise
        if tests.returncode < 0:
            return "signal"
        failed = re.search(r"^failed: (.*)", said, re.M)
        if not failed and not int(re.search(r"(\d+) passed", said)[1]):
            sys.exit(f"mutate.py: no test is called \"{' '.join(words)}\", or it was skipped:\n{said}")
        return failed and failed[1]

    def notice(self, path, words):
        """Which test does, None if none; "time" if they do not end, "signal" if they were ended."""
        killers, begun = self.killers.setdefault(path, []), time.monotonic()
        try:
            failed = self.run([*killers[:KILLERS_TRIED], *words], PATIENCE * self.seconds[path] if path in self.seconds else SECONDS_FIRST)
        except subprocess.TimeoutExpired:
            return "time"
        if failed == "signal":
            return failed
        if failed:
            killers[:] = [failed, *(one for one in killers if one != failed)]
        else:
            self.seconds[path] = max(self.seconds.get(path, 0), time.monotonic() - begun)
        return failed

    def is_sound(self, test):
        """Whether TEST passes without a change; asked once for each that fails with one."""
        if test not in self.sound:
            self.sound[test] = test in ("time", "signal") or not self.run([test], None)
        return self.sound[test]


def mistakes(paths):
    """The mistakes of mistakes.tsv in PATHS: (what is wrong, the change, words that pick the tests)."""
    for row in (HERE / "mistakes.tsv").read_text().splitlines():
        if row and not row.startswith("#"):
            path, old, new, words, what = row.split("\t")
            if not path.startswith(paths):
                continue
            lines = (ROOT / "extract" / path).read_text().splitlines()
            found = [number for number, line in enumerate(lines, 1) if line.strip() == old]
            if len(found) != 1:
                sys.exit(f"mistakes.tsv: extract/{path} has the line {len(found)} times, it must have it once: {old}")
            yield what, Mutant(path, found[0], "mistake", old, new), words.split()


def fate_of(mutant, words, build, tests):
    """("killed", "survived", "not built" or "unknown", by which test)."""
    file = COPY / "extract" / mutant.path
    kept = file.read_text()
    lines = kept.splitlines(keepends=True)
    lines[mutant.line - 1] = mutant.new + "\n"
    try:
        file.write_text("".join(lines))
        if not build.make(mutant.path):
            return "not built", None
        by = tests.notice(mutant.path, words)
    finally:
        file.write_text(kept)
        build.make(mutant.path)
    return ("survived" if not by else "killed" if tests.is_sound(by) else "unknown"), by


def try_mistakes(paths, build, tests, until):
    """Each of mistakes.tsv in PATHS, in an order of chance, made and tested; how many no test noticed."""
    counts, possible = Counter(), list(mistakes(tuple(paths)))
    for what, mutant, words in random.Random(0).sample(possible, len(possible)):
        if time.monotonic() > until:
            break
        fate, _ = fate_of(mutant, words, build, tests)
        counts[fate] += 1
        print(f"{fate}: {what} (extract/{mutant.path}:{mutant.line}; {' '.join(words)})", flush=True)
    print(f"{sum(counts.values())} of {len(possible)} deliberate mistakes made: {counts['killed']} were noticed, {counts['survived']} were not, {counts['not built']} did not build"
          + (f"; of {counts['unknown']} the tests fail without it too" if counts["unknown"] else ""))
    return counts["survived"] + counts["not built"] + counts["unknown"]


def known():
    """What is said of survivors: {(path, the line, what it becomes): why}."""
    rows = [line.split("\t") for line in (HERE / "mutate-survivors.tsv").read_text().splitlines() if line and not line.startswith("#")]
    return {(path, old, new): why for path, old, new, why in rows}


def files_of(path):
    folder = ROOT / "extract" / path
    return sorted(str(file.relative_to(ROOT / "extract")) for file in ([folder] if path.endswith(".c") else folder.rglob("*.c")))


def try_change(mutant, counts, build, tests, verbose):
    """Counts what becomes of MUTANT; "explained" are those of the survivors that are."""
    fate, by = fate_of(mutant, words_for(mutant.path), build, tests)
    counts[fate] += 1
    counts["by time"] += by == "time"
    if fate == "unknown":
        print(f"{by} fails without a change too: {mutant.path}:{mutant.line} is not counted", flush=True)
    if verbose and fate != "survived":
        print(f"{fate}: {mutant.path}:{mutant.line}: {mutant.new.strip()}" + (f"\n    {by}" if by else ""), flush=True)
    if fate == "survived":
        why = known().get((mutant.path, mutant.old, mutant.new.strip()))
        counts["explained"] += why is not None
        print(f"survived: {mutant.path}:{mutant.line}: {mutant.what}\n    {mutant.old}\n    {mutant.new.strip()}" + (f"\n    known: {why}" if why else ""), flush=True)


def told(what, possible, counts):
    tried = counts["killed"] + counts["survived"]
    return (f"{what}: {possible} changes are possible; of {tried} tried {counts['killed']} were noticed ({100 * counts['killed'] / max(tried, 1):.0f} %),"
            f" {counts['by time']} of them since they do not end; {counts['explained']} of the rest are explained; {counts['not built']} did not build"
            + (f"; of {counts['unknown']} the tests fail without a change too" if counts["unknown"] else ""))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20, help="so many in each PATH")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=7200, help="stop after that many")
    parser.add_argument("--verbose", action="store_true", help="tell of each change, and of the test that noticed it")
    parser.add_argument("--mistakes", action="store_true", help="in place of that, the mistakes of mistakes.tsv")
    parser.add_argument("paths", nargs="*", default=FOLDERS)
    options = parser.parse_args()
    os.nice(2)
    copied()
    build, tests, begun = Build(), Tests(), time.monotonic()
    if options.mistakes:
        return 1 if try_mistakes([""] if options.paths is FOLDERS else options.paths, build, tests, begun + options.seconds) else 0
    possible, counts = {path: [mutant for file in files_of(path) if words_for(file) for mutant in mutants_of(file)] for path in options.paths}, {}
    chosen = {path: random.Random(options.seed).sample(mutants, min(options.count, len(mutants))) for path, mutants in possible.items()}
    for turn in range(options.count):  # one in each path, then the next: where time is short, no path is left out
        for path, mutants in chosen.items():
            if turn < len(mutants) and time.monotonic() < begun + options.seconds:
                try_change(mutants[turn], counts.setdefault(path, Counter()), build, tests, options.verbose)
    totals = sum(counts.values(), Counter())
    for path, mutants in possible.items():
        print(told(path, len(mutants), counts.get(path, Counter())))
    print(told("all", sum(map(len, possible.values())), totals))
    print(f"{totals['killed'] + totals['survived'] + totals['unknown'] + totals['not built']} of {sum(map(len, chosen.values()))} changes made that were chosen by chance")
    return 0 if totals["survived"] == totals["explained"] else 1


if __name__ == "__main__":
    sys.exit(main())
