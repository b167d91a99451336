"""Text documents and spreadsheets themselves (.docx, .odt, .ods), and workbooks with tabs and formulas: one sheet written in many
ways by hand has the same items as the plain workbook."""
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from office import (OPEN, archive, docx, op, opendocument, ospan, otbl, otc, otr, p, r, tbl, tc, tr)
from test_seen import HEAD, MAIN, OLD, PACKAGE, RELATIONS, ROWS, STRUCK, WITHDRAWN, answers_of, noted, sheet_of, struck_of, workbook
from testing import Skip, each

WITHOUT_LIBREOFFICE = {"PATH": "/nonexistent"}
FIELD = '<w:r><w:fldChar w:fldCharType="{}">{}</w:fldChar></w:r>'
EQUATION = FIELD.format("begin", "") + "<w:r><w:instrText>{}</w:instrText></w:r>" + FIELD.format("end", "")
PROMPT = "<w:sdt><w:sdtPr><w:showingPlcHdr/><w:dropDownList/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"


def merged(rows):
    """The category in one cell over its rows."""
    return [tr([row[0], tc(row[1] if first else p(""), '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"), *row[2:]])
            for row, first in ((row, i == 0 or rows[i - 1][1] != row[1]) for i, row in enumerate(rows))]


def with_answers(make, numbers="24"):
    return [[*row[:5], tc(make(row[5])) if row[0] in numbers else row[5]] for row in ROWS]


def box(chosen):
    return ('<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="%d"/></w14:checkbox></w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>'
            % (chosen, r("☒" if chosen else "☐")))


def numbered(row):
    return [tc(p("", '<w:pStyle w:val="no"/>')), *row[1:]]


# The body of a document, the notes that are expected, and whether the old answers are kept as struck out.
WORD = {
    "plain": (lambda: tbl([HEAD, *ROWS]), set(), False),
    "after a title": (lambda: p(r("月見クラウド チェックリスト"), '<w:pStyle w:val="T"/>') + tbl([tr(HEAD, "<w:tblHeader/>"), *ROWS]), set(), False),
    "merged categories": (lambda: tbl([HEAD, *merged(ROWS)]), set(), False),
    "numbers counted by Word": (lambda: tbl([HEAD, *(numbered(row) for row in ROWS)]), set(), False),
    "a row within a content control": (lambda: tbl([HEAD, *(f"<w:sdt><w:sdtPr/><w:sdtContent>{tr(row)}</w:sdtContent></w:sdt>" for row in ROWS)]), set(), False),
    "a cell within a content control": (lambda: tbl([HEAD, *("<w:tr>" + "".join(f"<w:sdt><w:sdtContent>{tc(cell)}</w:sdtContent></w:sdt>" for cell in row) + "</w:tr>" for row in ROWS)]), set(), False),
    "inserted": (lambda: tbl([HEAD, *with_answers(lambda new: p(f"<w:ins>{r(new)}</w:ins>"))]), set(), False),
    "changed": (lambda: tbl([HEAD, *with_answers(lambda new: p(f"<w:del><w:r><w:delText>{OLD}</w:delText></w:r></w:del><w:ins>{r(new)}</w:ins>"))]), {STRUCK}, True),
    "moved": (lambda: tbl([HEAD, *with_answers(lambda new: p(f"<w:moveFrom>{r(OLD)}</w:moveFrom><w:moveTo>{r(new)}</w:moveTo>"))]), {STRUCK}, True),
    "struck out": (lambda: tbl([HEAD, *with_answers(lambda new: p(r(OLD, "<w:strike/>") + r(new)))]), {STRUCK}, True),
    "struck out twice": (lambda: tbl([HEAD, *with_answers(lambda new: p(r(OLD, "<w:dstrike/>") + r(new)))]), {STRUCK}, True),
    "struck out by a style": (lambda: tbl([HEAD, *with_answers(lambda new: p(r(OLD, '<w:rStyle w:val="c1"/>') + r(new)))]), {STRUCK}, True),
    "a paragraph struck out by a style": (lambda: tbl([HEAD, *with_answers(lambda new: p(r(OLD), '<w:pStyle w:val="old"/>') + p(r(new)))]), {STRUCK}, True),
    "not struck out in a style that is": (lambda: tbl([HEAD, *with_answers(lambda new: p(r(new, '<w:rStyle w:val="c1"/><w:strike w:val="0"/>')))]), set(), False),
    "two styles that strike out": (lambda: tbl([HEAD, *with_answers(lambda new: p(r(new, '<w:rStyle w:val="c1"/>'), '<w:pStyle w:val="old"/>'))]), set(), False),
    "struck out before a change of form": (lambda: tbl([HEAD, *with_answers(lambda new: p(r(new, "<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>")))]), set(), False),
    "the paragraph's mark struck out": (lambda: tbl([HEAD, *with_answers(lambda new: p(r(new), "<w:rPr><w:strike/><w:del/></w:rPr>"))]), set(), False),
    "hidden": (lambda: tbl([HEAD, *with_answers(lambda new: p(r(OLD, "<w:vanish/>") + r(new)))]), {"hidden-text"}, False),
    "in the colour of its ground": (lambda: tbl([HEAD, *with_answers(lambda new: p(r(OLD, '<w:color w:val="FFFF00"/><w:shd w:val="clear" w:fill="ffff00"/>') + r(new)))]), {"hidden-text"}, False),
    "white on a ground of another colour": (lambda: tbl([HEAD, *with_answers(lambda new: p(r(new, '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="003366"/>')))]), set(), False),
    "hidden by a style": (lambda: tbl([HEAD, *with_answers(lambda new: p(r(OLD, '<w:rStyle w:val="c2"/>') + r(new)))]), {"hidden-text"}, False),
    "a row taken out": (lambda: tbl([HEAD, *ROWS, tr([tc(p(f"<w:del>{r(text)}</w:del>")) for text in WITHDRAWN], "<w:del/>")]), {STRUCK}, False),
    "ruby": (lambda: tbl([HEAD, *with_answers(lambda new: p(f"<w:r><w:ruby><w:rt>{r('よみ')}</w:rt><w:rubyBase>{r(new[:1])}</w:rubyBase></w:ruby></w:r>{r(new[1:])}"))]), set(), False),
    "in a text box": (lambda: p(r("表は下の枠") + f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{tbl([HEAD, *ROWS])}{p("")}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>'
                                f'<mc:Fallback><w:pict><v:textbox><w:txbxContent>{tbl([HEAD, *ROWS])}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>'), set(), False),
    "fields": (lambda: tbl([HEAD, *with_answers(lambda new: p(FIELD.format("begin", "") + '<w:r><w:instrText> HYPERLINK "https://a.example" </w:instrText></w:r>' + FIELD.format("separate", "") + r(new) + FIELD.format("end", "")))]), set(), False),
    "a text field": (lambda: tbl([HEAD, *with_answers(lambda new: p(FIELD.format("begin", "<w:ffData><w:textInput/></w:ffData>") + FIELD.format("separate", "") + r("\u2002" + new) + FIELD.format("end", "")))]), set(), False),
    "a list": (lambda: tbl([HEAD, *with_answers(lambda new: p(FIELD.format("begin", f'<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="未選択"/><w:listEntry w:val="{new}"/></w:ddList></w:ffData>')
                                                             + FIELD.format("separate", "") + r("未選択") + FIELD.format("end", "")))]), {"form-field"}, False),
    "comments and notes": (lambda: tbl([HEAD, *with_answers(lambda new: p(r(new) + '<w:r><w:commentReference w:id="0"/><w:footnoteReference w:id="1"/></w:r>'))]), set(), False),
    "nested tables": (lambda: tbl([[p(r("外枠")) + tbl([HEAD, *ROWS]) + p("")]]), set(), False),
    "columns left out at the left": (lambda: tbl([tr(["全体", *HEAD]), *(tr(row, '<w:gridBefore w:val="1"/>') for row in ROWS)]), None, False),
    "spanned columns": (lambda: tbl([HEAD, *(tr([*row[:5], tc(row[5], '<w:gridSpan w:val="2"/>')]) for row in ROWS)]), set(), False),
    "a table of contents in another case": (lambda: tbl([HEAD, *ROWS]), set(), False),
}


def word_rows(sheet):
    """Word's bodies that have one more column, or a sheet within another table, still have these answers."""
    return [row for row in answers_of(sheet) if row[1] != "外枠"]


@each(WORD)
def test_word(program, way):
    make, notes, struck = WORD[way]
    plain = sheet_of(program, workbook(ROWS))
    rename = (lambda name: name.replace("word/", "Word\\")) if "another case" in way else (lambda name: name)
    sheet = sheet_of(program, docx(make(), rename=rename))
    assert word_rows(sheet) == answers_of(plain), answers_of(sheet)
    assert [item["category"] for item in sheet["items"]] == [item["category"] for item in plain["items"]]
    assert notes is None or {note["code"] for note in sheet["notes"]} == notes, sheet["notes"]
    assert struck_of(sheet) == ([{"answer": OLD}] * 2 if struck else [])


def test_word_places(program):
    body = p(r("月見クラウド")) + p(r("前書き")) + tbl([HEAD, *ROWS]) + p(r("後書き"))
    sheet = sheet_of(program, docx(body))
    assert [item["place"] for item in sheet["items"]] == [[{"line": 4 + i}] for i in range(len(ROWS))]


def answers(sheet):
    return {item["number"]: (item["answer"]["text"], item["answer"]["status"]) for item in sheet["items"]}


def test_word_forms(program):
    """Ticks are ☑ and ☐ whatever character Word shows for them; the prompt of a list that is not filled in is no answer."""
    rows = [list(row) for row in ROWS]
    rows[1][5] = tc(p(box(True) + r("有 ") + box(False) + r("無")))
    tick = FIELD.format("begin", '<w:ffData><w:checkBox><w:default w:val="%d"/></w:checkBox></w:ffData>')
    end = FIELD.format("end", "")
    rows[3][5] = tc(p(tick % 0 + end + r("有 ") + tick % 1 + end + r("無")))
    rows[4][5] = tc(p(PROMPT.format(r("アイテムを選択してください。"))))
    rows[5][5] = tc(p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + r("有 ") + '<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf0a8</w:t></w:r>' + r("無")))
    rows[6][5] = tc(p(r("第一"), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>')
                    + p(r("第二"), '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr>'))
    sheet = sheet_of(program, docx(tbl([HEAD, *rows])))
    texts = {number: text for number, (text, _) in answers(sheet).items()}
    assert texts["2"] == "☑有 ☐無" and texts["4"] == "☐有 ☑無" and texts["5"] is None and texts["7"] == "・第一\n① 第二", texts
    assert texts["6"][:2] == "☑有", texts
    assert any("アイテムを選択" in note["text"] and note["place"] == {"line": 6} for note in sheet["notes"]), sheet["notes"]


EQUATIONS = {
    "a ring round a choice": (EQUATION.format(r"eq \o\ac(○,有)") + r(" ・ 無"), "○有 ・ 無", "yes"),
    "a ring round the other": (r("有／") + EQUATION.format(r" EQ \o(○,無) "), "有／○無", "no"),
    "a number in a ring": (EQUATION.format(r"eq \o\ac(○,12)") + r("時間"), "12時間", "stated"),
    "a reading over a word": (EQUATION.format(r'eq \* jc2 \* "Font:A" \* hps10 \o\ad(\s\up 9(ゆう),有)'), "有", "yes"),
    "a fraction": (EQUATION.format(r"eq \f(1,2)") + r("日"), "1/2日", "stated"),
    "another field": (EQUATION.format(" PAGE ") + r("有"), "有", "yes"),
}


@each(EQUATIONS)
def test_equation_fields(program, way):
    """Fields that Word calculates whenever it shows them: what is in them would be lost."""
    written, text, status = EQUATIONS[way]
    rows = [[*row[:5], tc(p(written))] if row[0] == "4" else row for row in ROWS]
    sheet = sheet_of(program, docx(tbl([HEAD, *rows])))
    assert answers(sheet)["4"] == (text, status), answers(sheet)["4"]
    assert ("mark-by-shape" in {note["code"] for note in sheet["notes"]}) == ("○" in text)


def test_tables_within_answers(program):
    years = [["2023年", "99.9%"], ["2024年", "99.95%"]]
    for document in (docx(tbl([HEAD, *with_answers(lambda new: tbl(years) + p(""), "3")])),
                     opendocument("odt", otbl([HEAD, *with_open_answers(lambda new: otbl(years) + op(""), "3")]))):
        sheet = sheet_of(program, document)
        assert answers(sheet)["3"][0] == "2023年 99.9%\n2024年 99.95%" and len(sheet["items"]) == len(ROWS), answers(sheet)


def test_word_headings(program):
    """Without a table: headings and paragraphs."""
    body = p(r("月見クラウド サービスレベル"), '<w:pStyle w:val="1"/>') + "".join(
        p(r(row[2]), '<w:pStyle w:val="2"/>') + p(r(row[5])) for row in ROWS)
    sheet = sheet_of(program, docx(body))
    assert [(item["name"], item["answer"]["text"]) for item in sheet["items"]] == [(row[2], row[5]) for row in ROWS]
    assert sheet["document"]["title"] == "月見クラウド サービスレベル"


def test_word_bold_heads(program):
    """Bold paragraphs head what is below them, whatever they say."""
    pairs = [(row[2], [row[5], "契約書の記載"]) for row in ROWS]
    pairs.insert(3, ("餌の補給", ["毎日", "予備の餌"]))
    body = p(r("月見クラウド 運用について")) + "".join(
        p(r(name, "<w:b/>")) + "".join(p(r(line)) for line in lines) for name, lines in pairs)
    sheet = sheet_of(program, docx(body))
    assert [(item["name"], item["answer"]["text"]) for item in sheet["items"]] == [(name, "\n".join(lines)) for name, lines in pairs]


def changed(new):
    return op('<text:change text:change-id="c1"/>' + new)


CHANGES = (f'<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>{op("誰か")}</office:change-info>{op(OLD)}'
           "</text:deletion></text:changed-region></text:tracked-changes>")


def with_open_answers(make, numbers="24"):
    return [[*row[:5], otc(make(row[5])) if row[0] in numbers else row[5]] for row in ROWS]


def open_merged(rows):
    made = []
    for i, row in enumerate(rows):
        first = i == 0 or rows[i - 1][1] != row[1]
        count = sum(other[1] == row[1] for other in rows)
        made.append(otr([row[0], otc(row[1], f' table:number-rows-spanned="{count}"') if first else "<table:covered-table-cell/>", *row[2:]]))
    return made


OPEN_TEXT = {
    "plain": (lambda: otbl([HEAD, *ROWS]), set(), False),
    "after a title": (lambda: op("月見クラウド チェックリスト", "P1") + otbl([f"<table:table-header-rows>{otr(HEAD)}</table:table-header-rows>", *ROWS]), set(), False),
    "merged categories": (lambda: otbl([HEAD, *open_merged(ROWS)]), set(), False),
    "spanned columns": (lambda: otbl([HEAD, *(otr([*row[:5], otc(row[5], ' table:number-columns-spanned="2"'), "<table:covered-table-cell/>"]) for row in ROWS)]), set(), False),
    "numbers counted by a list": (lambda: otbl([HEAD, *([otc('<text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p/></text:list-item></text:list>'), *row[1:]] for row in ROWS)]), set(), False),
    "changed": (lambda: CHANGES + otbl([HEAD, *with_open_answers(changed)]), {STRUCK}, True),
    "struck out": (lambda: otbl([HEAD, *with_open_answers(lambda new: op(ospan(OLD, "S2") + new))]), {STRUCK}, True),
    "a paragraph struck out": (lambda: otbl([HEAD, *with_open_answers(lambda new: op(OLD, "PS") + op(new))]), {STRUCK}, True),
    "a line that is none": (lambda: otbl([HEAD, *with_open_answers(lambda new: op(ospan(new, "N")))]), set(), False),
    "hidden": (lambda: otbl([HEAD, *with_open_answers(lambda new: op(ospan(OLD, "H") + new))]), {"hidden-text"}, False),
    "white": (lambda: otbl([HEAD, *with_open_answers(lambda new: op(ospan(OLD, "W") + new))]), {"hidden-text"}, False),
    "white on a dark cell": (lambda: otbl([HEAD, *([*row[:5], otc(op(ospan(row[5], "W")), ' table:style-name="dark"')] for row in ROWS)]), set(), False),
    "a hidden section": (lambda: f'<text:section text:display="none">{otbl([HEAD, *([*row[:5], OLD] for row in ROWS[:2])])}</text:section>' + otbl([HEAD, *ROWS]), {"hidden-text"}, False),
    "ruby": (lambda: otbl([HEAD, *with_open_answers(lambda new: op(f"<text:ruby><text:ruby-base>{new}</text:ruby-base><text:ruby-text>よみ</text:ruby-text></text:ruby>"))]), set(), False),
    "in a text box": (lambda: op(f"<draw:frame><draw:text-box>{otbl([HEAD, *ROWS])}</draw:text-box></draw:frame>"), set(), False),
    "comments and notes": (lambda: otbl([HEAD, *with_open_answers(lambda new: op(new + f'<office:annotation>{op("要確認")}</office:annotation>'
                                         f'<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>計画停止を除く</text:p></text:note-body></text:note>'))]), set(), False),
    "spaces and white space": (lambda: "\n " + otbl([HEAD, *with_open_answers(lambda new: "\n " + op(new) + "\n ")]) + "\n", set(), False),
    "without the entry mimetype first": (lambda: otbl([HEAD, *ROWS]), set(), False),
}


@each(OPEN_TEXT)
def test_open_text(program, way):
    make, notes, struck = OPEN_TEXT[way]
    plain = sheet_of(program, workbook(ROWS))
    document = opendocument("odt", make(), first="without" not in way, more={"mimetype": "application/vnd.oasis.opendocument.text"} if "without" in way else {})
    sheet = sheet_of(program, document)
    assert answers_of(sheet) == answers_of(plain), answers_of(sheet)
    assert [item["category"] for item in sheet["items"]] == [item["category"] for item in plain["items"]]
    assert {note["code"] for note in sheet["notes"]} == notes, sheet["notes"]
    assert struck_of(sheet) == ([{"answer": OLD}] * 2 if struck else [])


def test_open_text_symbols(program):
    """By the font that a style's name stands for."""
    rows = [[*row[:5], otc(op(ospan("\uf0fe", "symbols") + "有 " + ospan("\uf0a8", "symbols") + "無"))] if row[0] == "2" else row for row in ROWS]
    for kind in "odt", "ods":
        sheet = sheet_of(program, opendocument(kind, otbl([HEAD, *rows])))
        assert answers(sheet)["2"][0] == "☑有 ☐無", answers(sheet)["2"]


def test_open_text_forms(program):
    rows = [list(row) for row in ROWS]
    control = '<loext:content-control loext:checkbox="true" loext:checked="%s">☒</loext:content-control>'
    rows[1][5] = otc(op(control % "true" + "有 " + control % "false" + "無"))
    mark = '<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX"><field:param field:name="Checkbox_Checked" field:value="%s"/></field:fieldmark>'
    rows[3][5] = otc(op(mark % "false" + "有 " + mark % "true" + "無"))
    rows[4][5] = otc(op('<loext:content-control loext:showing-place-holder="true">選択してください</loext:content-control>'))
    rows[5][5] = otc(op('<draw:control draw:control="control1"/>'))
    forms = '<office:forms><form:form><form:listbox form:id="control1"><form:option form:label="有"/><form:option form:label="無し" form:current-selected="true"/></form:listbox></form:form></office:forms>'
    sheet = sheet_of(program, opendocument("odt", forms + otbl([HEAD, *rows])))
    texts = {number: text for number, (text, _) in answers(sheet).items()}
    assert (texts["2"], texts["4"], texts["5"], texts["6"]) == ("☑有 ☐無", "☐有 ☑無", None, "無し"), texts


def otsheet(rows, name="a", form=""):
    return otbl(rows, form).replace('"Sheet1"', f'"{name}"')


SPREADSHEETS = {
    "plain": (lambda: otsheet([HEAD, *ROWS]), set(), False),
    "merged categories": (lambda: otsheet([HEAD, *open_merged(ROWS)]), set(), False),
    "repeated to the end": (lambda: otsheet([HEAD, *ROWS, '<table:table-row table:number-rows-repeated="1048568"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>']), set(), False),
    "struck out": (lambda: otsheet([HEAD, *with_open_answers(lambda new: op(ospan(OLD, "S") + new))]), {STRUCK}, True),
    "struck out but for a span": (lambda: otsheet([HEAD, *([*row[:5], otc(op(ospan(OLD, "S")) + op(row[5]))] if row[0] in "24" else row for row in ROWS)]), {STRUCK}, True),
    "a row struck out": (lambda: otsheet([HEAD, *ROWS, [otc(text, ' table:style-name="ce1"') for text in WITHDRAWN]]), {STRUCK}, False),
    "a row struck out by its style": (lambda: otsheet([HEAD, *ROWS, otr(WITHDRAWN, ' table:default-cell-style-name="ce1"')]), {STRUCK}, False),
    "white": (lambda: otsheet([HEAD, *with_open_answers(lambda new: op(ospan(OLD, "W") + new))]), {"hidden-text"}, False),
    "white on a dark cell": (lambda: otsheet([HEAD, *([*row[:5], otc(op(ospan(row[5], "W")), ' table:style-name="dark"')] for row in ROWS)]), set(), False),
    "values that are not shown": (lambda: otsheet([[*HEAD, "備考"], *([*row, f'<table:table-cell office:value-type="string" office:string-value="{OLD}">{op("")}</table:table-cell>'] for row in ROWS)]), {"hidden-text"}, False),
    "a hidden row": (lambda: otsheet([HEAD, *ROWS, otr(WITHDRAWN, ' table:visibility="collapse"')]), {"hidden-rows"}, False),
    "a hidden column": (lambda: otbl(['<table:table-column table:number-columns-repeated="6"/><table:table-column table:visibility="collapse"/>', [*HEAD, "社内メモ"], *([*row, "秘"] for row in ROWS)]), {"hidden-rows"}, False),
    "a hidden sheet": (lambda: otsheet([HEAD, *ROWS]) + otsheet([HEAD, *([*row[:5], OLD] for row in ROWS)], "b", ' table:style-name="hidden"'), {"hidden-rows"}, False),
    "comments and drawings": (lambda: otsheet([HEAD, *with_open_answers(lambda new: f'<office:annotation>{op("要確認")}</office:annotation><draw:custom-shape>{op("承認")}</draw:custom-shape>' + op(new))]), set(), False),
    "values alone": (lambda: otsheet([HEAD, *([f'<table:table-cell office:value-type="float" office:value="{row[0]}"/>', *row[1:]] for row in ROWS)]), set(), False),
    "tracked changes": (lambda: f'<table:tracked-changes><table:cell-content-change><table:previous><table:change-track-table-cell>{op(OLD)}</table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes>' + otsheet([HEAD, *ROWS]), set(), False),
    "a formula with a text": (lambda: otsheet([HEAD, *([*row[:5], f'<table:table-cell table:formula="of:=HYPERLINK(&quot;https://a.example&quot;;&quot;{row[5]}&quot;)"/>'] for row in ROWS)]), set(), False),
}


@each(SPREADSHEETS)
def test_spreadsheets(program, way):
    make, notes, struck = SPREADSHEETS[way]
    plain = sheet_of(program, workbook(ROWS))
    sheet = sheet_of(program, opendocument("ods", make()))
    assert answers_of(sheet) == answers_of(plain), answers_of(sheet)
    assert {note["code"] for note in sheet["notes"]} == notes, sheet["notes"]
    assert struck_of(sheet) == ([{"answer": OLD}] * 2 if struck else [])
    assert sheet["items"][0]["place"][0]["row"] == 2 and sheet["items"][0]["place"][0]["cell"] == "F2"


# Workbooks of several tabs: (name, rows)

def xlsx(tabs, rename=lambda name: name, calc=""):
    """A cell is a text, or XML after its reference."""
    def cell(place, content):
        return f'<c r="{place}"{content}</c>' if content.startswith(("><", " t=")) else f'<c r="{place}" t="inlineStr"><is><t>{content}</t></is></c>'

    def sheet(rows):
        data = "".join(f'<row r="{i}">' + "".join(cell(f"{chr(64 + j)}{i}", text) for j, text in enumerate(row, 1) if text) + "</row>" for i, row in enumerate(rows, 1))
        return f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>'

    listed = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="r{i}"/>' for i, (name, _) in enumerate(tabs))
    rels = "".join(f'<Relationship Id="r{i}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in range(len(tabs)))
    return archive({
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets>{calc}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{rels}</Relationships>',
        **{f"xl/worksheets/sheet{i}.xml": sheet(rows) for i, (_, rows) in enumerate(tabs)}}, rename=rename)


def without(rows, column):
    return [[*row[:column], *row[column + 1:]] for row in rows]


def parts(key):
    names = list(dict.fromkeys(row[1] for row in ROWS))
    return [(key(i, name), [row for row in ROWS if row[1] == name]) for i, name in enumerate(names)]


def named(sheet):
    return [(item["section"], item["category"], item["place"][0]["sheet"]) for item in sheet["items"]]


# The tabs, and what the section and the category of an item are by its category and its tab.
TABS = {
    "categories": ([(name, [without([HEAD], 1)[0], *without(rows, 1)]) for name, rows in parts(lambda i, name: name)], lambda category, tab: (None, category)),
    "categories with numbers": ([(name, [without([HEAD], 1)[0], *without(rows, 1)]) for name, rows in parts(lambda i, name: f"{i + 1}_{name}")], lambda category, tab: (None, category)),
    "categories twice": ([(name, [HEAD, *rows]) for name, rows in parts(lambda i, name: name)], lambda category, tab: (None, category)),
    "nothing": ([(name, [HEAD, *rows]) for name, rows in parts(lambda i, name: f"Sheet{i + 1}")], lambda category, tab: (None, category)),
    "pages": ([(name, [HEAD, *rows]) for name, rows in parts(lambda i, name: f"チェックリスト({i + 1})")], lambda category, tab: (None, category)),
    "sections": ([("アプリケーション運用", [HEAD, *ROWS[:4]]), ("サポート", [HEAD, *ROWS[4:]])], lambda category, tab: (tab, category)),
    "products": ([("製品A", [HEAD, *ROWS]), ("製品B", [HEAD, *ROWS])], lambda category, tab: (tab, category)),
    "one": ([("表紙", [["月見クラウド チェックリスト"]]), ("チェック項目", [HEAD, *ROWS])], lambda category, tab: (None, category)),
}


@each(TABS)
def test_tabs(program, way):
    tabs, expected = TABS[way]
    sheet = sheet_of(program, xlsx(tabs))
    categories = {row[0]: row[1] for row in ROWS}
    assert [item["name"] for item in sheet["items"]] == [row[-4] for _, rows in tabs if len(rows) > 1 for row in rows[1:]]
    assert named(sheet) == [(*expected(categories[item["number"]], item["place"][0]["sheet"]), item["place"][0]["sheet"]) for item in sheet["items"]], named(sheet)


def test_transposed(program):
    """Items across, their attributes down."""
    plain = sheet_of(program, workbook(ROWS))
    sheet = sheet_of(program, xlsx([("a", [list(column) for column in zip(HEAD, *ROWS)])]))
    assert answers_of(sheet) == answers_of(plain), answers_of(sheet)
    assert [item["place"][0]["cell"] for item in sheet["items"]] == [f"{chr(66 + i)}6" for i in range(len(ROWS))]


FORMULAS = {
    "a literal": ('><f>"{}"</f></c', True, ""),
    "joined": ('><f>"{}"&amp;""</f><v></v></c', True, ""),
    "a link": ('><f>HYPERLINK("https://a.example/x","{}")</f></c', True, ""),
    "a function": ('><f>IF(A1="","","{}")</f></c', False, ""),
    "a reference": ("><f>Sheet2!A1</f><v/></c", False, ""),
    "a shared formula": ('><f t="shared" si="0"/></c', False, ""),
    "a zero that stands for nothing": ('><f>IF(A1="","","{}")</f><v>0</v></c', False, '<calcPr fullCalcOnLoad="1"/>'),
    "a stored value": (' t="str"><f>IF(A1="","","{0}")</f><v>{0}</v></c', True, '<calcPr fullCalcOnLoad="1"/>'),
}


@each(FORMULAS)
def test_formulas(program, way):
    form, known, calc = FORMULAS[way]
    plain = answers_of(sheet_of(program, workbook(ROWS)))
    rows = [[*row[:5], form.format(row[5])[:-3]] if row[0] in "24" else row for row in ROWS]
    sheet = sheet_of(program, xlsx([("回答", [HEAD, *rows])], calc=calc))
    notes = [note for note in sheet["notes"] if note["code"] == "formula-not-calculated"]
    if known:
        assert answers_of(sheet) == plain and not notes, (answers_of(sheet), notes)
        return
    assert [row[2] for row in answers_of(sheet)] == [None if row[0] in "24" else row[2] for row in plain]
    assert [(note["severity"], note["place"]) for note in notes] == [("warning", {"sheet": "回答", "row": 3, "cell": "F3"})], notes
    assert "F3, F5." in notes[0]["text"]


NAMES = {"backslashes": lambda name: name.replace("/", "\\"), "capitals": str.upper, "both": lambda name: name.upper().replace("/", "\\"),
         "a slash before": lambda name: name if name.startswith("[") else "/" + name}


@each(NAMES)
def test_names_in_the_archive(program, way):
    rename = NAMES[way]
    plain = answers_of(sheet_of(program, workbook(ROWS)))
    assert answers_of(sheet_of(program, xlsx([("a", [HEAD, *ROWS])], rename=rename))) == plain
    assert answers_of(sheet_of(program, docx(tbl([HEAD, *ROWS]), rename=rename))) == plain


def ole(*streams):
    """An OLE compound file whose streams have one sector each: (name, first bytes)."""
    entries = [("Root Entry", 5, 0xfffffffe)] + [(name, 2, 1 + i) for i, (name, _) in enumerate(streams)]
    directory = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little") + bytes([kind, 1])
                         + b"\xff" * 12 + bytes(36) + sector.to_bytes(4, "little") + (4096).to_bytes(8, "little") for name, kind, sector in entries)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + b"\x3e\0\3\0\xfe\xff\x09\0\x06\0"
    return header.ljust(512, b"\0") + directory.ljust(512, b"\0") + b"".join(head.ljust(512, b"\0") for _, head in streams)


BOF = b"\x09\x08\x10\x00" + bytes(16)
REFUSED = {
    "old workbook": (ole(("Workbook", BOF)), "an old workbook (.xls).*save it in the current format (.xlsx)"),
    "old text": (ole(("WordDocument", bytes(512))), "an old text document (.doc).*(.docx)"),
    "old presentation": (ole(("PowerPoint Document", b"")), "an old presentation (.ppt).*PDF"),
    "rtf": (b"{\\rtf1 abc}", "an RTF document.*(.docx)"),
    "encrypted workbook": (ole(("Workbook", BOF + b"\x2f\x00\x06\x00" + bytes(6))), "encrypted"),
    "encrypted text": (ole(("WordDocument", bytes(11) + b"\1")), "encrypted"),
    "encrypted OpenDocument": (opendocument("odt", otbl([HEAD, *ROWS]), more={
        "META-INF/manifest.xml": f"<manifest:manifest {OPEN}><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"}), "encrypted"),
    "OpenDocument presentation": (archive({"content.xml": f"<office:document-content {OPEN}><office:body><office:presentation/></office:body></office:document-content>"},
                                          first=("mimetype", "application/vnd.oasis.opendocument.presentation")), "OpenDocument file.*PDF"),
    "entities": (docx(p("x"), more={"word/styles.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "damaged document.*word/styles.xml"),
    "no document": (docx(p("x")).replace(b"document.xml", b"dacument.xml"), "damaged document"),
    "a bomb": (docx(('<w:r w:x="' + "a" * 1_000_000 + '"/>') * 140), "a document of more than 128 MiB unpacked"),
    "many paragraphs": (docx("<w:p/>" * 5_000_000), "a text document of more than"),
    "much that is nothing": (docx("<w:r/>" * 3_000_000), "no sheet"),
    "much text": (docx(p(r("あ" * 1_500_000))), "no sheet"),
    "deep tables": (docx("<w:tbl><w:tr><w:tc>" * 70 + p(r("x")) + "</w:tc></w:tr></w:tbl>" * 70), "no sheet"),
    "deeper than the parser goes": (docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "not well-formed"),
    "many cells": (opendocument("ods", otbl([f'<table:table-row table:number-rows-repeated="1000000">{otc("x")}</table:table-row>'])), "more than 800000 filled cells"),
    "wide spans": (docx(tbl([tr([tc("x", '<w:gridSpan w:val="2000000000"/>')] * 50)] * 50)), "no sheet"),
}


@each(REFUSED)
def test_refused(program, way):
    document, message = REFUSED[way]
    result = program("convert", "-", stdin=document, environment=WITHOUT_LIBREOFFICE, timeout=3000)
    pattern = ".*".join(re.escape(part) for part in message.split(".*"))
    assert result.status != 0 and re.search(pattern, result.err), result.err


@each(["xls", "doc", "rtf"])
def test_old_formats(program, way):
    """Where LibreOffice is installed."""
    if not (soffice := shutil.which("soffice")):
        raise Skip("LibreOffice is not installed")
    plain = sheet_of(program, workbook(ROWS))
    body = otbl(['<table:table-column table:number-columns-repeated="6"/>', HEAD, *ROWS])
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "a.ods" if way == "xls" else "a.odt")
        source.write_bytes(opendocument(source.suffix[1:], body))
        subprocess.run([soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", way, "--outdir", folder, source],
                       check=True, capture_output=True, timeout=3600)
        Path(folder, "tmp").mkdir()
        sheet = json.loads(program.good("convert", "--timeout", "1200", "--cpu", "120", f"a.{way}", folder=folder, environment={"TMPDIR": f"{folder}/tmp"}).out)
        until = time.monotonic() + 300  # the process that LibreOffice runs under clears up after it
        while os.listdir(Path(folder, "tmp")) and time.monotonic() < until:
            time.sleep(.1)
        assert not os.listdir(Path(folder, "tmp")), "the temporary folder is left"
    assert answers_of(sheet) == answers_of(plain), answers_of(sheet)
    assert [note["code"] for note in sheet["notes"]] == ["converted"]


def test_damaged_old_workbook(program):
    if not shutil.which("soffice"):
        raise Skip("LibreOffice is not installed")
    result = program("convert", "-", stdin=ole(("Workbook", BOF)))
    assert result.status != 0 and "cannot be read by LibreOffice" in result.err, result.err
