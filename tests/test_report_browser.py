"""The report in Debian's Chromium (browser/report.js): every control is used, axe-core finds nothing, nothing is fetched."""
import shutil
import subprocess
import tempfile
from pathlib import Path

from testing import ROOT, Skip, each

BROWSER = ROOT / "tests/browser"
SHEETS = sorted(str(path) for path in (ROOT / "out").glob("*/*.json"))


@each([("one", 1), ("several", 3), ("several", 8)])
def test_in_a_browser(program, kind_and_count):
    kind, count = kind_and_count
    if not shutil.which("chromium") or not shutil.which("node") or not (BROWSER / "node_modules").is_dir():
        raise Skip("chromium, or the npm packages of tests/browser, are missing; ./dev test installs them")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        program.good("report", "-o", file, *(SHEETS * 2)[:count])
        done = subprocess.run(["node", BROWSER / "report.js", kind, file], capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
