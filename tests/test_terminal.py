"""What documents, file names, servers and corpora say never reaches a terminal as a command or as a change of direction: every
command that prints to people is given control and bidi characters in each place where words of others stand."""
import json
import re
import shutil
import tempfile
from pathlib import Path

from corpora import corpus, sheet
from testing import each

C0 = "\x01\x07\x08\x0b\x0c\x0e\x1b\x1f\x7f"
OTHERS = "\x80\x85\x90\x9b\x9d\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"
BAD = "a" + C0 + OTHERS + "\x1b[31mz"
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
OWN = re.compile("\x1b\\[[0-9;]*[mK]|\r")  # colours and the line of progress: on a terminal only
NAME = "name" + BAD.replace("\x0b", "") + ".html"


def bad_page(words=OTHERS):
    """HTML turns C0 controls into others; the rest comes through."""
    return sheet({2: f"はい{words}です", 3: f"{words}"}, title=f"チェック{words}シート", head=f"<p>株式会社{words}サンプル</p>")


def bad_json(program, folder, name, words=BAD):
    """The JSON of a sheet, with WORDS in every text."""
    whole = json.loads(program.good("convert", "-", stdin=sheet()).out)
    for item in whole["items"][:4]:
        item["answer"]["text"] = "はい" + words
        item["number"], item["name"], item["category"] = words, item["name"] + words, words
        item["other"] = {words: words}
    whole["document"].update(title=words, vendor=words, product=words, version=words)
    whole["source"]["uri"] = words
    (folder / name).write_text(json.dumps(whole, ensure_ascii=False))
    return name


def assert_safe(text, what):
    found = UNSAFE.search(text)
    assert not found, f"{what}: {found[0]!r} at {found.start()} in {text[max(0, found.start() - 60):found.end() + 60]!r}"


def said(program, folder, *words):
    result = program(*words, folder=folder)
    assert_safe(result.err, f"standard error of {words}")
    return result


def shown(program, folder, *words):
    result = said(program, folder, *words)
    text = result.out.decode()
    assert_safe(text, f"standard output of {words}")
    return text


def on_terminal(program, folder, *words):
    """What a terminal gets of both outputs, without the program's own colours."""
    return OWN.sub("", program.on_terminal(*words, folder=folder))


@each(["words", "rules", "grid", "rows", "items"])
def test_stages(program, stage):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / NAME).write_bytes(bad_page())
        shown(program, folder, "show", stage, NAME)
        if stage == "grid":
            shown(program, folder, "show", stage, "--why", NAME)


def test_texts_are_shown_though(program):
    """What is left out of a stage is the control, not the words."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.html").write_bytes(bad_page("\u202e"))
        assert "はい?です" in shown(program, folder, "show", "rows", "a.html")


def test_convert(program):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / NAME).write_bytes(bad_page())
        (Path(folder) / ("no" + NAME)).write_bytes(b"<title>" + BAD.encode() + b"</title><p>nothing")
        (Path(folder) / ("cut" + NAME + ".pdf")).write_bytes(b"%PDF-1.7\n" + BAD.encode())
        for words in ([NAME], ["no" + NAME], ["cut" + NAME + ".pdf"], ["missing" + BAD], ["."], ["-o", "no" + NAME + "/x/y", NAME],
                      ["-o", BAD + "/", NAME, "no" + NAME], ["--format", BAD, NAME], ["--" + BAD], ["http://" + BAD + "/"],
                      ["https://example.invalid/" + BAD], ["--patterns", BAD, NAME]):
            said(program, folder, "convert", "--verbose", *words)
        assert_safe(on_terminal(program, folder, "convert", "--verbose", "-o", "out/", NAME, "no" + NAME), "the terminal")
        said(program, folder, BAD)


def test_a_sheet_in_json(program):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        good, bad = bad_json(program, folder, "good.json", "よい"), bad_json(program, folder, "bad.json")
        name = str(shutil.copy(folder / bad, folder / NAME.replace("html", "json")))
        for words in (["diff", good, bad], ["diff", bad, good], ["compare", good, bad], ["compare", name, bad], ["compare", "--item", BAD, bad]):
            shown(program, folder, *words)
            assert_safe(on_terminal(program, folder, *words), words)
        for stage in ("items", "rows"):
            shown(program, folder, "show", stage, bad)
        for words in (["convert", bad], ["export", "--format", "csv", "-o", BAD, bad], ["report", "-o", "r.html", bad],
                      ["compare", "--format", "json", bad], ["export", "--format", "sqlite", "-o", BAD + "/x", bad]):
            said(program, folder, *words)
        text = program.good("convert", bad, folder=folder).text
        assert "\u202e" in text and "\x9b" in text, "data keeps its characters"


def test_knowledge(program):
    """Pattern files and catalogues are other people's too."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Path(folder) / "catalogue.json"
        whole = json.loads(program.good("catalogue", "--format", "json").out)
        whole["items"][0]["name"] += BAD
        catalogue.write_text(json.dumps(whole, ensure_ascii=False))
        shown(program, folder, "catalogue", "--catalogue", "catalogue.json")
        (Path(folder) / "broken.pattern").write_text("[" + BAD + "\n" + BAD + " = (" + BAD + "\n")
        shown(program, folder, "patterns", "broken.pattern")


def test_corpora(program):
    with corpus({"x/a": "path: a.html", "x/b": "path: b.html"}) as sheets:
        (sheets.folder / "a.html").write_bytes(bad_page())
        (sheets.folder / "b.html").write_bytes(b"<p>" + OTHERS.encode())
        sheets.refresh(program, "--summary", "json")
        (sheets.folder / "a.html").write_bytes(bad_page(OTHERS + "!"))
        said(program, sheets.folder, "refresh", "--on-change", "cat >/dev/null", ".")
        shown(program, sheets.folder, "history", ".")
        shown(program, sheets.folder, "history", ".", "x/a")
        (sheets.folder / "store" / ("0" + BAD)).write_bytes(b"")
        shown(program, sheets.folder, "verify", ".")
        (sheets.folder / "vendors.yaml").write_text("vendors:\n- id: \"" + OTHERS.replace("\x85", "") + "\"\n")
        said(program, sheets.folder, "refresh", ".")
