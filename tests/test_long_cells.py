"""A cell of 20,000 or 200,000 characters, whatever is in it and wherever it stands, costs what its length does."""
import tempfile
from pathlib import Path

from testing import each

NAMES = ("サービス時間", "計画停止予定通知", "サービス提供終了時の事前通知", "突然のサービス提供停止に対する対処", "サービス稼働率", "ディザスタリカバリ",
         "重大障害時の代替手段", "代替措置で提供するデータ形式", "アップグレード方針", "平均復旧時間")
HEAD = ("No.", "項目", "規定内容", "単位", "回答", "備考")

# What patterns begin with, go on with and end in, again and again.
PIECES = {
    "numbers of certificates": "登録番号 A-", "standards": "ISO ", "counters": "1.", "open brackets": "（", "close brackets": "）",
    "digits": "1234567890", "wide digits": "９", "numerals": "一", "letters": "a ", "words": "サービス", "names": "サービス稼働率",
    "hours": "24時間365日 ", "days": "月・火・", "clock": "9:", "rates": "99.9% ", "dates": "2024年1月", "slashes": "/", "dashes": "-",
    "commas": "1,", "quotes": "「", "marks": "有", "addresses": "http://a.example/", "mail": "a@", "voiced": "か\u3099",
    "beyond the plane": "𠮟", "accents": "\u0301", "conditions": "(条件", "spaces": " \u3000", "heads": "項目 ",
}


def rows_with(long):
    """A sheet where LONG stands in each column once, and in the head; where it is very long, with the names and the answers."""
    rows = [list(HEAD)] + [[str(number), name, f"定義{number}", "有無", "有 24時間", "なし"] for number, name in enumerate(NAMES, 1)]
    very = len(long) > 50_000  # the whole text has a limit too
    rows[0][5] += "" if very else long
    for column in (1, 4) if very else range(len(HEAD)):
        rows[column + 2][column] += long
    return rows


def as_tabs(long):
    return "\n".join("\t".join(row) for row in rows_with(long)) + "\n"


def as_headings(long):
    sections = "".join(f"## {name}\n\n有 {long if number == 4 else '24時間'}\n\n" for number, name in enumerate(NAMES))
    return f"# 題名 {long}\n\n{long}\n\n{sections}## {long}\n"


def as_lines(long):
    return "題名\n" + "\n".join(f"{number} {name}\n{long if number == 4 else '24時間'}" for number, name in enumerate(NAMES, 1)) + "\n"


FORMS = {"tabs": (as_tabs, "tsv"), "headings": (as_headings, "md"), "lines": (as_lines, "txt")}


def check(program, piece, length):
    """Ends within 28 seconds of computing (2.8 are needed); 200 with sanitizers."""
    long = (PIECES[piece] * (length // len(PIECES[piece]) + 1))[:length]
    seconds = "200" if "clang" in program.name else "28"
    with tempfile.TemporaryDirectory() as folder:
        for form, (write, ending) in FORMS.items():
            path = Path(folder) / f"{form}.{ending}"
            path.write_text(write(long), encoding="utf-8")
            result = program("convert", "--timeout", "2000", "--cpu", seconds, path, timeout=2500)
            limited = "of CPU time" in result.err or "of time" in result.err
            assert not limited and result.status in (0, 4, 7), f"{piece}, {form}: {result.err}"


@each(PIECES)
def test_20000_characters(program, piece):
    check(program, piece, 20_000)


@each(PIECES)
def test_200000_characters(program, piece):
    check(program, piece, 200_000)
