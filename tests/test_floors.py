"""The floors of extract/ (floors.py): an include goes down, never up."""
import floors


def test_no_include_goes_up():
    wrong = list(floors.faults(floors.includes(floors.EXTRACT)))
    assert not wrong, "\n".join(wrong)


def test_an_include_that_goes_up_is_found():
    wrong = list(floors.faults({"model/a": {"read/b"}, "read/b": set()}))
    assert wrong == ["model/a includes read/b.h, which is on a floor above"], wrong


def test_folders_that_include_each_other_are_found():
    wrong = list(floors.faults({"text/a": {"layout/b"}, "layout/b": set(), "layout/c": {"text/d"}, "text/d": set()}))
    assert wrong == ["folders include each other: layout, text"], wrong


def test_files_that_include_each_other_are_found():
    wrong = list(floors.faults({"text/a": {"text/b"}, "text/b": {"text/c"}, "text/c": {"text/a"}}))
    assert wrong == ["files include each other: text/a, text/b, text/c"], wrong
