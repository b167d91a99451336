"""Names in other words: which of METI's items they are (names.tsv), each alone in its section, so that no other row helps it."""
import json
from html import escape

from testing import ROOT, each

FIRST = ["サービス時間", "計画停止予定通知", "サービス稼働率", "障害発生件数", "バックアップの方法"]  # make it a sheet
ROWS_OF_A_SHEET = 60

LINES = [line.split("\t") for line in (ROOT / "tests" / "names.tsv").read_text().splitlines() if not line.startswith("#")]


def page_with(names):
    rows = "".join(f"<tr><td colspan=4>■第{number}部<tr><td>{number}<td>{escape(name)}<td>有無<td>資料{number}をご覧ください"
                   for number, name in enumerate(FIRST + names, 1))
    head = "<tr><th>No.<th>サービスレベル項目<th>測定単位<th>回答"
    return f"<meta charset=utf-8><h1>クラウドサービスレベルのチェックリスト</h1><table>{head}{rows}</table>".encode()


def items_of(program, names):
    items = json.loads(program.good("convert", "-", stdin=page_with(names)).out)["items"][len(FIRST):]
    assert [item["name"] for item in items] == names
    return items


def wrong_of(program, lines):
    wrong = []
    for first in range(0, len(lines), ROWS_OF_A_SHEET):
        part = lines[first:first + ROWS_OF_A_SHEET]
        for (number, name), item in zip(part, items_of(program, [name for _, name in part])):
            found = item["meti"]["no"] if item["meti"] else 0
            if found != int(number):
                wrong.append(f"{name}: expected {number}, got {found}")
    return wrong


def test_variants(program):
    wrong = wrong_of(program, [line for line in LINES if line[0] != "0"])
    assert len(wrong) <= 2, "\n".join(wrong)  # of some 1,100: two are known to be missed


def test_no_variant_is_taken_for_another(program):
    wrong = wrong_of(program, [line for line in LINES if line[0] != "0"])
    assert all(line.endswith("got 0") for line in wrong), "\n".join(wrong)


def test_look_alikes(program):
    wrong = wrong_of(program, [line for line in LINES if line[0] == "0"])
    assert not wrong, "\n".join(wrong)


# Both parts say the item, one of them does, or only both together.
TWO_LANGUAGES = [(19, "応答時間 Response time"), (19, "Response time / 応答時間"), (18, "ログの取得（Log acquisition）"),
                 (18, "Log acquisition\nログの取得"), (10, "平均復旧時間（MTTR） Mean time to repair (MTTR)"),
                 (2, "計画停止の告知 Planned outage notice"), (33, "保存データの暗号化 | Encryption at rest"),
                 (0, "ログの取得 Backup cost")]


@each([f"{number}" for number in range(len(TWO_LANGUAGES))])
def test_two_languages(program, number):
    expected, name = TWO_LANGUAGES[int(number)]
    (item,) = json.loads(program.good("convert", "-", stdin=page_with([name]).replace(b"\n", b"<br>")).out)["items"][len(FIRST):]
    assert (item["meti"]["no"] if item["meti"] else 0) == expected, item["meti"]


# The catalogue's names as questions; the last two ask something else.
QUESTIONS = [(2, "計画停止は事前に通知されますか？"), (3, "Q. サービス終了時は事前に通知していますか？"), (14, "障害が起きたとき利用者に通知していますか？"),
             (18, "ログを取得していますか？"), (23, "外部のシステムと接続できますか？"), (28, "バックアップを取得していますか？"),
             (31, "解約後にデータは消去されますか？"), (33, "保存データは暗号化されていますか？"), (42, "通信は暗号化されていますか？"),
             (47, "ウイルススキャンを実施していますか？"), (24, "同時に接続できる利用者の数は何人ですか？"), (49, "データの外部保存の方針を定めていますか？"),
             (0, "バックアップに費用はかかりますか？"), (0, "ログはどの場所にありますか？")]


def test_questions(program):
    items = items_of(program, [name for _, name in QUESTIONS])
    found = [(item["meti"]["no"] if item["meti"] else 0, item["name"]) for item in items]
    assert found == QUESTIONS, [pair for pair in zip(found, QUESTIONS) if pair[0] != pair[1]]


# A name that is not told by itself: between its neighbours it is, among others it is not, and never one with another subject.
BETWEEN = [("障害監視間隔", "提供状況の定例報告", "ログの取得", 17), ("応答時間", "提供状況の定例報告", "ウイルススキャン", 0),
           ("障害監視間隔", "提供状況の報告費用", "ログの取得", 0)]


@each([f"{number}" for number in range(len(BETWEEN))])
def test_neighbours(program, number):
    above, name, below, expected = BETWEEN[int(number)]
    names = FIRST + [above, name, below]
    rows = "".join(f"<tr><td>{place}<td>{word}<td>時間<td>資料{place}をご覧ください" for place, word in enumerate(names, 1))
    page = f"<meta charset=utf-8><table><tr><th>No.<th>サービスレベル項目<th>測定単位<th>回答{rows}</table>".encode()
    (item,) = [item for item in json.loads(program.good("convert", "-", stdin=page).out)["items"] if item["name"] == name]
    assert (item["meti"]["no"] if item["meti"] else 0) == expected, item["meti"]
