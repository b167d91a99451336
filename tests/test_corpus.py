"""out = extract (corpus, patterns): the sheets in out/ are what the program makes of corpus/, byte for byte."""
import tempfile
from pathlib import Path

from testing import ACCEPT, ROOT, Skip, each, same_text

VENDORS = [path for path in (ROOT / "corpus").iterdir() if path.is_dir() and path.name != "sources"]
LEDGER = "ledger.jsonl"


def converted(program, vendor, *options):
    """Name -> bytes of what a vendor's folder comes to."""
    with tempfile.TemporaryDirectory() as folder:
        program.good("convert", *options, "-o", folder, f"corpus/{vendor.name}")
        return {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.name != LEDGER}


@each(VENDORS)
def test_out_is_what_comes_out(program, vendor):
    folder = ROOT / "out" / vendor.name
    made = converted(program, vendor)
    if ACCEPT:
        folder.mkdir(exist_ok=True)
        for name, content in made.items():
            (folder / name).write_bytes(content)
    kept = {path.name: path.read_bytes() for path in folder.glob("*.json")}
    assert sorted(kept) == sorted(made), f"{folder} has {sorted(kept)}, the program makes {sorted(made)}"
    for name, content in made.items():
        same_text(kept[name].decode(), content.decode(), name)


@each(VENDORS)
def test_every_run_gives_the_same_bytes(program, vendor):
    first = converted(program, vendor, "--jobs", "1")
    assert first, "nothing came out"
    assert converted(program, vendor, "--jobs", "1") == first, "two runs differ"
    assert converted(program, vendor, "--jobs", "2") == first, "--jobs 2 differs from --jobs 1"


def test_every_sheet_has_its_document():
    if not VENDORS:
        raise Skip("corpus/ is empty")
    strays = [str(path.relative_to(ROOT)) for path in (ROOT / "out").glob("*/*.json")
              if not any((ROOT / "corpus" / path.parent.name).glob(path.stem + ".*"))]
    assert not strays, f"nothing in corpus/ makes {strays}"
