#!/usr/bin/python3
"""bench_checks.py PROGRAM [FOLDER…] - is each check of a sheet right more often than not? Sheets that come out wrong should be warned of, right ones not.

A case is a folder with `input.*` and what must come out, `gold.json` (with `case.json`: the fields that are scored) or `sheet.json`. Without a
FOLDER these are tests/cases and sheets made here: a right one in many shapes, and each as a reader that goes wrong would hand it on (a column
lost, cells shifted, two rows in one). Wrong is what has less than .97 of the cells.
"""
import collections
import concurrent.futures
import difflib
import html
import json
import os
import random
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RIGHT = 0.97  # of the cells
FIELDS = "number section category name definition unit answer".split()
SEEDS = 8  # sheets of each kind that is spoilt
RIGHT_SEEDS = 60

# Invented answers, by what the list measures an item in.
ANSWERS = {"有無": ["有 {n}営業日前に電子メールで知らせます。", "無", "有（管理画面から設定できます）", "○ 毎月点検しています。", "× 行っていません。", "対応しています。"],
           "%": ["99.{n}%以上", "99.9{n}%（昨年度）"], "時間": ["{n}時間以内", "約{n}分", "平日9:00～18:00（土日祝日を除く）", "24時間365日"],
           "回": ["年{n}回", "{n}件"], "": ["{n}世代を保存します。", "日本国内（東京・大阪）に置いています。", "利用者{n}名まで。", "CSV形式で渡します。"]}
HEADS = {"number": "No.", "category": "種別", "name": "サービスレベル項目", "definition": "規定内容", "unit": "測定単位", "answer": "回答", "remark": "備考"}


def rows_of(seed):
    """A right sheet: its rows, and the columns that it has."""
    chance = random.Random(seed)
    known = json.loads((ROOT / "patterns" / "meti.json").read_text())["items"]
    known = known if seed % 3 else sorted(chance.sample(known, 24), key=lambda item: item["no"])
    columns = [column for column in HEADS if column in ("name", "answer") or chance.random() < 0.75]
    rows = []
    for number, item in enumerate(known, 1):
        unit = item["unit"] or ""
        kind = next((kind for kind in ANSWERS if kind and kind in unit), "")
        answer = chance.choice(ANSWERS[kind]).format(n=chance.randint(2, 9))
        rows.append({"number": str(item["no"] if seed % 2 else number), "category": item["category"], "name": item["name"],
                     "definition": item["definition"], "unit": unit, "answer": answer, "remark": "" if number % 7 else "約款を参照"})
    if seed % 4 == 1:
        rows.append({"number": str(int(rows[-1]["number"]) + 1), "category": "独自項目", "name": "研修の回数", "definition": "", "unit": "回", "answer": "年2回", "remark": ""})
    return rows, columns


# How a reader goes wrong. Each takes rows and columns and changes them in place; the heads stay.

def column_lost(rows, columns, chance):
    for row in rows:
        row["answer"], row["lost"] = "", row["answer"]
    columns.insert(columns.index("answer") + 1, "lost")


def cells_shifted(rows, columns, chance):
    for row in chance.sample(rows, len(rows) // 3):
        texts = [row[column] for column in columns]
        for column, text in zip(columns, texts[1:] + [""]):
            row[column] = text


def heads_swapped(rows, columns, chance):
    other = "definition" if "definition" in columns else "unit" if "unit" in columns else "name"
    for row in rows:
        row["answer"], row[other] = row[other], row["answer"]


def rows_joined(rows, columns, chance):
    for at in sorted(chance.sample(range(0, len(rows) - 1, 2), max(3, len(rows) // 8)), reverse=True):
        for column in columns:
            rows[at][column] = "\n".join(part for part in (rows[at][column], rows[at + 1][column]) if part)
        del rows[at + 1]


def names_joined(rows, columns, chance):
    for at in sorted(chance.sample(range(0, len(rows) - 1, 2), 3), reverse=True):
        for column in columns:
            rows[at][column] += rows[at + 1][column] if column != "category" else ""
        del rows[at + 1]


def answers_cut(rows, columns, chance):
    for row in chance.sample(rows, len(rows) // 4):
        row["answer"] = row["answer"][:max(2, len(row["answer"]) * 2 // 3)]


def every_second_lost(rows, columns, chance):
    del rows[::2]


def some_beside_the_table(rows, columns, chance):
    """In lines of text below it."""
    lost = [rows.pop(at) for at in sorted(chance.sample(range(1, len(rows) - 1), 4), reverse=True)]
    rows.extend({"text": " ".join(row[column] for column in columns if row[column])} for row in lost)


def category_at_end(rows, columns, chance):
    for above, below in zip(rows, rows[1:]):
        if above["category"] != below["category"]:
            above["answer"] += "\n" + below["category"]
    columns[:] = [column for column in columns if column != "category"]


def rows_split(rows, columns, chance):
    for at in sorted(chance.sample(range(len(rows)), len(rows) // 5), reverse=True):
        rest = {column: "" for column in rows[at]}
        for column in ("name", "definition", "answer"):
            half = (len(rows[at][column]) + 1) // 2
            rows[at][column], rest[column] = rows[at][column][:half], rows[at][column][half:]
        rows.insert(at + 1, rest)


def category_filled_down(rows, columns, chance):
    for row in rows:
        row["category"] = rows[-1]["category"]


def rows_as_banners(rows, columns, chance):
    for row in rows[::2]:
        row["banner"] = " ".join(row[column] for column in columns if row[column])


def definition_in_answer(rows, columns, chance):
    for row in rows:
        row["answer"] = f"{row['definition']}\n{row['answer']}"
    columns[:] = [column for column in columns if column != "definition"]


def unit_in_answer(rows, columns, chance):
    for row in rows:
        row["answer"] = f"{row['unit']}\n{row['answer']}"
    columns[:] = [column for column in columns if column != "unit"]


def next_number_in_answer(rows, columns, chance):
    for above, below in zip(rows[::3], rows[1::3]):
        above["answer"] += f"\n{below['number']}\n{below['category']}"


def ticks_without_head(rows, columns, chance):
    for at, row in enumerate(rows):
        row["tick"], row["tock"] = ("○", "") if at % 3 else ("", "○")
        row["answer"] = ""
    columns[columns.index("answer"):] = ["answer", "tick", "tock"]


def rows_twice(rows, columns, chance):
    at = chance.randrange(len(rows) - 8)
    rows[at:at] = [dict(row) for row in rows[at:at + 6]]


def pages_swapped(rows, columns, chance):
    half = len(rows) // 2
    rows[:] = rows[half:] + rows[:half]


def answers_a_row_down(rows, columns, chance):
    answers = [row["answer"] for row in rows]
    for row, answer in zip(rows, [""] + answers):
        row["answer"] = answer


def answers_a_row_up(rows, columns, chance):
    answers = [row["answer"] for row in rows]
    for row, answer in zip(rows, answers[1:] + [""]):
        row["answer"] = answer


def head_as_row(rows, columns, chance):
    for at in (len(rows) // 3, len(rows) * 2 // 3):
        rows.insert(at, {column: HEADS[column] + " " for column in HEADS})
        rows[at]["answer"] = "当社の状況"
        rows[at]["number"] = "番"


WRONG = [column_lost, cells_shifted, heads_swapped, rows_joined, names_joined, answers_cut, every_second_lost, some_beside_the_table, category_at_end, rows_split,
         category_filled_down, rows_as_banners, definition_in_answer, unit_in_answer, next_number_in_answer, ticks_without_head, rows_twice,
         pages_swapped, answers_a_row_down, answers_a_row_up, head_as_row]


def page_from(rows, columns):
    def cell(text):
        return f"<td>{html.escape(text)}</td>".replace("\n", "<br>")

    lines = ["<tr>" + "".join(f"<th>{HEADS.get(column, '')}</th>" for column in columns) + "</tr>"]
    for row in (row for row in rows if "text" not in row):
        lines.append("<tr>" + (f"<td colspan={len(columns)}>{html.escape(row['banner'])}</td>" if "banner" in row else
                               "".join(cell(row[column]) for column in columns)) + "</tr>")
    return ("<!DOCTYPE html><meta charset=utf-8><title>クラウドサービスレベルのチェックリスト</title><h1>クラウドサービスレベルのチェックリスト</h1><table>"
            + "\n".join(lines) + "</table>" + "".join(f"<p>{html.escape(row['text'])}</p>" for row in rows if "text" in row))


def text_from(rows, columns):
    def cell(text):
        return '"' + text + '"' if "\n" in text else text

    lines = ["\t".join(HEADS.get(column, "") for column in columns)]
    lines += [row.get("banner") or row.get("text") or "\t".join(cell(row[column]) for column in columns) for row in rows]
    return "クラウドサービスレベルのチェックリスト\n\n" + "\n".join(lines) + "\n"


def make_cases(folder):
    """(name, document, what must come out, its fields) of the sheets made here."""
    for seed in range(RIGHT_SEEDS):
        for spoil in [None, *WRONG] if seed < SEEDS else [None]:
            right, columns = rows_of(seed)
            chance = random.Random(f"{seed} {spoil and spoil.__name__}")
            rows, own = [dict(row) for row in right], list(columns)
            if spoil:
                spoil(rows, own, chance)
            for extension, make in (("html", page_from), ("txt", text_from)):
                path = Path(folder, f"{spoil.__name__ if spoil else 'right'}-{seed}.{extension}")
                path.write_text(make(rows, own))
                items = [{field: row.get(field) or None for field in columns if field in FIELDS} for row in right]
                yield path.name, path, items, [field for field in FIELDS if field in columns]


def cases_in(folder):
    for beside in sorted([*Path(folder).glob("*/gold.json"), *Path(folder).glob("*/sheet.json")]):
        inputs = [path for path in beside.parent.glob("input.*") if path.suffix != ".json"]
        gold = json.loads(beside.read_text())
        case = beside.with_name("case.json")
        fields = json.loads(case.read_text())["fields"] if case.exists() else FIELDS
        if inputs:
            yield beside.parent.name, inputs[0], gold["items"] if isinstance(gold, dict) else gold, fields


def cells_of(item, fields):
    """What is said of a row: (field, text), folded for comparing, what is null left out."""
    for field in fields:
        text = item.get(field)
        text = (text or {}).get("text") if isinstance(text, dict) else text
        folded = "".join(unicodedata.normalize("NFKC", text or "").split())
        if folded:
            yield field, folded


def share_right(items, gold, fields):
    """F1 of the cells; rows pair in order, by their names."""
    ours, theirs = ([dict(cells_of(item, fields)) for item in rows] for rows in (items, gold))
    pairs = difflib.SequenceMatcher(None, *([row.get("name", "") for row in rows] for rows in (ours, theirs)), autojunk=False)
    same = sum(len(ours[block.a + step].items() & theirs[block.b + step].items())
               for block in pairs.get_matching_blocks() for step in range(block.size))
    return 2 * same / max(1, sum(map(len, ours)) + sum(map(len, theirs)))


def judged(program, case):
    """(name, share of the cells that is right, codes of what warned, the checks' part of them); None: no sheet came out, which is no silence."""
    name, path, gold, fields = case
    done = subprocess.run([program, "convert", path], capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"}, check=False)
    if done.returncode:
        return None
    sheet = json.loads(done.stdout)
    checks = {check["code"] for check in sheet["checks"] if check["severity"] != "info"}
    notes = {note["code"] for note in sheet["notes"] if note["severity"] != "info"}
    return name, share_right(sheet["items"], gold, fields), checks | notes, checks


def main():
    program, *folders = sys.argv[1:]
    with tempfile.TemporaryDirectory() as made:
        cases = [case for folder in folders or [ROOT / "tests" / "cases"] for case in cases_in(folder)]
        cases += [] if folders else list(make_cases(made))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            found = [each for each in pool.map(lambda case: judged(program, case), cases) if each]
    wrong = [each for each in found if each[1] < RIGHT]
    right = [each for each in found if each[1] >= RIGHT]
    for code in sorted({code for each in found for code in each[3]}):
        counts = collections.Counter(each[1] < RIGHT for each in found if code in each[3])
        print(f"  {code:<24} wrong {counts[True]:4}   right {counts[False]:4}")
    silent, alarms = [each for each in wrong if not each[2]], [each for each in right if each[2]]
    for words, odd in (("wrong, and silent", silent), ("right, and warned of", alarms)):
        for name, share, codes, _ in odd:
            print(f"  {words}: {name} ({share:.3f}) {' '.join(sorted(codes))}")
    print(f"{len(found)} sheets: {len(wrong)} wrong, {len(wrong) - len(silent)} of them warned of; "
          f"{len(right)} right, {len(alarms)} of them warned of; {len(cases) - len(found)} documents are refused")
    return 1 if len(silent) * 10 > len(wrong) or len(alarms) * 20 > len(right) else 0


if __name__ == "__main__":
    sys.exit(main())
