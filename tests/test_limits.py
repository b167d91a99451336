"""Limits are what they say: each has its option and its status, its message has both numbers and the option; what is within them is
read, in time and memory that grow with it; and what sets a limit outside, or is full, or cannot be written, is told by its name."""
import io
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import office
from bench_others import pdf_of_pages
from corpora import NAMES, sheet
from painting import Painting
from testing import Skip, each
from web_server import WebServer, document

SMALL = sheet()


def refused(program, words, status, *parts, exit=7, stdin=b"", **options):
    """The call fails with STATUS in the ledger line, EXIT alone, and PARTS in its message."""
    result = program(*words, stdin=stdin, **options)
    assert result.status == exit, f"exit {result.status}\n{result.err}"
    for part in parts:
        assert part in result.err, f"{part!r} in:\n{result.err}"
    with tempfile.TemporaryDirectory() as folder:
        program(*words, "-o", folder + "/", stdin=stdin, **options)
        record = json.loads((Path(folder) / "ledger.jsonl").read_text().splitlines()[-1])
        assert record["status"] == status, record


def test_pages(program):
    painting = Painting()
    for page in range(3):
        if page:
            painting.page()
        painting.sheet()
    bytes = painting.pdf()
    refused(program, ("convert", "--max-pages", "2", "-"), "limit-pages", "3 pages, the limit is 2", "--max-pages", stdin=bytes)
    program.good("convert", "--max-pages", "3", "-", stdin=bytes)
    for command in (["show", "rows"], ["diff", "/dev/null"]):
        result = program(*command, "-", "--max-pages", "2", stdin=bytes)
        assert "the limit is 2" in result.err, result.err


def test_usual_pages(program):
    kids = 2001
    objects = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj\n" % (
        kids, b" ".join(b"%d 0 R" % (number + 3) for number in range(kids)))
    objects += b"".join(b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n" % (number + 3) for number in range(kids))
    refused(program, ("convert", "-"), "limit-pages", "2001 pages, the limit is 2000", stdin=b"%PDF-1.4\n" + objects +
            b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF\n" % (kids + 3))


def test_input(program):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.html"
        path.write_bytes(SMALL + b"<!--" + b" " * (2 << 20) + b"-->")
        refused(program, ("convert", "--max-input", "1", path), "limit-size", "3 MiB, the limit is 1 MiB", "--max-input")
        refused(program, ("convert", "--max-input", "1", "-"), "limit-size", "the limit is 1 MiB", stdin=path.read_bytes())
        program.good("convert", "--max-input", "3", path)


def test_fetched(program):
    """What a server sends is an input too."""
    with WebServer() as server:
        server.paths["/a"] = document(SMALL + b" " * (2 << 20), media_type="text/html")
        words = ("convert", "--allow-private-addresses", server.url("/a"))
        refused(program, (*words, "--max-input", "1"), "limit-size", "the limit is 1 MiB", "--max-input")
        program.good(*words, "--max-input", "3")


def test_unpacked(program):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("a.html", SMALL)
            archive.writestr("b.txt", b"b" * (2 << 20))
        refused(program, ("convert", "--max-unpacked", "1", path), "limit-size", "the limit is 1 MiB", "--max-unpacked")
        program.good("convert", "--max-unpacked", "3", path)


def test_cells_and_text_follow_unpacked(program):
    """A small file that repeats a cell, and a text: what is said is the limit in force."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.ods"
        path.write_bytes(office.opendocument("ods", office.otbl([f'<table:table-row table:number-rows-repeated="100000">{office.otc("x")}</table:table-row>'])))
        refused(program, ("convert", "--max-unpacked", "4", path), "limit-size", "the limit is 25000", "--max-unpacked")
        refused(program, ("convert", "--max-unpacked", "8", path), "limit-size", "the limit is 50000", "--memory")
        path = Path(folder) / "a.odt"
        path.write_bytes(office.opendocument("odt", f'<text:p>{"長い文" * 200000}</text:p>'))
        refused(program, ("convert", "--max-unpacked", "8", path), "limit-size", "the limit is 1 MiB", "an eighth of --max-unpacked")


def with_lying_sizes(archive):
    """The archive, which says of each entry that it is unpacked no more than 100 bytes."""
    changed = bytearray(archive)
    for sign, at in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        for found in re.finditer(sign, archive):
            size = int.from_bytes(archive[found.start() + at:found.start() + at + 4], "little")
            changed[found.start() + at:found.start() + at + 4] = min(size, 100).to_bytes(4, "little")
    return bytes(changed)


@each(["document", "archive"])
def test_unpacked_more_than_it_says(program, what):
    """What is unpacked is counted, whatever the archive says of it."""
    with tempfile.TemporaryDirectory() as folder:
        path, made = Path(folder) / {"document": "a.docx", "archive": "a.zip"}[what], io.BytesIO()
        body = office.p(office.r("一")) + "<!--" + "一二三四五六七八九十" * 100000 + "-->"  # text has a limit of its own
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", "一二三四五六七八九十" * 100000)
        path.write_bytes(with_lying_sizes(office.docx(body) if what == "document" else made.getvalue()))
        refused(program, ("convert", "--max-unpacked", "1", path), "limit-size", "the limit is 1 MiB", "--max-unpacked")


def test_result(program):
    rows = "".join(f"{number}\t{NAMES[number % 49]}\tはい、{'詳' * 900}\n" for number in range(800))
    bytes = ("No.\tサービスレベル項目\t回答\n" + rows).encode()
    refused(program, ("convert", "--max-result", "1", "-"), "limit-size", "limit of 1 MiB", "--max-result", stdin=bytes)
    program.good("convert", "-", stdin=bytes)


def test_cpu_wall_and_memory(program):
    if program.name != "build":
        raise Skip("times of a build with sanitizers, which limit no memory")
    rows = rows_of(30000)
    refused(program, ("convert", "--cpu", "1", "-"), "limit-cpu", "1 seconds of CPU time", "--cpu", stdin=rows)
    refused(program, ("convert", "--timeout", "0.3", "--cpu", "60", "-"), "limit-wall", "0.3 seconds", "--timeout", stdin=rows)
    refused(program, ("convert", "--memory", "150", "-"), "limit-memory", "limit of 150 MiB", "--memory",
            stdin=b"<table>" + b"<tr><td>a<td>b" * 400000)


@each(["--max-pages", "--max-input", "--max-unpacked", "--max-result", "--memory", "--cpu", "--timeout"])
def test_options_out_of_range(program, option):
    for command in (["convert"], ["show", "rows"], ["compare"], ["export", "--format", "ndjson"], ["report"]):
        result = program(*command, option, "-1", "-", stdin=SMALL)
        assert result.status == 2 and option in result.err, f"{command}: exit {result.status}\n{result.err}"


def rows_of(count):
    return ("No.\tサービスレベル項目\t規定内容\t回答\n" + "".join(
        f"{number}\t{NAMES[number % 49]}\t条件{number}\t{'はい' if number % 3 else f'第{number}号により実施'}\n"
        for number in range(count))).encode()


def html_of_rows(count):
    return b"<meta charset=utf-8><table>" + b"".join(
        b"<tr><td>" + line.replace(b"\t", b"<td>") for line in rows_of(count).splitlines()) + b"</table>"


def csv_of_rows(count):
    return rows_of(count).replace(b"\t", b",")


def rows_of_one_item(count):
    """Names that are all like one item's, none of them its name."""
    return ("No.\tサービスレベル項目\t規定内容\t回答\n" + "".join(
        f"{number}\tサービス時間{number}\t条件{number}\t第{number}号により実施\n" for number in range(count))).encode()


def rows_with_heads_again(count):
    """The head again after each five rows, as where small tables were put together."""
    head, *rows = rows_of(count).splitlines(keepends=True)
    return b"".join(head * (number % 5 == 0) + row for number, row in enumerate(rows))


ROWS = {"text": rows_of, "heads again": rows_with_heads_again, "html": html_of_rows, "csv": csv_of_rows, "text of one item": rows_of_one_item}


def usage_of(program, bytes):
    """Seconds of CPU and MiB of a reading, and the items that came out."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "in").write_bytes(bytes)
        # A process counts what its parent had when it was forked, so that the parent must be small.
        small = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True)\n"
                 "usage = resource.getrusage(resource.RUSAGE_CHILDREN); print(usage.ru_utime, usage.ru_maxrss)")
        done = subprocess.run([sys.executable, "-S", "-c", small, program.path, "convert", "--timeout", "600", "-o", "out.json", "in"],
                              cwd=folder, capture_output=True, check=True)
        seconds, kib = map(float, done.stdout.split())
        return seconds, kib / 1024, len(json.loads((Path(folder) / "out.json").read_text())["items"])


@each(ROWS)
def test_time_and_memory_grow_with_the_rows(program, kind):
    """10 times the rows take 10 times the time, not 100; ROWS=50000 for the real size."""
    if program.name != "build":
        raise Skip("times of a build with sanitizers")
    many, make = int(os.environ.get("ROWS", "10000")), ROWS[kind]
    few_seconds, few_memory, few = usage_of(program, make(many // 10))
    seconds, memory, items = usage_of(program, make(many))
    print(f"{kind}: {many // 10} rows {few_seconds:.2f} s {few_memory:.0f} MiB, {many} rows {seconds:.2f} s {memory:.0f} MiB")
    assert (few, items) == (many // 10, many), (few, items)
    assert seconds < 20 * few_seconds, f"{few_seconds:.2f} s and {seconds:.2f} s"
    assert memory < 20 * few_memory, f"{few_memory:.0f} MiB and {memory:.0f} MiB"


def test_time_grows_with_the_pages(program):
    """One table over 800 pages takes 10 times the time of one over 80, not 100."""
    if program.name != "build":
        raise Skip("times of a build with sanitizers")
    few_seconds, _, few = usage_of(program, pdf_of_pages(80))
    seconds, _, items = usage_of(program, pdf_of_pages(800))
    print(f"80 pages {few_seconds:.2f} s, 800 pages {seconds:.2f} s")
    assert items > 9.9 * few, (few, items)
    assert seconds < 20 * few_seconds, f"{few_seconds:.2f} s and {seconds:.2f} s"


def test_a_text_of_many_mib(program):
    """Prose around a table, near the limit on inputs."""
    if program.name != "build":
        raise Skip("times of a build with sanitizers")
    prose = ("この文書はサービスの説明である。" * 20 + "\n\n").encode()
    text = prose * ((20 << 20) // len(prose)) + rows_of(20)
    sheet_of = json.loads(program.good("convert", "--timeout", "300", "-", stdin=text, timeout=4000).out)
    assert len(sheet_of["items"]) == 20


def limited(**limits):
    def set_them():
        for name, value in limits.items():
            resource.setrlimit(getattr(resource, "RLIMIT_" + name), (value, value))
    return set_them


def run(program, *words, folder, stdin=b"", before=None, **environment):
    done = subprocess.run([program.path, *words], cwd=folder, input=stdin, capture_output=True, preexec_fn=before, timeout=1200, check=False,
                          env={**os.environ, "LC_ALL": "C.UTF-8", **environment})
    return done.returncode, done.stderr.decode()


# what is set before, the input, the exit status and words of the message
OUTSIDE = {
    "FSIZE": (limited(FSIZE=4096), SMALL, 7, "ulimit -f"),
    "CPU": (limited(CPU=1), rows_of(30000), 7, "1 seconds of CPU time; raise the limit with ulimit -t"),
    "AS": (limited(AS=190 << 20), b"<table>" + b"<tr><td>a<td>b" * 400000, 7, "limit of 190 MiB; raise the limit with ulimit -v"),
    "NOFILE": (limited(NOFILE=10), SMALL, 8, "open files than the limit of 10; raise it with ulimit -n"),
    "NOFILE of the child": (limited(NOFILE=18), SMALL, 8, "open files than the limit of 18; raise it with ulimit -n"),
}


@each(OUTSIDE)
def test_ulimit(program, name):
    if program.name != "build":
        raise Skip("sanitizers need more")
    before, bytes, status, words = OUTSIDE[name]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a").write_bytes(bytes)
        ended, said = run(program, "convert", "a", folder=folder, before=before)
        assert ended == status and words in said, f"exit {ended}\n{said}"


def test_own_output_beyond_ulimit(program):
    """The parent is not ended by SIGXFSZ without a word: a file that is there already is larger than what may be written."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.html").write_bytes(SMALL)
        (Path(folder) / "all").write_bytes(bytes(200000))
        with open(Path(folder) / "all", "ab") as out:
            done = subprocess.run([program.path, "convert", "a.html"], cwd=folder, stdout=out, stderr=subprocess.PIPE, check=False,
                                  preexec_fn=limited(FSIZE=150000), env={**os.environ, "LC_ALL": "C.UTF-8"})
        assert done.returncode == 8 and b"File too large" in done.stderr, f"exit {done.returncode}\n{done.stderr.decode()}"


def test_killed_from_outside(program):
    """By a person or by the system: not a crash, and nothing to be reported."""
    if program.name != "build":
        raise Skip("one build is enough")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a").write_bytes(rows_of(8000))
        process = subprocess.Popen([program.path, "convert", "-o", "out/", "a"], cwd=folder, stderr=subprocess.PIPE,
                                   env={**os.environ, "LC_ALL": "C.UTF-8"})
        for _ in range(500):
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            if children:
                break
            time.sleep(0.01)
        time.sleep(0.2)
        os.kill(int(children[0]), signal.SIGKILL)
        said = process.communicate(timeout=600)[1].decode()
        record = json.loads((Path(folder) / "out/ledger.jsonl").read_text())
        assert "killed from outside" in said and "report" not in said, said
        assert record["status"] == "io-error", record


class Mounted:
    """A file system of its own; needs root."""

    def __init__(self, options):
        self.options = options

    def __enter__(self):
        self.folder = tempfile.mkdtemp()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", self.options, "tmpfs", self.folder], capture_output=True, check=False)
        if done.returncode:
            os.rmdir(self.folder)
            raise Skip(f"mount: {done.stderr.decode().strip()}")
        return Path(self.folder)

    def __exit__(self, *_):
        subprocess.run(["umount", self.folder], check=True)
        os.rmdir(self.folder)


# -o and the like on a disk that is read-only, and on one that is full
PLACES = {"a file": ["convert", "-o", "{}/x.json"], "a folder": ["convert", "-o", "{}/"], "a new folder": ["convert", "-o", "{}/new/"],
          "a database": ["export", "--format", "sqlite", "-o", "{}/x.sqlite"], "a workbook": ["export", "--format", "xlsx", "-o", "{}/x.xlsx"],
          "a table": ["export", "--format", "csv", "-o", "{}/x.csv"], "a report": ["report", "-o", "{}/x.html"],
          "a comparison": ["compare", "--format", "csv", "-o", "{}/x.csv"]}


@each(PLACES)
def test_read_only_disk(program, place):
    with Mounted("ro,size=1m") as disk, tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.html").write_bytes(SMALL)
        ended, said = run(program, *[word.format(disk) for word in PLACES[place]], "a.html", folder=folder)
        assert ended == 8 and "Read-only file system" in said, f"exit {ended}\n{said}"


@each(set(PLACES) - {"a new folder", "a folder"})
def test_full_disk(program, place):
    with Mounted("size=16k") as disk, tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.html").write_bytes(sheet(items=49))
        (disk / "full").write_bytes(bytes(12 << 10))
        ended, said = run(program, *[word.format(disk) for word in PLACES[place]], "a.html", folder=folder)
        assert ended == 8 and ("No space left" in said or "full" in said), f"exit {ended}\n{said}"


def test_full_temporary_folder(program):
    with Mounted("size=16k") as disk, tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.html").write_bytes(sheet(items=49))
        ended, said = run(program, "convert", "a.html", folder=folder, TMPDIR=str(disk))
        assert ended == 8 and f"no space for the result in {disk}" in said, f"exit {ended}\n{said}"


def test_no_permission(program):
    """EACCES, as a user who is not root."""
    if os.geteuid() != 0:
        raise Skip("needs root to become somebody else")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        (Path(folder) / "a.html").write_bytes(SMALL)
        (Path(folder) / "secret.html").write_bytes(SMALL)
        os.chmod(Path(folder) / "secret.html", 0)

        def nobody():
            os.setgid(65534)
            os.setuid(65534)

        for words in (["secret.html"], ["-o", "x.json", "a.html"], ["-o", "new/", "a.html"]):
            ended, said = run(program, "convert", *words, folder=folder, before=nobody)
            assert ended == 8 and "Permission denied" in said, f"{words}: exit {ended}\n{said}"
