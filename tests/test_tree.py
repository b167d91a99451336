"""What must not stand in the tree: names and words of real vendors, paths of a machine."""
import json
import re
import subprocess
import sys
import unicodedata

from testing import ROOT, SHARED, Skip

# Written so that this file does not match itself.
VENDORS = "l[a]nscope|l[s]tep|l[ _]?m[e]ssage|l[o]gmeets|エ[ル]メ|ロ[グ]ミーツ|エ[ム]オーテックス|L[ス]テップ|マ[ネ]クル|ミ[シ]ョナ|時[空]テクノ"
MACHINE = r"(?<![\w.])/(?:w[o]rk|h[o]me|r[o]ot|U[s]ers)/|/t[m]p/(?:build|bash)"
# What names the sheets under test, and nothing else of them.
EXCEPT = {"tests/test_shared.py", "tests/seeds-answers.tsv"}
LONG = 30  # characters: shorter lines are anyone's


def texts():
    """(path, text) of every file that is or could be committed."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                            capture_output=True, check=False)
    if listed.returncode:
        raise Skip("this is no git checkout")
    for name in filter(None, listed.stdout.decode().split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in content:
            yield name, content.decode("utf-8", "replace")


def found(expression, skip=()):
    pattern = re.compile(expression, re.IGNORECASE)
    return [f"{name}:{number}: {line.strip()[:80]}" for name, text in texts() if name not in skip
            for number, line in enumerate(text.splitlines(), 1) if pattern.search(line)]


def test_no_real_vendor():
    hits = found(VENDORS, EXCEPT)
    assert not hits, "\n".join(hits)


def test_no_path_of_a_machine():
    hits = found(MACHINE)
    assert not hits, "\n".join(hits)


def folded(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def test_no_words_of_a_real_sheet():
    seeds = sorted((SHARED / "seeds").glob("*.txt"))
    if not seeds:
        raise Skip("../shared/seeds is not here")
    catalogue = json.loads((SHARED / "meti" / "items.json").read_text())["items"]
    metis = re.compile("|".join(re.escape(folded(item[field])) for field in ("definition", "name") for item in catalogue))
    cells = {metis.sub("", folded(cell)) for path in seeds for cell in re.split(r"[\t\n]| {2}|。 ?", path.read_text())}
    theirs = [cell for cell in cells if len(cell) >= LONG]
    assert theirs, "the seeds have no text"
    hits = [f"{name}: {cell[:60]}" for name, text in texts() for cell in theirs if cell in folded_once(name, text)]
    assert not hits, "\n".join(hits)


def folded_once(name, text, kept={}):  # pylint: disable=dangerous-default-value
    if name not in kept:
        kept[name] = folded(text)
    return kept[name]


def test_python_is_debians():
    assert sys.executable == "/usr/bin/python3", f"run by {sys.executable}"
