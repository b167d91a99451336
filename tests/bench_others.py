#!/usr/bin/python3
"""bench_others.py PROGRAM [--scale N] [--files N] [--runs N] [--stages N] [--out FILE] - this program and others on the same files in one run, as tests/RESULTS.md.

    machine, versions
    each PDF of the corpus    CPU of one process for each document: this program (whole sheets), pdftotext -bbox and mutool
                              stext (words with boxes), PyMuPDF and pdfminer (Python; words with boxes), and the ratios
    pages a second            on one core; two jobs against one
    start-up                  CPU and memory for an empty text
    sandbox                   CPU of a document with it and without, the two taking turns
    many small files          CPU of one, how much of it is not the reading, and the memory of all processes together
    cost against size         1 to 1,000 pages, 50 to 50,000 rows: if it is linear, the cost of one stays level
    stages                    instructions of each (bench_pdf.py)

On a busy machine times grow, by caches that others use and by waiting for the disk: the load is in the
report, for each part. Ratios within a line, and instructions, hold all the same.

Times are CPU time of all processes (user and system), the least of RUNS, the programs taking turns, so that what else the
machine does falls on all alike. None of the others finds sheets: what they are timed for is the least of what this program
must do before it can begin.
"""
import argparse
import datetime
import hashlib
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bench_pdf
from painting import ROWS, Painting

RUNS = 7
ROOT = Path(__file__).resolve().parent.parent
PAGES = (1, 10, 100, 1000)
ROW_COUNTS = (50, 500, 5000, 50000)
SCALING_COPIES = 60
SANDBOX_COPIES = 40
LEDGER_FILES = 100000  # that the memory is measured with

PYMUPDF = """
import sys, fitz
with fitz.open(sys.argv[1]) as document:
    sum(len(page.get_text("words")) for page in document)
"""
PDFMINER = """
import sys
from pdfminer.high_level import extract_pages
for page in extract_pages(sys.argv[1]):
    list(page)
"""


def commands(program):
    """name: (the command, without the file; the command that gives its version)"""
    known = {
        "checksheet": ([program, "convert"], [program, "--version"]),
        "pdftotext -bbox": (["pdftotext", "-bbox", None, "/dev/null"], ["pdftotext", "-v"]),
        "mutool stext": (["mutool", "draw", "-q", "-F", "stext", "-o", "/dev/null"], ["mutool", "-v"]),
        "PyMuPDF": (["/usr/bin/python3", "-c", PYMUPDF], ["/usr/bin/python3", "-c", "import fitz; print('PyMuPDF', fitz.VersionBind)"]),
        "pdfminer": (["/usr/bin/python3", "-c", PDFMINER], ["/usr/bin/python3", "-c", "import pdfminer; print('pdfminer', pdfminer.__version__)"]),
    }
    return {name: entry for name, entry in known.items() if version_of(entry[1])}


def version_of(command):
    if not shutil.which(command[0]):
        return None
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if any(character.isdigit() for character in line)]
    return lines[0] if lines and "Error" not in lines[-1] else None


def filled_in(command, path):
    return [path if word is None else word for word in command] if None in command else [*command, path]


def cpu_of(command, **more):
    """(CPU seconds, wall seconds, exit status)"""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, **more)
    wall, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, wall, done.returncode


def least(command_list, runs):
    """The least CPU seconds of each command, which take turns; None: it failed."""
    best = [None] * len(command_list)
    for _ in range(runs):
        for number, command in enumerate(command_list):
            seconds, _, status = cpu_of(command)
            if status == 0:
                best[number] = min(best[number] or seconds, seconds)
    return best


def pages_of(path):
    shown = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    return int(next(line.split()[1] for line in shown.splitlines() if line.startswith("Pages:")))


def table(head, rows):
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


# The parts of the report

def machine(tools, options):
    model = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())
    commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    lines = [f"{datetime.date.today()}, commit {commit}; {model}, {os.cpu_count()} cores, Linux {platform.release()}; "
             f"load at the start {os.getloadavg()[0]:.1f}, the least of {options.runs} runs.", ""]
    lines += [f"- {name}: {version_of(version)}" for name, (_, version) in tools.items()]
    return "\n".join(lines) + "\n"


def documents():
    return sorted(ROOT.glob("corpus/*/*.pdf")) + [ROOT / "tests/cases/pdf-stripes/input.pdf", ROOT / "tests/cases/pdf-head-of-two-rows/input.pdf"]


def same_files(tools, runs):
    rows, totals, pages = [], [0] * len(tools), 0
    for path in documents():
        seconds = least([filled_in(command, path) for command, _ in tools.values()], runs)
        pages += pages_of(path)
        totals = [total + (one or 0) for total, one in zip(totals, seconds)]
        rows.append([path.relative_to(ROOT), pages_of(path), *(f"{1000 * one:.0f}" if one else "failed" for one in seconds)])
    rows.append(["all", pages, *(f"{1000 * total:.0f}" for total in totals)])
    rows.append(["times checksheet", "", *(f"{total / totals[0]:.2f}" for total in totals)])
    rows.append(["pages a second, one core", "", *(f"{pages / total:.0f}" for total in totals)])
    return table(["CPU, ms", "pages", *tools], rows)


def scaling(program, folder, runs):
    """Two jobs against one, on copies of a sheet, all in one run."""
    inputs = Path(folder, "copies")
    inputs.mkdir()
    for number in range(SCALING_COPIES):
        shutil.copy(documents()[0], inputs / f"{number}.pdf")
    rows, first = [], None
    for jobs in sorted({1, 2, os.cpu_count()}):
        walls = []
        for run in range(runs):
            _, wall, _ = cpu_of([program, "convert", "--jobs", str(jobs), "-o", Path(folder, f"out-{jobs}-{run}"), inputs])
            walls.append(wall)
        first = first or min(walls)
        rows.append([jobs, f"{min(walls):.2f}", f"{SCALING_COPIES / min(walls):.1f}", f"{first / min(walls):.2f}"])
    return table(["jobs", "seconds", "documents a second", "times one job"], rows)


def start_up(program, folder):
    empty = Path(folder, "empty.txt")
    empty.write_bytes(b"")
    seconds = [cpu_of([program, "convert", empty])[0] for _ in range(20)]
    version = [cpu_of([program, "--version"])[0] for _ in range(20)]
    memory = bench_pdf.seconds_and_mebibytes([program, "convert", documents()[0]])[1]
    return table(["", "least", "median"],
                 [["CPU of `convert` on an empty text, ms", f"{1000 * min(seconds):.0f}", f"{1000 * sorted(seconds)[10]:.0f}"],
                  ["CPU of `--version`, ms", f"{1000 * min(version):.0f}", f"{1000 * sorted(version)[10]:.0f}"],
                  ["MiB, the largest process, one sheet", f"{memory:.0f}", ""]])


def sandbox_cost(program, folder, runs):
    rows = []
    for name, path in (("web page", ROOT / "corpus/yoinoma/service-level.html"), ("PDF", documents()[0])):
        inputs = Path(folder, f"sandbox-{path.suffix}")
        inputs.mkdir()
        for number in range(SANDBOX_COPIES):
            shutil.copy(path, inputs / f"{number}{path.suffix}")
        call = [program, "convert", "--quiet", "--jobs", "1", inputs, "-o"]
        with_it, without = (1000 * seconds / SANDBOX_COPIES for seconds in
                            least([[*call, Path(folder, "closed")], [*call, Path(folder, "open"), "--no-sandbox"]], runs))
        rows.append([name, f"{with_it:.2f}", f"{without:.2f}", f"{with_it - without:.2f}"])
    return table(["CPU of a document, ms", "with", "without", "difference"], rows)


def usage_of(command):
    """CPU seconds that are not the reading's: the parent's own, and what the system does for the children (their making, their
    sandbox, their end); those that are: the children's in user mode; MiB of the largest process; wall seconds."""
    begun, own = time.monotonic(), 0
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        own = own_user_seconds(process.pid) or own
        time.sleep(0.02)
    usage = os.wait4(process.pid, 0)[2]
    return own + usage.ru_stime, usage.ru_utime - own, usage.ru_maxrss / 1024, time.monotonic() - begun


def own_user_seconds(pid):
    """Of the process without its children; None: it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    except OSError:
        return None
    return int(fields[11]) / os.sysconf("SC_CLK_TCK")


def small_files(folder, count):
    inputs = Path(folder, f"small-{count}")
    inputs.mkdir()
    for number in range(count):
        (inputs / f"{number}.txt").write_text(f"A small text, {number}\n")
    return inputs


def many_files(program, folder, count):
    inputs, output = small_files(folder, count), Path(folder, "many")
    beyond, reading, mebibytes, wall = usage_of([program, "convert", "--quiet", "-o", output, inputs])
    rows = [["files", count], ["CPU of a file beyond the reading: the parent's, and the system's for its process, ms", f"{1000 * beyond / count:.2f}"],
            ["CPU of its reading, ms", f"{1000 * reading / count:.2f}"],
            ["MiB of the largest process", f"{mebibytes:.0f}"], ["files a second", f"{count / wall:.0f}"],
            [f"MiB of a run with {LEDGER_FILES} inputs, all of which have their record", f"{memory_with_ledger(program, folder, inputs, output):.0f}"]]
    return table(["many small files", ""], rows)


def memory_with_ledger(program, folder, inputs, output):
    """Of the parent, with as many inputs and records: those of INPUTS, and as many more with their records."""
    count, last = 0, ""
    with open(output / "ledger.jsonl", encoding="utf-8") as ledger:  # line by line: a process that is started counts what this one held
        for count, last in enumerate(ledger, 1):
            pass
    record = json.loads(last)
    more = Path(folder, "more")
    more.mkdir()
    with open(output / "ledger.jsonl", "a", encoding="utf-8") as ledger:
        for number in range(max(0, LEDGER_FILES - count)):
            text = f"Another small text, {number}\n"
            (more / f"{number}.txt").write_text(text)
            ledger.write(json.dumps({**record, "uri": f"{more}/{number}.txt", "sha256": hashlib.sha256(text.encode()).hexdigest()}) + "\n")
    return usage_of([program, "convert", "--quiet", "--resume", "-o", output, inputs, more])[2]


def pdf_of_pages(count):
    painting = Painting()
    for page in range(count):
        if page:
            painting.page()
        painting.sheet()
    return painting.pdf()


def text_of_rows(count):
    head = "No.\t種別\tサービスレベル項目\t規定内容\t測定単位\t回答\n"
    return head + "".join("\t".join((str(number + 1), *(cell.replace("\n", " ") for cell in ROWS[number % len(ROWS)][1:]))) + "\n"
                          for number in range(count))


def html_of_rows(count):
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in (number + 1, *ROWS[number % len(ROWS)][1:])) + "</tr>"
                   for number in range(count))
    head = "".join(f"<th>{cell}</th>" for cell in ("No.", "種別", "サービスレベル項目", "規定内容", "測定単位", "回答"))
    return f"<meta charset=utf-8><table><tr>{head}</tr>{rows}</table>"


def growth(program, folder, scale):
    rows = []
    for name, counts, make, per in (("pages of a PDF", PAGES, pdf_of_pages, "page"), ("rows of a text", ROW_COUNTS, text_of_rows, "row"),
                                    ("rows of a web page", ROW_COUNTS, html_of_rows, "row")):
        extension = {"pages of a PDF": "pdf", "rows of a text": "txt", "rows of a web page": "html"}[name]
        for count in (count for count in counts if count <= scale):
            path = Path(folder, f"{count}.{extension}")
            made = make(count)
            path.write_bytes(made if isinstance(made, bytes) else made.encode())
            seconds, mebibytes = bench_pdf.seconds_and_mebibytes(
                [program, "convert", "--timeout", "600", "--memory", "8192", "-o", Path(folder, "grown.json"), path])
            rows.append([f"{count} {name}", f"{seconds:.2f}", f"{1000 * seconds / count:.2f}", f"{mebibytes:.0f}"])
    return table(["", "CPU, s", "ms each", "MiB"], rows)


def stages(program, folder, most):
    if not shutil.which("valgrind"):
        return "valgrind is not installed.\n"
    empty = Path(folder, "empty.txt")
    empty.write_bytes(b"")
    start = bench_pdf.instructions([program, "convert", "--no-sandbox", empty])[0]
    their_start = bench_pdf.instructions(["pdftotext", "-v"])[0]
    rows = []
    for name, path, _ in bench_pdf.documents(folder)[:most]:
        if not path:
            continue
        total, inclusive = bench_pdf.instructions([program, "convert", "--no-sandbox", path])
        theirs = bench_pdf.instructions(["pdftotext", "-bbox", path, "/dev/null"])[0] - their_start
        costs = dict(bench_pdf.cost_of_stages(inclusive))
        rest = total - start - sum(costs.values())
        rows.append([name, f"{theirs / 1e6:.0f}", f"{(total - start) / 1e6:.0f}", f"{(total - start) / theirs:.2f}",
                     *(f"{cost / 1e6:.0f}" for cost in (*costs.values(), rest))])
    head = ["millions of instructions", "pdftotext -bbox", "checksheet", "times", *(name for name, _, _ in bench_pdf.STAGES), "rest"]
    return f"Start-up, taken off: {start / 1e6:.0f} (pdftotext {their_start / 1e6:.0f}).\n\n" + table(head, rows)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--scale", type=int, default=50000, help="the largest number of pages and rows")
    parser.add_argument("--stages", type=int, help="the first N documents only, which callgrind takes minutes for")
    parser.add_argument("--runs", type=int, default=RUNS, help="of each command, of which the least counts")
    parser.add_argument("--files", type=int, default=100000, help="how many small files")
    parser.add_argument("--out", type=Path, default=ROOT / "tests/RESULTS.md")
    options = parser.parse_args()
    tools = commands(options.program)
    program, written = options.program, ["# Results of the bench\n\nWritten by `./dev bench`; what each part means is in tests/bench_others.py.\n"]
    parts = {"": lambda folder: machine(tools, options),
             "## The same files, in one run\n": lambda folder: same_files(tools, options.runs),
             "## Jobs\n": lambda folder: scaling(program, folder, options.runs),
             "## Start-up and memory\n": lambda folder: start_up(program, folder),
             "## The sandbox\n": lambda folder: sandbox_cost(program, folder, options.runs),
             "## Many small files\n": lambda folder: many_files(program, folder, options.files),
             "## Cost against size\n": lambda folder: growth(program, folder, options.scale),
             "## Stages\n": lambda folder: stages(program, folder, options.stages)}
    with tempfile.TemporaryDirectory() as folder:
        for title, part in parts.items():
            begun = os.getloadavg()[0]
            text = part(folder)
            written.append(f"{title}\n{text}" + (f"\nLoad from {begun:.1f} to {os.getloadavg()[0]:.1f}.\n" if title else ""))
            # After each part, so that a run that is ended has not been for nothing.
            options.out.write_text("\n".join(written), encoding="utf-8")
            print(written[-1], flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
