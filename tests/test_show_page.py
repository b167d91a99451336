"""`checksheet show page` draws what was found; `show grid --why` says why."""
import tempfile
import xml.dom.minidom
from pathlib import Path

from half_drawn import LOOKS, Drawing
from testing import each


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
