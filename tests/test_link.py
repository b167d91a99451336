"""The newest link of a vendor's page (fetch/link.h), through tests/parts/link.c."""
from test_manifest import part
from testing import each

ADDRESS = "https://vendor.example/security/page.html?tab=1"


def found(program, body, pattern, *charset, address=ADDRESS):
    content = body if isinstance(body, bytes) else ("<!doctype html><meta charset=utf-8>" + body).encode()
    status, out, err = part(program, "link", address, pattern, *charset, stdin=content)
    assert (status == 0) == bool(out) and out.count("\n") == (status == 0), err
    return out.strip() or err.strip()


# How an address is written on the page, and what it comes to; None: no link to another document.
ADDRESSES = {
    "sla.pdf": "https://vendor.example/security/sla.pdf",
    "/sla.pdf": "https://vendor.example/sla.pdf",
    "../docs/./sla.pdf": "https://vendor.example/docs/sla.pdf",
    "../../../sla.pdf": "https://vendor.example/sla.pdf",
    "//cdn.example/sla.pdf": "https://cdn.example/sla.pdf",
    "https://cdn.example": "https://cdn.example/",
    "HTTP://cdn.example:8080/sla.pdf": "http://cdn.example:8080/sla.pdf",
    "?file=sla.pdf": "https://vendor.example/security/page.html?file=sla.pdf",
    "sla.pdf#page=2": "https://vendor.example/security/sla.pdf",
    " \n sla\n.pdf\t": "https://vendor.example/security/sla.pdf",
    "my sla.pdf": "https://vendor.example/security/my%20sla.pdf",
    "資料.pdf": "https://vendor.example/security/%E8%B3%87%E6%96%99.pdf",
    "%E8%B3%87.pdf": "https://vendor.example/security/%E8%B3%87.pdf",
    "100%.pdf": "https://vendor.example/security/100%.pdf",
    "a\\b.pdf": "https://vendor.example/security/a/b.pdf",
    "\\\\cdn.example\\sla.pdf": "https://cdn.example/sla.pdf",
    "a|b&amp;c.pdf": "https://vendor.example/security/a%7Cb&c.pdf",
    "https://例え.example/": "https://xn--r8jz45g.example/",
    "": None,
    "#sla": None,
    "page.html?tab=1#sla": None,
    "javascript:open('sla.pdf')": None,
    " java\nscript:x": None,
    "mailto:sla@vendor.example": None,
    "data:text/plain,sla": None,
    "tel:0312345678": None,
    "ftp://vendor.example/sla.pdf": None,
    "blob:https://vendor.example/1": None,
    "https:///sla.pdf": None,
    "https://me:secret@vendor.example/": None,
    "https:/cdn.example/sla.pdf": None,
    "https:sla.pdf": None,
    "///cdn.example/sla.pdf": None,
    "https://exa mple/": None,
    "https://vendor.example:99999/": None,
}


@each(ADDRESSES)
def test_address(program, written):
    answer = found(program, f"<a href=\"{written}\">LINK</a>", "LINK")
    if ADDRESSES[written]:
        assert answer == ADDRESSES[written], answer
    else:
        assert answer.startswith("fetch-error: ") and "'link' (LINK) matches none of the 0 links" in answer, answer


def test_base(program):
    link = "<a href='sla.pdf'>SLA</a>"
    assert found(program, "<base target=_top><base href='/files/'><base href='/no/'>" + link, "SLA") == "https://vendor.example/files/sla.pdf"
    assert found(program, "<base href='//cdn.example/x/y'>" + link, "SLA") == "https://cdn.example/x/sla.pdf"
    assert found(program, "<base href='javascript:x'>" + link, "SLA") == "https://vendor.example/security/sla.pdf"
    here = "<a href='#sla'>SLA</a>"
    assert found(program, "<base href='?tab=2#b/c'>" + here, "SLA") == "https://vendor.example/security/page.html?tab=2"


def test_what_is_tried(program):
    page = """<a href="/1/%E8%B3%87%E6%96%99.pdf"><b>第２版</b> の <img src=x alt="セキュリティ"></a><a href="2.pdf?a=1">two</a>
              <a href=3.pdf aria-label="three three"><img src=y></a><map><area href=4.pdf alt=four></map><a>five</a>"""
    first = "https://vendor.example/1/%E8%B3%87%E6%96%99.pdf"
    for pattern in ["資料", "%E8%B3%87", "^/1/", r"^https://vendor\.example/1/", r"第\d版", "セキュリティ"]:
        assert found(program, page, pattern) == first, pattern
    assert found(program, page, "^two$").endswith("2.pdf?a=1")
    assert found(program, page, r"\.pdf\?a").endswith("2.pdf?a=1")
    assert found(program, page, "three three").endswith("3.pdf")
    assert found(program, page, "four").endswith("4.pdf")
    assert "none of the 4 links on this page" in found(program, page, "five")
    assert "none of the 4 links on this page" in found(program, page, "TWO")
    assert found(program, page, "(?i)TWO").endswith("2.pdf?a=1")


# Each row from older to newer; the newer must win whichever comes first.
DATES = [
    ("sla_20250401.pdf", "sla_20260401.pdf"),
    ("2025-12-31", "2026-1-5"),
    ("2026/4/1", "2026/4/10"),
    ("2025年12月1日", "２０２６年１月１日"),
    ("令和7年4月1日", "令和8年4月1日"),
    ("平成31年4月30日", "令和元年5月1日"),
    ("2025年4月", "R8.4.1"),
    ("202511", "202602"),
    ("2025年", "2026年版"),
    ("2026年3月", "2026.04.01"),
    ("/2025/11/sla.pdf", "/2026/02/sla.pdf"),
    ("sla-20260401115959.pdf", "sla-20260402.pdf"),
    ("2020-04-01 2021-04-01", "2019-04-01 から 2022-04-01"),
    ("no date", "2001年1月1日"),
    ("20269999", "2001年1月1日"),
    ("1.2.3", "2001年1月1日"),
    ("120260401999", "2001年1月1日"),
    ("2026-02-30", "2001年1月1日"),
]


def link(name, text):
    return f"<p><a href='{name}/SLA'>SLA {text}</a>"


@each(["text", "address"])
def test_newest_date(program, place):
    for older, newer in DATES:
        links = [link(name, text) if place == "text" else f"<p><a href='{name}/{text.strip('/')}'>SLA</a>"
                 for name, text in (("old", older), ("new", newer))]
        for page in ("".join(links), "".join(reversed(links)), link("1", "") + "".join(links) + link("2", "")):
            answer = found(program, page, "SLA")
            assert answer.startswith("https://vendor.example/security/new/"), f"{older} {newer}: {answer}"


def test_first_of_those_alike(program):
    assert found(program, link("one", "") + link("two", ""), "SLA").endswith("one/SLA")
    same = link("a", "") + link("one", "2026年4月1日") + link("two", "2026/04/01")
    assert found(program, same, "SLA").endswith("one/SLA")


def test_encodings(program):
    page = "<meta charset=shift_jis><a href='a.pdf'>サービスレベル</a>"
    assert found(program, page.encode("cp932"), "サービスレベル").endswith("/a.pdf")
    bare = "<a href='a.pdf'>サービスレベルの一覧です</a>"
    assert found(program, bare.encode("euc-jp"), "レベル", "EUC-JP").endswith("/a.pdf")
    assert found(program, b"\xff\xfe" + bare.encode("utf-16-le"), "レベル").endswith("/a.pdf")


def test_errors(program):
    assert "none of the 0 links on this page" in found(program, "no links here", "x")
    assert "none of the 1 link on this page" in found(program, "<a href=a.pdf>A</a>", "zz")
    assert "missing closing parenthesis" in found(program, "<a href=a.pdf>A</a>", "((")
    assert "is not a web address" in found(program, "<a href=a.pdf>A</a>", "A", address="nowhere")
    runaway = "<a href=a.pdf>" + "x" * 60 + " y</a>"
    assert "'link' takes too many steps" in found(program, runaway, "(x+x+)+y"), found(program, runaway, "(x+x+)+y")


def test_hostile_pages(program):
    answers = [found(program, page, "SLA") for page in (
        "<a href='SLA'>" * 20000, "<div>" * 50000 + "<a href=SLA>", "<a href='" + "x" * 3000000 + "SLA'>SLA</a>",
        "<base href='" + "x" * 3000000 + "'><a href=ok>SLA</a>", "<a href=ok>SLA" + "2026" * 700000 + "</a>",
        "\0<a href='\0SLA\ud7ff'>", b"<a href='\xff\xfeSLA'>\xff".decode("latin1"))]
    assert answers[3].endswith("/security/ok") and answers[4].endswith("/security/ok"), answers
