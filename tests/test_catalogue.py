"""Another list than METI's: the catalogue comes from its file alone (catalogue/suisou.json, 12 invented questions)."""
import csv
import io
import json
import tempfile
from pathlib import Path

from corpora import corpus
from testing import ROOT, Program, each

FOLDER = ROOT / "tests" / "catalogue"
CATALOGUE = FOLDER / "suisou.json"
SHEET = FOLDER / "sheet.html"
OPTION = ("--catalogue", str(CATALOGUE))
LIST = json.loads(CATALOGUE.read_text())


def test_a_sheet_of_another_list(program):
    sheet = json.loads(program.good("convert", *OPTION, str(SHEET)).out)
    found = [item["suisou"] for item in sheet["items"]]
    assert all("meti" not in item for item in sheet["items"])
    assert [item and item["id"] for item in found] == [item["id"] for item in LIST["items"]] + [None]
    assert [item and item["how"] for item in found[:2]] == ["alias", "name"]
    text = sheet["coverage"].pop("text")
    assert text["unread"] == 0 and text["in_items"] > text["other"], text
    assert sheet["checks"] == [], sheet["checks"]
    assert sheet["coverage"] == {"catalogue": "SUISOU-2026", "mapped": 12, "missing": [], "repeated": [], "extensions": 1}
    assert [item["answer"]["status"] for item in sheet["items"][2:5]] == ["yes", "yes", "no"]


def test_the_list_is_told_by_its_file_alone(program):
    """The same sheet is none of METI's, and METI's is none of this list's; the message has the list's own length."""
    refused = program("convert", str(SHEET))
    assert refused.status == 4 and "of METI's 49 items" in refused.err, refused.err
    refused = program("convert", *OPTION, str(ROOT / "corpus" / "sunadokei" / "checksheet.txt"))
    assert refused.status == 4 and "of SUISOU's 12 items" in refused.err, refused.err


def test_csv_has_the_key_of_the_list(program):
    rows = list(csv.DictReader(io.StringIO(program.good("convert", *OPTION, "--format", "csv", str(SHEET)).text)))
    assert [row["suisou_no"] for row in rows] == [str(number) for number in range(1, 13)] + [""]
    assert rows[0]["suisou_id"] == "SQ-01" and rows[0]["answer"] == "1年間保存します"


def test_the_list_is_printed(program):
    printed = json.loads(program.good("catalogue", *OPTION, "--format", "json").out)
    assert printed["catalogue"] == "SUISOU-2026" and len(printed["items"]) == 12
    assert program.good("catalogue", *OPTION).text.count("SQ-") == 12


def test_what_is_printed_is_a_catalogue(program):
    """As a beginning of a list of one's own: the printed list reads sheets as the built-in one does."""
    document = ROOT / "corpus" / "tsurubami" / "cloud-checksheet.pdf"
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "own.json"
        own.write_bytes(program.good("catalogue", "--format", "json").out)
        printed = [{name: value for name, value in item.items() if value} for item in json.loads(own.read_text())["items"]]
        assert printed == [{name: value for name, value in item.items() if value} for item in json.loads((ROOT / "patterns/meti.json").read_text())["items"]]
        sheets = [json.loads(program.good("convert", *option, document).out) for option in ((), ("--catalogue", own))]
    for sheet in sheets:
        sheet.pop("made_by")
    assert sheets[0] == sheets[1]


def test_notes_name_the_owner(program):
    text = SHEET.read_text().replace("ろ過槽の点検", "ろ過そうの点検").replace("ろ過槽を点検する間隔", "")
    notes = json.loads(program.good("convert", *OPTION, "-", stdin=text.encode()).out)["notes"]
    assert any("SUISOU's" in note["text"] and "METI" not in note["text"] for note in notes), notes


def test_diff_reads_sheets_of_the_list_and_refuses_others(program):
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder) / "old.json", Path(folder) / "new.html"
        old.write_bytes(program.good("convert", *OPTION, str(SHEET)).out)
        new.write_text(SHEET.read_text().replace("30日間", "90日間"))
        changed = json.loads(program("diff", *OPTION, "--format", "json", str(old), str(new)).out)["changed"]
        assert [(change["suisou"]["id"], list(change["fields"])) for change in changed] == [("SQ-11", ["answer"])]
        refused = program("diff", str(old), str(new))
        assert refused.status == 2 and "SUISOU-2026" in refused.err and "--catalogue" in refused.err, refused.err


def test_a_corpus_of_the_list(program):
    with corpus({"x/a": "path: a.html"}) as sheets:
        for text in (SHEET.read_text(), SHEET.read_text().replace("30日間", "90日間")):
            (sheets.folder / "a.html").write_text(text)
            assert sheets.refresh(program, *OPTION).status == 0
        assert sheets.out("x/a")["items"][0]["suisou"]["id"] == "SQ-01"
        assert sheets.rows("select meti from items where revision = 2 order by position limit 1") == [("SQ-01",)]
        assert sheets.rows("select meti, change from changes where revision = 2") == [("SQ-11", "changed")]


WRONG = {
    "not JSON": ("{", "not a JSON object"),
    "not UTF-8": (json.dumps({**LIST, "key": "sui\udcbbou"}, ensure_ascii=False), "is not UTF-8"),
    "no key": ({**LIST, "key": None}, '"key"'),
    "a key with a space": ({**LIST, "key": "two words"}, "two words"),
    "no items": ({**LIST, "items": []}, '"items"'),
    "a number twice": ({**LIST, "items": [LIST["items"][0], LIST["items"][0]]}, "number 1"),
    "no number": ({**LIST, "items": [{**LIST["items"][0], "no": 0}]}, '"no"'),
    "no name": ({**LIST, "items": [{"no": 7, "id": "X"}]}, 'item 7 has no string "name"'),
    "an alias that is a number": ({**LIST, "items": [{**LIST["items"][0], "aliases": [5]}]}, "SQ-01"),
}


@each(WRONG)
def test_a_wrong_list_is_refused(program, what):
    content, words = WRONG[what]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8", errors="surrogateescape")
        refused = program("convert", "--catalogue", str(path), str(SHEET))
        assert refused.status == 2 and words in refused.err and "list.json" in refused.err and not refused.out, refused.err


def test_a_list_that_is_not_there(program):
    refused = program("convert", "--catalogue", "/nowhere/list.json", str(SHEET))
    assert refused.status == 2 and "/nowhere/list.json" in refused.err, refused.err


def test_two_knowledges_in_two_threads(program):
    part = Program(program.path.parent / "part-knowledge")
    documents = [SHEET, ROOT / "corpus" / "sunadokei" / "checksheet.txt", ROOT / "corpus" / "yoinoma" / "service-level.html",
                 ROOT / "corpus" / "mizukurage" / "checksheet-2025-02-20.pdf"]
    assert part.good(str(CATALOGUE), *map(str, documents)).text == "24 sheets compared, 0 different\n"
