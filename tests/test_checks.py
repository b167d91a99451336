"""What a sheet says of itself: its checks, its confidence, the account of its text, and the line for people."""
import json
import os
import random
import re
import tempfile
import unicodedata
from pathlib import Path

import bench_checks
from testing import ROOT, Skip, each
from test_schema import check_sheet

DOCUMENTS = sorted([*(ROOT / "corpus").glob("*/*.*"), *(ROOT / "tests" / "cases").glob("*/input.*")])
SEED = 7  # a sheet with all columns and METI's numbers

# The check that is meant for a sheet spoilt in that way.
MEANT = {"cells_shifted": "number-missing", "rows_joined": "rows-joined", "names_joined": "name-holds-item", "every_second_lost": "item-alternates",
         "some_beside_the_table": "item-unread", "category_at_end": "answer-ends-in-category", "rows_split": "row-fragment",
         "category_filled_down": "category-of-others", "rows_as_banners": "banner-is-row", "unit_in_answer": "answer-holds-unit",
         "next_number_in_answer": "answer-holds-number", "rows_twice": "item-twice", "pages_swapped": "order-rotated",
         "definition_in_answer": "answer-holds-definition",
         "answers_a_row_down": "answers-a-row-off", "answers_a_row_up": "answers-a-row-off"}

HEAD = ["No.", "項目", "回答"]
NAMES = ["サービス時間", "計画停止予定通知", "サービス提供終了時の事前通知", "突然のサービス提供停止に対する対処", "サービス稼働率", "ディザスタリカバリ",
         "重大障害時の代替手段", "代替措置で提供するデータ形式", "アップグレード方針", "平均復旧時間"]


def converted(program, name, text, *words, **options):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_text(text)
        return program("convert", *words, path, **options)


def sheet_of(program, rows, head=HEAD, after=""):
    """The sheet of a text table."""
    text = "クラウドサービスレベルのチェックリスト\n\n" + "\n".join("\t".join(row) for row in [head, *rows]) + "\n" + after
    result = converted(program, "sheet.txt", text)
    assert result.status == 0, result.err
    sheet = json.loads(result.text)
    check_sheet(sheet)
    return sheet


def rows_with(answers):
    return [[str(number), name, answer] for number, (name, answer) in enumerate(zip(NAMES, answers), 1)]


RIGHT = rows_with(["24時間365日", "有 14日前に知らせます。", "有 6か月前に知らせます。", "無", "99.9%以上", "有", "無", "有 CSV形式", "有 毎月更新します。", "2時間"])


def codes(sheet):
    return {check["code"] for check in sheet["checks"]}


def test_a_name_in_two_rows(program):
    """The other cells lie over both."""
    def page(over):
        rows = [f"<tr><td>{number}<td>{name}<td>{number}番の定義<td>{answer}" for number, name, answer in RIGHT]
        rows[4] = f"<tr><td {over}>5<td>サービ<td {over}>確率を示す<td {over}>99.9%以上" + ("<tr><td>ス稼働率の実績" if over else "")
        return "<meta charset=utf-8><h1>チェックシート</h1><table><tr><td>No.<td>項目<td>規定内容<td>回答" + "".join(rows) + "</table>"
    for over, expected in (("rowspan=2", {"name-cut"}), ("", set())):
        assert codes(json.loads(converted(program, "page.html", page(over)).out)) & {"name-cut"} == expected, over


def test_failed_checks_are_noted(program):
    """Who reads the notes alone is warned too; a right sheet is not."""
    page = "<meta charset=utf-8><h1>チェックシート</h1><table>" + "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in [HEAD, *RIGHT]) + "</table>"
    def noted(text):
        sheet = json.loads(converted(program, "sheet.html", text).text)
        return [note["text"] for note in sheet["notes"] if note["code"] == "check-failed"], codes(sheet)
    assert noted(page) == ([], set())
    notes, found = noted(page + "<p>公的認証取得の要件</p><p>有 ISMS</p><p>ウイルススキャン</p><p>毎日</p>")
    assert len(notes) == 1 and found and all(code in notes[0] for code in found), (notes, found)


def test_shifted_rows(program):
    """Two rows of vendors' own names that lack the cell of their category, with all one column too far left, are enough to be warned of."""
    own = ("水槽の水位", "餌の残り"), ("照明の色", "夜は青")
    rows = [[row[0], "可用性", *row[1:]] for row in RIGHT]
    shifted = [*rows, *([str(len(rows) + 1 + at), name, answer, ""] for at, (name, answer) in enumerate(own))]
    whole = [*rows, *([str(len(rows) + 1 + at), "水槽", name, answer] for at, (name, answer) in enumerate(own))]
    head = ["No.", "種別", "項目", "回答"]
    assert "row-shifted" in codes(sheet_of(program, shifted, head))
    assert "row-shifted" not in codes(sheet_of(program, whole, head))


JOINED, SINGLE = ["No.種別", "No. 種別"], ["種別備考", "管理番号", "種別 規定内容"]


@each([*JOINED, *SINGLE])
def test_two_columns_in_one(program, head):
    """The column of numbers was read with the one beside it; another head that begins or ends like one is no matter."""
    rows = [[f"可用 {row[0]} 性", *row[1:]] for row in RIGHT]
    assert ("columns-joined" in codes(sheet_of(program, rows, [head, *HEAD[1:]]))) == (head in JOINED)


def test_table_left_after_the_sheet(program):
    """Rows that answer as the sheet does, and are in no item."""
    def row(cells):
        return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    left = [["水槽の水位", "朝の見回り", "有"], ["餌の残り", "夕の見回り", "無"], ["照明の色", "夜の見回り", "有"]]
    page = f"<meta charset=utf-8><h1>チェックシート</h1><table>{''.join(map(row, [HEAD, *RIGHT]))}</table><table>{''.join(map(row, left))}</table>"
    sheet = json.loads(converted(program, "sheet.html", page).text)
    assert "table-unread" in {note["code"] for note in sheet["notes"]}, sheet["notes"]


def spoilt(spoil, seed=SEED):
    rows, columns = bench_checks.rows_of(seed)
    if spoil:
        getattr(bench_checks, spoil)(rows, columns, random.Random(f"{seed} {spoil}"))
    return bench_checks.page_from(rows, columns)


@each(range(12))
def test_right_sheet(program, seed):
    sheet = json.loads(converted(program, "right.html", spoilt(None, seed)).text)
    assert sheet["checks"] == [] and sheet["confidence"] > 0.95, (sheet["checks"], sheet["confidence"])


@each(sorted(MEANT))
def test_spoilt_sheet(program, spoil):
    sheet = json.loads(converted(program, "spoilt.html", spoilt(spoil)).text)
    assert MEANT[spoil] in codes(sheet), codes(sheet)
    assert sheet["confidence"] < 1, sheet["confidence"]
    check_sheet(sheet)


def test_every_way_of_spoiling_is_tried_or_refused(program):
    for spoil in {spoil.__name__ for spoil in bench_checks.WRONG} - set(MEANT) - {"answers_cut", "head_as_row", "heads_swapped"}:
        result = converted(program, "spoilt.html", spoilt(spoil))
        assert result.status == 4, f"{spoil}: {result.status} {result.text[:200]}"


def test_answers_beside(program):
    """Some answers stand in another column, and the one between is filled; a column that has words in every row is another matter."""
    stray = [[*row[:2], "", "運用部", row[2]] if at in (2, 5, 7) else [*row, "運用部", ""] for at, row in enumerate(RIGHT)]
    sheet = sheet_of(program, stray, [*HEAD, "担当", "備考"])
    assert "answer-beside" in codes(sheet), sheet["checks"]
    found = next(check for check in sheet["checks"] if check["code"] == "answer-beside")
    assert found["items"] == ["3", "6", "8"] and found["severity"] == "warning" and found["text"].startswith("3 answers"), found
    sure = {item["number"]: item["confidence"] for item in sheet["items"]}
    assert sure["3"] < sure["4"], sure
    owners = [[*row[:2], "" if at in (2, 5) else row[2], "運用部"] for at, row in enumerate(RIGHT)]
    assert "answer-beside" not in codes(sheet_of(program, owners, [*HEAD, "連絡先部署"]))


def test_labels_are_the_items(program):
    """The mark of a question and its answer is read with them, and nothing is left over."""
    rows = "".join(f"<dt><span>Q.</span>{name}</dt><dd><span>A.</span>{answer}</dd>" for _, name, answer in RIGHT)
    page = f"<meta charset=utf-8><h1>クラウドサービスレベルのチェックリスト</h1><dl>{rows}</dl>"
    sheet = json.loads(converted(program, "sheet.html", page).text)
    assert len(sheet["items"]) == len(RIGHT) and sheet["coverage"]["text"]["unread"] == 0, sheet["coverage"]


def test_number_that_goes_back(program):
    rows = [["2" if row[0] == "7" else row[0], *row[1:]] for row in RIGHT]
    assert "number-back" in codes(sheet_of(program, rows))
    assert "number-back" in codes(sheet_of(program, [["9", *RIGHT[0][1:]], *RIGHT[1:]]))
    assert "number-back" not in codes(sheet_of(program, RIGHT))


def test_answers_that_are_cut(program):
    cut = rows_with(["24時間365日", "有 14日前に", "有 6か月前に電子メールで", "無", "99.9%以上（月間", "有（東京と", "無", "有", "有", "2時間"])
    assert {"answer-cut", "bracket-open"} <= codes(sheet_of(program, cut))


def test_heads_among_answers(program):
    """The lines of a small table for each item ran into each other; one head alone is a word like any other."""
    mixed = [[*row[:2], f"測定単位 有無 回答 {row[2]}" if row[0] in "357" else row[2]] for row in RIGHT]
    assert "answer-holds-heads" in codes(sheet_of(program, mixed))
    single = [[*row[:2], f"{row[2]} 回答 別紙" if row[0] in "357" else row[2]] for row in RIGHT]
    assert "answer-holds-heads" not in codes(sheet_of(program, single))


def test_words_that_are_split(program):
    """Lines of a narrow column were joined with spaces."""
    answers = ["24時間365日", "有 画面でお知 らせします。", "有 電子メールで通知しま す。", "無", "99.9% です", "有 はい", "無", "有", "有", "2時間"]
    assert "answer-word-split" in codes(sheet_of(program, rows_with(answers)))
    assert "answer-word-split" not in codes(sheet_of(program, rows_with([answer.replace("知 ら", "知ら") for answer in answers])))


def test_definitions_among_answers(program):
    known = {item["name"]: item["definition"] for item in json.loads((ROOT / "patterns" / "meti.json").read_text())["items"]}
    rows = [[*row[:2], known[row[1]] + "。" + row[2] if row[0] in "35" else row[2]] for row in RIGHT]
    assert "answer-holds-definition" in codes(sheet_of(program, rows))


def test_units_among_definitions(program):
    """A column of units that was taken for the end of the one before; units in their own column are no fault."""
    known = {item["name"]: item for item in json.loads((ROOT / "patterns" / "meti.json").read_text())["items"]}
    rows = [row for row in RIGHT if row[1] in known]
    joined = [[*row[:2], f"{known[row[1]]['definition']} {known[row[1]]['unit'] or ''}", row[2]] for row in rows]
    assert "definition-holds-unit" in codes(sheet_of(program, joined, ["No.", "項目", "規定内容", "回答"]))
    parted = [[*row[:2], known[row[1]]["definition"], known[row[1]]["unit"] or "", row[2]] for row in rows]
    assert "definition-holds-unit" not in codes(sheet_of(program, parted, ["No.", "項目", "規定内容", "測定単位", "回答"]))
    bare = [[*row[:3], row[4]] for row in parted]
    assert "definition-holds-unit" not in codes(sheet_of(program, bare, ["No.", "項目", "規定内容", "回答"]))


def account(sheet):
    text = dict(sheet["coverage"]["text"])
    return text.pop("total"), text


@each(DOCUMENTS)
def test_parts_add_up(program, path):
    result = program("convert", path)
    if result.status:
        return
    total, parts = account(json.loads(result.text))
    assert total == sum(parts.values()) > 0, (total, parts)


def letters(text):
    return sum(not character.isspace() for character in text)


def test_account_of_a_text(program):
    """Counted here by hand, without the white space that parts the cells."""
    before, after = "この資料は水準を定めます。", "図書館の本は二週間まで借りられます。"
    text = "\n".join([before, "", *("\t".join(row) for row in [HEAD, *RIGHT]), "", after]) + "\n"
    sheet = json.loads(converted(program, "sheet.txt", text).text)
    total, parts = account(sheet)
    assert total == letters(text), (total, letters(text))
    assert parts["other"] == letters(before) + letters(after) and parts["unread"] == 0, parts
    assert parts["in_items"] == letters("".join("".join(row) for row in [HEAD, *RIGHT])), parts


def test_account_of_a_page(program):
    page = ("<!DOCTYPE html><meta charset=utf-8><p>この資料は水準を定めます。<p style='display:none'>見えない文です。<table>"
            + "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in [HEAD, *RIGHT]) + "</table>")
    total, parts = account(json.loads(converted(program, "page.html", page).text))
    assert parts["hidden"] == letters("見えない文です。") and parts["other"] == letters("この資料は水準を定めます。"), parts
    assert total == sum(map(letters, ["見えない文です。", "この資料は水準を定めます。", *sum([HEAD, *RIGHT], [])])), (total, parts)


def test_row_that_was_not_read(program):
    """A row below the table, in words alone: the sheet lacks the item, and says so."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "sheet.txt").write_text("\n".join("\t".join(row) for row in [HEAD, *RIGHT]) + "\n\n13 信頼性 システム監視基準 有 毎分\n")
        os.mkdir(folder + "/out")
        program.good("convert", "-o", folder + "/out", folder + "/sheet.txt")
        sheet = json.loads(Path(folder, "out", "sheet.json").read_text())
        record = json.loads(Path(folder, "out", "ledger.jsonl").read_text())
    found = next(check for check in sheet["checks"] if check["code"] == "item-unread")
    assert found["items"] == [] and "システム監視基準" in found["text"], found
    assert sheet["coverage"]["text"]["unread"] == letters("13 信頼性 システム監視基準 有 毎分"), sheet["coverage"]["text"]
    assert record["status"] == "ok-with-warnings" and record["reason"].startswith(found["text"]), record


LACKED = next(item for item in json.loads((ROOT / "patterns" / "meti.json").read_text())["items"] if item["name"] == "システム監視基準")


@each([LACKED["name"], LACKED["name_en"], LACKED["definition"], *LACKED.get("aliases", [])])
def test_what_was_not_read_is_known_by_each_of_its_names(program, words):
    sheet = sheet_of(program, RIGHT, after=f"\n{words}\n\n図書館の本は二週間まで借りられます。\n")
    assert "システム監視基準" in "".join(check["text"] for check in sheet["checks"] if check["code"] == "item-unread"), (words, sheet["checks"])
    assert sheet["coverage"]["text"]["unread"] == letters(words), sheet["coverage"]["text"]


def test_checks_are_read_back(program):
    """A sheet's JSON is compared as it was read: nothing of the new fields is lost on the way or changes anything."""
    page = spoilt("rows_joined")
    sheet = converted(program, "spoilt.html", page).text
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "sheet.json").write_text(sheet)
        Path(folder, "spoilt.html").write_text(page)
        result = program("diff", "sheet.json", "spoilt.html", folder=folder)
    assert (result.status, result.out, result.err) == (0, b"", ""), result.text + result.err


SHORT = "\n".join("\t".join(row) for row in [HEAD, *RIGHT, ["11", "研修の回数", "年2回"]]) + "\n"


def test_line_for_people(program):
    result = converted(program, "sheet.txt", SHORT)
    assert (result.status, result.err) == (0, ""), result.err
    words = "".join(converted(program, "sheet.txt", SHORT, "--verbose").err.split())
    assert re.search(r"sheet\.txt:10of49items,1more;missing:11Recoverytimeobjective\(RTO\),12Numberoffailures,.*,…$", words), words
    doubtful = "".join(converted(program, "spoilt.html", spoilt("rows_joined"), "--verbose").err.split())
    assert re.search(r":4\dof49items,.*\d+doubtful;missing:.*;\d+", doubtful), doubtful
    joined = "\n".join("\t".join(row) for row in [HEAD, *RIGHT]).replace("サービス稼働率", "サービス稼働率 ログの取得")
    one = "".join(converted(program, "one.txt", joined, "--verbose").err.split())
    assert ",1doubtful;missing:" in one, one


def test_line_for_people_in_japanese(program):
    if not (program.path.parent / "po").is_dir():
        raise Skip("the translation is not built")
    said = converted(program, "sheet.txt", SHORT, "--verbose", environment={"LC_ALL": "C.UTF-8", "LANGUAGE": "ja"}).err
    assert "49 項目中 10 項目、ほか 1 項目、ないもの: 11 目標復旧時間" in said.replace("\n", ""), said


def cells(line):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def test_line_for_people_on_a_terminal(program):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "sheet.txt").write_text(SHORT)
        lines = program.on_terminal("convert", "sheet.txt", columns=40, outputs=("stderr",), folder=folder).splitlines()
    assert len(lines) > 2 and "10 of 49 items" in lines[0] and max(map(cells, lines)) <= 40, lines


def test_numbers_that_skip(program):
    """A list of one's own that leaves out numbers has lost rows; where most numbers are the catalogue's, what a vendor does not answer is left out."""
    answers = [f"回答{letter}です" for letter in "一二三四五六七八"]
    for numbers, said in (((1, 2, 3, 4, 7, 9, 11, 13), {"number-skips"}), ((1, 2, 3, 4, 5, 9, 11, 13), set())):
        rows = [[str(number), name, answer] for number, name, answer in zip(numbers, NAMES, answers)]
        assert codes(sheet_of(program, rows)) == said, numbers
