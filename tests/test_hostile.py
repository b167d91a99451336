"""Files that are made to hurt who reads them (hostile/): each ends in a status that is right for its kind, within its
limits, and a sheet that comes out is whole, or warned of. What takes seconds each is left to ./dev proof."""
import json
import os
import tempfile
from collections import Counter
from pathlib import Path

import hostile
from hostile.kind import SHEET
from painting import ROWS
from test_sandbox import is_sanitized
from testing import Skip

# CPU time, so that a busy machine changes nothing; the other limit is far beyond it.
LIMITS = ("--cpu", "5", "--timeout", "600")
ANSWERS = {row[2]: "".join(row[5].split()) for row in ROWS}


def answers_of(sheet):
    return {item["name"].replace("\n", ""): "".join(str(item["answer"]["text"]).split()) for item in sheet["items"]}


def whole(sheet):
    """Whether all twelve items are there as they were painted."""
    found = answers_of(sheet)
    return all(answer == found.get(name, "") for name, answer in ANSWERS.items())


def faults_of(kind, record, sheets):
    """What is wrong with how one file ended; sentences."""
    if record["status"] not in kind.statuses:
        yield f"{record['status']}, expected one of {', '.join(kind.statuses)} ({record['reason']})"
    reason = record["reason"] or ""
    if any(character < " " or "\x7f" <= character <= "\x9f" for character in reason):
        yield f"control characters in its reason: {reason!r}"
    if record["status"] not in SHEET:
        if record["output"] or not reason:
            yield "failed, with a sheet or without a reason"
        return
    sheet = json.loads((sheets / record["output"]).read_text())
    if not kind.loses and record["status"] == "ok" and not whole(sheet):
        yield f"not whole, and nobody is warned: {answers_of(sheet)}"


def convert_all(program, folder, deep=False, only=lambda group, kind: True, limits=LIMITS):
    """Makes the files, converts them, and gives (records by name, faults)."""
    (folder / "in").mkdir()
    kinds = hostile.write(folder / "in", deep, only)
    program("convert", "-j", str(os.cpu_count()), *limits, "-o", "out/", "in", folder=folder, timeout=6000)
    records = {Path(record["uri"]).name: record for record in map(json.loads, (folder / "out" / "ledger.jsonl").read_text().splitlines())}
    faults = [f"{name}: no record" for name in sorted(kinds.keys() - records.keys())]
    for name, record in sorted(records.items()):
        faults += [f"{name}: {fault}" for fault in faults_of(kinds[name], record, folder / "out")]
    left = {path.name for path in (folder / "out").iterdir()} - {record["output"] for record in records.values()} - {"ledger.jsonl"}
    faults += [f"left behind: {name}" for name in sorted(left)]
    faults += [f"written outside: {path}" for path in Path("/tmp").glob("climbed*")]
    return records, faults


def test_each_ends_as_its_kind_should(program):
    if is_sanitized(program):
        raise Skip("a sanitizer has no limit of memory")
    with tempfile.TemporaryDirectory() as folder:
        records, faults = convert_all(program, Path(folder))
    assert not faults, "\n".join(faults)
    assert not Counter(record["status"] for record in records.values()).keys() & {"crash", "sandbox-violation", "io-error"}


def test_a_page_that_is_not_read_to_its_end_says_so(program):
    """Marked contents in each other without end cost the square of their depth."""
    for depth, cut in ((9_000, False), (300_000, True)):
        file = hostile.pdf.after("/P BMC " * depth + "EMC " * depth)
        sheet = json.loads(program.good("convert", *LIMITS, "-", stdin=file).out)
        assert whole(sheet) and ("page-cut-short" in [note["code"] for note in sheet["notes"]]) == cut, (depth, sheet["notes"])


def test_there_are_enough():
    """300 PDFs of 40 kinds, 60 web pages, 60 workbooks, documents, texts and archives, 20 mails and saved pages."""
    count = {group: sum(kind.count for kind in kinds.values()) for group, kinds in hostile.KINDS.items()}
    assert len(hostile.KINDS["pdf"]) >= 40 and count["pdf"] >= 300, count
    assert count["web"] >= 60 and count["packed"] >= 60 and count["mail"] >= 20, count
