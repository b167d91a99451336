"""judgements.pattern: what a person has said of a name wins over what the program would make of it."""
import json
import tempfile
from pathlib import Path

from test_answers import sheet_with

NAME = "バックアップの保管世代"


def item_named(program, *options):
    sheet = sheet_with("有").decode().replace("ログの取得", NAME)
    items = json.loads(program.good("convert", *options, "-", stdin=sheet.encode()).out)["items"]
    return next(item["meti"] and item["meti"]["no"] for item in items if item["name"] == NAME)


def test_judgement_wins(program):
    before = item_named(program)
    with tempfile.TemporaryDirectory() as folder:
        for rule, expected in (("meti-18", 18), ("none", None), ("meti-32", 32)):
            (Path(folder) / "judgements.pattern").write_text(f"compare\nrule {rule}\n  /^{NAME}$/\n  + {NAME}\n")
            assert item_named(program, "--patterns", folder) == expected, (before, rule)
