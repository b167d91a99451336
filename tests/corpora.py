"""corpora - what the tests of refresh are written with: sheets of a few items, a corpus in a temporary folder, what is in its database."""
import contextlib
import hashlib
import html
import json
import sqlite3
import tempfile
from pathlib import Path

from testing import ROOT

NAMES = [item["name"] for item in json.loads((ROOT / "patterns" / "meti.json").read_text())["items"]]


def sheet(answers=None, items=8, title="チェックシート", head=""):
    """A web page with METI's first ITEMS; ANSWERS has other answers by number, from 1."""
    answers = answers or {}
    rows = "".join(f"<tr><td>{number}</td><td>{html.escape(name)}</td><td>{answers.get(number, f'回答{number}です')}</td></tr>"
                   for number, name in enumerate(NAMES[:items], 1))
    return (f"<!DOCTYPE html><html lang='ja'><meta charset='utf-8'><title>{title}</title><h1>{title}</h1>{head}<table>"
            f"<tr><th>No.</th><th>サービスレベル項目</th><th>回答</th></tr>{rows}</table></html>").encode()


class Corpus:
    """A corpus with documents {"vendor/document": "url: …" or another origin, as YAML}."""

    def __init__(self, folder, documents):
        self.folder = Path(folder)
        self.write(documents)

    def write(self, documents):
        vendors = {}
        for name, origin in documents.items():
            vendor, document = name.split("/")
            lines = "".join(f"        {line}\n" for line in origin.splitlines())
            vendors.setdefault(vendor, []).append(f"      - id: {document}\n{lines}")
        text = "".join(f"  - id: {vendor}\n    documents:\n{''.join(lines)}" for vendor, lines in vendors.items())
        (self.folder / "vendors.yaml").write_text("vendors:\n" + text)

    def refresh(self, program, *words, **options):
        return program("refresh", "--allow-private-addresses", *words, self.folder, **options)

    def out(self, name):
        return json.loads((self.folder / "out" / f"{name}.json").read_text())

    def changes(self, name):
        return json.loads((self.folder / "out" / f"{name}.changes.json").read_text())

    def answers(self, name):
        return [item["answer"]["text"] for item in self.out(name)["items"]]

    def ledger(self):
        """The last record of each document."""
        records = [json.loads(line) for line in (self.folder / "ledger.jsonl").read_text().splitlines()]
        return list({record.get("document", record["uri"]): record for record in records}.values())

    def rows(self, sql, *values):
        with contextlib.closing(sqlite3.connect(self.folder / "corpus.db")) as database:
            return database.execute(sql, values).fetchall()

    def stored(self):
        """The names of the files in the store; each must hold what its name says."""
        names = [path.name for path in (self.folder / "store").glob("*")]
        for name in names:
            path = self.folder / "store" / name
            assert hashlib.sha256(path.read_bytes()).hexdigest() == name, f"{path} is not what its name says"
        return sorted(names)

    def files(self):
        """Every file with its bytes and its inode: what is the same in both was not written."""
        return {str(path.relative_to(self.folder)): (path.stat().st_ino, path.read_bytes())
                for path in sorted(self.folder.rglob("*")) if path.is_file()}


@contextlib.contextmanager
def corpus(documents):
    with tempfile.TemporaryDirectory() as folder:
        yield Corpus(folder, documents)


def sum_of(body):
    return hashlib.sha256(body).hexdigest()
