"""What an expression cannot do without (words/requirement.h): texts without it are told, texts that match never are."""
import random
import re
import subprocess

# expression, flags, texts that have what it asks for, texts that have not
ASKED = (
    ("日次|毎[日週]", "", ("日次", "毎日", "次の日"), ("毎月", "日々", "次", "")),
    (r"\d+時間?", "", ("3時", "時3", "３時", "\u0663時"), ("時間", "3分", "三時")),
    ("(?:午前|午後)?x(?:y|z)?", "", ("x",), ("午前", "yz")),
    ("(?<name>a|b)(?P<other>c)(?'third'd)", "", ("acd", "bcd"), ("ab", "cd", "ac")),
    ("(?=.*q)a(?<=z)", "", ("zaq",), ("a", "za", "qa")),
    ("(?!q)a(?<!z)", "", ("a",), ("q",)),
    ("a{0,3}b{2}c{1,}d+?e*+f??", "", ("bcd",), ("ab", "aaacd")),
    (r"[^a]b[x-z\-]", "", ("bx", "ayb", "b-"), ("b", "b a")),
    (r"[]x][\]y]", "", ("]", "xy"), ("z", "xz")),
    (r"[\d年]月", "", ("1月", "年月"), ("月", "1年")),
    (r"[0-9]月", "", ("1月",), ("月",)),
    (r"\x{6708}\x41\.", "", ("月A.",), ("月A", "A.")),
    ("abc", "i", ("ABC", "aBc"), ("ab", "bc")),
    ("ks", "i", ("KS", "\u212a\u017f", ""), ()),
    ("É", "i", ("é", ""), ()),
    ("a b # c\n", "x", ("ab",), ("a", "b")),
    (r"a\ b", "x", ("a b",), ("ab",)),
    ("(?(DEFINE)(?<w>z))a(?&w)", "", ("a",), ("z",)),
    ("(a|b)?c(?(1)d|e)", "", ("c",), ("ade",)),
    (r"(a)\1\g{1}\k<n>", "", ("a",), ("b",)),
    ("{a}{,3}", "", ("{a}", "a{}"), ("a",)),
    # not known here: everything may match
    ("(?i)abc", "", ("",), ()),
    ("(*UTF)abc", "", ("",), ()),
    (r"\Qabc\E", "", ("",), ()),
    ("[[:digit:]]", "", ("",), ()),
    ("a|", "", ("",), ()),
    ("[一-龠]", "", ("",), ()),
    (r"\p{Han}\s\w", "", ("",), ()),
)


def asked(program, expression, flags, *texts):
    done = subprocess.run([program.path.with_name("part-requirement"), expression, flags, *texts], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_what_expressions_ask_for(program):
    for expression, flags, having, lacking in ASKED:
        wanted = ["met"] * len(having) + ["unmet"] * len(lacking)
        assert asked(program, expression, flags, *having, *lacking) == wanted, (expression, flags)


def test_pattern_files(program):
    done = subprocess.run([program.path.with_name("part-requirement")], capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout
    tried, told = map(int, re.search(r"tried (\d+), told (\d+)", done.stdout).groups())
    assert told > tried / 4, f"of {tried} pairs only {told} are told in advance"


def expression_by_chance(chance, depth):
    pieces = []
    for _ in range(chance.randint(1, 4)):
        if depth and chance.random() < 0.4:
            inner = "|".join(expression_by_chance(chance, depth - 1) for _ in range(chance.randint(1, 3)))
            piece = chance.choice(("({})", "(?:{})", "(?>{})", "(?={})", "(?!{})", "(?<name>{})")).format(inner)
        else:
            piece = chance.choice((chance.choice("abc月日"), r"\d", ".", "[ab]", "[^ab]", "[a-c月]", r"\.", "^", "$"))
        pieces.append(piece + chance.choice(("", "", "", "?", "*", "+", "{2}", "{0,1}", "+?")) * (piece not in "^$"))
    return "".join(pieces)


def test_expressions_by_chance(program):
    """Python's own expressions say whether a text matches; where one does, it has what is asked for."""
    chance, matches = random.Random(4), 0
    texts = ["".join(chance.choice("abc月日12.") for _ in range(chance.randint(0, 6))) for _ in range(40)]
    for _ in range(300):
        expression = expression_by_chance(chance, 3)
        try:
            own = re.compile(re.sub(r"\?<name>", "", expression).replace("(?>", "(?:"))
        except re.error:
            continue
        for text, told in zip(texts, asked(program, expression, "", *texts)):
            if own.search(text):
                matches += 1
                assert told == "met", (expression, text)
    assert matches > 1000
