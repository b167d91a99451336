"""library_caller.py WHAT PROGRAM [PATH...] - a program that uses libchecksheet through wrappers/python; one function each
for the tests of test_library.py. Ends with an exception where something is not as it should be."""
import base64
import faulthandler
import locale
import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import zipfile
from pathlib import Path

import checksheet
from checksheet import Options, Where

faulthandler.enable()
CALLER = Options(where=Where.CALLER)
PATTERNS = Path(__file__).resolve().parent.parent / "patterns"


def line_of_program(program, path, *options):
    done = subprocess.run([program, "convert", "--format", "ndjson", *options, path], capture_output=True, check=False)
    return done.stdout.decode()


def bytes_of(path):
    return Path(path).read_bytes()


def same(program, *paths):
    knowledge = checksheet.Knowledge()
    for path in paths:
        line = line_of_program(program, path)
        assert line, path
        for where in Where:
            reading = knowledge.read(bytes_of(path), name=path, options=Options(where=where))
            assert reading.json == line, f"{path}, {where.name}: {reading.status} {reading.message}"
            notes = reading.sheet["notes"] + reading.sheet["checks"]
            doubtful = any(note["severity"] != "info" for note in notes)
            assert reading.status == ("ok-with-warnings" if doubtful else "ok"), reading.status
            assert reading.sheet["made_by"]["fingerprint"] == knowledge.fingerprint or path.endswith(".json")


def in_threads(*calls):
    faults = []

    def run(call):
        try:
            call()
        except BaseException as fault:  # pylint: disable=broad-except
            faults.append(fault)
    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def mail_with(path):
    """A mail with the page PATH attached."""
    return (b"Subject: sheet\r\nFrom: a@example.org\r\nDate: Mon, 1 Apr 2024 00:00:00 +0000\r\nMIME-Version: 1.0\r\n"
            b"Content-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\nContent-Type: text/plain\r\n\r\n"
            b"The sheet is attached.\r\n--part\r\nContent-Type: text/html; charset=utf-8\r\n"
            b"Content-Disposition: attachment; filename=sheet.html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64.encodebytes(bytes_of(path)) + b"\r\n--part--\r\n")


def threads(program, pdf, page, workbook, other, catalogue):
    """Knowledges of two catalogues, each in a thread of its own, in the caller at the same time; all kinds of libraries are
    used by several threads, for the first time too."""
    with tempfile.TemporaryDirectory() as folder:
        mail = f"{folder}/sheet.eml"
        Path(mail).write_bytes(mail_with(page))
        expected = {path: line_of_program(program, path) for path in (pdf, page, workbook, mail)}
        expected[other] = line_of_program(program, other, "--catalogue", catalogue)
        assert all(expected.values())

        def read(knowledge, *paths):
            for path in paths * 3:
                reading = knowledge.read(bytes_of(path), name=path, options=CALLER)
                assert reading.json == expected[path], f"{path}: {reading.status} {reading.message}"
        in_threads(lambda: read(checksheet.Knowledge(), mail, pdf, page, workbook),
                   lambda: read(checksheet.Knowledge(catalogue=catalogue), other),
                   lambda: read(checksheet.Knowledge(), mail, workbook, page, pdf),
                   lambda: read(checksheet.Knowledge(), pdf, mail, workbook))


def shared(program, *paths):
    """One knowledge, used by several threads, in the caller and in processes."""
    knowledge = checksheet.Knowledge()
    expected = {path: line_of_program(program, path) for path in paths}

    def read(options):
        for path in paths * 2:
            assert knowledge.read(bytes_of(path), name=path, options=options).json == expected[path], path
    in_threads(*[lambda options=options: read(options) for options in (CALLER, Options(), CALLER, Options())])


def hostile(program, pdf):
    """Whatever the bytes are, the reading is an answer and the caller lives."""
    knowledge = checksheet.Knowledge()
    document = bytes_of(pdf)
    deep = b"<!DOCTYPE html><title>x</title>" + b"<div>" * 200_000
    bombs = {
        "empty": b"", "zeros": bytes(100_000), "half": document[:len(document) // 2],
        "holes": bytes(byte if number % 97 else 255 - byte for number, byte in enumerate(document)),
        "deep": deep, "json": b"[" * 500_000, "newlines": b"\n" * 3_000_000,
        "too large": bytes(65 * 1024 * 1024),
    }
    for name, bomb in bombs.items():
        reading = knowledge.read(bomb, name=name)
        assert reading.sheet is None and reading.message, f"{name}: {reading.status}"
        assert reading.status in ("damaged", "unsupported", "no-sheet", "limit-size", "limit-cpu", "limit-memory"), \
            f"{name}: {reading.status}"
    assert knowledge.read(b"x", name="a\nb\"\\\x7f", charset="nonsense").sheet is None
    assert knowledge.read(document, name=pdf).json == line_of_program(program, pdf)


def limits(program, pdf):
    knowledge = checksheet.Knowledge()
    for options, status in ((Options(seconds=0.01), "limit-wall"), (Options(memory=16), "limit-memory")):
        reading = knowledge.read(bytes_of(pdf), options=options)
        assert (reading.status, reading.sheet) == (status, None), reading


def given(program, pdf):
    """Passwords, pages and limits of size, wherever it is read; no password is seen by others or comes back."""
    knowledge = checksheet.Knowledge()
    with tempfile.TemporaryDirectory() as folder:
        locked = f"{folder}/locked.pdf"
        subprocess.run(["qpdf", "--encrypt", "aikotoba-7", "owner", "256", "--", pdf, locked], check=True)
        document = bytes_of(locked)
        for where in Where:
            assert knowledge.read(document, options=Options(where=where)).status == "needs-password", where
            wrong = knowledge.read(document, options=Options(where=where, passwords=["nonsense"]))
            assert wrong.status == "needs-password" and "nonsense" not in wrong.message, wrong
            right = knowledge.read(document, name="x", options=Options(where=where, passwords=["no", "aikotoba-7"]))
            assert right.sheet and "aikotoba" not in right.json, right
            some = knowledge.read(document, options=Options(where=where, passwords=["aikotoba-7"], pages="1"))
            assert 0 < len(some.sheet["items"]) < len(right.sheet["items"]), where
            assert any(note["code"] == "pages-left-out" for note in some.sheet["notes"]), some.sheet["notes"]
            assert knowledge.read(document, options=Options(
                where=where, passwords=["aikotoba-7"], max_pages=1)).status == "limit-pages", where
            large = document + bytes(1 << 20)
            assert knowledge.read(large, options=Options(where=where, max_input=1)).status == "limit-size", where
            archive = f"{folder}/sheet.zip"
            with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
                packed.writestr("sheet.pdf", bytes_of(pdf) + b"\n" * (2 << 20))
            assert knowledge.read(bytes_of(archive), options=Options(where=where, max_unpacked=1)).status == "limit-size", where
            assert knowledge.read(bytes_of(archive), options=Options(where=where)).sheet, where
        shown = script(folder, "shown", 'tr "\\0" " " </proc/$$/cmdline >&2; exit 3')
        seen = knowledge.read(document, options=Options(program=shown, passwords=["aikotoba-7"], max_sheet=3, pages="1,3-"))
        assert "--pages 1,3-" in seen.message and "--max-result 3" in seen.message and "aikotoba" not in seen.message, seen
    try:
        knowledge.read(b"x", options=Options(pages="3-1"))
        raise AssertionError("wrong pages were taken")
    except ValueError:
        pass


def embed(program, *paths):
    """A service that embeds the library: documents of several people at once, some hostile, each with its answer, all in one
    process, which ends as it began."""
    knowledge = checksheet.Knowledge()
    in_threads(lambda: None)  # the first thread has the C library catch a signal of its own
    before, found = state(), {}

    def serve(path):
        reading = knowledge.read(bytes_of(path), name=path, options=Options(seconds=120))
        found[path] = (reading.status, reading.sheet and [
            (item["meti"] or {}).get("id") for item in reading.sheet["items"] if item["answer"]["status"] == "yes"])
    in_threads(*[lambda path=path: serve(path) for path in paths])
    for path in paths:
        line = line_of_program(program, path)
        assert bool(line) == bool(found[path][1] is not None), (path, found[path])
    assert {status.split("-")[0] for status, items in found.values() if items is not None} <= {"ok"}
    assert any(items is None for status, items in found.values()), "none of the documents is a bad one"
    after = state()
    assert after == before, [pair for pair in zip(before, after) if pair[0] != pair[1]]


def state():
    """What a library must leave alone."""
    descriptors = {name: os.readlink(f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd")
                   if os.path.exists(f"/proc/self/fd/{name}")}
    return (descriptors, os.getcwd(), os.umask(0o22) or True, dict(os.environ), locale.setlocale(locale.LC_ALL),
            [signal.getsignal(number) for number in (signal.SIGCHLD, signal.SIGPIPE, signal.SIGSEGV, signal.SIGINT)],
            Path("/proc/self/status").read_text().split("SigBlk")[1].split("CapInh")[0])


def untouched(program, path):
    knowledge = checksheet.Knowledge()
    before = state()
    for where in Where:
        assert knowledge.read(bytes_of(path), options=Options(where=where)).sheet
    after = state()
    assert after == before, [pair for pair in zip(before, after) if pair[0] != pair[1]]
    try:
        os.waitpid(-1, os.WNOHANG)
        raise AssertionError("a process is left")
    except ChildProcessError:
        pass
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody can wait for a process now
    assert knowledge.read(bytes_of(path)).sheet


def closed(program, path):
    """A caller without standard descriptors, as a server may be."""
    knowledge, document = checksheet.Knowledge(), bytes_of(path)
    for descriptor in (0, 1, 2):
        os.close(descriptor)
    # What the program complains of must not come to be its answer.
    done = knowledge.read(document).sheet and knowledge.read(b"no sheet at all").status == "no-sheet"
    os._exit(0 if done else 1)


def moved(program, path):
    """The library was opened by a relative path, and the working folder is another one since: it finds its program and its
    modules all the same."""
    document = bytes_of(path)
    expected = line_of_program(program, path)
    os.chdir("/")
    knowledge = checksheet.Knowledge()
    for where in Where:
        reading = knowledge.read(document, name=path, options=Options(where=where))
        assert reading.json == expected, f"{where.name}: {reading.status} {reading.message}"


def charset(program):
    """A page whose encoding only its server said; nobody could guess it."""
    rows = "".join(f"<tr><td>{name}<td>{answer}" for name, answer in
                   (("サービス時間", "24時間365日"), ("サービス稼働率", "99.9%"), ("平均復旧時間", "3時間"), ("ログの取得", "あり")))
    page = f"<title>チェックシート</title><table><tr><th>項目<th>回答{rows}</table>".encode("gb18030")
    knowledge = checksheet.Knowledge()
    for where in Where:
        reading = knowledge.read(page, charset="gb18030", options=Options(where=where))
        assert reading.sheet and reading.sheet["items"][0]["name"] == "サービス時間", reading
        guessed = knowledge.read(page, options=Options(where=where))
        assert not guessed.sheet or guessed.sheet["items"][0]["name"] != "サービス時間", "it can be guessed: this shows nothing"


def patterns(program):
    with tempfile.TemporaryDirectory() as folder:
        for file in PATTERNS.iterdir():
            if file.is_file():
                Path(folder, file.name).write_bytes(file.read_bytes())
        assert checksheet.Knowledge(patterns=folder)
        with open(f"{folder}/columns.pattern", "a") as file:
            file.write("\nnumber\n    /(?:/\n")
        try:
            checksheet.Knowledge(patterns=folder)
            raise AssertionError("a wrong pattern was taken")
        except checksheet.PatternError as fault:
            assert "columns.pattern:" in str(fault), fault


def script(folder, name, text):
    path = Path(folder, name)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def programs(program, text):
    """The program that is started is absent, dies, or answers what it should not."""
    knowledge = checksheet.Knowledge()
    with tempfile.TemporaryDirectory() as folder:
        for name, words, message in (("absent", None, "No such file"), ("dies", "kill -9 $$", "without an answer"),
                                     ("complains", "echo too bad >&2; exit 3", "too bad"),
                                     ("babbles", "echo babble", "cannot be understood"),
                                     ("lists", "echo []", "cannot be understood")):
            path = script(folder, name, words) if words else f"{folder}/{name}"
            reading = knowledge.read(bytes_of(text), options=Options(program=path))
            assert reading.status == "io-error" and message in reading.message and not reading.sheet, reading
        # It has none of the caller's descriptors but three of its own.
        secret = os.open(text, os.O_RDONLY)
        os.set_inheritable(secret, True)
        lists = script(folder, "open", f"ls /proc/$$/fd >&2; test -e /proc/$$/fd/{secret} && echo leaked >&2")
        reading = knowledge.read(b"x", options=Options(program=lists))
        assert "leaked" not in reading.message and "0 1" in reading.message, reading
        # The one beside the library is found without being named.
        assert knowledge.read(bytes_of(text), options=Options(program=None)).sheet


def locale_(program, pdf):
    locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")
    assert locale.localeconv()["decimal_point"] == ","
    knowledge = checksheet.Knowledge()
    for where in Where:
        assert knowledge.read(bytes_of(pdf), name=pdf, options=Options(where=where)).json == line_of_program(program, pdf), where
    assert locale.localeconv()["decimal_point"] == ","


if __name__ == "__main__":
    {"locale": locale_}.get(sys.argv[1], globals().get(sys.argv[1]))(*sys.argv[2:])
