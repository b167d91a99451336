"""What a refresh tells operators: events, each once, of what fails, comes back, changes or is listed no longer; a summary; the log; and what
is no news: pages and PDFs of which only the bytes are others."""
import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import time

import jsonschema

from corpora import corpus, sheet, sum_of
from test_diff import ANSWERED, PLAIN, table
from testing import ROOT, Skip
from web_server import WebServer, document, slow, status

LAW = jsonschema.Draft202012Validator(json.loads((ROOT / "out/event-1.schema.json").read_text()))


def page(body, etag=None):
    return document(body, etag, media_type="text/html")


class Watched:
    """A corpus whose events are kept: those that the command got, and the lines of --changes."""

    def __init__(self, program, sheets):
        self.program, self.sheets = program, sheets
        self.told, self.changes = sheets.folder / "told", sheets.folder / "changes.jsonl"

    def refresh(self, *words):
        """What is new since the last call: (the command's events, the lines of the file, the result)."""
        sizes = [path.stat().st_size if path.exists() else 0 for path in (self.told, self.changes)]
        result = self.sheets.refresh(self.program, "--on-change", f"cat >> {self.told}", "--changes", self.changes, *words)
        new = [[json.loads(line) for line in path.read_bytes()[size:].splitlines()] if path.exists() else []
               for path, size in zip((self.told, self.changes), sizes)]
        for event in new[0] + [line for line in new[1] if "event" in line]:
            LAW.validate(event)
        return *new, result

    def kinds(self, *words):
        told, lines, _ = self.refresh(*words)
        return [event["event"] for event in told], [line["change"] for line in lines]


def test_each_thing_is_told_once(program):
    with WebServer() as server, corpus({"x/a": f"url: {server.url('/a')}", "y/b": f"url: {server.url('/b')}"}) as sheets:
        watched = Watched(program, sheets)
        server.paths["/a"], server.paths["/b"] = page(sheet()), page(sheet())
        assert watched.kinds() == (["new", "new"], [])
        assert watched.kinds() == ([], [])
        server.paths["/a"] = page(sheet({2: "新"}, items=9))
        told, lines, _ = watched.refresh()
        assert [line["change"] for line in lines] == ["added", "changed"]
        event, = told
        assert event["event"] == "revised" and event["document"] == "x/a" and event["vendor"] == "x", event
        assert (event["old_sha256"], event["new_sha256"]) == (sum_of(sheet()), sum_of(sheet({2: "新"}, items=9)))
        assert {name: event["changes"][name] for name in ("added", "removed", "changed")} == {"added": 1, "removed": 0, "changed": 1}
        assert [item["number"] for item in event["changes"]["items"]] == ["9", "2"]
        server.paths["/b"] = status(403)
        told, lines, result = watched.refresh()
        assert result.status == 1 and [event["event"] for event in told] == ["failed"] and lines == told
        assert told[0]["status"] == "fetch-error" and "(403)" in told[0]["reason"] and told[0]["tries"] == 1
        since = told[0]["since"]
        time.sleep(1.1)
        assert watched.kinds() == ([], [])
        server.paths["/b"] = status(404)
        told, _, _ = watched.refresh()
        assert [(event["event"], event["since"], event["tries"]) for event in told] == [("gone", since, 3)]
        server.paths["/b"] = status(403)
        assert watched.kinds() == ([], [])
        assert sheets.rows("select failure, failed_since, tries from documents where id = 'y/b'") == [("fetch-error", since, 4)]
        history = program.good("history", sheets.folder, "y").text
        assert f"failing since {since[:10]} (4 tries): fetch-error: " in history and "(403)" in history, history
        record = json.loads(program.good("history", "--format", "json", sheets.folder, "y").text)
        assert record["failure"]["tries"] == 4 and record["failure"]["since"] == since
        server.paths["/b"] = page(sheet())
        told, lines, _ = watched.refresh()
        assert [(event["event"], event["since"]) for event in told] == [("recovered", since)] and lines == told
        assert json.loads(program.good("history", "--format", "json", sheets.folder, "y").text)["failure"] is None
        server.paths["/b"] = status(410)
        assert watched.kinds() == (["gone"], ["gone"])
        assert len({json.loads(line)["id"] for line in watched.told.read_text().splitlines()}) == 7


def test_bytes_that_are_no_sheet_and_lost_files_are_told(program):
    with WebServer() as server, corpus({"x/a": f"url: {server.url('/a')}", "x/f": "path: f.html"}) as sheets:
        watched = Watched(program, sheets)
        server.paths["/a"] = page(b"<p>nothing here", '"1"')
        (sheets.folder / "f.html").write_bytes(sheet())
        told, _, _ = watched.refresh()
        assert {(event["document"], event["event"], event["status"]) for event in told} == {("x/a", "failed", "no-sheet"), ("x/f", "new", "ok")}
        (sheets.folder / "f.html").unlink()
        told, _, result = watched.refresh()
        assert [(event["document"], event["event"]) for event in told] == [("x/f", "gone")] and result.status == 3


def test_a_command_that_fails_is_told_again(program):
    with WebServer() as server, corpus({"x/a": f"url: {server.url('/a')}"}) as sheets:
        server.paths["/a"] = page(sheet())
        result = sheets.refresh(program, "--on-change", "exit 3")
        assert result.status == 8 and "status 3" in result.err and "1 new" in result.err, result.err
        result = sheets.refresh(program, "--on-change", "cat")
        assert result.out == b"" and '"event":"new"' in result.err, "its standard output is our standard error"
        assert '"event"' not in sheets.refresh(program, "--on-change", "cat").err
        server.paths["/a"] = page(sheet({1: "二"}))
        sheets.refresh(program)
        assert '"event"' not in sheets.refresh(program, "--on-change", "cat").err, "what nobody asked for is not told later"


def test_a_document_that_is_listed_no_longer(program):
    with WebServer() as server:
        origins = {name: f"url: {server.url('/' + name)}" for name in ("x/a", "x/b", "y/c")}
        for name in origins:
            server.paths["/" + name] = page(sheet({1: name}), '"1"')
        with corpus(origins) as sheets:
            watched = Watched(program, sheets)
            watched.refresh()
            before = sheets.files()
            sheets.write({"x/a": origins["x/a"]})
            assert "retired" not in sheets.refresh(program, "--only", "x").err
            assert "2 retired" in sheets.refresh(program, "--dry-run").err and (sheets.folder / "out/y/c.json").exists()
            told, lines, result = watched.refresh()
            assert "1 unchanged" in result.err and "2 retired" in result.err and lines == told, result.err
            assert [(event["event"], event["document"]) for event in told] == [("retired", "x/b"), ("retired", "y/c")]
            assert not (sheets.folder / "out/x/b.json").exists() and not (sheets.folder / "out/y").exists()
            assert len(sheets.stored()) == 3 and len(sheets.rows("select * from revisions")) == 3
            assert "retired" in program.good("history", sheets.folder, "y/c").text
            assert watched.kinds() == ([], [])
            sheets.write(origins)
            server.log.clear()
            told, _, result = watched.refresh()
            assert [(event["event"], event["document"]) for event in told] == [("restored", "x/b"), ("restored", "y/c")], told
            assert "2 remade, 1 unchanged" in result.err, result.err
            assert all("if-none-match" in request.headers for request in server.log if request.path != "/robots.txt")
            after = sheets.files()
            assert all(before[name][1] == after[name][1] for name in before if name.startswith("out/"))


NONCES = {
    "token": '<form><input type="hidden" name="csrf" value="{}"></form>',
    "script": '<script nonce="{0}">var session = "{0}";</script>',
    "comment": "<!-- made at {} -->",
    "attribute": '<div data-session="{}"></div>',
    "meta": '<meta name="csrf-token" content="{}">',
    "address": '<img src="/pixel?session={}">',
}


def test_a_page_of_which_only_bytes_change_is_no_revision(program):
    with WebServer() as server, corpus({f"x/{name}": f"url: {server.url('/' + name)}" for name in NONCES}) as sheets:
        watched = Watched(program, sheets)
        for number in range(4):
            for name, nonce in NONCES.items():
                server.paths["/" + name] = page(sheet(title=name, head=nonce.format(f"{number * 7919 + 10 ** 9:016x}")))
            told, lines, result = watched.refresh()
            assert (len(told), lines) == (6 if number == 0 else 0, []), f"{number}: {result.err}"
        assert "6 unchanged" in result.err and "the same content" in result.err, result.err
        assert len(sheets.stored()) == 6 and sheets.rows("select count (*) from revisions") == [(6,)]
        assert {record["status"] for record in sheets.ledger()} == {"not-modified"}
        assert sheets.rows("select count (*) from documents where same_sha256 is not null") == [(6,)]
        server.paths["/token"] = page(sheet({3: "新"}, title="token", head=NONCES["token"].format("fff")))
        server.paths["/meta"] = page(sheet(title="別の題", head=NONCES["meta"].format("fff")))
        told, lines, result = watched.refresh()
        assert "2 revised" in result.err and sorted(line["change"] for line in lines) == ["changed", "revised"], result.err
        assert program("verify", sheets.folder).text == ""


def with_dates(pdf, number):
    pdf = re.sub(rb"D:20\d{12}", b"D:20%012d" % (260101000000 + number), pdf)
    return re.sub(rb"/ID ?\[ ?<[0-9A-Fa-f]{32}>", lambda match: match.group()[:-33] + b"%032x>" % number, pdf)


def test_a_pdf_of_which_only_dates_change_is_no_revision(program):
    pdf = (ROOT / "corpus/mizukurage/checksheet-2025-02-20.pdf").read_bytes()
    if with_dates(pdf, 1) == pdf:
        pdf += b"\n% D:20250101000000\n"
    with WebServer() as server, corpus({"x/a": f"url: {server.url('/a')}"}) as sheets:
        for number in range(3):
            server.paths["/a"] = document(with_dates(pdf, number))
            result = sheets.refresh(program)
            assert ("1 new" if number == 0 else "1 unchanged") in result.err, result.err
        assert len(sheets.stored()) == 1


def test_a_summary_for_machines(program):
    with WebServer() as server, corpus({"x/a": f"url: {server.url('/a')}", "x/b": f"url: {server.url('/b')}"}) as sheets:
        server.paths["/a"] = page(sheet())
        result = sheets.refresh(program, "--summary", "json")
        summary = json.loads(result.text)
        assert result.status == 1 and summary["format"] == "checksheet-summary/1" and summary["documents"] == 2
        assert summary["outcomes"] == {"new": 1, "revised": 0, "remade": 0, "unchanged": 0, "failed": 1, "retired": 0}
        assert summary["statuses"] == {"ok": 1, "fetch-error": 1} and summary["seconds"] >= 0
        failed, = summary["failed"]
        assert failed["document"] == "x/b" and failed["gone"] and failed["status"] == "fetch-error" and "(404)" in failed["reason"]
        assert program("refresh", "--summary", "xml", sheets.folder).status == 2


def test_times_in_the_log_only_where_it_is_no_terminal(program):
    with WebServer() as server, corpus({"x/a": f"url: {server.url('/a')}"}) as sheets:
        server.paths["/a"] = page(sheet())
        lines = sheets.refresh(program).err.splitlines()
        assert len(lines) == 2 and all(re.match(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ ", line) for line in lines), lines
        server.paths["/a"] = page(sheet({1: "二"}))
        said = program.on_terminal("refresh", "--allow-private-addresses", sheets.folder, outputs=("stderr",))
        assert "Z " not in said and "revised" in said, said


def test_the_ledger_has_a_record_as_each_document_ends(program):
    with WebServer() as server, corpus({f"x/{name}": f"url: {server.url('/' + name)}" for name in "abc"}) as sheets:
        for name in "ac":
            server.paths["/" + name] = page(sheet({1: name}))
        server.paths["/b"] = page(sheet({1: "b"}))
        sheets.refresh(program)
        server.paths["/b"] = slow(sheet({1: "二"}), 60)
        refresh = subprocess.Popen([program.path, "refresh", "--allow-private-addresses", sheets.folder], stderr=subprocess.DEVNULL)
        while len((sheets.folder / "ledger.jsonl").read_text().splitlines()) < 4:
            time.sleep(0.02)
        refresh.kill()
        refresh.wait()
        records = [json.loads(line) for line in (sheets.folder / "ledger.jsonl").read_text().splitlines()]
        assert [record["status"] for record in records[:3]] == ["ok"] * 3 and records[3]["document"] in ("x/a", "x/c")


def test_a_corpus_of_an_older_program(program):
    """Its database gets the new columns; until then it is said what to do."""
    with WebServer() as server, corpus({"x/a": f"url: {server.url('/a')}"}) as sheets:
        server.paths["/a"] = page(sheet(), '"1"')
        sheets.refresh(program)
        with contextlib.closing(sqlite3.connect(sheets.folder / "corpus.db")) as database:
            for column in ("failure", "failure_reason", "failed_since", "tries", "told", "retired", "same_sha256", "same_seen"):
                database.execute(f"alter table documents drop column {column}")
            database.execute("drop table events")
            database.execute("pragma user_version = 1")
            database.commit()
        older = program("history", sheets.folder)
        assert older.status == 2 and "older program" in older.err, older.err
        assert "1 unchanged" in sheets.refresh(program).err
        assert program.good("history", sheets.folder).text and program("verify", sheets.folder).text == ""


def test_the_commands_of_the_documentation(program):
    """docs/alerts.md: mail into a file, chat and webhook to a server here."""
    if not shutil.which("jq") or not shutil.which("curl"):
        raise Skip("jq and curl are not installed")
    commands = [re.search(r"--on-change ('.*') /srv", line).group(1)
                for line in (ROOT / "docs/alerts.md").read_text().splitlines() if line.startswith("checksheet refresh --on-change")]
    assert len(commands) == 3
    for command in commands:
        with WebServer() as server, corpus({"x/a": f"url: {server.url('/a')}"}) as sheets:
            server.paths["/a"] = page(sheet())
            tools = sheets.folder / "tools"
            tools.mkdir()
            for name, script in (("mail", 'echo "$@" > {0}/sent; cat >> {0}/sent'),
                                 ("curl", 'echo "$@" > {0}/sent; cat >> {0}/sent')):
                (tools / name).write_text("#!/bin/sh\n" + script.format(tools) + "\n")
                (tools / name).chmod(0o755)
            call = f"{program.path} refresh --allow-private-addresses --on-change {command} {sheets.folder}"
            done = subprocess.run(["sh", "-c", call], capture_output=True, text=True, check=False,
                                  env={**os.environ, "LC_ALL": "C.UTF-8", "PATH": f"{tools}:{os.environ['PATH']}", "CHAT_URL": "https://chat",
                                       "WEBHOOK_URL": "https://hook"})
            assert done.returncode == 0, done.stderr
            sent = (tools / "sent").read_text()
            assert "x/a: new" in sent and any(where in sent for where in ("https://chat", "https://hook", "security@example.jp")), sent
            if "https://chat" in sent:
                assert json.loads(sent.split("\n", 1)[1])["text"] == "x/a: new"


def test_bytes_that_never_became_a_revision_are_not_kept(program):
    with WebServer() as server, corpus({"x/a": f"url: {server.url('/a')}"}) as sheets:
        server.paths["/a"] = page(sheet())
        sheets.refresh(program)
        for number in range(3):
            server.paths["/a"] = page(b"<p>Sorry, error %d" % number)
            assert sheets.refresh(program).status == 3
            assert sheets.stored() == sorted([sum_of(sheet()), sum_of(b"<p>Sorry, error %d" % number)])
        server.paths["/a"] = page(sheet())
        assert "1 unchanged" in sheets.refresh(program).err and sheets.stored() == [sum_of(sheet())]
        assert program("verify", sheets.folder).text == ""


def test_lines_say_what_the_vendor_declared(program):
    """Whether the list of revisions names the item; null where there is none, and of an item that has another number only."""
    changed = [[str(int(row[0]) + (row[0] == "20")), row[1], row[2] + "。また変えました" * (row[0] in ("3", "5"))] for row in ANSWERED[:20]]
    for note, expected in (("項番3を更新", {("3", True), ("5", False), ("21", None)}), (None, {("3", None), ("5", None), ("21", None)})):
        with corpus({"x/a": "path: a.txt"}) as sheets:
            for rows, said in ((ANSWERED[:20], None), (changed, note)):
                (sheets.folder / "a.txt").write_text(table(rows, PLAIN, *([said] if said else [])))
                sheets.refresh(program, "--changes", sheets.folder / "changes.jsonl")
            lines = [json.loads(line) for line in (sheets.folder / "changes.jsonl").read_text().splitlines()]
            assert {(line["number"], line["declared"]) for line in lines} == expected, lines


def test_a_command_that_does_not_end(program):
    """It is ended with all that it started, told of with the option, and told again by the next run."""
    with corpus({"x/a": "path: a.html"}) as sheets:
        (sheets.folder / "a.html").write_bytes(sheet())
        mark = sheets.folder / "told"
        started = time.monotonic()
        result = sheets.refresh(program, "--on-change-timeout", "1", "--on-change", f"cat >/dev/null; (sleep 900; touch {mark}) | cat; true")
        assert time.monotonic() - started < 600, "it was waited for"
        assert "did not end within 1 seconds" in result.err and "--on-change-timeout" in result.err, result.err
        assert result.status != 0, result.status
        result = sheets.refresh(program, "--on-change", f"cat >> {mark}")
        assert result.status == 0 and len(mark.read_text().splitlines()) == 1, result.err
