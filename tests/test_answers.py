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
    most = f"-{frequency['times_most']}" if "times_most" in frequency else ""
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
