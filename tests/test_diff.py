"""checksheet diff: what a revision changed, and what is no change. Every folder of tests/changes/ is a pair of revisions."""
import html
import json
import re
import tempfile
import unicodedata
from pathlib import Path

import jsonschema

from testing import ACCEPT, ROOT, each, same_text
from test_schema import SCHEMA, parts_of

FOLDERS = [path for path in (ROOT / "tests" / "changes").iterdir() if path.is_dir()]
CHANGES = json.loads((ROOT / "out" / "changes-1.schema.json").read_text())
LAW = jsonschema.Draft202012Validator(
    CHANGES, resolver=jsonschema.RefResolver("changes-1.schema.json", CHANGES, store={"checksheet-1.schema.json": SCHEMA}))
SHEET = ROOT / "out" / "mizukurage" / "checksheet-2024-04-01.json"


def diff(program, old, new, **options):
    """(exit status, changes)."""
    result = program("diff", "--format", "json", old, new, **options)
    assert result.status in (0, 1) and not result.err, result.err
    changes = json.loads(result.text)
    faults = [f"{'/'.join(map(str, fault.path))}: {fault.message[:200]}" for fault in LAW.iter_errors(changes)]
    assert not faults, "\n".join(faults)
    return result.status, changes


def diff_of_sheets(program, old, new):
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("old.json", "new.json")]
        for path, sheet in zip(paths, (old, new)):
            path.write_text(json.dumps(sheet))
        return diff(program, *paths)


def numbers(changes, key):
    return [item["number"] for item in changes[key]]


def sheet_with(change, number="5", field="text"):
    """The sample sheet, and what its item's answer becomes by a function."""
    sheet = json.loads(SHEET.read_text())
    item = next(item for item in sheet["items"] if item["number"] == number)
    if field == "text":
        item["answer"]["text"] = change(item["answer"]["text"])
    else:
        item[field] = change(item[field])
    return sheet


def test_schema_of_changes_is_one_and_closed():
    jsonschema.Draft202012Validator.check_schema(CHANGES)
    for part, place in parts_of(CHANGES):
        if part.get("required") and "properties" in part:
            assert part["required"] == list(part["properties"]) and part["additionalProperties"] is False, place


@each(FOLDERS)
def test_folder(program, folder):
    old, new = (next(folder.glob(f"{name}.*")).name for name in ("old", "new"))
    status, changes = diff(program, old, new, folder=folder)
    assert status == (1 if changes["added"] + changes["removed"] + changes["changed"] else 0), status
    for file, words in (("changes.json", ("--format", "json")), ("changes.txt", ())):
        text = program("diff", *words, old, new, folder=folder).text
        if ACCEPT:
            (folder / file).write_text(text)
        same_text((folder / file).read_text(), text, file)


@each(FOLDERS)
def test_folder_against_itself_and_turned_round(program, folder):
    old, new = (next(folder.glob(f"{name}.*")) for name in ("old", "new"))
    result = program("diff", new, new)
    assert (result.status, result.out) == (0, b""), result.text
    there, back = diff(program, old, new)[1], diff(program, new, old)[1]
    for key, other in (("added", "removed"), ("changed", "changed"), ("renumbered", "renumbered")):
        assert len(there[key]) == len(back[other]), f"{key}: {there[key]}\n{other}: {back[other]}"


def test_samples(program):
    status, changes = diff(program, *sorted((ROOT / "corpus" / "mizukurage").glob("*.pdf")))
    assert (status, numbers(changes, "changed"), numbers(changes, "added")) == (1, ["5", "42"], ["51"]), changes
    assert changes["declared"] == {"items": ["5", "42", "51"], "undeclared": [], "unfounded": []}, changes["declared"]


@each((ROOT / "out").glob("*/*.json"))
def test_json_is_its_document(program, path):
    """The sheet's JSON and the document it was made from: the same."""
    document = next((ROOT / "corpus" / path.parent.name).glob(f"{path.stem}.*"))
    result = program("diff", path, document)
    assert (result.status, result.out, result.err) == (0, b"", ""), result.text + result.err


def page_of(sheet):
    """The sheet as a web page: other widths, lines broken elsewhere, without full stops, in another order."""
    wide = {ord(narrow): ord(narrow) + 0xFEE0 for narrow in "0123456789()%"}

    def cell(text):
        return html.escape(text or "").translate(wide).replace("。", "").replace("\n", "<br>\n").replace("、", "、\n")

    rows = "".join(f"<tr><td>{cell(item['category'])}<td>{cell(item['name'])}<td>{cell(item['definition'])}"
                   f"<td>{cell(item['unit'])}<td>{cell(item['answer']['text'])}</tr>" for item in reversed(sheet["items"]))
    return ("<!DOCTYPE html><meta charset=utf-8><title>Sheet</title><h1>チェックシート</h1><table><tr><th>種別"
            f"<th>サービスレベル項目<th>規定内容<th>測定単位<th>回答</tr>{rows}</table>")


@each((ROOT / "out").glob("*/*.json"))
def test_other_layout_is_no_change(program, path):
    sheet = json.loads(path.read_text())
    if any(item["section"] for item in sheet["items"]) or sheet["coverage"]["repeated"]:
        return  # the page has one section
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(page_of(sheet))
        status, changes = diff(program, path, page)
    assert status == 0, {key: changes[key] for key in ("added", "removed", "changed")}


REAL = ["99.9% → 99.99%", "有 → 無", "3時間以内 → 4時間以内", "2024年4月1日 → 2024年4月2日", "-5度 → 5度", "- 5 → 5", "○ → ×", "□あり → ■あり",
        "90日 → 90時間", "対応します → 対応しません", "可能です → 可能でした", "1.2以上 → 12以上", "1〜3回 → 1、3回", "あり → なし", "TLS1.2 → TLS1.3",
        "14世代 → 1.4世代", "10GB → 10MB", "はい →", "→ はい", "行います → 行いますが", "A/B → A", "必ず行う → 行う", "できません → できます"]
SAME = ["有 10日前 → 有10日前", "ＴＬＳ１.２ → TLS1.2", "24時間365日。 → 24時間365日", "A。B → A\nB", "・東京\n・大阪 → ● 東京 ● 大阪", "- 東京\n- 大阪 → ・東京\n・大阪",
        "9:00-17:00 → 9：00－17：00", "1〜3回 → 1～3回", "東京、大阪 → 東京，大阪", "○ 対応 → ◯対応", "サーバ ー → サーバー", "關西 → 関西", "※注 → ※ 注",
        "Yes. → yes", "可能です。 → 可能で", "しております → しておりま", "■一 → ◆一", "ﾊﾞｯｸｱｯﾌﾟ → バックアップ"]


def texts_of(pair):
    return [text.strip(" ") for text in pair.split("→")]


@each(REAL)
def test_change(program, pair):
    old, new = texts_of(pair)
    status, changes = diff_of_sheets(program, sheet_with(lambda _: old or None), sheet_with(lambda _: new or None))
    assert status == 1 and numbers(changes, "changed") == ["5"], f"{pair!r} is no change"
    assert changes["changed"][0]["fields"]["answer"] == {"old": old or None, "new": new or None}, changes["changed"]


@each(SAME)
def test_no_change(program, pair):
    old, new = texts_of(pair)
    status, changes = diff_of_sheets(program, sheet_with(lambda _: old), sheet_with(lambda _: new))
    assert status == 0, f"{pair!r} is a change: {changes['changed']}"


def test_every_digit_counts(program):
    """One digit of one answer is another: exactly that item changed."""
    old = json.loads(SHEET.read_text())
    for item in old["items"]:
        text = item["answer"]["text"]
        place = re.search("[0-9]", text)
        if place:
            digit = str((int(place[0]) + 1) % 10)
            new = sheet_with(lambda _: text[:place.start()] + digit + text[place.end():], item["number"])
            assert numbers(diff_of_sheets(program, old, new)[1], "changed") == [item["number"]], text


def test_question_of_metis_in_other_words(program):
    status, changes = diff_of_sheets(program, json.loads(SHEET.read_text()),
                                     sheet_with(lambda _: "サービスの稼働率", field="name"))
    assert status == 0 and numbers(changes, "reworded") == ["5"], changes
    status, changes = diff_of_sheets(program, json.loads(SHEET.read_text()),
                                     sheet_with(lambda _: "分", number="10", field="unit"))
    assert status == 1 and list(changes["changed"][0]["fields"]) == ["unit"], changes


def test_mark_column(program):
    old = json.loads(SHEET.read_text())
    new = json.loads(SHEET.read_text())
    new["items"][9]["answer"]["status"] = "no"
    _, changes = diff_of_sheets(program, old, new)
    assert [item["fields"] for item in changes["changed"]] == [{"status": {"old": "stated", "new": "no"}}], changes


def table(rows, head, note=None):
    """A text with the table, and a table of revisions."""
    lines = ["クラウドサービスレベルのチェックリスト", "", *("\t".join(row) for row in [head, *rows])]
    if note:
        lines += ["", "改訂履歴", "", "版\t日付\t改訂内容", "1\t2024-04-01\t初版", f"2\t2025-02-20\t{note}"]
    return "\n".join(lines) + "\n"


def diff_of_texts(program, old, new):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("old.txt", old), ("new.txt", new)):
            Path(folder, name).write_text(text)
        return diff(program, Path(folder, "old.txt"), Path(folder, "new.txt"))


KNOWN = [item["name"] for item in json.loads((ROOT / "patterns" / "meti.json").read_text())["items"]][:20]
ANSWERED = [[str(number), name, f"有　{number}日前に知らせます"] for number, name in enumerate(KNOWN, 1)]
PLAIN = ["No.", "項目", "回答"]


def test_first_row_twice(program):
    """A row pairs with one row, be it the first; the other is new."""
    status, changes = diff_of_texts(program, table(ANSWERED, PLAIN), table([ANSWERED[0], *ANSWERED], PLAIN))
    assert (status, [item["name"] for item in changes["added"]], changes["removed"]) == (1, [KNOWN[0]], []), changes


def test_mark_that_moved_to_a_column(program):
    beside = [[number, name, "○", answer[2:]] for number, name, answer in ANSWERED]
    status, changes = diff_of_texts(program, table(ANSWERED, PLAIN), table(beside, ["No.", "項目", "対応可否", "回答"]))
    assert status == 0 and len(changes["reworded"]) == len(KNOWN), changes["changed"][:2]
    assert diff_of_texts(program, table(beside, ["No.", "項目", "対応可否", "回答"]), table(ANSWERED, PLAIN))[0] == 0
    beside[4][2] = "×"
    status, changes = diff_of_texts(program, table(ANSWERED, PLAIN), table(beside, ["No.", "項目", "対応可否", "回答"]))
    assert status == 1 and numbers(changes, "changed") == ["5"], numbers(changes, "changed")


def test_words_that_became_signs(program):
    words, signs = ([[row[0], row[1], sign[int(row[0]) % 2]] for row in ANSWERED] for sign in ("有無", "○×"))
    assert diff_of_texts(program, table(words, PLAIN), table(signs, ["No.", "項目", "対応可否"]))[0] == 0
    signs[2][2] = "○" if signs[2][2] == "×" else "×"
    status, changes = diff_of_texts(program, table(words, PLAIN), table(signs, ["No.", "項目", "対応可否"]))
    assert status == 1 and numbers(changes, "changed") == ["3"], numbers(changes, "changed")


NAMED = [("13を追加、17の回答を変更", "13 17"), ("13及び17を変更", "13 17"), ("13番、17番を変更", "13 17"), ("#13と#17を変更", "13 17"), ("13～15を変更", "13 14 15"),
         ("13から15の回答を見直し", "13 14 15"), ("13番から15番までを更新", "13 14 15"), ("１３～１５、１７を変更", "13 14 15 17"),
         ("13の回答と17の回答を更新", "13 17"), ("No.13〜No.15を変更", "13 14 15"), ("10月13日に改訂", ""), ("99.9を99.99に修正", ""), ("応答を3から5に変更", ""),
         ("13番目の項目を直した", ""), ("Items 13-15 reworded", "13 14 15")]


@each(NAMED)
def test_numbers_in_a_note(program, pair):
    note, named = pair
    changed = [[row[0], row[1], row[2] + "。また変えました" * (row[0] in ("13", "14", "15", "17"))] for row in ANSWERED]
    _, changes = diff_of_texts(program, table(ANSWERED, PLAIN), table(changed, PLAIN, note))
    assert changes["declared"]["items"] == named.split(), changes["declared"]
    assert changes["declared"]["undeclared"] == [number for number in ("13", "14", "15", "17") if number not in named.split()], changes["declared"]


def test_newest_revision_first(program):
    changed = [[row[0], row[1], row[2] + "。また変えました" * (row[0] == "13")] for row in ANSWERED]
    lines = table(changed, PLAIN, "項番13を更新").splitlines()
    newest_first = "\n".join([*lines[:-2], lines[-1], lines[-2]]) + "\n"
    _, changes = diff_of_texts(program, table(ANSWERED, PLAIN), newest_first)
    assert changes["declared"] == {"items": ["13"], "undeclared": [], "unfounded": []}, changes["declared"]


@each(["1.3 および 2.4 の回答を更新|1.{}|2.{}", "Q3, Q14の回答変更|Q{}|Q1{}"])
def test_numbers_of_another_make(program, line):
    """A section and a number, or a letter: as the sheet numbers its items."""
    note, *makes = line.split("|")
    rows = [[makes[int(number) > 10].format(int(number) - 10 * (int(number) > 10)), *rest] for number, *rest in ANSWERED]
    changed = [[number, name, answer + "。また変えました" * (place in (3, 14))] for place, (number, name, answer) in enumerate(rows, 1)]
    _, changes = diff_of_texts(program, table(rows, PLAIN), table(changed, PLAIN, note))
    assert changes["declared"] == {"items": [rows[2][0], rows[13][0]], "undeclared": [], "unfounded": []}, changes["declared"]


def test_names_in_a_note_side_by_side(program):
    """The end of one name is where the next begins."""
    changed = [[row[0], row[1], row[2] + "。また変えました" * (row[0] in ("5", "10"))] for row in ANSWERED]
    for note in ("平均復旧時間(MTTR) サービス稼働率を更新", "平均復旧時間(MTTR)、サービス稼働率を更新", "サービス稼働率平均復旧時間(MTTR)を更新"):
        _, changes = diff_of_texts(program, table(ANSWERED, PLAIN), table(changed, PLAIN, note))
        assert changes["declared"] == {"items": ["5", "10"], "undeclared": [], "unfounded": []}, (note, changes["declared"])


def test_number_of_what_was_taken_out(program):
    """The item that had the number is meant, not the one that has it now."""
    renumbered = [[str(number), *row[1:]] for number, row in enumerate(ANSWERED[:2] + ANSWERED[3:], 1)]
    _, changes = diff_of_texts(program, table(ANSWERED, PLAIN), table(renumbered, PLAIN, "項番3を削除"))
    assert numbers(changes, "removed") == ["3"], numbers(changes, "removed")
    assert changes["declared"] == {"items": ["3"], "undeclared": [], "unfounded": []}, changes["declared"]
    _, changes = diff_of_texts(program, table(ANSWERED, PLAIN), table(renumbered, PLAIN, "項番3を更新"))
    assert changes["declared"]["undeclared"] == ["3"], changes["declared"]


def test_nothing_is_undeclared_where_nothing_is_declared(program):
    changed = [[row[0], row[1], row[2] + "（変更）" * (row[0] == "3")] for row in ANSWERED]
    status, changes = diff_of_texts(program, table(ANSWERED, PLAIN), table(changed, PLAIN))
    assert status == 1 and changes["declared"] == {"items": [], "undeclared": None, "unfounded": []}, changes["declared"]


def test_name_that_narrows(program):
    renamed = [[row[0], {"6": "ディザスタリカバリ（データ）"}.get(row[0], row[1]), row[2]] for row in ANSWERED]
    status, changes = diff_of_texts(program, table(ANSWERED, PLAIN), table(renamed, PLAIN))
    assert status == 1 and [list(item["fields"]) for item in changes["changed"]] == [["name"]], changes["changed"]
    same = {"1": "サービス時間 Service hours", "2": "(2) 計画停止予定通知", "10": "平均復旧時間"}
    renamed = [[row[0], same.get(row[0], row[1]), row[2]] for row in ANSWERED]
    assert diff_of_texts(program, table(ANSWERED, PLAIN), table(renamed, PLAIN))[0] == 0


TROUBLE = [("missing.json", None, r"missing\.json: .*"), ("cut.json", '{"format":\n "checksheet/1", ', r"cut\.json: .*line 2, column"),
           ("other.json", '{"a": 1}', r"other\.json: .*checksheet/1"), ("list.json", '{"format": "checksheet/1", "items": 3}', r"list\.json: .*items"),
           ("more.json", '{"format": "checksheet/1", "items": []} x', r"more\.json: .*line 1, column 41"),
           ("item.json", '{"format": "checksheet/1", "items": [{"answer": {"text": 5}}]}', r"item\.json: .*items\[0\]\.answer\.text"),
           ("no.json", '{"format": "checksheet/1", "items": [{"meti": {"no": 50, "how": "name"}}]}', r"no\.json: .*items\[0\]\.meti\.no"),
           ("deep.json", "{" + 5000 * '"a":[', r"deep\.json: .*line 1"), ("bytes.json", b'{"a": "\xff"}', r"bytes\.json: "),
           ("prose.txt", "A text with no sheet in it.\n", r"prose\.txt: ")]


@each(range(len(TROUBLE)))
def test_trouble(program, index):
    name, content, said = TROUBLE[index]
    with tempfile.TemporaryDirectory() as folder:
        if content is not None:
            Path(folder, name).write_bytes(content if isinstance(content, bytes) else content.encode())
        for pair in ((SHEET, name), (name, SHEET)):
            result = program("diff", *pair, folder=folder)
            assert (result.status, result.out) == (2, b""), result.err
            assert re.search(said, result.err) and len(result.err.splitlines()) == 1, result.err


@each(["", "a", "a b c", "- -", f"{SHEET.parent} {SHEET}", f"--format csv {SHEET} {SHEET}"])
def test_wrong_call(program, words):
    result = program("diff", *words.split())
    assert (result.status, result.out) == (2, b"") and result.err, result.err


def cells(line):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in re.sub(r"\033\[\d*m", "", line))


def test_terminal(program):
    words = "diff", *sorted((ROOT / "corpus" / "mizukurage").glob("*.pdf"))
    for columns in (80, 60, 40, 20):
        text = program.on_terminal(*words, columns=columns, environment={"NO_COLOR": ""})
        assert "\033[32m、鍵長2048" in text or columns < 60, text
        assert (" │ " in text) == (columns >= 60), text
        wide = [line for line in text.splitlines() if cells(line) > columns]
        assert not wide, wide
    for plain in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        text = program.on_terminal(*words, environment=plain)
        assert "\033" not in text and "{+、鍵長2048ビット+}" in text, text


def test_no_escapes_from_a_document(program):
    old, new = sheet_with(lambda _: "a \033[31m b"), sheet_with(lambda _: "c \033]0;x\007 \u202e b")
    with tempfile.TemporaryDirectory() as folder:
        for name, sheet in (("old", old), ("new", new)):
            Path(folder, name).write_text(json.dumps(sheet))
        text = program("diff", "old", "new", folder=folder).text
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", text), repr(text)


def test_summary(program):
    text = program("diff", *sorted((ROOT / "corpus" / "mizukurage").glob("*.pdf"))).text
    assert text.splitlines()[-2:] == ["changed 2, added 1, removed 0", "declared by the vendor: 5, 42, 51; not declared: none"]


def test_standard_input(program):
    result = program("diff", SHEET, "-", stdin=SHEET.read_bytes())
    assert (result.status, result.out) == (0, b""), result.err


# What a revision's note names, on a sheet with the numbers 1 to 50.
NOTES = {"13項の記載を修正": [13], "第13項を修正": [13], "13ー15を更新": [13, 14, 15], "(13)(47)の回答を変更": [13, 47], "⑬の回答を変更": [13],
         "Updated items 13 and 47": [13, 47], "Item 13 changed; #47 revised": [13, 47], "Changed 13-15": [13, 14, 15], "項番：13、47": [13, 47],
         "変更：13、14、47": [13, 14, 47], "13、47 回答更新": [13, 47], "全13件の回答を更新": [], "窓口の時間を9時から18時に変更": [], "13項目を追加": [],
         "13～15番および47番の回答を変更": [13, 14, 15, 47], "13及び47を更新": [13, 47], "13番の表現を見直し": [13], "#13 回答修正": [13], "#13、#47を修正": [13, 47],
         "No.13の回答を更新": [13], "No.13, 47を更新": [13, 47], "No.13・No.47を更新": [13, 47], "項番13,47の回答を変更": [13, 47], "項番13〜15の回答を変更": [13, 14, 15],
         "項番１３～１５を修正": [13, 14, 15], "No.13〜15を追記、No.47を修正": [13, 14, 15, 47], "13〜20（15、16を除く）の回答を変更": [13, 14, 17, 18, 19, 20],
         "No.10〜15（No.12を除く）を更新": [10, 11, 13, 14, 15], "No.10～15（12を除く）を更新": [10, 11, 13, 14, 15], "項番10から15まで（12および13を除く）を更新": [10, 11, 14, 15],
         "No.1〜10のうちNo.3を除く項目を修正": [1, 2, 4, 5, 6, 7, 8, 9, 10], "13番を除き、10番から15番までを更新": [10, 11, 12, 14, 15], "項目13と47の内容を修正": [13, 47],
         "項目番号13、47を修正": [13, 47], "番号13の回答を変更": [13], "質問13の回答を修正": [13], "Q13の回答を修正": [13], "設問13を更新": [13], "No13とNo47の回答変更": [13, 47],
         "NO.13の誤記修正": [13], "Ｎｏ．１３を更新": [13], "№13・47を更新": [13, 47], "13,14,15及び47番を更新": [13, 14, 15, 47], "通番13を修正": [13],
         "チェック項目13、14、47を修正": [13, 14, 47], "(13)〜(15)を修正": [13, 14, 15], "「13」「47」の回答を変更": [13, 47], "13.を更新": [13], "13 を更新": [13],
         "13・14・47の回答内容を更新": [13, 14, 47], "No.13、14、47（回答欄）を変更": [13, 14, 47], "No. 13 and No. 47 updated": [13, 47],
         "Items 13, 14 and 47 revised": [13, 14, 47], "Items 13 through 15 revised": [13, 14, 15], "Rows 13 to 15 updated": [13, 14, 15],
         "Updated answers to questions 13 and 47": [13, 47], "Question 13: answer corrected": [13], "Updated #13-#15": [13, 14, 15],
         "Items 10-15 (except 12) updated": [10, 11, 13, 14, 15], "第2版として全面改訂": [], "2024年13月分の集計": [], "誤字13箇所を修正": [],
         "ISO 27001:2022への移行に伴う修正": [], "TLS 1.3に対応": [], "平日9時〜18時に受付時間を変更": [], "Ver.1.3を公開": [], "2025年4月1日改定": [], "13ページを修正": [],
         "電話番号03-1234-5678を変更": [], "本社移転に伴い住所を変更": [], "NO.13 → NO.47 に記載を移動": [13, 47], "13→回答変更、47→新規追加": [13, 47],
         "13を追加、47の回答を変更": [13, 47], "項番3〜5の回答を見直し": [3, 4, 5], "＃１３、＃４７の回答を修正": [13, 47], "#13 の記載を追加": [13], "No.13 システム監視基準：監視項目を追記": [13],
         "「システム監視基準」の回答を更新": [13], "システム監視基準、ウイルススキャンの記載を更新": [13, 47], "障害通知時間を30分から15分に変更": [15], "サービス稼働率の実績値を更新": [5],
         "5 サービス稼働率：2025年度実績を追加": [5], "項目No.13(システム監視基準)を更新": [13], "バックアップ関連（28〜30、32）の回答を更新": [28, 29, 30, 32], "可用性 No.5、信頼性 No.13を更新": [5, 13],
         "会社名の変更": [], "3名の承認者を追加": [], "24時間365日対応に変更": [], "AES-256に変更": [], "2要素認証の説明を追加": [], "第13条の改正に伴う見直し": [], "別紙3を差し替え": [], "3.2節を加筆": [],
         "表2の誤記を修正": [], "Q3 2025 periodic review": [], "Version 2.13 released": [], "Added 13; changed the answer to 47": [13, 47],
         "#3-5 reworded, #13 added": [3, 4, 5, 13], "No.13：回答変更／No.47：回答追加": [13, 47], "13,47（文言修正のみ）": [13, 47], "項番13の回答を「30分」から「5分」に変更": [13],
         "5: 実績値更新、13: 監視項目追加": [5, 13], "【変更】13、47【追加】50": [13, 47, 50], "変更箇所：13, 47": [13, 47], "修正項目＝3・4・5": [3, 4, 5],
         "3,4,5番の項目について回答を更新": [3, 4, 5], "項番50を新設": [50], "追加：50番「利用者の認証」": [50], "利用者の認証を追加": [50], "回答内容の更新（No.5、No.12）": [5, 12],
         "5番 稼働率を99.9%から99.95%へ": [5], "RTOを24時間から12時間に短縮": [11], "ディザスタリカバリの内容を修正": [6], "カテゴリ「拡張性」の22から25を更新": [22, 23, 24, 25],
         "22〜25（拡張性）の記載見直し": [22, 23, 24, 25], "暗号化方式をAES-256に変更（33）": [33], "回答更新：33/42/47": [33, 42, 47], "項番33 & 42 を更新": [33, 42],
         "(5) 稼働率、(12) 障害件数 を更新": [5, 12], "⑤⑫の数値を更新": [5, 12], "第5項及び第12項の改定": [5, 12], "Items 3 to 5 and 13: answers updated": [3, 4, 5, 13],
         "Revised answers for nos. 13, 14 & 47": [13, 14, 47], "Row 13 added": [13], "Updated uptime figures (item 5)": [5],
         "項番１３～１５，４７　回答更新": [13, 14, 15, 47],
         "No.28以降の回答を更新": [28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50],
         "47の回答を「有」に変更、13の単位を修正": [13, 47], "項番7の回答を変更、項番51を新規追加": [7, 51], "No.7、No.8の記述を最新化": [7, 8], "(7)～(9)の回答を更新": [7, 8, 9],
         "７番、３３番の回答欄を修正": [7, 33], "#7 - #9 updated": [7, 8, 9], "Updated answers for items 7, 33 and 41": [7, 33, 41],
         "Item 33: encryption method updated": [33], "33 データ保護のための暗号化要件：方式を追記": [33], "設問7、33、41の回答更新": [7, 33, 41], "「ウイルススキャン」の頻度を変更": [47],
         "RPOを24時間から1時間に変更": [29], "障害通知時間の回答を30分以内に変更": [15], "Q7とQ33の回答を見直し": [7, 33], "改訂箇所：7、33": [7, 33], "7→削除、33→追加": [7, 33],
         "可用性の3～5を更新": [3, 4, 5], "組織変更に伴い部署名を変更": [], "TLS1.2をTLS1.3に変更": [], "2026年度版として改訂": [], "別表7の差し替え": [], "5件の誤記を訂正": [], "30日を60日に変更": [],
         "通番40以降を見直し": [40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50], "全体の体裁を整えた（内容の変更なし）": [], "Nos. 7-9 and 33 revised": [7, 8, 9, 33],
         "全49項目の回答を確認、うちNo.12を更新": [12],
         "Row 31: deletion period changed to 60 days": [31]}


def test_notes_of_revisions(program):
    old = json.loads(SHEET.read_text())
    wrong = {}
    for note, expected in NOTES.items():
        new = json.loads(SHEET.read_text())
        new["document"]["revisions"] = [*old["document"]["revisions"], {"number": "99", "date": "2031-04-01", "note": note, "items": []}]
        declared = diff_of_sheets(program, old, new)[1]["declared"]["items"]
        if declared != [str(number) for number in expected]:
            wrong[note] = declared
    assert not wrong, wrong


@each(["有（毎日）|○（毎日）", "無 検討中|× 検討中", "有 7日前に通知|○ 7日前に通知"])
def test_another_sign_with_the_same_words_is_no_change(program, pair):
    first, second = pair.split("|")
    sheets = [sheet_with(lambda text, answer=answer: answer, number="4") for answer in (first, second)]
    for sheet in sheets:
        answer, = [item["answer"] for item in sheet["items"] if item["number"] == "4"]
        answer["status"] = "no" if first.startswith("無") else "yes"
    assert diff_of_sheets(program, *sheets)[1]["changed"] == []


LONG = "利用者の求めに応じて資料を郵送します。届くまでに数日かかることがあります。資料の内容は毎年見直しており、変更があるときは事前に掲示板でお知らせします。"
LONG_TEXTS = {  # where the changes are: the old text, the new one, what is shown
    "in the middle": (f"{LONG}回線は二本です。{LONG}", f"{LONG}回線は三本です。{LONG}",
                      "…きは事前に掲示板でお知らせします。回線は[-二本-]{+三本+}です。利用者の求めに応じて資料を郵送しま…"),
    "at the start": (f"二本の回線を使います。{LONG}", f"三本の回線を使います。{LONG}", "[-二本-]{+三本+}の回線を使います。利用者の求めに応じて資…"),
    "at the end": (f"{LONG}回線は二本", f"{LONG}回線は三本", "…きは事前に掲示板でお知らせします。回線は[-二本-]{+三本+}"),
    "far apart": (f"{LONG}回線は二本です。{LONG}窓口は東です。{LONG}", f"{LONG}回線は三本です。{LONG}窓口は西です。{LONG}",
                  "…きは事前に掲示板でお知らせします。回線は[-二本-]{+三本+}です。利用者の求めに応じて資料を郵送しま"
                  "…きは事前に掲示板でお知らせします。窓口は[-東-]{+西+}です。利用者の求めに応じて資料を郵送しま…"),
}


@each(LONG_TEXTS)
def test_long_text_is_shown_around_its_changes(program, where):
    """What is far from a change is left out, before, between and after changes; a mark says so."""
    old, new, shown = LONG_TEXTS[where]
    with tempfile.TemporaryDirectory() as folder:
        for file, text in (("old.json", old), ("new.json", new)):
            Path(folder, file).write_text(json.dumps(sheet_with(lambda _, text=text: text)))
        printed = program("diff", f"{folder}/old.json", f"{folder}/new.json").text
    assert printed.splitlines()[1] == "  " + shown, printed


def test_lines_on_a_narrow_terminal_are_full(program):
    """A line ends where the next piece has no room, and not before; none begins with the space at which the one before was broken."""
    with tempfile.TemporaryDirectory() as folder:
        for file, text in (("old.json", "無"), ("new.json", "abcd efg " * 20)):
            Path(folder, file).write_text(json.dumps(sheet_with(lambda _, text=text: text)))
        printed = re.sub(r"\033\[\d*m", "", program.on_terminal("diff", f"{folder}/old.json", f"{folder}/new.json", columns=60))
    new = [line.split("│ ")[1].rstrip() for line in printed.splitlines() if "│" in line]
    assert new == ["abcd efg abcd efg abcd efg"] * 6 + ["abcd efg abcd efg"], printed


def test_long_text_side_by_side(program):
    """On a terminal too what is far from a change is left out before, between and after."""
    old, new, _ = LONG_TEXTS["far apart"]
    with tempfile.TemporaryDirectory() as folder:
        for file, text in (("old.json", old), ("new.json", new)):
            Path(folder, file).write_text(json.dumps(sheet_with(lambda _, text=text: text)))
        printed = re.sub(r"\033\[\d*m", "", program.on_terminal("diff", f"{folder}/old.json", f"{folder}/new.json", columns=300))
    shown = [[part.strip() for part in line.split("│")] for line in printed.splitlines() if "│" in line]
    around = "…きは事前に掲示板でお知らせします。{}です。利用者の求めに応じて資料を郵送しま…"
    assert shown == [[around.format("回線は二本"), around.format("回線は三本")], [around.format("窓口は東"), around.format("窓口は西")]], printed
