"""office - text documents (.docx, .odt) and spreadsheets (.ods) written by hand, as Word and LibreOffice write them.

A cell is the XML of its paragraphs, or a text; `docx`, `odt` and `ods` give the bytes of a document with one table."""
import io
import zipfile
from xml.sax.saxutils import escape

PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="' + RELATIONS + '" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"')
OPEN = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for name, space in {
    "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing", "form": "form", "manifest": "manifest",
    "number": "datastyle", "fo": "xsl-fo-compatible", "svg": "svg-compatible"}.items()) + (' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" '
                                       'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"')


def archive(parts, first=None, rename=lambda name: name):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        if first:
            file.writestr(*first)
        for name, content in parts.items():
            file.writestr(rename(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


# Word

def r(text, form=""):
    """A run."""
    return f'<w:r>{f"<w:rPr>{form}</w:rPr>" if form else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(inner, form=""):
    """A paragraph."""
    return f'<w:p>{f"<w:pPr>{form}</w:pPr>" if form else ""}{inner}</w:p>'


def tc(cell, form=""):
    inner = cell if cell.startswith("<") else "".join(p(r(line)) for line in cell.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:w="900"/>{form}</w:tcPr>{inner}</w:tc>'


def tr(cells, form=""):
    """A cell may be whole already."""
    return "<w:tr>" + (f"<w:trPr>{form}</w:trPr>" if form else "") + "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells) + "</w:tr>"


def tbl(rows):
    return "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(row if isinstance(row, str) else tr(row) for row in rows) + "</w:tbl>"


WORD_STYLES = """<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="old"><w:name w:val="old"/><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="c0"><w:name w:val="c0"/><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="c1"><w:name w:val="c1"/><w:basedOn w:val="c0"/></w:style>
<w:style w:type="character" w:styleId="c2"><w:name w:val="c2"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="no"><w:name w:val="no"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="table" w:styleId="t"><w:name w:val="t"/><w:tblStylePr w:type="firstRow"><w:rPr><w:strike/></w:rPr></w:tblStylePr></w:style>"""
WORD_NUMBERING = """<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%2"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>"""


def docx(body, rename=lambda name: name, more={}):
    rels = f'<Relationships xmlns="{PACKAGE}">' + "".join(
        f'<Relationship Id="r{index}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>'
        for index, kind in enumerate(["styles", "numbering", "footnotes", "header", "comments"])) + "</Relationships>"
    return archive({
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document {WORD}><w:body>{body}<w:sectPr><w:headerReference w:type="default" r:id="r3"/></w:sectPr></w:body></w:document>',
        "word/_rels/document.xml.rels": rels,
        "word/styles.xml": f"<w:styles {WORD}>{WORD_STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {WORD}>{WORD_NUMBERING}</w:numbering>",
        "word/header.xml": f"<w:hdr {WORD}>{p(r('社外秘'))}</w:hdr>",
        "word/comments.xml": f"<w:comments {WORD}><w:comment>{p(r('この回答は要確認'))}</w:comment></w:comments>",
        "word/footnotes.xml": f'<w:footnotes {WORD}><w:footnote w:id="1">{p(r("計画停止を除く"))}</w:footnote></w:footnotes>',
        **more}, rename=rename)


# OpenDocument

def op(inner, style="", element="text:p"):
    return f'<{element}{f""" text:style-name="{style}" """ if style else ""}>{inner}</{element}>'


def ospan(text, style):
    return f'<text:span text:style-name="{style}">{escape(text)}</text:span>'


def otc(cell, form=""):
    inner = cell if cell.strip().startswith("<") else "".join(op(escape(line)) for line in cell.split("\n"))
    return f'<table:table-cell office:value-type="string"{form}>{inner}</table:table-cell>'


def otr(cells, form=""):
    return f"<table:table-row{form}>" + "".join(cell if cell.startswith(("<table:table-cell", "<table:covered")) else otc(cell) for cell in cells) + "</table:table-row>"


def otbl(rows, form=""):
    return f'<table:table table:name="Sheet1"{form}>' + "".join(row if isinstance(row, str) else otr(row) for row in rows) + "</table:table>"


OPEN_STYLES = """<style:font-face style:name="Symbols1" svg:font-family="Wingdings"/><style:style style:family="text" style:name="S"><style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>
<style:style style:family="text" style:name="S2" style:parent-style-name="S"/>
<style:style style:family="text" style:name="N"><style:text-properties style:text-line-through-style="none"/></style:style>
<style:style style:family="text" style:name="H"><style:text-properties text:display="none"/></style:style>
<style:style style:family="paragraph" style:name="PS"><style:text-properties style:text-line-through-type="double"/></style:style>
<style:style style:family="paragraph" style:name="P1" style:parent-style-name="Title"/>
<style:style style:family="table-cell" style:name="ce1"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:family="text" style:name="W"><style:text-properties fo:color="#FFFFFF"/></style:style>
<style:style style:family="text" style:name="symbols"><style:text-properties style:font-name="Symbols1"/></style:style>
<style:style style:family="table-cell" style:name="dark"><style:table-cell-properties fo:background-color="#003366"/></style:style>
<style:style style:family="table" style:name="hidden"><style:table-properties table:display="false"/></style:style>
<number:text-style style:name="N1"><number:text>x</number:text></number:text-style>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>"""


def opendocument(kind, body, more={}, first=True):
    name = {"odt": "text", "ods": "spreadsheet"}[kind]
    return archive({
        "content.xml": f'<office:document-content {OPEN}><office:automatic-styles>{OPEN_STYLES}</office:automatic-styles>'
                       f"<office:body><office:{name}>{body}</office:{name}></office:body></office:document-content>",
        "styles.xml": f'<office:document-styles {OPEN}><office:styles><style:style style:family="paragraph" style:name="Title"/></office:styles>'
                      f'<office:master-styles><style:master-page style:name="Standard"><style:header>{op("社外秘")}</style:header></style:master-page>'
                      "</office:master-styles></office:document-styles>",
        "META-INF/manifest.xml": f'<manifest:manifest {OPEN}><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.{name}"/>'
                                 '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        **more}, first=("mimetype", f"application/vnd.oasis.opendocument.{name}") if first else None)
