"""No font file is opened for a page with a sound text layer, whether its fonts are embedded or not: a character and its width
are all that is read."""
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from painting import Painting
from testing import ROOT, Skip, each

# Of fonts: their files, what fontconfig knows of them.
FONT = re.compile(r"\.(ttf|ttc|otf|otc|pfa|pfb|pfm|afm|pcf|woff2?)(\.gz)?$|/fonts?/|/fontconfig/|/fonts\.conf$", re.I)


def opened_by(program, path):
    """The files that a conversion opens or looks for, in all of its processes."""
    if not shutil.which("strace"):
        raise Skip("strace is not installed")
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        done = subprocess.run(["strace", "-f", "-qq", "-e", "trace=open,openat,openat2", "-o", log, program.path, "convert", path],
                              cwd=ROOT, capture_output=True, check=False,
                              env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})  # that is a tracer itself
        text = log.read_text(errors="replace") if log.exists() else ""
        if not text:
            raise Skip(f"strace cannot trace here: {done.stderr.decode()[:200]}")
        assert done.returncode == 0, done.stderr.decode()
    return re.findall(r'open(?:at2?)?\([^"\n]*"([^"]*)"', text)


def assert_no_font(opened):
    assert any(re.search(r"lib\w*poppler", path) for path in opened), f"the trace is not whole: {opened[:5]}"
    fonts = sorted({path for path in opened if FONT.search(path)})
    assert not fonts, f"opened or looked for: {fonts[:5]}"


@each(["corpus/kazemachi/security-sheet.pdf", "corpus/mizukurage/checksheet-2025-02-20.pdf",
       "tests/cases/pdf-head-of-two-rows/input.pdf"])
def test_no_font_is_opened_where_they_are_embedded(program, path):
    assert_no_font(opened_by(program, ROOT / path))


def test_no_font_is_opened_where_none_is_embedded(program):
    painting = Painting()
    painting.sheet()
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(painting.pdf())
        file.flush()
        assert_no_font(opened_by(program, file.name))
