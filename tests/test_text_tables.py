"""One sheet written as text in many ways (dialects.py): the items are the same each time, and nothing is warned of."""
import collections
import json
import random
import re

from dialects import DIALECTS, LINE_ENDS, SHEET, width
from testing import ROOT, each, same_text

FIELDS = ("number", "category", "name", "definition", "unit", "answer")


def words_of(item):
    texts = [(item[field]["text"] if field == "answer" and item[field] else item[field]) or "-" for field in FIELDS]
    return "\t".join(texts).replace("\n", "\\n")


@each(DIALECTS)
def test_dialect(program, name):
    sheet = json.loads(program.good("convert", "-", stdin=DIALECTS[name](SHEET).encode()).out)
    rows = ["\t".join(row).replace("\n", LINE_ENDS.get(name, "\\n")) for row in SHEET]
    same_text("\n".join(rows), "\n".join(map(words_of, sheet["items"])), name)
    warned = [note["text"] for note in sheet["notes"] if note["severity"] != "info"]
    assert not warned, warned


def shaken(text, seed, most=6):
    """TEXT with its runs of spaces longer or shorter by chance, as programs that measure letters in their own way leave them."""
    chance = random.Random(seed)
    return re.sub(r"(?<=\S) {2,}", lambda run: " " * max(1, len(run.group()) + chance.randint(-most, most)), text)


def shared_cells(found, expected):
    """The share of the cells of two lists of rows that both have."""
    found, expected = (collections.Counter(cell for row in rows for cell in row.split("\t")) for rows in (found, expected))
    return 2 * sum((found & expected).values()) / (sum(found.values()) + sum(expected.values()))


@each(range(1, 7))
def test_columns_that_are_lost(program, most):
    """Columns that are not in line are never delivered without a word. A column more or less is read nearly as it was; where all is far out of
    line it is refused, and says why."""
    text = DIALECTS["layout-wide"](SHEET)
    rows = ["\t".join(row).replace("\n", "\\n") for row in SHEET]
    refused = 0
    for seed in range(6):
        result = program("convert", "-", stdin=shaken(text, seed, most).encode())
        if result.status == 0:
            sheet = json.loads(result.out)
            assert [note for note in sheet["notes"] if note["code"] == "text-table-uneven" and note["severity"] == "warning"], seed
            assert shared_cells(list(map(words_of, sheet["items"])), rows) >= 0.95, seed
        else:
            assert result.status == 6 and "the columns of the table in this text cannot be told: too many words" in result.err, result.err
            refused += 1
    assert refused == 0 if most == 1 else refused == 6 if most == 6 else True, refused


def test_bars_without_heads(program):
    """Pairs of a name and its answer, parted by bars: rows without an answer are rows, and a line without a bar is a heading."""
    text = ("当社のサービスレベルは次のとおりです。\nセキュリティ(全般)\n公的認証の取得 | ISO 27001を取得しています |\n水温の決まり | |\n通信の暗号化レベル | TLS 1.2以上 |\n"
            "給餌の委託 |\n|\n提供の水準\nサービス時間 | 24時間365日 |\n稼働率 | 99.5%以上 |\n"
            "バックアップの方法 | 毎日 |\nログの取得 | 1年 |\n")
    found = json.loads(program.good("convert", "-", stdin=text.encode()).out)["items"]
    assert [(item["category"], item["name"], item["answer"] and item["answer"]["text"]) for item in found] == [
        ("セキュリティ(全般)", "公的認証の取得", "ISO 27001を取得しています"), ("セキュリティ(全般)", "水温の決まり", None),
        ("セキュリティ(全般)", "通信の暗号化レベル", "TLS 1.2以上"), ("セキュリティ(全般)", "給餌の委託", None),
        ("提供の水準", "サービス時間", "24時間365日"), ("提供の水準", "稼働率", "99.5%以上"),
        ("提供の水準", "バックアップの方法", "毎日"), ("提供の水準", "ログの取得", "1年")]


def test_heads_as_machines_translate_them(program):
    """No. | type | Service level items example | Regulations | correspondence/ Possibility | Contents, and rows without their category."""
    text = ("No. | type | Service level items example | Regulations | correspondence/ Possibility | Contents |\n---|---|---|---|---|---|\nApplication Operations | |||||\n"
            "1 | availability | Service hours | Hours in which the tank is looked after | ○ | All day, every day. |\n"
            "2 | Planned outage notification | Whether planned outages are told beforehand | ○ | By mail, a week before. | |\n"
            "3 | Service availability | Share of the hours in which it can be used | Not published. | ||\n")
    found = json.loads(program.good("convert", "-", stdin=text.encode()).out)["items"]
    assert [(item["name"], item["answer"]["status"], item["answer"]["text"]) for item in found] == [
        ("Service hours", "yes", "All day, every day."), ("Planned outage notification", "yes", "By mail, a week before."),
        ("Service availability", "undisclosed", "Not published.")]
    assert [item["category"] for item in found] == ["availability"] * 3


def test_lines_that_may_be_rows(program):
    """Where each line is a row, one that begins with another name than the catalogue's is warned of."""
    rows = ["Service Hours All day, every day", "Service Availability 99.9% a month", "Feeding of the fish Twice a day, by hand",
            "Notification of Planned Outages By mail", "Encryption TLS 1.2 or later", "Version Upgrade Policy All tanks at once",
            "System Monitoring Criteria By our own rules", "Vulnerability Assessments Every year"]
    sheet = json.loads(program.good("convert", "-", stdin="\n".join(["Service Level Objectives", *rows, ""]).encode()).out)
    assert len(sheet["items"]) == len(rows) - 1
    assert [note["place"] for note in sheet["notes"] if note["code"] == "heading-doubtful"] == [{"line": 4}]


def test_doubtful_but_in_line(program):
    """Cells that were not moved are delivered, however doubtful: the lines of the text are those of the table."""
    lines = "".join("\t".join([str(int(row[0]) * 7 % 12), row[2], "有"]) + "\n" for row in SHEET)
    sheet = json.loads(program.good("convert", "-", stdin=f"No.\t項目\t回答\n{lines}".encode()).out)
    assert len(sheet["items"]) == len(SHEET)


def test_bars_with_torn_cells(program):
    """Line ends within cells tear the rows of a page that was saved as text: each is one row, with a row of dashes or without, framed or not."""
    for start, rule in ("", ""), ("", "---|---|\n"), ("| ", "|---|---|\n"):
        text = (f"サービスレベル\n{start}項目 | 内容 |\n{rule}{start}サービス時間 | 24時間365日 |\n{start}サービス稼働率 | 99.5%以上\n※月ごとに数えます |\n"
                f"{start}ログの取得 | 有\n1年間残します。\n※検索もできます |\n{start}バックアップの方法 | 毎日 |\n{start}通信の暗号化レベル | TLS 1.2以上 |\n")
        found = json.loads(program.good("convert", "-", stdin=text.encode()).out)["items"]
        assert [(item["name"], item["answer"]["text"]) for item in found] == [
            ("サービス時間", "24時間365日"), ("サービス稼働率", "99.5%以上\n※月ごとに数えます"), ("ログの取得", "有\n1年間残します。\n※検索もできます"),
            ("バックアップの方法", "毎日"), ("通信の暗号化レベル", "TLS 1.2以上")], (start, rule)


def test_bars_whose_head_is_wider(program):
    """Most rows lack the category that is above them: the head's cells are not joined for that."""
    text = ("No | 種別 | 項目 | 内容 |\n1 | 可用性 | サービス時間 | 24時間365日 |\n2 | 計画停止予定通知 | 7日前 |\n3 | サービス稼働率 | 99.5%以上 |\n"
            "4 | 信頼性 | ログの取得 | 1年 |\n5 | 障害通知時間 | 1時間以内 |\n6 | 障害監視間隔 | 1分 |\n")
    found = json.loads(program.good("convert", "-", stdin=text.encode()).out)["items"]
    assert [(item["category"], item["name"], item["answer"]["text"]) for item in found] == [
        ("可用性", "サービス時間", "24時間365日"), ("可用性", "計画停止予定通知", "7日前"), ("可用性", "サービス稼働率", "99.5%以上"),
        ("信頼性", "ログの取得", "1年"), ("信頼性", "障害通知時間", "1時間以内"), ("信頼性", "障害監視間隔", "1分")]


def test_names_and_a_few_spaces(program):
    """Names, each with its answer after the same two spaces and the rest of it set in below, are a list and no table."""
    names = [item["name"] for item in json.loads((ROOT / "patterns/meti.json").read_text())["items"]][:20]
    answers = ["計画メンテナンスの時間を除き、24時間365日ご利用いただけます。", "2週間前までに、お知らせページとメールでご案内します。", "4時間以内", "公開していません。"]
    text = "ミズタマ水槽 サービスレベル\n\n"
    for place, name in enumerate(names):
        line = f"{name}  "
        for character in answers[place % len(answers)]:
            if width(line + character) > 44:
                text, line = f"{text}{line}\n", " " * 8
            line += character
        text += line + "\n"
    found = json.loads(program.good("convert", "-", stdin=text.encode()).out)["items"]
    assert [(item["name"], "".join(item["answer"]["text"].split())) for item in found] == [
        (name, answers[place % len(answers)]) for place, name in enumerate(names)]
