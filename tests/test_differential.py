"""What others make of the same input: robots.txt by Protego (Scrapy's), the words of PDFs by pdftotext, tables of web pages by Chromium."""
import json
import random
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

from painting import WAYS, painted
from testing import ROOT, Skip, each

ROBOTS_FILES = 150  # made up; each is asked some twenty paths


def robots_words(source):
    """A path or an expression of robots.txt."""
    parts = ["a", "b", "ab", "-", "_", "a.pdf", "%41", "%e3%81%82", "%2F", "あ", "?q=1", "*", "x~y", "A"]
    path = "/" + "".join(source.choice(parts + ["/"] * 4) for _ in range(source.randint(0, 5)))
    return re.sub("/+", "/", path)  # to Protego, what is between two of them is a host


def robots_file(source):
    lines = []
    for _ in range(source.randint(1, 4)):
        for _ in range(source.choice((1, 1, 1, 2))):
            lines.append(source.choice(("User-agent: ", "user-agent:", "USER-AGENT : ")) + source.choice(("*", "checksheet", "CheckSheet", "otherbot", "*")))
        for _ in range(source.randint(0, 5)):
            value = robots_words(source) + source.choice(("", "", "", "*", "$", "*.pdf$"))
            lines.append(source.choice(("Disallow: ", "Disallow:", "Allow: ", "allow:", "disallow : ")) + source.choice((value, value, value, "")) + source.choice(("", "", " # why", "  ")))
        if source.random() < .2:
            lines.append(f"Crawl-delay: {source.choice(('1', '2.5', '0'))}")
        lines += source.choice(([], [""], ["# a comment"], ["Sitemap: https://a.example/map.xml"]))
    return source.choice(("\n", "\r\n")).join(lines) + "\n"


def test_robots_against_protego(program):
    try:
        from protego import Protego  # pylint: disable=import-outside-toplevel
    except ImportError as reason:
        raise Skip("python3-protego is missing; ./dev test installs it") from reason
    source, wrong = random.Random(16), []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(ROBOTS_FILES):
            text = robots_file(source)
            paths = [robots_words(source).replace("*", "z") for _ in range(20)]
            path = Path(folder) / "robots.txt"
            path.write_text(text)
            said = subprocess.run([program.path.with_name("part-robots"), path, "checksheet"], input="\n".join(paths) + "\n", capture_output=True, text=True,
                                  check=True).stdout.splitlines()
            judge = Protego.parse(text)
            for one, ours in zip(paths, said):
                theirs = "allowed" if judge.can_fetch("https://a.example" + one, "checksheet") else "disallowed"
                if ours != theirs:
                    wrong.append(f"{one}: {ours}, Protego says {theirs}, of file {number}:\n{text}")
            delay = judge.crawl_delay("checksheet") or 0
            if float(said[-1]) != delay and text.count("Crawl-delay") == 1:  # of several the RFC says nothing
                wrong.append(f"a delay of {said[-1]}, Protego says {delay}, of:\n{text}")
    assert not wrong, f"{len(wrong)} differ\n" + "\n".join(wrong[:3])


PDFS = [str(path.relative_to(ROOT)) for path in [*(ROOT / "corpus").glob("*/*.pdf"), *(ROOT / "tests/cases").glob("*/input.pdf")]]
LEFT_OUT = {"hidden-text", "watermark", "ruby", "struck-out", "form-field", "mark-by-shape", "private-use", "painted-twice"}

# What is lost on purpose, and not noted.
ON_PURPOSE = {"painted: drop shadow": "what is painted twice is there once", "painted: Wingdings as letters": "a letter of a symbol font is its sign",
              "painted: small readings": "how a word is read", "painted: readings as large as the word": "the same", "tests/cases/pdf-ruby-sideways/input.pdf": "the same"}


def characters(text):
    """Letters and digits, each as often as it is there."""
    return Counter(character for character in unicodedata.normalize("NFKC", text) if unicodedata.category(character)[0] in "LN")


@each(PDFS + [f"painted: {way}" for way in WAYS])
def test_words_against_pdftotext(program, name):
    """None is lost, unless a note says that something was left out."""
    if not shutil.which("pdftotext"):
        raise Skip("poppler-utils is missing; ./dev test installs it")
    source = painted(name[9:]) if name.startswith("painted: ") else (ROOT / name).read_bytes()
    theirs = characters(subprocess.run(["pdftotext", "-q", "-", "-"], input=source, capture_output=True, check=True).stdout.decode())
    lost = theirs - characters(program.good("show", "words", "-", stdin=source).text)
    if lost and name not in ON_PURPOSE:
        notes = {note["code"] for note in json.loads(program.good("convert", "-", stdin=source).text)["notes"]}
        assert notes & LEFT_OUT, f"{sum(lost.values())} of {sum(theirs.values())} lost: {''.join(lost)[:60]}; notes {sorted(notes)}"
