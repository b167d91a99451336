"""What cannot be converted: one line that names the file, its exit status, one record in the ledger, nothing half-written."""
import json
import random
import subprocess
import tempfile
import zlib
from pathlib import Path

from testing import ROOT, each

PDF = ROOT / "corpus" / "kazemachi" / "security-sheet.pdf"
PAGE = ROOT / "corpus" / "yoinoma" / "service-level.html"
RECORD = ["uri", "sha256", "status", "reason", "seconds", "output"]


def pdf_of(objects):
    """A PDF of these objects, the first being the catalogue."""
    out, starts = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return (out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
            + b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out)))


def stream(head, content):
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(content), content)


def picture_only():
    """One page, all of it a grey picture."""
    picture = zlib.compress(bytes(64 * [200]))
    return pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                   b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                   b" /Resources << /XObject << /Picture 5 0 R >> >> >>",
                   stream(b"", b"595 0 0 842 0 0 cm /Picture Do"),
                   stream(b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8"
                          b" /ColorSpace /DeviceGray /Filter /FlateDecode", picture)])


def encrypted(password):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as made:
        subprocess.run(["qpdf", "--encrypt", password, "owner", "256", "--", PDF, made.name], check=True)
        return Path(made.name).read_bytes()


ARTICLE = "<!doctype html><title>お知らせ</title><h1>お知らせ</h1><p>夏の休業日は八月十三日から十五日までです。</p>"

# name of the file: what makes its bytes, and the status it ends in
BAD = {
    "empty.pdf": (lambda: b"", "damaged"),
    "truncated.pdf": (lambda: PDF.read_bytes()[:3000], "damaged"),
    "locked.pdf": (lambda: encrypted("secret"), "needs-password"),
    "garbage.pdf": (lambda: b"%PDF-1.7\n" + random.Random(1).randbytes(5000), "damaged"),
    "picture-only.pdf": (picture_only, "unsupported"),
    "noise.pdf": (lambda: random.Random(2).randbytes(5000), "unsupported"),
    "picture.png": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "unsupported"),
    "article.html": (lambda: ARTICLE.encode(), "no-sheet"),
    "missing.pdf": (None, "io-error"),
}


# What the program exits with for one input that ends so.
EXITS = {"no-sheet": 4, "needs-password": 5, "damaged": 6, "unsupported": 6, "io-error": 8}


def ledger_of(folder):
    return [json.loads(line) for line in (folder / "ledger.jsonl").read_text().splitlines()]


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def put_bad(folder, name):
    make, status = BAD[name]
    if make:
        (folder / name).write_bytes(make())
    return status


@each(BAD)
def test_one(program, name):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        status = put_bad(folder, name)
        before = names_in(folder)
        result = program("convert", name, folder=folder)
        assert result.status == EXITS[status], f"exit {result.status}\n{result.err}"
        assert not result.out, f"standard output has {len(result.out)} bytes"
        lines = result.err.splitlines()
        assert len(lines) == 1 and name in lines[0], f"one line that names {name} expected:\n{result.err}"
        assert names_in(folder) == before, f"left behind: {names_in(folder)}"


@each(BAD)
def test_one_into_a_folder(program, name):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "out").mkdir()
        status = put_bad(folder, name)
        result = program("convert", "-o", "out", name, folder=folder)
        assert result.status == EXITS[status], f"exit {result.status}\n{result.err}"
        assert names_in(folder / "out") == ["ledger.jsonl"], names_in(folder / "out")
        record, = ledger_of(folder / "out")
        assert list(record)[:6] == RECORD, list(record)
        assert (record["uri"], record["status"], record["output"]) == (name, status, None), record


def test_the_others_are_written(program):
    """Good and bad together: every input has its record, and the good one its sheet."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for name in BAD:
            put_bad(folder, name)
        (folder / "good.html").write_bytes(PAGE.read_bytes())
        names = [*list(BAD)[:4], "good.html", *list(BAD)[4:]]
        result = program("convert", "--jobs", "2", "-o", "out/", *names, folder=folder)
        assert result.status == 1, f"exit {result.status}\n{result.err}"
        assert names_in(folder / "out") == ["good.json", "ledger.jsonl"], names_in(folder / "out")
        records = ledger_of(folder / "out")
        assert sorted(record["uri"] for record in records) == sorted(names), records
        good, = [record for record in records if record["uri"] == "good.html"]
        assert good["status"] in ("ok", "ok-with-warnings"), good


def test_empty_password_is_none(program):
    """A PDF that is encrypted and opens without a password is an ordinary one."""
    plain = json.loads(program.good("convert", PDF).out)
    opened = json.loads(program.good("convert", "-", stdin=encrypted("")).out)
    assert opened["items"] == plain["items"]


def test_output_that_cannot_be_written(program):
    """A file where a folder should be: not even root can write there."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "file").write_text("kept")
        result = program("convert", "-o", "file/inside.json", PDF, folder=folder)
        assert result.status in (1, 2), f"exit {result.status}\n{result.err}"
        assert "file" in result.err.splitlines()[0], result.err
        assert (Path(folder) / "file").read_text() == "kept" and names_in(Path(folder)) == ["file"]


def test_full_disk(program):
    result = program("convert", "-o", "/dev/full", PAGE)
    assert result.status == 8 and result.err, f"exit {result.status}\n{result.err}"


def test_a_failed_run_keeps_the_old_file(program):
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "sheet.json"
        kept.write_text("kept")
        put_bad(Path(folder), "truncated.pdf")
        assert program("convert", "-o", "sheet.json", "truncated.pdf", folder=folder).status == 6
        assert kept.read_text() == "kept"
