"""Many inputs: a run that is ended at any moment and resumed, several runs in one folder, shards, lists, streams."""
import base64
import fcntl
import json
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import hostile
from testing import ROOT, each, within_budget

PAGE = (ROOT / "corpus" / "yoinoma" / "service-level.html").read_text()
GOOD, BAD = 24, 6
KILLS = int(os.environ.get("KILLS", "12"))  # more: KILLS=200 KILL_DOCUMENTS=1000 KILL_SECONDS=8 ./dev test batch.killed
KILL_DOCUMENTS = int(os.environ.get("KILL_DOCUMENTS", "30"))  # one in ten of them is hostile
KILL_SECONDS = float(os.environ.get("KILL_SECONDS", "0"))  # a run is killed within; 0: the time of a whole one
VOLATILE = {"seconds"}


class Batch:
    """A folder with inputs: good ones, which differ by a word, and ones that fail."""

    def __init__(self, good=GOOD, bad=BAD):
        self.made = tempfile.TemporaryDirectory()
        self.folder = Path(self.made.name)
        (self.folder / "in").mkdir()
        for number in range(good):
            (self.folder / f"in/good{number}.html").write_text(page(number))
        for number in range(bad):
            (self.folder / f"in/bad{number}.html").write_text(f"<p>{number}</p>")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.made.cleanup()

    def records(self, name="out"):
        """The last record of each input; a last line that its writer did not end is not one."""
        text = (self.folder / name / "ledger.jsonl").read_text()
        return {record["uri"]: record for record in map(json.loads, text[:text.rfind("\n") + 1].splitlines())}

    def settled(self, name="out"):
        return {uri: {field: value for field, value in record.items() if field not in VOLATILE}
                for uri, record in self.records(name).items()}

    def sheets(self, name="out"):
        return {path.name: path.read_bytes() for path in (self.folder / name).iterdir() if path.name != "ledger.jsonl"}

    def lines(self, name="out"):
        return len((self.folder / name / "ledger.jsonl").read_text().splitlines())


def page(number):
    return PAGE.replace("<title>", f"<title>第{number}版 ", 1)


def check(batch, name="out"):
    """Every sheet has its record, and every record its sheet."""
    outputs = {record["output"] or record.get("kept") for record in batch.records(name).values()} - {None}
    assert outputs == set(batch.sheets(name)), outputs ^ set(batch.sheets(name))


def kill_one_of(run, chance):
    """Kills the group, the parent, or a child."""
    what = chance.choice(["group", "parent", "child"])
    if what == "group":
        os.killpg(run.pid, signal.SIGKILL)
    elif what == "parent":
        run.kill()
    else:
        children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
        for child in children[:1]:
            try:
                os.kill(int(child), signal.SIGKILL)
            except ProcessLookupError:
                pass


def hostile_batch():
    """A batch one in ten of whose inputs are hostile ones, of as many kinds as there are."""
    count = KILL_DOCUMENTS // 10
    batch = Batch(good=KILL_DOCUMENTS - count, bad=0)
    with tempfile.TemporaryDirectory() as folder:
        made = sorted(hostile.write(Path(folder)))
        for number in range(count):
            name = made[number * len(made) // count]
            shutil.copy(Path(folder, name), batch.folder / "in" / name)
    return batch


def check_after_a_kill(batch):
    """No sheet is without its record, and no record without its sheet, once nobody holds the ledger."""
    ledger = batch.folder / "out/ledger.jsonl"
    if ledger.exists():
        with ledger.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            check(batch)


def test_killed_and_resumed(program):
    chance = random.Random(20261130)
    call = ("convert", "-j", "2", "--cpu", "5", "--timeout", "600")
    with hostile_batch() as batch:
        begun = time.monotonic()
        program(*call, "-o", "whole", "in", folder=batch.folder, timeout=6000)
        seconds = KILL_SECONDS or time.monotonic() - begun
        for _ in within_budget("kills of a batch", range(KILLS)):
            with subprocess.Popen([program.path, *call, "--resume", "-o", "out", "in"], cwd=batch.folder,
                                  stderr=subprocess.DEVNULL, start_new_session=True) as run:
                time.sleep(chance.uniform(0, seconds))
                if run.poll() is None:
                    kill_one_of(run, chance)
            check_after_a_kill(batch)
            if (batch.folder / "out/ledger.jsonl").exists() and len(batch.records()) == KILL_DOCUMENTS:
                shutil.rmtree(batch.folder / "out")
        result = program(*call, "--resume", "-o", "out", "in", folder=batch.folder, timeout=6000)
        assert result.status == 1, result.err
        assert batch.sheets() == batch.sheets("whole")
        assert batch.settled() == batch.settled("whole")
        check(batch)
        before = batch.lines()
        program("convert", "--resume", "-o", "out", "in", folder=batch.folder)
        assert batch.lines() == before, "what is done was done again"


@each(["SIGINT", "SIGTERM", "SIGHUP"])
def test_ended_by_a_signal(program, name):
    """A signal to the whole group, as Ctrl-C sends it: what is in hand is finished, nobody is said to have crashed."""
    number = getattr(signal, name)
    with Batch(good=60) as batch:
        with subprocess.Popen([program.path, "convert", "-j", "2", "-o", "out", "in"], cwd=batch.folder, text=True,
                              env={**os.environ, "LC_ALL": "C.UTF-8"}, stderr=subprocess.PIPE, start_new_session=True,
                              preexec_fn=lambda: signal.signal(number, signal.SIG_DFL)) as run:  # nohup ignores SIGHUP
            while not (batch.folder / "out/ledger.jsonl").exists() or batch.lines() < 5:
                time.sleep(0.005)
            os.killpg(run.pid, number)
            said = run.communicate()[1]
        assert run.returncode == -number, (run.returncode, said)
        assert "--resume" in said, said
        assert 5 <= batch.lines() < 66 and "crash" not in {record["status"] for record in batch.records().values()}
        check(batch)
        assert program("convert", "--resume", "-o", "out", "in", folder=batch.folder).status == 1
        assert len(batch.records()) == 66 == batch.lines()


def test_resume_does_what_changed(program):
    with Batch(good=4, bad=1) as batch:
        def resumed(*options):
            before = batch.lines()
            program("convert", "-o", "out", "in", *options, folder=batch.folder)
            lines = (batch.folder / "out/ledger.jsonl").read_text().splitlines()[before:]
            return sorted(json.loads(line)["uri"] for line in lines)

        program("convert", "-o", "out", "in", folder=batch.folder)
        assert resumed("--resume") == []
        (batch.folder / "in/good1.html").write_text(page(99))
        (batch.folder / "out/good2.json").unlink()
        (batch.folder / "in/new.html").write_text(page(100))
        assert resumed("--resume") == ["in/good1.html", "in/good2.html", "in/new.html"]
        assert json.loads(batch.sheets()["good1.json"])["source"]["sha256"] == sha256(page(99).encode()).hexdigest()
        assert resumed("--retry", "no-sheet") == ["in/bad0.html"]
        assert resumed("--retry", "crash,damaged") == []
        shutil.copytree(ROOT / "patterns", batch.folder / "patterns")
        with open(batch.folder / "patterns/thesaurus.tsv", "a", encoding="utf-8") as words:
            words.write("# another\n")
        assert len(resumed("--resume", "--patterns", "patterns")) == 6, "other patterns"
        assert len(resumed("--resume", "--patterns", "patterns", "--format", "ndjson")) == 6, "another format"


def test_a_failure_names_the_sheet_that_stays(program):
    with Batch(good=1, bad=0) as batch:
        program.good("convert", "-o", "out", "in", folder=batch.folder)
        (batch.folder / "in/good0.html").write_text("<p>gone</p>")
        assert program("convert", "--resume", "-o", "out", "in", folder=batch.folder).status == 3
        record = batch.records()["in/good0.html"]
        assert (record["status"], record["output"], record["kept"]) == ("no-sheet", None, "good0.json"), record
        check(batch)


def test_torn_line(program):
    with Batch(good=2, bad=0) as batch:
        program.good("convert", "-o", "out", "in", folder=batch.folder)
        with open(batch.folder / "out/ledger.jsonl", "r+b") as ledger:
            ledger.truncate(ledger.seek(0, 2) - 20)
        program.good("convert", "--resume", "-o", "out", "in", folder=batch.folder)
        assert batch.lines() == 2 and len(batch.records()) == 2
        check(batch)


def test_several_runs_at_once(program):
    """Also over the same inputs, and inputs of the same name."""
    with Batch() as batch:
        shutil.copytree(batch.folder / "in", batch.folder / "more")
        inputs = [["in"], ["in"], [f"more/good{number}.html" for number in range(GOOD)], ["more/bad0.html", "in/bad1.html"]]
        runs = [subprocess.Popen([program.path, "convert", "-j", "1", "-o", "out/", *words], cwd=batch.folder,
                                 stderr=subprocess.DEVNULL) for words in inputs]
        assert {run.wait() for run in runs} <= {0, 1, 3}
        records = batch.records()
        assert len(records) == 2 * GOOD + BAD + 1
        for record in records.values():
            if record["output"]:
                sheet = json.loads((batch.folder / "out" / record["output"]).read_text())
                assert sheet["source"]["uri"] == record["uri"], record
        check(batch)


@each([1, 8])
def test_jobs(program, jobs):
    with Batch() as batch:
        expected = program("convert", "-j", "2", "in", folder=batch.folder)
        seen = program("convert", "-j", str(jobs), "in", folder=batch.folder)
        assert seen.out == expected.out and seen.status == expected.status == 1
        lines = [json.loads(line) for line in seen.out.splitlines()]
        assert [line["source"]["uri"] for line in lines] == sorted(f"in/{path.name}" for path in (batch.folder / "in").iterdir())
        failures = [line for line in lines if line["format"] == "checksheet-failure/1"]
        assert len(failures) == BAD
        assert all(list(line) == ["format", "source", "status", "reason"] and line["status"] == "no-sheet" for line in failures)


def test_shards(program):
    with Batch() as batch:
        (batch.folder / "in/sub").mkdir()
        (batch.folder / "in/sub/good1.html").write_text(page(200))
        (batch.folder / "in/good1.txt").write_text("nothing")
        program("convert", "-o", "whole", "in", folder=batch.folder)
        shards = [f"s{number}" for number in range(1, 5)]
        for number, name in enumerate(shards, 1):
            program("convert", "--shard", f"{number}/4", "-o", name, "in", folder=batch.folder)
        assert sum(batch.lines(name) for name in shards) == batch.lines("whole")
        for _ in range(2):
            program.good("merge", "-o", "out", *shards, folder=batch.folder)
            assert batch.sheets() == batch.sheets("whole")
            assert batch.settled() == batch.settled("whole") and batch.lines() == batch.lines("whole")


def test_merge_of_what_does_not_go_together(program):
    with Batch(good=1, bad=0) as batch:
        (batch.folder / "more").mkdir()
        (batch.folder / "more/good0.html").write_text(page(7))
        for name, path in (("s1", "in/good0.html"), ("s2", "more/good0.html")):
            program.good("convert", "-o", f"{name}/", path, folder=batch.folder)
        result = program("merge", "-o", "out", "s1", "s2", folder=batch.folder)
        assert result.status == 3 and "in/good0.html" in result.err and "more/good0.html" in result.err, result.err
        (batch.folder / "s1/good0.json").unlink()
        assert program("merge", "-o", "out", "s1", folder=batch.folder).status == 3
        assert program("merge", "-o", "out", "nosuch", folder=batch.folder).status == 2


def test_later_records_win(program):
    with Batch(good=1, bad=0) as batch:
        program.good("convert", "-o", "s1/", "in/good0.html", folder=batch.folder)
        (batch.folder / "in/good0.html").write_text(page(8))
        program.good("convert", "-o", "s2/", "in/good0.html", folder=batch.folder)
        program.good("merge", "-o", "out", "s1", "s2", folder=batch.folder)
        assert batch.sheets() == batch.sheets("s2") and batch.settled() == batch.settled("s2")


@each(["lines", "nul", "standard input"])
def test_lists(program, how):
    with Batch(good=2, bad=1) as batch:
        names = ["in/bad0.html", "in/good1.html", "in"]
        text = ("\0" if how == "nul" else "\n").join(names).encode()
        (batch.folder / "list").write_bytes(text)
        options = {"lines": ["--from-file", "list"], "nul": ["-0", "--from-file", "list"], "standard input": ["--from-file", "-"]}
        result = program("convert", *options[how], folder=batch.folder, stdin=text)
        uris = [json.loads(line)["source"]["uri"] for line in result.out.splitlines()]
        assert uris == ["in/bad0.html", "in/good1.html", "in/bad0.html", "in/good0.html", "in/good1.html"], uris
        assert program("convert", "-o", "out", *options[how], folder=batch.folder, stdin=text).status == 1
        assert batch.lines() == 3, "an input that is named twice has one record"


def test_names_that_are_not_utf8(program):
    name = b"caf\xe9 5%.html"
    with Batch(good=0, bad=0) as batch:
        (batch.folder / "in" / os.fsdecode(name)).write_text(page(1))
        program.good("convert", "-o", "out", "in", folder=batch.folder)
        assert list(batch.records()) == ["in/caf%E9 5%25.html"]
        (name, sheet), = batch.sheets().items()
        assert name == "caf%E9 5%25.json" and json.loads(sheet)["source"]["uri"] == "in/caf%E9 5%25.html"
        program.good("convert", "--resume", "-o", "out", "in", folder=batch.folder)
        assert batch.lines() == 1


def test_link_to_a_folder_is_said(program):
    with Batch(good=1, bad=0) as batch:
        (batch.folder / "elsewhere").mkdir()
        (batch.folder / "in/link").symlink_to("../elsewhere")
        result = program("convert", "-o", "out", "in", folder=batch.folder)
        assert result.status == 1 and "in/link" in result.err and batch.records()["in/link"]["status"] == "unsupported"


def filtered(program, text, folder=ROOT):
    return [json.loads(line) for line in program.good("convert", "--filter", stdin=text, folder=folder).out.splitlines()]


def test_filter(program):
    with Batch(good=1, bad=1) as batch:
        encoded = base64.b64encode(page(5).encode()).decode()
        lines = ["in/good0.html", "", '{"path": "in/bad0.html"}', json.dumps({"name": "x.html", "base64": encoded}),
                 json.dumps({"name": "y.html", "base64": encoded[:-3]}), "in", "{", "nosuch.pdf"]
        seen = filtered(program, "\n".join(lines).encode(), batch.folder)
        assert [line["source"]["uri"] for line in seen] == ["in/good0.html", "line 2", "in/bad0.html", "x.html", "line 5", "in",
                                                            "line 7", "nosuch.pdf"]
        assert [line.get("status", "ok") for line in seen] == ["ok", "damaged", "no-sheet", "ok", "damaged", "unsupported",
                                                               "damaged", "io-error"]
        assert filtered(program, b"") == []
        many = "in/good0.html\nin/bad0.html\n" * 100
        assert [line["format"][-9:] for line in filtered(program, many.encode(), batch.folder)] == ["ecksheet/1"[-9:], "failure/1"] * 100


def test_filter_answers_each_line_at_once(program):
    with subprocess.Popen([program.path, "convert", "--filter"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        for _ in range(3):
            run.stdin.write(b"corpus/yoinoma/service-level.html\n")
            run.stdin.flush()
            assert json.loads(run.stdout.readline())["format"] == "checksheet/1"
        run.stdin.close()
        assert run.wait() == 0


def test_all_failed(program):
    with Batch(good=0, bad=2) as batch:
        assert program("convert", "in", folder=batch.folder).status == 3


def test_reasons_are_english_in_any_language(program):
    japanese = {"LANGUAGE": "ja", "LC_ALL": "C.UTF-8"}
    with Batch(good=0, bad=1) as batch:
        (batch.folder / "elsewhere").mkdir()
        (batch.folder / "in/link").symlink_to("../elsewhere")
        (batch.folder / "in/empty.pdf").write_bytes(b"")
        assert not program("convert", "in/bad0.html", folder=batch.folder, environment=japanese).err.isascii()
        program("convert", "-o", "out", "in", "nosuch.pdf", folder=batch.folder, environment=japanese)
        reasons = [record["reason"] for record in batch.records().values()]
        assert len(reasons) == 4 and all(reason and reason.isascii() for reason in reasons), reasons
        stream = program("convert", "in", folder=batch.folder, environment=japanese).out
        assert len(stream.splitlines()) == 3 and stream.isascii(), stream
        assert program("convert", "--filter", stdin=b"\nnosuch.pdf\n", environment=japanese).out.isascii()
