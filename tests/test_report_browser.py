"""The report in Debian's Chromium (browser/report.js): every control is used, axe-core finds nothing, nothing is fetched."""
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from testing import ROOT, Skip, each

BROWSER = ROOT / "tests/browser"
SHEETS = sorted(str(path) for path in (ROOT / "out").glob("*/*.json"))


def browser_or_skip():
    if not shutil.which("chromium") or not shutil.which("node") or not (BROWSER / "node_modules").is_dir():
        raise Skip("chromium, or the npm packages of tests/browser, are missing; ./dev test installs them")


def use_in_browser(kind, file):
    done = subprocess.run(["node", BROWSER / "report.js", kind, file], capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@each([("one", 1), ("several", 3), ("several", 8)])
def test_in_a_browser(program, kind_and_count):
    kind, count = kind_and_count
    browser_or_skip()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        program.good("report", "-o", file, *(SHEETS * 2)[:count])
        use_in_browser(kind, file)


def test_many_vendors_in_a_browser(program):
    """Thirty: only the columns in view are in the page, and on paper they go in groups of six."""
    browser_or_skip()
    with tempfile.TemporaryDirectory() as folder:
        sheets = []
        for number in range(30):
            sheet = json.loads(Path(SHEETS[number % len(SHEETS)]).read_text())
            sheet["document"]["vendor"] = f"第{number:02}社"
            for item in sheet["items"]:
                item["answer"]["text"] = f"{item['answer']['text'] or ''} {'最終回答' if number == 29 else f'回答{number:02}'}"
            sheets.append(Path(folder) / f"{number:02}.json")
            sheets[-1].write_text(json.dumps(sheet, ensure_ascii=False))
        file = Path(folder) / "report.html"
        program.good("report", "-o", file, *sheets)
        use_in_browser("many", file)
        printed = subprocess.run(["pdftotext", "-layout", f"{file}.pdf", "-"], capture_output=True, text=True, check=True).stdout
    assert "Service hours" in printed.split("\f")[0], "the first page has nothing but the title"
    assert printed.count("最終回答") >= 30 and all(f"回答{number:02}" in printed for number in range(29)), printed[-3000:]
