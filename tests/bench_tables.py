#!/usr/bin/python3
"""bench_tables.py PROGRAM [--without EVIDENCE]… [--fit] [FOLDER] - how well tables are found, and what each kind of evidence buys.

The tables are those of half_drawn.py and, with FOLDER, its docs/*.pdf with the cells of its truth.json ([{"pdf", "tables": [{"page",
"cells": [{"row0", "col0", "row1", "col1", "text"}]}]}]). The measure is the F1 of the pairs of neighbouring cells (M. Göbel and others,
ICDAR 2013). Without --without, each kind of evidence is left out in turn. --fit tries other weights for each and prints those that are
better; the weights are the table in extract/layout/evidence.c.
"""
import argparse
import collections
import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

from half_drawn import LOOKS, Drawing

ROOT = Path(__file__).resolve().parent.parent
FACTORS = (.5, .75, 1.4, 2)


def weights():
    text = (ROOT / "extract/layout/evidence.c").read_text()
    return {name: float(weight) for name, weight in re.findall(r'\{"([a-z-]+)",\s*(-?[\d.]+),', text)}


def relations(table):
    cells = [(cell["row0"], cell["col0"], cell.get("row1", cell["row0"]), cell.get("col1", cell["col0"]),
              re.sub(r"\s", "", unicodedata.normalize("NFKC", cell["text"] or "")).lower()) for cell in table["cells"]]
    cells = [cell for cell in cells if cell[4]]
    places = {(row, column): number for number, cell in enumerate(cells)
              for row in range(cell[0], cell[2] + 1) for column in range(cell[1], cell[3] + 1)}
    rows, columns = (1 + max((cell[part] for cell in cells), default=-1) for part in (2, 3))
    pairs = set()
    for number, (row0, column0, row1, column1, _) in enumerate(cells):
        for row in range(row0, row1 + 1):
            right = next((places[row, column] for column in range(column1 + 1, columns) if (row, column) in places), None)
            pairs |= {(number, right, "right")} if right is not None else set()
        for column in range(column0, column1 + 1):
            below = next((places[row, column] for row in range(row1 + 1, rows) if (row, column) in places), None)
            pairs |= {(number, below, "below")} if below is not None else set()
    return collections.Counter((cells[one][4], cells[other][4], way) for one, other, way in pairs)


def f1(truth, found):
    """Tables are paired by the most pairs of cells that they share."""
    truth, found = [(table.get("page"), relations(table)) for table in truth], [(table.get("page"), relations(table)) for table in found]
    shared = sorted(((sum((one[1] & other[1]).values()), i, j) for i, one in enumerate(truth) for j, other in enumerate(found)
                     if one[0] is None or one[0] == other[0]), reverse=True)
    right, used, paired = 0, set(), set()
    for count, i, j in shared:
        if count and i not in used and j not in paired:
            used.add(i)
            paired.add(j)
            right += count
    whole = sum(sum(table[1].values()) for table in truth + found)
    return 2 * right / whole if whole else 1.0


def truth_of_look(drawing):
    column, cells = drawing.look["merged"], []
    for number, row in enumerate(drawing.rows):
        for place, text in enumerate(row):
            above = number > 1 and place == column and drawing.rows[number - 1][place] == text
            if above:
                next(cell for cell in reversed(cells) if cell["col0"] == place)["row1"] = number
            else:
                cells.append({"row0": number, "col0": place, "row1": number, "col1": place, "text": text})
    return [{"cells": cells}]


def documents(folder):
    """(name, bytes or path, tables) of each."""
    found = []
    for name, look in LOOKS.items():
        drawing = Drawing(look)
        found.append((name, drawing.pdf(), truth_of_look(drawing)))
    truth = json.loads((folder / "truth.json").read_text()) if folder else []
    for document in truth:
        name = document.get("pdf") or document.get("doc")
        path = folder / "docs" / Path(name).name
        if path.exists() and not document.get("alternative_of"):
            found.append((Path(name).stem, path, document["tables"]))
    return found


def mean(program, documents, changed):
    options = [f"--weight={name}={weight}" for name, weight in changed.items()]
    total = 0
    for _, source, truth in documents:
        bytes_ = source if isinstance(source, bytes) else source.read_bytes()
        done = subprocess.run([program, "show", "rows", "--format", "json", *options, "-"], input=bytes_, capture_output=True, check=False)
        total += f1(truth, json.loads(done.stdout)["tables"] if done.returncode == 0 else [])
    return total / len(documents)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    known = weights()
    if wrong := [name for name in options.without if name not in known]:
        sys.exit(f"no evidence {', '.join(wrong)}; expected one of {', '.join(known)}")
    those = documents(options.folder)
    whole = mean(options.program, those, {})
    print(f"{len(those)} documents, mean F1 {whole:.4f}")
    if options.without:
        print(f"without {', '.join(options.without)}: {mean(options.program, those, dict.fromkeys(options.without, 0)):.4f}")
    elif options.fit:
        best = {}
        for name, weight in known.items():
            for factor in FACTORS:
                tried = mean(options.program, those, {**best, name: weight * factor})
                if tried > whole + 1e-5:
                    whole, best[name] = tried, weight * factor
                    print(f"{name}: {weight:g} → {weight * factor:g}, mean F1 {whole:.4f}", flush=True)
    else:
        for name in known:
            without = mean(options.program, those, {name: 0})
            print(f"without {name:16} {without:.4f}  {without - whole:+.4f}", flush=True)


main()
