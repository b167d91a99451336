"""Calls of the system and of SQLite that fail, one at a time, and kills before and after named ones (preload/fault.c): nothing is
half-written, the exit status says so, and the next run makes all of it good. FAULTS=all ./dev test faults: every call in turn;
a sample otherwise."""
import fcntl
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import zipfile
from pathlib import Path

from corpora import Corpus, sheet
from test_batch import page
from test_sandbox import is_sanitized
from testing import Skip, each, within_budget

ALL = os.environ.get("FAULTS") == "all"
SAMPLE = 3  # numbers of each call that are tried where not all are
EINTR, EIO, ENOMEM, EMFILE, ENOSPC, HALF, KILL, KILL_AFTER = 4, 5, 12, 24, 28, -1, -2, -3
BUSY, SQL_NOMEM, SQL_IOERR, SQL_CORRUPT, SQL_FULL, CANTOPEN = 5, 7, 10, 11, 13, 14  # SQLite's result codes
ERRNOS = {"open": (EMFILE, ENOSPC, EIO), "write": (ENOSPC, EIO, EINTR, HALF), "fsync": (EIO, ENOSPC), "rename": (EIO, ENOSPC),
          "link": (EIO, ENOSPC), "mmap": (ENOMEM,), "truncate": (EIO, ENOSPC),
          "sql-open": (CANTOPEN, SQL_NOMEM), "sql-prepare": (SQL_NOMEM, SQL_CORRUPT), "sql-step": (SQL_FULL, SQL_IOERR, SQL_CORRUPT, BUSY),
          "sql-exec": (SQL_FULL, SQL_IOERR)}
OLD = b"the old file"


def run(program, folder, *words, fault=None, count=None):
    more = {"LD_PRELOAD": str(Path(program.path).with_name("preload-fault.so"))} if fault or count else {}
    more.update({"FAULT": fault} if fault else {}, **({"FAULT_COUNT": str(count)} if count else {}))
    done = subprocess.run([program.path, *words], cwd=folder, env={**os.environ, "LC_ALL": "C.UTF-8", **more}, capture_output=True, text=True,
                          timeout=600, check=False, stdin=subprocess.DEVNULL, start_new_session=True)
    killed = fault and int(fault.split()[-1]) in (KILL, KILL_AFTER)
    assert done.returncode >= 0 or killed, f"{fault}: ended by signal {-done.returncode}\n{done.stderr}"
    assert done.returncode <= 0 or done.stderr.strip(), f"{fault}: exit {done.returncode} without a word"
    return done


def leftovers(folder):
    return [path.name for path in folder.rglob("*") if path.name.startswith(".checksheet-") or path.name.endswith((".part", "-journal", "-wal", "-shm"))]


def contents(folder, pattern="*"):
    """What is written, but for what differs between two runs."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob(pattern) if path.is_file()}


class Convert:
    """Into a folder that has the sheets of older inputs."""
    statuses = (0, 1, 2, 3, 8)

    def __init__(self, program, folder):
        self.program = program
        (folder / "in").mkdir()
        for number in range(3):
            (folder / f"in/{number}.html").write_text(page(number))
        (folder / "in/bad.html").write_text("<p>x</p>")
        run(program, folder, *self.words(folder))
        for number in range(2):
            (folder / f"in/{number}.html").write_text(page(10 + number))

    def words(self, _):
        return "convert", "-j", "1", "-o", "out/", "in"

    def check(self, folder, clean, old, done):
        sheets, was, new = (contents(where / "out", "*.json") for where in (folder, old, clean))
        assert sheets.keys() == new.keys() and all(sheets[name] in (was.get(name), new[name]) for name in sheets), "a sheet that is neither"
        for line in (folder / "out/ledger.jsonl").read_text().splitlines():
            json.loads(line)
        assert done.returncode not in (0, 1) or "io-error" in (folder / "out/ledger.jsonl").read_text() or sheets == new, "done, it says"
        run(self.program, folder, *self.words(folder), "--resume")
        assert contents(folder / "out", "*.json") == new, "not made good by the next run"


class Refresh:
    """Of a corpus whose documents have changed."""
    statuses = (0, 1, 2, 3, 8)

    def __init__(self, program, folder):
        self.program = program
        corpus = Corpus(folder, {"v/a": "path: a.html", "v/b": "path: b.html"})
        for name in "ab":
            (folder / f"{name}.html").write_bytes(sheet({1: "第1版"}))
        corpus.refresh(program)
        for name in "ab":
            (folder / f"{name}.html").write_bytes(sheet({1: "第2版"}))

    def words(self, _):
        return "refresh", "."

    def check(self, folder, clean, old, done):
        sheets, was, new = (contents(where / "out" / "v", "[ab].json") for where in (folder, old, clean))
        assert sheets.keys() == new.keys() and all(answers(sheets[name]) in (answers(was[name]), answers(new[name])) for name in sheets), "a sheet that is neither"
        assert done.returncode != 0 or {name: answers(one) for name, one in sheets.items()} == {name: answers(one) for name, one in new.items()}, "done, it says"
        again = run(self.program, folder, "refresh", ".")
        assert again.returncode == 0, again.stderr
        sheets = contents(folder / "out" / "v", "[ab].json")
        assert {name: answers(one) for name, one in sheets.items()} == {name: answers(one) for name, one in new.items()}, "not made good by the next run"
        verified = run(self.program, folder, "verify", ".")
        assert verified.returncode == 0, verified.stdout + verified.stderr


def answers(content):
    return [item["answer"]["text"] for item in json.loads(content)["items"]]


class Export:
    """Over an old file."""
    statuses = (0, 1, 2, 3, 8)

    def __init__(self, program, folder):
        self.program = program
        (folder / "sheets").mkdir()
        for number in range(2):
            (folder / f"{number}.html").write_text(page(number))
            run(program, folder, "convert", "-o", f"sheets/{number}.json", f"{number}.html")
        (folder / "out").mkdir()
        (folder / "out" / self.file).write_bytes(OLD)

    def words(self, _):
        return "export", "--format", self.format, "-o", f"out/{self.file}", "sheets"

    def check(self, folder, clean, old, done):
        written = contents(folder / "out")
        if done.returncode == 0:
            assert written.keys() == contents(clean / "out").keys(), written.keys()
            assert self.is_whole(folder / "out" / self.file), "done, it says"
        else:
            assert written[self.file] == OLD or self.is_whole(folder / "out" / self.file), "neither the old file nor the new one"


class ExportSqlite(Export):
    file, format = "a.sqlite", "sqlite"

    @staticmethod
    def is_whole(path):
        database = sqlite3.connect(path)
        try:
            return database.execute("PRAGMA integrity_check").fetchone() == ("ok",) and len(database.execute("SELECT name FROM sqlite_master").fetchall()) > 3
        except sqlite3.DatabaseError:
            return False
        finally:
            database.close()


class ExportXlsx(Export):
    file, format = "a.xlsx", "xlsx"

    @staticmethod
    def is_whole(path):
        try:
            return zipfile.ZipFile(path).testzip() is None
        except zipfile.BadZipFile:
            return False


class ExportNdjson(Export):
    file, format = "a.ndjson", "ndjson"

    @staticmethod
    def is_whole(path):
        text = path.read_text()
        return text.endswith("\n") and all(json.loads(line) for line in text.splitlines()) and len(text.splitlines()) > 40


COMMANDS = {"convert": Convert, "refresh": Refresh, "export sqlite": ExportSqlite, "export xlsx": ExportXlsx, "export ndjson": ExportNdjson}


def calls_counted(made):
    """How often each call was made by the run that was told to count."""
    return {call: int(number) for call, number in re.findall(r"([\w-]+) (\d+)", Path(made, "count").read_text())}


def faults_of(counts, source):
    """"CALL NUMBER ERRNO" of each fault to be tried."""
    for call, errnos in ERRNOS.items():
        numbers = range(1, counts.get(call, 0) + 1)
        for number in numbers if ALL else sorted(source.sample(numbers, min(SAMPLE, len(numbers)))):
            for errno in errnos if ALL else source.sample(errnos, 1):
                yield f"{call} {number} {errno}"


@each(COMMANDS)
def test_one_call_fails(program, name):
    if is_sanitized(program):
        raise Skip("a sanitizer wants to be loaded first")
    with tempfile.TemporaryDirectory() as made:
        old, clean, tried = (Path(made, part) for part in ("old", "clean", "tried"))
        old.mkdir()
        command = COMMANDS[name](program, old)
        shutil.copytree(old, clean, symlinks=True)
        run(program, clean, *command.words(clean), count=Path(made, "count"))
        counts = calls_counted(made)
        assert counts["write"] and counts["open"], counts
        source, wrong = random.Random(name), []
        faults = list(faults_of(counts, source))
        source.shuffle(faults)  # a share of them is then one of each call
        for fault in within_budget(f"faults of {name} tried", faults):
            shutil.rmtree(tried, ignore_errors=True)
            shutil.copytree(old, tried, symlinks=True)
            try:
                done = run(program, tried, *command.words(tried), fault=fault)
                assert done.returncode in command.statuses, f"exit {done.returncode}: {done.stderr}"
                assert done.returncode == 0 or name == "refresh" or not leftovers(tried), f"left behind: {leftovers(tried)}"
                command.check(tried, clean, old, done)
            except (AssertionError, KeyError, ValueError, OSError) as problem:
                wrong.append(f"{fault} of {counts}: {problem!r}"[:600])
        assert not wrong, "\n".join(wrong)


# Where a process is killed, before the call and after it: what happens there, the call, a part of its file's path.
POINTS = {
    "convert": {"the ledger is opened": "open@ledger.jsonl", "a sheet's bytes are written": "write@/out/#", "they are synced": "fsync@/out/#",
                "a new sheet gets its name": "link@2.json", "a sheet takes the place of the old one": "rename@0.json",
                "the next one does": "rename@1.json", "the folder is synced": "fsync@/out", "a record is written": "write@ledger.jsonl",
                "a record is synced": "fsync@ledger.jsonl"},
    "refresh": {"the database is opened": "sql-open@corpus.db", "a revision's bytes are written": "write@store/", "they are synced": "fsync@store/#",
                "a revision gets its name": "link@store/", "the database's log is written": "write@corpus.db-wal", "it is synced": "fsync@corpus.db-wal",
                "the database is written": "write@corpus.db", "what changed gets its name": "link@a.changes.json",
                "a sheet takes the place of the old one": "rename@a.json", "the next one does": "rename@b.json",
                "the folder is synced": "fsync@out/v", "a record is written": "write@ledger.jsonl", "a record is synced": "fsync@ledger.jsonl",
                "a statement is run": "sql-step"},
    "export sqlite": {"a table is made": "sql-exec", "a row is added": "sql-step", "the file is written": "write@/out/", "it is synced": "fsync@/out/",
                      "it takes the place of the old one": "rename@a.sqlite"},
    "export xlsx": {"the file is written": "write@/out/", "it is synced": "fsync@/out/", "it takes the place of the old one": "rename@a.xlsx"},
    "export ndjson": {"the file is written": "write@/out/", "it is synced": "fsync@/out/", "it takes the place of the old one": "rename@a.ndjson"},
}
LAST = 10  # the numbers of a point's calls that are tried where not all are: the first, and one among so many more


def kills_of(name, counts, source):
    """(what happens there, the call, its number, how) of each kill to be tried; of some numbers there is no call at the point."""
    kills = []
    for what, point in POINTS[name].items():
        most = counts[point.split("@")[0]]
        numbers = range(1, most + 1) if ALL else (1, source.randint(2, LAST))
        for number in numbers:
            ways = (KILL, KILL_AFTER) if ALL or number == 1 else (source.choice((KILL, KILL_AFTER)),)
            kills += [(what, point, number, how) for how in ways]
    source.shuffle(kills)
    return kills


def check_records(folder):
    """Once nobody holds the ledger, each sheet's last record is of the document that it was made from."""
    path = folder / "ledger.jsonl"
    if not path.exists():
        return
    with path.open("rb") as ledger:
        fcntl.flock(ledger, fcntl.LOCK_EX)
        records = {record["output"]: record["sha256"] for record in map(json.loads, ledger.read().splitlines()) if record["output"]}
        written = {str(file.relative_to(folder)): json.loads(file.read_text()) for file in folder.rglob("*.json")}
        made_from = {name: sheet["source"]["sha256"] for name, sheet in written.items() if not name.endswith(".changes.json")}
    assert records == made_from, f"records {records}, sheets {made_from}"


def kill(program, name, made, point, number, how):
    """Whether there is such a call: the process was killed there, and what it left is sound."""
    old, clean, tried = (Path(made, part) for part in ("old", "clean", "tried"))
    shutil.rmtree(tried, ignore_errors=True)
    shutil.copytree(old, tried, symlinks=True)
    command = COMMANDS[name].__new__(COMMANDS[name])
    command.program = program
    done = run(program, tried, *command.words(tried), fault=f"{point} {number} {how}")
    if done.returncode != -signal.SIGKILL:
        return False
    done.returncode = 1  # as far as what it wrote is concerned: not done
    check_records(tried if name == "refresh" else tried / "out")
    if name == "convert":
        ledger = tried / "out/ledger.jsonl"
        sheets, was, new = (contents(where / "out", "*.json") for where in (tried, old, clean))
        assert all(content in (was.get(file), new.get(file)) for file, content in sheets.items()), "a sheet that is neither"
        assert was.keys() <= sheets.keys(), "an old sheet is gone"
        run(program, tried, *command.words(tried), "--resume")
        assert contents(tried / "out", "*.json") == new, "not made good by the next run"
        for line in ledger.read_text().splitlines():
            json.loads(line)
    else:
        command.check(tried, clean, old, done)
    return True


@each(POINTS)
def test_killed_at_a_named_point(program, name):
    if is_sanitized(program):
        raise Skip("a sanitizer wants to be loaded first")
    source, wrong = random.Random(name), []
    with tempfile.TemporaryDirectory() as made:
        old, clean = (Path(made, part) for part in ("old", "clean"))
        old.mkdir()
        command = COMMANDS[name](program, old)
        shutil.copytree(old, clean, symlinks=True)
        run(program, clean, *command.words(clean), count=Path(made, "count"))
        for what, point, number, how in within_budget(f"kills of {name} tried", kills_of(name, calls_counted(made), source)):
            try:
                assert kill(program, name, made, point, number, how) or number > 1, f"nothing calls {point}"
            except (AssertionError, KeyError, ValueError, OSError) as problem:
                wrong.append(f"{what} ({point} {number}): {problem!r}"[:600])
    assert not wrong, "\n".join(wrong)


def calls_of(program, folder, *words):
    """The calls that write, in their order, as strace tells them: (call, line)."""
    log = folder / "strace"
    subprocess.run(["strace", "-f", "-y", "-o", log, "-e", "trace=write,fsync,fdatasync,rename,renameat2,linkat", program.path, *words],
                   cwd=folder, env={**os.environ, "LC_ALL": "C.UTF-8"}, capture_output=True, timeout=600, check=True)
    return [match.groups() for match in re.finditer(r"^\d+ +(\w+)\((.*)$", log.read_text(), re.M) if "= -1 " not in match[2]]


def test_bytes_are_on_the_disk_before_their_name(program):
    """A sheet is synced, then named; where it replaces another its folder is synced before the record is written; then the record is synced."""
    if is_sanitized(program):
        raise Skip("a sanitizer cannot be traced")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for number in range(2):  # a new sheet, then one in its place
            (folder / "a.html").write_text(page(number))
            calls = calls_of(program, folder, "convert", "-o", "out/", "a.html")
            named = [at for at, (call, rest) in enumerate(calls) if re.search(r'a\.json"(\)|, AT)', rest)]
            record = [at for at, (call, rest) in enumerate(calls) if call == "write" and "ledger.jsonl" in rest]
            synced = [at for at, (call, rest) in enumerate(calls) if call in ("fsync", "fdatasync")]
            assert len(named) == 1 and len(record) == 1, calls
            assert any(at < named[0] for at in synced), f"no fsync before the name: {calls}"
            assert named[0] < record[0], f"the record is written before the sheet is there: {calls}"
            assert any(at > record[0] and "ledger.jsonl" in calls[at][1] for at in synced), f"the record is not synced: {calls}"
            folder_synced = [at for at in synced if re.search(r"^\d+<[^>]*/out>", calls[at][1])]
            if number == 1:
                assert any(named[0] < at < record[0] for at in folder_synced), f"the folder is not synced between name and record: {calls}"


def test_revisions_are_on_the_disk_before_they_are_known(program):
    """Of a refresh: a revision's bytes, its name, its folder, then the database; what changed before the sheet, the sheet before its record,
    all before the database, that before the events; each is synced."""
    if is_sanitized(program):
        raise Skip("a sanitizer cannot be traced")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        corpus = Corpus(folder, {"v/a": "path: a.html"})
        (folder / "a.html").write_bytes(sheet({1: "第1版"}))
        corpus.refresh(program)
        (folder / "a.html").write_bytes(sheet({1: "第2版"}))
        steps = []  # (what happens, where)
        for call, rest in calls_of(program, folder, "refresh", "--changes", "events.jsonl", "."):
            kind = {"fdatasync": "fsync", "linkat": "name", "rename": "name", "renameat2": "name"}.get(call, call)
            paths = re.findall(r'"([^"]*)"', rest) if kind == "name" else re.findall(r"^\d+<([^>]*)>", rest)
            if paths and not paths[-1].startswith("/memfd"):
                path = re.sub(r"#\d+$", "#", os.path.relpath(os.path.join(folder, paths[-1]), folder))
                steps.append((kind, re.sub(r"[0-9a-f]{64}", "SHA256", path)))
        wanted = [("write", "store/#"), ("fsync", "store/#"), ("name", "store/SHA256"), ("fsync", "store"), ("fsync", "corpus.db-wal"),
                  ("write", "out/v/#"), ("fsync", "out/v/#"), ("name", "out/v/a.changes.json"), ("fsync", "out/v"),
                  ("write", "out/v/#"), ("fsync", "out/v/#"), ("name", "out/v/a.json"), ("fsync", "out/v"), ("write", "ledger.jsonl"),
                  ("fsync", "ledger.jsonl"), ("fsync", "corpus.db-wal"), ("write", "events.jsonl"), ("fsync", "events.jsonl")]
        at = 0
        for step in wanted:
            assert step in steps[at:], f"{step} is not after {steps[:at]}: {steps[at:]}"
            at += steps[at:].index(step) + 1
