"""web - hostile web pages: the sheet as a table, and beside, around or within it what hurts a parser or a style sheet."""
import html

from hostile.kind import chance, kinds_of
from painting import HEADS, ROWS, TITLE

PAGES = {}
kind = kinds_of("html", PAGES)
LIMITS = "limit-cpu limit-wall limit-memory limit-size limit-pages"


def table():
    rows = ["".join(f"<td>{html.escape(text)}</td>" for text in row).replace("\n", "<br>") for row in (HEADS, *ROWS)]
    return "<table>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>"


def page(before="", after="", head=""):
    return f'<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1>{before}{table()}{after}</body></html>'.encode()


@kind("sheet no-sheet " + LIMITS, count=6)
def elements_in_elements(n):
    tag = ("div", "b", "table><tr><td", "span", "svg", "select")[n]
    close = "</" + tag.split("><")[0] + ">"
    return page(before=f"<{tag}>" * 3000, after=close * 3000) if n % 2 else page(after=f"<{tag}>" * 30000)


@kind("sheet no-sheet " + LIMITS, count=4)
def tables_in_tables(n):
    depth = (5, 30, 100, 1000)[n]
    return page(after="<table><tr><td>x<td>" * depth + "</table>" * depth)


@kind("sheet " + LIMITS, count=6)
def spans_that_lie(n):
    span = ('colspan="1000" rowspan="65534"', 'colspan="99999999999"', 'rowspan="99999999999"', 'rowspan="0" colspan="0"', 'colspan="-1" rowspan="-1"', 'colspan="1e9" rowspan="x"')[n]
    return page(after=f"<table>{f'<tr><td {span}>x' * 100}</table>")


@kind("sheet", count=8)
def bytes_that_are_no_letters(n):
    bad = (b"\xff\xfe", b"\0" * 500, b"\xed\xa0\x80" * 99, b"\x1b$B" * 99, b"\xef\xbb\xbf" * 99, b"\x81" * 999, chance(n).randbytes(60), b"\xf4\x90\x80\x80" * 9)[n]
    return page().replace(b"<table>", bad + b"<table>")


@kind("sheet " + LIMITS, count=8)
def styles(n):
    css = ("a" * 100_000, "{" * 30_000, "x{}" * 50_000, "*" + " > *" * 2000 + "{display:none}", "/*" * 9999, ":not(" * 5000, "@import 'a';" * 5000, "@media all{" * 5000)[n]
    return page(head=f"<style>{css}</style>")


@kind("sheet " + LIMITS, count=6)
def variables_that_double(n):
    """Custom properties, each the one before twice, and ones that are themselves."""
    css = ":root{--a0:x;" + "".join(f"--a{i}:var(--a{i - 1}) var(--a{i - 1});" for i in range(1, 10 * n + 2)) + f"--b:var(--b);--c:var(--d);--d:var(--c)}} i{{display:var(--a{10 * n})}}"
    return page(head=f"<style>{css}</style>", after="<i>x</i>" * 100)


@kind("sheet " + LIMITS, count=4)
def attributes(n):
    more = (" a" * 30_000, " ".join(f" a{i}=1" for i in range(20_000)), ' x="' + "&amp;" * 100_000 + '"', ' style="' + "color:red;" * 30_000 + '"')[n]
    return page(after=f"<p{more}>x</p>")


@kind("sheet no-sheet", count=6)
def markup_that_never_ends(n):
    more = ("<!--", "<![CDATA[", "<script>", "<style>", "<textarea>", '<p title="')[n]
    return page(after=more + "x" * 100_000)


@kind("sheet unsupported " + LIMITS, count=4)
def frames(n):
    inner = "<p>x</p>"
    for _ in range((3, 6, 10, 3)[n]):
        inner = f'<iframe srcdoc="{html.escape(inner)}"></iframe>' * (1 if n < 3 else 20)
    return page(after=inner)


@kind("sheet no-sheet " + LIMITS, count=4)
def letters_without_end(n):
    return page(after=f"<p>{('あ' * 1_000_000, 'e' + chr(0x301) * 300_000, chr(0x202e) * 100_000, '&#x5b57;' * 200_000)[n]}</p>")


@kind("sheet no-sheet " + LIMITS, count=4)
def cells_without_end(n):
    return page(after="<table>" + ("<tr>" + "<td>x" * 20) * (100, 1000, 3000, 10_000)[n] + "</table>")


@kind("sheet", count=4)
def entities(n):
    return page(after="<p>" + ("&" * 100_000, "&#99999999999;" * 9999, "&#xd800;" * 9999, "&amp" * 99_999)[n])


@kind("sheet " + LIMITS, count=4)
def shadow_roots(n):
    return page(after=("<div><template shadowrootmode=open>" * (10, 100, 500, 2)[n] + "<slot></slot>" * 1000 + "</template></div>" * (10, 100, 500, 2)[n]))
