"""What a person does not see of a web page or a workbook, and what is struck out: one sheet written in many ways has the same
items each time, with a note where something is hidden or struck out."""
import io
import json
import tempfile
import zipfile
from pathlib import Path

from testing import each

HEAD = ["No.", "種別", "サービスレベル項目", "規定内容", "測定単位", "回答"]
ROWS = [
    ["1", "可用性", "サービス時間", "サービスを提供する時間帯", "時間帯", "24時間365日"],
    ["2", "可用性", "計画停止予定通知", "定期的な保守停止に関する事前連絡確認", "有無", "有り（7日前）"],
    ["3", "可用性", "サービス稼働率", "サービスを利用できる確率", "稼働率（％）", "99.9%以上"],
    ["4", "信頼性", "平均復旧時間", "障害発生から修理完了までの平均時間", "時間", "2時間以内"],
    ["5", "信頼性", "システム監視基準", "システム監視基準の設定に基づく監視", "有無", "有り"],
    ["6", "信頼性", "障害通知プロセス", "障害発生時の連絡プロセス", "有無", "無し"],
    ["7", "性能", "応答時間", "処理の応答時間", "時間（秒）", "3秒以内"],
]
OLD = "無し（旧回答）"
WITHDRAWN = ["8", "性能", "バッチ処理時間", "バッチ処理の応答時間", "時間（分）", "60分以内"]

# What stands in the <style>, how an old answer is written before the new one, and what becomes of it.
HIDDEN, STRUCK, SEEN = "hidden-text", "struck-out", None
SPAN = '<span class="x">{}</span>'


def styled(declarations, element=SPAN):
    return ".x{" + declarations + "}", element


WAYS = {
    "display": (*styled("display:none"), HIDDEN),
    "display in capitals": (*styled("DISPLAY : NONE"), HIDDEN),
    "display important over an attribute": (*styled("display:none!important", '<span class="x" style="display:inline">{}</span>'), HIDDEN),
    "display undone by the attribute": (*styled("display:none", '<span class="x" style="display:inline">{}</span>'), SEEN),
    "display undone by a later rule": (".x{display:none}.x{display:inline}", SPAN, SEEN),
    "display undone by an id": (".x{display:none}#y{display:inline}.x{display:none}", '<span class="x" id="y">{}</span>', SEEN),
    "display not undone by a wrong value": (".x{display:none}.x{display:shown}", SPAN, HIDDEN),
    "comments and strings": ('/* } */ .y:before{content:"/*}"} .x/**/{/*;*/display:/**/none}', SPAN, HIDDEN),
    "a comment of HTML": ("<!-- .x{display:none} -->", SPAN, HIDDEN),
    "an escape in a name": (r".\78 {display:none}", SPAN, HIDDEN),
    "an unknown rule before it": ("@font-face{font-family:a;src:url(a;b)} @import 'a'; .x{display:none}", SPAN, HIDDEN),
    "a broken rule before it": (".y{color:red;; :none} } .x{display:none}", SPAN, HIDDEN),
    "the end is missing": (".x{display:none", SPAN, HIDDEN),
    "visibility": (*styled("visibility:hidden"), HIDDEN),
    "visibility of the element around": (*styled("visibility:hidden", '<b class="x"><i>{}</i></b>'), HIDDEN),
    "visibility undone within": (".x{visibility:hidden} i{visibility:visible}", '<b class="x"><i>{}</i></b>', SEEN),
    "font-size": (*styled("font-size:0"), HIDDEN),
    "font-size 0.1px": (*styled("font-size:.1px"), HIDDEN),
    "font shorthand": (*styled("font:0/0 a"), HIDDEN),
    "font-size of the element around": (".x{font-size:0} i{font-size:1em}", '<b class="x"><i>{}</i></b>', HIDDEN),
    "font-size undone within": (".x{font-size:0} i{font-size:16px}", '<b class="x"><i>{}</i></b>', SEEN),
    "small letters": (*styled("font-size:60%"), SEEN),
    "opacity": (*styled("opacity:0"), HIDDEN),
    "opacity in percent": (*styled("opacity:0%"), HIDDEN),
    "half transparent": (*styled("opacity:.5"), SEEN),
    "an animation shows it": (*styled("opacity:0;animation:fade 1s forwards"), SEEN),
    "a script shows it": (".x{opacity:0}.x.is-visible{opacity:1}", SPAN, SEEN),
    "off the screen": (*styled("position:absolute;left:-9999px"), HIDDEN),
    "off the screen, relative": (*styled("position:relative;left:-9999em"), HIDDEN),
    "above the screen": (*styled("position:fixed;top:-10000px"), HIDDEN),
    "a little to the left": (*styled("position:relative;left:-4px"), SEEN),
    "left without a position": (*styled("left:-9999px"), SEEN),
    "text-indent": (*styled("display:inline-block;text-indent:-9999px"), HIDDEN),
    "the clip idiom": (*styled("position:absolute!important;width:1px;height:1px;overflow:hidden;clip:rect(0 0 0 0)"), HIDDEN),
    "clip with commas": (*styled("position:absolute;clip:rect(1px, 1px, 1px, 1px)"), HIDDEN),
    "clip-path": (*styled("clip-path:inset(50%)"), HIDDEN),
    "clip-path of part": (*styled("clip-path:inset(10%)"), SEEN),
    "no height": (*styled("display:block;height:0;overflow:hidden"), HIDDEN),
    "no height, and it overflows": (*styled("display:block;height:0"), SEEN),
    "no height within a line": (*styled("height:0;overflow:hidden"), SEEN),
    "scaled to nothing": (*styled("display:inline-block;transform:scale(0)"), HIDDEN),
    "a class known everywhere": ("", '<span class="visually-hidden">{}</span>', HIDDEN),
    "the attribute hidden": ("", "<span hidden>{}</span>", HIDDEN),
    "aria-hidden": ("", '<span aria-hidden="true">{}</span>', SEEN),
    "for print": ("@media print{.x{display:none}}", SPAN, SEEN),
    "for narrow screens": ("@media screen and (max-width:640px){.x{display:none}}", SPAN, SEEN),
    "for wide screens": ("@media (min-width:48em){.x{display:none}}", SPAN, HIDDEN),
    "for a range of widths": ("@media (width >= 800px){.x{display:none}}", SPAN, HIDDEN),
    "not for print": ("@media not print{.x{display:none}}", SPAN, HIDDEN),
    "for one of two": ("@media print, screen{.x{display:none}}", SPAN, HIDDEN),
    "blocks within blocks": ("@supports (display:grid){@media all{.x{display:none}}} .y{color:red}", SPAN, HIDDEN),
    "by element": ("i{display:none}", "<i>{}</i>", HIDDEN),
    "by id": ("#x{display:none}", '<span id="x">{}</span>', HIDDEN),
    "by attribute": ("[data-sp]{display:none}", '<span data-sp="1">{}</span>', HIDDEN),
    "by the start of an attribute": ('[class^="sp-"]{display:none}', '<span class="sp-label">{}</span>', HIDDEN),
    "by descendant": ("table td .x{display:none}", "<b>" + SPAN + "</b>", HIDDEN),
    "by child": ("td>.x{display:none}", SPAN, HIDDEN),
    "not by child": ("tr>.x{display:none}", SPAN, SEEN),
    "by one of a list": (".z,\n.x , .y{display:none}", SPAN, HIDDEN),
    "by two classes": (".x.y{display:none}", '<span class="y x">{}</span>', HIDDEN),
    "by what comes before": ("b + .x{display:none}", "<b></b>" + SPAN, HIDDEN),
    "by place": ("td span:first-child{display:none}", SPAN, HIDDEN),
    "not by a class": ("span:not(.y){display:none}", SPAN, HIDDEN),
    "by an element of the page's own": ("sp-label{display:none}", "<sp-label>{}</sp-label>", HIDDEN),
    "not before a click": (".x{display:none}.x.open{display:inline}", SPAN, SEEN),
    "not before another click": (".x{display:none} input:checked ~ .x{display:block}", '<input type="checkbox" hidden><b></b>' + SPAN, SEEN),
    "only under the mouse": (".x{display:none} td:hover .x{display:block}", SPAN, HIDDEN),
    "del": ("", "<del>{}</del>", STRUCK),
    "s": ("", "<s>{}</s>", STRUCK),
    "strike": ("", "<strike>{}</strike>", STRUCK),
    "line-through": ("", '<span style="text-decoration: line-through">{}</span>', STRUCK),
    "line-through in red": (*styled("text-decoration:red line-through 2px"), STRUCK),
    "text-decoration-line": (*styled("text-decoration-line:underline line-through"), STRUCK),
    "line-through around it": (*styled("text-decoration:line-through", '<b class="x"><i>{}</i></b>'), STRUCK),
    "line-through around it, undone in vain": (".x{text-decoration:line-through} i{text-decoration:none}", '<b class="x"><i>{}</i></b>', STRUCK),
    "line-through around a box": (".x{text-decoration:line-through} i{display:inline-block}", '<b class="x"><i>{}</i></b>', SEEN),
    "del that does not strike": ("del{text-decoration:none}", "<del>{}</del>", SEEN),
    "underlined": (*styled("text-decoration:underline"), SEEN),
    "a paragraph of its own": ("", "<p><del>{}</del></p>", STRUCK),
    "a line of its own": ("", "<del>{}</del><br>", STRUCK),
    "struck out and hidden": ("del{display:none}", "<del>{}</del>", HIDDEN),
}


def web_page(style, rows):
    cells = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    head = "".join(f"<th>{text}</th>" for text in HEAD)
    return (f'<!DOCTYPE html><meta charset="utf-8"><title>月見クラウド</title><style>{style}</style>'
            f"<h1>月見クラウド チェックリスト</h1><table><tr>{head}</tr>{cells}</table>").encode()


def sheet_of(program, document):
    return json.loads(program.good("convert", "-", stdin=document).out)


def answers_of(sheet):
    return [(item["number"], item["name"], item["answer"]["text"], item["answer"]["status"]) for item in sheet["items"]]


def noted(sheet):
    return {note["code"] for note in sheet["notes"]} & {HIDDEN, STRUCK}


def struck_of(sheet):
    return [item["struck"] for item in sheet["items"] if "struck" in item]


@each(WAYS)
def test_web_pages(program, way):
    style, old, expected = WAYS[way]
    plain = sheet_of(program, web_page("", ROWS))
    rows = [[*row[:5], old.format(OLD) + row[5]] if row[0] in "24" else row for row in ROWS]
    sheet = sheet_of(program, web_page(style, rows))
    assert noted(sheet) == ({expected} if expected else set()), sheet["notes"]
    assert (answers_of(sheet) == answers_of(plain)) == (expected is not SEEN), answers_of(sheet)
    assert struck_of(sheet) == ([{"answer": OLD}] * 2 if expected == STRUCK else [])


@each(["<tr>", "<td>", "cells without the first"])
def test_rows_of_web_pages_struck_out_whole(program, way):
    plain = sheet_of(program, web_page("", ROWS))
    first = 1 if way == "cells without the first" else 0
    withdrawn = [*WITHDRAWN[:first], *(f"<del>{text}</del>" for text in WITHDRAWN[first:])]
    page = web_page(".old{text-decoration:line-through}", [*ROWS, withdrawn])
    if way == "<tr>":
        page = page.replace(b"<td><del>", b"<td class=old>").replace(b"</del>", b"")
    sheet = sheet_of(program, page)
    assert answers_of(sheet) == answers_of(plain)
    (note,) = [note for note in sheet["notes"] if note["code"] == STRUCK]
    assert note["severity"] == "warning" and "バッチ処理時間" in note["text"] and note["place"], note


STYLES = """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<fonts count="3"><font><sz val="11"/></font><font><strike/><sz val="11"/></font><font><strike val="0"/></font></fonts>
<cellStyleXfs count="1"><xf fontId="1"/></cellStyleXfs>
<cellXfs count="3"><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/><xf numFmtId="0" fontId="2"/></cellXfs>
<dxfs count="1"><dxf><font><strike/></font></dxf></dxfs></styleSheet>"""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def text_element(text):
    return f'<t xml:space="preserve">{text}</t>'


def run(text, strike=None):
    form = "" if strike is None else f'<rPr>{strike}<sz val="11"/></rPr>'
    return f"<r>{form}{text_element(text)}</r>"


def workbook(rows):
    """A cell is a text, or (style, what is in <is>)."""
    def cell(place, content):
        style, inner = content if isinstance(content, tuple) else (0, text_element(content))
        return f'<c r="{place}" s="{style}" t="inlineStr"><is>{inner}</is></c>'

    data = "".join(f'<row r="{number}">' + "".join(cell("ABCDEF"[column] + str(number), content) for column, content in enumerate(row)) + "</row>"
                   for number, row in enumerate([HEAD, *rows], 1))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="a" sheetId="1" r:id="a"/></sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{RELATIONS}/worksheet" Target="sheet1.xml"/>'
                         f'<Relationship Id="b" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>')
        archive.writestr("xl/styles.xml", STYLES)
        archive.writestr("xl/sheet1.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>')
    return made.getvalue()


CELLS = {
    "a run": (lambda new: (0, run(OLD, "<strike/>") + run(new)), STRUCK),
    "a run after it": (lambda new: (0, run(new) + run(OLD, '<strike val="1"/>')), STRUCK),
    "a run with another font": (lambda new: (0, run(OLD, "<strike/>") + run(new, "<b/>")), STRUCK),
    "a line": (lambda new: (0, run(OLD + "\n", "<strike/>") + run(new, "<b/>")), STRUCK),
    "a line whose end is not": (lambda new: (0, run(OLD, "<strike/>") + run("\n" + new)), STRUCK),
    "the cell, but not the run": (lambda new: (1, run(OLD) + run(new, "<b/>")), STRUCK),
    "strike of value 0 in a run": (lambda new: (0, run(OLD, '<strike val="0"/>') + run(new)), SEEN),
    "strike of value 0 in the cell": (lambda new: (2, run(OLD) + run(new)), SEEN),
    "an underline": (lambda new: (0, run(OLD, "<u/>") + run(new)), SEEN),
    "an escape": (lambda new: (0, run(OLD, "<strike/>") + run("_x0003_" + new)), None),
}


@each(CELLS)
def test_workbooks(program, way):
    make, expected = CELLS[way]
    plain = sheet_of(program, workbook(ROWS))
    sheet = sheet_of(program, workbook([[*row[:5], make(row[5])] if row[0] in "24" else row for row in ROWS]))
    if way == "an escape":
        assert struck_of(sheet) == [{"answer": OLD}] * 2
        return
    assert noted(sheet) == ({expected} if expected else set()), sheet["notes"]
    assert (answers_of(sheet) == answers_of(plain)) == (expected is not SEEN), answers_of(sheet)
    assert struck_of(sheet) == ([{"answer": OLD}] * 2 if expected == STRUCK else [])


@each(["all", "all but the first", "the name"])
def test_rows_of_workbooks_struck_out_whole(program, way):
    plain = sheet_of(program, workbook(ROWS))
    struck = {"all": range(6), "all but the first": range(1, 6), "the name": [2]}[way]
    withdrawn = [(1, text_element(text)) if column in struck else text for column, text in enumerate(WITHDRAWN)]
    sheet = sheet_of(program, workbook([*ROWS[:3], withdrawn, *ROWS[3:]]))
    assert answers_of(sheet) == answers_of(plain)
    warnings = [note for note in sheet["notes"] if note["code"] == STRUCK and note["severity"] == "warning"]
    assert len(warnings) == 1 and "60分以内" in warnings[0]["text"] and warnings[0]["place"] == {"sheet": "a", "row": 5, "cell": "A5"}, sheet["notes"]


def test_struck_words_are_no_change(program):
    """They are read with the rest of a sheet, stay with an item that is new, and count for no difference."""
    page = web_page("", [[*row[:5], f"<s>{OLD}</s>{row[5]}"] if row[0] in "27" else row for row in ROWS])
    with tempfile.TemporaryDirectory() as folder:
        for name, document in ("plain", web_page("", ROWS)), ("short", web_page("", ROWS[:6])), ("struck", page):
            Path(folder, name + ".json").write_bytes(program.good("convert", "-", stdin=document).out)
        program.good("diff", "plain.json", "struck.json", folder=folder)
        changes = json.loads(program("diff", "--format", "json", "short.json", "struck.json", folder=folder).out)
    assert [item["struck"] for item in changes["added"]] == [{"answer": OLD}] and not changes["changed"]


HOSTILE = {
    "rules": lambda: (".a{display:none}" * 60000, 2000),
    "rules for all": lambda: ("*{opacity:1}" * 50000, 5000),
    "descendants": lambda: ("b b b b b b b b b b b i{display:none}" * 1000, 2000),
    "a long class": lambda: ("".join(f".c{i}.d{{display:none}}" for i in range(20000)), 200),
    "brackets": lambda: ("(" * 500000 + "{", 10),
    "braces": lambda: (".x{" * 300000, 10),
    "selectors": lambda: (("." + "a." * 50000 + "a{display:none}") * 10, 10),
    "media": lambda: ("@media all{" * 100000, 10),
    "comments": lambda: ("/*" * 500000, 10),
    "strings": lambda: ("a{b:'" * 200000, 10),
    "escapes": lambda: ("\\" * 500001, 10),
}


@each(HOSTILE)
def test_hostile_style_sheets(program, way):
    """They take no more than a few seconds, and the sheet comes out."""
    style, depth = HOSTILE[way]()
    words = " ".join(f"c{i}" for i in range(20000)) if way == "a long class" else "x"
    rows = [[*row[:5], ("<b>" if depth < 500 else "<b></b>") * min(depth, 1000) + f'<i class="{words}">{row[5]}</i>'] for row in ROWS]
    sheet = json.loads(program.good("convert", "-", stdin=web_page(style, rows), timeout=200).out)
    assert answers_of(sheet) == answers_of(sheet_of(program, web_page("", ROWS)))
