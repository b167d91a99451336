#!/usr/bin/python3
"""fuzz_seeds.py TARGET - the seeds of a fuzzer: documents of the samples and the cases, and tests/fuzz/seeds/TARGET/. Printed
with a NUL after each, for tests/fuzz/run; test_fuzz.py replays them."""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZE_LIMIT = 64 * 1024

# target: folders, endings
SEEDS = {
    "catalogue": (["patterns", "tests/catalogue"], [".json"]),
    "delimited": ([], []),
    "document": ([], []),
    "fetch": (["tests/fuzz"], [".seed"]),
    "html": (["corpus", "tests/cases"], [".html"]),
    "json": (["out"], [".json"]),
    "link": (["corpus", "tests/cases"], [".html"]),
    "mail": ([], []),
    "manifest": (["corpus", "extract"], [".yaml"]),
    "opendocument": ([], []),
    "pattern": (["patterns"], [".pattern"]),
    "pdf": (["corpus", "tests/cases"], [".pdf"]),
    "road": (["tests/cases"], [".tsv", ".txt"]),
    "style": ([], []),
    "tables": (["tests/cases"], [".tsv", ".txt"]),
    "text": (["corpus", "tests/cases"], [".txt", ".tsv", ".md"]),
    "workbook": (["corpus", "tests/cases"], [".xlsx"]),
}


def seeds_of(target):
    folders, endings = SEEDS[target]
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in endings]
    found += (ROOT / "tests" / "fuzz" / "seeds" / target).glob("*")
    return sorted(path for path in found if path.is_file() and 0 < path.stat().st_size <= SIZE_LIMIT)


if __name__ == "__main__":
    sys.stdout.write("".join(f"{path.relative_to(ROOT)}\0" for path in seeds_of(sys.argv[1])))
