"""`checksheet refresh` where things go wrong around it: no room, a damaged or foreign database, altered bytes, a manifest that is edited,
a fetcher that dies, a signal."""
import contextlib
import json
import os
import pty
import signal
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

from corpora import Corpus, corpus, sheet, sum_of
from testing import Skip
from web_server import WebServer, document, in_turn, redirect, slow


def page(body, etag='"1"'):
    return document(body, etag, media_type="text/html")


@contextlib.contextmanager
def small_disk(size="2m"):
    with tempfile.TemporaryDirectory() as folder:
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True, check=False).returncode:
            raise Skip("a disk can be mounted by root alone")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder, left):
    status = os.statvfs(folder)
    (folder / "ballast").write_bytes(b"x" * (status.f_bavail * status.f_frsize - left))


def test_no_room(program):
    names = [f"x/d{number}" for number in range(4)]
    for left in (0, 4096, 65536, 130000, 180000, 260000):
        with WebServer() as server, small_disk() as folder:
            for name in names:
                server.paths[f"/{name}"] = page(sheet({1: name + "あ" * 9000}))
            sheets = Corpus(folder, {name: f"url: {server.url('/' + name)}" for name in names})
            fill(folder, left)
            result = sheets.refresh(program)
            assert result.status in (1, 3, 8) and ("No space left" in result.err or "disk" in result.err), f"{left}: {result.err}"
            (folder / "ballast").unlink()
            sheets.stored()
            result = sheets.refresh(program)
            assert result.status == 0, f"{left}: {result.err}"
            assert [sheets.answers(name)[0][:4] for name in names] == names
            assert sheets.rows("pragma integrity_check") == [("ok",)] and not sheets.rows("pragma foreign_key_check")
            assert "4 unchanged" in sheets.refresh(program).err


def test_what_a_page_leads_to_counts_when_it_is_stored(program):
    """Else the page that has not changed since leads to the old document for ever."""
    link = '<a href="/SLA-{}.html">SLA</a>'
    with WebServer() as server, small_disk("4m") as folder:
        server.paths["/"] = page(link.format(20250101).encode())
        server.paths["/SLA-20250101.html"], server.paths["/SLA-20260101.html"] = page(sheet()), page(sheet({2: "新" * 60000}))
        sheets = Corpus(folder, {"x/a": f"page: {server.url('/')}\nlink: SLA"})
        sheets.refresh(program)
        server.paths["/"] = page(link.format(20260101).encode(), '"2"')
        fill(folder, 120000)
        assert sheets.refresh(program).status == 3
        (folder / "ballast").unlink()
        result = sheets.refresh(program)
        assert "1 revised" in result.err, result.err


def test_read_only(program):
    with WebServer() as server, small_disk() as folder:
        server.paths["/a"] = page(sheet())
        sheets = Corpus(folder, {"x/a": f"url: {server.url('/a')}"})
        sheets.refresh(program)
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        result = sheets.refresh(program)
        assert result.status == 8 and "Read-only" in result.err, result.err
        assert "1 unchanged" in sheets.refresh(program, "--dry-run").err
        assert "8 items" in program.good("history", folder).text


def make_songs(path):
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("create table songs (name)")
        database.commit()


DATABASES = {
    "no database": lambda path: path.write_bytes(b"hello, world" * 1000),
    "belongs to another program": make_songs,
    "not a regular file": os.mkfifo,
    "cut": lambda path: path.write_bytes(path.read_bytes()[:20000]),
}


def test_database_that_is_none(program):
    with WebServer() as server:
        server.paths["/a"] = page(sheet())
        for name, make in DATABASES.items():
            with corpus({"x/a": f"url: {server.url('/a')}"}) as sheets:
                path = sheets.folder / "corpus.db"
                if name == "cut":
                    sheets.refresh(program)
                make(path)
                before = path.is_file() and path.read_bytes()
                for words in (["refresh", "--allow-private-addresses"], ["refresh", "--dry-run"], ["history"]):
                    result = program(*words, sheets.folder, timeout=3000)
                    assert result.status > 0 and "corpus.db: " in result.err, f"{name}: {result.err}"
                assert before == (path.is_file() and path.read_bytes()), f"{name}: was written to"


def test_altered_bytes_are_no_revision(program):
    with WebServer() as server, corpus({"x/a": f"url: {server.url('/a')}"}) as sheets:
        server.paths["/a"] = page(sheet())
        sheets.refresh(program)
        stored = sheets.folder / "store" / sum_of(sheet())
        stored.write_bytes(sheet({1: "にせもの"}))
        (sheets.folder / "out/x/a.json").unlink()
        result = sheets.refresh(program)
        assert result.status == 3 and "altered" in result.err and not (sheets.folder / "out/x/a.json").exists(), result.err
        assert "1 remade" in sheets.refresh(program).err and sheets.answers("x/a")[0] == "回答1です"
        stored.write_bytes(sheet({1: "にせもの"}))
        server.paths["/a"] = page(sheet({2: "新"}), '"2"')
        result = sheets.refresh(program, "--changes", "-")
        assert "1 revised" in result.err and "what changed is unknown" in result.err, result.err
        assert [json.loads(line)["event"] for line in result.text.splitlines()] == ["revised"] and '"changes":null' in result.text, result.text


def test_the_manifest_is_edited(program):
    with WebServer() as server, corpus({"x/a": "path: l.html"}) as sheets:
        server.paths["/a"], server.paths["/b"] = page(sheet({1: "a"})), page(sheet({1: "b"}))
        server.paths["/to"] = redirect("/a")
        server.paths["/p"] = page(b'<a href="/a">SLA</a> <a href="/b">other</a>')
        (sheets.folder / "l.html").write_bytes(sheet({1: "l"}))
        url, links = "url: " + server.url("/"), f"page: {server.url('/p')}\nlink: "
        steps = [(url + "a", "a"), (url + "b", "b"), (url + "a", "a"), (links + "SLA", "a"), (links + "other", "b"), (url + "a", "a"),
                 (links + "other", "b"), ("path: l.html", "l"), (url + "b", "b"), ("path: l.html", "l"), (links + "other", "b"),
                 (url + "to", "a"), (url + "a", "a"), (url + "to", "a")]
        for number, (origin, answer) in enumerate(steps):
            sheets.write({"x/a": origin})
            result = sheets.refresh(program)
            assert result.status == 0 and sheets.answers("x/a")[0] == answer, f"step {number}, {origin}: {result.err}"
        server.paths["/to"] = redirect("/b")
        sheets.refresh(program)
        assert sheets.answers("x/a")[0] == "b"


def test_what_is_gone_from_out_is_made_again(program):
    with WebServer() as server, corpus({"x/a": f"url: {server.url('/a')}"}) as sheets:
        for number, answer in enumerate("一二", 1):
            server.paths["/a"] = page(sheet({1: answer}), f'"{number}"')
            sheets.refresh(program)
        before = sheets.changes("x/a")
        (sheets.folder / "out/x/a.changes.json").unlink()
        assert "1 remade" in sheets.refresh(program).err and sheets.changes("x/a") == before
        (sheets.folder / "out/x/a.changes.json").unlink()
        (sheets.folder / "store" / sum_of(sheet({1: "一"}))).unlink()
        assert "1 unchanged" in sheets.refresh(program).err, "what cannot be made is not tried at each run"
        told = sheets.rows("select json from changes")
        (sheets.folder / "out/x/a.json").unlink()
        assert "1 remade" in sheets.refresh(program).err and sheets.rows("select json from changes") == told


def test_news_refused_while_the_sheet_is_made_again(program):
    """The record says what became of the news, not of the sheet that was made again beside."""
    with WebServer() as server, corpus({"x/a": f"url: {server.url('/a')}"}) as sheets:
        server.paths["/a"] = page(sheet())
        sheets.refresh(program)
        (sheets.folder / "out/x/a.json").unlink()
        server.paths["/a"] = page(b"<p>404</p>", '"2"')
        assert sheets.refresh(program).status == 3 and sheets.answers("x/a")[0] == "回答1です"
        record, = sheets.ledger()
        assert record["status"] == "no-sheet" and record["reason"] and record["output"] == "out/x/a.json", record


def test_a_clock_that_was_wrong(program):
    with WebServer() as server, corpus({"x/a": f"url: {server.url('/a')}"}) as sheets:
        server.paths["/a"] = page(sheet())
        sheets.refresh(program)
        with contextlib.closing(sqlite3.connect(sheets.folder / "corpus.db")) as database:
            database.execute("update documents set not_before = '2099-01-01T00:00:00Z', checked = '2099-01-01T00:00:00Z'")
            database.execute("update runs set started = '2099-01-01T00:00:00Z', finished = null")
            database.commit()
        result = sheets.refresh(program)
        assert result.status == 0 and "1 unchanged" in result.err, result.err
        assert "continuing the run" not in sheets.refresh(program).err


def child_of(process):
    return int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])


def test_the_fetcher_dies(program):
    with WebServer() as server:
        names = [f"x/d{number}" for number in range(5)]
        for name in names:
            server.paths[f"/{name}"] = page(sheet({1: name}))
        server.paths["/x/d2"] = in_turn(slow(sheet({1: "x/d2"}), 60), page(sheet({1: "x/d2"})))
        with corpus({name: f"url: {server.url('/' + name)}" for name in names}) as sheets:
            refresh = subprocess.Popen([program.path, "refresh", "--allow-private-addresses", sheets.folder], stderr=subprocess.PIPE,
                                       text=True)
            while not server.asked("/x/d2"):
                time.sleep(0.02)
            os.kill(child_of(refresh), signal.SIGKILL)
            said = refresh.communicate(timeout=600)[1]
            assert refresh.returncode == 1 and "4 new" in said and "1 failed" in said, said
            assert "1 new, 0 revised, 0 remade, 4 unchanged" in sheets.refresh(program).err


def test_a_signal_leaves_the_terminal_clean(program):
    with WebServer() as server:
        server.paths["/a"], server.paths["/b"] = page(sheet()), slow(sheet(), 60)
        with corpus({"x/a": f"url: {server.url('/a')}", "x/b": f"url: {server.url('/b')}", "x/c": "path: no.html"}) as sheets:
            ours, theirs = pty.openpty()
            refresh = subprocess.Popen([program.path, "refresh", "--allow-private-addresses", sheets.folder], stderr=theirs,
                                       preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # a shell's background job ignores it
            os.close(theirs)
            while not server.asked("/b"):
                time.sleep(0.02)
            refresh.send_signal(signal.SIGINT)
            assert refresh.wait(timeout=3000) == -signal.SIGINT
            assert os.read(ours, 65536).endswith(b"\r\x1b[K"), "the line of progress was left"
            os.close(ours)
            server.paths["/b"] = page(sheet())
            result = sheets.refresh(program)
            assert "which was interrupted" in result.err and "2 new" in result.err, result.err


def test_changes_that_could_not_be_told_are_told_next_time(program):
    with WebServer() as server, corpus({"x/a": f"url: {server.url('/a')}"}) as sheets:
        server.paths["/a"] = page(sheet())
        sheets.refresh(program)
        server.paths["/a"] = page(sheet({1: "新"}), '"2"')
        result = sheets.refresh(program, "--changes", "/dev/full")
        assert result.status == 8 and "/dev/full" in result.err and "1 revised" in result.err, result.err
        assert sheets.refresh(program, "--changes", "-").text.count("\n") == 1
        assert sheets.refresh(program, "--changes", "-").out == b""
