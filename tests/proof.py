#!/usr/bin/python3
"""proof.py PROGRAM [--minutes N] [PART…] - what takes too long for ./dev test: each part runs to its end, or for N minutes, in which it does a
share of its work, chosen by chance. Its figures are printed and written to tests/PROOF.md with date, commit and machine. A part that was
not run keeps what it says there."""
import argparse
import csv
import json
import math
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, namedtuple
from datetime import datetime, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
REPORT = HERE / "PROOF.md"
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))
import good_documents  # noqa: E402
import hostile  # noqa: E402
import office  # noqa: E402
from bench_checks import HEADS  # noqa: E402
from fuzz_seeds import SEEDS, seeds_of  # noqa: E402
from instructions import measured  # noqa: E402
from run import groups as all_groups  # noqa: E402
from test_faults import COMMANDS, POINTS  # noqa: E402
from test_hostile import convert_all  # noqa: E402
from test_metamorphic import COLUMNS, page, rows_of, text  # noqa: E402
from testing import Program  # noqa: E402

CASES_TO_WATCH = [f"tests/cases/{case}" for case in (
    "html-merged-cells/input.html", "html-shift-jis/input.html", "text-two-sections/input.txt", "text-layout-middle/input.txt", "markdown-pipes/input.txt",
    "pdf-rows-cut/input.pdf", "pdf-ruby-sideways/input.pdf", "workbook-row-struck-out/input.xlsx", "workbook-as-shown/input.xlsx")]
# Tests of time, of the sandbox, of what is installed; of the text of the tree; and what is below in another form.
COVERAGE_WITHOUT = set("chaos cluster faults floors format fuzz hostile install killed limits mistakes report_browser sandbox tree".split())
FUZZ_LEAST = 1000  # executions a second of CPU time
FUZZ_SECONDS = int(os.environ.get("FUZZ_SECONDS", "120"))  # of each target
GOOD_SECONDS = 1800  # what 1,000 documents of each format take, five times, on a busy machine
CHAOS_SECONDS = 600  # what 1,000 documents take on a busy machine
MUTATE_SECONDS = 14400
HOSTILE_KINDS_AT_ONCE = 8
IN_PART = ", in part: "


def documents_of_all_formats(folder):
    """Cases of the formats that have some, and a document of each of the others, made in FOLDER."""
    cells = [[HEADS[column] for column in COLUMNS], *([row[column] for column in COLUMNS] for row in rows_of(0)[:12])]
    made = {"a.docx": office.docx(office.tbl(cells)), "a.odt": office.opendocument("odt", office.otbl(cells)), "a.csv": text(rows_of(0)).encode(),
            "a.eml": b"Subject: sheet\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(rows_of(0)[:12])}
    for name, content in made.items():
        (Path(folder) / name).write_bytes(content)
    return [*CASES_TO_WATCH, *(str(Path(folder) / name) for name in made)]


# The figures of a part, whether all that it tried holds, and the share that it tried ("3 of 8 files"), where that is not all.
Result = namedtuple("Result", "lines holds share", defaults=[""])


def output_of(*words, **environment):
    return subprocess.run(list(map(str, words)), cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, **environment})


def share_of(lines):
    """What the LINES say of work for which there was no time."""
    unfinished = [match[0] for line in lines for match in re.finditer(r"(?:[\w-]+: )?(\d+) of (\d+) [^:;,]+", line) if int(match[1]) < int(match[2])]
    return ", ".join(unfinished) or next((line for line in lines if "not begun" in line), "")


def tests(program, *words, more=(), **environment):
    """The figures of tests in a longer form, what failed and what was skipped, whether all pass."""
    with tempfile.NamedTemporaryFile("r") as figures:
        done = output_of(sys.executable, "tests/run.py", "--program", program.path, *more, *words, PROOF_FIGURES=figures.name, **environment)
        lines = figures.read().splitlines()
    said = done.stdout.strip().splitlines()
    if done.returncode:
        return Result(lines + said[:40] + said[-1:] + done.stderr.splitlines()[-5:], False)
    return Result(lines + [line for line in said if line.startswith("skipped: ")] + said[-1:], True, share_of(lines + said[-1:]))


def hostile_files(program, seconds):
    """Every hostile file, the slow ones too."""
    kinds = [(group, name) for group, those in hostile.KINDS.items() for name in those]
    random.Random(0).shuffle(kinds)
    at_once = HOSTILE_KINDS_AT_ONCE if seconds < math.inf else len(kinds)
    records, faults, tried, end = {}, [], 0, time.monotonic() + seconds
    while tried < len(kinds) and time.monotonic() < end:
        those, tried = kinds[tried:tried + at_once], min(tried + at_once, len(kinds))
        with tempfile.TemporaryDirectory() as folder:
            found, wrong = convert_all(program, Path(folder), deep=True, only=lambda group, name, those=those: (group, name) in those)
        records, faults = {**records, **found}, faults + wrong
    counts = Counter(record["status"] for record in records.values())
    lines = [f"{len(records)} files, {tried} of {len(kinds)} kinds: " + ", ".join(f"{count} {status}" for status, count in counts.most_common()),
             f"the longest took {max(record['seconds'] for record in records.values()):.0f} s"]
    return Result(lines + faults, not faults, share_of(lines))


def chaos(program, seconds):
    """1,000 documents, two in five of whose readers misbehave; fewer where there are fewer than CHAOS_SECONDS."""
    documents = max(100, int(1000 * min(1, seconds / CHAOS_SECONDS)))
    result = tests(program, "chaos.chaos", CHAOS_DOCUMENTS=str(documents))
    return result._replace(share=f"{documents} of 1000 documents" if result.holds and documents < 1000 else "")


def sheets_and_records(folder):
    """What a batch left, the seconds that each took left out."""
    records = map(json.loads, (folder / "ledger.jsonl").read_text().splitlines())
    return ({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.json")},
            {record["uri"]: {**record, "seconds": None} for record in records})


def good_in_sandbox(program, seconds):
    """1,000 sound documents of each format: none fails, and with and without a sandbox, with 1 and 8 jobs, whole and in 4 merged shards come the same bytes."""
    count = max(10, int(1000 * min(1, seconds / GOOD_SECONDS)))
    with tempfile.TemporaryDirectory() as folder:
        formats, at = good_documents.write(program, Path(folder, "in"), count), Path(folder)

        def converted(name, *options):
            program("convert", "--quiet", *options, "-o", f"{name}/", "in", folder=folder, timeout=36000)
            return sheets_and_records(at / name)

        expected = converted("without", "--no-sandbox")
        runs = {"in the sandbox, 1 job": converted("one", "-j", "1"), "8 jobs": converted("eight", "-j", "8")}
        for number in range(1, 5):
            program("convert", "--quiet", "--shard", f"{number}/4", "-o", f"shard{number}/", "in", folder=folder, timeout=36000)
        program.good("merge", "-o", "merged", *(f"shard{number}" for number in range(1, 5)), folder=folder, timeout=36000)
        runs["four shards, merged"] = sheets_and_records(at / "merged")
    statuses = Counter(record["status"] for record in expected[1].values())
    same = {name: result == expected for name, result in runs.items()}
    lines = [f"{count} documents of each of {len(formats)} formats ({', '.join(formats)}): " + ", ".join(f"{many} {status}" for status, many in statuses.most_common()),
             *(f"{name}: {'the same bytes' if equal else 'DIFFERENT'}" for name, equal in same.items())]
    good = all(same.values()) and set(statuses) <= {"ok", "ok-with-warnings"} and sum(statuses.values()) == count * len(formats)
    return Result(lines, good, f"{count} of 1000 documents of each format" if count < 1000 else "")


def faults(program, seconds):
    """Each call of the system fails in turn, with each error; the program is killed before and after each call at named points."""
    each = seconds * os.cpu_count() / (len(COMMANDS) + len(POINTS))
    return tests(program, "faults.", FAULTS="all", PROOF_SECONDS=str(each))


def kills(program, seconds):
    """A batch of 1,000 documents, 100 of them hostile, killed 200 times, a refresh killed 200 times, at any moment."""
    return tests(program, "batch.killed", "killed.kill", KILLS="200", KILL_DOCUMENTS="1000", KILL_SECONDS="8", PROOF_SECONDS=str(seconds * min(os.cpu_count(), 2) / 2))


def fuzzers(program, _):
    """Executions in a second of CPU time over the seeds of at most 4 KiB, without sanitizers."""
    lines, good = [], True
    for target in SEEDS:
        seeds = [path for path in seeds_of(target) if path.stat().st_size <= 4096] or seeds_of(target)
        done = subprocess.run([program.path.with_name("part-replay"), "--seconds", "2", target, *seeds], capture_output=True, text=True, check=False)
        rate = int(re.search(r"(\d+) a second", done.stdout)[1]) if done.returncode == 0 else 0
        good &= rate > 0
        lines.append(f"{target}: {rate} a second" + ("" if rate >= FUZZ_LEAST else f", fewer than {FUZZ_LEAST}"))
    return Result(lines, good)


def metamorphic(program, seconds):
    """Six sheets in 16 formats and in 14 looks, rows and columns in another order; robots.txt, words of PDFs, tables of pages as others read them."""
    return tests(program, "metamorphic.", "differential.", more=limit_of(seconds), METAMORPHIC="all")


def limit_of(seconds):
    return ["--seconds", int(seconds)] if seconds < math.inf else []


def fuzz_seconds(seconds, targets):
    """For each target; the first build of them is not counted."""
    return max(1, int(min(seconds / targets, FUZZ_SECONDS)))


def said_by(done, count):
    """The last COUNT lines of what a part of ./dev said."""
    return [line for line in (done.stderr + done.stdout).strip().splitlines() if not line.startswith("== ")][-count:]


def fuzz(_, seconds):
    """libFuzzer with the sanitizers, two minutes a target."""
    each = fuzz_seconds(seconds, len(SEEDS))
    done = output_of("./dev", "fuzz", each)
    return Result(said_by(done, 60), done.returncode == 0, share_of([f"{each} of {FUZZ_SECONDS} s a target"]))


def fuzz_afl(_, seconds):
    """AFL++ on the targets html and json, two minutes each."""
    each = fuzz_seconds(seconds, 2)
    done = [output_of("./dev", "fuzz", "--afl", each, target) for target in ("html", "json")]
    return Result([line for one in done for line in said_by(one, 30)], not any(one.returncode for one in done), share_of([f"{each} of {FUZZ_SECONDS} s a target"]))


def analysers(_, seconds):
    """gcc -fanalyzer, cppcheck and clang-tidy over extract/ (tests/analyse.py)."""
    done = output_of(sys.executable, "tests/analyse.py", *(["--seconds", seconds / 3] if seconds < math.inf else []))
    lines = said_by(done, 60)
    return Result(lines, done.returncode == 0, share_of(lines))


def valgrind(program, seconds):
    """Conversions of documents of every format under Valgrind, in the children that read too: no invalid access, nothing uninitialised."""
    lines, good, end = [], True, time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        paths = documents_of_all_formats(folder)
        random.Random(0).shuffle(paths)
        for number, path in enumerate(paths):
            if time.monotonic() > end:
                return Result(lines, good, f"{number} of {len(paths)} documents")
            done = subprocess.run(["valgrind", "--quiet", "--error-exitcode=99", program.path, "convert", "--no-sandbox", "--memory", "16000", "--cpu", "3600", "--timeout", "36000", path],
                                  cwd=ROOT, capture_output=True, text=True, check=False)
            reports = [line for line in done.stderr.splitlines() if line.startswith("==")]
            good &= not reports and done.returncode == 0
            lines += [f"{path.replace(folder + '/', '')}: exit {done.returncode}, {len(reports)} lines of reports", *(reports[:10] if reports or done.returncode == 0 else done.stderr.splitlines()[-5:])]
    return Result(lines, good)


def built_to_count():
    """The program, built so that each process writes which of its lines were run."""
    folder = ROOT / "build-coverage"
    if not (folder / "build.ninja").exists():
        subprocess.run(["/usr/bin/meson", "setup", folder, "-Dbuildtype=debug", "-Db_coverage=true"], cwd=ROOT, capture_output=True, check=True)
    subprocess.run(["ninja", "--quiet", "-C", folder], capture_output=True, check=True)
    for counts in folder.rglob("*.gcda"):
        counts.unlink()
    return folder


def lines_counted(folder):
    """(file, its lines, those that were run) of each file of extract/."""
    done = output_of("gcovr", "--root", ".", "--filter", "extract/", "--gcov-ignore-parse-errors", folder, "--csv")
    if done.returncode:
        sys.exit(done.stderr)
    return [(row["filename"], int(row["line_total"]), int(row["line_covered"])) for row in csv.DictReader(done.stdout.splitlines())]


def coverage(_, seconds):
    """Lines of extract/ that tests run (all but those of time and of the sandbox, which is not there in this build), in children too."""
    folder, groups = built_to_count(), [f"--group={group}" for group in all_groups() if group not in COVERAGE_WITHOUT]
    said = said_by(output_of(sys.executable, "tests/run.py", "--program", folder / "checksheet", *limit_of(seconds), *groups), 100000)
    failed = [line for line in said if line.startswith("failed: ")]
    files, by_folder = lines_counted(folder), {}
    for name, total, covered in files:
        key = "/".join(name.split("/")[:2])
        by_folder[key] = by_folder.get(key, (0, 0))[0] + total, by_folder.get(key, (0, 0))[1] + covered
    total, covered = (sum(file[at] for file in files) for at in (1, 2))
    thin = sorted((file for file in files if file[2] < .9 * file[1]), key=lambda file: file[2] - file[1])
    lines = [f"tests: {said[-1]}", *failed, f"{covered} of {total} lines, {100 * covered / total:.1f} %; wanted are 90 %",
             *(f"{name}: {100 * one[1] / max(one[0], 1):.0f} % of {one[0]}" for name, one in sorted(by_folder.items())),
             *(f"below 90 %: {name}: {100 * some / most:.0f} % of {most}" for name, most, some in thin[:40])]
    return Result(lines + ([f"and {len(thin) - 40} more files"] if len(thin) > 40 else []), covered >= .9 * total > 0, said[-1] if "not begun" in said[-1] else "")


def threads(_program, _seconds):
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
    return Result([done.stdout.strip(), f"exit {done.returncode}, {len(reports)} reports", *done.stderr.splitlines()[:80]], done.returncode == 0 and not reports)


def mistakes(_, seconds):
    """Mistakes made on purpose, one at a time (mistakes.tsv): a limit, an fsync, a status, a rule of joining rows."""
    done = output_of(sys.executable, "tests/mutate.py", "--mistakes", *limit_of(seconds))
    lines = said_by(done, 60)
    return Result(lines, done.returncode == 0, share_of(lines))


def speed(program, _):
    """Instructions of ten documents against instructions.tsv."""
    lines, _, wrong = measured(program.path)
    return Result(lines, not wrong)


def mutations(_, seconds):
    """Lines of the code made wrong, one at a time, chosen by chance: MUTANTS (20) in each of six folders (tests/mutate.py)."""
    done = output_of(sys.executable, "tests/mutate.py", "--verbose", "--count", os.environ.get("MUTANTS", "20"), "--seed", os.environ.get("SEED", "1"),
                     "--seconds", int(min(seconds, MUTATE_SECONDS)))
    lines = said_by(done, 120)
    return Result(lines, done.returncode == 0, share_of(lines))


PARTS = {part.__name__: part for part in (hostile_files, good_in_sandbox, chaos, faults, kills, fuzzers, fuzz, fuzz_afl, metamorphic, speed, coverage, analysers, valgrind, threads, mistakes, mutations)}


def written_before():
    text = REPORT.read_text() if REPORT.exists() else ""
    return {match[1]: match[0] for match in re.finditer(r"^## (\w+)\n.*?(?=^## |\Z)", text, re.M | re.S)}


def write(name, section):
    """Puts the section in its place in the report, and says which parts have none, and which have done a share only."""
    sections = {**written_before(), name: section}
    missing = [part for part in PARTS if part not in sections]
    partly = [part for part in PARTS if IN_PART in sections.get(part, "")]
    REPORT.write_text("# What was proved, and when\n\nWritten by `./dev proof [--minutes N] [PART…]`; by hand nothing is changed here. Each part says when, on which commit and on which machine it ran.\n\n"
                      + (f"Never run: {', '.join(missing)}.\n\n" if missing else "") + (f"Run in part only, for want of time: {', '.join(partly)}.\n\n" if partly else "")
                      + "".join(sections[part] for part in PARTS if part in sections))


def where():
    commit, changed = output_of("git", "describe", "--always").stdout.strip(), output_of("git", "status", "--porcelain", "--", ".", ":!tests/PROOF.md").stdout
    commit += ", with changes that are not committed" if changed.strip() else ""
    return f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M} UTC, commit {commit}, {os.cpu_count()} processors ({platform.machine()}), load {os.getloadavg()[0]:.1f}, Linux {platform.release().split('-')[0]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Program)
    parser.add_argument("--minutes", type=float, default=math.inf, help="for each part; all of it takes hours")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    options, all_good = parser.parse_intermixed_args(), True
    if unknown := [name for name in options.parts if name not in PARTS]:
        parser.error(f"no part is called {', '.join(unknown)}; the parts are {', '.join(PARTS)}")
    for name in options.parts or PARTS:
        begun = time.monotonic()
        result = PARTS[name](options.program, options.minutes * 60)
        all_good &= result.holds
        section = (f"## {name}\n\n{PARTS[name].__doc__}\n\n{where()}; {time.monotonic() - begun:.0f} s: **{'holds' if result.holds else 'FAILS'}**"
                   + (f"{IN_PART}{result.share}" if result.share else "") + "\n\n```\n" + "\n".join(result.lines).replace(f"{ROOT}/", "") + "\n```\n\n")
        print(section, flush=True)
        write(name, section)
    return 0 if all_good else 1


if __name__ == "__main__":
    sys.exit(main())
