"""checksheet compare: items down, sheets across, in each format; what is missing is not what is unanswered."""
import csv
import io
import json
import re
import tempfile
import unicodedata
import zipfile
from pathlib import Path

from testing import ROOT

SHEETS = sorted(ROOT.glob("out/*/*.json"))
JAPANESE = {"LC_ALL": "C.UTF-8", "LANGUAGE": "ja"}
HOSTILE = ["=1+1", "@x", 'a "b", c', "a\nb | c", "<script>alert(1)</script>", "[x](javascript:y)", "\u001b[31mred\u202e", "`x` **y**", "あ" * 500]


def cells(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def made(folder, name, change):
    sheet = json.loads(SHEETS[1].read_text())
    change(sheet)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(sheet))
    return path


def test_json(program):
    tree = json.loads(program.good("compare", "--format", "json", *SHEETS).text)
    sheets = [json.loads(path.read_text()) for path in SHEETS]
    labels = [sheet["label"] for sheet in tree["sheets"]]
    assert len(set(labels)) == len(SHEETS)
    assert labels[1].endswith("2024-04-01") and labels[2].endswith("2025-02-20") and "·" not in labels[0], labels
    known = [item for item in tree["items"] if item["no"]]
    assert [item["no"] for item in known] == list(range(1, 50))
    for item in known:
        for sheet, cell, label in zip(sheets, item["cells"], labels):
            answers = [each["answer"] for each in sheet["items"] if each["meti"] and each["meti"]["no"] == item["no"]]
            assert [answer["text"] for answer in answers] == [answer["answer"] for answer in cell or []]
            assert [answer["status"] for answer in answers] == [answer["status"] for answer in cell or []]
            assert (cell is None) == (label in item["missing_in"]) == (not answers)


def test_missing_and_differing(program):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def take_out(sheet):
            sheet["document"]["vendor"] = "B"
            sheet["items"] = [item for item in sheet["items"] if not item["meti"] or item["meti"]["no"] != 7]
            for item in sheet["items"]:
                if item["meti"] and item["meti"]["no"] == 9:
                    item["answer"] = {"text": None, "status": "unanswered", "detail": None, "values": []}
                if item["meti"] and item["meti"]["no"] == 10:
                    item["answer"]["text"] += "。" # the same values and status
        one, other = made(folder, "a", lambda sheet: None), made(folder, "b", take_out)
        ask = lambda *words: [item["no"] for item in json.loads(
            program.good("compare", "--format", "json", *words, one, other).text)["items"]]
        assert ask("--missing") == [7] and ask("--differ") == [9] and ask("--missing", "--differ") == []
        assert ask("--item", "METI-CSL-05", "--item", "meti-csl-07", "--item", "9") == [5, 7, 9]
        assert ask("--item", "サービス稼働率") == [5]
        text = program.good("compare", "--item", "7", "--item", "9", one, other).text
        assert "· Missing" in text and "– Unanswered" in text and "missing in 1" in text and "differs" in text
        wrong = program("compare", "--item", "METI-CSL-5O", one)
        assert wrong.status == 2 and "METI-CSL-50" not in wrong.err and "did you mean METI-CSL-" in wrong.err


def test_repeated_and_extensions(program):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def add(sheet):
            again = json.loads(json.dumps(sheet["items"][4]))
            again.update(section="別の部")
            sheet["items"].append(again)
            sheet["items"].append({**again, "meti": None, "name": "AIの利用", "number": "99"})

        def add_wide(sheet):
            add(sheet)
            sheet["document"]["vendor"] = "B"
            sheet["items"][-1]["name"] = "ＡＩの利用"
        items = json.loads(program.good("compare", "--format", "json", made(folder, "a", add), made(folder, "b", add_wide)).text)["items"]
        assert [len(cell) for cell in items[4]["cells"]] == [2, 2]
        shared = [item for item in items if item["id"] is None and "利用" in item["name"] and "AI" in item["name"]]
        assert any(all(item["cells"]) for item in shared), [item["name"] for item in items[49:]]


def test_text(program):
    """80 cells without a terminal; blocks where there are more sheets than room; no colours."""
    text = program.good("compare", *SHEETS).text
    assert all(cells(line) <= 80 for line in text.splitlines()) and "\033" not in text
    assert text.count("Service hours") >= 2
    ja = program.good("compare", *SHEETS, environment=JAPANESE).text
    assert all(cells(line) <= 80 for line in ja.splitlines())


def test_items_are_named_in_the_language_of_the_run(program):
    """In English where the catalogue has it, whole names, in all that people read; JSON has the catalogue's own name in each."""
    by_language = {"en": {}, "ja": JAPANESE}
    names = {"en": ("Support hours (general enquiries)", "Support"), "ja": ("サービス提供時間帯（一般問合せ）", "サポート")}
    for language, environment in by_language.items():
        other = names["ja" if language == "en" else "en"]
        for form in ("csv", "md", "text", "xlsx"):
            out = program.good("compare", "--item", "27", "--format", form, *SHEETS[:2], environment=environment).out
            if form == "xlsx":
                book = zipfile.ZipFile(io.BytesIO(out))
                out = b"".join(book.read(name) for name in book.namelist() if "sharedStrings" in name or "sheet1" in name)
            said = out.decode()
            wanted, not_wanted = (names[language][0], other[0]) if form != "text" else ({"en": "Support hours", "ja": "サービス提供時間帯"}[k] for k in (
                language, "ja" if language == "en" else "en"))
            assert wanted in said and not_wanted not in said, (language, form, said[:400])
            assert form != "text" or "enquiries" in said or "一般問合せ" in said, "a name is cut"
            assert form not in ("csv", "xlsx") or names[language][1] in said, (language, form)
        item = json.loads(program.good("compare", "--item", "Support hours (general enquiries)", "--format", "json", *SHEETS[:2],
                                       environment=environment).text)["items"][0]
        assert (item["name"], item["category"]) == names["ja"]
        assert ("Service hours" if language == "en" else "サービス時間") in program.good("catalogue", environment=environment).text


def test_a_language_without_its_locale(program):
    """A container has no ja_JP.UTF-8: its user is answered in Japanese all the same."""
    for wanted, word in (("ja_JP.UTF-8", "サービス時間"), ("xx_YY.UTF-8", "Service hours"), ("C", "Service hours")):
        assert word in program.good("compare", SHEETS[0], environment={"LC_ALL": "", "LANG": wanted, "LANGUAGE": ""}).text, wanted


def test_what_failed_before_is_not_told_a_thousand_times(program):
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "ledger.jsonl").write_text("".join(json.dumps({"uri": f"{i}.pdf", "status": "damaged", "reason": "x"}) + "\n" for i in range(30)))
        (Path(name) / "a.json").write_bytes(SHEETS[0].read_bytes())
        said = program.good("compare", "--missing", name).err
    assert said.count("could not be converted (damaged)") == 20 and "10 more inputs" in said and "nothing is missing" in said, said


def test_hostile(program):
    """Nothing of a sheet is a formula, markup, a broken line or an order to the terminal."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, text in enumerate(HOSTILE):
            def fill(sheet):
                sheet["document"].update(vendor=text, product=text)
                sheet["items"][0]["answer"].update(text=text)
                sheet["items"][-1].update(meti=None, name=text)
            made(folder, f"{number:02}", fill)
        sheets = sorted(folder.glob("*.json"))
        text = program.good("compare", *sheets).text
        assert "\033" not in text and all(cells(line) <= 80 for line in text.splitlines())
        rows = list(csv.reader(io.StringIO(program.good("compare", "--format", "csv", *sheets).text, newline=""), strict=True))
        assert {len(row) for row in rows} == {6 + 3 * len(sheets)}
        assert not any(re.match("[=+@\t\r-]", field) for row in rows for field in row)
        answers = [field[1:] if re.match("'+[=+@\t\r-]", field) else field for field in rows[1][7::3]]
        assert answers == HOSTILE
        markdown = program.good("compare", "--format", "md", *sheets).text
        lines = markdown.splitlines()
        assert len({len(re.sub(r"\\.", "", line).split("|")) for line in lines}) == 1
        assert "<script" not in markdown and not re.search(r"(?<!\\)\]\(", markdown) and "\033" not in markdown


def test_statuses(program):
    with tempfile.TemporaryDirectory() as name:
        broken = Path(name) / "x.json"
        broken.write_text('{"format": "checksheet/1",\n oops}')
        done = program("compare", "--item", "5", broken, SHEETS[0])
        assert done.status == 1 and "line 2" in done.err and "稼働率" in done.text
        assert program("compare", broken).status == 3
        assert program("compare").status == 2 and program("compare", "--format", "xml", SHEETS[0]).status == 2
