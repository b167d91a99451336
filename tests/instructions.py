#!/usr/bin/python3
"""instructions.py PROGRAM [--accept REASON] - what reading ten documents costs, in instructions (valgrind), which a busy machine does
not change, against instructions.tsv. More than 3 % more fails; --accept writes the new counts with the REASON."""
import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "tests" / "instructions.tsv"
MORE = 1.03
DOCUMENTS = ["corpus/kazemachi/security-sheet.pdf", "corpus/mizukurage/checksheet-2024-04-01.pdf", "corpus/tsurubami/cloud-checksheet.pdf",
             "corpus/yoinoma/service-level.html", "corpus/sunadokei/checksheet.txt", "tests/cases/html-merged-cells", "tests/cases/pdf-words-without-lines",
             "tests/cases/pdf-vertical-category", "tests/cases/text-flattened", "tests/cases/workbook-as-shown"]


def input_of(document):
    """A folder is a case: its input."""
    path = ROOT / document
    inputs = [path] if path.is_file() else sorted(file for file in path.glob("input*"))
    return ROOT / inputs[0].read_text().strip() if inputs[0].name == "input" else inputs[0]


def instructions(program, path):
    """Of all processes of a conversion."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/%p", program, "convert", "--no-sandbox", "--memory", "4000",
                        "--timeout", "6000", "--cpu", "6000", path], check=True, capture_output=True, cwd=ROOT, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})
        return sum(int(re.search(r"^(?:summary|totals): (\d+)", file.read_text(), re.M)[1]) for file in Path(folder).iterdir())


def known():
    rows = [line.split("\t") for line in TABLE.read_text().splitlines() if line and not line.startswith("#")] if TABLE.exists() else []
    return {document: (int(count), why) for document, count, why in rows}


def measured(program):
    """(lines for people, {document: count}, what costs too much)"""
    lines, counts, wrong = [], {}, []
    for document in DOCUMENTS:
        counts[document] = instructions(program, input_of(document))
        before = known().get(document, (0, ""))[0]
        share = counts[document] / before - 1 if before else 0
        lines.append(f"{document}: {counts[document] / 1e6:.1f} million, {share:+.1%}")
        if not before or counts[document] > before * MORE:
            wrong.append(lines[-1])
    return lines, counts, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--accept", metavar="REASON")
    options = parser.parse_args()
    lines, counts, wrong = measured(Path(options.program).resolve())
    print("\n".join(lines))
    if options.accept:
        # A count that is within the limit keeps its line, so that small steps do not add up unseen.
        rows = [f"{document}\t{known()[document][0]}\t{known()[document][1]}" if document in known() and known()[document][0] / MORE < count <= known()[document][0] * MORE
                else f"{document}\t{count}\t{options.accept}" for document, count in counts.items()]
        TABLE.write_text("# Instructions of a conversion, starting included; written by tests/instructions.py --accept REASON, which ./dev proof checks.\n" + "\n".join(rows) + "\n")
        return 0
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
