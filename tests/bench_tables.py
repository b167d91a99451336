#!/usr/bin/python3
"""bench_tables.py PROGRAM [--without EVIDENCE]… [--fit [--minutes N]] [FOLDER] - how well tables are found, and what each kind of evidence buys.

The tables are those of half_drawn.py and, with FOLDER, its docs/*.pdf with the cells of its truth.json ([{"pdf", "tables": [{"page",
"cells": [{"row0", "col0", "row1", "col1", "text"}]}]}]). The measure is the F1 of the pairs of neighbouring cells (M. Göbel and others,
ICDAR 2013). Without --without, each kind of evidence is left out in turn. --fit tries other weights for each, as long as N minutes at
most (50 if not said), and prints the lines of the table in extract/layout/evidence.c that are better so. A document is read again only
where the kind is part of one of its decisions, as `show grid --why` says.
"""
import argparse
import collections
import json
import re
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

from half_drawn import LOOKS, Drawing

ROOT = Path(__file__).resolve().parent.parent
EVIDENCE = ROOT / "extract/layout/evidence.c"
LINE = re.compile(r'\{"([a-z-]+)",\s*(-?[\d.]+),')
FACTORS = (.5, .75, 1.4, 2)

# Sums of F1 that differ by less are the same: one pair of cells of a large document.
BETTER = .003


def weights():
    return {name: float(weight) for name, weight in LINE.findall(EVIDENCE.read_text())}


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


def read(program, source, *command):
    bytes_ = source if isinstance(source, bytes) else source.read_bytes()
    done = subprocess.run([program, "show", *command, "-"], input=bytes_, capture_output=True, check=False)
    return done.stdout.decode() if done.returncode == 0 else ""


def score(program, document, changed):
    _, source, truth = document
    text = read(program, source, "rows", "--format", "json", *(f"--weight={name}={weight}" for name, weight in changed.items()))
    return f1(truth, json.loads(text)["tables"] if text else [])


class Bench:
    """Documents and their scores with the weights in use."""

    def __init__(self, program, documents):
        self.program, self.documents = program, documents
        self.scores = [score(program, document, {}) for document in documents]
        why = [read(program, document[1], "grid", "--why") for document in documents]
        self.kinds = [{name for name in weights() if f" {name}" in text} for text in why]

    def mean(self):
        return sum(self.scores) / len(self.scores)

    def deciding(self, name):
        return [number for number, kinds in enumerate(self.kinds) if name in kinds]

    def tried(self, name, changed):
        """The scores with CHANGED weights, of which NAME's is new."""
        scores = list(self.scores)
        for number in self.deciding(name):
            scores[number] = score(self.program, self.documents[number], changed)
        return scores


def fit(bench, minutes):
    best, until, known = {}, time.monotonic() + 60 * minutes, weights()
    names = sorted((name for name in known if bench.deciding(name)), key=lambda name: len(bench.deciding(name)))
    for count, name in enumerate(names, 1):
        for factor in FACTORS:
            if time.monotonic() > until:
                print(f"{minutes:g} minutes are over: {', '.join(names[count - 1:])} not tried or not to the end")
                return best
            scores = bench.tried(name, {**best, name: known[name] * factor})
            if sum(scores) > sum(bench.scores) + BETTER:
                bench.scores, best[name] = scores, round(known[name] * factor, 3)
        print(f"{count}/{len(names)} {name}: {best.get(name, known[name]):g}, {len(bench.deciding(name))} documents, mean F1 {bench.mean():.4f}",
              flush=True)
    return best


def print_lines(best):
    """The lines of the table with the BEST weights, as they are written there."""
    for line in EVIDENCE.read_text().splitlines():
        found = LINE.search(line)
        if found and found[1] in best:
            print(line[:found.start(2)] + f"{best[found[1]]:g}" + line[found.end(2):])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--minutes", type=float, default=50)
    options = parser.parse_intermixed_args()
    known = weights()
    if wrong := [name for name in options.without if name not in known]:
        sys.exit(f"no evidence {', '.join(wrong)}; expected one of {', '.join(known)}")
    bench = Bench(options.program, documents(options.folder))
    print(f"{len(bench.documents)} documents, mean F1 {bench.mean():.4f}", flush=True)
    if options.fit:
        best = fit(bench, options.minutes)
        print(f"mean F1 {bench.mean():.4f}; lines for {EVIDENCE.relative_to(ROOT)}:" if best else "no better weights")
        print_lines(best)
        return
    if options.without:
        without = sum(score(options.program, document, dict.fromkeys(options.without, 0)) for document in bench.documents)
        print(f"without {', '.join(options.without)}: {without / len(bench.documents):.4f}")
        return
    for name in known:
        without = bench.tried(name, {name: 0})
        worse, better = (sum(way * (new - old) > 1e-4 for new, old in zip(without, bench.scores)) for way in (-1, 1))
        print(f"without {name:16} {sum(without) / len(without) - bench.mean():+.4f}  {worse} documents worse, {better} better, "
              f"of {len(bench.deciding(name))} that it is part of", flush=True)


main()
