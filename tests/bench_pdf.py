"""bench_pdf - what reading a PDF costs: instructions against those of `pdftotext -bbox` on the same file, where they go, seconds
for pages that are full, memory. The documents are those of the corpus and the cases, and some that are made here.

Instructions are those of the process that converts (valgrind --tool=callgrind, under which no sandbox can be made), without those of
starting: converting an empty text; `pdftotext -v`. The first has no Poppler to open yet and the other has, so the opening of modules is
counted, and the ratio without it is told beside. They are the same from one run to the next, on a busy machine too.
"""
import random
import re
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

from painting import HEIGHT, ROWS, WIDTH, Painting

GOAL_MEBIBYTES = 32
GOAL_SECONDS = 1  # of processor time, for a page with FULL strings, fills, ...
FULL = 20000
LONG_ROWS = 500

# What is counted for a stage: the inclusive cost of its function, without that of the later ones named behind it.
STAGES = (("painted", "painted_page_new", ()),
          ("seen", "page_from_painted", ()),
          ("opened", "pages_from_source", ("painted_page_new", "page_from_painted")),
          ("tables", "blocks_from_pages", ()),
          ("sheet", "sheet_from_source", ("pages_from_source", "blocks_from_pages")),
          ("written", "document_task", ("sheet_from_source",)))


# Documents

def not_embedded():
    painting = Painting()
    for page in range(4):
        if page:
            painting.page()
        painting.sheet()
    return painting.pdf()


def full_page(paint):
    painting = Painting()
    for number in range(FULL):
        paint(painting, number)
    painting.sheet()
    return painting.pdf()


def strings_in_a_grid(painting, number):
    painting.text(10 + 8 * (number % 100), 10 + 2.8 * (number // 100), "あいう有無安全管理"[number % 9], size=4)


def strings_anywhere(painting, number):
    anywhere = random.Random(number)
    painting.text(anywhere.random() * WIDTH, anywhere.random() * HEIGHT, "安全管理有無"[number % 6:][:3], size=6)


def fills_in_a_heap(painting, number):
    anywhere = random.Random(number)
    x, y = anywhere.random() * (WIDTH - 200), anywhere.random() * (HEIGHT - 200)
    painting.fill(x, y, x + 200, y + 200, [round(anywhere.random(), 2) for _ in range(3)])


def fills_over_text(painting, number):
    fills_in_a_heap(painting, number)
    painting.text(40 + number % 700, 40 + number % 500, "安全")


def lines_under_fills(painting, number):
    y = 10 + (HEIGHT - 20) * number / FULL
    painting.line(10, y, WIDTH - 10, y)
    painting.fill(number * 37 % WIDTH, y - 3, number * 37 % WIDTH + 60, y + 3)


def boxes_beside_each_other(painting, number):
    x, y = 10 + 8 * (number % 100), 10 + 2.8 * (number // 100)
    painting.add("q .5 w %g %g 12 12 re S Q" % (x, HEIGHT - y))


FULL_PAGES = (strings_in_a_grid, strings_anywhere, fills_in_a_heap, fills_over_text, lines_under_fills, boxes_beside_each_other)


def long_sheet(folder):
    """500 rows over some 26 pages, set by Writer; None: it is not installed."""
    if not shutil.which("soffice"):
        return None
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in (number + 1, *ROWS[number % len(ROWS)][1:])) + "</tr>"
                   for number in range(LONG_ROWS))
    page = Path(folder, "long.html")
    page.write_text(f"<meta charset=utf-8><table border=1 cellspacing=0 style='font-size: 9pt'>{rows}</table>", encoding="utf-8")
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to",
                    "pdf:writer_web_pdf_Export", "--outdir", folder, page], check=True, capture_output=True)
    return page.with_suffix(".pdf")


def documents(folder):
    """(name, path, goal of the ratio)"""
    unembedded = Path(folder, "not-embedded.pdf")
    unembedded.write_bytes(not_embedded())
    return (("Writer, 4 pages", "corpus/kazemachi/security-sheet.pdf", 2.0),
            ("Pango and cairo, 5 pages", "tests/cases/pdf-stripes/input.pdf", 2.5),
            ("Calc, 3 pages", "tests/cases/pdf-head-of-two-rows/input.pdf", 3.0),
            ("Chromium, 4 pages", "corpus/mizukurage/checksheet-2025-02-20.pdf", 1.5),
            (f"Writer, {LONG_ROWS} rows", long_sheet(folder), 1.5),
            ("fonts not embedded", unembedded, 3.0))


# Measuring

def instructions(command):
    """(of the process that converts, with what it was forked from; those of the stages)"""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/%p", *command], check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        files = list(Path(folder).iterdir())
        totals = {path: int(re.search(r"^summary: (\d+)", path.read_text(), re.M)[1]) for path in files}
        # The process that converts was forked from the first one: its counts go on from there.
        table = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", max(totals, key=totals.get)],
                               check=True, capture_output=True, text=True).stdout
    inclusive = {}
    for line in table.splitlines():
        found = re.match(r" *([\d,]+) .*?:(\w+)(?: \[|$)", line)
        if found:
            inclusive.setdefault(found[2], int(found[1].replace(",", "")))
    return max(totals.values()), inclusive


def cost_of_stages(inclusive):
    return [(name, inclusive.get(function, 0) - sum(inclusive.get(other, 0) for other in without))
            for name, function, without in STAGES]


def seconds_and_mebibytes(command):
    """Processor time of all processes, and the memory of the largest one."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(["/usr/bin/time", "-f", "%M", *command], check=False, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, int(done.stderr.splitlines()[-1]) / 1024


def report(name, figure, goal, unit="", more=""):
    print(f"  {name:<26} {figure:7.2f}{unit:<4} goal {goal:<5g}{'' if figure <= goal else ' MISSED '}{more}", flush=True)
    return figure <= goal


def bench_ratios(program, folder):
    empty = Path(folder, "empty.txt")
    empty.write_bytes(b"")
    converting = [program, "convert", "--no-sandbox", "--timeout", "6000", "--cpu", "6000"]  # it runs some fifty times slower
    start = instructions([*converting, empty])[0]
    their_start = instructions(["pdftotext", "-v"])[0]
    met = True
    print("instructions, times those of pdftotext -bbox; where they go, in millions")
    for name, path, goal in documents(folder):
        if not path:
            print(f"  {name:<26} left out: LibreOffice is not installed")
            continue
        all_of_it, inclusive = instructions([*converting, path])
        modules = inclusive.get("module_open", 0)
        theirs = instructions(["pdftotext", "-bbox", path, "/dev/null"])[0] - their_start
        stages = cost_of_stages(inclusive)
        rest = all_of_it - start - modules - sum(cost for _, cost in stages)
        words = ", ".join(f"{stage} {cost / 1e6:.0f}" for stage, cost in (*stages, ("rest", rest), ("modules", modules)))
        without = f"{(all_of_it - start - modules) / theirs:.2f} without modules"
        met &= report(name, (all_of_it - start) / theirs, goal, more=f"{theirs / 1e6:5.0f}: {words}; {without}")
        met &= report("", seconds_and_mebibytes([program, "convert", path])[1], GOAL_MEBIBYTES, " MiB")
    return met


def bench_full_pages(program, folder):
    met = True
    print(f"pages with {FULL} of a kind")
    for paint in FULL_PAGES:
        path = Path(folder, f"{paint.__name__}.pdf")
        path.write_bytes(full_page(paint))
        met &= report(paint.__name__.replace("_", " "), seconds_and_mebibytes([program, "convert", path])[0], GOAL_SECONDS, " s")
    return met


def bench(program):
    with tempfile.TemporaryDirectory() as folder:
        ratios = bench_ratios(program, folder)
        return bench_full_pages(program, folder) and ratios
