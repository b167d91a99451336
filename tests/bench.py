#!/usr/bin/python3
"""bench.py PROGRAM [FILE] - how long one file takes, start to end and stage by stage, and how much memory, against the goals;
without FILE, that of one sheet of the corpus, and what reading a PDF costs (bench_pdf.py)."""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import bench_pdf

SHEET = "corpus/kazemachi/security-sheet.pdf"
GOAL_SECONDS = 0.15
GOAL_MEBIBYTES = bench_pdf.GOAL_MEBIBYTES
GOAL_PATTERNS = 10  # milliseconds, for all pattern files
GOAL_RECOGNITION = 5  # milliseconds, for 50 rows
GOAL_ROWS = 50
RUNS = 20


def seconds_of(command):
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        subprocess.run(["hyperfine", "-N", "--warmup", "3", "--runs", str(RUNS), "--export-json", report.name,
                        " ".join(command)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return json.load(report)["results"][0]["median"]


def mebibytes_of(command):
    """The largest of the processes; GNU time sees the forked ones too."""
    done = subprocess.run(["/usr/bin/time", "-f", "%M", *command], check=True, capture_output=True, text=True)
    return int(done.stderr.splitlines()[-1]) / 1024


def stages_of(program, path):
    """(milliseconds for the pattern files, milliseconds from blocks to sheet, its rows), by the program beside PROGRAM."""
    done = subprocess.run([Path(program).with_name("measure-stages"), path], check=True, capture_output=True, text=True)
    figures = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    recognition, rows = figures["recognition"].split()
    return float(figures["patterns"]), float(recognition), int(rows)


def main():
    program, path = (*sys.argv[1:], SHEET)[:2]
    patterns, recognition, rows = stages_of(program, path)
    command = [program, "convert", path]
    figures = [("seconds (median)", seconds_of(command), GOAL_SECONDS),
               ("MiB (largest process)", mebibytes_of(command), GOAL_MEBIBYTES),
               ("ms, patterns loaded", patterns, GOAL_PATTERNS),
               (f"ms, {rows} rows recognised", recognition, GOAL_RECOGNITION * max(1, rows / GOAL_ROWS))]
    print(path)
    for name, figure, goal in figures:
        print(f"  {name:<23} {figure:8.3f}   goal {goal:<6.4g} {100 * figure / goal:4.0f} % of it")
    met = all(figure <= goal for _, figure, goal in figures)
    if len(sys.argv) == 2:
        met &= bench_pdf.bench(program)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
