"""Failures are told in English to machines, and in the user's language to people: the messages are made once, in English, and are
translated where they are printed (text/translated.h)."""
import os
import re
import subprocess
import tempfile
from pathlib import Path

from corpora import corpus, sheet
from testing import ROOT, Skip
from web_server import WebServer, document

JAPANESE = {"LANGUAGE": "ja", "LC_ALL": "C.UTF-8"}
CONVERSION = re.compile(r"%(?:(\d+)\$)?[-+ #0-9.']*(?:hh|h|ll|l|z|j)?([diufegxXcs%])")
WORDS = re.compile("[ぁ-ん一-龥]")


def messages():
    """(format, its translation) of each message that has only one form."""
    entries = re.findall(r'^msgid "(.*)"\nmsgstr "(.+)"$', (ROOT / "po/ja.po").read_text(), re.MULTILINE)
    return [tuple(text.encode().decode("unicode_escape").encode("latin-1").decode() for text in entry) for entry in entries]


def filled_in(text, arguments):
    """As printf does."""
    order = iter(arguments)
    return CONVERSION.sub(lambda match: "%" if match[2] == "%" else arguments[int(match[1]) - 1] if match[1] else next(order), text)


def arguments_of(text):
    values = {"s": "a/b", "c": "q", "d": "17", "i": "17", "u": "17", "f": "1.5", "e": "1.5", "g": "1.5", "x": "2f", "X": "2F"}
    return [f"{values[kind]}{number}" if kind == "s" else values[kind] for number, (_, kind) in enumerate(CONVERSION.findall(text)) if kind != "%"]


def translated(program, lines, **environment):
    part = program.path.with_name("part-translated")
    done = subprocess.run([part, program.path.parent / "po"], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True,
                          env={**os.environ, **JAPANESE, **environment})
    assert not done.stderr, done.stderr
    return done.stdout.splitlines()


def test_every_message_is_found_again(program):
    told = [(filled_in(english, arguments_of(english)), filled_in(japanese, arguments_of(english))) for english, japanese in messages()
            if "\n" not in english and len(re.sub("[^A-Za-z]", "", CONVERSION.sub("", english))) >= 6]
    assert len(told) > 400
    found = translated(program, [english for english, _ in told])
    wrong = [f"{english}\n  {is_} instead of\n  {ought}" for (english, ought), is_ in zip(told, found) if is_ != ought]
    # Some formats are others' with an argument filled in.
    assert len(wrong) <= len(told) // 50, "\n".join(wrong)


def test_arguments_and_sides(program):
    lines = {
        "x.zip: y.pdf: is empty; fetch or export it again": "x.zip: y.pdf: 空のファイルです。取得または書き出しをやり直してください",
        "cannot be opened: No such file or directory": None,
        "is empty": "is empty",
        "x/new: is empty": "x/new: is empty",
        "a part of the program that is needed for it cannot be opened (new); install checksheet again, whole":
            "読み取りに必要なプログラムの部品を開けません (new)。checksheet を丸ごと入れ直してください",
        "未知": "未知",
        "": "",
        "100 % of %s and %": "100 % of %s and %",
    }
    for english, is_ in zip(lines, translated(program, list(lines))):
        ought = lines[english]
        assert is_ == ought if ought is not None else WORDS.search(is_), (english, is_)
    assert translated(program, list(lines), LANGUAGE="C") == list(lines)
    assert translated(program, list(lines), LC_ALL="C") == list(lines), "gettext translates nothing there"


def test_a_batch(program):
    """What fails before a process is started, in it, and by its end."""
    if "clang" in program.name:
        raise Skip("a sanitizer has no limit of CPU time that it can keep")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "in").mkdir()
        (folder / "elsewhere").mkdir()
        (folder / "in/link").symlink_to("../elsewhere")
        (folder / "in/empty.pdf").write_bytes(b"")
        (folder / "in/page.html").write_text("<p>Hello")
        os.mkfifo(folder / "in/pipe")
        inputs = ["in", "nosuch.pdf", "https://a:b@vendor.example/x", "http://127.0.0.1:9/x"]
        result = program("convert", "-o", "out", *inputs, folder=folder, environment=JAPANESE)
        ledger = (folder / "out/ledger.jsonl").read_text()
        assert ledger.isascii() and len(ledger.splitlines()) == 7, ledger
        said = [line for line in result.err.splitlines() if line.startswith("checksheet: ")]
        assert len(said) >= 7 and all(WORDS.search(line) for line in said), result.err
        one = program("convert", "in/page.html", folder=folder, environment=JAPANESE)
        assert one.err.strip() in result.err, "one document fails in the same words"
        late = program("convert", "--timeout", "0.001", "-o", "late/", ROOT / "corpus/kazemachi/security-sheet.pdf", folder=folder, environment=JAPANESE)
        assert "limit-wall" in (folder / "late/ledger.jsonl").read_text() and (folder / "late/ledger.jsonl").read_text().isascii()
        assert WORDS.search(late.err), late.err


def test_a_refresh(program):
    with WebServer() as server:
        server.paths["/page"] = document(b"<p>Hello", media_type="text/html")
        server.paths["/sheet"] = document(sheet(), media_type="text/html")
        origins = {"x/page": f"url: {server.url('/page')}", "x/missing": f"url: {server.url('/missing')}", "x/sheet": f"url: {server.url('/sheet')}"}
        with corpus(origins) as sheets:
            result = sheets.refresh(program, "--changes", sheets.folder / "changes.jsonl", environment=JAPANESE)
            records = {record["document"]: record for record in sheets.ledger()}
            assert records["x/page"]["reason"].isascii() and records["x/missing"]["reason"].isascii(), records
            reasons = sheets.rows("select failure_reason from documents where failure_reason is not null")
            assert len(reasons) == 2 and all(reason.isascii() for reason, in reasons), reasons
            for name in ("x/page", "x/missing"):
                line = next(line for line in result.err.splitlines() if f"{name}:" in line)
                assert len(WORDS.findall(line.split(name)[1])) > 3, line
