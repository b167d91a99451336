"""The C is laid out as .clang-format says: ./dev format does it."""
import subprocess

from testing import ROOT


def test_clang_format():
    files = sorted(path for folder in ("extract", "tests") for path in (ROOT / folder).rglob("*.[ch]"))
    done = subprocess.run(["clang-format-14", "--dry-run", "--Werror", *files], capture_output=True, text=True,
                          check=False)
    faults = [line for line in done.stderr.splitlines() if "error:" in line]
    assert done.returncode == 0, "\n".join(line.replace(f"{ROOT}/", "") for line in faults[:10])
