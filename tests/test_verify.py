"""`checksheet verify`: a corpus that is whole, one that was tampered with in each way, and a database made anew."""
import contextlib
import json
import shutil
import sqlite3

from corpora import corpus, sheet, sum_of
from web_server import WebServer, document


@contextlib.contextmanager
def filled(program):
    """Two documents, one of three revisions."""
    with WebServer() as server:
        with corpus({"x/a": f"url: {server.url('/a')}", "y/b": f"url: {server.url('/b')}"}) as sheets:
            server.paths["/b"] = document(sheet(title="別"), '"1"', media_type="text/html")
            for number, answer in enumerate("一二三", 1):
                server.paths["/a"] = document(sheet({1: answer}), f'"{number}"', media_type="text/html")
                assert sheets.refresh(program).status == 0
            yield sheets


def change_database(sheets, sql):
    with contextlib.closing(sqlite3.connect(sheets.folder / "corpus.db")) as database:
        database.execute(sql)
        database.commit()


def alter_sheet(sheets):
    path = sheets.folder / "out/x/a.json"
    path.write_text(path.read_text().replace("回答2です", "回答9です"))


def alter_note(sheets):
    path = sheets.folder / "out/x/a.json"
    path.write_text(path.read_text().replace('"title": "チェックシート"', '"title": "チェックシーツ"'))


def stored(sheets, answer):
    return sheets.folder / "store" / sum_of(sheet({1: answer}))


TAMPERED = {
    "altered bytes": (lambda sheets: stored(sheets, "二").write_bytes(b"x"), "was altered"),
    "missing bytes": (lambda sheets: stored(sheets, "一").unlink(), "the bytes of revision 1 are missing"),
    "unnamed bytes": (lambda sheets: (sheets.folder / "store" / sum_of(b"x")).write_bytes(b"x"), "no row of corpus.db names it"),
    "a stranger": (lambda sheets: (sheets.folder / "store/readme.txt").write_text("x"), "does not belong into the store"),
    "altered answer": (alter_sheet, "has other items than corpus.db"),
    "altered title": (alter_note, "is not what its bytes give"),
    "missing sheet": (lambda sheets: (sheets.folder / "out/y/b.json").unlink(), "is missing"),
    "old sheet": (lambda sheets: shutil.copy(sheets.folder / "out/y/b.json", sheets.folder / "out/x/a.json"), "is of other bytes"),
    "broken sheet": (lambda sheets: (sheets.folder / "out/y/b.json").write_text("{"), "is not a sheet"),
    "sheet of nobody": (lambda sheets: shutil.copy(sheets.folder / "out/y/b.json", sheets.folder / "out/y/c.json"), "belongs to no document"),
    "rows of nobody": (lambda sheets: change_database(sheets, "update items set revision = 77 where revision = 1"), "rows of the table items"),
    "a gap": (lambda sheets: change_database(sheets, "update revisions set number = 7 where number = 2"), "not numbered from 1 to 7"),
    "an old current one": (lambda sheets: change_database(sheets, "update documents set revision = 1 where id = 'x/a'"), "is not the last"),
    "changes that are others": (lambda sheets: (sheets.folder / "out/x/a.changes.json").write_text("{}"), "is not what both revisions give"),
    "changes that are gone": (lambda sheets: (sheets.folder / "out/x/a.changes.json").unlink(), "is not what both revisions give"),
    "no database": (lambda sheets: [path.unlink() for path in sheets.folder.glob("corpus.db*")], "there is no corpus.db"),
    "no database at all": (lambda sheets: (sheets.folder / "corpus.db").write_bytes(b"hello" * 1000), "--rebuild"),
}


def test_each_fault_is_told(program):
    with filled(program) as sheets:
        before = sheets.files()
        whole = program.good("verify", sheets.folder)
        assert whole.out == b"" and "is whole" in whole.err, whole.text + whole.err
        assert set(before) == {name for name in sheets.files() if not name.startswith("corpus.db-")}
        kept = sheets.folder.with_name(sheets.folder.name + "-kept")
        shutil.copytree(sheets.folder, kept)
        for name, (tamper, said) in TAMPERED.items():
            shutil.rmtree(sheets.folder)
            shutil.copytree(kept, sheets.folder)
            tamper(sheets)
            result = program("verify", sheets.folder)
            assert result.status == 1 and said in result.text and "fault" in result.err, f"{name}: {result.text}{result.err}"
        shutil.rmtree(kept)


ROWS = ("select d.id, r.number, r.sha256, r.bytes, r.address, r.status, r.title from revisions r join documents d using (document) order by 1, 2",
        "select d.id, r.number, i.position, i.name, i.answer, i.status from items i join revisions r using (revision) join documents d using (document) "
        "order by 1, 2, 3",
        "select json from changes order by json")


def test_a_database_is_made_anew(program):
    with filled(program) as sheets:
        rows, before = [sheets.rows(sql) for sql in ROWS], sheets.files()
        for path in sheets.folder.glob("corpus.db*"):
            path.unlink()
        result = program.good("verify", "--rebuild", sheets.folder)
        assert "4 revisions of 2 documents" in result.text and "not known any more" in result.text, result.text
        assert [sheets.rows(sql) for sql in ROWS] == rows
        assert program("verify", sheets.folder).status == 0
        again = sheets.refresh(program)
        assert "0 new, 0 revised, 0 remade, 2 unchanged, 0 failed" in again.err, again.err
        after = sheets.files()
        assert all(after[name] == before[name] for name in before if name.startswith(("out/", "store/")))
        (sheets.folder / "ledger.jsonl").unlink()
        (sheets.folder / "corpus.db").write_bytes(b"no database" * 1000)
        result = program.good("verify", "--rebuild", sheets.folder)
        assert "ledger.jsonl: is missing" in result.text and (sheets.folder / "corpus.db.old").read_bytes() == b"no database" * 1000
        assert sheets.rows("select count (*) from revisions") == [(2,)]
        assert not (sheets.folder / ".rebuild").exists()


def test_retired_documents_are_rebuilt_as_such(program):
    with filled(program) as sheets:
        origin = (sheets.folder / "vendors.yaml").read_text()
        (sheets.folder / "vendors.yaml").write_text(origin[:origin.index("  - id: y")])
        assert "1 retired" in sheets.refresh(program).err
        program.good("verify", sheets.folder)
        program.good("verify", "--rebuild", sheets.folder)
        assert sheets.rows("select id, retired is null from documents order by id") == [("x/a", 1), ("y/b", 0)]
        (sheets.folder / "vendors.yaml").write_text(origin)
        assert "1 remade" in sheets.refresh(program).err
        assert json.loads((sheets.folder / "out/y/b.json").read_text())["items"]
        program.good("verify", sheets.folder)


def test_wrong_calls(program):
    assert program("verify", "/nowhere/at/all").status == 2
    assert program("verify", "a", "b").status == 2
