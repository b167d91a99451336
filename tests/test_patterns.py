"""Every pattern file passes its own examples, and one that is wrong is shown with its place."""
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from testing import ROOT


def test_built_in_examples(program):
    program.good("patterns")


def test_files_of_the_tree(program):
    program.good("patterns", "--patterns", ROOT / "patterns")


def test_compiled_files(program):
    """What is built in was made of the files when the program was built, and says what they say when they are read."""
    done = subprocess.run([Path(program.path).parent / "part-compiled", ROOT / "patterns"], check=False, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[0]) > 300_000, "it must have compared what there is: " + done.stdout


def test_built_alike_each_time(program):
    """Who builds the program from the same files has the same bytes: padding and addresses are no part of what is built in."""
    built = Path(program.path).parent
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([built / "compile_patterns", Path(folder) / "again"], check=True, timeout=600)
        assert (Path(folder) / "again").read_bytes() == (built / "compiled_patterns").read_bytes()


def check_wrong_file(program, text, *shown):
    with tempfile.TemporaryDirectory() as folder:
        wrong = Path(folder) / "patterns"
        shutil.copytree(ROOT / "patterns", wrong)
        (wrong / "columns.pattern").write_text(text)
        result = program("patterns", wrong / "columns.pattern")
    said = result.text + result.err
    assert result.status == 1, f"exit {result.status}\n{said}"
    for part in ("columns.pattern", *shown):
        assert part in said, f"{part!r} is not in:\n{said}"


def test_wrong_expression(program):
    check_wrong_file(program, "rule number\n  /(no/\n  + no\n", "2", "^")


def test_wrong_example(program):
    check_wrong_file(program, "rule number\n  /^no$/\n  + number\n", "3", "number")


def test_wrong_line(program):
    check_wrong_file(program, "rule number\n  /^no$/\n  ? no\n", "3", "^")


def test_expression_that_runs_away(program):
    """The built-in ones do not: test_built_in_examples tries each on long texts too."""
    for expression, example in (("(a+)+$", "aaa"), ("(\\w+\\s?)*!", "a b!"), ("^(?:[^x]*,)*x", ",x")):
        check_wrong_file(program, f"rule number\n  /{expression}/\n  + {example}\n", ":2:4:", "runs away")
    check_wrong_file(program, "plain\nrule number\n  /1/\n  /(?:.*,)*!/\n  + 1\n  + ,!\n", ":4:4:", "runs away")


def test_folding_is_as_by_icu(program):
    """The tables made from the .rules files do what ICU's transliterator does with them, to all of Unicode."""
    done = subprocess.run([program.path.with_name("measure-folding")], capture_output=True, text=True, timeout=1200, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def check_wrong_rules(program, text, *shown):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "comparing.rules").write_text(text)
        result = program("patterns", "--patterns", folder)
    assert result.status == 2, f"exit {result.status}\n{result.err}"
    for part in ("comparing.rules", *shown):
        assert part in result.err, f"{part!r} is not in:\n{result.err}"


def test_wrong_rules(program):
    check_wrong_rules(program, "a > b ;\n# remark\nab > c ;\n", ":3:1:", "one character")
    check_wrong_rules(program, "a > b ;\n  c - d ;\n", ":2:5:", "'>'")
    check_wrong_rules(program, "a > b\nc > d ;\n", ":2:3:", "';'")
    check_wrong_rules(program, "[a-c > d ;\n", ":1:1:", "set")
    check_wrong_rules(program, "[[:Han:]] > d ;\n", ":1:1:", "too many")
    check_wrong_rules(program, "a > '- ;\n", ":1:5:", "quote")
    check_wrong_rules(program, "\\u00 > b ;\n", ":1:1:", "hexadecimal")


def test_often(program):
    """A rule that is asked often says so before its expressions."""
    check_wrong_file(program, "rule number\n  /^no$/\n  often\n  + no\n", ":3:", "often")
    check_wrong_file(program, "often\nrule number\n  /^no$/\n  + no\n", ":1:", "often")
    check_wrong_file(program, "rule number\n  often indeed\n  /^no$/\n  + no\n", ":2:", "often")


def test_file_older_than_the_program(program):
    """A rule that a file in the folder has not got is the built-in one."""
    sample = ROOT / "corpus" / "sunadokei" / "checksheet.txt"
    with tempfile.TemporaryDirectory() as folder:
        for name, rest in (("context.pattern", "plain\nrule at-least-after\n  /^\\s*以上/\n  + 以上\n"), ("status.pattern", "plain\n")):
            (Path(folder) / name).write_text(rest)
        items = json.loads(program.good("convert", "--patterns", folder, sample).out)["items"]
    built_in = json.loads(program.good("convert", sample).out)["items"]
    assert [item["answer"]["status"] for item in items] == [item["answer"]["status"] for item in built_in]
    assert [len(item["answer"]["values"]) for item in items] == [len(item["answer"]["values"]) for item in built_in]


def test_a_pattern_that_gives_up_is_noted(program):
    """A match that is given up at its limit finds nothing: the note says where. Here in a name, and in an answer."""
    runaway = "/^(?:(?:a+)+b?)+$/"
    cells = [(4, "a" * 60 + "!", "有"), (6, "ディザスタリカバリ", "a" * 60 + "!")]
    rows = "".join(f"{number}\t{name}\t{answer}\n" for number, name, answer in
                   [(1, "サービス時間", "24時間"), (2, "計画停止予定通知", "有"), (3, "サービス稼働率", "99.9%"), *cells,
                    (7, "代替手段", "無"), (8, "重大障害時の代替手段", "無"), (9, "アップグレード方針", "有")])
    with tempfile.TemporaryDirectory() as folder:
        for file, head, rule in (("judgements.pattern", "compare\n", "meti-31"), ("status.pattern", "plain\n", "partial")):
            (Path(folder) / file).write_text(f"{head}rule {rule}\n  {runaway}\n  + aa\n")
            sheet = json.loads(program.good("convert", "--patterns", folder, "-", stdin=f"No.\t項目\t回答\n{rows}".encode()).out)
            places = [note["place"] for note in sheet["notes"] if note["code"] == "pattern-gave-up"]
            assert places, f"{file}: nothing is said of the match that was given up"
            assert any(place and place["line"] for place in places), f"{file}: the place is missing: {places}"
            (Path(folder) / file).unlink()
    plain = json.loads(program.good("convert", "-", stdin=f"No.\t項目\t回答\n{rows}".encode()).out)
    assert not [note for note in plain["notes"] if note["code"] == "pattern-gave-up"]
