"""The floors of extract/ (floors.py): an include goes down, never up."""
import collections
import re

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


def types_of(text):
    """The names that a file gives to types, forward declarations left out."""
    return set(re.findall(r"^\} (\w+);", text, re.MULTILINE)) | set(re.findall(r"^typedef enum \{[^}]*\} (\w+);", text, re.MULTILINE))


def test_a_type_has_one_name_in_the_whole_tree():
    where = collections.defaultdict(set)
    for path in floors.EXTRACT.rglob("*.[ch]"):
        for name in types_of(path.read_text()):
            where[name].add(str(path.relative_to(floors.EXTRACT)))
    assert len(where) > 100, "the types were not found"
    twice = [f"{name}: {', '.join(sorted(files))}" for name, files in sorted(where.items()) if len(files) > 1]
    assert not twice, "\n".join(twice)


def hidden_state(text):
    """Variables that keep their value between calls and may change: `static`, in a function or a file, without `const`."""
    lines = re.findall(r"^\s*static ([^(={]*?[\w\]])\s*(?:=[^;]*)?;", text, re.MULTILINE)
    return [line for line in lines if not re.search(r"\bconst\b[^*]*$|\bconst\b [\w ]+\*?const\b", line) and "(" not in line]


def test_nothing_is_remembered_outside_a_value():
    found = [f"{path.relative_to(floors.EXTRACT)}: {line}" for path in sorted(floors.EXTRACT.rglob("*.c"))
             for line in hidden_state(path.read_text())]
    assert not found, "\n".join(found)


def test_hidden_state_is_found():
    assert hidden_state("static int count = 0;\n  static Cache *known;\nstatic const int limit = 3;\n") == ["int count", "Cache *known"]


def test_files_that_the_map_names_are_there():
    """extract/README.md says where to change what: each file it names exists."""
    text = (floors.EXTRACT / "README.md").read_text()
    there = [str(path.relative_to(floors.EXTRACT)) for path in floors.EXTRACT.rglob("*") if path.is_file()]
    named = set(re.findall(r"`([\w/]+\.(?:cc|c|h|sql))`", text)) | {f"{name}.c" for name in re.findall(r"`([\w/]+)\.\[ch\]`", text)}
    lost = sorted(name for name in named if not any(file == name or file.endswith("/" + name) for file in there))
    assert named and not lost, f"not there: {', '.join(lost)}"


def test_every_document_is_read_by_the_library():
    """What reads a whole document goes through library/, whose calls other programs have; of the commands none knows the road."""
    users = sorted(file for file, names in floors.includes(floors.EXTRACT).items() if "road" in names)
    assert users == ["library/document_task", "library/stage"], users
    options = (floors.EXTRACT / "commands/reading_options.c").read_text()
    setters = set(re.findall(r"\bchecksheet_options_(?:set|add)_\w+", (floors.EXTRACT / "library/checksheet.h").read_text()))
    unused = {name for name in setters if name not in options}
    assert unused == {"checksheet_options_set_program"}, f"limits and passwords that the program sets otherwise: {unused}"


def test_each_function_has_a_name_of_its_own():
    """What is linked as one, the fuzzers and TSan's program, takes no two functions of one name, though `checksheet` and its modules would.
    Stubs and their modules have the same functions, tesseract.c has them with Tesseract and without."""
    defined = {}
    for path in sorted(floors.EXTRACT.rglob("*.c")):
        if path.stem.endswith("_stubs"):
            continue
        for before, name in re.findall(r"^([a-zA-Z][^\n]*)\n([a-z]\w*) \([^;{]*?\)\n\{", path.read_text(), re.M):
            if "static" not in before and name != "main":
                defined.setdefault(name, set()).add(str(path.relative_to(floors.EXTRACT)))
    assert len(defined) > 1000, "the functions are not found any more"
    twice = {name: sorted(paths) for name, paths in defined.items() if len(paths) > 1}
    assert not twice, twice
