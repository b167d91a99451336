"""A sheet in a wrapping (mail, saved page, archive, portfolio, frame, …) gives the items of the bare sheet; what cannot be read says why."""
import base64
import csv
import gzip
import html
import io
import json
import quopri
import subprocess
import tempfile
import zipfile
from email import message_from_bytes
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import default as modern
from pathlib import Path

from test_seen import HEAD, ROWS
from testing import ROOT, each

PDF = ROOT / "corpus" / "kazemachi" / "security-sheet.pdf"
TITLE = "星見クラウド サービスレベルチェックリスト"


def table_of(rows, cell="<td>{}</td>"):
    lines = ["".join(cell.format(html.escape(text)) for text in row) for row in [HEAD, *rows]]
    return "<table>\n" + "\n".join(f"<tr>{line}</tr>" for line in lines) + "\n</table>"


TABLE = table_of(ROWS)
PAGE = f'<!DOCTYPE html>\n<html lang="ja"><head><meta charset="utf-8"><title>{TITLE}</title></head><body><h1>{TITLE}</h1>\n{TABLE}\n</body></html>\n'
OTHER = PAGE.replace("24時間365日", "平日9時から17時")
NEWS = "<!DOCTYPE html><title>お知らせ</title><p>夏の休業日は八月十三日から十五日までです。</p>"
TEXT = "\n".join("\t".join(row) for row in [HEAD, *ROWS]) + "\n"
EXPECTED = [(row[0], row[2], row[5]) for row in ROWS]


def workbook():
    def cell(text):
        return f'<c t="inlineStr"><is><t>{html.escape(text)}</t></is></c>'
    rows = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in [HEAD, *ROWS])
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zip_of({
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="回答" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="rId1" Type="{relations}/worksheet" Target="sheet1.xml"/></Relationships>',
        "xl/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'})


def zip_of(files, level=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", level) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


# Saved pages

def part(content, kind="text/html", encoding="quoted-printable", charset=None, **heads):
    data = content.encode(charset or "utf-8") if isinstance(content, str) else content
    coded = quopri.encodestring(data) if encoding == "quoted-printable" else base64.encodebytes(data) if encoding == "base64" else data
    lines = [f"Content-Type: {kind}" + (f'; charset="{charset}"' if charset else ""), f"Content-Transfer-Encoding: {encoding}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in heads.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + coded.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def mhtml(*parts, head="From: <Saved by Blink>\r\nSnapshot-Content-Location: https://vendor.example/security/\r\nSubject: x\r\n",
          more='type="text/html"; '):
    start = f'{head}MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\t{more}boundary="----Boundary--"\r\n\r\n'.encode()
    return start + b"".join(b"\r\n------Boundary--\r\n" + one for one in parts) + b"\r\n------Boundary----\r\n"


HERE = {"Content_Location": "https://vendor.example/security/"}
HIDING = PAGE.replace("</head>", '<link rel="stylesheet" type="text/css" href="cid:css-1@mhtml.blink"></head>').replace(
    "24時間365日", '24時間365日<span class="x">（旧）</span>')
EXCEL_FRAMES = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name=ProgId content=Excel.Sheet></head>
<frameset rows="*,39" border=0><frame src="sheet.files/sheet001.htm" name="frSheet"><frame src="sheet.files/tabstrip.htm" name="frTabs"></frameset></html>"""
WORKSHEETS = ("<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets>" + "".join(
    f'<x:ExcelWorksheet><x:Name>{name}</x:Name><x:WorksheetSource HRef="sheet.files/sheet00{number}.htm"/>{more}</x:ExcelWorksheet>'
    for name, number, more in (("可用性", 1, ""), ("信頼性", 2, ""), ("旧", 3, "<x:Visible>SheetHidden</x:Visible>")))
    + "</x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]-->")


def worksheet(rows, number):
    return part(f'<html><meta charset="utf-8">{table_of(rows)}</html>', Content_Location=f"file:///C:/1A2B/sheet.files/sheet00{number}.htm")


SAVED = {
    "excel-tabs.mht": mhtml(part(EXCEL_FRAMES.replace("</head>", WORKSHEETS + "</head>"), Content_Location="file:///C:/1A2B/sheet.htm"),
                            worksheet(ROWS[:3], 1), worksheet(ROWS[3:], 2), worksheet([[*row[:5], "旧"] for row in ROWS], 3), head="", more=""),
    "chrome.mhtml": mhtml(part(PAGE, **HERE)),
    "chrome-frame.mhtml": mhtml(part(f'<html><body><h1>{TITLE}</h1><iframe src="cid:frame-2@mhtml.blink"></iframe></body></html>', **HERE),
                                part(PAGE, Content_ID="<frame-2@mhtml.blink>")),
    "chrome-style.mhtml": mhtml(part(HIDING, **HERE), part(".x { display: none }", "text/css", Content_ID="<css-1@mhtml.blink>",
                                                           Content_Location="cid:css-1@mhtml.blink")),
    "explorer.mht": mhtml(part(PAGE.replace("utf-8", "shift_jis"), charset="shift_jis", encoding="base64", **HERE),
                          part(b"\x89PNG\r\n\x1a\n", "image/png", "base64", Content_Location="https://vendor.example/a.png"),
                          head="From: <Microsoft Internet Explorer 5>\r\nSubject: =?shift_jis?B?g2WDWINn?=\r\n"),
    "excel.mht": mhtml(part(EXCEL_FRAMES, Content_Location="file:///C:/1A2B/sheet.htm"),
                       part(PAGE, charset="utf-8", Content_Location="file:///C:/1A2B/sheet.files/sheet001.htm"),
                       part("<p>tabs</p>", Content_Location="file:///C:/1A2B/sheet.files/tabstrip.htm"), head="", more=""),
    "start-is-second.mhtml": mhtml(part("body { color: red }", "text/css", Content_Location="https://vendor.example/a.css"),
                                   part(PAGE, Content_ID="<root@a>", **HERE), more='start="<root@a>"; '),
    "eight-bit.mhtml": mhtml(part(PAGE, encoding="8bit", **HERE)),
}


# Mails

def mail(subject="サービスレベルの件", text=None):
    message = message_from_bytes(b"", policy=modern)
    message["From"], message["To"], message["Subject"] = "a@vendor.example", "b@vendor.example", subject
    if text:
        message.set_content(text)
    return message


def with_body(text, subtype="plain", **options):
    message = mail()
    message.set_content(text, subtype=subtype, **options)
    return message.as_bytes()


def with_alternatives(text, page):
    message = mail(text=text)
    message.add_alternative(page, subtype="html")
    return message.as_bytes()


def with_files(*files, text="添付の通りです。\n"):
    message = mail(text=text)
    for name, content, kind in files:
        main, sub = kind.split("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message


def forwarded():
    message = mail(text="転送します。\n")
    message.add_attachment(with_files(("checksheet.html", PAGE.encode(), "text/html")))
    return message.as_bytes()


def raw_japanese_name():
    message = MIMEMultipart()
    message["Subject"] = "x"
    message.attach(MIMEText("添付", "plain", "iso-2022-jp"))
    file = MIMEApplication(PAGE.encode(), "octet-stream")
    file.add_header("Content-Disposition", "attachment", filename="=?ISO-2022-JP?B?" + base64.b64encode("回答.html".encode("iso-2022-jp")).decode() + "?=")
    message.attach(file)
    return message.as_bytes()


FLOWED = ("Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\nContent-Transfer-Encoding: 8bit\n\n"
          + TEXT.replace("24時間", "24 \n時間")).encode()
MAILS = {
    "page.eml": with_body(PAGE, "html", cte="base64"),
    "page-in-jis.eml": with_body(PAGE.replace("utf-8", "iso-2022-jp"), "html", charset="iso-2022-jp", cte="7bit"),
    "alternatives.eml": with_alternatives(TEXT, PAGE),
    "text-is-the-sheet.eml": with_alternatives(TEXT, NEWS),
    "text.eml": with_body(TEXT, cte="quoted-printable"),
    "flowed.eml": FLOWED,
    "attached-page.eml": with_files(("回答シート.html", PAGE.encode(), "text/html")).as_bytes(),
    "attached-workbook.eml": with_files(("回答.xlsx", workbook(), "application/octet-stream"), ("logo.png", b"\x89PNG\r\n\x1a\n", "image/png")).as_bytes(),
    "attached-archive.eml": with_files(("回答.zip", zip_of({"a/sheet.html": PAGE}), "application/zip")).as_bytes(),
    "forwarded.eml": forwarded(),
    "encoded-name.eml": raw_japanese_name(),
    "mailbox.mbox": b"From a@vendor.example Mon Mar  2 00:00:00 2026\n" + with_files(("n.html", NEWS.encode(), "text/html")).as_bytes()
                    + b"\nFrom a@vendor.example Mon Mar  2 00:00:00 2026\n" + with_files(("s.html", PAGE.encode(), "text/html")).as_bytes(),
}

# Archives

CP932 = zip_of({"AAAA.html": PAGE}).replace(b"AAAA.html", "回答".encode("cp932") + b".html")
ARCHIVES = {
    "one.zip": zip_of({"sheet.html": PAGE}),
    "in-a-folder.zip": zip_of({"security/": "", "security/sheet.xlsx": workbook(), "__MACOSX/security/._sheet.xlsx": b"\0\5\x16\7", "security/.DS_Store": b"x"}),
    "with-others.zip": zip_of({"readme.txt": "はじめにお読みください。\n", "news.html": NEWS, "sheet.html": PAGE, "logo.png": b"\x89PNG\r\n\x1a\n"}),
    "stored.zip": zip_of({"sheet.txt": TEXT}, zipfile.ZIP_STORED),
    "nested.zip": zip_of({"a.zip": zip_of({"b.zip": zip_of({"sheet.html": PAGE})})}),
    "name-in-cp932.zip": CP932,
    "twice-the-same.zip": zip_of({"sheet.html": PAGE, "sheet.xlsx": workbook()}),
    "saved-with-files.zip": zip_of({"page.html": f'<link rel="stylesheet" href="page_files/a.css"><h1>{TITLE}</h1><iframe src="page_files/frame.html"></iframe>',
                                    "page_files/frame.html": HIDING.replace("cid:css-1@mhtml.blink", "b.css"), "page_files/b.css": ".x{display:none}"}),
    "mail.zip": zip_of({"mail.eml": MAILS["page.eml"]}),
    "sheet.html.gz": gzip.compress(PAGE.encode()),
    "sheet.csv.gz": gzip.compress(TEXT.replace("\t", ",").encode()),
    "sheet.xlsx.gz": gzip.compress(workbook()),
    "zip.gz": gzip.compress(zip_of({"sheet.html": PAGE})),
    "saved.mhtml.gz": gzip.compress(SAVED["chrome.mhtml"]),
}

# Frames

def srcdoc(page):
    return html.escape(page, quote=True)


def framed(page, before="", after="", attributes=""):
    return f'<!DOCTYPE html><meta charset="utf-8"><title>{TITLE}</title><h1>{TITLE}</h1>{before}<iframe {attributes} srcdoc="{srcdoc(page)}"></iframe>{after}'.encode()


FRAMES = {
    "srcdoc.html": framed(PAGE),
    "srcdoc-table.html": framed(TABLE),
    "srcdoc-sandboxed.html": framed(PAGE, attributes='sandbox="" style="width:100%;border:0" loading="lazy"'),
    "srcdoc-nested.html": framed(f'<p>x</p><iframe srcdoc="{srcdoc(PAGE)}"></iframe>'),
    "srcdoc-in-a-paragraph.html": framed(PAGE, before="<div><p>本文 ", after="</p></div><footer>終わり</footer>"),
    "srcdoc-single-quotes.html": f"<h1>{TITLE}</h1><iframe srcdoc='{PAGE.replace(chr(39), '&#39;')}'></iframe>".encode(),
    "srcdoc-styles.html": framed("<style>.x{display:none}</style>" + TABLE.replace("24時間365日", '24時間365日<i class="x">（旧）</i>')),
    "srcdoc-in-a-layout-cell.html": framed(PAGE, before="<table><tr><td>案内</td><td>", after="</td></tr></table>"),
}

# Shadow roots

def shadow(inside, light="", mode="open"):
    return (f'<!DOCTYPE html><meta charset="utf-8"><title>{TITLE}</title><h1>{TITLE}</h1>'
            f'<check-sheet><template shadowrootmode="{mode}">{inside}</template>{light}</check-sheet>').encode()


def slotted_cells():
    """Each answer is in a slot, as in component libraries."""
    rows = table_of(ROWS)
    light = ""
    for row in ROWS:
        rows = rows.replace(f"<td>{row[0]}</td><td>{row[1]}</td><td>{row[2]}</td>", f"<td>{row[0]}</td><td>{row[1]}</td><td><slot name=n{row[0]}></slot></td>")
        light += f'<b slot="n{row[0]}">{row[2]}</b>'
    return rows, light


SHADOWS = {
    "whole.html": shadow(TABLE),
    "closed.html": shadow(f"<style>:host{{display:block}}</style><div>{TABLE}</div>", mode="closed"),
    "default-slot.html": shadow("<section><slot></slot></section>", TABLE),
    "named-slots.html": shadow('<h2><slot name="t">x</slot></h2><slot name="s"></slot>', f'<div slot="s">{TABLE}</div><b slot="t">回答</b><p>見えない 2</p>'),
    "cells-in-slots.html": shadow(*slotted_cells()),
    "fallback.html": shadow(f"<slot>{TABLE}</slot>", "\n  "),
    "nested.html": shadow(f'<inner-sheet><template shadowrootmode="open">{TABLE}</template></inner-sheet>'),
}

# XHTML

def xhtml(body, head="", prolog='<?xml version="1.0" encoding="UTF-8"?>\n', doctype="", root='<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ja">'):
    return f"{prolog}{doctype}{root}<head><title>{TITLE}</title>{head}</head><body>{body}</body></html>".encode()


PREFIXED = TABLE.replace("<t", "<h:t").replace("</t", "</h:t")
XHTML = {
    "self-closing.xhtml": xhtml(f'<div id="a"/><p class="b"/><h1>{TITLE}</h1><a name="c"/>{TABLE}', '<script src="a.js"/><link rel="x" href="y"/>'),
    "title-empty.xhtml": xhtml(TABLE).replace(f"<title>{TITLE}</title>".encode(), b"<title/>"),
    "cdata.xhtml": xhtml(table_of(ROWS, "<td><![CDATA[{}]]></td>")),
    "entities.xhtml": xhtml(TABLE.replace("24時間365日", "&hours;"), doctype='<!DOCTYPE html [\n<!ENTITY always "24時間">\n<!ENTITY hours "&always;365日">\n]>\n'),
    "prefix.xhtml": f'<?xml version="1.0"?><h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>{TITLE}</h:title></h:head><h:body>{PREFIXED}</h:body></h:html>'.encode(),
    "shift-jis.xhtml": xhtml(TABLE, prolog='<?xml version="1.0" encoding="Shift_JIS"?>\n').decode().encode("cp932"),
    "strict-doctype.xhtml": xhtml(TABLE + '<textarea rows="2"/>', doctype='<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n',
                                  head='<style type="text/css"><![CDATA[ td > p { color: red } ]]></style>'),
    "no-prolog.xhtml": xhtml(f"<div/><iframe src='a'/>{TABLE}", prolog=""),
}

# Excel 2003 XML

def spreadsheet(rows, styles="", before="", after="", columns=""):
    return ('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
            ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40">'
            f'<Styles><Style ss:ID="Default"/>{styles}</Styles>{before}<Worksheet ss:Name="回答"><Table>{columns}{rows}</Table></Worksheet>{after}</Workbook>').encode()


def xml_cell(text, attributes="", kind="String"):
    return f'<Cell{attributes}><Data ss:Type="{kind}">{html.escape(text)}</Data></Cell>'


def xml_rows(rows, change=lambda number, column, text: xml_cell(text)):
    return "".join("<Row>" + "".join(change(i, j, text) for j, text in enumerate(row)) + "</Row>" for i, row in enumerate([HEAD, *rows]))


STRUCK = '<Cell ss:StyleID="s1"><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><S>旧回答</S><Font html:Color="#FF0000">24時間365日</Font></ss:Data></Cell>'
SPREADSHEETS = {
    "plain.xml": spreadsheet(xml_rows(ROWS)),
    "title-and-index.xml": spreadsheet(f'<Row>{xml_cell(TITLE, chr(32) + "ss:MergeAcross=" + chr(34) + "5" + chr(34))}</Row>'
                                       + xml_rows(ROWS).replace("<Row>", '<Row ss:Index="4">', 1)),
    "merged.xml": spreadsheet(xml_rows(ROWS, lambda i, j, text: "" if j == 1 and i in (2, 3, 5, 6) else xml_cell(
        text, ' ss:MergeDown="2"' if j == 1 and i in (1, 4) else ' ss:Index="3"' if j == 2 and i in (2, 3, 5, 6) else ""))),
    "hidden-row.xml": spreadsheet(xml_rows(ROWS) + '<Row ss:Hidden="1">' + "".join(map(xml_cell, ["8", "性能", "バッチ処理時間", "", "", "60分"])) + "</Row>"),
    "hidden-column.xml": spreadsheet(xml_rows(ROWS, lambda i, j, text: xml_cell(text) + (xml_cell("社外秘") if j == 5 else "")), columns='<Column ss:Index="7" ss:Hidden="1"/>'),
    "hidden-sheet.xml": spreadsheet(xml_rows(ROWS), after='<Worksheet ss:Name="旧"><Table>' + xml_rows([[*row[:5], "旧"] for row in ROWS])
                                    + '</Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>'),
    "rich-text.xml": spreadsheet(xml_rows(ROWS).replace(xml_cell("24時間365日"), STRUCK), styles='<Style ss:ID="s1"><Alignment ss:WrapText="1"/></Style>'),
    "numbers.xml": spreadsheet(xml_rows(ROWS, lambda i, j, text: xml_cell(text, kind="Number") if i and not j else xml_cell(text))),
    "comment.xml": spreadsheet(xml_rows(ROWS).replace(xml_cell("無し"), xml_cell("無し").replace("</Cell>", '<Comment><ss:Data xmlns="http://www.w3.org/TR/REC-html40">要確認</ss:Data></Comment></Cell>'))),
    "utf-16.xls": spreadsheet(xml_rows(ROWS)).decode().replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16"),
}

EXCEL_PAGE = PAGE.replace("<html lang", '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" lang').replace(
    "</head>", "<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets/></x:ExcelWorkbook></xml><![endif]--><style>.xl65 {mso-number-format:General}</style></head>").replace(
    "</table>", "<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td><td></td></tr><![endif]></table>").replace("<td>", "<td class=xl65 x:str>")
PAGES_AS_XLS = {"excel-page.xls": EXCEL_PAGE.encode(), "fragment.xls": TABLE.encode(), "with-bom.xls": b"\xef\xbb\xbf" + EXCEL_PAGE.encode(),
                "meta-first.xls": ('<meta http-equiv="Content-Type" content="text/html; charset=utf-8">' + TABLE).encode(),
                "utf-16.xls": PAGE.encode("utf-16"), "no-doctype.xls": PAGE.replace("<!DOCTYPE html>\n", "").encode()}

KINDS = {"saved": SAVED, "mail": MAILS, "archive": ARCHIVES, "frame": FRAMES, "shadow": SHADOWS, "xhtml": XHTML, "spreadsheet": SPREADSHEETS,
         "page-as-xls": PAGES_AS_XLS}
ALL = {f"{kind}-{name}": content for kind, files in KINDS.items() for name, content in files.items()}


def convert(program, name, content, *words):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, name).write_bytes(content)
        return program("convert", *words, name, folder=folder)


def sheet_of(program, name, content):
    result = convert(program, name, content)
    assert result.status == 0, f"{name}: {result.err}"
    return json.loads(result.out)


def items_of(sheet):
    return [(item["number"], item["name"], item["answer"]["text"]) for item in sheet["items"]]


@each(ALL)
def test_same_items(program, name):
    sheet = sheet_of(program, name, ALL[name])
    assert items_of(sheet) == EXPECTED, items_of(sheet)
    assert sheet["document"]["title"] in (TITLE, None), sheet["document"]
    assert all(item["place"] and set(item["place"][0]) & {"line", "page", "row"} for item in sheet["items"]), [item["place"] for item in sheet["items"]]


MEMBERS = {"saved-chrome.mhtml": "https://vendor.example/security/", "mail-attached-page.eml": "回答シート.html", "mail-encoded-name.eml": "回答.html",
           "mail-forwarded.eml": "サービスレベルの件.eml/checksheet.html", "archive-nested.zip": "a.zip/b.zip/sheet.html",
           "archive-name-in-cp932.zip": "回答.html", "archive-sheet.xlsx.gz": "archive-sheet.xlsx", "mail-attached-archive.eml": "回答.zip/a/sheet.html",
           "mail-alternatives.eml": "2", "mail-page.eml": "1"}


@each(MEMBERS)
def test_member_is_named(program, name):
    sheet = sheet_of(program, name, ALL[name])
    assert sheet["source"]["member"] == MEMBERS[name], sheet["source"]
    assert sheet["source"]["bytes"] == len(ALL[name]), sheet["source"]


def test_lines_point_into_the_frame(program):
    places = {}
    for name in ("saved-chrome.mhtml", "saved-chrome-frame.mhtml", "frame-srcdoc.html"):
        places[name] = sheet_of(program, name, ALL[name])["items"][1]["place"]
    line = PAGE.splitlines().index(next(text for text in PAGE.splitlines() if "計画停止" in text)) + 1
    assert places["saved-chrome.mhtml"] == places["frame-srcdoc.html"] == [{"line": line}], places
    assert places["saved-chrome-frame.mhtml"] == [{"line": line, "member": "cid:frame-2@mhtml.blink"}], places


def notes_of(sheet):
    return [note["code"] for note in sheet["notes"]]


def test_notes(program):
    assert "same-sheet" in notes_of(sheet_of(program, "a.zip", ARCHIVES["twice-the-same.zip"]))
    assert "hidden-text" in notes_of(sheet_of(program, "a.mhtml", SAVED["chrome-style.mhtml"]))
    assert "hidden-rows" in notes_of(sheet_of(program, "a.xml", SPREADSHEETS["hidden-row.xml"]))
    assert "struck-out" in notes_of(sheet_of(program, "a.xml", SPREADSHEETS["rich-text.xml"]))
    assert "frame-elsewhere" in notes_of(sheet_of(program, "a.html", (PAGE + '<iframe src="https://vendor.example/other"></iframe>').encode()))
    locked = zip_of({"sheet.html": PAGE, "cut.pdf": PDF.read_bytes()[:3000]})
    assert "member-not-read" in notes_of(sheet_of(program, "a.zip", locked))


def test_stages_of_the_member_are_shown(program):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.zip").write_bytes(ARCHIVES["with-others.zip"])
        assert "平均復旧時間" in program.good("show", "rows", "a.zip", folder=folder).text
        Path(folder, "a.eml").write_bytes(MAILS["attached-archive.eml"])
        assert "平均復旧時間" in program.good("show", "words", "a.eml", folder=folder).text


# Portfolios

def pdf_of_text(text):
    content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
               b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    out, starts = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return (out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
            + b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out)))


COVER = pdf_of_text("For the best experience, open this PDF portfolio in Acrobat X or later.")


def portfolio(files, *options):
    with tempfile.TemporaryDirectory() as folder:
        words = []
        Path(folder, "cover.pdf").write_bytes(COVER)
        for number, (name, content) in enumerate(files.items()):
            path = Path(folder, str(number))
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            words += ["--add-attachment", path, f"--filename={name}", f"--key={name}", "--"]
        subprocess.run(["qpdf", Path(folder, "cover.pdf"), *words, *options, "--", Path(folder, "out.pdf")], check=True)
        return Path(folder, "out.pdf").read_bytes()


PORTFOLIOS = {"page": {"sheet.html": PAGE}, "workbook": {"回答.xlsx": workbook()}, "text": {"a/sheet.txt": TEXT}, "with-others": {"news.html": NEWS, "sheet.html": PAGE, "logo.png": b"\x89PNG\r\n\x1a\n"},
              "archive": {"sheet.zip": zip_of({"sheet.html": PAGE})}, "mail": {"mail.eml": MAILS["page.eml"]}}


@each(PORTFOLIOS)
def test_portfolio(program, name):
    for options in ([], ["--object-streams=generate"]):
        sheet = sheet_of(program, "p.pdf", portfolio(PORTFOLIOS[name], *options))
        assert items_of(sheet) == EXPECTED, items_of(sheet)
        assert sheet["source"]["member"].split("/")[0] in [key.split("/")[0] for key in PORTFOLIOS[name]], sheet["source"]
        assert sheet["source"]["media_type"] == "application/pdf", sheet["source"]


def test_portfolio_of_a_pdf(program):
    sheet = sheet_of(program, "p.pdf", portfolio({"sheet.pdf": PDF.read_bytes()}))
    bare = json.loads(program.good("convert", PDF).out)
    assert sheet["items"] == bare["items"] and sheet["source"]["pages"] == bare["source"]["pages"]


# JSON

@each((ROOT / "out").glob("*/*.json"))
def test_json_is_itself(program, path):
    assert program.good("convert", path).out == path.read_bytes()


def test_json_in_a_wrapping(program):
    """Then it is read and written anew."""
    path = ROOT / "out" / "mizukurage" / "checksheet-2024-04-01.json"
    bare, sheet = json.loads(path.read_bytes()), sheet_of(program, "a.zip", zip_of({"sheet.json": path.read_bytes()}))
    for key in ("source", "document", "items", "coverage", "notes"):
        assert sheet[key] == bare[key], (key, sheet[key], bare[key])


def test_json_as_other_formats(program):
    document = ROOT / "corpus" / "kazemachi" / "security-sheet.pdf"
    sheet = json.loads(program.good("convert", document).out)
    assert json.loads(program.good("convert", "--format", "ndjson", "-", stdin=json.dumps(sheet).encode()).out) == sheet
    tables = [[row[1:] for row in csv.reader(io.StringIO(program.good("convert", "--format", "csv", "-", stdin=content).text))]
              for content in (document.read_bytes(), json.dumps(sheet).encode())]
    assert tables[0] == tables[1] and len(tables[0]) > 40


# What is refused

def locked_zip():
    """As a zip program encrypts: the flag is what counts, nothing can be unpacked without the password."""
    data = bytearray(zip_of({"sheet.html": PAGE}))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def bomb():
    return zip_of({"sheet.html": PAGE + " " * (20 << 20)})


def deep():
    content = PAGE.encode()
    for _ in range(8):
        content = zip_of({"a.zip": content})
    return content


SHEET = (ROOT / "out" / "mizukurage" / "checksheet-2024-04-01.json").read_bytes()
ONE_LINE = json.dumps(json.loads(SHEET)).encode() + b"\n"
CODE = b'#include <stdio.h>\n\nint main (void)\n{\n  const char *name = "x";\n  printf ("%s\\n", name);\n  return 0;\n}\n'
LOG = b"".join(b"2026-03-02T10:00:%02d+09:00 INFO request took 12 ms\n" % i for i in range(30))
YAML = b"vendors:\n  - id: example\n    name: x\n    documents:\n      - id: sheet\n        url: https://vendor.example/a.pdf\n"
XFA = COVER.replace(b"/Type /Catalog", b"/Type /Catalog /AcroForm << /Fields [] /XFA (x) >>")

# name: content, status, words of the message
REFUSED = {
    "two.zip": (zip_of({"a.html": PAGE, "b.html": OTHER}), "unsupported", ["contains 2 sheets", "a.html", "b.html"]),
    "two.eml": (with_files(("a.html", PAGE.encode(), "text/html"), ("b.html", OTHER.encode(), "text/html")).as_bytes(), "unsupported", ["contains 2 sheets", "a.html"]),
    "two.pdf": (portfolio({"a.html": PAGE, "b.html": OTHER}), "unsupported", ["contains 2 sheets"]),
    "locked.zip": (locked_zip(), "needs-password", ["sheet.html", "password"]),
    "bomb.zip": (bomb(), "limit-size", ["unpacks to more than"]),
    "deep.zip": (deep(), "limit-size", ["wrapped more than 5"]),
    "many.zip": (zip_of({f"{i}.txt": "x" for i in range(1500)}), "limit-size", ["1500 files", "1000"]),
    "documents.zip": (zip_of({f"{i}.txt": "x" for i in range(150)}), "limit-size", ["150 documents", "100"]),
    "empty.zip": (zip_of({}), "no-sheet", ["no document in it"]),
    "pictures.zip": (zip_of({"a.png": b"\x89PNG\r\n\x1a\n", "b.jpg": b"\xff\xd8\xff"}), "unsupported", ["its parts are: a.png, b.jpg"]),
    "news.zip": (zip_of({"news.html": NEWS, "a.txt": "x", "logo.png": b"x"}), "no-sheet", ["no sheet in the 2 documents", "not looked into: logo.png"]),
    "cut.zip": (zip_of({"sheet.html": PAGE})[:300], "damaged", ["truncated"]),
    "wrong-sum.zip": (ARCHIVES["stored.zip"].replace("24時間".encode(), "25時間".encode()), "damaged", ["sheet.txt", "cannot be unpacked"]),
    "cut.gz": (gzip.compress(PAGE.encode())[:200], "damaged", ["damaged archive"]),
    "bomb.gz": (gzip.compress(b" " * (140 << 20)), "limit-size", ["128 MiB"]),
    "news.eml": (with_body("夏の休業日は八月十三日からです。\n"), "no-sheet", ["no sheet found"]),
    "sealed.eml": (b"Subject: x\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\nContent-Transfer-Encoding: base64\n\nMIAG\n", "needs-password", ["S/MIME"]),
    "encrypted.eml": (b'Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--\n', "needs-password", ["encrypted"]),
    "deep.eml": (b"MIME-Version: 1.0\n" + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(40)), "limit-size", ["nested too deeply"]),
    "empty-frame.mht": (mhtml(part(EXCEL_FRAMES, Content_Location="file:///C:/1A2B/sheet.htm"),
                              part("", Content_Location="file:///C:/1A2B/sheet.files/sheet001.htm")), "unsupported", ["frame"]),
    "old-document.eml": (with_files(("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "application/msword")).as_bytes(), "unsupported", ["a.doc"]),
    "frameset.htm": (EXCEL_FRAMES.encode(), "unsupported", ["frame", "sheet.files/sheet001.htm"]),
    "shell.html": (f'<title>{TITLE}</title><iframe src="https://vendor.example/sheet"></iframe>'.encode(), "unsupported", ["frame", "https://vendor.example/sheet"]),
    "cover.pdf": (COVER, "no-sheet", ["no sheet found"]),
    "xfa.pdf": (XFA, "unsupported", ["XFA", "Acrobat"]),
    "other.json": (b'{"a": [1, 2]}', "unsupported", ["JSON", "checksheet/1"]),
    "list.json": (b'[\n' + SHEET + b"]", "unsupported", ["JSON"]),
    "cut.json": (SHEET[:3000], "damaged", ["invalid JSON"]),
    "failure.json": (b'{"format": "checksheet-failure/1", "status": "damaged"}', "unsupported", ["checksheet/1"]),
    "two.ndjson": (ONE_LINE + ONE_LINE, "unsupported", ["one object a line", "alone"]),
    "a.c": (CODE, "unsupported", ["source code"]),
    "a.log": (LOG, "unsupported", ["a log"]),
    "vendors.yaml": (YAML, "unsupported", ["YAML"]),
    "a.rss": (b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>', "unsupported", ["XML"]),
    "document.xml": (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "unsupported", ["Word 2003", "PDF"]),
    "a.tar": (b"sheet.txt".ljust(257, b"\0") + b"ustar\0" + b"00" + bytes(2000), "unsupported", ["tar", "unpack"]),
    "a.rar": (b"Rar!\x1a\x07\x00" + bytes(100), "unsupported", ["RAR", "unpack"]),
    "cut.xml": (SPREADSHEETS["plain.xml"][:900], "damaged", ["not well-formed"]),
    "entities.xml": (SPREADSHEETS["plain.xml"].replace(b"<Workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><Workbook', 1), "damaged", ["document type"]),
}


@each(REFUSED)
def test_refused(program, name):
    content, status, words = REFUSED[name]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, name).write_bytes(content)
        result = program("convert", "-o", "out/", name, folder=folder)
        record = json.loads(Path(folder, "out", "ledger.jsonl").read_text())
    assert result.status != 0
    assert record["status"] == status, record
    for word in words:
        assert word in record["reason"], record


PLAIN = {
    "tabs": TEXT,
    "colons": "サービスレベル\n" + "\n".join(f"{row[2]}: {row[5]}" for row in ROWS),
    "brackets": "[可用性]\n" + "\n".join(f"{row[2]}: {row[5]}" for row in ROWS),
    "semicolons": "\n".join(";".join(row) + ";" for row in [HEAD, *ROWS]),
    "markdown": "---\ntitle: sheet\n---\n\n" + "\n".join("| " + " | ".join(row) + " |" for row in [HEAD, ["---"] * 6, *ROWS]),
    "mail copied as text": "Subject: サービスレベルの件\nFrom: vendor\n\n" + TEXT,
}


@each(PLAIN)
def test_plain_text_is_not_refused(program, name):
    result = convert(program, "sheet.txt", PLAIN[name].encode())
    assert "not supported" not in result.err, result.err
    if result.status == 0:
        assert json.loads(result.out)["source"]["media_type"] == "text/plain"
