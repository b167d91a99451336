"""The call: help, version, wrong words, formats, the stages that can be shown."""
import csv
import io
import json
import tempfile
from pathlib import Path

from testing import ROOT, each
from test_schema import check_sheet

COMMANDS = ["convert", "merge", "init", "show", "catalogue", "patterns"]
STAGES = ["words", "rules", "grid", "rows", "items"]
PDF = "corpus/kazemachi/security-sheet.pdf"
PAGE = "corpus/yoinoma/service-level.html"

WRONG_CALLS = [(), ("nosuch",), ("--nosuch",), ("convert",), ("convert", "--nosuch", PDF), ("convert", "--format", "nosuch", PDF),
               ("convert", "--jobs", "none", PDF), ("convert", "--shard", "5/4", PDF), ("convert", "--resume", PDF),
               ("convert", "--retry", "nosuch", "-o", "never-made", PDF), ("convert", "--filter", PDF), ("merge", "-o"), ("merge", "corpus"), ("show",), ("show", "nosuch", PDF), ("show", "rows"), ("patterns", "--nosuch")]


def test_version(program):
    assert program.good("--version").text == "checksheet 0.1.0\n"


def test_help_names_every_command(program):
    text = program.good("--help").text
    assert all(command in text for command in COMMANDS), text


@each(COMMANDS)
def test_help(program, command):
    text = program.good(command, "--help").text
    assert f"checksheet {command} " in text and "Example" in text, text


@each(WRONG_CALLS)
def test_wrong_call(program, words):
    result = program(*words)
    assert result.status == 2, f"exit {result.status}\n{result.err}"
    assert result.err and not result.out, f"{len(result.out)} bytes on standard output, on standard error:\n{result.err}"


# What each wrong call names: the option or the file, and what to do.
TOLD = [(("convert", "--password-file", "nosuch", PDF), "nosuch: cannot be opened"), (("convert", "--from-file", "nosuch"), "nosuch: cannot be opened"),
        (("convert", "--null", PDF), "--from-file"), (("merge", "-o", "build", "po"), "convert -o DIR"), (("export", PDF), "csv|ndjson"),
        (("catalogue", "--catalogue", "out/event-1.schema.json"), "checksheet catalogue --format json"), (("export", "--format", "csv", "-", "-"), "only once"),
        (("report", "-", "-"), "only once"), (("compare", "-", "-"), "only once"), (("report",), "SHEET")]


@each(TOLD)
def test_wrong_call_says_what_to_do(program, call):
    words, told = call
    result = program(*words, stdin=b"")
    assert result.status == 2 and told in result.err and not result.out, result.err


@each([("report",), ("compare", "--format", "csv"), ("export", "--format", "csv"), ("show", "page"), ("convert",)])
def test_no_input_is_written_over(program, words):
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "given.svg"
        given.write_bytes((ROOT / PDF).read_bytes())
        result = program(*words, given, "-o", given)
        assert result.status == 2 and "given.svg" in result.err and given.read_bytes() == (ROOT / PDF).read_bytes(), result.err


def test_misspelt_command(program):
    assert "convert" in program("convrt").err


@each(STAGES)
def test_show(program, stage):
    assert program.good("show", stage, PDF).text.strip(), "nothing is shown"


def test_show_rows_as_json(program):
    tables = json.loads(program.good("show", "rows", "--format", "json", PDF).out)["tables"]
    assert tables and all(list(table)[:3] == ["page", "box", "rows"] for table in tables)
    for table in tables:
        assert len(table["box"]) == 4, table["box"]
        assert len({len(row) for row in table["rows"]}) == 1, "the rows are not of one length"
        assert all(isinstance(cell, str) for row in table["rows"] for cell in row)


def test_standard_input(program):
    sheet = json.loads(program.good("convert", "-", stdin=(ROOT / PAGE).read_bytes()).out)
    assert sheet["source"]["uri"] == "-"
    assert sheet["items"] == json.loads(program.good("convert", PAGE).out)["items"]


def test_several_are_lines(program):
    lines = program.good("convert", PDF, PAGE).text.splitlines()
    sheets = [json.loads(line) for line in lines]
    assert [sheet["source"]["uri"] for sheet in sheets] == [PDF, PAGE]
    assert sheets[0] == json.loads(program.good("convert", PDF).out)
    for sheet in sheets:
        check_sheet(sheet)


def test_csv_says_what_json_says(program):
    items = json.loads(program.good("convert", PDF).out)["items"]
    text = program.good("convert", "--format", "csv", PDF).text
    assert text.count("\r\n") >= len(items) + 1
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    fields = ("number", "section", "category", "name", "definition", "unit")
    expected = [[PDF, *(item[field] or "" for field in fields), item["answer"]["text"] or "",
                 item["meti"]["id"] if item["meti"] else ""] for item in items]
    assert [[row[name] for name in ("document", *fields, "answer", "meti_id")] for row in rows] == expected


def test_csv_has_choices_and_plans(program):
    """As the JSON has them, and nothing where an answer is neither."""
    names = ["サービス時間", "計画停止予定通知", "サービス稼働率", "障害発生件数", "バックアップの方法"]
    heads = {"choices": "<th>はい<th>一部<th>いいえ", "by": "<th>標準プラン<th>上位プラン"}
    cells = {"choices": "<td>○<td><td>", "by": "<td>有<td>無"}
    for key in heads:
        rows = "".join(f"<tr><td>{number}<td>{name}{cells[key]}" for number, name in enumerate(names, 1))
        page = f"<meta charset=utf-8><table><tr><th>No.<th>サービスレベル項目{heads[key]}{rows}</table>".encode()
        items = json.loads(program.good("convert", "-", stdin=page).out)["items"]
        text = program.good("convert", "--format", "csv", "-", stdin=page).text
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        assert [json.loads(row[key]) for row in rows] == [item["answer"][key] for item in items], text
        assert not any(row[other] for row in rows for other in {"choices", "by"} - {key}), text


def test_catalogue(program):
    text = program.good("catalogue").text
    assert text.count("METI-CSL-") == 49, text


def test_numbers_do_not_follow_the_locale(program):
    """A comma for the point is no JSON; the run is the same where that locale is not installed."""
    assert program.good("convert", PDF, environment={"LC_ALL": "de_DE.UTF-8"}).out == program.good("convert", PDF).out


def test_an_address_is_told_by_its_scheme(program):
    """Whatever that is; what has none before "://" is the name of a file."""
    for path, said in (("ftp://example.invalid/a.html", "is not a web address"), ("://a.html", "No such file")):
        result = program("convert", path)
        assert result.status == 8 and said in result.err, result.err


def test_help_of_a_command(program):
    """`help COMMAND` is what `COMMAND --help` is; what is misspelt is named, with what is near."""
    assert program.good("help", "compare").text == program.good("compare", "--help").text
    for words, told in ((["help", "comapre"], "did you mean compare?"), (["--hlp"], "unknown option --hlp"),
                        (["export", "--format", "sqlight", "x"], "did you mean sqlite?"), (["convert", "--format", "xml", "x"], "json, ndjson, csv"),
                        (["refresh", "--on-change", "", "corpus"], "--on-change: expected a command")):
        result = program(*words)
        assert result.status == 2 and told in result.err, (words, result.err)
