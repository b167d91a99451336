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
    assert not wrong, "\n".join(wrong)


def test_no_variant_is_taken_for_another(program):
    wrong = wrong_of(program, [line for line in LINES if line[0] != "0"])
    assert all(line.endswith("got 0") for line in wrong), "\n".join(wrong)


def test_look_alikes(program):
    lines = [line for line in LINES if line[0] == "0"]
    wrong = wrong_of(program, lines)
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
BETWEEN = [("障害監視間隔", "定期報告", "ログの取得", 17), ("応答時間", "定期報告", "ウイルススキャン", 0),
           ("障害監視間隔", "提供状況の報告費用", "ログの取得", 0),
           ("代替措置で提供するデータ形式", "アップグレード作業の担当者", "平均復旧時間（MTTR）", 0),
           ("データ保護のための暗号化要件", "外部保存データの容量", "二次記憶媒体の安全性対策", 0)]


@each([f"{number}" for number in range(len(BETWEEN))])
def test_neighbours(program, number):
    above, name, below, expected = BETWEEN[int(number)]
    names = FIRST + [above, name, below]
    rows = "".join(f"<tr><td>{place}<td>{word}<td>時間<td>資料{place}をご覧ください" for place, word in enumerate(names, 1))
    page = f"<meta charset=utf-8><table><tr><th>No.<th>サービスレベル項目<th>測定単位<th>回答{rows}</table>".encode()
    (item,) = [item for item in json.loads(program.good("convert", "-", stdin=page).out)["items"] if item["name"] == name]
    assert (item["meti"]["no"] if item["meti"] else 0) == expected, item["meti"]


# Sheets whose short names are told by where they stand: the item of each row. 0: none.
PLACES = {
    "暗号化 in three categories": [
        ("データ管理", "バックアップの方法", 28), ("データ管理", "データ保護のための暗号化", 33), ("データ管理", "鍵管理", 34), ("セキュリティ", "公的認証取得", 39),
        ("セキュリティ", "通信の暗号化", 42), ("セキュリティ", "ウイルススキャン", 47)],
    "short 暗号化 twice": [
        ("データ管理", "バックアップの方法", 28), ("データ管理", "データ消去", 31), ("データ管理", "バックアップ世代数", 32), ("データ管理", "暗号化", 33),
        ("セキュリティ", "情報取扱い環境", 41), ("セキュリティ", "暗号化", 42), ("セキュリティ", "監査報告書", 43)],
    "暗号化レベル / 暗号化要件": [
        ("データ管理", "データ消去の要件", 31), ("データ管理", "世代数", 32), ("データ管理", "暗号化要件", 33), ("セキュリティ", "情報取扱い環境", 41),
        ("セキュリティ", "暗号化レベル", 42), ("セキュリティ", "ウイルススキャン", 47)],
    "バックアップ lines": [
        ("信頼性", "ログの取得", 18), ("データ管理", "バックアップ", 28), ("データ管理", "取得タイミング", 29), ("データ管理", "保存期間", 30),
        ("データ管理", "データ消去", 31), ("データ管理", "世代数", 32)],
    "通知": [
        ("可用性", "サービス時間", 1), ("可用性", "計画停止", 2), ("可用性", "終了時の事前通知", 3), ("信頼性", "監視基準", 13), ("信頼性", "通知プロセス", 14),
        ("信頼性", "通知時間", 15), ("信頼性", "監視間隔", 16)],
    "認証": [
        ("セキュリティ", "認証", 39), ("セキュリティ", "第三者評価", 40), ("セキュリティ", "情報取扱い環境", 41), ("セキュリティ", "通信の暗号化", 42),
        ("アクセス管理", "認証", 0), ("アクセス管理", "パスワードポリシー", 0)],
    "サービス提供時間帯 twice": [
        ("可用性", "サービス時間", 1), ("可用性", "計画停止予定通知", 2), ("拡張性", "提供リソースの上限", 25), ("サポート", "サービス提供時間帯", 26),
        ("サポート", "サービス提供時間帯（一般問合せ）", 27), ("データ管理", "バックアップの方法", 28)],
    "時間帯 障害/一般": [
        ("拡張性", "同時接続利用者数", 24), ("拡張性", "提供リソースの上限", 25), ("サポート", "障害対応", 26), ("サポート", "一般問合せ", 27),
        ("データ管理", "バックアップの方法", 28)],
    "復旧時間": [
        ("信頼性", "平均復旧時間", 10), ("信頼性", "目標復旧時間", 11), ("信頼性", "障害発生件数", 12), ("性能", "応答時間", 19), ("性能", "遅延", 20),
        ("性能", "バッチ処理時間", 21)],
    "データ形式": [
        ("可用性", "代替手段", 7), ("可用性", "データ形式", 8), ("可用性", "アップグレード方針", 9), ("データ管理", "整合性検証", 37),
        ("データ管理", "入力データ形式", 38), ("セキュリティ", "公的認証", 39)],
    "制限": [
        ("拡張性", "同時接続数", 24), ("拡張性", "リソースの上限", 25), ("データ管理", "入力データの制限", 38), ("セキュリティ", "取扱者の制限", 45),
        ("セキュリティ", "トレーサビリティ", 46), ("セキュリティ", "ウイルス対策", 47)],
    "one row told among many": [
        ("信頼性", "復旧（平均）", 10), ("信頼性", "復旧（目標）", 11), ("信頼性", "障害の数", 12), ("信頼性", "監視はどう行っていますか", 13),
        ("信頼性", "利用者教育", 0), ("信頼性", "何分おきに見ていますか", 16)],
    "Encryption by its category": [
        ("Data", "Backup methods", 28), ("Data", "Data erasure", 31), ("Data", "Generations", 32), ("Data", "Encryption", 33),
        ("Security", "Traceability", 46), ("Security", "Virus scan", 47)],
    "セキュリティ対策": [
        ("セキュリティ", "会計監査報告書", 43), ("セキュリティ", "マルチテナント", 44), ("セキュリティ", "情報取扱者の制限", 45),
        ("セキュリティ", "インシデント発生時の追跡", 46), ("セキュリティ", "記憶媒体の対策", 48), ("セキュリティ", "外部保存方針", 49)],
}


@each(PLACES)
def test_places(program, title):
    rows = "".join(f"<tr><td>{number}<td>{category}<td>{name}<td>資料{number}をご覧ください"
                   for number, (category, name, _) in enumerate(PLACES[title], 1))
    head = "<tr><th>No.<th>種別<th>サービスレベル項目<th>回答"
    page = f"<meta charset=utf-8><h1>クラウドサービスレベルのチェックリスト</h1><table>{head}{rows}</table>".encode()
    items = json.loads(program.good("convert", "-", stdin=page).out)["items"]
    found = [item["meti"]["no"] if item["meti"] else 0 for item in items]
    assert found == [expected for *_, expected in PLACES[title]], found


def test_the_better_match_stays(program):
    """Of two rows that are like one item, the one that is less like it is an extension, with a note."""
    rows = "No.\tサービスレベル項目\t規定内容\t回答\n1\tサービス時間\t時間帯\t24時間\n2\tサービス時間2\t条件\t別に定める\n3\tサービス稼働率\t確率\t99%\n4\tウイルススキャン\t頻度\t毎日\n"
    sheet = json.loads(program.good("convert", "-", stdin=rows.encode()).out)
    assert [item["meti"] and item["meti"]["no"] for item in sheet["items"]] == [1, None, 5, 47]
    assert [note["code"] for note in sheet["notes"] if "another row" in note["text"]] == ["similar-name"]
