"""What others make of the same input: robots.txt by Protego (Scrapy's), the words of PDFs by pdftotext, tables of web pages by Chromium."""
import random
import re
import subprocess
import tempfile
from pathlib import Path

from testing import Skip, each

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
