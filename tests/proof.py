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
import office  # noqa: E402
from bench_checks import HEADS  # noqa: E402
from fuzz_seeds import SEEDS, seeds_of  # noqa: E402
from instructions import measured  # noqa: E402
from test_hostile import convert_all  # noqa: E402
from test_metamorphic import COLUMNS, page, rows_of, text  # noqa: E402
from testing import Program  # noqa: E402

CASES_TO_WATCH = [f"tests/cases/{case}" for case in (
    "html-merged-cells/input.html", "html-shift-jis/input.html", "text-two-sections/input.txt", "text-layout-middle/input.txt", "markdown-pipes/input.txt",
    "pdf-rows-cut/input.pdf", "pdf-ruby-sideways/input.pdf", "workbook-row-struck-out/input.xlsx", "workbook-as-shown/input.xlsx")]
COVERAGE_WORDS = "cases. corpus. seen. text_tables. columns. answers. checks. documents. wrapped. painted. tags. headings. diff. refresh. fetch export. report. cli. bad_input. manifest. link."
FUZZ_LEAST = 1000  # executions a second of CPU time


def documents_of_all_formats(folder):
    """Cases of the formats that have some, and a document of each of the others, made in FOLDER."""
    cells = [[HEADS[column] for column in COLUMNS], *([row[column] for column in COLUMNS] for row in rows_of(0)[:12])]
    made = {"a.docx": office.docx(office.tbl(cells)), "a.odt": office.opendocument("odt", office.otbl(cells)), "a.csv": text(rows_of(0)).encode(),
            "a.eml": b"Subject: sheet\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(rows_of(0)[:12])}
    for name, content in made.items():
        (Path(folder) / name).write_bytes(content)
    return [*CASES_TO_WATCH, *(str(Path(folder) / name) for name in made)]


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
    return [line for line in (done.stdout + done.stderr).strip().splitlines() if not line.startswith("== ")][-60:], done.returncode == 0


def fuzz_afl(_):
    """AFL++ on the targets html and json, so many seconds each (FUZZ_SECONDS, 120)."""
    lines, good = [], True
    for target in ("html", "json"):
        done = subprocess.run(["./dev", "fuzz", "--afl", os.environ.get("FUZZ_SECONDS", "120"), target], cwd=ROOT, capture_output=True, text=True, check=False)
        lines += [line for line in (done.stdout + done.stderr).strip().splitlines() if not line.startswith("== ")][-30:]
        good &= done.returncode == 0
    return lines, good


def analysers(_):
    """gcc -fanalyzer, cppcheck and clang-tidy over extract/ (tests/analyse.py)."""
    done = subprocess.run([sys.executable, "tests/analyse.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip().splitlines()[-60:], done.returncode == 0


def valgrind(program):
    """Conversions of documents of every format under Valgrind, in the children that read too: no invalid access, nothing uninitialised."""
    lines, good = [], True
    with tempfile.TemporaryDirectory() as folder:
        for path in documents_of_all_formats(folder):
            done = subprocess.run(["valgrind", "--quiet", "--error-exitcode=99", program.path, "convert", "--no-sandbox", "--memory", "16000", "--cpu", "3600", "--timeout", "36000", path],
                                  cwd=ROOT, capture_output=True, text=True, check=False)
            reports = [line for line in done.stderr.splitlines() if line.startswith("==")]
            good &= not reports and done.returncode == 0
            lines += [f"{path.replace(folder + '/', '')}: exit {done.returncode}, {len(reports)} lines of reports", *(reports[:10] if reports or done.returncode == 0 else done.stderr.splitlines()[-5:])]
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
    thin = sorted((row for row in rows if int(row["line_covered"]) < .9 * int(row["line_total"])), key=lambda row: int(row["line_covered"]) - int(row["line_total"]))
    lines += [f"below 90 %: {row['filename']}: {100 * int(row['line_covered']) / int(row['line_total']):.0f} % of {row['line_total']}" for row in thin[:40]]
    return lines + ([f"and {len(thin) - 40} more files"] if len(thin) > 40 else []), covered >= .9 * total > 0


def threads(_):
    """ThreadSanitizer on the library: six threads that read one document of each format, with one knowledge and with their own (tests/parts/threads.c)."""
    folder, options = ROOT / "build-threads", "ignore_noninstrumented_modules=1 halt_on_error=0 exitcode=66"
    if not (folder / "build.ninja").exists():
        subprocess.run(["/usr/bin/meson", "setup", folder, "-Db_sanitize=thread", "-Db_lundef=false", "-Docr=disabled", "-Doptimization=1"], cwd=ROOT, capture_output=True, check=True,
                       env={**os.environ, "CC": "clang-14", "CXX": "clang++-14"})
    modules = [f"checksheet-{name}.so" for name in ("pdf", "qpdf", "office", "mail")]
    subprocess.run(["ninja", "--quiet", "-C", folder, "part-threads", *modules], capture_output=True, check=True)
    with tempfile.TemporaryDirectory() as made:
        done = subprocess.run([folder / "part-threads", *documents_of_all_formats(made)], cwd=ROOT, capture_output=True, text=True, check=False,
                              env={**os.environ, "TSAN_OPTIONS": options, "TSAN_SYMBOLIZER_PATH": "/usr/bin/llvm-symbolizer-14",
                                   "G_SLICE": "always-malloc"})  # GLib's own allocator hands memory from thread to thread unseen
    reports = re.findall(r"WARNING: ThreadSanitizer: (.*?) \(", done.stderr)
    return [done.stdout.strip(), f"exit {done.returncode}, {len(reports)} reports", *done.stderr.splitlines()[:80]], done.returncode == 0 and not reports


def mistakes(_):
    """Mistakes made on purpose, one at a time (mistakes.tsv): a limit, an fsync, a status, a rule of joining rows."""
    done = subprocess.run([sys.executable, "tests/mutate.py", "--mistakes"], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip().splitlines()[-60:], done.returncode == 0


def speed(program):
    """Instructions of ten documents against instructions.tsv."""
    lines, _, wrong = measured(program.path)
    return lines, not wrong


def mutations(program):
    """Lines of the code made wrong, one at a time, chosen by chance: MUTANTS (20) in each of six folders (tests/mutate.py)."""
    done = subprocess.run([sys.executable, "tests/mutate.py", "--verbose", "--count", os.environ.get("MUTANTS", "20"), "--seed", os.environ.get("SEED", "1"),
                           "--seconds", os.environ.get("MUTATE_SECONDS", "14400")], cwd=ROOT, capture_output=True,
                          text=True, check=False)
    return (done.stdout + done.stderr[-2000:]).strip().splitlines()[-120:], done.returncode == 0


PARTS = {part.__name__: part for part in (hostile_files, chaos, faults, kills, fuzzers, fuzz, fuzz_afl, metamorphic, speed, coverage, analysers, valgrind, threads, mistakes, mutations)}


def written_before():
    text = REPORT.read_text() if REPORT.exists() else ""
    return {match[1]: match[0] for match in re.finditer(r"^## (\w+)\n.*?(?=^## |\Z)", text, re.M | re.S)}


def write(name, section):
    """Puts the section in its place in the report, and says which parts have none."""
    sections = {**written_before(), name: section}
    missing = [part for part in PARTS if part not in sections]
    REPORT.write_text("# What was proved, and when\n\nWritten by `./dev proof [PART…]`; by hand nothing is changed here. Each part says when, on which commit and on which machine it ran.\n\n"
                      + (f"Never run to the end: {', '.join(missing)}.\n\n" if missing else "") + "".join(sections[part] for part in PARTS if part in sections))


def where():
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    return f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M} UTC, commit {commit}, {os.cpu_count()} processors ({platform.machine()}), load {os.getloadavg()[0]:.1f}, Linux {platform.release().split('-')[0]}"


def main():
    program, wanted, all_good = Program(sys.argv[1]), sys.argv[2:] or list(PARTS), True
    for name in wanted:
        if name not in PARTS:
            sys.exit(f"proof.py: the parts are {', '.join(PARTS)}")
    for name in wanted:
        begun = time.monotonic()
        lines, good = PARTS[name](program)
        all_good &= good
        section = (f"## {name}\n\n{PARTS[name].__doc__}\n\n{where()}; {time.monotonic() - begun:.0f} s: **{'holds' if good else 'FAILS'}**\n\n"
                   "```\n" + "\n".join(lines) + "\n```\n\n")
        print(section, flush=True)
        write(name, section)
    return 0 if all_good else 1


if __name__ == "__main__":
    sys.exit(main())
