"""The report: its structure, what keeps it safe, that nothing of a document becomes markup, exit statuses."""
import base64
import hashlib
import html.parser
import json
import re
import tempfile
from pathlib import Path

from testing import ROOT, each

SHEET = ROOT / "out/kazemachi/security-sheet.json"
SHEETS = sorted(str(path) for path in (ROOT / "out").glob("*/*.json"))
VOID = {"meta", "input", "br", "image", "rect", "line", "circle"}

# What would be markup, a link, a script or a way out of an attribute, were it not escaped.
PIECES = ["<script>alert(1)</script>", "</script><script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", "\"><img src=x onerror=alert(1)>",
          "'><svg onload=alert(1)>", "<!--", "-->", "]]>", "<![CDATA[<b>", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
          "vbscript:x", "file:///etc/passwd", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "https://x.example/\" onclick=\"alert(1)", "https://x.example/' onclick='x",
          "&lt;script&gt;", "&#60;script&#62;", "\u2028<b>", "<base href=//x.example>", "<meta http-equiv=refresh content=0;url=//x.example>", "<iframe srcdoc=x>",
          "<a href=javascript:x>", "{{7*7}}", "${x}", "%s%n%d", "\u202e<b>", "\u0001<b>", "\U0001f600<b>", "<math><mi xlink:href=javascript:x>", "<style>*{}</style>",
          "<template>", "<plaintext>", "<textarea>", "</title><b>", "</textarea><b>", "<form action=x>", "<input autofocus onfocus=x>", "<object data=x>"]
WRAPPED = ["{}", "a{}", "{} 99.9%", "\n{}"]
INJECTIONS = [wrap.format(piece) if "{}" in wrap else piece for piece in PIECES for wrap in WRAPPED if piece.count("{") == 0][:140] + ["{{7*7}}", "${x}"]


class Page(html.parser.HTMLParser):
    """The elements, attributes and text of a page; what is wrong with its nesting."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.faults, self.ids, self.texts = [], [], [], set(), []
        self.feed(text)
        self.close()
        if self.open:
            self.faults.append(f"not closed: {self.open}")

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        identity = dict(attrs).get("id")
        if identity and identity in self.ids:
            self.faults.append(f"id {identity} twice")
        self.ids.add(identity)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.ids.add(dict(attrs).get("id"))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        self.texts.append(data)

    def tags(self):
        return {tag for tag, _ in self.elements}

    def text(self):
        return "".join(self.texts)


def report(program, *words, **options):
    return program.good("report", *words, **options).text


def made_sheet(change):
    """A folder with one sheet, changed by CHANGE, and its path."""
    folder = tempfile.TemporaryDirectory()
    sheet = json.loads(SHEET.read_text())
    change(sheet)
    path = Path(folder.name) / "sheet.json"
    path.write_text(json.dumps(sheet, ensure_ascii=False))
    return folder, path


def all_strings(value, call, key=None):
    """VALUE with CALL made of each string in it, but for those that the format fixes."""
    fixed = {"format", "status", "kind", "bound", "how", "severity", "text_kind", "sha256", "media_type", "id", "value", "days", "times"}
    if isinstance(value, dict):
        return {name: each if name in fixed or (name == "text" and key == "source") else all_strings(each, call, name) for name, each in value.items()}
    if isinstance(value, list):
        return [all_strings(each, call, key) for each in value]
    return call(value) if isinstance(value, str) else value


def hashes_of(text, tag):
    return {"'sha256-" + base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() + "'"
            for body in re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.S)}


@each([(str(SHEET),), tuple(SHEETS)])
def test_structure(program, sheets):
    text = report(program, *sheets)
    page = Page(text)
    assert not page.faults, page.faults[:5]
    assert text.startswith("<!DOCTYPE html>\n<html lang=\"en\">")
    assert not [attrs for _, attrs in page.elements if "style" in attrs or any(name.startswith("on") for name in attrs)], "an inline style or handler"
    assert all(attrs.get("scope") for tag, attrs in page.elements if tag == "th"), "a th without a scope"
    targets = {attrs["href"][1:] for tag, attrs in page.elements if tag == "a" and attrs.get("href", "").startswith("#")}
    assert targets <= page.ids, sorted(targets - page.ids)[:5]
    assert not page.tags() & {"link", "iframe", "object", "embed", "base", "img"}, page.tags()


@each([(str(SHEET),), tuple(SHEETS)])
def test_policy(program, sheets):
    text = report(program, *sheets)
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1].replace("&#39;", "'")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'" and rules["img-src"] == "data:", rules
    assert {rules["style-src"]} == hashes_of(text, "style") and {rules["script-src"]} == hashes_of(text, "script"), rules
    assert text.index("Content-Security-Policy") < text.index("<style>")


def test_says_all_of_a_sheet(program):
    sheet = json.loads(SHEET.read_text())
    text = Page(report(program, str(SHEET))).text()
    for item in sheet["items"]:
        for words in (item["name"], item["definition"], item["answer"]["text"], *(value["text"] for value in item["answer"]["values"])):
            assert not words or words in text, words
    for note in sheet["notes"]:
        assert note["text"] in text, note
    for fact in (sheet["document"]["title"], sheet["document"]["vendor"], sheet["source"]["sha256"]):
        assert fact in text, fact


def test_categories_are_in_the_language(program):
    for language, category in (("en", "Availability"), ("ja", "可用性")):
        text = report(program, str(SHEET), str(SHEET), environment={"LC_ALL": "C.UTF-8", "LANGUAGE": language})
        assert len(re.findall(rf">{category}</(?:th|option|text)>", text)) == 4, category  # matrix, filter, chart and its table


def test_says_what_is_missing(program):
    def change(sheet):
        sheet["items"] = [item for item in sheet["items"] if not item["meti"] or item["meti"]["no"] not in (5, 11)]
    folder, path = made_sheet(change)
    with folder:
        text = Page(report(program, str(path))).text()
    assert "Missing items: 2 of 49" in text and "05 Service availability (uptime)" in text and "11 Recovery time objective (RTO)" in text


def test_matrix_has_a_cell_for_each(program):
    text = report(program, *SHEETS)
    page = Page(text)
    cells = [attrs for tag, attrs in page.elements if tag == "td" and attrs.get("class", "").startswith("s ")]
    assert len(cells) == 49 * len(SHEETS), len(cells)
    assert all(f"a{no}-{vendor}" in page.ids for no in range(1, 50) for vendor in range(len(SHEETS)))


def test_boxes_lie_on_their_pages(program):
    page = Page(report(program, str(SHEET)))
    sheet = json.loads(SHEET.read_text())
    places = sum(len(item["place"]) for item in sheet["items"])
    boxes = [attrs for tag, attrs in page.elements if tag == "rect" and attrs.get("class") == "box"]
    assert len(boxes) == places, f"{len(boxes)} boxes for {places} places"
    pictures = [attrs["href"] for tag, attrs in page.elements if tag == "image"]
    assert len(pictures) == sheet["source"]["pages"] and all(picture.startswith("data:image/") for picture in pictures)
    assert all(len(picture) < 210_000 for picture in pictures), [len(picture) for picture in pictures]


def test_other_document_is_not_shown(program):
    def change(sheet):
        sheet["source"]["sha256"] = "0" * 64
    folder, path = made_sheet(change)
    with folder:
        text = report(program, str(path))
    assert "<image" not in text and "isn&#39;t at hand" in text


def test_document_in_the_store_of_a_corpus(program):
    def change(sheet):
        sheet["source"]["uri"] = "https://v.example/x.pdf"
    folder, path = made_sheet(change)
    with folder:
        corpus = Path(folder.name) / "corpus"
        (corpus / "out/v").mkdir(parents=True)
        (corpus / "store").mkdir()
        (corpus / "store" / json.loads(SHEET.read_text())["source"]["sha256"]).write_bytes((ROOT / "corpus/kazemachi/security-sheet.pdf").read_bytes())
        there = path.rename(corpus / "out/v/d.json")
        assert "<image" in report(program, there)


def test_lines_of_a_text(program):
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "a.txt"
        document.write_text("サービスレベル項目\t回答\nサービス時間\t24時間365日\nサービス稼働率\t99.9%\nデータ消去の要件\t有\n")
        text = Page(report(program, str(document))).text()
    assert "2 サービス時間\t24時間365日" in text, text[-2000:]


@each(range(0, len(INJECTIONS), 7))
def test_nothing_becomes_markup(program, start):
    """Seven strings at a time in every field, in turns: the elements are those of the page with plain words."""
    pieces = INJECTIONS[start:start + 7]
    count = [0]

    def injected(text):
        count[0] += 1
        return pieces[count[0] % len(pieces)]

    def change(sheet):
        keep = {id(item["meti"]): item["meti"] for item in sheet["items"]}
        assert keep
        for part in ("document", "items", "notes"):
            sheet[part] = all_strings(sheet[part], injected)
        for item in sheet["items"]:
            item["struck"] = {"answer": injected(""), "other": {injected(""): injected("")}}
            item["other"] = {injected(""): injected("")}
        sheet["source"]["uri"] = injected("")
        sheet["checks"] = [{"code": "answer-beside", "severity": "warning", "items": [], "text": injected("")}]
    folder, path = made_sheet(change)
    with folder:
        for words in ((str(path),), (str(path), *SHEETS[:1])):
            text = report(program, *words)
            page = Page(text)
            assert not page.faults, page.faults[:5]
            assert text.count("<script") == 1 and text.count("<style") == 1 and text.count("<!--") == 0
            assert not page.tags() & {"img", "iframe", "math", "object", "base", "template", "plaintext", "textarea"}, page.tags()
            links = [attrs["href"] for tag, attrs in page.elements if tag == "a" and "href" in attrs]
            assert all(re.match(r"#|https?://|mailto:[^:]*$", link) for link in links), links
            assert not [attrs for _, attrs in page.elements if "style" in attrs or any(name.startswith("on") for name in attrs)]
            assert "\0" not in text


def test_same_bytes(program):
    assert report(program, *SHEETS) == report(program, *SHEETS)
    assert report(program, str(SHEET)) == report(program, str(SHEET))


def test_japanese(program):
    text = report(program, str(SHEET), environment={"LC_ALL": "C.UTF-8", "LANGUAGE": "ja"})
    if "<html lang=\"ja\">" in text:
        assert "一部対応" in text and "Partly" not in text


def test_changes_of_a_corpus(program):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.json"
        path.write_bytes((ROOT / "out/mizukurage/checksheet-2025-02-20.json").read_bytes())
        changes = program("diff", "--format", "json", "out/mizukurage/checksheet-2024-04-01.json", "out/mizukurage/checksheet-2025-02-20.json").out
        (Path(folder) / "a.changes.json").write_bytes(changes)
        text = report(program, str(path))
        (Path(folder) / "a.changes.json").write_text("[1, 2")
        broken = program("report", str(path))
    assert "What the newest revision changed" in text and "<ins>" in text
    assert broken.status == 0 and "a.changes.json" in broken.err


@each([((), 2), (("--nosuch",), 2), (("--documents", "nosuch", str(SHEET)), 2), (("nosuch.json",), None), (("-o", "nosuch/x.html", str(SHEET)), 8)])
def test_wrong_calls(program, call):
    words, status = call
    result = program("report", *words)
    assert result.status == status or (status is None and result.status != 0), f"exit {result.status}\n{result.err}"
    assert result.err and not result.out


def test_what_cannot_be_read_is_told_in_the_report(program):
    result = program("report", str(SHEET), "out/README.nosuch")
    assert result.status == 1 and "1 input could not be read" in result.text, result.err


def test_hostile_sizes(program):
    def change(sheet):
        sheet["items"][0]["answer"]["text"] = "長" * 200_000
        sheet["items"][1]["place"] = [{"page": 2_000_000_000, "box": [-1e300, 0, 1e300, 1e308]}]
        sheet["items"][2]["name"] = "名" * 50_000
        sheet["notes"] *= 500
    folder, path = made_sheet(change)
    with folder:
        page = Page(report(program, str(path)))
    assert not page.faults, page.faults[:5]


def test_values_and_notes_in_words(program):
    """No length of time as ISO 8601 has it; notes in the user's language; a web page's tags set apart from its words."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "sheet.html"
        file.write_text("<!DOCTYPE html><title>チェックシート</title><table><tr><th>No.<th>サービスレベル項目<th>規定内容<th>回答</tr>"
                        "<tr><td>1<td>サービス時間<td>サービスを提供する時間帯<td>24時間365日</tr>\n"
                        "<tr><td>2<td>計画停止予定通知<td>事前連絡の確認<td>7日前</tr>\n"
                        "<tr><td>3<td>サービス提供終了時の事前通知<td>終了の通知<td><del>30日前</del>1年6か月前</tr></table>\n")
        for language, words in (("en", (", 7 days<", ", 1 year 6 months<", "Words of this row are struck out")),
                                ("ja", ("、7 日<", "、1 年 6 か月<", "この行には取り消し線で消された言葉があります"))):
            html = program("report", str(file), environment={"LANGUAGE": language, "LC_ALL": "C.UTF-8"}).text
            missing = [each for each in words if each not in html]
            assert not missing, f"{language}: {missing}"
            assert "P7D" not in html and "<i>&lt;td&gt;</i>7日前" in html


def test_a_quotation_ends_with_its_item(program):
    """What follows the last item of a web page, and a heading between two, are no part of what is quoted for it."""
    page = program.good("report", "corpus/yoinoma/service-level.html").text
    quotations = [html.unescape(re.sub("<[^>]+>", "", text)) for text in re.findall(r'<pre class="quote".*?</pre>', page, re.DOTALL)]
    assert len(quotations) == 49 and all(text.count("<tr>") == 1 for text in quotations), [text for text in quotations if text.count("<tr>") != 1]
    assert "データの外部保存方針" in quotations[-1] and "footer" not in quotations[-1], quotations[-1]
