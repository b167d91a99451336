"""What an expression needs is read off it (extract/patterns/needed_characters.h): a text that lacks it is not searched, so whatever is asked for
wrongly is a match that is lost in silence."""
import random
import re
import subprocess
from pathlib import Path


def answers(program, lines):
    """(needed, "has" or "lacks", "matches" or "differs", what is known of the beginning) of each (options, expression, text)."""
    part = Path(program.path).parent / "part-needed_characters"
    done = subprocess.run([part], input="".join("\t".join(line) + "\n" for line in lines), capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return [tuple(line.split("\t")) for line in done.stdout.splitlines()]


def needed(program, expression, options=""):
    """The lists of characters and pairs, each sorted, with blanks between pairs."""
    found = answers(program, [(options, expression, "")])[0][0]
    if found == "-":
        return None
    lists = [sorted(each.split("/")) for each in found.split(" ")]
    return [("" if max(map(len, each)) == 1 else " ").join(each) for each in lists]


def test_what_is_needed(program):
    wanted = {
        "毎[日週]に?": ["毎", "日週", "毎日 毎週"],     # in order; what may be left out is not asked for
        "有無|可否": ["可否 有無"],                      # of each alternative what the fewest texts have
        "有|[可否]無": ["可無 否無 有"],
        "有+無": ["有", "無", "有無"],
        "有?無": ["無"], "有(?:可)?無": ["有", "無"], "有.?無": ["有", "無"],  # they may be apart
        "有\\b無": ["有", "無"],
        "(?:a|b)c": ["ab", "c"],
        "a+b*c{2,}d{0,3}e{1}": ["a", "c", "e"],
        "有(?=無)": ["有", "無"],                        # what must be behind is in the text
        "(?<=有)無": ["有", "無"],
        "(?<name>有)": ["有"],
        "\\x{6709}\\n?": ["有"],
        "有(?!無)": ["有"],                              # what must not be there is not
        "[^有]無": ["無"],
        "有.無": ["有", "無"],
        "有\\s無": ["有", "無"],
        "[一-龠]有": ["有"],                             # too many to ask for
        "有無可否": ["無可", "可否", "有無"],            # three lists are enough
        "[a-c]": ["abc"],
        "a|b?": None,                                    # one alternative needs nothing
        "a|": None,
        "a*": None,
        "\\p{L}": None,
        "(?i:b)c": ["Bb", "c"],                          # in either case, as far as the group goes
        "(?i)a": None,                                   # not known here: asks for nothing
        "(?|a|b)": None,
        "a\\Qb\\E": None,
        "[[:alpha:]]a": None,
        "(a)\\1": None,
        "\\d": None,                                     # of any script
    }
    for expression, lists in wanted.items():
        assert needed(program, expression) == lists, (expression, needed(program, expression))


def test_what_a_match_begins_with(program):
    """In the text "有": "some", a match may begin there; "none", it may not; "-", it is not known."""
    wanted = {
        "有無": "some", "無有": "none", "無?有無": "some", "無+有": "none", "(?:無|有)無": "some", "無|可": "none",
        "(?=無)有無": "some",                            # what is there only to be looked at says nothing
        "(?<!有)無": "none", "\\b無": "none", "^無": "none", "\\s*+無": "none", "\\s+有": "none",
        "[無可]有": "none", "[^無]無": "-", ".無": "-", "無?": "-", "無|": "-", "(?i)無": "-", "(無)\\1": "-",
        "(?&a)有(?(DEFINE)(?<a>無|可))": "none",         # defined behind
        "(?&a)無(?(DEFINE)(?<a>無?有))": "some",
        "(?&a)無(?(DEFINE)(?<a>無?))": "none",
    }
    for expression, word in wanted.items():
        assert answers(program, [("", expression, "有")])[0][3] == word, expression


def test_what_is_called_is_needed(program):
    assert needed(program, "(?&a)有(?(DEFINE)(?<a>無|可))") == ["可無", "有"]
    assert needed(program, "(?<a>無)(?&a)?有") == ["無", "有"]
    assert needed(program, "(?<a>有(?&a)?)") == ["有"], "within itself"


def test_options(program):
    assert needed(program, "\\d時", "a") == ["0123456789", "時", " ".join("%d時" % digit for digit in range(10))]
    assert needed(program, "ab", "i") == ["Aa", "Bb", "AB Ab aB ab"]
    assert needed(program, "k", "i") == ["Kk\u212a"] and needed(program, "s", "i") == ["Ss\u017f"], "as PCRE2 folds them"
    assert needed(program, "é", "i") is None, "other letters than ASCII's may have more cases"
    assert needed(program, "a b #c", "x") == ["a", "b", "ab"], "what is for reading"


def test_texts(program):
    """A character far from ASCII may share its bit with another, and a pair with another; none is ever missed."""
    lines = [("", "有", "有り"), ("", "有", "a"), ("", "a[bc]", "xay"), ("", "a[bc]", "xayc"), ("", "a[bc]", "xyac"),
             ("", "a*", ""), ("i", "k", "\u212a")]
    assert [has for _, has, _, _ in answers(program, lines)] == ["has", "lacks", "lacks", "lacks", "has", "has", "has"]


def made_up(chance, depth=0):
    """An expression of what pattern files are made of."""
    atoms = ["a", "B", "k", "s", "有", "無", ".", "\\d", "\\s", "\\.", "[ab]", "[^a有]", "[a-c1]", "[\\d有]", "\\b", "^", "$", "\\x{6709}", "1"]
    found = ""
    for _ in range(chance.randint(1, 3)):
        if depth < 3 and chance.random() < .35:
            inner = "|".join(made_up(chance, depth + 1) for _ in range(chance.randint(1, 3)))
            found += chance.choice(["(", "(?:", "(?i:", "(?=", "(?!", "(?>", "(?<n%d>" % chance.randint(0, 10 ** 9)]) + inner + ")"
            found += chance.choice(["", "", "?", "*", "{0,2}", "{1,2}"])
        else:
            atom = chance.choice(atoms)
            found += atom + (chance.choice(["", "", "", "?", "*", "+", "{2}", "{0,1}?", "++"]) if atom not in ("\\b", "^", "$") else "")
    return found


def test_no_match_is_lost(program):
    """Whatever PCRE2 finds in a text, the text has what the expression is said to need."""
    chance = random.Random(7)
    lines = []
    for _ in range(6000):
        text = "".join(chance.choice("aAbBcKkSs1 .有無\u017f\u212a") for _ in range(chance.randint(0, 6)))
        expression = made_up(chance)
        names = re.findall(r"\(\?<(n\d+)>", expression)
        if names:  # its groups are called too, before and behind
            expression = chance.choice(["{0}(?&{1})", "(?&{1}){0}", "{0}(?&{1})?"]).format(expression, chance.choice(names))
        lines.append((chance.choice(["", "i", "a", "ia"]), expression, text))
    found = answers(program, lines)
    assert len(found) == len(lines)
    for line, (lists, has, match, first) in zip(lines, found):
        assert has == "has" or match == "differs", (line, lists)
        assert first != "misses", line
    assert sum(has == "lacks" for _, has, _, _ in found) > 1000, "it must be worth its while"
    assert sum(first == "none" for _, _, _, first in found) > 500, "the same"
