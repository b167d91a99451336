"""What is said of commands: help, man pages, completions, all out of one table of options; and the words of Japanese."""
import json
import re
import subprocess
import shutil
import unicodedata

from testing import ROOT, Skip, each

COMMANDS = re.findall(r'^    \{"([a-z]+)", command_', (ROOT / "extract/commands/command.c").read_text(), re.MULTILINE)
LANGUAGES = ["C", "ja"]
SHELLS = ["bash", "zsh", "fish"]


def spoken(language):
    return {"LC_ALL": "C.UTF-8", "LANGUAGE": language, "MANWIDTH": "80"}


def cells(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def options_of(program, command):
    """The options that --help shows: name → its argument, or ""."""
    text = program.good(command, "--help", environment=spoken("C")).text
    return dict(re.findall(r"^  (?:-., |    )--([a-z-]+)(?:=(\S+))?", text, re.MULTILINE))


@each([f"{command} {language}" for command in ["", *COMMANDS] for language in LANGUAGES])
def test_help_fits_a_terminal(program, words):
    command, language = words.split(" ")
    text = program.good(*([command] if command else []), "--help", environment=spoken(language)).text
    wide = [line for line in text.splitlines() if cells(line) > 80 or line != line.rstrip()]
    assert not wide, "\n".join(wide)
    if language == "ja":
        assert re.search("[ぁ-ん]", text), "not in Japanese"


@each(COMMANDS)
def test_every_command_has_a_page(command):
    assert f"'{command}'" in (ROOT / "meson.build").read_text().split("man_pages = ")[1].split("endforeach")[0], "not among the man pages of meson.build"


@each([f"{page} {language}" for page in ["man", "formats", *COMMANDS] for language in LANGUAGES])
def test_man_page(program, words):
    if not shutil.which("man"):
        raise Skip("man is not installed")
    page, language = words.split(" ")
    call = ["--generate", page] if page in ("man", "formats") else [page, "--generate", "man"]
    roff = program.good(*call, environment=spoken(language)).out
    done = subprocess.run(["man", "--warnings", "-l", "-"], input=roff, capture_output=True, env={**spoken("C"), "PATH": "/usr/bin:/bin"}, check=False)
    assert done.returncode == 0 and not done.stderr, done.stderr.decode()
    text = re.sub(".\b", "", done.stdout.decode()).replace("\u2010", "-")
    if page in COMMANDS:
        for option in options_of(program, page):
            assert f"--{option}" in text, f"--{option} is not on the page"
    if language == "ja":
        assert re.search("[ぁ-ん]", text) and "NAME" not in text, "not in Japanese"
        wide = [line for line in text.splitlines() if cells(line) > 80]
        assert not wide, "\n".join(wide)


MISSPELT = [("convert", "--formt", "--format"), ("convert", "--verbos", "--verbose"), ("report", "--outptu=x", "--output"),
            ("compare", "--colour", "--color"), ("refresh", "--on-chnage", "--on-change")]


@each(MISSPELT)
def test_misspelt_option(program, words):
    command, wrong, right = words
    result = program(command, wrong, "x")
    assert result.status == 2 and f"did you mean {right}?" in result.err, result.err


def test_an_option_far_from_all_is_only_unknown(program):
    result = program("convert", "--no-such-thing-at-all", "x")
    assert result.status == 2 and "did you mean" not in result.err, result.err


@each([("convert", "--jobs", "none"), ("convert", "-o"), ("convert", "--quiet=1", "x"), ("convert", "-Z", "x"), ("diff", "--color=red", "a", "b")])
def test_wrong_values(program, words):
    result = program(*words)
    assert result.status == 2 and "--help" in result.err and not result.out, result.err


def complete(shell, script, line, folder):
    """What SHELL offers at the end of LINE."""
    words = line.split(" ")
    if shell == "bash":
        command = (f"source {script}; COMP_WORDS=({' '.join(repr(w) for w in words)}); COMP_CWORD={len(words) - 1}; _checksheet; "
                   "printf '%s\\n' \"${COMPREPLY[@]}\"")
        call = ["bash", "--norc", "-c", command]
    elif shell == "fish":
        call = ["fish", "--no-config", "-c", f"source {script}; complete -C '{line}'"]
    else: # zsh completes only at its prompt: one in a pseudo terminal, whose offers are written down
        call = ["zsh", "-f", str(ROOT / "tests/zsh_offers.zsh"), str(script), line]
    done = subprocess.run(call, cwd=folder, capture_output=True, text=True, timeout=600, check=False, env={
        "PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8", "TERM": "dumb"})
    assert done.returncode == 0, done.stderr
    return {re.split(r"[\t ]", offer)[0] for offer in done.stdout.splitlines() if offer.strip()}


@each(SHELLS)
def test_completion(program, shell):
    if not shutil.which(shell):
        raise Skip(f"{shell} is not installed")
    folder = ROOT / "build" / f"completion-{program.name}-{shell}"
    (folder / "sheets").mkdir(parents=True, exist_ok=True)
    (folder / "vendor.pdf").touch()
    script = folder / ("_checksheet" if shell == "zsh" else "script")
    script.write_bytes(program.good("--generate", f"complete-{shell}").out)

    def offers(line):
        return {word.rstrip("=/") for word in complete(shell, script, line, folder)}

    assert set(COMMANDS) <= offers("checksheet "), offers("checksheet ")
    assert "convert" in offers("checksheet conv")
    for command in ("convert", "compare", "refresh"):
        expected = {f"--{option}" for option in options_of(program, command)}
        found = offers(f"checksheet {command} --")
        assert expected <= found, f"{command}: {sorted(expected - found)} are not offered"
    assert {"json", "ndjson", "csv"} <= offers("checksheet convert --format "), offers("checksheet convert --format ")
    assert {"auto", "always", "never"} <= offers("checksheet diff --color "), offers("checksheet diff --color ")
    assert {"rows", "page"} <= offers("checksheet show "), offers("checksheet show ")
    assert "vendor.pdf" in offers("checksheet convert ven"), offers("checksheet convert ven")
    found = offers("checksheet refresh ")
    assert "sheets" in found and "vendor.pdf" not in found, found


def po_entries():
    """(English, Japanese) of each message."""
    text = (ROOT / "po/ja.po").read_text()
    for block in re.split(r"\n\n+", text):
        def field(name):
            found = re.search(rf'^{name} ((?:".*"\n?)+)', block, re.MULTILINE)
            return "".join(json.loads(line) for line in found.group(1).splitlines()) if found else None
        english = field("msgid")
        if english:
            yield english, field("msgstr") or field(r"msgstr\[0\]") or ""


def terms():
    for line in (ROOT / "po/terms.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            english, japanese, others = line.split("\t")
            yield english, japanese, others.split(" ")


def test_terms_are_the_same_everywhere():
    readme = ROOT / "README.ja.md"
    texts = [(english[:60], japanese) for english, japanese in po_entries()]
    if readme.exists():
        texts += [("README.ja.md", re.sub(r"```.*?```|`[^`]*`", "", readme.read_text(), flags=re.DOTALL))]
    wrong = [f"{english}: {where!r} has {found.group()}, not {japanese}" for english, japanese, others in terms()
             for where, text in texts for other in others if (found := re.search(other, text))]
    assert not wrong, "\n".join(wrong)


@each([english for english, _, _ in terms()])
def test_term_is_used(english):
    """A message with the word says it by the list's word, in Japanese."""
    japanese = {e: j for e, j, _ in terms()}[english]
    having = [(e, j) for e, j in po_entries() if re.search(rf"\b{english}s?\b", e)]
    used = [j for _, j in having if japanese in j]
    assert not having or used, f"no message with {english!r} says {japanese!r}"


def untranslated(sources, *keywords):
    """The messages that SOURCES mark with KEYWORDS, in quotes, and that po/ja.po does not have; but for those that are put together of
    numbers in ways that xgettext cannot read."""
    if not shutil.which("xgettext"):
        raise Skip("xgettext is not installed")
    pot = subprocess.run(["xgettext", "-L", "C", "--from-code=UTF-8", *(f"-k{keyword}" for keyword in keywords), "-o", "-", *sources],
                         cwd=ROOT, capture_output=True, check=True).stdout
    merged = subprocess.run(["msgmerge", "-q", "--no-fuzzy-matching", "-o", "-", "po/ja.po", "-"], input=pot, cwd=ROOT, capture_output=True,
                            check=True).stdout
    missing = subprocess.run(["msgattrib", "--untranslated", "--no-wrap"], input=merged, capture_output=True, check=True).stdout.decode()
    return [line for line in re.findall(r'^msgid (".+")', missing, re.MULTILINE) if not line.endswith('%"') and line not in ('""', '"-"')]


def test_every_message_is_translated():
    sources = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("extract/**/*.[ch]")
                     if re.search(r'\b(N_|_|ngettext) \("', path.read_text()))
    listed = (ROOT / "po/POTFILES").read_text().split()
    assert listed == sources, f"po/POTFILES: {sorted(set(listed) ^ set(sources))}"
    wrong = untranslated(sources, "_", "N_", "ngettext:1,2")
    assert not wrong, "not in po/ja.po: " + "\n".join(wrong)


def test_every_note_is_translated():
    """A report shows notes in the user's language; those without words of their own ("%s: %s") are found by their parts."""
    sources = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("extract/**/*.c*") if "notes_add (" in path.read_text())
    wrong = [message for message in untranslated(sources, "notes_add:5") if re.search(r"[a-z]{3}", re.sub(r"%s is read as %s", "", message))]
    assert len(sources) > 10 and not wrong, "not in po/ja.po: " + "\n".join(wrong)
