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
    "off the screen, at several sides": (*styled("position:absolute;inset:-9999px auto auto -9999px"), HIDDEN),
    "at the sides": (*styled("position:relative;inset:0 auto auto 4px"), SEEN),
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
    "while it has no focus": (".x:not(:focus){display:none}", SPAN, HIDDEN),
    "while the mouse is over it": (".x:hover{display:none}", SPAN, SEEN),
    "by an element of the page's own": ("sp-label{display:none}", "<sp-label>{}</sp-label>", HIDDEN),
    "a colour that is its ground's": (*styled("color:#fff"), HIDDEN),
    "a colour by its name, in an attribute": ("", '<font color="White">{}</font>', HIDDEN),
    "a colour that is a cell's ground": ("tr td{background:#123 none} td{color:#fff} .x{color:rgb(17, 34, 51)}", SPAN, HIDDEN),
    "white on a dark cell": ("td{background-color:navy} .x{color:white}", SPAN, SEEN),
    "white on a picture": ("table{background:url(a.png)} .x{color:white}", SPAN, SEEN),
    "no colour": (*styled("color:transparent"), HIDDEN),
    "no colour, with a shadow": (*styled("color:transparent;text-shadow:0 0 1px #000"), SEEN),
    "no colour, filled by its background": (*styled("color:rgba(0,0,0,0);background:linear-gradient(red,blue);-webkit-background-clip:text"), SEEN),
    "a filter": (*styled("filter:blur(0) opacity(0)"), HIDDEN),
    "a variable": (":root{--state:none}.x{display:var(--state)}", SPAN, HIDDEN),
    "a variable with a fallback": (*styled("display:var(--not-there, none)"), HIDDEN),
    "a variable that is not known": (*styled("display:var(--not-there)"), SEEN),
    "a variable of two values": (".y{--state:none}.z{--state:block}.x{display:var(--state)}", SPAN, SEEN),
    "one of several": ("td :is(.y, .x){display:none}", SPAN, HIDDEN),
    "where": (":where(.x){display:none}", SPAN, HIDDEN),
    "none of several": ("span:not(.y, .z){display:none}", SPAN, HIDDEN),
    "one of those that are not": ("span:not(.y, .x){display:none}", SPAN, SEEN),
    "the first of its kind": ("td span:first-of-type{display:none}", "<i></i>" + SPAN, HIDDEN),
    "in the later of two layers": ("@layer base,over;@layer over{.x{display:none}}@layer base{span.x{display:inline}}", SPAN, HIDDEN),
    "in a layer, and undone outside": ("i.x{color:red}.x{display:inline}@layer a{span.x{display:none}}", SPAN, SEEN),
    "important in the earlier of two layers": ("@layer a{.x{display:none!important}}@layer b{.x{display:inline!important}}", SPAN, HIDDEN),
    "a rule within a rule": ("table{color:black; .x{display:none} td{padding:0}}", SPAN, HIDDEN),
    "a rule within a rule, by its sign": ("span{&.x{display:none}}", SPAN, HIDDEN),
    "a rule within media within a rule": (".x{color:red; @media (min-width:300px){display:none}}", SPAN, HIDDEN),
    "a popover that is not open": ("", "<i popover>{}</i>", HIDDEN),
    "a dialogue that is not open": ("", "<dialog>{}</dialog>", HIDDEN),
    "not before a click": (".x{display:none}.x.open{display:inline}", SPAN, SEEN),
    "not before another click": (".x{display:none} input:checked ~ .x{display:block}", '<input type="checkbox" hidden id="c"><label for="c"></label>' + SPAN, SEEN),
    "not before a click that nobody can make": (".x{display:none} input:checked ~ .x{display:block}", '<input type="checkbox" hidden><b></b>' + SPAN, HIDDEN),
    "where something is in it": (".w:has(> i) .x{display:none}", '<div class="w"><i></i>' + SPAN + "</div>", HIDDEN),
    "where something else is in it": (".w:has(> b, > u) .x{display:none}", '<div class="w"><i></i>' + SPAN + "</div>", SEEN),
    "before something": (".x:has(+ .n, ~ .m){visibility:hidden}", SPAN + '<b class="n"></b>', HIDDEN),
    "before nothing": (".x:has(+ .n){visibility:hidden}", '<b class="n"></b>' + SPAN, SEEN),
    "where something is not in it": ("td .x:not(:has(b)){display:none}", SPAN, HIDDEN),
    "in the colour of its ground, by hue": ("td{background:hsl(210 40% 96%)}.x{color:hsl(210, 40%, 96%)}", SPAN, HIDDEN),
    "in another colour, by hue": ("td{background:hsl(210 40% 96%)}.x{color:hsl(210, 40%, 30%)}", SPAN, SEEN),
    "only under the mouse": (".x{display:none} td:hover .x{display:block}", SPAN, HIDDEN),
    "del": ("", "<del>{}</del>", STRUCK),
    "s": ("", "<s>{}</s>", STRUCK),
    "strike": ("", "<strike>{}</strike>", STRUCK),
    "line-through": ("", '<span style="text-decoration: line-through">{}</span>', STRUCK),
    "line-through in red": (*styled("text-decoration:red line-through 2px"), STRUCK),
    "line-through, its thickness first": (*styled("text-decoration:2px red line-through"), STRUCK),
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


MARKS = {
    "put by a style": ('.yes::before{content:"○"}', '<span class="yes"></span>', "○"),
    "put by a style, escaped": ('.yes:after{content:"\\25cb"}', '<b class="yes"></b>', "○"),
    "put by a style, of an attribute": ("[data-m]::before{content:attr(data-m)}", '<b data-m="○"></b>', "○"),
    "put by a style, of several": ('b:before{content:"" attr(data-m) url(a.png)}', '<b data-m="×"></b>', "×"),
    "put by a style, of the element's variable": ('b{--m:"△"}b:before{content:var(--m)}', "<b style=\"--m:'×'\"></b>", "×"),
    "put by a style, of a rule's variable": ('.no{--m:"×"}.yes{--m:"○"}b:before{content:var(--m, "△")}', '<i class="no"><b></b></i>', "×"),
    "put by a style, of no variable": ('b:before{content:var(--n, "△")}', "<b></b>", "△"),
    "an icon by its title": (".i{background:url(a.png)}", '<span class="i" title="○"></span>', "○"),
    "a control of the page's own": ("", '<span role="switch" aria-checked="true"></span>', "☑"),
    "a control with its box": ("", '<span role="checkbox" aria-checked="true">☑</span>', "☑"),
    "an icon by its name": ("", '<i class="fa-solid fa-check" aria-hidden="true"></i>', "✓"),
    "an icon by its code": ('.i{font-family:"Font Awesome 6 Free"}.i:before{content:"\\f00c"}', '<i class="i"></i>', "✓"),
    "an icon by a word": ("", '<span class="material-icons">check</span>', "✓"),
    "an icon that is used": ("", '<svg><use href="#icon-check"></use></svg>', "✓"),
    "a drawn ring": ("", '<svg><circle r="5" fill="none" stroke="red"/></svg>', "○"),
    "a drawn disc": ("", '<svg><circle r="5"/></svg>', "●"),
    "a drawn tick": ("", '<svg><polyline points="1 5 4 8 9 1" fill="none"/></svg>', "✓"),
    "a drawn cross": ("", '<svg><path d="M1 1L9 9M9 1L1 9"/></svg>', "×"),
    "two drawn lines": ("", '<svg><line x1="1"/><line x1="9"/></svg>', "×"),
    "a drawn triangle": ("", '<svg><polygon points="1,9 9,9 5,1"/></svg>', "△"),
    "a drawn cross in an address": ("", """<img alt="" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cpath d='M3 3L17 17M17 3L3 17'/%3E%3C/svg%3E">""", "×"),
    "a drawn ring in an address": ("", """<img src="data:image/svg+xml;utf8,<svg><circle r='5' fill='none'/></svg>">""", "○"),
    "a drawing that is used": ("", '<svg hidden><symbol id="m"><circle r="5" fill="none"/></symbol></svg><svg><use xlink:href="#m"/></svg>', "○"),
    "put by a style in place of hidden words": (".m{font-size:0}.yes::after{content:'○'}", '<td class="yes"><b class="m">yes</b></td>', "○"),
    "put by a style in its own size": (".yes{font-size:0}.yes::before{font-size:14px;content:'○'}", '<td class="yes">YES</td>', "○"),
    "put by a style beside seen words": (".yes::after{content:'○'}", '<td class="yes">×</td>', "×"),
    "a symbol font": ("", '<font face="Wingdings">&#252;</font>', "✓"),
    "a symbol font of a style": (".w{font-family:'Wingdings 2'}", '<td class="w">P</td>', "✓"),
}


@each(MARKS)
def test_marks_of_web_pages(program, way):
    style, element, mark = MARKS[way]
    page = web_page(style, [[*row[:5], element] if row[0] == "5" else row for row in ROWS]).replace(b"<td><td", b"<td").replace(b"</td></td>", b"</td>")
    (answer,) = [answer for answer in answers_of(sheet_of(program, page)) if answer[0] == "5"]
    assert answer[2:] == (mark, {"×": "no", "△": "partial"}.get(mark, "yes")), answer


def test_lists_with_several_chosen(program):
    options = "<select multiple><option selected>電話</option><option>郵便</option><option selected>電子メール</option></select>"
    page = web_page("", [[*row[:5], options] if row[0] == "5" else row for row in ROWS])
    assert [answer[2] for answer in answers_of(sheet_of(program, page)) if answer[0] == "5"] == ["電話、電子メール"]


@each(["有り・無し", "有　・　無", "はい / いいえ", "<b style='border:1px solid'>対応</b> ・ <b style='border:1px solid'>非対応</b>"])
def test_choices_of_which_none_is_seen_to_be_marked(program, text):
    sheet = sheet_of(program, web_page("", [[*row[:5], text] if row[0] == "5" else row for row in ROWS]))
    assert [answer[3] for answer in answers_of(sheet) if answer[0] == "5"] == ["unanswered"]
    assert [note["severity"] for note in sheet["notes"] if note["code"] == "no-choice"] == ["warning"]


CHOSEN = {
    "border:1px solid red;border-radius:50%": "有",
    "outline:2px solid;padding:2px": "有",
    "box-shadow:0 0 0 2px red": "有",
    "box-shadow:inset 0 0 0 1px": "有",
    "box-shadow:0 1px 2px 1px #ccc": None,
    "border:0 solid": None,
    "border:1px solid transparent": None,
    "border:none;outline:none": None,
}


@each(CHOSEN)
def test_choices_with_a_line_around_one(program, style):
    around = f'<i style="{style}">有</i>・<i>無</i>'
    sheet = sheet_of(program, web_page("", [[*row[:5], around] if row[0] == "5" else row for row in ROWS]))
    assert [answer[2:] for answer in answers_of(sheet) if answer[0] == "5"] == [("○有・無", "yes") if CHOSEN[style] else ("有・無", "unanswered")]
    assert bool([note for note in sheet["notes"] if note["code"] == "mark-by-shape"]) == bool(CHOSEN[style])


def test_a_badge_is_no_choice(program):
    badge = '<b style="border:1px solid">必須</b> 有り'
    sheet = sheet_of(program, web_page("", [[*row[:5], badge] if row[0] == "5" else row for row in ROWS]))
    assert [answer[2] for answer in answers_of(sheet) if answer[0] == "5"] == ["必須 有り"]


CROSSED = {
    ".x{position:relative}.x::after{content:'';position:absolute;left:0;right:0;top:50%;border-top:1px solid}": STRUCK,
    ".x::before{content:'';position:absolute;top:.7em;width:100%;height:2px;background:red}": STRUCK,
    ".x{background:linear-gradient(transparent 48%,red 48%,red 54%,transparent 54%)}": STRUCK,
    ".x::before{content:'';position:absolute;top:calc(50% - 1px);width:100%;height:2px;background:currentColor}": STRUCK,
    ".x{background-image:linear-gradient(red,red);background-size:100% 1px;background-position:0 50%}": STRUCK,
    ".x{background-image:linear-gradient(red,red);background-size:100% 1px;background-position:0 100%}": SEEN,
    ".x{background-image:linear-gradient(red,red);background-size:100% 50%;background-position:0 50%}": SEEN,
    ".x::after{content:'';position:absolute;left:0;bottom:0;border-bottom:1px solid}": SEEN,
    ".x{background:linear-gradient(transparent 60%,yellow 60%)}": SEEN,
    ".x{background:linear-gradient(to right,transparent 49%,red 50%,transparent 51%)}": SEEN,
}


@each(CROSSED)
def test_lines_that_styles_draw_through_words(program, style):
    words = '<span class="x">旧い値</span>新しい値'
    sheet = sheet_of(program, web_page(style, [[*row[:5], words] if row[0] == "5" else row for row in ROWS]))
    assert [answer[2] for answer in answers_of(sheet) if answer[0] == "5"] == ["新しい値" if CROSSED[style] == STRUCK else "旧い値新しい値"]


COUNTERS = {  # the row of heads is counted too where rows are
    "tbody{counter-reset:n}tr{counter-increment:n}td:first-child::before{content:counter(n)}": lambda n: f"{n + 1}",
    "table{counter-reset:n 0}td:first-child:before{counter-increment:n;content:'No.' counter(n)}": lambda n: f"No.{n}",
    "body{counter-reset:n}tr{counter-increment:n 2}td:first-child:before{content:counter(n, decimal-leading-zero)}": lambda n: f"{2 * n + 2:02}",
    "body{counter-reset:n 50}tr{counter-increment:n -1}td:first-child:before{content:counters(n, '.')}": lambda n: f"{49 - n}",
}


@each(COUNTERS)
def test_numbers_that_styles_count(program, style):
    items = sheet_of(program, web_page(style, [["", *row[1:]] for row in ROWS]))["items"]
    assert [item["number"] for item in items] == [COUNTERS[style](n) for n in range(1, len(ROWS) + 1)]


def test_pictures_that_say_nothing(program):
    page = web_page("", [[*row[:5], '<img src="a.png">'] if row[0] == "5" else row for row in ROWS])
    (note,) = [note for note in sheet_of(program, page)["notes"] if note["code"] == "pictures-not-read"]
    assert note["severity"] == "warning"
    beside = web_page("", [[*row[:5], '<img src="a.png">' + row[5]] if row[0] == "5" else row for row in ROWS])
    assert not [note for note in sheet_of(program, beside)["notes"] if note["code"] == "pictures-not-read"]


def test_markdown(program):
    """Struck-out words, and comments."""
    def text(old):
        rows = [[*row[:5], old + row[5]] if row[0] in "24" else row for row in ROWS]
        return "\n".join("| " + " | ".join(row) + " |" for row in [HEAD, ["---"] * 6, *rows]).encode()

    plain = answers_of(sheet_of(program, text("")))
    for old in f"~~{OLD}~~ ", f"<del>{OLD}</del>":
        sheet = sheet_of(program, text(old))
        assert answers_of(sheet) == plain and struck_of(sheet) == [{"answer": OLD}] * 2 and noted(sheet) == {STRUCK}
    assert answers_of(sheet_of(program, text(f"<!-- {OLD} -->"))) == plain


STYLES = """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="1"><numFmt numFmtId="164" formatCode=";;;"/></numFmts><fonts count="5"><font><sz val="11"/></font><font><strike/><sz val="11"/></font><font><strike val="0"/></font>
<font><color rgb="FFFFFFFF"/></font><font><name val="Wingdings"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF003366"/></patternFill></fill></fills>
<cellStyleXfs count="1"><xf fontId="1"/></cellStyleXfs>
<cellXfs count="7"><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/><xf numFmtId="0" fontId="2"/>
<xf numFmtId="0" fontId="3" fillId="0"/><xf numFmtId="0" fontId="3" fillId="1"/><xf numFmtId="0" fontId="4"/><xf numFmtId="164" fontId="0"/></cellXfs>
<dxfs count="3"><dxf><font><strike/></font></dxf><dxf><font><color theme="0"/></font></dxf><dxf><fill><patternFill><bgColor rgb="FFFFFF00"/></patternFill></fill></dxf></dxfs></styleSheet>"""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def text_element(text):
    return f'<t xml:space="preserve">{text}</t>'


def run(text, strike=None):
    form = "" if strike is None else f'<rPr>{strike}<sz val="11"/></rPr>'
    return f"<r>{form}{text_element(text)}</r>"


def workbook(rows, after="", parts=None):
    """A cell is a text, or (style, what is in <is>). AFTER follows the cells; PARTS: names of relations to the parts' texts."""
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
        archive.writestr("xl/sheet1.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{after}</worksheet>')
        archive.writestr("xl/_rels/sheet1.xml.rels", f'<Relationships xmlns="{PACKAGE}">' + "".join(
            f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>' for kind in parts or {}) + "</Relationships>")
        for kind, content in (parts or {}).items():
            archive.writestr(f"xl/{kind}.xml", content)
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
    "a white run": (lambda new: (0, run(OLD, '<color rgb="FFFFFFFF"/>') + run(new, "<b/>")), HIDDEN),
    "a white font": (lambda new: (3, run(OLD) + run(new, "<b/>")), HIDDEN),
    "white on a dark cell": (lambda new: (4, run(OLD) + run(new)), SEEN),
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


# A conditional format over the answers, the formula or operand in it, and whether it strikes 無し（旧回答） out.
RULES = {
    "an expression": ('type="expression"', f'$F2="{OLD}"', STRUCK),
    "the start of a text": ('type="expression"', 'LEFT($F2,3)="無し（"', STRUCK),
    "functions": ('type="expression"', 'AND($A2&lt;&gt;"",NOT(ISERROR(SEARCH("旧",$F2))),OR(FALSE,LEN($F2)&gt;3))', STRUCK),
    "another cell": ('type="expression"', '$A2&amp;""="8"', STRUCK),
    "an equal value": ('type="cellIs" operator="equal"', f'"{OLD}"', STRUCK),
    "an unequal one": ('type="cellIs" operator="equal"', '"無し（"', SEEN),
    "a part of the text": ('type="containsText" operator="containsText" text="旧回答"', 'NOT(ISERROR(SEARCH("旧回答",F2)))', STRUCK),
    "its beginning": ('type="beginsWith" operator="beginsWith" text="旧回答"', 'LEFT(F2,3)="旧回答"', SEEN),
    "a rule that is not understood": ('type="expression"', "COUNTIF($F$2:$F$9,F2)&gt;1", None),
}


@each(RULES)
def test_conditional_formats(program, way):
    kind, formula, expected = RULES[way]
    rule = (f'<conditionalFormatting sqref="A2:F9"><cfRule {kind} dxfId="0" priority="1"><formula>{formula}</formula></cfRule></conditionalFormatting>')
    rows = [*ROWS, [*WITHDRAWN[:5], OLD]]
    sheet = sheet_of(program, workbook(rows, rule))
    by_cell = expected == STRUCK and "operator" in kind
    answers = [answer[2] for answer in answers_of(sheet)]
    assert answers[7:] == ([] if expected == STRUCK and not by_cell else [None] if by_cell else [OLD]), answers
    assert answers[:7] == [row[5] for row in ROWS]
    assert noted(sheet) == (set() if expected is SEEN and way != "a rule that is not understood" else {STRUCK}), sheet["notes"]
    if way == "a rule that is not understood":
        assert [note["severity"] for note in sheet["notes"] if note["code"] == STRUCK] == ["warning"]


def test_conditional_formats_that_hide(program):
    """White by a format; not where another one fills the cell."""
    white = f'<cfRule type="cellIs" operator="equal" dxfId="1" priority="1"><formula>"{OLD}"</formula></cfRule>'
    fill = '<cfRule type="expression" dxfId="2" priority="2"><formula>TRUE</formula></cfRule>'
    for rules, expected in (white, HIDDEN), (white + fill, SEEN):
        after = f'<conditionalFormatting sqref="F2:F9">{rules}</conditionalFormatting>'
        sheet = sheet_of(program, workbook([*ROWS, [*WITHDRAWN[:5], OLD]], after))
        assert answers_of(sheet)[7][2] == (OLD if expected is SEEN else None)
        assert noted(sheet) == ({HIDDEN} if expected else set())


def test_symbol_fonts_of_workbooks(program):
    rows = [[*row[:5], (5, text_element("ü"))] if row[0] == "5" else [*row[:5], (0, f'<r><rPr><rFont val="Wingdings"/></rPr><t>û</t></r>')] if row[0] == "6" else row
            for row in ROWS]
    assert [answer[2:] for answer in answers_of(sheet_of(program, workbook(rows)))[4:6]] == [("✓", "yes"), ("✗", "no")]


def drawing(*shapes):
    """Each: (preset, text, column, left, right, row) with lengths in pixels."""
    return ('<w xmlns:a="a">' + "".join(
        f'<twoCellAnchor><from><col>{column}</col><colOff>{left * 9525}</colOff><row>{row}</row><rowOff>9525</rowOff></from>'
        f'<to><col>{column}</col><colOff>{right * 9525}</colOff><row>{row}</row><rowOff>171450</rowOff></to>'
        f'<sp><spPr><prstGeom prst="{preset}"/></spPr><txBody><p><r><t>{text}</t></r></p></txBody></sp></twoCellAnchor>'
        for preset, text, column, left, right, row in shapes) + "</w>")


def test_drawings_of_workbooks(program):
    """Marks and words over empty cells, a ring round one of two words, and what cannot be read so."""
    rows = [[*row[:5], {"2": "", "4": "", "5": "", "6": "有・無"}.get(row[0], row[5])] for row in ROWS]
    shapes = drawing(("ellipse", "", 5, 10, 26, 2), ("rect", "2時間以内", 5, 0, 60, 4), ("mathMultiply", "", 5, 10, 26, 5), ("ellipse", "", 5, 30, 48, 6),
                     ("rect", "内部用", 5, 0, 60, 7))
    sheet = sheet_of(program, workbook(rows, parts={"drawing": shapes}))
    assert [answer[2:] for answer in answers_of(sheet)] == [
        ("24時間365日", "stated"), ("○", "yes"), ("99.9%以上", "stated"), ("2時間以内", "stated"), ("×", "no"), ("有・○無", "no"), ("3秒以内", "stated")]
    codes = [note["code"] for note in sheet["notes"] if note["code"] in ("mark-by-shape", "part-not-read")]
    assert codes == ["mark-by-shape"] * 3 + ["part-not-read"], sheet["notes"]


def test_form_controls_of_workbooks(program):
    def box(left, text, checked):
        return (f'<shape><textbox><div>{text}</div></textbox><ClientData ObjectType="Checkbox"><Anchor>5, {left}, 6, 2, 5, {left + 30}, 6, 18</Anchor>'
                f'{"<Checked>1</Checked>" if checked else ""}</ClientData></shape>')
    rows = [[*row[:5], ""] if row[0] == "6" else row for row in ROWS]
    sheet = sheet_of(program, workbook(rows, parts={"vmlDrawing": f"<xml>{box(40, '無', True)}{box(2, '有', False)}</xml>"}))
    assert answers_of(sheet)[5][2:] == ("☐有 ☑無", "no")
    assert [note["code"] for note in sheet["notes"] if note["code"] == "form-field"] == ["form-field"] * 2


def test_form_controls_over_words(program):
    """Each box is before its own word."""
    def box(left, checked):
        return (f'<shape><ClientData ObjectType="Checkbox"><Anchor>5, {left}, 6, 2, 5, {left + 14}, 6, 18</Anchor>'
                f'{"<Checked>1</Checked>" if checked else ""}</ClientData></shape>')
    rows = [[*row[:5], "有　　無"] if row[0] == "6" else row for row in ROWS]
    sheet = sheet_of(program, workbook(rows, parts={"vmlDrawing": f"<xml>{box(2, False)}{box(45, True)}</xml>"}))
    assert answers_of(sheet)[5][2:] == ("☐有　　☑無", "no"), answers_of(sheet)


def test_number_formats_that_show_nothing(program):
    rows = [[*row[:5], (6, text_element(OLD))] if row[0] == "6" else row for row in ROWS]
    sheet = sheet_of(program, workbook(rows))
    assert [note["place"]["cell"] for note in sheet["notes"] if note["code"] == HIDDEN] == ["F7"], sheet["notes"]
    assert answers_of(sheet)[5][3] == "unanswered"


CLOSED = {
    "details": ("", "<details><summary>表</summary>{}</details>"),
    "details that are open": None,
    "a panel of a button": (".p{{display:none}}", '<button aria-expanded="false" aria-controls="p">表</button><div class="p" id="p">{}</div>'),
    "a panel of no height": (".panel{{max-height:0;overflow:hidden}}", '<button class="accordion">表</button><div class="panel">{}</div>'),
    "a tab": (".tab-pane{{display:none}}.tab-pane.active{{display:block}}", '<div class="tab-pane" role="tabpanel">{}</div>'),
}


@each(CLOSED)
def test_panels_that_a_click_opens(program, way):
    """They are read as the rest, and a note says so."""
    page = web_page("", ROWS).decode()
    style, around = CLOSED[way] or ("", "<details open><summary>表</summary>{}</details>")
    start, end = page.index("<table"), page.index("</table>") + len("</table>")
    page = page[:start] + f"<style>{style.format()}</style>" + around.format(page[start:end]) + page[end:]
    sheet = sheet_of(program, page.encode())
    assert answers_of(sheet) == answers_of(sheet_of(program, web_page("", ROWS)))
    assert [note["code"] for note in sheet["notes"] if note["code"] == "closed-panel"] == ["closed-panel"] * bool(CLOSED[way]), sheet["notes"]


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
    sheet = json.loads(program.good("convert", "-", stdin=web_page(style, rows), timeout=2000).out)
    assert answers_of(sheet) == answers_of(sheet_of(program, web_page("", ROWS)))
