"""packed - hostile workbooks, text documents and archives: what they unpack to, what their XML says, and what they are called."""
import io
import warnings
import zipfile
import zlib

from hostile.kind import chance, kinds_of
from hostile.web import page
from office import archive, docx, opendocument, otbl, otc, p, r, tbl
from painting import HEADS, ROWS, TITLE

PACKED = {}
kind = kinds_of("xlsx", PACKED)
LIMITS = "limit-cpu limit-wall limit-memory limit-size limit-pages"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TABLE = [list(HEADS), *map(list, ROWS)]


def xlsx(more="", parts={}, start=""):
    """The sheet as a workbook: MORE rows below it, other PARTS, START before the root of the worksheet."""
    rows = "".join("<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) + "</row>" for row in TABLE)
    return archive({
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="{TITLE}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="sheet.xml"/>'
                                      f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="strings.xml"/>'
                                      f'<Relationship Id="r3" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/sheet.xml": f'{start}<worksheet xmlns="{MAIN}"><sheetData>{rows}{more}</sheetData></worksheet>',
        "xl/strings.xml": f'<sst xmlns="{MAIN}"/>', "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>', **parts})


ENTITIES = "<!DOCTYPE x [" + '<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)) + "]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY % b SYSTEM "http://127.0.0.1:9/x"> %b;]>'


@kind("damaged", count=6)
def entities(n):
    """Ones that double, and ones from outside, in the worksheet, its strings, a text document and an OpenDocument."""
    start = (ENTITIES, OUTSIDE)[n % 2]
    return (xlsx(start=start, more='<row><c t="inlineStr"><is><t>&j;&a;</t></is></c></row>'),
            docx(p(r("x")) + tbl(TABLE), more={"word/styles.xml": start + "<a>&j;</a>"}),
            xlsx(parts={"xl/strings.xml": f'{start}<sst xmlns="{MAIN}"><si><t>&j;&a;</t></si></sst>'}))[n // 2]


@kind("sheet damaged " + LIMITS, count=6, deep=(1, 2, 3, 4))
def ratios(n):
    """What packs well: the worksheet, its strings, its styles, a part nobody asks for."""
    space = " " * (66 << 20)
    name = ("xl/strings.xml", "xl/styles.xml", "xl/nobody.xml", "xl/workbook.xml", "_rels/.rels", "[Content_Types].xml")[n]
    return xlsx(parts={name: f'<sst xmlns="{MAIN}">{space}</sst>'})


@kind("sheet damaged unsupported limit-size", count=4)
def entries_without_end(n):
    return xlsx(parts={f"x/{at}.xml": "<a/>" for at in range((100, 1000, 5000, 20_000)[n])})


@kind("sheet " + LIMITS, count=8)
def cells_that_lie(n):
    more = ('<row r="2000000000"><c r="ZZZZZZZ9999999999" t="n"><v>1e999</v></c></row>', '<row r="-1"><c r="-1"><v>nan</v></c></row>', '<row><c t="s"><v>99999999999</v></c></row>',
            '<row><c s="2000000000"><v>45000</v></c></row>', '<row><c t="d"><v>9999-99-99T99:99</v></c></row>', "<row/>" * 1_000_000, "<row>" + "<c/>" * 300_000 + "</row>",
            '<row><c><f>' + "IF(" * 20_000 + "</f></c></row>")[n]
    return xlsx(more)


@kind("sheet damaged " + LIMITS, count=6)
def styles_that_lie(n):
    formats = ("0" * 60_000, "[" * 9999, '"' * 9999, ";" * 9999, "yyyy" * 9999, "\\" * 9999)[n]
    return xlsx('<row><c s="0"><v>45000</v></c></row>' * 50, {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="200" formatCode="{formats.replace(chr(34), "&quot;")}"/>'
                                                            '</numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'})


@kind("sheet damaged " + LIMITS, count=4)
def depths(n):
    deep = (50, 250, 5000, 100_000)[n]
    return xlsx("<x>" * deep + "</x>" * deep)


@kind("sheet damaged unsupported no-sheet", count=4)
def relations_that_climb(n):
    target = ("../../../../etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/sheet.xml", "sheet.xml/../../xl/sheet.xml")[n]
    rels = (f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="{target}" TargetMode="{"External" if n == 2 else "Internal"}"/></Relationships>')
    return xlsx(parts={"xl/_rels/workbook.xml.rels": rels})


@kind("sheet damaged unsupported no-sheet limit-size needs-password", count=12, loses=True)
def flipped_bits(n):
    data, source = bytearray(xlsx() if n % 2 else docx(tbl(TABLE))), chance(n)
    for _ in range(2 ** (n // 2)):
        data[source.randrange(len(data))] ^= 1 << source.randrange(8)
    return bytes(data)


@kind("sheet no-sheet " + LIMITS, count=8, ending="docx")
def text_documents(n):
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/><w:vMerge/></w:tcPr>' + p(r("x")) + "</w:tc>"
    more = ("<w:tbl><w:tr><w:tc>" * 60 + p(r("x")) + "</w:tc></w:tr></w:tbl>" * 60, f"<w:tbl>{f'<w:tr>{cell * 20}</w:tr>' * 20}</w:tbl>", p(r("x")) * 100_000, p(r("あ" * 100_000)),
            "<w:r>" * 200 + "</w:r>" * 200, p('<w:pPr><w:numPr><w:ilvl w:val="999999999"/><w:numId w:val="-1"/></w:numPr></w:pPr>' + r("x")) * 100,
            p('<w:fldSimple w:instr="INCLUDETEXT /etc/passwd">' + r("x") + "</w:fldSimple>"), p("<w:del>" * 50 + r("x") + "</w:del>" * 50))[n]
    return docx(tbl(TABLE) + more)


@kind("sheet damaged " + LIMITS, count=4, ending="docx")
def styles_that_go_round(n):
    chain = "".join(f'<w:style w:type="paragraph" w:styleId="s{at}"><w:basedOn w:val="s{(at + 1) % (n * 500 + 1)}"/></w:style>' for at in range(n * 500 + 1))
    return docx(tbl(TABLE) + p('<w:pPr><w:pStyle w:val="s0"/></w:pPr>' + r("x")), more={"word/styles.xml": f'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{chain}</w:styles>'})


@kind("sheet no-sheet " + LIMITS, count=4, ending="ods")
def repeated(n):
    row = (f'<table:table-row table:number-rows-repeated="2000000000">{otc("x")}</table:table-row>', f'<table:table-row>{otc("x", " table:number-columns-repeated=" + chr(34) + "2000000000" + chr(34))}</table:table-row>',
           '<table:table-row table:number-rows-repeated="-1"/>', otc("x", ' table:number-columns-spanned="2000000000" table:number-rows-spanned="2000000000"').join(("<table:table-row>", "</table:table-row>")))[n]
    return opendocument("ods", otbl([*TABLE, row]))


def zipped(files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files:
            file.writestr(name, content)
    return made.getvalue()


@kind("sheet unsupported no-sheet", count=6, ending="zip")
def names_that_climb(n):
    name = ("../../../../tmp/climbed.html", "/tmp/climbed.html", "..\\..\\climbed.html", "a/./../../b.html", "x" * 9000 + ".html", "\x1b[2Jx\n.html")[n]
    return zipped([(name, page())])


@kind("damaged unsupported no-sheet sheet " + LIMITS, count=6, ending="zip", deep=(5,))
def archives_that_lie(n):
    data = zipped([("sheet.html", page())])
    at = data.index(b"PK\1\2")
    if n == 4:                                  # the same name a thousand times
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return zipped([(f"{i % 2}.txt", "x") for i in range(300)])
    if n == 5:                                  # ten in ten in ten
        inner = zipped([("x.html", b" " * 100_000)])
        for _ in range(4):
            inner = zipped([(f"{i}.zip", inner) for i in range(10)])
        return inner
    place, value = ((at + 24, b"\xff\xff\xff\x7f"), (at + 24, b"\1\0\0\0"), (at + 42, b"\xff\xff\xff\x7f"), (at + 10, b"\x63\0"))[n]
    return data[:place] + value + data[place + len(value):]


@kind("limit-size limit-cpu damaged sheet no-sheet", count=4, ending="gz", deep=(3,))
def gzip_bombs(n):
    space = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = space.compress(page() + b" " * ((1, 30, 70, 140)[n] << 20)) + space.flush()
    return data


@kind("sheet no-sheet damaged unsupported limit-size", count=8, ending="txt")
def texts(n):
    rows = "\n".join("\t".join(cell.replace("\n", " ") for cell in row) for row in TABLE)
    more = ("|" * 200_000, "\t" * 200_000, "あ" * 300_000, "\n" * 500_000, "+-" * 50_000 + "\n|", ("a" * 30 + "\n") * 20_000, "\0" * 999, "\x1b[2J" * 999)[n]
    return (rows + "\n\n" + more).encode()
