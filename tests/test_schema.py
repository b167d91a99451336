"""out/checksheet-1.schema.json is the law: what the program writes passes it, and what is wrong does not."""
import copy
import json
import re

import jsonschema

from testing import ROOT, each

SCHEMA = json.loads((ROOT / "out" / "checksheet-1.schema.json").read_text())
LAW = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.draft202012_format_checker)
SHEETS = [*(ROOT / "out").glob("*/*.json"), *(ROOT / "tests" / "cases").glob("*/sheet.json")]


def check_sheet(sheet):
    faults = [f"{'/'.join(map(str, fault.path))}: {fault.message[:200]}" for fault in LAW.iter_errors(sheet)]
    assert not faults, "\n".join(faults[:20])


def parts_of(schema):
    """The schema and all schemas in it, with their place."""
    def walk(part, place):
        if isinstance(part, dict):
            yield part, place
            for key, value in part.items():
                yield from walk(value, f"{place}/{key}")
        elif isinstance(part, list):
            for number, value in enumerate(part):
                yield from walk(value, f"{place}/{number}")
    return walk(schema, "")


# Only here where the document has them.
MAY_BE_ABSENT = {"struck", "choices", "by", "member"}


def test_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_field_is_described_and_every_object_closed():
    for part, place in parts_of(SCHEMA):
        for name, field in (part.get("properties") or {}).items() if "type" in part else ():
            target = SCHEMA["$defs"][field["$ref"].split("/")[-1]] if "$ref" in field else field
            assert target.get("description"), f"{place}/{name} has no description"
        if "properties" in part and part.get("type") == "object":
            assert part.get("additionalProperties") is False, f"{place} takes any key"
            left_out = [name for name in part["properties"] if name not in part["required"]] if "required" in part else []
            assert set(left_out) <= MAY_BE_ABSENT, f"{place}: keys may be left out"
            assert part.get("required", []) == [name for name in part["properties"] if "required" in part and name not in left_out]
            assert "required" in part or part.get("minProperties"), f"{place}: keys may be left out"


def test_codes_of_notes_are_explained():
    used = {code for path in (ROOT / "extract").rglob("*.c")
            for code in re.findall(r'(?:notes_add|fate_note_page) \([^";]*"([a-z-]+)"', path.read_text())}
    codes = (ROOT / "out" / "README.md").read_text().split("## The codes of notes")[1].split("\n## ")[0]
    explained = set(re.findall(r"^\| `([a-z-]+)` \|", codes, re.MULTILINE))
    assert used and used <= explained, f"not in out/README.md: {used - explained}"
    assert explained <= used, f"no longer used: {explained - used}"


def test_codes_of_checks_are_explained():
    used = set(re.findall(r'^    \{"([a-z-]+)", \w+, NOTE_', (ROOT / "extract" / "sheet" / "check.c").read_text(), re.MULTILINE))
    used |= {"item-unread", "text-unread"}
    table = (ROOT / "out" / "README.md").read_text().split("## The codes of checks")[1].split("\n## ")[0]
    explained = {code for line in re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE) for code in re.findall("`([a-z-]+)`", line)}
    assert len(used) > 20 and used == explained, used ^ explained


@each(SHEETS)
def test_sheet_passes(path):
    text = path.read_text().replace("sha256:...", "sha256:" + 64 * "0")
    check_sheet(json.loads(text))


def changed(sheet, path, value):
    """A copy with the value at PATH replaced, or taken away for None."""
    sheet = copy.deepcopy(sheet)
    *above, last = path
    at = sheet
    for key in above:
        at = at[key]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return sheet


WRONG = [(("format",), "checksheet/2"), (("items",), []), (("items", 0, "name"), ""), (("items", 0, "extra"), 1),
         (("items", 0, "answer", "status"), "maybe"), (("source", "sha256"), "0"), (("coverage", "mapped"), 50),
         (("items", 0, "place", 0), {"page": 0, "box": [0, 0, 1, 1]}), (("document", "issued"), "2024/4/1"),
         (("document", "issued"), "2024-02-31"), (("items", 0, "meti"), {"id": "METI-CSL-50"}),
         (("items", 0, "other"), {"備考": None}), (("made_by", "fingerprint"), None), (("notes",), None)]


def test_wrong_sheets_fail():
    assert SHEETS, "there is no sheet to spoil"
    sheet = json.loads(sorted(SHEETS)[0].read_text())
    for path, value in WRONG:
        assert not LAW.is_valid(changed(sheet, path, value)), f"{path} = {value!r} passes"
