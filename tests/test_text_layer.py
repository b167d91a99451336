"""Text layers of PDFs: codes, marks and numbers are text, and no picture is read for them; letters that are mixed up are not."""
import random
import resource
import string
import tempfile
from pathlib import Path

from testing import Skip, each

PICTURE_READ = 1.0  # seconds
DICE = random.Random(11)
LINES = ["サービスの提供時間は年中無休で、計画停止は毎月の最終日曜日", "に行います。障害が発生したときは、利用者に電子メールで通知し",
         "バックアップから復旧します。データは国内のセンターに保管して", "アクセスのログは管理者がシステムの画面から取り出せます。"] * 4


def letters(alphabet, count):
    return "".join(DICE.choice(alphabet) for _ in range(count))


def table(cell):
    return ["  ".join(cell() for _ in range(4)) for _ in range(40)]


def mixed_up(first, last):
    """LINES with the letters from FIRST to LAST changed for each other."""
    which = [chr(code) for code in range(ord(first), ord(last) + 1)]
    return [line.translate(str.maketrans("".join(which), "".join(DICE.sample(which, len(which))))) for line in LINES]


def accented(first, last):
    return ["".join(chr(0xC0 + ord(letter) % 23) if first <= letter <= last else letter for letter in line) for line in LINES]


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
WRONG = {
    "hiragana": mixed_up("ぁ", "ん"),
    "katakana": mixed_up("ァ", "ヶ"),
    "kanji": ["".join(chr(0x4E00 + ord(letter) * 7919 % 20000) if "一" <= letter <= "鿿" else letter for letter in line)
              for line in LINES],
    "accents for kana": accented("ァ", "ヶ"),
}


def pdf(lines):
    """One page with LINES, in a font that is not embedded."""
    content = "\n".join(f"BT /F 9 Tf 40 {800 - 15 * number} Td <{line.encode('utf-16-be').hex()}> Tj ET"
                        for number, line in enumerate(lines))
    parts = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
             "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
             f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
             "<</Type/Font/Subtype/Type0/BaseFont/HeiseiKakuGo-W5/Encoding/UniJIS-UTF16-H/DescendantFonts[6 0 R]>>",
             "<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiKakuGo-W5/DW 1000/FontDescriptor 7 0 R"
             "/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>>>",
             "<</Type/FontDescriptor/FontName/HeiseiKakuGo-W5/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880"
             "/Descent -120/StemV 80/CapHeight 700>>"]
    data, places = b"%PDF-1.5\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table_at = len(data)
    data += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + f"trailer<</Size {len(parts) + 1}/Root 1 0 R>>\nstartxref\n{table_at}\n%%EOF\n".encode()


def seconds_of(program, lines):
    """The processor time that reading LINES takes, of this process's children: a page takes .05 s, its picture 4."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        path.write_bytes(pdf(lines))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        program("convert", "--timeout", "300", path, timeout=400)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime


@each(SOUND)
def test_sound(program, name):
    seconds = seconds_of(program, SOUND[name])
    assert seconds < PICTURE_READ, f"{seconds:.1f} s: its picture was read"


@each(WRONG)
def test_wrong(program, name):
    if not Path("/usr/share/tesseract-ocr").exists():
        raise Skip("Tesseract's Japanese model is not installed")
    seconds = seconds_of(program, WRONG[name])
    assert seconds > PICTURE_READ, f"{seconds:.1f} s: its text was believed"
