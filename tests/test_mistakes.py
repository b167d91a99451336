"""The deliberate mistakes of mistakes.tsv can still be made, and the tests that must notice them are there (./dev mutate --mistakes makes them)."""
import mutate
from testing import ROOT


def test_each_can_be_made():
    rows = [row.split("\t") for row in (ROOT / "tests/mistakes.tsv").read_text().splitlines() if row and not row.startswith("#")]
    wrong = [f"{path}: {old}" for path, old, *_ in rows if sum(line.strip() == old for line in (ROOT / "extract" / path).read_text().splitlines()) != 1]
    assert not wrong, "lines that are not there exactly once:\n" + "\n".join(wrong)


def test_explained_survivors_are_of_this_code():
    gone = [f"{path}: {old}" for path, old, _ in mutate.known() if old not in map(str.strip, (ROOT / "extract" / path).read_text().splitlines())]
    assert not gone, "\n".join(gone)


def test_a_mutant_is_one_change_of_a_line():
    found = [mutant for path in ("run/ledger.c", "sheet/check.c") for mutant in mutate.mutants_of(path)]
    assert len(found) > 200 and all(mutant.new.strip() != mutant.old for mutant in found), len(found)
    assert {"comparison", "constant", "call", "return"} == {mutant.what for mutant in found}
