"""Real sheets and other people's cases, which may not be part of the tree: read from ../shared where they are."""
import importlib.util
import json
import unicodedata

from testing import SHARED, Skip, each
from test_schema import check_sheet

# For each sheet the METI items its rows are, in order; None is an extension.
SEEDS = {
    "lstep-2024-04-01": [*range(1, 50)],
    "lstep-2025-11-25": [*range(1, 50), None],
    "logmeets-1.02": [*range(1, 26), 23, None, 42, None, 47, 32, 35, 9, *range(26, 50)],
    "lanscope-cloud": [*range(1, 50), *15 * [None]],
    "lmessage-web": [1, 2, 3, 6, 9, 28, 30, 31, 32, 33, 35, 38, 42, None, 45, 46, 47, 48, None, 40],
}
GOAL = 0.99


def seed(program, name):
    path = SHARED / "seeds" / f"{name}.txt"
    if not path.exists():
        raise Skip("../shared/seeds is not here")
    sheet = json.loads(program.good("convert", path).out)
    check_sheet(sheet)
    return sheet


def codes_of(sheet):
    return {note["code"] for note in sheet["notes"]}


def by_number(sheet):
    return {item["number"]: item for item in sheet["items"]}


@each(SEEDS)
def test_seed_is_mapped(program, name):
    sheet = seed(program, name)
    seen = [item["meti"] and item["meti"]["no"] for item in sheet["items"]]
    wrong = [(place, expected, got) for place, (expected, got) in enumerate(zip(SEEDS[name], seen), 1) if expected != got]
    assert len(seen) == len(SEEDS[name]), f"{len(seen)} items, not {len(SEEDS[name])}; first wrong: {wrong[:3]}"
    assert not wrong, f"(place, expected, got): {wrong}"
    assert all(item["name"] and item["answer"]["text"] for item in sheet["items"] if item["meti"]), "name or answer lost"


def test_seed_with_shifted_rows(program):
    sheet = seed(program, "lstep-2024-04-01")
    items = by_number(sheet)
    for number in map(str, range(39, 43)):
        item = items[number]
        assert (item["category"], item["name"]) == ("セキュリティ", item["meti"]["name"]), (number, item)
        assert item["definition"] and item["unit"], (number, item)
    assert "column-shifted" in codes_of(sheet), codes_of(sheet)


def test_seed_with_lost_definitions(program):
    sheet = seed(program, "lstep-2025-11-25")
    given = [item["number"] for item in sheet["items"] if item["definition"]]
    assert given[:31] == [str(number) for number in range(1, 32)], given
    assert not set(given) & {str(number) for number in range(32, 50)}, given
    assert all(item["unit"] for item in sheet["items"][:49]), "a unit is lost"
    assert "column-missing" in codes_of(sheet), codes_of(sheet)


def test_seed_with_decomposed_text(program):
    text = json.dumps(seed(program, "lmessage-web"), ensure_ascii=False)
    assert unicodedata.is_normalized("NFC", text)
    assert not [character for character in text if "\u2e80" <= character <= "\u2fd5"], "a radical is left"


def test_seed_with_repeated_items(program):
    sheet = seed(program, "logmeets-1.02")
    numbers = [item["number"] for item in sheet["items"]]
    assert numbers == [str(number) for number in range(1, 59) if number != 34], numbers
    repeated = [f"METI-CSL-{number:02}" for number in (9, 23, 32, 35, 42, 47)]
    assert sheet["coverage"]["repeated"] == repeated, sheet["coverage"]


def test_seeds_as_revisions(program):
    """Two revisions of one sheet: what changed is what their table declares; the rest is read otherwise, and no change."""
    paths = [SHARED / "seeds" / f"{name}.txt" for name in ("lstep-2024-04-01", "lstep-2025-11-25")]
    if not paths[0].exists():
        raise Skip("../shared/seeds is not here")
    result = program("diff", "--format", "json", *paths)
    changes = json.loads(result.out)
    numbers = {key: [item["number"] for item in changes[key]] for key in ("changed", "added", "removed", "renumbered")}
    assert result.status == 1 and numbers == {"changed": ["5", "23"], "added": ["50"], "removed": [], "renumbered": []}, numbers
    assert changes["declared"] == {"items": ["5", "23", "50"], "undeclared": [], "unfounded": []}, changes["declared"]
    assert all(list(item["fields"]) == ["answer"] for item in changes["changed"]), changes["changed"]


def test_revisions_among_the_cases(program):
    known = sorted((SHARED / "cases" / "docs").glob("*/changes.json"))
    if not known:
        raise Skip("../shared/cases is not here")
    for path in known:
        expected = json.loads(path.read_text())
        old, new = (next(folder.glob("input.*")) for folder in (path.parent.parent / expected["from"], path.parent))
        changes = json.loads(program("diff", "--format", "json", old, new).out)
        for key in ("changed", "added", "removed"):
            assert [item["name"] for item in changes[key]] == expected[key], (path, key, changes[key])


def score_module():
    path = SHARED / "cases" / "score.py"
    if not path.exists():
        raise Skip("../shared/cases is not here")
    specification = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def scores_of(program, kind):
    """(case, cell F1, METI accuracy) of every case of that kind."""
    score = score_module()
    for folder in sorted((SHARED / "cases" / "docs").iterdir()):
        case = json.loads((folder / "case.json").read_text())
        if case["kind"] != kind:
            continue
        result = program("convert", next(folder.glob("input.*")))
        sheet = json.loads(result.out) if result.status == 0 else None
        if sheet:
            check_sheet(sheet)
        scored = score.score(sheet, json.loads((folder / "gold.json").read_text()), case["fields"])
        yield folder.name, scored["cell_f1"], scored["meti"]["accuracy"]


@each(["pdf-ruled", "web", "text"])
def test_cases(program, kind):
    scores = list(scores_of(program, kind))
    assert scores, f"no case is {kind}"
    table = "\n".join(f"{name:28} cell F1 {cells:.3f}  METI {known:.3f}" for name, cells, known in scores)
    for column in (1, 2):
        assert sum(score[column] for score in scores) / len(scores) >= GOAL, f"the mean is under {GOAL}:\n{table}"


@each(["pdf-unruled", "pdf-hard", "scan"])
def test_hard_cases_end_well(program, kind):
    """What is beyond the goals may fail, with a message; calling the program checks that it does not crash."""
    assert list(scores_of(program, kind)), f"no case is {kind}"
