"""`checksheet refresh` and `history`, against a web server on loopback: what is new, what stays, what is refused, and what a run leaves
when it is killed."""
import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import time

from corpora import corpus, sheet, sum_of
from testing import ROOT, Skip
from web_server import WebServer, cut, document, in_turn, redirect, slow, status


def test_first_and_second(program):
    with WebServer() as server:
        server.paths["/a.html"] = document(sheet(), '"1"', media_type="text/html")
        server.paths["/b.html"] = document(sheet({3: "別の回答"}), None, "Sat, 21 Nov 2026 00:00:00 GMT", "text/html")
        with corpus({"x/a": f"url: {server.url('/a.html')}", "y/b": f"url: {server.url('/b.html')}"}) as sheets:
            first = sheets.refresh(program)
            assert first.status == 0 and "2 new, 0 revised" in first.err, first.err
            assert first.out == b"", "standard output is for data only"
            assert sheets.out("x/a")["source"]["uri"] == server.url("/a.html")
            assert sheets.answers("y/b")[2] == "別の回答"
            assert sheets.stored() == sorted([sum_of(sheet()), sum_of(sheet({3: "別の回答"}))])
            assert [record["status"] for record in sheets.ledger()] == ["ok", "ok"]

            server.log.clear()
            before = sheets.files()
            second = sheets.refresh(program)
            assert second.status == 0 and "2 unchanged" in second.err, second.err
            asked = [request for request in server.log if request.path != "/robots.txt"]
            assert len(asked) == 2 and all({"if-none-match", "if-modified-since"} & set(r.headers) for r in asked), asked
            after = sheets.files()
            same = {name for name in before if before[name] == after.get(name)}
            assert {name for name in before if name.startswith(("out/", "store/"))} <= same, "something was written again"
            assert [record["status"] for record in sheets.ledger()] == ["not-modified"] * 2


def test_revision_in_place(program):
    old, new = sheet(items=8), sheet({5: "99.99%"}, items=9)
    with WebServer() as server:
        server.paths["/a.html"] = document(old, '"1"', media_type="text/html")
        with corpus({"x/a": f"url: {server.url('/a.html')}"}) as sheets:
            sheets.refresh(program)
            server.paths["/a.html"] = document(new, '"2"', media_type="text/html")
            result = sheets.refresh(program, "--changes", "-")
            assert result.status == 0 and "1 revised" in result.err, result.err
            told = [json.loads(line) for line in result.text.splitlines()]
            assert [(line["document"], line["change"], line["number"]) for line in told] == \
                [("x/a", "added", "9"), ("x/a", "changed", "5")], told
            assert told[0]["old_sha256"] == sum_of(old) and told[0]["new_sha256"] == sum_of(new)
            changes = sheets.changes("x/a")
            assert changes["changed"][0]["fields"]["answer"] == {"old": "回答5です", "new": "99.99%"}
            assert [item["number"] for item in changes["added"]] == ["9"]
            assert sheets.stored() == sorted([sum_of(old), sum_of(new)]), "every revision is kept"
            assert sheets.rows("select number, sha256 from revisions order by number") == [(1, sum_of(old)), (2, sum_of(new))]
            assert sheets.rows("select i.answer from items i join documents d on i.revision = d.revision where i.number = '5'") \
                == [("99.99%",)]

            history = program.good("history", sheets.folder, "x/a").text
            assert "changed   5" in history and "added     9" in history and history.index("  2  ") < history.index("  1  "), history
            record = json.loads(program.good("history", "--format", "json", sheets.folder).text)
            assert [len(revision["changes"]) for revision in record["revisions"]] == [0, 2]
            assert program("history", sheets.folder, "nobody").status == 1


def test_revision_at_a_new_address(program):
    page = '<a href="/files/SLA-{0}.html">SLA ({0})</a> <a href="/files/other.html">其の他</a>'
    with WebServer() as server:
        server.paths["/security/"] = document(page.format("20250401").encode(), '"p1"', media_type="text/html")
        server.paths["/files/SLA-20250401.html"] = document(sheet(), '"1"', media_type="text/html")
        server.paths["/files/SLA-20260401.html"] = document(sheet({2: "変更"}), '"1"', media_type="text/html")
        with corpus({"x/sla": f"page: {server.url('/security/')}\nlink: 'SLA.*\\.html'"}) as sheets:
            assert "1 new" in sheets.refresh(program).err
            server.log.clear()
            assert "1 unchanged" in sheets.refresh(program).err
            assert [(request.path, "if-none-match" in request.headers) for request in server.log if request.path != "/robots.txt"] == \
                [("/security/", True), ("/files/SLA-20250401.html", True)]
            both = page.format("20250401") + page.format("20260401")
            server.paths["/security/"] = document(both.encode(), '"p2"', media_type="text/html")
            assert "1 revised" in sheets.refresh(program).err
            assert sheets.out("x/sla")["source"]["uri"] == server.url("/files/SLA-20260401.html")
            server.paths["/security/"] = document(b"<p>moved", '"p3"', media_type="text/html")
            result = sheets.refresh(program)
            assert result.status == 3 and "SLA" in result.err, result.err
            assert sheets.answers("x/sla")[1] == "変更", "the good revision stays"


BAD = {
    "gone": status(410), "missing": status(404), "forbidden": status(403), "broken": status(500),
    "error page": document(b"<!DOCTYPE html><title>Sorry</title><p>We are down for maintenance.", '"e"', media_type="text/html"),
    "cut body": cut(sheet({1: "新しい"})), "empty": document(b"", '"0"'),
    "cut PDF": lambda request: document((ROOT / "corpus/mizukurage/checksheet-2025-02-20.pdf").read_bytes()[:30000], '"c"')(request),
    "to itself": redirect("/a.html"),
}


def test_a_bad_answer_replaces_nothing(program):
    with WebServer() as server:
        server.paths["/a.html"] = document(sheet(), '"1"', media_type="text/html")
        with corpus({"x/a": f"url: {server.url('/a.html')}"}) as sheets:
            sheets.refresh(program)
            good = sheets.files()["out/x/a.json"]
            for name, bad in BAD.items():
                server.paths["/a.html"] = bad
                result = sheets.refresh(program, timeout=1000)
                assert result.status == 3 and "1 failed" in result.err, f"{name}: {result.err}"
                assert sheets.files()["out/x/a.json"] == good, f"{name} replaced the sheet"
                assert sheets.ledger()[0]["reason"], name
                again = sheets.refresh(program, timeout=1000)
                assert again.status == 3, f"{name}, asked again: {again.err}"
            assert sheets.rows("select count (*) from revisions") == [(1,)]
            server.paths["/a.html"] = document(sheet({1: "新しい"}), '"2"', media_type="text/html")
            assert "1 revised" in sheets.refresh(program).err
            assert sheets.answers("x/a")[0] == "新しい"


def test_redirected(program):
    with WebServer() as server:
        server.paths["/latest"] = redirect("/a.html")
        server.paths["/a.html"] = document(sheet(), '"1"', media_type="text/html")
        with corpus({"x/a": f"url: {server.url('/latest')}"}) as sheets:
            sheets.refresh(program)
            assert sheets.out("x/a")["source"]["uri"] == server.url("/latest")
            assert "1 unchanged" in sheets.refresh(program).err
            assert ["if-none-match" in request.headers for request in server.requests("/a.html")] == [False, True]


def test_back_to_an_older_revision(program):
    with WebServer() as server, corpus({"x/a": f"url: {server.url('/a.html')}"}) as sheets:
        for number, answer in enumerate(["一", "二", "一"], 1):
            server.paths["/a.html"] = document(sheet({1: answer}), f'"{number}"', media_type="text/html")
            sheets.refresh(program)
            assert sheets.answers("x/a")[0] == answer
        assert sheets.rows("select count (*) from revisions") == [(3,)] and len(sheets.stored()) == 2


def test_what_is_out_of_date_is_made_anew(program):
    with WebServer() as server:
        server.paths["/a.html"] = document(sheet(), '"1"', media_type="text/html")
        server.paths["/b.html"] = document(sheet(), '"1"', media_type="text/html")
        with corpus({"x/a": f"url: {server.url('/a.html')}", "x/b": f"url: {server.url('/b.html')}"}) as sheets:
            sheets.refresh(program)
            (sheets.folder / "out/x/a.json").unlink()
            assert "1 remade, 1 unchanged" in sheets.refresh(program).err
            (sheets.folder / "patterns").mkdir()
            judgements = (ROOT / "patterns/judgements.pattern").read_text()
            (sheets.folder / "patterns/judgements.pattern").write_text(judgements + "\n# another opinion\n")
            server.log.clear()
            assert "2 remade, 0 unchanged" in sheets.refresh(program).err
            assert all("if-none-match" in request.headers for request in server.log if request.path != "/robots.txt")
            assert "0 remade, 2 unchanged" in sheets.refresh(program).err
            assert sheets.rows("select count (*) from revisions") == [(2,)], "a better reading is no revision"


def test_lost_bytes_are_fetched_again(program):
    with WebServer() as server:
        server.paths["/a.html"] = document(sheet(), '"1"', media_type="text/html")
        with corpus({"x/a": f"url: {server.url('/a.html')}"}) as sheets:
            sheets.refresh(program)
            (sheets.folder / "store" / sum_of(sheet())).unlink()
            assert "1 unchanged" in sheets.refresh(program).err
            assert sheets.stored() == [sum_of(sheet())]


def test_dry_run(program):
    with WebServer() as server:
        server.paths["/a.html"] = document(sheet(), '"1"', media_type="text/html")
        with corpus({"x/a": f"url: {server.url('/a.html')}"}) as sheets:
            result = sheets.refresh(program, "--dry-run")
            assert result.status == 0 and "1 new" in result.err, result.err
            assert list(sheets.files()) == ["vendors.yaml"]
            sheets.refresh(program)
            server.paths["/a.html"] = document(sheet({1: "新"}), '"2"', media_type="text/html")
            before = sheets.files()
            assert "1 revised" in sheets.refresh(program, "-n").err
            after = sheets.files()
            assert before == {name: after[name] for name in before}


def test_only(program):
    with WebServer() as server:
        server.otherwise = document(sheet(), '"1"', media_type="text/html")
        origins = {name: f"url: {server.url('/' + name)}" for name in ("x/a", "x/b", "y/a")}
        with corpus(origins) as sheets:
            assert "2 new" in sheets.refresh(program, "--only", "x").err
            assert server.asked("/y/a") == 0
            assert "1 new" in sheets.refresh(program, "--only", "y/a").err
            result = sheets.refresh(program, "--only", "z")
            assert result.status == 2 and "z" in result.err


def test_a_server_that_asks_to_wait(program):
    with WebServer() as server:
        server.paths["/soon"] = in_turn(status(429, {"Retry-After": "1"}), document(sheet(), '"1"', media_type="text/html"))
        server.paths["/late"] = in_turn(status(503, {"Retry-After": "7200"}), document(sheet(), '"1"', media_type="text/html"))
        with corpus({"x/soon": f"url: {server.url('/soon')}", "x/late": f"url: {server.url('/late')}"}) as sheets:
            result = sheets.refresh(program)
            assert result.status == 1 and "1 new" in result.err and "1 failed" in result.err, result.err
            assert server.requests("/soon")[1].time - server.requests("/soon")[0].time >= 1
            assert sheets.refresh(program).status == 1 and server.asked("/late") == 1, "it was asked too early"


def test_private_addresses(program):
    with WebServer() as server, corpus({"x/a": f"url: {server.url('/a.html')}"}) as sheets:
        result = program("refresh", sheets.folder)
        assert result.status == 3 and server.connections == 0, result.err
        assert sheets.ledger()[0]["status"] == "blocked-address"


def test_local_files(program):
    with corpus({"x/a": "path: a.html"}) as sheets:
        (sheets.folder / "a.html").write_bytes(sheet())
        assert "1 new" in sheets.refresh(program).err and sheets.out("x/a")["source"]["uri"] == "a.html"
        assert "1 unchanged" in sheets.refresh(program).err
        (sheets.folder / "a.html").write_bytes(sheet({1: "新"}))
        assert "1 revised" in sheets.refresh(program).err
        (sheets.folder / "a.html").unlink()
        assert sheets.refresh(program).status == 3 and sheets.answers("x/a")[0] == "新"


def test_two_at_once(program):
    with WebServer() as server:
        server.paths["/a.html"] = slow(sheet(), 3)
        with corpus({"x/a": f"url: {server.url('/a.html')}"}) as sheets:
            first = subprocess.Popen([program.path, "refresh", "--allow-private-addresses", sheets.folder],
                                     stderr=subprocess.PIPE, text=True)
            while not server.asked("/a.html"):
                time.sleep(0.02)
            second = sheets.refresh(program)
            assert second.status == 1 and str(first.pid) in second.err, second.err
            assert "1 new" in first.communicate(timeout=600)[1] and first.returncode == 0


def test_an_interrupted_run_goes_on(program):
    with WebServer() as server:
        names = [f"x/d{number}" for number in range(6)]
        for name in names[:5]:
            server.paths[f"/{name}"] = document(sheet({1: name}), '"1"', media_type="text/html")
        server.paths["/x/d5"] = in_turn(slow(sheet({1: "x/d5"}), 60), document(sheet({1: "x/d5"}), '"1"', media_type="text/html"))
        with corpus({name: f"url: {server.url('/' + name)}" for name in names}) as sheets:
            sheets.refresh(program, "--only", "x/d0", "--only", "x/d1")
            for name in names[:2]:
                server.paths[f"/{name}"] = document(sheet({1: "二"}), '"2"', media_type="text/html")
            killed = subprocess.Popen([program.path, "refresh", "--allow-private-addresses", "--only", "x/d0", sheets.folder],
                                      stderr=subprocess.PIPE, text=True)
            assert killed.wait(timeout=600) == 0
            killed.stderr.close()
            killed = subprocess.Popen([program.path, "refresh", "--allow-private-addresses", sheets.folder],
                                      stderr=subprocess.DEVNULL)
            while not server.asked("/x/d5"):
                time.sleep(0.02)
            time.sleep(1)
            killed.kill()
            killed.wait()
            server.log.clear()
            result = sheets.refresh(program, "--changes", sheets.folder / "changes.jsonl")
            assert result.status == 0 and "which was interrupted" in result.err, result.err
            asked = [request.path[1:] for request in server.log if request.path != "/robots.txt"]
            assert asked[0] == "x/d5", asked
            assert all("if-none-match" in request.headers for request in server.log if request.path[1:] in names[:5])
            told = [json.loads(line) for line in (sheets.folder / "changes.jsonl").read_text().splitlines()]
            assert [line["document"] for line in told] == ["x/d1"], told
            assert sheets.rows("select count (*) from runs where finished is null") == [(0,)]
            assert len(sheets.rows("select * from revisions")) == 8


def test_wrong_calls(program):
    assert program("refresh", "/nowhere/at/all").status == 2
    with corpus({"x/a": "url: ftp://x.example/"}) as sheets:
        result = sheets.refresh(program)
        assert result.status == 2 and "vendors.yaml:5:" in result.err, result.err
        assert list(sheets.files()) == ["vendors.yaml"]
        (sheets.folder / "vendors.yaml").unlink()
        result = sheets.refresh(program)
        assert result.status == 2 and "vendors.yaml" in result.err
        result = program("history", sheets.folder)
        assert result.status == 2 and "corpus.db" in result.err


def test_convert_an_address(program):
    with WebServer() as server:
        server.paths["/a/sheet.html"] = document(sheet(), media_type="text/html; charset=utf-8")
        url = server.url("/a/sheet.html") + "?v=1.2"
        server.paths["/a/sheet.html?v=1.2"] = server.paths["/a/sheet.html"]
        result = program.good("convert", "--allow-private-addresses", url)
        assert json.loads(result.text)["source"]["uri"] == url
        refused = program("convert", url)
        assert refused.status == 8 and url in refused.err and server.asked("/a/sheet.html?v=1.2") == 1
        with corpus({}) as sheets:
            program("convert", "--allow-private-addresses", "-o", sheets.folder, url, server.url("/no.pdf"))
            assert {(record["uri"], record["status"], record["output"]) for record in sheets.ledger()} == \
                {(url, "ok", "sheet.json"), (server.url("/no.pdf"), "fetch-error", None)}


def test_password_file(program):
    """Of a vendor or a document; what needs one is read once it is there. It is in no file but its own."""
    if not shutil.which("qpdf"):
        raise Skip("qpdf is not installed")
    with corpus({"x/a": "path: a.pdf", "y/b": "path: b.pdf\npassword_file: secrets/y"}) as sheets:
        for name, password in (("a", "aikotoba-x"), ("b", "aikotoba-y")):
            subprocess.run(["qpdf", "--encrypt", password, "owner", "256", "--", ROOT / "corpus/kazemachi/security-sheet.pdf",
                            sheets.folder / f"{name}.pdf"], check=True)
        manifest = (sheets.folder / "vendors.yaml").read_text()
        absent = sheets.refresh(program)
        assert absent.status == 3 and "secrets/y" in absent.err and "x/a" in absent.err, absent.err
        assert {record["status"] for record in sheets.ledger()} == {"needs-password", "io-error"}

        secrets = sheets.folder / "secrets"
        secrets.mkdir()
        (secrets / "x").write_text("wrong\naikotoba-x\n")
        (secrets / "y").write_text("wrong\n")
        (sheets.folder / "vendors.yaml").write_text(manifest.replace("- id: x\n", "- id: x\n    password_file: secrets/x\n"))
        one = sheets.refresh(program)
        assert one.status == 1 and "1 new" in one.err and len(sheets.out("x/a")["items"]) > 20, one.err
        (secrets / "y").write_text("aikotoba-y\n")
        both = sheets.refresh(program)
        assert both.status == 0 and "1 new" in both.err and len(sheets.out("y/b")["items"]) > 20, both.err
        assert "2 unchanged" in sheets.refresh(program).err
        program.good("verify", "--quiet", sheets.folder)
        program.good("verify", "--rebuild", sheets.folder)
        program.good("verify", "--quiet", sheets.folder)
        for name, (_, content) in sheets.files().items():
            assert b"aikotoba" not in content or name.startswith("secrets/"), name


def test_what_an_interrupted_run_left_in_the_store_is_swept(program):
    """Only what that run wrote, and what no document and no revision names."""
    with corpus({"x/a": "path: a.html"}) as sheets:
        (sheets.folder / "a.html").write_bytes(sheet())
        assert sheets.refresh(program).status == 0
        hour = 3600
        again = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - hour))
        with contextlib.closing(sqlite3.connect(sheets.folder / "corpus.db")) as database:
            database.execute("insert into runs (started) values (?)", [again])
            database.commit()
        store, kept = sheets.folder / "store", sum_of(sheet())
        for name, age in (("f" * 64, 0), ("e" * 64, 2 * hour), ("d" * 63, 0), ("c" * 65, 0)):
            (store / name).write_text("left")
            os.utime(store / name, (time.time() - age,) * 2)
        os.utime(store / kept)
        result = sheets.refresh(program)
        assert result.status == 0 and "which was interrupted" in result.err, result.err
        assert {path.name for path in store.iterdir()} == {kept, "e" * 64, "d" * 63, "c" * 65}
        assert sheets.rows("select count(*) from runs where finished is null") == [(0,)]


def test_items_are_counted_from_one(program):
    """As corpus.db promises other tools: in the sheet's order, from 1."""
    with corpus({"x/a": "path: a.html"}) as sheets:
        (sheets.folder / "a.html").write_bytes(sheet())
        assert sheets.refresh(program).status == 0
        assert sheets.rows("select position, number from items order by position") == [(number, str(number)) for number in range(1, 9)]
