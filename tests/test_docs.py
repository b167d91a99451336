"""docs/ and the READMEs: every code has its advice, every link leads somewhere, both languages say the same; the four ends that people
come for, from start to finish. The commands themselves are run by test_readme.py."""
import json
import re
import shutil
import sqlite3
import subprocess
import zipfile

from testing import ROOT, Skip, each

PAGES = [ROOT / "README.md", ROOT / "README.ja.md", *sorted(ROOT.glob("docs/*.md"))]
OPTION = re.compile(r"(?:build/)?checksheet ([a-z]+)((?: [^|<>;&#\n]*)?)")


def blocks(path):
    return re.findall(r"^```sh(?: run)?\n(.*?)^```", path.read_text(), re.MULTILINE | re.DOTALL)


def codes_of_tables():
    text = (ROOT / "out/README.md").read_text()
    tables = text.split("## The codes of notes")[1].split("## What a revision changed")[0]
    return {code for line in re.findall(r"^\| ((?:`[a-z-]+`(?:, )?)+) \|", tables, re.MULTILINE) for code in re.findall("`([a-z-]+)`", line)}


def test_every_code_has_its_advice():
    rows = re.findall(r"^\| [^|]+ \| ((?:`[a-z-]+` ?)+)\|", (ROOT / "docs/notes.md").read_text(), re.MULTILINE)
    advised = [code for row in rows for code in re.findall("`([a-z-]+)`", row)]
    assert len(set(advised)) == len(advised), "a code is there twice"
    assert set(advised) == codes_of_tables(), f"docs/notes.md and out/README.md differ: {sorted(set(advised) ^ codes_of_tables())}"


def test_codes_of_notes_are_those_of_the_program():
    sources = "".join(path.read_text() for path in [*ROOT.glob("extract/**/*.c"), *ROOT.glob("extract/**/*.cc")])
    added = set(re.findall(r'notes_add(?:_\w+)? \([^;"]*?,\s*"([a-z]+(?:-[a-z]+)+|ocr|legend|converted|watermark)"', sources))
    assert added and added <= codes_of_tables(), f"not in out/README.md: {sorted(added - codes_of_tables())}"


@each(PAGES)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
    lost = [link for link in links if not (page.parent / link).exists()]
    assert not lost, lost


@each(PAGES)
def test_options_exist(program, page):
    """Those of commands that are only shown, too."""
    wrong = []
    for command, words in OPTION.findall("\n".join(re.sub(r"'[^']*'|\"[^\"]*\"", "", block) for block in blocks(page))):
        shown = program.good(command, "--help").text
        wrong += [f"{command} {option}" for option in re.findall(r"(?<!\S)--([a-z-]+)", words) if f"--{option}" not in shown]
    assert not wrong, wrong


def shape_of_readme(name):
    """What does not depend on the language: headings by level, commands, rows of tables, options and files that are named, links."""
    text = (ROOT / name).read_text()
    plain = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return {"headings": re.findall(r"^#+", plain, re.MULTILINE), "rows": [line.count("|") for line in plain.splitlines() if line.startswith("|")],
            "commands": [re.sub(r"[ \t]*#.*", "", block) for block in blocks(ROOT / name)],
            "options": sorted(set(re.findall(r"--[a-z][a-z-]+", plain))), "links": sorted(set(re.findall(r"\]\(((?!README)[^)]+)\)", plain)))}


def test_both_readmes_say_the_same():
    english, japanese = shape_of_readme("README.md"), shape_of_readme("README.ja.md")
    assert len(english["commands"]) > 5 and len(english["links"]) > 15
    for part, there in english.items():
        assert there == japanese[part], f"{part}: {there} in English, {japanese[part]} in Japanese"


def folder_of(program, name):
    folder = ROOT / "build" / f"end-{name}-{program.name}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def test_end_three_vendors_for_a_superior(program):
    folder = folder_of(program, "superior")
    documents = ["corpus/mizukurage/checksheet-2025-02-20.pdf", "corpus/tsurubami/cloud-checksheet.pdf", "corpus/yoinoma/service-level.html"]
    program.good("convert", "-o", folder / "sheets", *documents)
    program.good("compare", "--format", "xlsx", "-o", folder / "side.xlsx", folder / "sheets")
    program.good("report", "-o", folder / "report.html", folder / "sheets")
    vendors = [json.loads(path.read_text())["document"]["vendor"] for path in sorted((folder / "sheets").glob("*.json"))]
    strings = zipfile.ZipFile(folder / "side.xlsx").read("xl/worksheets/sheet1.xml").decode() + "".join(
        zipfile.ZipFile(folder / "side.xlsx").read(name).decode() for name in zipfile.ZipFile(folder / "side.xlsx").namelist() if "sharedStrings" in name)
    html = (folder / "report.html").read_text()
    assert len(vendors) == 3
    for vendor in vendors:
        assert vendor in strings and vendor in html, vendor
    assert html.count("<tr id=\"i") == 49
    missing = program.good("compare", "--missing", "--format", "json", folder / "sheets").text
    assert json.loads(missing) is not None


def test_end_watch_every_night(program):
    folder = folder_of(program, "watch")
    shutil.copytree(ROOT / "corpus", folder, dirs_exist_ok=True)
    told = folder / "told"
    night = ["refresh", "--quiet", "--on-change", f"cat >> '{told}'", folder]
    first = program.good(*night)
    assert first.err == "", first.err
    events = [json.loads(line) for line in told.read_text().splitlines()]
    assert events and all(event["event"] == "new" for event in events)
    program.good(*night)
    assert len(told.read_text().splitlines()) == len(events), "told again"
    page = folder / "yoinoma/service-level.html"
    page.write_text("<p>maintenance</p>")
    bad = program(*night)
    assert bad.status == 1 and "yoinoma" in bad.err, bad.err
    assert json.loads(told.read_text().splitlines()[-1])["event"] == "failed"
    shutil.copy(ROOT / "corpus/yoinoma/service-level.html", page)
    program.good(*night)
    assert json.loads(told.read_text().splitlines()[-1])["event"] == "recovered"
    program.good("verify", "--quiet", folder)
    asked = program("history", folder, "yoinoma", "no-such-vendor")
    assert asked.status == 1 and "no-such-vendor" in asked.err and asked.text.startswith("yoinoma/"), asked.err


def test_end_cluster_to_database(program):
    folder = folder_of(program, "cluster")
    for shard in (1, 2):
        program("convert", "--quiet", "--resume", "--shard", f"{shard}/2", "-o", folder / f"shard-{shard}", "corpus/kazemachi", "corpus/mizukurage",
                "corpus/tsurubami", "corpus/yoinoma")
    program.good("merge", "-o", folder / "all", folder / "shard-1", folder / "shard-2")
    program.good("export", "--format", "sqlite", "-o", folder / "sheets.sqlite", folder / "all")
    database = sqlite3.connect(folder / "sheets.sqlite")
    sheets = len(list((folder / "all").glob("*.json")))
    assert sheets == 5
    assert database.execute("select count(*) from documents").fetchone() == (sheets,)
    program.good("export", "--format", "json", "-o", folder / "again", folder / "sheets.sqlite")
    before = sorted(path.read_bytes() for path in (folder / "all").glob("*.json"))
    assert sorted(path.read_bytes() for path in (folder / "again").glob("*.json")) == before


def test_end_embed_by_a_pipe(program):
    """Any language: documents as base64 in, sheets out, a line each. With the library: library.embedded_from_start_to_finish."""
    import base64
    document = (ROOT / "corpus/yoinoma/service-level.html").read_bytes()
    line = json.dumps({"name": "x.html", "base64": base64.b64encode(document).decode()}) + "\n" + json.dumps({"path": "no-such-file"}) + "\n"
    line += json.dumps({"name": "x.html", "base64": base64.b64encode(document).decode(), "passwords": "x"}) + "\n"
    answers = [json.loads(answer) for answer in program.good("convert", "--filter", stdin=line.encode()).text.splitlines()]
    assert answers[0]["format"] == "checksheet/1" and len(answers[0]["items"]) > 20
    assert answers[1]["format"] == "checksheet-failure/1" and answers[1]["reason"]
    assert '"passwords" is not a list' in answers[2]["reason"], answers[2]


PASSWORDS = {"plain": ("open-sesame", []), "japanese": ("ひらけごま", []), "latin": ("café", ["--allow-weak-crypto"])}


@each(PASSWORDS)
def test_password(program, name):
    if not shutil.which("qpdf"):
        raise Skip("qpdf is not installed")
    folder = folder_of(program, f"password-{name}")
    password, more = PASSWORDS[name]
    key = "128" if more else "256"
    given = password.encode("latin-1") if more else password.encode()
    subprocess.run(["qpdf", "--password-mode=bytes", *more, "--encrypt", given, "owner", key, "--", ROOT / "corpus/kazemachi/security-sheet.pdf",
                    folder / "locked.pdf"], check=True)
    (folder / "passwords").write_text(f"wrong\r\n\n{password}\r\n")
    (folder / "wrong").write_text("wrong\n")
    assert program("convert", folder / "locked.pdf").status == 5
    refused = program("convert", "--password-file", folder / "wrong", folder / "locked.pdf")
    assert refused.status == 5 and "wrong" not in refused.err.split(": ", 2)[2], refused.err
    plain = json.loads(program.good("convert", "corpus/kazemachi/security-sheet.pdf").out)
    opened = program.good("convert", "-o", f"{folder}/", "--password-file", folder / "passwords", folder / "locked.pdf")
    sheet = json.loads((folder / "locked.json").read_text())
    assert sheet["items"] == plain["items"] and sheet["notes"] == plain["notes"]
    for text in (opened.err, (folder / "locked.json").read_text(), (folder / "ledger.jsonl").read_text()):
        assert password not in text, "the password is told"
    warned = program.good("convert", "--password", given, folder / "locked.pdf")
    assert "--password-file" in warned.err and password not in warned.err
    assert "--password-file" not in program.good("convert", "--quiet", "--password", given, folder / "locked.pdf").err


def test_pages(program):
    document = "corpus/kazemachi/security-sheet.pdf"
    sheet = json.loads(program.good("convert", "--pages", "1, 3-", document).out)
    pages = {place["page"] for item in sheet["items"] for place in item["place"]}
    assert pages == {1, 3, 4}, pages
    note = [note for note in sheet["notes"] if note["code"] == "pages-left-out"]
    assert len(note) == 1 and "4 pages" in note[0]["text"] and note[0]["text"].rstrip(".").endswith(" 2"), note
    whole = json.loads(program.good("convert", "--pages", "1-4", document).out)
    assert whole["items"] == json.loads(program.good("convert", document).out)["items"]
    assert not [note for note in whole["notes"] if note["code"] == "pages-left-out"]
    for wrong in ("0", "3-1", "x", "1,,2", "", "1-2-3"):
        assert program("convert", "--pages", wrong, document).status == 2, wrong
    beyond = program("convert", "--pages", "9", document)
    assert beyond.status == 6 and "4 pages" in beyond.err, beyond.err
    other = program("convert", "--pages", "1", "corpus/yoinoma/service-level.html")
    assert other.status == 6 and "--pages" in other.err, other.err


def test_resumed_with_other_pages_is_done_again(program):
    folder = folder_of(program, "pages")
    document = "corpus/kazemachi/security-sheet.pdf"
    program.good("convert", "-o", f"{folder}/", "--pages", "1", document)
    program.good("convert", "--resume", "-o", f"{folder}/", document)
    assert not [note for note in json.loads((folder / "security-sheet.json").read_text())["notes"] if note["code"] == "pages-left-out"]


def test_quiet_says_only_what_failed(program):
    folder = folder_of(program, "quiet")
    call = ["convert", "--quiet", "--resume", "-o", folder / "sheets", "corpus/yoinoma"]
    assert program.good(*call).err == "" and program.good(*call).err == ""
    assert "no-such" in program("convert", "--quiet", "-o", folder / "sheets", "no-such", "corpus/yoinoma").err


def test_colours(program):
    call = ["diff", "corpus/mizukurage/checksheet-2024-04-01.pdf", "corpus/mizukurage/checksheet-2025-02-20.pdf"]
    assert b"\033[" in program(*call, "--color", "always", environment={"NO_COLOR": "1"}).out
    for words in ([], ["--color=auto"], ["--color=never"]):
        assert b"\033[" not in program(*call, *words).out
    assert b"\033[" in program.good("compare", "--color=always", "out").out
    assert b"\033[" not in program.good("compare", "out").out


def test_a_folder_with_schemas_has_only_sheets(program):
    result = program.good("compare", "--format", "json", "out")
    assert result.err == "", result.err
