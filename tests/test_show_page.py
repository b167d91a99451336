"""`checksheet show page` draws what was found; `show grid --why` says why."""
import struct
import subprocess
import tempfile
import xml.dom.minidom
import zlib
from pathlib import Path

from half_drawn import LOOKS, Drawing
from painting import Painting
from testing import Skip, each


def drawn(program, name, look="columns"):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        program.good("show", "page", "-o", str(file), "-", stdin=Drawing(LOOKS[look]).pdf())
        return file.read_bytes()


def test_svg(program):
    picture = xml.dom.minidom.parseString(drawn(program, "page.svg"))
    text = "".join(node.firstChild.data for node in picture.getElementsByTagName("text"))
    assert "サービス時間" in text and len(picture.getElementsByTagName("rect")) > 50


def test_png(program):
    assert drawn(program, "page.png").startswith(b"\x89PNG")


def test_letters_of_a_png(program):
    """Each ideograph as itself, not all as the box that stands for what a font lacks."""
    needs_japanese_font()
    pictures = set()
    for letter in "有無":
        painting = Painting()
        painting.text(60, 80, letter * 3)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "page.png"
            program.good("show", "page", "-o", str(file), "-", stdin=painting.pdf())
            pictures.add(file.read_bytes())
    assert len(pictures) == 2


def needs_japanese_font():
    if not subprocess.run(["fc-list", ":lang=ja"], capture_output=True, check=False).stdout:
        raise Skip("no Japanese font here")


def rows_of_png(png):
    """Its lines of pixels, each a list of them (bytes); of 8 bits, not interlaced."""
    at, data, lines = 8, b"", []
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        body, at = png[at + 8:at + 8 + length], at + 12 + length
        if kind == b"IHDR":
            width, height, depth, colours = struct.unpack(">IIBB", body[:10])
        data += body if kind == b"IDAT" else b""
    size = {2: 3, 6: 4}[colours]
    assert depth == 8
    data, before = zlib.decompress(data), bytearray(width * size)
    for number in range(height):
        start = number * (width * size + 1)
        line = bytearray(data[start + 1:start + 1 + width * size])
        for i in range(len(line)):
            left, up, corner = line[i - size] if i >= size else 0, before[i], before[i - size] if i >= size else 0
            near = min((abs(up - corner), 0, left), (abs(left - corner), 1, up), (abs(left + up - 2 * corner), 2, corner))[2]
            line[i] = (line[i] + (0, left, up, (left + up) // 2, near)[data[start]]) % 256
        lines.append([bytes(line[i:i + 3]) for i in range(0, len(line), size)])
        before = line
    return lines


def test_between_pages_of_a_png(program):
    """Grey, which tells the pages from each other; neither black nor the paper's white."""
    painting = Painting()
    painting.sheet()
    painting.page()
    painting.text(60, 80, "終わり")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pages.png"
        program.good("show", "page", "-o", str(file), "-", stdin=painting.pdf())
        lines = rows_of_png(file.read_bytes())
    greys = [number for number, line in enumerate(lines) if len(set(line)) == 1 and line[0][0] == line[0][1] == line[0][2] and 32 < line[0][0] < 240]
    assert any(.4 < number / len(lines) < .6 for number in greys), (greys[:3], len(lines))
    assert not any(set(line) == {b"\0\0\0"} for line in lines)


@each([("page",), ("page", "-o", "page.jpg"), ("rows", "-o", "page.svg"), ("rows", "--why"), ("grid", "--weight", "nosuch=1"),
       ("grid", "--weight", "row-key=x")])
def test_wrong_call(program, words):
    assert program("show", *words, "-", stdin=b"").status == 2


def test_why(program):
    pdf = Drawing(LOOKS["columns-tight"]).pdf()
    why = program.good("show", "grid", "--why", "-", stdin=pdf).text
    assert "row separator: +" in why and "row-key" in why and "no row separator: -" in why
    weighed = program.good("show", "grid", "--weight", "row-key=-50", "-", stdin=pdf).text
    assert weighed != program.good("show", "grid", "-", stdin=pdf).text, "the weight changes nothing"
