"""The seeds of the fuzzers (fuzz/, fuzz_seeds.py), which hold what they found too, run through their targets without a crash, a leak
or a broken promise; and the targets are all in the table."""
import re
import subprocess
from pathlib import Path

from fuzz_seeds import SEEDS, seeds_of
from testing import REPORTS, ROOT, SANITIZERS, each


# Targets whose seeds are read by read_only: one that reads none of them tries nothing.
READERS = {"delimited", "document", "html", "opendocument", "pdf", "road", "style", "text", "workbook"}


@each(SEEDS)
def test_seeds(program, target):
    seeds = seeds_of(target)
    assert seeds, "no seeds"
    done = subprocess.run([Path(program.path).with_name("part-replay"), target, *seeds], capture_output=True, text=True, timeout=1200, check=False,
                          env={"LC_ALL": "C.UTF-8", **SANITIZERS})
    assert done.returncode == 0 and not any(report in done.stderr for report in REPORTS), f"exit {done.returncode}\n{done.stderr[-3000:]}"
    assert f"{len(seeds)} inputs" in done.stdout, done.stdout
    assert target not in READERS or int(re.search(r"(\d+) read", done.stdout)[1]) > len(seeds) / 2, f"the target reads none of its seeds: {done.stdout}"


def test_all_are_listed():
    files = {path.stem for path in (ROOT / "tests/fuzz").glob("*.c")} - {"target", "replay"}
    listed = re.search(r"fuzz_targets = \[(.*?)\]", (ROOT / "meson.build").read_text(), re.S)[1]
    assert files == set(SEEDS) == set(re.findall(r"'(\w+)'", listed))
