"""checksheet export: every format holds all of the sheets, other tools read it, and what was exported comes back."""
import csv
import json
import re
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import unquote

from testing import ROOT, Skip, same_text

SHEETS = sorted(ROOT.glob("out/*/*.json")) + sorted(ROOT.glob("tests/cases/*/sheet.json"))
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=x", "''-x", "'plain", 'a "quoted", b', "a\r\nb\nc", "<b>&amp;",
           "\u0001\u001f\u007f", "あ" * 40000, "=あ" * 20000, "'; drop table items; --", "\\u0000 \\n", "\u202e\u200b\ufeff", "null"]


def hostile_sheet(text):
    """A sheet with TEXT in each field that is the vendor's."""
    sheet = json.loads((ROOT / "out/mizukurage/checksheet-2025-02-20.json").read_text())
    sheet["document"].update(title=text, vendor=text, product=text, version=text)
    for item in sheet["items"][:2]:
        item.update(number=text, section=text, category=text, name=text, definition=text, unit=text, other={text: text})
        item["answer"].update(text=text, detail=text)
    sheet["document"]["revisions"][0]["note"] = text
    sheet["newer"] = {"field": [text, 1.5, True, None]}
    return sheet


def unguarded(text):
    return text[1:] if re.match("'+[=+@\t\r-]", text) else text


def exported(program, *words, sheets=SHEETS, **options):
    return program.good("export", *words, *sheets, **options)


def rebuilt(program, folder, source):
    program.good("export", "--format", "json", "-o", folder, source)
    return [path.read_bytes() for path in sorted(folder.glob("*.json"))]


def test_round_trip(program):
    """Nested NDJSON and SQLite rebuild each sheet byte for byte."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hostile = []
        for number, text in enumerate(HOSTILE):
            hostile.append(folder / f"hostile-{number:02}.json")
            hostile[-1].write_text(json.dumps(hostile_sheet(text), ensure_ascii=number % 2 == 0, indent=3))
        sheets = SHEETS + hostile
        exported(program, "--format", "ndjson", "--nested", "-o", folder / "all.ndjson", sheets=sheets)
        exported(program, "--format", "sqlite", "-o", folder / "all.sqlite", sheets=sheets)
        assert sorted(rebuilt(program, folder / "a", folder / "all.sqlite")) == sorted(path.read_bytes() for path in sheets)
        lines = (folder / "all.ndjson").read_bytes().splitlines()
        assert [json.loads(line) for line in lines] == [json.loads(path.read_bytes()) for path in sheets]
        again = program.good("export", "--format", "ndjson", "--nested", folder / "all.ndjson")
        assert again.out == (folder / "all.ndjson").read_bytes()
        again = program.good("export", "--format", "ndjson", "--nested", folder / "all.sqlite")
        assert again.out == (folder / "all.ndjson").read_bytes()
        # A line of NDJSON gets the program's own layout back, in which the expected sheets of cases, whose fingerprint is
        # cut short, are only with a whole one.
        own = [path.read_bytes().replace(b'"sha256:..."', b'"sha256:' + b"0" * 64 + b'"') for path in SHEETS]
        for number, text in enumerate(own):
            (folder / f"own-{number:02}.json").write_bytes(text)
        exported(program, "--format", "ndjson", "--nested", "-o", folder / "own.ndjson", sheets=sorted(folder.glob("own-*.json")))
        assert sorted(rebuilt(program, folder / "b", folder / "own.ndjson")) == sorted(own)


def test_csv(program):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, text in enumerate(HOSTILE):
            (folder / f"{number:02}.json").write_text(json.dumps(hostile_sheet(text)))
        program.good("export", "--format", "csv", "-o", folder / "x.csv", *sorted(folder.glob("??.json")))
        data = (folder / "x.csv").read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
        csv.field_size_limit(1 << 24)
        rows = list(csv.DictReader((folder / "x.csv").open(newline="", encoding="utf-8"), strict=True))
        for row in rows:
            text = HOSTILE[int(row["sheet"]) - 1]
            fields = ["vendor", "product", "title"] + ["number", "section", "category", "name", "definition", "unit",
                                                       "answer", "detail"] * (int(row["item"]) <= 2)
            for field in fields:
                assert unguarded(row[field]) == text, (field, row[field], text)
                assert not re.match("[=+@\t\r-]", row[field]), row[field]
        metadata = json.loads((folder / "x.csv-metadata.json").read_text())
        heads = [[column["name"] for column in table["tableSchema"]["columns"]] for table in metadata["tables"]]
        for table, head in zip(metadata["tables"], heads):
            assert next(csv.reader((folder / table["url"]).open(newline=""))) == head
        count = sum(len(item["answer"]["values"]) for path in folder.glob("??.json")
                    for item in json.loads(path.read_text())["items"])
        assert len(list(csv.reader((folder / "x.values.csv").open(newline="")))) == count + 1
        assert program.good("export", "--format", "csv", "--bom", SHEETS[0]).out.startswith(b"\xef\xbb\xbfsheet,")


def test_ndjson(program):
    """Every key is always there, and always of one type or null."""
    types = {}
    rows = [json.loads(line) for line in exported(program, "--format", "ndjson").text.splitlines()]
    assert len(rows) == sum(len(json.loads(path.read_text())["items"]) for path in SHEETS)
    for row in rows:
        assert list(row) == list(rows[0])
        for key, value in row.items():
            kind = "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__
            types.setdefault(key, set()).add(kind)
    for key, kinds in types.items():
        assert len(kinds - {"NoneType"}) <= 1, (key, kinds)
    assert {"list"} == types["values"] == types["choices"] and {"dict"} == types["other"]


def test_sqlite(program):
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "x.sqlite"
        exported(program, "--format", "sqlite", "-o", path)
        base = sqlite3.connect(path)
        ask = lambda sql: base.execute(sql).fetchall()
        assert ask("pragma integrity_check") == [("ok",)] and ask("pragma foreign_key_check") == []
        sheets = [json.loads(sheet.read_text()) for sheet in SHEETS]
        assert ask("select count(*) from documents") == [(len(sheets),)]
        assert ask("select count(*) from items") == [(sum(len(sheet["items"]) for sheet in sheets),)]
        assert ask('select count(*) from "values"') == [(sum(
            len(item["answer"]["values"]) for sheet in sheets for item in sheet["items"]),)]
        found = ask("select count(*) from search where search match '\"バックアップ\"'")[0][0]
        likes = ask("select count(*) from items where name || '|' || coalesce(definition, '') || '|' || coalesce(answer, '')"
                    " like '%バックアップ%'")[0][0]
        assert found >= likes > 0
        for (view,) in ask("select name from sqlite_master where type = 'view'"):
            ask(f"select * from {view}")
        differing = json.loads(program.good("compare", "--differ", "--format", "json", path).text)["items"]
        assert ask("select no from differing") == [(item["no"],) for item in differing if item["no"] is not None]
        missing = ask("select document, count(*) from missing group by document")
        assert {n: c for n, c in missing} == {number: len(sheet["coverage"]["missing"])
                                              for number, sheet in enumerate(sheets, 1) if sheet["coverage"]["missing"]}
        assert ask("select count(*) from columns")[0][0] > 30
        schema = json.loads((ROOT / "out/checksheet-1.schema.json").read_text())["$defs"]
        for kind in ("revision", "certification", "note", "check"):
            lost = set(schema[kind]["properties"]) - {column for _, column, *_ in ask(f"pragma table_info({kind}s)")}
            assert not lost, f"table {kind}s has no {lost}"


UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
LINE = r"[^\s\ufeff]([^\n\r\u2028\u2029]*[^\s\ufeff])?"  # white space and ends of lines as ECMAScript has them, by whose expressions the schema is
TOKEN = r"[^\W\d][\w.-]*"
TITLE = r"[^\n]+"
# What NIST's JSON schemas of catalogs and of component definitions (release-schemas/ of oscal-compass/compliance-trestle has those of
# OSCAL 1.2, in which all of this is as in 1.1) say of the objects that are written. A key's "!": it must be there. What its value is: an
# expression, "" for Markdown of several lines, or the name of what it holds (a list where it ends in "*"). Keys that the schemas allow
# and that are never written are not here.
OSCAL = {
    "catalog": {"uuid!": UUID, "metadata!": "metadata", "groups": "group*"},
    "component-definition": {"uuid!": UUID, "metadata!": "metadata", "components": "component*", "back-matter": "back-matter"},
    "metadata": {"title!": TITLE, "last-modified!": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "version!": LINE, "oscal-version!": LINE,
                 "roles": "role*", "parties": "party*"},
    "role": {"id!": TOKEN, "title!": TITLE},
    "party": {"uuid!": UUID, "type!": "organization|person", "name": LINE},
    "group": {"title!": TITLE, "props": "property*", "controls": "control*"},
    "control": {"id!": TOKEN, "title!": TITLE, "props": "property*", "parts": "part*"},
    "part": {"name!": TOKEN, "prose": ""},
    "property": {"name!": TOKEN, "ns": r"urn:.+", "value!": LINE, "class": TOKEN, "remarks": ""},
    "component": {"uuid!": UUID, "type!": LINE, "title!": TITLE, "description!": "", "props": "property*", "links": "link*",
                  "responsible-roles": "responsible*", "control-implementations": "implementation*"},
    "responsible": {"role-id!": TOKEN, "party-uuids": [UUID]},
    "implementation": {"uuid!": UUID, "source!": r"[!-~]+", "description!": "", "implemented-requirements!": "requirement*"},
    "requirement": {"uuid!": UUID, "control-id!": TOKEN, "description!": "", "props": "property*"},
    "back-matter": {"resources": "resource*"},
    "resource": {"uuid!": UUID, "title": TITLE, "rlinks": "rlink*"},
    "link": {"href!": r"[!-~]+", "rel": TOKEN},
    "rlink": {"href!": r"[!-~]+", "media-type": LINE, "hashes": "hash*"},
    "hash": {"algorithm!": "SHA-256", "value!": r"[0-9a-f]{64}|\.\.\."},
}


def check_oscal(value, kind):
    if isinstance(kind, list):
        assert value and all(re.fullmatch(kind[0], one) for one in value)
    elif kind.endswith("*") and kind[:-1] in OSCAL:
        assert isinstance(value, list) and value, "an empty list"
        for one in value:
            check_oscal(one, kind[:-1])
    elif kind in OSCAL:
        rules = {key.rstrip("!"): rule for key, rule in OSCAL[kind].items()}
        assert set(value) <= set(rules), (kind, set(value) - set(rules))
        assert {key[:-1] for key in OSCAL[kind] if key.endswith("!")} <= set(value), (kind, list(value))
        for key, one in value.items():
            check_oscal(one, rules[key])
    else:
        assert isinstance(value, str) and (kind == "" or re.fullmatch(kind, value)), (kind, value)


def shown_by_markdown(text):
    """What a text without any mark-up but escapes shows."""
    assert not re.search(r"(?<!\\)(\\\\)*[`*_<>\[\]~]", text), text
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).replace("\n\n", "\n")


def test_oscal(program):
    """The folder is OSCAL, each reference leads somewhere, each item is there with its answer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hostile = []
        for number, text in enumerate(HOSTILE + ["# a\n- b\n1. c *d* _e_ `f` [g](h) <i>", "..", "catalog", "a/../../b"]):
            hostile.append(folder / f"hostile-{number:02}.json")
            hostile[-1].write_text(json.dumps(hostile_sheet(text)))
        sheets = sorted(ROOT.glob("out/*/*.json")) + hostile
        sheets = [sheet for sheet in sheets if not sheet.name.endswith(".changes.json")]
        for place in ("x", "y"):
            exported(program, "--format", "oscal", "-o", folder / place, sheets=sheets)
        documents = {path.name: json.loads(path.read_text()) for path in (folder / "x").iterdir()}
        assert {path.name: json.loads(path.read_text()) for path in (folder / "y").iterdir()} == documents
        controls, uuids = {}, []
        for file, document in documents.items():
            assert len(document) == 1
            for root, body in document.items():
                check_oscal(body, root)
            uuids += re.findall(rf'"uuid": "({UUID})"', json.dumps(document))
            if root == "catalog":
                ids = [control["id"] for group in body["groups"] for control in group["controls"]]
                assert len(set(ids)) == len(ids)
                controls[file] = set(ids)
        assert len(controls["catalog.json"]) == 49
        vendors = [party["uuid"] for document in documents.values() for body in document.values()
                   for party in body["metadata"].get("parties", [])]
        assert len(set(vendors)) == len(vendors) and len(set(uuids)) == len(uuids)

        answers = []
        for document in documents.values():
            body = document.get("component-definition")
            for component in body["components"] if body else []:
                assert component["links"][0]["href"][1:] in [one["uuid"] for one in body["back-matter"]["resources"]]
                assert component["responsible-roles"][0]["party-uuids"] == [body["metadata"]["parties"][0]["uuid"]]
                for implementation in component["control-implementations"]:
                    known = controls[unquote(implementation["source"])]
                    for one in implementation["implemented-requirements"]:
                        assert one["control-id"] in known
                        status = [prop["value"] for prop in one["props"] if prop["name"] == "status"]
                        answers.append((shown_by_markdown(one["description"]), *status))
        wanted = [(re.sub("\n+", "\n", item["answer"]["text"] or "").strip("\n"), item["answer"]["status"])
                  for sheet in sheets for item in json.loads(sheet.read_text())["items"]]
        assert sorted(answers) == sorted(wanted)


def test_other_tools(program):
    """Those that are installed read what was written, and count the same."""
    count = sum(len(json.loads(path.read_text())["items"]) for path in SHEETS)
    ran = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        exported(program, "--format", "csv", "-o", folder / "x.csv")
        exported(program, "--format", "ndjson", "-o", folder / "x.ndjson")
        exported(program, "--format", "sqlite", "-o", folder / "x.sqlite")
        for command in [["mlr", "--icsv", "--ojson", "count", folder / "x.csv"], ["csvstat", "--count", folder / "x.csv"],
                        ["jq", "-s", "length", folder / "x.ndjson"],
                        ["sqlite3", folder / "x.sqlite", "select count(*) from items"],
                        ["sqlite-utils", "query", folder / "x.sqlite", "select count(*) from items"]]:
            if shutil.which(command[0]):
                ran += 1
                done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=900)
                assert str(count) in done.stdout, (command, done.stdout)
    if not ran:
        raise Skip("none of mlr, csvstat, jq, sqlite3, sqlite-utils is installed")


def test_libreoffice(program):
    """It opens the workbook, whose first tab has the catalogue's items down, and the CSV, every cell of it as it was written."""
    if not shutil.which("soffice"):
        raise Skip("LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        exported(program, "--format", "xlsx", "-o", folder / "book.xlsx")
        exported(program, "--format", "csv", "--bom", "-o", folder / "flat.csv")
        (folder / "given").mkdir()
        (folder / "flat.csv").rename(folder / "given/flat.csv")
        for file, options in ((folder / "book.xlsx", []), (folder / "given/flat.csv", ["--infilter=CSV:44,34,76,1,,0,true,false"])):
            subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", *options, "--convert-to",
                            "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", folder, file], capture_output=True, check=True, timeout=900)
        with open(folder / "book.csv", newline="", encoding="utf-8-sig") as file:
            rows = list(csv.reader(file))
        vendors = {json.loads(path.read_text())["document"]["vendor"] for path in SHEETS} - {None}
        assert all(any(vendor in cell for row in rows[:3] for cell in row) for vendor in vendors), rows[:3]
        assert {"Service hours", "Policy on external storage of data"} <= {cell for row in rows for cell in row}, [row[:4] for row in rows]
        with open(folder / "flat.csv", newline="", encoding="utf-8-sig") as file, \
                open(folder / "given/flat.csv", newline="", encoding="utf-8-sig") as given:
            assert list(csv.reader(file)) == list(csv.reader(given))


def test_given_sheets(program):
    """What a SHEET may be, and what is said of the rest."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        nested = exported(program, "--format", "ndjson", "--nested").out
        failure = b'{"format":"checksheet-failure/1","source":{"uri":"lost.pdf"},"status":"damaged","reason":"cut short"}\n'
        mixed = program.good("export", "--format", "ndjson", "--nested", "-", stdin=failure + nested)
        assert mixed.out == nested and "lost.pdf" in mixed.err and "damaged" in mixed.err
        wrong = program("export", "--format", "ndjson", "--nested", "-", stdin=nested + b'{"format": "checksheet/1", "items": 3}\n')
        assert wrong.status == 1 and wrong.out == nested and f"{len(SHEETS) + 1}: " in wrong.err
        flat = program("export", "--format", "ndjson", "-", stdin=exported(program, "--format", "ndjson").out)
        assert flat.status == 3 and "--nested" in flat.err and flat.err.count("\n") == 2, flat.err
        program.good("convert", "-o", folder / "sheets", ROOT / "corpus/mizukurage", ROOT / "corpus/tsurubami")
        (folder / "sheets/ledger.jsonl").open("a").write(
            '{"uri": "bad.pdf", "status": "damaged", "reason": "cut short", "output": null}\n')
        (folder / "sheets/readme.txt").write_text("x")
        told = program.good("export", "--format", "ndjson", "--nested", folder / "sheets")
        assert len(told.out.splitlines()) == 3 and "bad.pdf" in told.err and "readme.txt" in told.err
        documents = program.good("export", "--format", "ndjson", "--nested", ROOT / "corpus/mizukurage")
        assert len(documents.out.splitlines()) == 2
        mixed = program.good("export", "--format", "ndjson", "--nested", ROOT / "corpus/sunadokei", SHEETS[0], "-", SHEETS[1],
                             ROOT / "corpus/yoinoma", stdin=SHEETS[2].read_bytes())
        assert [json.loads(line)["source"]["sha256"] for line in mixed.text.splitlines()[1:4]] == [
            json.loads(path.read_text())["source"]["sha256"] for path in (SHEETS[0], SHEETS[2], SHEETS[1])]
        assert len(mixed.text.splitlines()) == 5
        corpus = folder / "corpus"
        (corpus / "out/v").mkdir(parents=True)
        sheet = json.loads(SHEETS[0].read_text())
        sheet["document"]["vendor"] = None
        (corpus / "out/v/d.json").write_text(json.dumps(sheet))
        (corpus / "out/v/d.changes.json").write_text("{}")
        (corpus / "out/v/old.json").write_text(json.dumps(sheet))
        (corpus / "vendors.yaml").write_text("vendors:\n  - id: v\n    name: 株式会社ブイ\n    documents:\n"
                                             "      - id: d\n        path: d.pdf\n      - id: e\n        path: e.pdf\n")
        rows = program.good("export", "--format", "ndjson", corpus)
        assert {json.loads(line)["vendor"] for line in rows.text.splitlines()} == {"株式会社ブイ"}
        assert "old.json" in rows.err and "e.json" in rows.err


def test_wrong_calls(program):
    sheet = SHEETS[0]
    for words, told in [(["--format", "cvs", sheet], "unknown format"), ([sheet], "--format"), (["--format", "csv"], "SHEET"),
                        (["--format", "sqlite", sheet], "-o"), (["--format", "csv", "--nested", sheet], "--nested"),
                        (["--format", "csv", "-o", sheet, sheet], "at once")]:
        done = program("export", *words)
        assert done.status == 2 and told in done.err and not done.out, (words, done.err)
    gone = program("export", "--format", "csv", "-o", "/tmp/not-there-at-all/x.csv", sheet)
    assert gone.status != 0 and "cannot be written" in gone.err


def test_workbook(program):
    """openpyxl reads what was written: the tabs, each cell's text, no formula; what is too long is said."""
    try:
        import openpyxl
    except ImportError as error:
        raise Skip("python3-openpyxl is not installed") from error
    decoded = lambda text: re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text or "")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, text in enumerate(HOSTILE):
            (folder / f"{number:02}.json").write_text(json.dumps(hostile_sheet(text)))
        done = program.good("export", "--format", "xlsx", "-o", folder / "x.xlsx", *sorted(folder.glob("??.json")))
        assert "longer than a cell can hold" in done.err
        book = openpyxl.load_workbook(folder / "x.xlsx")
        assert book.sheetnames[:2] == ["Compare", "Items"] and len(book.sheetnames) == 2 + len(HOSTILE)
        assert len({tab.lower() for tab in book.sheetnames}) == len(book.sheetnames) and max(map(len, book.sheetnames)) <= 31
        compare = book["Compare"]
        assert compare.freeze_panes == "D2" and compare.auto_filter.ref and compare.max_column == 5 + len(HOSTILE)
        assert [compare.cell(row, 1).value for row in range(2, 51)] == list(range(1, 50))
        assert compare.page_setup.orientation == "landscape" and compare.print_title_rows and compare.print_title_cols
        lines = max(str(cell.value or "").count("\n") + 1 for cell in compare[6])
        assert lines > 3 and compare.row_dimensions[6].height >= 15 * lines, (lines, compare.row_dimensions[6].height)
        for number, text in enumerate(HOSTILE):
            tab = book[book.sheetnames[2 + number]]
            heads = [cell.value for cell in tab[1]]
            cell = tab.cell(2, heads.index("answer") + 1)
            assert cell.data_type in "sn" and not any(c.data_type == "f" for row in tab.iter_rows() for c in row)
            if len(text) <= 32767 and "\r" not in text:
                assert decoded(cell.value) == text, (text, cell.value)
            elif len(text) > 32767:
                assert cell.value.endswith("too long for a cell)") and len(cell.value) <= 32767
        program.good("export", "--format", "xlsx", "-o", folder / "j.xlsx", SHEETS[0], environment={"LANGUAGE": "ja", "LC_ALL": "C.UTF-8"})
        for tab in openpyxl.load_workbook(folder / "j.xlsx").worksheets:
            heads = [cell.value for cell in tab[1]]
            assert not [head for head in heads if head.isascii()], heads  # none is left in English
        again = program.good("export", "--format", "xlsx", *sorted(folder.glob("??.json"))).out
        assert again == (folder / "x.xlsx").read_bytes()
        program.good("compare", "--format", "xlsx", "-o", folder / "c.xlsx", *SHEETS)
        assert openpyxl.load_workbook(folder / "c.xlsx").sheetnames == ["Compare"]
