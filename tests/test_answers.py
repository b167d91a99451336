"""What answers say: the sheets in ../shared against what a person read in them (seeds-answers.tsv), and texts of our own."""
import json

from testing import ROOT, SHARED, Skip, each

LEFT_OUT = {"url", "mail", "place"}
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]
DAYS = {"every": WEEK, "mon-fri": WEEK[:5], "-": []}


def expected_answers():
    """{sheet: [(METI number, status, values)]}, in the order of the rows."""
    sheets = {}
    for line in (ROOT / "tests" / "seeds-answers.tsv").read_text().splitlines():
        if not line.startswith("#"):
            sheet, _, number, status, values = (line + "\t").split("\t")[:5]
            sheets.setdefault(sheet, []).append((int(number), status, [value for value in values.split("; ") if value]))
    return sheets


EXPECTED = expected_answers()


def words_of_days(days):
    return next((word for word, set_of in DAYS.items() if set_of == days), ",".join(days))


def words_of_hours(hours):
    times = ",".join("-".join(times) for times in hours["times"])
    exceptions = f" except {len(hours['exceptions'])}" if hours["exceptions"] else ""
    return f"{words_of_days(hours['days'])} {times}{exceptions}"


def words_of_frequency(frequency):
    most = f"-{frequency['times_most']}" if frequency["times_most"] else ""
    return f"{frequency['times']}{most}/{frequency['per']}"


SPELL = {"hours": words_of_hours, "frequency": words_of_frequency, "certificate": lambda value: value["number"]}


def words_of(value):
    """A value as seeds-answers.tsv writes it."""
    bound = "" if value["bound"] == "exact" else " " + value["bound"]
    return f"{value['kind']} {SPELL.get(value['kind'], str)(value['value'])}{bound}"


def answers_of(sheet):
    for item in sheet["items"]:
        answer = item["answer"]
        values = [words_of(value) for value in answer["values"] if value["kind"] not in LEFT_OUT]
        yield item["meti"]["no"] if item["meti"] else 0, answer["status"], values


@each(EXPECTED)
def test_seed(program, name):
    path = SHARED / "seeds" / f"{name}.txt"
    if not path.exists():
        raise Skip("../shared/seeds is not here")
    seen = list(answers_of(json.loads(program.good("convert", path).out)))
    wrong = [f"row {row}: expected {expected}, got {got}"
             for row, (expected, got) in enumerate(zip(EXPECTED[name], seen), 1) if expected != got]
    assert len(seen) == len(EXPECTED[name]), f"{len(seen)} answers, not {len(EXPECTED[name])}"
    assert not wrong, "\n".join(wrong)


# What makes a careless expression run away: much of the same, and the end that never comes.
LONG = 10_000  # characters
HOSTILE = ["1", "9:00~", "平日", "月・", "十", "1日1", "2024年", "ISO/IEC ", "AES-", "A", "(", "第", "1,000", "を除く", "、祝日", "ー", " ",
           "a@b.", "http://", "有", "24時間365日", "10:00-12:00、", "登録番号 A-", "1.1.", "約最大", "目標", "AM", "半年"]


def sheet_with(answer):
    """A sheet of our own, in tabs, with that answer in every row."""
    names = ["サービス時間", "計画停止予定通知", "サービス稼働率", "障害発生件数", "バックアップの方法", "ログの取得"]
    units = ["時間帯", "有無", "稼働率(%)", "回", "有無/内容", "有無"]
    rows = ["No.\t項目\t測定単位\t回答"] + [f"{number}\t{name}\t{unit}\t{answer}"
                                      for number, (name, unit) in enumerate(zip(names, units), 1)]
    return "\n".join(rows).encode()


@each([f"{number:02}" for number in range(len(HOSTILE))])
def test_nothing_runs_away(program, number):
    part = HOSTILE[int(number)]
    for answer in (part * (LONG // len(part)), part * (LONG // len(part)) + "!", "有 " + part * 50 + "。"):
        result = program("convert", "-", stdin=sheet_with(answer), timeout=30)
        assert result.status in (0, 1), f"{part}: exit {result.status}\n{result.err}"


# Texts of our own: unit, answer, status, values. (The rest is in the examples of the pattern files.)
OURS = [
    ("有無", "無制限", "stated", []),
    ("有無", "有償オプション", "stated", []),
    ("有無", "無(検討中です)", "no", []),
    ("有無", "有死活監視", "yes", []),
    ("時間帯", "有人対応は平日のみ", "stated", []),
    ("有無", "実施しておりません。", "stated", []),
    ("有無", "△", "partial", []),
    ("有無", "検討中です", "planned", []),
    ("有無", "―", "unanswered", []),
    ("時間", "非公開", "undisclosed", []),
    ("時間帯", "九時から十七時", "stated", ["hours - 09:00-17:00"]),
    ("時間帯", "24時間", "stated", ["hours - 00:00-24:00"]),
    ("時間", "24時間", "stated", ["duration PT24H"]),
    ("時間", "数十分", "stated", []),
    ("世代数", "35", "stated", ["count 35"]),
    ("時間（分）", "5", "stated", ["duration PT5M"]),
    ("時間", "一年半以内", "stated", ["duration P1Y6M at-most"]),
    ("頻度", "月に１～３回", "stated", ["frequency 1-3/P1M"]),
    ("内容", "令和六年", "stated", ["date 2024"]),
    ("内容", "令和6年4月1日", "stated", ["date 2024-04-01"]),
    ("稼働率(%)", "９９．９％以上（目標値）", "stated", ["percentage 99.9 at-least"]),
]


def test_ours(program):
    wrong = []
    for unit, answer, status, values in OURS:
        sheet = sheet_with(answer).decode().replace("\t有無\t", f"\t{unit}\t")
        items = json.loads(program.good("convert", "-", stdin=sheet.encode()).out)
        got = list(answers_of(items))[1][1:]
        if got != (status, values):
            wrong.append(f"{unit} {answer}: expected {(status, values)}, got {got}")
    assert not wrong, "\n".join(wrong)
