"""robots.txt: RFC 9309, rule by rule and as the fetcher obeys it."""
import tempfile

from fetching import PDF, assert_failed, assert_fetched, fetch, fetch_all, part
from web_server import WebServer, document, endless, gzipped, in_turn, raw, redirect, status


def robots(text):
    return document(text.encode(), media_type="text/plain")


def test_robots(program):
    with WebServer() as server:
        server.paths["/robots.txt"] = robots("User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /closed\nAllow: /closed/open\n")
        for path in ("/x", "/closed/x", "/closed/open", "/robots.txt"):
            server.paths.setdefault(path, document(PDF))
        results, _ = fetch_all(program, "-", lines=map(server.url, ("/x", "/closed/x", "/closed/open")))
        assert_fetched(results[0])
        assert_failed(results[1], "robots.txt disallows")
        assert_fetched(results[2])
        assert server.asked("/robots.txt") == 1 and server.asked("/closed/x") == 0 and server.log[0].path == "/robots.txt"


def test_robots_that_cannot_be_read(program):
    with WebServer() as server:
        server.paths["/x"] = document(PDF)
        for reply, end in ((status(404), "fetched"), (status(403), "fetched"), (status(401), "fetched"), (status(410), "fetched"),
                           (status(500), "failed"), (status(503), "failed"), (status(408), "failed"), (status(409), "fetched"), (status(429), "failed"), (raw(b""), "failed"),
                           (document(b""), "fetched"), (redirect("/robots.txt"), "fetched"), (status(204), "failed"),
                           (in_turn(status(500), status(404)), "fetched"), (gzipped(b"User-agent: *\nDisallow: /"), "failed")):
            server.numbers.clear()
            server.paths["/robots.txt"] = reply
            result = fetch(program, "--attempts=2", server.url("/x"))
            assert result["end"] == end, result
            if end == "failed" and "without an answer" not in result["reason"]:
                assert "robots.txt" in result["reason"], result


def test_robots_elsewhere(program):
    with WebServer() as server, WebServer() as other:
        server.paths["/x"] = document(PDF)
        server.paths["/robots.txt"] = redirect(other.url("/rules", "other.example"))
        other.paths["/rules"] = robots("User-agent: CheckSheet\nDisallow: /x")
        other.paths["/robots.txt"] = redirect(server.url("/robots.txt"))  # each waits for the other
        results, _ = fetch_all(program, "--resolve=other.example=127.0.0.1", server.url("/x"), other.url("/y", "other.example"))
        assert_failed(results[0], "robots.txt disallows")
        assert results[1]["end"] == "failed", results


def test_robots_without_end(program):
    with WebServer() as server:
        server.paths["/x"] = document(PDF)
        server.paths["/robots.txt"] = endless(b"User-agent: *\nDisallow: /y\n" + b"#" * 65536 + b"\n")
        assert_fetched(fetch(program, server.url("/x")))
        server.paths["/robots.txt"] = endless(b"User-agent: *\nDisallow: /x\n" + b"#" * 65536 + b"\n")
        assert_failed(fetch(program, server.url("/x")), "robots.txt disallows")


def test_crawl_delay(program):
    with WebServer() as server:
        server.paths["/robots.txt"] = robots("User-agent: *\nCrawl-delay: 0.4\n")
        server.otherwise = document(PDF)
        fetch_all(program, "-", lines=[server.url(f"/{i}") for i in range(3)])
        times = [request.time for request in server.log]
        assert all(0.39 <= later - earlier < 2 for earlier, later in zip(times, times[1:])), times


ROBOTS = [
    # robots.txt, what is allowed, what is not
    ("", "/ /x", ""),
    ("User-agent: *\nDisallow:\n", "/ /x", ""),
    ("User-agent: *\nDisallow: /\n", "/robots.txt", "/ /x"),
    ("user-AGENT : *\ndisallow : /x # because\n", "/ /y /X", "/x /x/y /xy"),
    ("\ufeffUser-agent: *\r\nDisallow: /x\r\n", "/y", "/x"),
    ("User-agent: *\rDisallow: /x\r", "/y", "/x"),
    ("Disallow: /x\n", "/x", ""),
    ("User-agent: checksheet\nDisallow: /a\n\nUser-agent: *\nDisallow: /b\n", "/b", "/a"),
    ("User-agent: *\nDisallow: /b\n\nUser-agent: CheckSheet/1.0\nDisallow: /a\n", "/b", "/a"),
    ("User-agent: checksheetbot\nDisallow: /a\n\nUser-agent: check\nDisallow: /b\n", "/a /b", ""),
    ("User-agent: x\nUser-agent: checksheet\nDisallow: /a\nUser-agent: y\nDisallow: /b\n", "/b", "/a"),
    ("User-agent: checksheet\nDisallow: /a\n\nUser-agent: checksheet\nDisallow: /b\n", "/c", "/a /b"),
    ("User-agent: x\nSitemap: /map\nUser-agent: checksheet\nDisallow: /a\n", "/b", "/a"),
    ("User-agent: checksheet\n\nUser-agent: *\nDisallow: /\n", "", "/x"),
    ("User-agent: *\nDisallow: /\nAllow: /open\n", "/open /open/x", "/ /x"),
    ("User-agent: *\nAllow: /open\nDisallow: /\n", "/open /open/x", "/ /x"),
    ("User-agent: *\nAllow: /x\nDisallow: /x\n", "/x", ""),
    ("User-agent: *\nDisallow: /x/\nAllow: /x/y\nDisallow: /x/y/z\n", "/x /x/y /x/yy", "/x/ /x/a /x/y/z"),
    ("User-agent: *\nDisallow: /*.pdf\n", "/ /a.html", "/a.pdf /b/a.pdf /a.pdf?x /a.pdfx"),
    ("User-agent: *\nDisallow: /*.pdf$\n", "/a.pdf?x /a.pdfx", "/a.pdf /b/c.pdf.pdf"),
    ("User-agent: *\nDisallow: /a*b*c\n", "/ab /acb", "/abc /a1b2c3 /aabbcc"),
    ("User-agent: *\nDisallow: /$\n", "/x", "/"),
    ("User-agent: *\nDisallow: *\n", "", "/ /x"),
    ("User-agent: *\nDisallow: /a%2Ab\n", "/axb", "/a*b /a%2Ab /a%2ab"),
    ("User-agent: *\nDisallow: /a%24\n", "/a", "/a$ /a%24x"),
    ("User-agent: *\nDisallow: /%e3%83%84\n", "/x", "/ツツ/ /%E3%83%84"),
    ("User-agent: *\nDisallow: /ツ\n", "/x", "/%E3%83%84 /%e3%83%84x /ツ"),
    ("User-agent: *\nDisallow: /foo/bar?baz=http://x\n", "/foo/bar", "/foo/bar?baz=http://x"),
    ("User-agent: *\nDisallow: /%7Euser/a%2Fb\n", "/~user/a/b", "/~user/a%2Fb /%7euser/a%2fb"),
    ("User-agent: *\nDisallow: x\n", "/x", ""),
    ("User-agent: *\nDis-allow: /x\nDisallow /y\n:\n\0\n", "/x /y", ""),
    ("User-agent: *\nDisallow: " + "/*a" * 2000 + "b\n", "/" + "/a" * 2000, ""),
]


def test_robots_rules(program):
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/robots.txt"
        for text, allowed, forbidden in ROBOTS:
            with open(path, "wb") as file:
                file.write(text.encode())
            targets = allowed.split() + forbidden.split()
            printed = part(program).good("--robots", path, *targets).text.split()
            expected = ["yes"] * len(allowed.split()) + ["no"] * len(forbidden.split())
            assert printed[:-1] == expected, f"{text[:200]}\n{targets}\n{printed}"
        # What the limit cuts through is no rule: "/" of "/private".
        with open(path, "wb") as file:
            file.write(b"User-agent: *\n".ljust(500 * 1024 - 11, b"#")[:-1] + b"\nDisallow: /private\n")
        assert part(program).good("--robots", path, "/x").text.split() == ["yes", "0"]
