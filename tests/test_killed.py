"""A refresh that is killed (SIGKILL) at any moment loses nothing that it said was done, leaves no half of a file, and the next one finishes
the work."""
import random
import re
import subprocess
import threading
import time

from corpora import corpus, sheet, sum_of
from test_faults import check_records
from testing import within_budget
from web_server import WebServer, document

DOCUMENTS = 8


class Vendors:
    """Documents that get a new revision now and then."""

    def __init__(self, server, chance):
        self.server, self.chance = server, chance
        self.numbers = [0] * DOCUMENTS
        self.names = [f"v{index % 3}/d{index}" for index in range(DOCUMENTS)]
        for index in range(DOCUMENTS):
            self.publish(index)

    def body(self, index):
        return sheet({1: f"第{self.numbers[index]}版", 2: self.names[index]})

    def publish(self, index):
        self.numbers[index] += 1
        self.server.paths[f"/{index}"] = document(self.body(index), f'"{self.numbers[index]}"', media_type="text/html")

    def publish_some(self):
        for index in range(DOCUMENTS):
            if self.chance.random() < 0.4:
                self.publish(index)

    def origins(self):
        return {name: f"url: {self.server.url(f'/{index}')}" for index, name in enumerate(self.names)}


def look_for_damage(sheets, acknowledged):
    """What has to hold whenever nobody is at work. ACKNOWLEDGED: how many revisions of each document were told of."""
    stored = set(sheets.stored())
    check_records(sheets.folder)
    if not (sheets.folder / "corpus.db").exists():
        assert not acknowledged
        return
    assert sheets.rows("pragma integrity_check") == [("ok",)]
    known = {name: 0 for name in acknowledged}
    try:
        rows = sheets.rows("select d.id, r.sha256 from revisions r join documents d on d.document = r.document")
    except Exception as failure:  # the tables are made in one step
        assert not acknowledged, failure
        return
    for name, sha256 in rows:
        assert sha256 in stored, f"{name}: the bytes of a revision are lost"
        known[name] = known.get(name, 0) + 1
    for name, count in acknowledged.items():
        assert known[name] >= count, f"{name}: {count} revisions were told of, {known[name]} are there"


def run_and_kill(program, sheets, seconds, acknowledged):
    refresh = subprocess.Popen([program.path, "refresh", "--allow-private-addresses", "--jobs", "2", "--changes", sheets.folder / "changes.jsonl",
                                sheets.folder],
                               stderr=subprocess.PIPE, text=True)
    killer = threading.Timer(seconds, refresh.kill)
    killer.start()
    said = refresh.communicate()[1]
    killer.cancel()
    for name in re.findall(r"^\S+ (?:new|revised) +([^:\n]+): .*\n", said, re.MULTILINE):
        acknowledged[name] = acknowledged.get(name, 0) + 1
    assert refresh.returncode in (0, -9), said
    return refresh.returncode != 0


def test_kill(program):
    kills = 20 if "clang" in program.name else 200
    chance = random.Random(20261121)
    with WebServer() as server:
        vendors = Vendors(server, chance)
        with corpus(vendors.origins()) as sheets:
            begun = time.monotonic()
            sheets.refresh(program)
            seconds = time.monotonic() - begun
            acknowledged, runs = {}, 0
            for number in within_budget("kills of a refresh", range(kills)):
                killed = False
                while not killed:
                    vendors.publish_some()
                    killed = run_and_kill(program, sheets, chance.uniform(0.01, seconds), acknowledged)
                    look_for_damage(sheets, acknowledged)
                    runs += 1
                    assert runs < 10 * kills, f"{number} of {runs} runs were killed"
            result = sheets.refresh(program, "--changes", sheets.folder / "changes.jsonl")
            assert result.status == 0, result.err
            look_for_damage(sheets, acknowledged)
            for index, name in enumerate(vendors.names):
                assert sheets.out(name)["source"]["sha256"] == sum_of(vendors.body(index)), f"{name} is not up to date"
            assert not list(sheets.folder.rglob("*.part")), "something half-done was left"
            assert "8 unchanged" in sheets.refresh(program).err
            look_at_the_end(program, sheets, vendors)


def look_at_the_end(program, sheets, vendors):
    """Each document has its last record, each change was told once, and the sheets are those of a run that nobody disturbed."""
    assert {record["document"]: record["status"] for record in sheets.ledger()} == {name: "not-modified" for name in vendors.names}
    told = (sheets.folder / "changes.jsonl").read_text().splitlines()
    assert sorted(told) == sorted(json for json, in sheets.rows("select json from changes")), "a change was told twice, or never"
    verified = program("verify", sheets.folder)
    assert verified.status == 0, verified.text
    with corpus(vendors.origins()) as others:
        others.refresh(program)
        assert {name: others.out(name) for name in vendors.names} == {name: sheets.out(name) for name in vendors.names}
