"""What answers say: the sheets in ../shared against what a person read in them (seeds-answers.tsv), and
answers of our own (answers.tsv),
and sentences with the status that a person reads in them (sentences.tsv)."""
import json
from html import escape

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


def exact_words_of(value):
    """A value as answers.tsv writes it: with a size's unit, and whether it is a goal."""
    bound = "" if value["bound"] == "exact" else " " + value["bound"]
    unit = " " + value["unit"] if value["kind"] == "size" else ""
    target = " target" if value["target"] else ""
    return f"{value['kind']} {SPELL.get(value['kind'], str)(value['value'])}{unit}{bound}{target}"


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
        result = program("convert", "-", stdin=sheet_with(answer), timeout=3000)
        assert result.status in (0, 4), f"{part}: exit {result.status}\n{result.err}"


ROWS_OF_A_SHEET = 40
KNOWN_NAMES = ("サービス時間", "計画停止予定通知", "サービス稼働率", "障害発生件数", "バックアップの方法")  # what makes it a sheet


def our_answers():
    lines = (ROOT / "tests" / "answers.tsv").read_text().splitlines()
    return [(line + "\t").split("\t")[:5] for line in lines if not line.startswith("#")]


def page_with(answers):
    """A page with a table of them. Items that come again are far from each other."""
    rows = "".join(f"<tr><td>{number}<td>{escape(name)}<td>{escape(unit)}<td>{escape(text)}"
                   for number, (name, unit, text, *_) in enumerate(answers, 1)).replace("\\n", "<br>")
    head = "<tr><th>No.<th>サービスレベル項目<th>測定単位<th>回答"
    return f"<meta charset=utf-8><h1>クラウドサービスレベルのチェックリスト</h1><table>{head}{rows}</table>".encode()


def test_ours(program):
    """Kinds of answers, in words of our own. (Single words are in the examples of the pattern files.)"""
    answers, wrong = our_answers(), []
    step = -(-len(answers) // ROWS_OF_A_SHEET)
    for part in (answers[first::step] for first in range(step)):
        items = json.loads(program.good("convert", "-", stdin=page_with(part)).out)["items"]
        assert len(items) == len(part), f"{len(items)} items, not {len(part)}"
        for (_, unit, text, *expected), item in zip(part, items):
            got = [item["answer"]["status"], "; ".join(map(exact_words_of, item["answer"]["values"]))]
            if got != expected:
                wrong.append(f"{unit} {text}: expected {expected}, got {got}")
    assert not wrong, "\n".join(wrong)


def sentences():
    lines = (ROOT / "tests" / "sentences.tsv").read_text().splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@each(["", "有無"])
def test_sentences(program, unit):
    """The status of a sentence, where the sheet has no units and where they ask for yes or no."""
    wrong, lines = [], sentences()
    for first in range(0, len(lines), ROWS_OF_A_SHEET):
        part = lines[first:first + ROWS_OF_A_SHEET]
        rows = [(f"項目{number}", unit, text) for number, (_, text) in enumerate(part)]  # of no item that the answer might depend on
        page = page_with(rows + [(name, unit, "24") for name in KNOWN_NAMES])
        items = json.loads(program.good("convert", "-", stdin=page).out)["items"]
        assert len(items) == len(part) + len(KNOWN_NAMES), f"{len(items)} items, not {len(part)} and {len(KNOWN_NAMES)}"
        wrong += [f"{text}: expected {status}, got {item['answer']['status']}"
                  for (status, text), item in zip(part, items) if item["answer"]["status"] != status]
    assert not wrong, "\n".join(wrong)
