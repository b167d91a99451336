"""Every folder of tests/cases/: an input, and the stages of it worth fixing. README.md of tests/ says how."""
import re

from testing import ACCEPT, ROOT, each, same_text

CASES = ROOT / "tests" / "cases"

# The file, and the call whose output it holds.
STAGES = {
    "grid.txt": ("show", "grid"),
    "rows.tsv": ("show", "rows"),
    "items.txt": ("show", "items"),
    "sheet.json": ("convert",),
}


def input_of(case):
    """The input and the folder to run in: a file input.*, or a file `input` that names a document of the tree."""
    if (case / "input").exists():
        return (case / "input").read_text().strip(), ROOT
    inputs = sorted(case.glob("input.*"))
    assert len(inputs) == 1, f"{case} has {len(inputs)} inputs, it should have one"
    return inputs[0].name, case


def without_fingerprint(text):
    """Changes with every pattern file, so a case does not fix it; out/ does."""
    return re.sub(r'"fingerprint": "sha256:[0-9a-f]{64}"', '"fingerprint": "sha256:..."', text)


def check_error(case, result):
    """error.txt: a line "exit N", then one regular expression a line that standard error must match."""
    head, *patterns = (case / "error.txt").read_text().splitlines()
    assert head == f"exit {result.status}", f"{head} expected, exit {result.status} seen\n{result.err}"
    for pattern in patterns:
        assert re.search(pattern, result.err), f"no line matches {pattern!r} in:\n{result.err}"
    assert not result.out, f"an error, and yet standard output has {len(result.out)} bytes"


@each(path for path in CASES.iterdir() if path.is_dir())
def test_stages(program, case):
    name, folder = input_of(case)
    if (case / "error.txt").exists():
        check_error(case, program("convert", name, folder=folder))
        return
    fixed = [file for file in STAGES if (case / file).exists()]
    assert fixed, f"{case} fixes nothing: it has none of {', '.join(STAGES)}, error.txt"
    for file in fixed:
        text = without_fingerprint(program.good(*STAGES[file], name, folder=folder).text)
        if ACCEPT:
            (case / file).write_text(text)
        same_text((case / file).read_text(), text, file)
