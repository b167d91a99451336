#!/usr/bin/python3
"""proof.py PROGRAM [PART…] - what takes too long for ./dev test: each part runs to its end, its figures are printed and written to
tests/PROOF.md with date, commit and machine. A part that was not run keeps what it says there."""
import csv
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
REPORT = HERE / "PROOF.md"
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))
import hostile  # noqa: E402
from fuzz_seeds import SEEDS, seeds_of  # noqa: E402
from instructions import measured  # noqa: E402
from test_hostile import convert_all  # noqa: E402
from testing import Program  # noqa: E402

VALGRIND_INPUTS = ["tests/cases/html-merged-cells/input.html", "tests/cases/text-two-sections/input.txt", "tests/cases/pdf-rows-cut/input.pdf",
                   "tests/cases/workbook-row-struck-out/input.xlsx", "tests/cases/markdown-pipes/input.txt"]
COVERAGE_WORDS = "cases. corpus. seen. text_tables. columns. answers. checks. documents. wrapped. painted. tags. headings. diff. refresh. fetch export. report. cli. bad_input. manifest. link."
FUZZ_LEAST = 1000  # executions a second of CPU time


def tests(program, *words, **environment):
    """(figures, whether all pass) of tests in a longer form."""
    done = subprocess.run([sys.executable, "tests/run.py", "--program", program.path, *words], cwd=ROOT, capture_output=True, text=True, check=False,
                          env={**os.environ, **environment})
    lines = done.stdout.strip().splitlines()
    return lines[-1:] if done.returncode == 0 else lines[:40], done.returncode == 0


def hostile_files(program):
    """Every hostile file, the slow ones too."""
    with tempfile.TemporaryDirectory() as folder:
        records, faults = convert_all(program, Path(folder), deep=True)
    counts = Counter(record["status"] for record in records.values())
    kinds = sum(len(group) for group in hostile.KINDS.values())
    return [f"{len(records)} files of {kinds} kinds: " + ", ".join(f"{count} {status}" for status, count in counts.most_common()),
            f"the longest took {max(record['seconds'] for record in records.values()):.0f} s", *faults], not faults


def chaos(program):
    """1,000 documents, two in five of whose readers misbehave."""
    return tests(program, "chaos.chaos", CHAOS_DOCUMENTS="1000")


def faults(program):
    """Each call of the system fails in turn, with each error."""
    return tests(program, "faults.", FAULTS="all")


def kills(program):
    """A batch killed 200 times, a refresh killed 200 times, at any moment."""
    return tests(program, "batch.killed", "killed.", KILLS="200")


def fuzzers(program):
    """Executions in a second of CPU time over the seeds of at most 4 KiB, without sanitizers."""
    lines, good = [], True
    for target in SEEDS:
        seeds = [path for path in seeds_of(target) if path.stat().st_size <= 4096] or seeds_of(target)
        done = subprocess.run([program.path.with_name("part-replay"), "--seconds", "2", target, *seeds], capture_output=True, text=True, check=False)
        rate = int(re.search(r"(\d+) a second", done.stdout)[1]) if done.returncode == 0 else 0
        good &= rate > 0
        lines.append(f"{target}: {rate} a second" + ("" if rate >= FUZZ_LEAST else f", fewer than {FUZZ_LEAST}"))
    return lines, good


def metamorphic(program):
    """Six sheets in 16 formats and in 14 looks, rows and columns in another order; robots.txt, words of PDFs, tables of pages as others read them."""
    return tests(program, "metamorphic.", "differential.", METAMORPHIC="all")


def fuzz(_):
    """libFuzzer with the sanitizers, so many seconds a target (FUZZ_SECONDS, 120)."""
    done = subprocess.run(["./dev", "fuzz", os.environ.get("FUZZ_SECONDS", "120")], cwd=ROOT, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip().splitlines()[-60:], done.returncode == 0


def analysers(_):
    """gcc -fanalyzer, cppcheck and clang-tidy over extract/ (tests/analyse.py)."""
    done = subprocess.run([sys.executable, "tests/analyse.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip().splitlines()[-60:], done.returncode == 0


def valgrind(program):
    """Conversions of one document of each format under Valgrind: no invalid access, nothing uninitialised, nothing definitely lost by code of ours."""
    lines, good = [], True
    for path in VALGRIND_INPUTS:
        done = subprocess.run(["valgrind", "--quiet", "--error-exitcode=99", "--trace-children=no", program.path, "convert", "--no-sandbox", "--memory", "4000", "--cpu", "600",
                               "--timeout", "900", path], cwd=ROOT, capture_output=True, text=True, check=False)
        reports = [line for line in done.stderr.splitlines() if line.startswith("==")]
        good &= not reports and done.returncode == 0
        lines += [f"{path}: exit {done.returncode}, {len(reports)} lines of reports", *reports[:10]]
    return lines, good


def coverage(_):
    """Lines of extract/ that tests run (COVERAGE_WORDS pick them; all but those of time and of the sandbox), in children too."""
    folder, lines = ROOT / "build-coverage", []
    if not (folder / "build.ninja").exists():
        subprocess.run(["/usr/bin/meson", "setup", folder, "-Dbuildtype=debug", "-Db_coverage=true"], cwd=ROOT, capture_output=True, check=True)
    subprocess.run(["ninja", "--quiet", "-C", folder], capture_output=True, check=True)
    for counts in folder.rglob("*.gcda"):
        counts.unlink()
    words = os.environ.get("COVERAGE_WORDS", COVERAGE_WORDS).split()
    done = subprocess.run([sys.executable, "tests/run.py", "--program", folder / "checksheet", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    lines.append(f"tests: {done.stdout.strip().splitlines()[-1]} ({' '.join(words)})")
    said = subprocess.run(["gcovr", "--root", ".", "--filter", "extract/", "--gcov-ignore-parse-errors", "--merge-mode-functions", "separate", "--csv", folder], cwd=ROOT,
                          capture_output=True, text=True, check=False)
    rows = list(csv.DictReader(said.stdout.splitlines()))
    by_folder = {}
    for row in rows:
        key = "/".join(row["filename"].split("/")[:2])
        total, covered = by_folder.get(key, (0, 0))
        by_folder[key] = total + int(row["line_total"]), covered + int(row["line_covered"])
    total, covered = (sum(part) for part in zip(*by_folder.values())) if rows else (0, 0)
    lines.append(f"{covered} of {total} lines, {100 * covered / max(total, 1):.1f} %; wanted are 90 %")
    lines += [f"{name}: {100 * one[1] / max(one[0], 1):.0f} % of {one[0]}" for name, one in sorted(by_folder.items())]
    return lines, covered >= .9 * total > 0


def mistakes(_):
    """Mistakes made on purpose, one at a time (mistakes.tsv): a limit, an fsync, a status, a rule of joining rows."""
    done = subprocess.run([sys.executable, "tests/mutate.py", "--mistakes"], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip().splitlines()[-60:], done.returncode == 0


def speed(program):
    """Instructions of ten documents against instructions.tsv."""
    lines, _, wrong = measured(program.path)
    return lines, not wrong


def mutations(program):
    """Lines of the code made wrong, one at a time."""
    done = subprocess.run([sys.executable, "tests/mutate.py", "--count", os.environ.get("MUTANTS", "200"), "--seconds", "14400"], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip().splitlines()[-60:], done.returncode == 0


PARTS = {part.__name__: part for part in (hostile_files, chaos, faults, kills, fuzzers, fuzz, metamorphic, speed, coverage, analysers, valgrind, mistakes, mutations)}


def written_before():
    text = REPORT.read_text() if REPORT.exists() else ""
    return {match[1]: match[0] for match in re.finditer(r"^## (\w+)\n.*?(?=^## |\Z)", text, re.M | re.S)}


def where():
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    return f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M} UTC, commit {commit}, {os.cpu_count()} processors ({platform.machine()}), load {os.getloadavg()[0]:.1f}, Linux {platform.release().split('-')[0]}"


def main():
    program, wanted = Program(sys.argv[1]), sys.argv[2:] or list(PARTS)
    sections, all_good = written_before(), True
    for name in wanted:
        if name not in PARTS:
            sys.exit(f"proof.py: the parts are {', '.join(PARTS)}")
    for name in wanted:
        begun = time.monotonic()
        lines, good = PARTS[name](program)
        all_good &= good
        sections[name] = (f"## {name}\n\n{PARTS[name].__doc__}\n\n{where()}; {time.monotonic() - begun:.0f} s: **{'holds' if good else 'FAILS'}**\n\n"
                          "```\n" + "\n".join(lines) + "\n```\n\n")
        print(sections[name], flush=True)
        REPORT.write_text("# What was proved, and when\n\nWritten by `./dev proof [PART…]`; by hand nothing is changed here.\n\n"
                          + "".join(sections[part] for part in PARTS if part in sections))
    return 0 if all_good else 1


if __name__ == "__main__":
    sys.exit(main())
