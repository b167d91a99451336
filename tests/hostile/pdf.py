"""pdf - hostile PDFs. Each has the sheet of painting.py on its page, and beside, around or within it what hurts a reader."""
import re
import subprocess
import tempfile
import zlib
from functools import cache
from pathlib import Path

from hostile.kind import chance, kinds_of
from painting import HEIGHT, WIDTH, Painting

PDFS = {}
kind = kinds_of("pdf", PDFS)
ANY_LIMIT = "limit-cpu limit-wall limit-memory limit-size limit-pages"


def painted(change=lambda p: None):
    """The sheet, and what CHANGE adds."""
    p = Painting()
    p.sheet()
    change(p)
    return p.pdf()


@cache
def sheet():
    return painted()


def after(operators, change=lambda p: None):
    """The sheet, and OPERATORS after it."""
    def both(p):
        change(p)
        p.add("q " + operators + " Q")
    return painted(both)


def packed(data, times=1):
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def flate(p, data, head="", times=1):
    filters = " ".join(["/FlateDecode"] * times)
    return p.stream(f"/Filter [{filters}] {head}", packed(data, times))


def whole(data):
    """DATA with the table of its objects made anew, after something was replaced."""
    body = data[:data.rindex(b"xref\n0 ")]
    starts = {int(match[1]): match.start() for match in re.finditer(rb"^(\d+) 0 obj\n", body, re.M)}
    size = max(starts) + 1
    table = b"".join(b"%010d 00000 n \n" % starts[number] if number in starts else b"0000000000 00000 f \n" for number in range(1, size))
    trailer = re.search(rb"trailer\n.*?\nstartxref\n", data[len(body):], re.S)[0]
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer + b"%d\n%%%%EOF\n" % len(body)


def replaced(old, new, data=None):
    data = data or sheet()
    assert old in data, old
    return whole(data.replace(old, new))


# Bombs

@kind("sheet " + ANY_LIMIT, deep=(5, 6, 7))
def flate_bomb_of_operators(n):
    return after(" " * (1 << 19 + n))


@kind("sheet " + ANY_LIMIT)
def flate_bomb_of_bombs(n):
    def change(p):
        bomb = flate(p, packed(b" " * (16 << 20)) * (1 + n), "/Type /XObject /Subtype /Form /BBox [0 0 9 9]", 1 + n % 3)
        p.add(f"/{p.name('XObject', bomb)} Do")
    return painted(change)


@kind("sheet " + ANY_LIMIT)
def image_bomb(n):
    side = (1000, 5000, 20000, 65535, 100000, 1 << 30, 2147483647, 0)[n]

    def change(p):
        head = f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /BitsPerComponent 8 /ColorSpace /DeviceRGB"
        p.add(f"q 5 0 0 5 800 5 cm /{p.name('XObject', flate(p, bytes(1 << 20), head))} Do Q")
    return painted(change)


@kind("unsupported no-sheet damaged " + ANY_LIMIT, deep=(0, 1))
def image_bomb_alone(n):
    side = (3000, 9000, 30000, 65535, 1 << 20, 1 << 30, 2147483647, -5)[n]
    p = Painting()
    head = f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /BitsPerComponent 1 /ColorSpace /DeviceGray"
    p.add(f"{WIDTH} 0 0 {HEIGHT} 0 0 cm /{p.name('XObject', flate(p, bytes(1 << 20), head))} Do")
    return p.pdf()


@kind("sheet unsupported " + ANY_LIMIT)
def image_codecs(n):
    codec = ("DCT", "JPX", "JBIG2", "CCITTFax", "LZW", "RunLength", "ASCIIHex", "Crypt")[n]

    def change(p):
        head = (f"/Type /XObject /Subtype /Image /Width 900 /Height 900 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /{codec}Decode"
                " /DecodeParms << /K -1 /Columns 2000000000 /Rows -1 /EarlyChange 9 /Predictor 15 /Colors 99 >>")
        p.add(f"q 5 0 0 5 800 5 cm /{p.name('XObject', p.stream(head, chance(n).randbytes(20000)))} Do Q")
    return painted(change)


@kind("sheet " + ANY_LIMIT)
def to_unicode_bomb(n):
    """A map that makes many characters of one."""
    lengths = (10, 100, 1000, 5000)[n % 4]
    target = "0041" * lengths
    lines = ("<0000> <ffff> <%s>" % target if n < 4 else "\n".join(f"<{code:04x}> <{code:04x}> <{target}>" for code in range(0, 256)))
    cmap = f"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n256 beginbfrange\n{lines}\nendbfrange endcmap end"

    def change(p):
        number = flate(p, cmap.encode())
        p.fonts["B"] = (b"<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiKakuGo-W5 /Encoding /Identity-H /ToUnicode %d 0 R /DescendantFonts [<< /Type /Font"
                        b" /Subtype /CIDFontType0 /BaseFont /HeiseiKakuGo-W5 /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> >>] >>" % number)
        p.add("BT /B 4 Tf 30 8 Td <002200230024> Tj ET")
    return painted(change)


@kind("sheet " + ANY_LIMIT)
def cmap_that_uses_itself(n):
    def change(p):
        number = 20 + len(p.objects)
        head = f"/Type /CMap /CMapName /Own{n} /UseCMap {number} 0 R /CIDSystemInfo << /Registry (a) /Ordering (b) /Supplement 0 >>"
        made = p.stream(head, f"/Own{n} usecmap begincmap 1 begincidrange <0000> <ffff> {n * 9999} endcidrange endcmap")
        p.fonts["B"] = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding %d 0 R /ToUnicode %d 0 R /DescendantFonts [5 0 R] >>" % (made, made)
        p.add("BT /B 4 Tf 30 8 Td <00220023> Tj ET")
    return painted(change)


# What goes round, deep or doubles

@kind("sheet " + ANY_LIMIT, deep=(5, 6, 7))
def forms_that_double(n):
    """Each form paints the next one twice: 2 to the power of N × 5."""
    def change(p):
        name = None
        for _ in range(n * 5):
            inner = f"/{name} Do /{name} Do" if name else "0 0 1 1 re f"
            resources = f"/Resources << /XObject << /{name} {p.named['XObject'].get(name)} 0 R >> >>" if name else ""
            name = p.name("XObject", p.stream(f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources}", inner))
        p.add(f"/{name} Do" if name else "")
    return painted(change)


@kind("sheet " + ANY_LIMIT)
def forms_in_forms(n):
    def change(p):
        name = None
        for _ in range(4 ** n % 20000):
            resources = f"/Resources << /XObject << /{name} {p.named['XObject'].get(name)} 0 R >> >>" if name else ""
            name = p.name("XObject", p.stream(f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources}", f"/{name} Do" if name else "n"))
        p.add(f"/{name} Do")
    return painted(change)


@kind("sheet " + ANY_LIMIT)
def forms_that_paint_themselves(n):
    def change(p):
        here = 20 + len(p.objects)
        there = here + 1 if n % 2 else here
        group = "/Group << /S /Transparency >>" if n > 3 else ""
        head = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] %s /Resources << /XObject << /A %d 0 R >> >>"
        p.stream(head % (group, there), "/A Do " * (n + 1))
        p.stream(head % (group, here), "/A Do " * (n + 1))
        p.add(f"/{p.name('XObject', here)} Do")
    return painted(change)


KIDS = re.compile(rb"/Kids \[(\d+) 0 R\] /Count 1")


def with_kids(kids, count=b"1", more=b""):
    """The page tree with other KIDS, and MORE objects; PAGE in both is the page's number."""
    page = KIDS.search(sheet())[1] + b" 0 R"
    data = KIDS.sub(b"/Kids [%s] /Count %s" % (kids.replace(b"PAGE", page), count), sheet())
    return whole(data.replace(b"xref\n0 ", more.replace(b"PAGE", page) + b"xref\n0 ", 1))


@kind("sheet damaged no-sheet " + ANY_LIMIT)
def page_tree_that_goes_round(n):
    return with_kids((b"2 0 R", b"PAGE 2 0 R", b"2 0 R PAGE", b"PAGE 1 0 R", b"1 0 R", b"PAGE 9999 0 R", b"PAGE 900 0 R", b"900 0 R")[n],
                     more=b"900 0 obj\n<< /Type /Pages /Kids [2 0 R 900 0 R PAGE] /Count 3 /Parent 900 0 R >>\nendobj\n")


@kind("sheet damaged no-sheet " + ANY_LIMIT, deep=(7,))
def page_tree_that_is_deep(n):
    depth = (5, 20, 50, 100, 500, 2000, 10000, 40000)[n]
    nodes = b"".join(b"%d 0 obj\n<< /Type /Pages /Parent %d 0 R /Count 1 /Kids [%s] >>\nendobj\n" %
                     (900 + at, 899 + at if at else 2, b"%d 0 R" % (901 + at) if at < depth - 1 else b"PAGE") for at in range(depth))
    return with_kids(b"900 0 R", more=nodes)


@kind("sheet damaged " + ANY_LIMIT)
def one_page_many_times(n):
    count = (2, 10, 50, 200, 1000, 6000, 50000, 300000)[n]
    return with_kids(b"PAGE " * count, b"%d" % count)


@kind("sheet damaged " + ANY_LIMIT)
def count_that_lies(n):
    return with_kids(b"PAGE", (b"0", b"-1", b"2", b"5001", b"2147483647", b"-2147483648", b"99999999999999999999", b"(x)")[n])


@kind("sheet damaged no-sheet")
def length_that_lies(n):
    new = (b"0", b"-1", b"1", b"99999", b"2147483648", b"99999999999999999999", b"1 0 R", b"9999 0 R")[n]
    return whole(re.sub(rb"/Length \d+", b"/Length " + new, sheet()))


@kind("sheet unsupported no-sheet damaged " + ANY_LIMIT)
def filter_chain(n):
    """The page's operators, packed many times; the last ones are with filters that are none."""
    times = (2, 5, 20, 100, 1000, 3, 3, 3)[n]
    more = ("", "", "", "", "", "/Unknown", "/Crypt", "/FlateDecode " * 9)[n]
    page = re.search(rb"/Filter /FlateDecode /Length \d+ >>\nstream\n(.*?)\nendstream", sheet(), re.S)
    data = b"".join(b"%02x" % byte for byte in page[1]) + b">"
    for _ in range(min(times, 12)):
        data = packed(data)
    chain = b"/FlateDecode " * min(times, 12) + b"/ASCIIHexDecode " + b"/FlateDecode " + more.encode()
    for _ in range(times - 12):
        data = b"".join(bytes([len(part) - 1]) + part for part in (data[at:at + 128] for at in range(0, len(data), 128))) + b"\x80"
        chain = b"/RunLengthDecode " + chain
    return whole(sheet()[:page.start()] + b"/Filter [%s] /Length %d >>\nstream\n%s\nendstream" % (chain, len(data), data) + sheet()[page.end():])


# Much of it

@kind("sheet " + ANY_LIMIT, deep=(1, 2, 3, 7))
def operators_without_end(n):
    word = ("q Q ", "0 0 1 1 re f ", "1 0 0 1 0 0 cm ", "0 0 m 9 9 l S ", "BT ET ", "/F 1 Tf ", "1 1 1 rg ", "/No Do ")[n]
    return after(word * 500_000)


@kind("sheet limit-memory", deep=(6, 7))  # a million states are more than a GiB
def states_that_are_never_restored(n):
    return after("q " * 10 ** min(n, 6) + "/P BMC " * 10 ** min(n, 6))


@kind("sheet " + ANY_LIMIT, deep=(1, 3, 5, 7))
def words_without_end(n):
    """Words by the thousand on one spot, or spread over the page."""
    source = chance(n)
    count = (100, 1000, 5000, 20000, 50000, 100000, 200000, 400000)[n]
    places = ((source.randrange(WIDTH), source.randrange(60)) if n % 2 else (5, 5) for _ in range(count))
    return after("BT /F 3 Tf " + " ".join("1 0 0 1 %d %d Tm <5b57> Tj" % place for place in places) + " ET")


@kind("sheet " + ANY_LIMIT, deep=(6, 7))
def lines_without_end(n):
    source = chance(n)
    count = (100, 1000, 5000, 20000, 50000, 100000, 200000, 400000)[n]
    return after(" ".join("%d %d m %d %d l S" % (source.randrange(WIDTH), source.randrange(60), source.randrange(WIDTH), source.randrange(60))
                          if n % 2 else "0 %g m 842 %g l S" % (at * 60 / count, at * 60 / count) for at in range(count)))


@kind("sheet " + ANY_LIMIT, deep=(6, 7))
def contents_many_times(n):
    """One stream named by the thousand."""
    page = re.search(rb"/Contents (\d+) 0 R", sheet())
    more = b"800 0 obj\n<< /Length 4 >>\nstream\nq Q \nendstream\nendobj\n"
    return whole(sheet().replace(page[0], b"/Contents [%s 0 R %s]" % (page[1], b"800 0 R " * 10 ** min(n, 6))).replace(b"xref\n0 ", more + b"xref\n0 ", 1))


@kind("sheet damaged " + ANY_LIMIT)  # Poppler opens no page with more than 10,000
def annotations_without_end(n):
    def change(p):
        one = p.object("<< /Type /Annot /Subtype /%s /Rect [0 0 9 9] /F 4 /Contents (x) /Popup %d 0 R /Parent %d 0 R /IRT %d 0 R >>" %
                       (("Text", "FreeText", "Popup", "Link", "Widget", "Highlight", "Stamp", "FileAttachment")[n], *[20 + len(p.objects)] * 3))
        p.annotations[-1] += [one] * (20000 if n % 2 else 200)
    return painted(change)


@kind("sheet " + ANY_LIMIT)
def fields_without_end(n):
    def change(p):
        first = 20 + len(p.objects)
        if n < 4:   # fields that are their own kids and parents
            for at in range(3):
                p.object(f"<< /FT /Tx /T (a) /V (b) /Kids [{first} 0 R {first + (at + n) % 3} 0 R] /Parent {first + (at + 1) % 3} 0 R >>")
            kids = f"{first} 0 R"
        else:       # many, or deep
            count = 5000 if n % 2 else 500
            for at in range(count):
                p.object(f"<< /FT /Tx /T (a{at}) /V (b) /Subtype /Widget /Rect [0 0 1 1] /Kids [{first + at + 1 if n > 5 and at < count - 1 else ''}"
                         f"{' 0 R' if n > 5 and at < count - 1 else ''}] >>")
            kids = " ".join(f"{first + at} 0 R" for at in range(count))
        p.annotations[-1] += [first]
        p.catalogue_entries = f"/AcroForm << /Fields [{kids}] /NeedAppearances true >>"
    return painted(change)


# Drawing that takes long

@kind("sheet " + ANY_LIMIT)
def tilings_that_are_tiny(n):
    step = (9, 1, .1, .01, .001, 1e-6, 0, -1)[n]

    def change(p):
        pattern = p.stream(f"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep {step:f} /YStep {step:f} /Resources << >>", "0 0 1 1 re f")
        p.named["Pattern"] = {"P": pattern}
        p.add("/Pattern cs /P scn 0 0 842 60 re f")
    return painted(change)


@kind("sheet " + ANY_LIMIT)
def shadings(n):
    def change(p):
        kinds = (f"/ShadingType 1 /Function << /FunctionType 4 /Domain [0 1 0 1] /Range [0 1] /Length 0 >>", "/ShadingType 2 /Coords [0 0 0 0] /Extend [true true]",
                 "/ShadingType 3 /Coords [0 0 1e30 0 0 -1e30]", "/ShadingType 9", "/ShadingType 4 /BitsPerCoordinate 32 /BitsPerComponent 16 /BitsPerFlag 8 /Decode [0 1e9 0 1e9 0 1]",
                 "/ShadingType 5 /VerticesPerRow 1000000000 /BitsPerCoordinate 1 /BitsPerComponent 1 /Decode [0 9 0 9 0 1]",
                 "/ShadingType 6 /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 2 /Decode [0 9 0 9 0 1]", "/ShadingType 7 /BitsPerCoordinate 33 /Decode []")
        number = p.stream(kinds[n] + " /ColorSpace /DeviceGray", chance(n).randbytes(30000))
        p.named["Shading"] = {"S": number}
        p.add("q 0 0 100 50 re W n /S sh Q")
    return painted(change)


@kind("sheet no-sheet damaged unsupported " + ANY_LIMIT, loses=True)
def boxes(n):
    """Where a box is none, Poppler's page is as large as a letter, as Chromium's is: what lies beside it is not seen, and a note says so."""
    new = (b"[0 0 nan nan]", b"[0 0 1e38 1e38]", b"[0 0 0 0]", b"[842 595 0 0]", b"[-1e9 -1e9 1e9 1e9]", b"[0 0 99999999999999999999999 1]", b"[1]", b"[0 0 842 595] /UserUnit 1e9")[n]
    return replaced(b"[0 0 842 595] /Contents", new + b" /Contents")


@kind("sheet", count=4)
def rotations_that_are_no_quarter(n):
    """The page stays upright, as in other readers, and none of it is beyond its edge."""
    more = (b"/Rotate 37", b"/Rotate -2147483648", b"/Rotate 89.9", b"/Rotate 360000090 /UserUnit -3")[n]
    return whole(sheet().replace(b"/Type /Page ", b"/Type /Page " + more + b" ", 1))


@kind("sheet " + ANY_LIMIT)
def matrices(n):
    matrix = ("0 0 0 0 0 0", "1e30 0 0 1e30 0 0", "1e-30 0 0 1e-30 0 0", "nan nan nan nan nan nan", "1 1 1 1 1 1", "1 0 0 1 1e30 -1e30",
              "99999999999999999999 0 0 1 0 0", "1 0 0 -1 2147483647 -2147483648")[n]
    return after(f"{matrix} cm BT /F 1e9 Tf 9e9 Tc -9e9 Tw 0 Tz 5 5 Td <5b575b57> Tj ET 0 0 9 9 re S")


@kind("sheet " + ANY_LIMIT)
def fonts_that_are_rubbish(n):
    file = ("FontFile", "FontFile2", "FontFile3", "FontFile3")[n % 4]
    kind_of_file = ("", "", "/Subtype /CIDFontType0C", "/Subtype /OpenType")[n % 4]

    def change(p):
        data = chance(n).randbytes(5000) if n < 4 else b"\0\1\0\0\xff\xff" + bytes(3000)
        program = p.stream(kind_of_file, data)
        descriptor = p.object(f"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [-1e9 0 nan 1e9] /{file} {program} 0 R >>")
        p.fonts["B"] = (b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar -5 /LastChar 2000000000 /Widths [%s] /FontDescriptor %d 0 R"
                        b" /Encoding << /Differences [-9 /a 99999999 /b %s] >> >>" % (b"1e9 " * 3000, descriptor, b"/c " * 3000))
        p.add("BT /B 4 Tf 30 8 Td (abc) Tj ET")
    return painted(change)


@kind("sheet " + ANY_LIMIT)
def fonts_that_draw_themselves(n):
    """Type 3: a glyph that shows itself."""
    def change(p):
        here = 20 + len(p.objects)
        proc = p.stream("", "9 0 d0 BT /S 1 Tf (" + "a" * (n + 1) + ") Tj ET")
        assert proc == here
        font = p.object(f"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [{'0' if n == 7 else '1'} 0 0 1 0 0] /CharProcs << /a {proc} 0 R >>"
                        f" /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [9] /Resources << /Font << /S {here + 1} 0 R >> >> >>")
        p.fonts["B"] = p.objects[font]
        p.add("BT /B 4 Tf 30 8 Td (" + "a" * 10 ** min(n, 4) + ") Tj ET")
    return painted(change)


@kind("sheet " + ANY_LIMIT)
def colours_that_go_round(n):
    def change(p):
        here = 20 + len(p.objects)
        p.object((f"[/Indexed {here} 0 R 255 (abc)]", f"[/Separation /X {here} 0 R {here + 1} 0 R]", f"[/Pattern {here} 0 R]", f"[/ICCBased {here + 1} 0 R]",
                  f"[/DeviceN [{'/X ' * 2000}] {here} 0 R {here + 1} 0 R]", "[/Indexed /DeviceRGB 2000000000 (x)]", "[" * 3000 + "]" * 3000, f"[/Lab << /WhitePoint {here} 0 R >>]")[n])
        p.stream(f"/FunctionType 3 /Domain [0 1] /Functions [{here + 1} 0 R {here + 1} 0 R] /Bounds [.5] /Encode [0 1 0 1] /N -1 /Alternate {here} 0 R", "{" * 3000)
        p.named["ColorSpace"] = {"C": here}
        p.add("/C cs .5 sc 0 0 9 9 re f")
    return painted(change)


@kind("sheet " + ANY_LIMIT, deep=(3, 4, 5, 6, 7))
def masks_that_go_round(n):
    def change(p):
        here = 20 + len(p.objects)
        p.object(f"<< /SMask << /S /Luminosity /G {here + 1} 0 R /TR {here} 0 R /BC [{'1 ' * 99}] >> /ca nan /BM [{'/Multiply ' * n}] >>")
        p.stream(f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Group << /S /Transparency >> /Resources << /ExtGState << /G {here} 0 R >> /XObject << /A {here + 1} 0 R >> >>",
                 "/G gs 0 0 9 9 re f " + "/A Do " * n)
        p.named["ExtGState"]["G"] = here
        p.add("/G gs 0 0 9 9 re f")
    return painted(change)


@kind("sheet " + ANY_LIMIT)
def inline_images(n):
    more = ("BI /W 9 /H 9 /BPC 8 /CS /G ID ", "BI /W 2000000000 /H 2000000000 /BPC 8 /CS /RGB ID x EI", "BI /W -1 /H -1 ID EI", "BI " * 5000, "BI /F [/Fl /Fl /AHx] ID abc EI",
            "BI /W 1 /H 1 /CS [/Indexed /I 255 <00>] ID x EI " * 5000, "BI ID EI " * 50000, "BI /D << /A << /B ")[n]
    return after(more)


# Structure

@kind("sheet damaged")
def index_that_is_broken(n):
    source = chance(n)
    return re.sub(rb"\d{10} 00000 n", lambda match: b"%010d 00000 n" % source.randrange(20000) if source.random() < (n + 1) / 8 else match[0], sheet())


@kind("sheet damaged")
def index_that_goes_round(n):
    start = int(re.findall(rb"startxref\n(\d+)", sheet())[-1])
    prev = (start, 0, 15, -1, 2147483647, 99999999999999999999, start + 1, start)[n]
    return sheet().replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d %s" % (prev, b"/XRefStm %d" % start if n == 7 else b""))


@cache
def rewritten(*options):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as old, tempfile.NamedTemporaryFile(suffix=".pdf") as new:
        Path(old.name).write_bytes(sheet())
        subprocess.run(["qpdf", *options, old.name, new.name], check=True)
        return Path(new.name).read_bytes()


@kind("sheet damaged")
def index_stream_that_lies(n):
    data = rewritten("--object-streams=generate")
    new = (b"/W [ 9 9 9 ]", b"/W [ 0 0 0 ]", b"/W [ -1 2 1 ]", b"/W [ 1 2000000000 1 ]", b"/Index [ 0 2000000000 ]", b"/Index [ -5 9 ]", b"/Size 2000000000", b"/Size 1")[n]
    old = re.search(rb"/W \[[^]]*\]" if n < 6 else rb"(?<=/Type /XRef).*?(/Size \d+)|/Size \d+", data)[0]
    return data.replace(old, old + b" " + new if n in (4, 5) else new)


@kind("sheet damaged no-sheet")
def object_streams_that_lie(n):
    data = rewritten("--object-streams=generate")
    old = re.search(rb"/Type /ObjStm", data)[0]
    new = (b"/Type /ObjStm /N 2000000000", b"/Type /ObjStm /N -1", b"/Type /ObjStm /First 2000000000", b"/Type /ObjStm /First -1", b"/Type /ObjStm /Extends 1 0 R",
           b"/Type /XRef", b"/Type /ObjStm /Filter /FlateDecode /N 0", b"/Type /ObjStm /Length 0")[n]
    return data.replace(old, new)


@kind("sheet damaged no-sheet unsupported", count=64, loses=True)
def cut(n):
    return sheet()[:len(sheet()) * n // 64]


@kind("sheet damaged no-sheet unsupported needs-password " + ANY_LIMIT, count=40, loses=True, deep=(4, 11, 17, 19, 21))
def flipped_bits(n):
    source, data = chance(n), bytearray(sheet())
    for _ in range(2 ** (n % 8)):
        data[source.randrange(len(data))] ^= 1 << source.randrange(8)
    return bytes(data)


@kind("sheet damaged no-sheet unsupported needs-password " + ANY_LIMIT, count=24, loses=True, deep=(13,))
def pieces_lost_or_doubled(n):
    source, data = chance(n), sheet()
    for _ in range(1 + n % 4):
        at, length = source.randrange(len(data)), source.randrange(1, 2000)
        data = data[:at] + (data[at + length:] if n % 2 else data[at - length:])
    return data


LOCKS = [(bits, user) for bits in ("40", "128", "256") for user in ("", "secret")] + [("aes", ""), ("aes", "secret")]


def locked(n):
    bits, user = LOCKS[n]
    words = ["128", "--use-aes=y"] if bits == "aes" else [bits]
    return rewritten("--allow-weak-crypto", "--encrypt", user, "owner", *words, "--")


@kind("sheet", count=4)
def locked_without_a_password(n):
    return locked((0, 2, 4, 6)[n])


@kind("needs-password", count=4)
def locked_with_a_password(n):
    return locked((1, 3, 5, 7)[n])


@kind("sheet needs-password damaged unsupported no-sheet")
def locks_that_lie(n):
    data = locked(4)
    old, new = ((rb"/V 5", b"/V 99"), (rb"/R 6", b"/R 99"), (rb"/Filter /Standard", b"/Filter /Adobe.PubSec"), (rb"/O <\w+>", b"/O <00>"), (rb"/U <\w+>", b"/U <>"),
                (rb"/OE <\w+>", b""), (rb"/CFM /AESV3", b"/CFM /AESV9"), (rb"/V 5", b"/V -1"))[n]
    return re.sub(old, lambda _: new, data)


# What acts

SCRIPT = "<< /S /JavaScript /JS (while (true) app.alert\\(1\\);) >>"
ACTIONS = ("<< /S /Launch /F (/bin/sh) >>", "<< /S /Launch /Win << /F (cmd.exe) /P (/c calc) >> >>", "<< /S /URI /URI (http://127.0.0.1:9/) >>", "<< /S /SubmitForm /F (http://127.0.0.1:9/) >>",
           "<< /S /GoToR /F (../../../../etc/passwd) /D [0 /Fit] >>", "<< /S /ImportData /F (/etc/passwd) >>", "<< /S /Rendition >>", "<< /S /GoToE /T << /R /C /T << /R /P >> >> >>")


@kind("sheet")
def scripts(n):
    def change(p):
        p.catalogue_entries = ("/OpenAction " + SCRIPT, f"/AA << /WC {SCRIPT} >>", f"/Names << /JavaScript << /Names [(a) {SCRIPT}] >> >>", f"/OpenAction << /S /Named /Next {SCRIPT} >>",
                               f"/Names << /JavaScript << /Kids [{20 + len(p.objects)} 0 R] >> >>", "", "", "/OpenAction 1 0 R")[n]
        p.page_entries = f"/AA << /O {SCRIPT} >>" if n == 5 else ""
        p.object(f"<< /Kids [{20 + len(p.objects)} 0 R] >>")
        if n == 6:
            p.annotations[-1].append(p.object(f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [0 0 1 1] /AA << /K {SCRIPT} /C {SCRIPT} >> >>"))
    return painted(change)


@kind("sheet")
def actions(n):
    def change(p):
        p.catalogue_entries = f"/OpenAction {ACTIONS[n]}"
        p.annotations[-1].append(p.object(f"<< /Type /Annot /Subtype /Link /Rect [0 0 842 595] /A {ACTIONS[n]} >>"))
    return painted(change)


@kind("sheet unsupported")
def embedded_names_that_climb(n):
    name = ("../../../../tmp/climbed", "/etc/passwd", "..\\\\..\\\\climbed", "a/../../climbed", "climbed\\000.pdf", "", "con", "x" * 5000)[n]

    def change(p):
        file = p.stream("/Type /EmbeddedFile /Params << /Size -1 >>", "climbed")
        spec = p.object(f"<< /Type /Filespec /F ({name}) /UF ({name}) /EF << /F {file} 0 R >> >>")
        p.catalogue_entries = f"/Names << /EmbeddedFiles << /Names [(a) {spec} 0 R] >> >>" + (" /Collection << /View /H >>" if n % 2 else "")
    return painted(change)


@kind("sheet " + ANY_LIMIT)
def trees_that_go_round(n):
    """The structure, names, outlines, optional content, threads and page labels."""
    def change(p):
        here = 20 + len(p.objects)
        p.object(f"<< /Type /X /K [{here} 0 R {here} 0 R] /S /Table /P {here} 0 R /Kids [{here} 0 R {here} 0 R] /First {here} 0 R /Next {here} 0 R /Last {here} 0 R"
                 f" /Limits [(a) (z)] /Nums [0 {here} 0 R] /RoleMap << /Table /Table /A /B /B /A >> /ParentTree {here} 0 R /OCGs [{here} 0 R] /VE [/Not {here} 0 R] >>")
        p.catalogue_entries = (f"/StructTreeRoot {here} 0 R /MarkInfo << /Marked true >>", f"/Names {here} 0 R", f"/Names << /EmbeddedFiles {here} 0 R >>", f"/Outlines {here} 0 R",
                               f"/OCProperties << /OCGs [{here} 0 R] /D << /Order [{here} 0 R] /OFF [{here} 0 R] >> >>", f"/PageLabels {here} 0 R", f"/Dests {here} 0 R",
                               f"/Threads [{here} 0 R] /Metadata {here} 0 R")[n]
        p.named["Properties"] = {"O": here}
        p.add("/OC /O BDC 0 0 1 1 re f EMC")
    return painted(change)


@kind("sheet damaged " + ANY_LIMIT)
def objects_that_are_deep(n):
    deep = ("[" * 10 ** min(n + 1, 5) + "]" * 10 ** min(n + 1, 5), "<< /A " * 10 ** min(n, 4) + "1" + " >>" * 10 ** min(n, 4))[n % 2]
    return painted(lambda p: setattr(p, "catalogue_entries", f"/X {deep}"))


@kind("sheet damaged no-sheet")
def words_that_never_end(n):
    new = (b"/X (((((((", b"/X <41414141", b"/X " + b"/" + b"a" * 3_000_000, b"/X (" + b"\\" * 100_001, b"/X " + b"9" * 1_000_000, b"/X " + b"- + . " * 9999, b"/X #00#ZZ#", b"/X 1 0 R R R obj")[n]
    return whole(sheet().replace(b"<< /Type /Catalog", b"<< %s /Type /Catalog" % new) if n > 1 else sheet().replace(b"<< /Type /Catalog /Pages 2 0 R", b"<< /Type /Catalog /Pages 2 0 R " + new))


XMP = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)) + b"]><x>&j;</x>"


@kind("sheet " + ANY_LIMIT)
def facts_that_lie(n):
    def change(p):
        facts = p.object("<< /Title (%s) /CreationDate (D:99999999999999999999) /ModDate (%s) /Producer <%s> >>" % ("x" * 10 ** min(n, 6), "D:" * 500, "feff" + "d800" * 999))
        p.catalogue_entries = f"/Metadata {p.stream('/Type /Metadata /Subtype /XML', XMP)} 0 R /Lang ({'ja' * 9999}) /Version /9.9"
        assert facts == 20
    return painted(change).replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 20 0 R")


@kind("sheet damaged unsupported no-sheet")
def two_in_one(n):
    page, zipped = b"<!DOCTYPE html><p>x</p>", b"PK\3\4" + bytes(40)
    return (page + sheet(), bytes(1000) + sheet(), bytes(2000) + sheet(), sheet() + page, sheet() + sheet(), zipped + sheet(), sheet() + bytes(3_000_000), b"\xff\xfe" + sheet())[n]
