"""PDFs that are damaged and can be saved: what is left comes out, and a note says what was wrong; nothing is lost in silence."""
import json
import random
import re
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from testing import ROOT, each

KAZEMACHI = ROOT / "corpus" / "kazemachi" / "security-sheet.pdf"
MIZUKURAGE = ROOT / "corpus" / "mizukurage" / "checksheet-2024-04-01.pdf"


@cache
def rewritten(path, *options):
    """PATH as qpdf writes it: one object after the other, in a known order."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as made:
        subprocess.run(["qpdf", *options, path, made.name], check=True)
        return Path(made.name).read_bytes()


def plain():
    return rewritten(KAZEMACHI, "--object-streams=disable")


def packed():
    return rewritten(KAZEMACHI, "--object-streams=generate")


def before_last(data, word):
    return data[:data.rindex(word)]


def lengths(change):
    return re.sub(rb"/Length (\d+)", lambda match: b"/Length %d" % change(int(match[1])), plain())


def second_kid(new):
    """The tree names NEW in place of its second page."""
    kids = re.search(rb"/Kids \[ \d+ 0 R (\d+) 0 R", plain())
    return plain()[:kids.start(1)] + new.ljust(len(kids[1])) + plain()[kids.end(1):]


def contents_spoiled(numbers, spoil):
    """What the pages of these numbers, from 1, are drawn with, spoiled."""
    data, pages = plain(), re.findall(rb"/Contents (\d+) 0 R", plain())
    for number in numbers:
        begin = re.search(rb"\n%s 0 obj\n.*?stream\n" % pages[number - 1], data, re.S).end()
        end = data.index(b"endstream", begin)
        data = data[:begin] + spoil(data[begin:end]) + data[end:]
    return data


def spoil_middle(data):
    middle = len(data) // 2
    return data[:middle] + 40 * b"\xff" + data[middle + 40:]


def spoil_all(data):
    return len(data) * b"\xee"


# What loses no page: name: (bytes, a word of the note).
MENDED = {
    "no-end": (lambda: before_last(plain(), b"%%EOF"), "end is missing"),
    "no-index": (lambda: before_last(plain(), b"xref\n0 "), "end is missing"),
    "no-index-of-packed": (lambda: before_last(packed(), b"/Type /XRef"), "end is missing"),
    "no-index-and-words-before": (lambda: b"Subject: sheet\n\n" + before_last(packed(), b"/Type /XRef"), "end is missing"),
    "end-leads-nowhere": (lambda: re.sub(rb"startxref\n\d+", b"startxref\n1234", plain()), "index"),
    "moved": (lambda: plain()[:15] + b"%moved by this\n" + plain()[15:], "index"),
    "short-lengths": (lambda: lengths(lambda length: length * 9 // 10), "lengths"),
    "long-lengths": (lambda: lengths(lambda length: length + 900), "lengths"),
    "too-few-counted": (lambda: plain().replace(b"/Count 4", b"/Count 2"), "pages"),
    "no-kids": (lambda: plain().replace(b"/Kids", b"/Kind"), "pages"),
    "no-tree": (lambda: plain().replace(b"/Type /Pages", b"/Type /Pulps").replace(b"/Pages", b"/Pulps"), "pages"),
    "kid-elsewhere": (lambda: second_kid(b"0"), "pages"),
}


def notes_of(sheet, code):
    return [note for note in sheet["notes"] if note["code"] == code]


@each(MENDED)
def test_mended(program, name):
    make, word = MENDED[name]
    whole = json.loads(program.good("convert", KAZEMACHI).out)
    sheet = json.loads(program.good("convert", "-", stdin=make()).out)
    note, = notes_of(sheet, "pdf-rebuilt")
    assert note["severity"] == "warning" and word in note["text"], note
    assert sheet["items"] == whole["items"]
    assert sheet["source"]["pages"] == 4


def changed():
    """With a change appended, as editors do: an object that nothing uses."""
    change = b"\n900 0 obj\n<< >>\nendobj\n"
    before = re.findall(rb"startxref\n(\d+)", plain())[-1]
    return (plain() + change + b"xref\n900 1\n%010d 00000 n \ntrailer\n<< /Size 901 /Prev %s /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
            % (len(plain()) + 1, before, len(plain()) + len(change)))


SOUND = {
    "plain": plain, "packed": packed, "changed": changed,
    "linearized": lambda: rewritten(KAZEMACHI, "--linearize"),
    "unpacked": lambda: rewritten(KAZEMACHI, "--qdf"),
    "encrypted": lambda: rewritten(KAZEMACHI, "--encrypt", "", "owner", "256", "--"),
}


@each(SOUND)
def test_sound(program, name):
    """What is only written in another way is not damaged."""
    sheet = json.loads(program.good("convert", "-", stdin=SOUND[name]()).out)
    assert not notes_of(sheet, "pdf-rebuilt"), sheet["notes"]


def test_half_of_it(program):
    """A document cut where it is read: what came before is there, the rest is not passed over in silence."""
    whole = rewritten(MIZUKURAGE, "--linearize", "--object-streams=disable")
    items = json.loads(program.good("convert", MIZUKURAGE).out)["items"]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "cut.pdf").write_bytes(whole[:len(whole) * 6 // 10])
        program.good("convert", "-o", "out/", "cut.pdf", folder=folder)
        record = json.loads((Path(folder) / "out" / "ledger.jsonl").read_text())
        sheet = json.loads((Path(folder) / "out" / "cut.json").read_text())
    note, = notes_of(sheet, "pdf-rebuilt")
    assert record["status"] == "ok-with-warnings", record
    assert note["severity"] == "error" and "of 4 pages are left" in note["text"], note
    assert 0 < len(sheet["items"]) < len(items)


BROKEN = {"middle": (spoil_middle, "page-broken"), "all": (spoil_all, "page-unreadable")}


@each(BROKEN)
def test_broken_page(program, name):
    spoil, code = BROKEN[name]
    whole = json.loads(program.good("convert", KAZEMACHI).out)
    sheet = json.loads(program.good("convert", "-", stdin=contents_spoiled([2], spoil)).out)
    note, = notes_of(sheet, code)
    assert note["place"]["page"] == 2 and notes_of(sheet, "pdf-rebuilt"), sheet["notes"]
    assert sheet["source"]["pages"] == 4
    last = [[item for item in of["items"] if item["place"][0]["page"] == 4] for of in (whole, sheet)]
    assert last[0] == last[1], "the other pages are as they were"


def test_lost_page(program):
    """A page that the tree names and the file lacks keeps its number."""
    kids = re.search(rb"/Kids \[ \d+ 0 R (\d+) 0 R", plain())
    data = plain().replace(b"\n%s 0 obj\n" % kids[1], b"\n%s 0 lost" % kids[1])
    sheet = json.loads(program.good("convert", "-", stdin=data).out)
    note, = notes_of(sheet, "page-unreadable")
    assert note["place"]["page"] == 2 and sheet["source"]["pages"] == 4, sheet["notes"]


def test_nothing_left(program):
    """All pages and no text: damaged."""
    result = program("convert", "-", stdin=contents_spoiled([1, 2, 3, 4], spoil_all))
    assert result.status == 6 and not result.out and "damaged" in result.err, result.err


@each(range(12))
def test_chance(program, number):
    """Bytes changed, left out and put in anywhere: no crash, and no sheet that has fewer pages without a word."""
    chance = random.Random(number)
    data = bytearray(chance.choice([plain, packed])())
    for _ in range(chance.randint(1, 30)):
        place = chance.randrange(15, len(data))
        data[place:place + chance.choice([0, 1, 7, 900])] = chance.randbytes(chance.choice([0, 1, 1, 1, 30]))
    result = program("convert", "-", stdin=bytes(data))
    assert result.status == 0 or result.err.count("\n") == 1, result.err
    if result.status == 0:
        sheet = json.loads(result.out)
        assert sheet["source"]["pages"] == 4 or notes_of(sheet, "pdf-rebuilt"), sheet["notes"]
