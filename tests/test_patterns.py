"""Every pattern file passes its own examples, and one that is wrong is shown with its place."""
import shutil
import tempfile
from pathlib import Path

from testing import ROOT


def test_built_in_examples(program):
    program.good("patterns")


def test_files_of_the_tree(program):
    program.good("patterns", "--patterns", ROOT / "patterns")


def check_wrong_file(program, text, *shown):
    with tempfile.TemporaryDirectory() as folder:
        wrong = Path(folder) / "patterns"
        shutil.copytree(ROOT / "patterns", wrong)
        (wrong / "columns.pattern").write_text(text)
        result = program("patterns", "--patterns", wrong)
    said = result.text + result.err
    assert result.status == 1, f"exit {result.status}\n{said}"
    for part in ("columns.pattern", *shown):
        assert part in said, f"{part!r} is not in:\n{said}"


def test_wrong_expression(program):
    check_wrong_file(program, "rule number\n  /(no/\n  + no\n", "2", "^")


def test_wrong_example(program):
    check_wrong_file(program, "rule number\n  /^no$/\n  + number\n", "3", "number")


def test_wrong_line(program):
    check_wrong_file(program, "rule number\n  /^no$/\n  ? no\n", "3", "^")
