"""Text layers of PDFs: codes, marks and numbers are text, and no picture is read for them; letters that are mixed up are not."""
import json
import random
import string
import subprocess
import tempfile
from pathlib import Path

from painting import Painting, japanese_font
from test_manifest import part
from testing import ROOT, Skip, each

DICE = random.Random(11)
LINES = ["サービスの提供時間は年中無休で、計画停止は毎月の最終日曜日", "に行います。障害が発生したときは、利用者に電子メールで通知し",
         "バックアップから復旧します。データは国内のセンターに保管して", "アクセスのログは管理者がシステムの画面から取り出せます。"] * 4


def letters(alphabet, count):
    return "".join(DICE.choice(alphabet) for _ in range(count))


def table(cell):
    return ["  ".join(cell() for _ in range(4)) for _ in range(40)]


def mixed_up(first, last):
    """The letters from FIRST to LAST, each said to be another of them."""
    which = [chr(code) for code in range(ord(first), ord(last) + 1)]
    return dict(zip(which, DICE.sample(which, len(which))))


def accented(first, last):
    return {chr(code): chr(0xC0 + code % 23) for code in range(ord(first), ord(last) + 1)}


SOUND = {
    "product codes": table(lambda: f"{letters(string.ascii_uppercase, 3)}-{letters(string.digits, 4)}"),
    "serial numbers": table(lambda: letters(string.ascii_uppercase + string.digits, 10)),
    "letters alone": table(lambda: letters(string.ascii_uppercase, 8)),
    "marks": table(lambda: DICE.choice("○×△◎－")),
    "addresses": table(lambda: f"https://{letters(string.ascii_lowercase, 6)}.example"),
    "dates": table(lambda: f"2024-{DICE.randint(1, 12):02}-{DICE.randint(1, 28):02}"),
    "abbreviations": table(lambda: DICE.choice("CPU RAM SSD TLS VPN DNS SAML OIDC MFA RPO RTO SLA API JSON XML AES FISC GDPR IDS WAF".split())),
    "names": table(lambda: DICE.choice("佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田".split())),
    "invented names": table(lambda: DICE.choice("アオゾラ ヒナタ ミヤビ ツクヨミ カゼマチ ウミネコ コモレビ".split())),
    "units": table(lambda: DICE.choice(["β線量", "20μg", "±5℃", "3×2m²", "Ω抵抗"])),
    "bullets": table(lambda: DICE.choice(["ü対応", "Ø利用者", "ü有"])),
    "prose": LINES,
}
# What the font says that letters are, beside what it shows.
WRONG = {
    "hiragana": mixed_up("ぁ", "ん"),
    "katakana": mixed_up("ァ", "ヶ"),
    "kanji": {letter: chr(0x4E00 + ord(letter) * 7919 % 20000) for line in LINES for letter in line if "一" <= letter <= "鿿"},
    "accents for kana": accented("ァ", "ヶ"),
    "the replacement character for all": dict.fromkeys("".join(LINES), "\ufffd"),
}


# The letters that these lines have most of lie in one subset of the font, the others in a second, as LibreOffice splits them.
COMMON = set("のをにはがとですしたるいなてまれありースンルトサビクラリシタッドイムプアテメ時間有無定保用理害障提供内性日通知者利管")
RARE = ["評価の客観性、静脈の把握、磁気耐火庫の棚卸、破棄と破壊への補償、賠償額", "料金の移転、脆弱性の懸念、迅速な調査、秘密の組織、試験資料の廃棄",
        "されどわごくださえがござがりおよびどへだがら、けさちよぬねほゆわゑ"] * 6


def to_unicode(painting, wrong):
    """The entry of a font that says that the letters of LINES are what WRONG has for them."""
    pairs = " ".join(f"<{ord(letter):04X}> <{ord(wrong.get(letter, letter)):04X}>" for letter in sorted(set("".join(LINES))))
    return b"/ToUnicode %d 0 R" % painting.stream("", "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF>"
                                                  " endcodespacerange %d beginbfchar %s endbfchar endcmap end" % (pairs.count("> <"), pairs))


def pdf(lines, **more):
    return painted(lines, **more).pdf()


def painted(lines, subsets=False, wrong=None, apart=False):
    """The sheet, and a page with LINES, in the font of which some letters are WRONG; APART: a font for each letter."""
    painting = Painting()
    painting.sheet()
    painting.page()
    if subsets:
        for name in (b"AAAAAA", b"BAAAAA"):
            painting.fonts[name.decode()] = japanese_font("UniJIS-UTF16-H").replace(b"HeiseiKakuGo-W5", name + b"+HeiseiKakuGo-W5")
    for name in {f"W{ord(letter)}" for line in lines for letter in line} if apart else ["W"] if wrong else []:
        painting.fonts[name] = japanese_font("UniJIS-UTF16-H").replace(b"/Type /Font ", b"/Type /Font " + to_unicode(painting, wrong) + b" ", 1)
    for number, line in enumerate(lines):
        for place, letter in enumerate(line if subsets or apart else [line]):
            font = ("AAAAAA" if letter in COMMON else "BAAAAA") if subsets else f"W{ord(letter)}" if apart else "W" if wrong else "F"
            painting.text(40 + 8 * place, 40 + 12 * number, letter, font=font)
    return painting


def doubts(program, page):
    """The codes of the notes on the text layer of page 2."""
    sheet = json.loads(program.good("convert", "--timeout", "300", "-", stdin=page, timeout=4000).out)
    return {note["code"] for note in sheet["notes"] if note["code"].startswith("text-layer") and note["place"]["page"] == 2}


@each(SOUND)
def test_sound(program, name):
    assert not doubts(program, pdf(SOUND[name]))


def test_subsets_of_one_font(program):
    assert not doubts(program, pdf(LINES + RARE, subsets=True))


@each(WRONG)
def test_wrong(program, name):
    """It is read from its picture, or kept with a warning where its picture has no letters: a machine may have no Japanese font."""
    if not Path("/usr/share/tesseract-ocr").exists():
        raise Skip("Tesseract's Japanese model is not installed")
    assert doubts(program, pdf(LINES, wrong=WRONG[name])) in ({"text-layer-broken"}, {"text-layer-odd"})


def test_a_font_for_each_letter(program):
    """As cairo writes Type 3 fonts; none says which letter it is."""
    if not Path("/usr/share/tesseract-ocr").exists():
        raise Skip("Tesseract's Japanese model is not installed")
    assert doubts(program, pdf(LINES, wrong=WRONG["the replacement character for all"], apart=True)) in ({"text-layer-broken"}, {"text-layer-odd"})


# The font of page 3, and the pages that are broken.
FEW_LETTERS = {"the broken one": ("W", {2, 3}), "the sound one": ("F", {2})}


@each(FEW_LETTERS)
def test_few_letters(program, name):
    """Page 3 has too few letters to be judged by them: by the other pages with its font."""
    font, broken = FEW_LETTERS[name]
    if not Path("/usr/share/tesseract-ocr").exists():
        raise Skip("Tesseract's Japanese model is not installed")
    painting = painted(LINES, wrong=WRONG["hiragana"])
    painting.text(40, 400, LINES[0][:12])  # whose font page 2 has too
    painting.page()
    painting.text(40, 60, LINES[0][:12], font=font)
    sheet = json.loads(program.good("convert", "--timeout", "300", "-", stdin=painting.pdf(), timeout=4000).out)
    assert {note["place"]["page"] for note in sheet["notes"] if note["code"].startswith("text-layer")} == broken


def test_glyphs_that_are_not_used(program):
    """Of a page that is read from its picture no note speaks of the glyphs of its text."""
    if not Path("/usr/share/tesseract-ocr").exists():
        raise Skip("Tesseract's Japanese model is not installed")
    private = {chr(code): chr(0xE000 + code % 256) for code in range(ord("ぁ"), ord("ん") + 1)}
    sheet = json.loads(program.good("convert", "--timeout", "300", "-", stdin=pdf(LINES, wrong=private), timeout=4000).out)
    codes = {note["code"] for note in sheet["notes"]}
    if "text-layer-broken" not in codes:
        raise Skip("no Japanese font here")
    assert "private-use" not in codes, codes


SCAN = ROOT / "tests/cases/pdf-scan-struck-by-hand/input.pdf"
# Lines that are put on a scan later.
OVER_A_SCAN = {"a line above the page": [(40, 20, "クラウドサービスレベルのチェックリスト　株式会社ミズクラゲ　2026年4月1日　社外秘")],
               "its number": [(400, 580, "1 / 1")],
               "a signature": [(560, 30 + 12 * number, line) for number, line in enumerate(["署名者: 山田太郎", "日付: 2026.04.01 10:12:44 +09'00'", "理由: この文書を承認します"])]}


@each(OVER_A_SCAN)
def test_little_text_over_a_scan(program, name):
    """The scan is read all the same."""
    if not Path("/usr/share/tesseract-ocr").exists():
        raise Skip("Tesseract's Japanese model is not installed")
    painting = Painting()
    for x, y, line in OVER_A_SCAN[name]:
        painting.text(x, y, line)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "over.pdf").write_bytes(painting.pdf())
        subprocess.run(["qpdf", SCAN, "--overlay", f"{folder}/over.pdf", "--", f"{folder}/both.pdf"], check=True)
        both = json.loads(program.good("convert", "--timeout", "300", f"{folder}/both.pdf", timeout=4000).out)
    alone = json.loads(program.good("convert", "--timeout", "300", SCAN, timeout=4000).out)
    assert [item["meti"] and item["meti"]["no"] for item in both["items"]] == [item["meti"] and item["meti"]["no"] for item in alone["items"]]
    assert "letters over it" in next(note["text"] for note in both["notes"] if note["code"] == "page-is-picture")


def votes(program, misread, off=0.0):
    """What is voted for LINES, whose kana are mapped wrongly; MISREAD (line number, place, letter): what is recognised of a letter."""
    wrong = mixed_up("ぁ", "ん")
    lines = ["\t".join(("".join(wrong.get(letter, letter) for letter in line), line,
                        "".join(misread(number, place, letter) for place, letter in enumerate(line)), str(off)))
             for number, line in enumerate(LINES)]
    status, out, err = part(program, "shape_votes", stdin=("\n".join(lines) + "\n").encode())
    assert status == 0, err
    return out.splitlines()


VOTES = {
    "read well": (lambda number, place, letter: letter, 0),
    "boxes beside the letters": (lambda number, place, letter: letter, .45),
    "now and then another": (lambda number, place, letter: "口" if (number * 7 + place) % 6 == 0 else letter, .3),
    "now and then none": (lambda number, place, letter: "_" if (number * 7 + place) % 9 == 0 else letter, .3),
    "a right one that is taken for another": (lambda number, place, letter: "冂" if letter == "間" and number % 2 else letter, 0),
}


@each(VOTES)
def test_votes(program, name):
    assert votes(program, *VOTES[name]) == LINES


def test_too_few_votes(program):
    status, out, _ = part(program, "shape_votes", stdin="あいうえ\tかきくけ\tか___\t0\n".encode())
    assert status == 1 and not out.strip()
