"""The fetcher against a server on loopback: tests/parts/fetch.c drives it, with the real code of the program."""
import gzip
import hashlib
import json
import os
import re
import signal
import socket
import subprocess
import time
from datetime import datetime

from testing import SANITIZERS, Program, Skip
from web_server import (Reply, WebServer, cut, cut_chunks, document, endless, gzipped, http_date, in_turn, raw, redirect, slow,
                        status)

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40
PRIVATE = "--allow-private-addresses"


def part(program):
    return Program(program.path.parent / "part-fetch")


def fetch_all(program, *words, private=True, lines=(), **options):
    """The results, by request, and what is said on standard error."""
    allowed = ["--allow-private"] if private else []
    done = part(program).good(*allowed, *words, stdin="\n".join(lines).encode(), **options)
    results = sorted(map(json.loads, done.text.splitlines()), key=lambda result: result["request"])
    for result in results:
        assert all(ord(character) >= 32 for character in result.get("reason", "")), result
    return results, done.err


def fetch(program, *words, **options):
    """The one result."""
    results, _ = fetch_all(program, *words, **options)
    assert len(results) == 1, results
    return results[0]


def assert_fetched(result, body=PDF):
    assert result["end"] == "fetched", result
    assert (result["bytes"], result["offset"]) == (len(body), 0), result
    assert result["sha256"] == hashlib.sha256(body).hexdigest(), result


def assert_failed(result, words, end="failed"):
    assert result["end"] == end, result
    assert re.search(words, result["reason"]), f"{result['reason']!r} has no {words!r}"


# What is there, and whether it has changed

def test_document(program):
    with WebServer() as server:
        server.paths["/sheet.pdf"] = document(PDF, '"1"', http_date(-1000), "application/pdf; Charset=\"UTF-8\"")
        result = fetch(program, server.url("/sheet.pdf#page=2"))
        assert_fetched(result)
        assert result["etag"] == '"1"' and result["modified"] and result["charset"] == "UTF-8", result
        assert result["address"] == result["final"] == server.url("/sheet.pdf"), result
        headers = server.requests("/sheet.pdf")[0].headers
        assert headers["user-agent"].startswith("checksheet/") and "cookie" not in headers, headers
        assert "if-none-match" not in headers and "if-modified-since" not in headers, headers
        assert server.asked("/robots.txt") == 1 and server.connections == 1


def test_not_modified(program):
    date = http_date(-1000)
    with WebServer() as server:
        server.paths["/etag"] = document(PDF, '"1"')
        server.paths["/date"] = document(PDF, modified=date)
        results, _ = fetch_all(program, "-", lines=[
            f'{server.url("/etag")} etag="1"', f'{server.url("/etag")} etag="old"', f'{server.url("/etag")} etag="1" for=http://x/'])
        assert [result["end"] for result in results] == ["not-modified", "fetched", "fetched"], results
        assert results[0]["etag"] == '"1"' and results[1]["etag"] == '"1"', results
        assert "if-none-match" not in server.requests("/etag")[2].headers


def test_date_has_spaces(program):
    # The driver splits at blanks; "_" cannot be one, so the date is given in a form without them.
    with WebServer() as server:
        server.paths["/date"] = document(PDF, modified="Thu,01Jan1970")
        result = fetch(program, f'{server.url("/date")} modified=Thu,01Jan1970')
        assert result["end"] == "not-modified" and result["modified"] == "Thu,01Jan1970", result


def test_not_modified_without_being_asked(program):
    with WebServer() as server:
        server.paths["/x"] = status(304)
        assert_failed(fetch(program, server.url("/x")), "nothing changed .304., and was not asked")


def test_new_revision_in_place(program):
    with WebServer() as server:
        server.paths["/x"] = in_turn(document(PDF, '"1"'), document(PDF + b"2", '"2"'))
        assert_fetched(fetch(program, server.url("/x")))
        result = fetch(program, f'{server.url("/x")} etag="1"')
        assert_fetched(result, PDF + b"2")
        assert result["etag"] == '"2"'


def page(*links, **options):
    body = "<!DOCTYPE html><title>links</title>" + "".join(f'<a href="{link}">{link}</a>' for link in links)
    return document(body.encode(), media_type="text/html", **options)


def test_page(program):
    with WebServer() as server:
        server.paths["/docs/"] = in_turn(page("sla-1.pdf", etag='"p1"'), page("sla-1.pdf", etag='"p1"'), page("sla-2.pdf", etag='"p2"'))
        server.paths["/docs/sla-1.pdf"] = document(PDF, '"1"')
        server.paths["/docs/sla-2.pdf"] = document(PDF + b"2", '"2"')
        first, known = f'page={server.url("/docs/")} link=sla.*pdf', server.url("/docs/sla-1.pdf")
        result = fetch(program, first)
        assert_fetched(result)
        assert result["address"] == known and result["page-etag"] == '"p1"', result
        kept = f'{first} page-etag="p1" known={known} etag="1" for={known}'
        result = fetch(program, kept)
        assert result["end"] == "not-modified" and result["page-etag"] == '"p1"' and result["address"] == known, result
        result = fetch(program, kept)
        assert_fetched(result, PDF + b"2")
        assert result["page-etag"] == '"p2"' and result["address"] == server.url("/docs/sla-2.pdf"), result
        assert "if-none-match" not in server.requests("/docs/sla-2.pdf")[0].headers


def test_page_without_the_link(program):
    with WebServer() as server:
        server.paths["/docs/"] = page("other.pdf", etag='"p1"')
        result = fetch(program, f'page={server.url("/docs/")} link=sla.*pdf')
        assert_failed(result, re.escape(server.url("/docs/")))
        assert "page-etag" not in result or result["end"] == "failed"


def test_page_that_was_redirected_to(program):
    with WebServer() as server:
        server.paths["/docs"] = redirect("/docs/", 301)
        server.paths["/docs/"] = page("sla-1.pdf", etag='"p1"')
        server.paths["/docs/sla-1.pdf"] = document(PDF)
        result = fetch(program, f'page={server.url("/docs")} link=sla.*pdf')
        assert_fetched(result)
        assert result["address"] == server.url("/docs/sla-1.pdf") and "page-etag" not in result, result


def test_page_is_not_asked_conditionally_when_nothing_is_known(program):
    with WebServer() as server:
        server.paths["/docs/"] = page("sla-1.pdf", etag='"p1"')
        server.paths["/docs/sla-1.pdf"] = document(PDF)
        assert_fetched(fetch(program, f'page={server.url("/docs/")} link=sla.*pdf page-etag="p1"'))


def test_page_too_large(program):
    with WebServer() as server:
        server.paths["/docs/"] = endless(b" " * 65536)
        assert_failed(fetch(program, f'page={server.url("/docs/")} link=x'), "limit of 8 MiB")


def test_error_page_with_status_200_is_a_body(program):
    # What it is worth is decided where it is converted.
    with WebServer() as server:
        server.paths["/x.pdf"] = status(200, {"Content-Type": "text/html; charset=Shift_JIS"}, b"<html>sorry")
        result = fetch(program, server.url("/x.pdf"))
        assert_fetched(result, b"<html>sorry")
        assert result["charset"] == "Shift_JIS"


# Statuses

def test_statuses(program):
    expected = {204: "without a document", 206: "a part", 300: "elsewhere", 302: "elsewhere", 400: "status 400", 401: "password",
                403: "refuses", 404: "no such document", 410: "gone for good", 418: "status 418", 451: "legal", 600: "status 600"}
    with WebServer() as server:
        for code in expected:
            server.paths[f"/{code}"] = status(code)
        results, _ = fetch_all(program, "-", lines=[server.url(f"/{code}") for code in expected])
        for result, (code, words) in zip(results, expected.items()):
            assert_failed(result, words)
            assert str(code) in result["reason"] and server.url(f"/{code}") in result["reason"], result
            assert server.asked(f"/{code}") == 1
        assert server.connections <= 2  # 600 is no HTTP


def test_long_error_page(program):
    with WebServer() as server:
        server.paths["/x"] = status(404, body=b"x" * 5_000_000)
        assert_failed(fetch(program, server.url("/x")), "404")


def test_errors_that_pass(program):
    with WebServer() as server:
        for code in (408, 429, 500, 502, 503, 504, 599):
            server.paths[f"/{code}"] = in_turn(status(code), document(PDF))
            server.paths[f"/{code}/always"] = status(code)
            assert_fetched(fetch(program, server.url(f"/{code}")))
            assert_failed(fetch(program, "--attempts=3", server.url(f"/{code}/always")), str(code))
            assert server.asked(f"/{code}/always") == 3


def test_retry_after_is_obeyed(program):
    with WebServer() as server:
        server.paths["/seconds"] = in_turn(status(429, {"Retry-After": "1"}), document(PDF))
        server.paths["/date"] = in_turn(lambda request: Reply(503, {"Retry-After": http_date(2)}), document(PDF))
        for path, least in (("/seconds", 1), ("/date", 0.9)):
            assert_fetched(fetch(program, server.url(path)))
            first, second = server.requests(path)
            assert least <= second.time - first.time < least + 3, second.time - first.time


def test_retry_after_that_is_too_long(program):
    with WebServer() as server:
        server.paths["/seconds"] = status(429, {"Retry-After": "3600"})
        server.paths["/date"] = lambda request: Reply(503, {"Retry-After": http_date(3600)})
        server.paths["/ever"] = status(429, {"Retry-After": "99999999999999999999"})
        results, _ = fetch_all(program, "-", lines=map(server.url, ("/seconds", "/date")))
        results.append(fetch(program, server.url("/ever")))
        for result, seconds in zip(results, (3600, 3600, 7 * 24 * 3600)):
            assert_failed(result, "patience")
            assert abs(result["not-before"] - time.time() - seconds) < 10, result
        assert len(server.log) == 3 + 2


def test_not_before(program):
    with WebServer() as server:
        server.paths["/x"] = document(PDF)
        then = int(time.time()) + 1000
        result = fetch(program, f'{server.url("/x")} not-before={then}')
        assert_failed(result, datetime.fromtimestamp(then).strftime("not to be asked before %Y-%m-%d"))
        assert result["not-before"] == then and server.connections == 0
        assert_fetched(fetch(program, f'{server.url("/x")} not-before={int(time.time()) - 1}'))


def test_retry_after_values(program):
    now = 1_700_000_000
    values = {"0": 0, "120": 120, "1000000": 604800, "Tue, 14 Nov 2023 22:13:30 GMT": 10, "Tuesday, 14-Nov-23 22:13:30 GMT": 10,
              "Tue Nov 14 22:13:30 2023": 10, "Tue, 14 Nov 2000 22:13:30 GMT": 0, "soon": -1, "1.5x": -1, "": -1}
    printed = part(program).good("--retry-after", "--", str(now), *values).text.split()
    assert [float(line) for line in printed] == list(values.values()), printed


# Redirects

def chain(server, length, code=302):
    for i in range(length):
        server.paths[f"/{i}"] = redirect(f"/{i + 1}", code)
    server.paths[f"/{length}"] = document(PDF, '"end"')


def test_redirects(program):
    for code in (301, 302, 303, 307, 308):
        with WebServer() as server:
            chain(server, 5, code)
            result = fetch(program, server.url("/0"))
            assert_fetched(result)
            assert (result["address"], result["final"]) == (server.url("/0"), server.url("/5")), result
            assert server.asked("/robots.txt") == 1


def test_validators_go_to_the_end_of_a_redirect(program):
    with WebServer() as server:
        chain(server, 2)
        result = fetch(program, f'{server.url("/0")} etag="end" for={server.url("/2")}')
        assert result["end"] == "not-modified" and result["final"] == server.url("/2"), result
        assert "if-none-match" not in server.requests("/0")[0].headers


def test_too_many_redirects(program):
    with WebServer() as server:
        chain(server, 6)
        server.paths["/loop"] = redirect("/loop")
        results, _ = fetch_all(program, "-", lines=map(server.url, ("/0", "/loop")))
        for result in results:
            assert_failed(result, "more than 5 redirects")
        assert server.asked("/6") == 0 and server.asked("/loop") == 6


def test_redirect_to_another_host(program):
    with WebServer() as server, WebServer() as other:
        server.paths["/x"] = redirect(other.url("/x", "other.example"))
        server.paths["/closed"] = redirect(other.url("/closed", "other.example"))
        other.paths["/x"] = other.paths["/closed"] = document(PDF)
        other.paths["/robots.txt"] = document(b"User-agent: *\nDisallow: /closed\n")
        results, _ = fetch_all(program, "--resolve=other.example=127.0.0.1", "-", lines=map(server.url, ("/x", "/closed")))
        assert_fetched(results[0])
        assert_failed(results[1], "robots.txt")
        assert other.asked("/closed") == 0 and other.asked("/robots.txt") == 1


def test_redirects_that_are_not_followed(program):
    targets = ["ftp://127.0.0.1/x", "file:///etc/passwd", "gopher://127.0.0.1/", "data:text/plain,x", "javascript:alert(1)", "http://",
               "http:///x", "//", "http://[::1/", "http://127.0.0.1:99999/", "dict://127.0.0.1:11211/stat", "unix:///run/x"]
    with WebServer() as server:
        for i, target in enumerate(targets):
            server.paths[f"/{i}"] = redirect(target)
        results, _ = fetch_all(program, "--attempts=1", "-", lines=[server.url(f"/{i}") for i in range(len(targets))])
        for result in results:
            assert_failed(result, re.escape(server.url()))
        assert not [request for request in server.log if not re.fullmatch(r"/(\d+|robots.txt)", request.path)], server.log


def test_user_and_password_are_not_sent(program):
    with WebServer() as server:
        server.paths["/x"] = redirect(server.url("/y", "u:p@127.0.0.1"))
        server.paths["/y"] = document(PDF)
        server.paths["/z"] = status(404)
        result = fetch(program, server.url("/x", "user:secret@127.0.0.1"))
        assert_fetched(result)
        assert not [request for request in server.log if "authorization" in request.headers]
        assert "secret" not in json.dumps(result) and "u:p" not in json.dumps(result), result
        result = fetch(program, server.url("/z", "user:secret@127.0.0.1"))
        assert_failed(result, "404")
        assert "secret" not in result["reason"]


# Bodies

def test_gzip(program):
    with WebServer() as server:
        server.paths["/x"] = gzipped(PDF, '"1"')
        server.paths["/two"] = status(200, {"Content-Encoding": "x-gzip"}, gzip.compress(PDF) + gzip.compress(PDF))
        server.paths["/more"] = status(200, {"Content-Encoding": "gzip"}, gzip.compress(PDF) + bytes(1000))
        results, _ = fetch_all(program, "-", lines=map(server.url, ("/x", "/two", "/more")))
        assert_fetched(results[0])
        assert_fetched(results[1], PDF + PDF)
        assert_fetched(results[2])
        assert "gzip" in server.requests("/x")[0].headers["accept-encoding"]


def test_gzip_that_is_none(program):
    packed = gzip.compress(PDF * 100)
    with WebServer() as server:
        server.paths["/cut"] = status(200, {"Content-Encoding": "gzip"}, packed[:-20])
        server.paths["/plain"] = status(200, {"Content-Encoding": "gzip"}, PDF)
        server.paths["/spoilt"] = status(200, {"Content-Encoding": "gzip"}, packed[:100] + b"????????" + packed[108:])
        results, _ = fetch_all(program, "--attempts=2", "-", lines=map(server.url, ("/cut", "/plain", "/spoilt")))
        for result in results:
            assert_failed(result, "compressed")
        assert server.asked("/cut") == 2
        for encoding in ("br", "deflate", "gzip, gzip", "zstd\x1b[31m"):
            server.paths["/odd"] = gzipped(PDF, encoding=encoding) if encoding != "gzip, gzip" else status(
                200, {"Content-Encoding": encoding}, packed)
            result = fetch(program, "--attempts=1", server.url("/odd"))
            assert result["end"] == "failed" or "\x1b" in encoding, result


def test_gzip_bomb(program):
    bomb = gzip.compress(bytes(1 << 20)) * 1000
    with WebServer() as server:
        server.paths["/bomb"] = status(200, {"Content-Encoding": "gzip"}, bomb)
        started = time.monotonic()
        assert_failed(fetch(program, server.url("/bomb")), "limit of 64 MiB")
        assert server.asked("/bomb") == 1 and time.monotonic() - started < 20


def test_too_large(program):
    with WebServer() as server:
        server.paths["/said"] = lambda request: Reply(200, {}, [b"x"], length=65 << 20)
        server.paths["/unsaid"] = endless()
        results, _ = fetch_all(program, "-", lines=map(server.url, ("/said", "/unsaid")))
        for result in results:
            assert_failed(result, "limit of 64 MiB")


def test_large_but_allowed(program):
    body = bytes(64 << 20)
    with WebServer() as server:
        server.paths["/x"] = status(200, body=body)
        assert_fetched(fetch(program, server.url("/x")), body)


def test_slow(program):
    with WebServer() as server:
        server.paths["/x"] = slow(PDF, 30)
        server.paths["/y"] = slow(PDF, 0.5)
        started = time.monotonic()
        assert_failed(fetch(program, "--seconds=1", server.url("/x")), "too slow")
        assert time.monotonic() - started < 5 and server.asked("/x") == 1
        assert_fetched(fetch(program, "--seconds=10", server.url("/y")))


def test_cut(program):
    with WebServer() as server:
        for name, broken in (("length", cut(PDF)), ("chunks", cut_chunks(PDF)), ("nothing", raw(b"")),
                             ("head", raw(b"HTTP/1.1 200 OK\r\nContent-Le"))):
            server.paths[f"/{name}"] = broken
            server.paths[f"/{name}/passes"] = in_turn(broken, document(PDF))
            result = fetch(program, "--attempts=2", server.url(f"/{name}"))
            assert result["end"] == "failed" and "bytes" not in result, result
            assert_fetched(fetch(program, server.url(f"/{name}/passes")))
            assert server.asked(f"/{name}") >= 2


def test_empty(program):
    with WebServer() as server:
        server.paths["/x"] = document(b"")
        server.paths["/y"] = gzipped(b"")
        results, _ = fetch_all(program, "-", lines=map(server.url, ("/x", "/y")))
        for result in results:
            assert_failed(result, "empty")


def test_no_http(program):
    answers = [b"SSH-2.0-OpenSSH_9.2\r\n", b"<html>HTTP/0.9</html>", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200_000, b"\0" * 10000,
               b"HTTP/1.1 999999 X\r\n\r\n",
               b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", b"HTTP/1.1 100 Continue\r\n\r\n" * 20000,
               b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nx"]
    with WebServer() as server:
        for i, answer in enumerate(answers):
            server.paths[f"/{i}"] = raw(answer)
        results, _ = fetch_all(program, "--attempts=1", "-", lines=[server.url(f"/{i}") for i in range(len(answers))])
        assert [result["end"] for result in results] == ["failed"] * len(answers), results


def test_headers_that_cannot_be_kept(program):
    with WebServer() as server:
        server.paths["/long"] = document(PDF, '"' + "x" * 5000 + '"')
        server.paths["/control"] = raw(b"HTTP/1.1 200 OK\r\nETag: \"a\x1b[31m\"\r\nLast-Modified: \xff\xfe\r\nContent-Length: 2\r\n\r\nhi")
        results, _ = fetch_all(program, "-", lines=map(server.url, ("/long", "/control")))
        for result in results:
            assert result["end"] == "fetched" and "etag" not in result and "modified" not in result, result


# robots.txt

def robots(text):
    return document(text.encode(), media_type="text/plain")


def test_robots(program):
    with WebServer() as server:
        server.paths["/robots.txt"] = robots("User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /closed\nAllow: /closed/open\n")
        for path in ("/x", "/closed/x", "/closed/open", "/robots.txt"):
            server.paths.setdefault(path, document(PDF))
        results, _ = fetch_all(program, "-", lines=map(server.url, ("/x", "/closed/x", "/closed/open")))
        assert_fetched(results[0])
        assert_failed(results[1], "robots.txt asks")
        assert_fetched(results[2])
        assert server.asked("/robots.txt") == 1 and server.asked("/closed/x") == 0 and server.log[0].path == "/robots.txt"


def test_robots_that_cannot_be_read(program):
    with WebServer() as server:
        server.paths["/x"] = document(PDF)
        for reply, end in ((status(404), "fetched"), (status(403), "fetched"), (status(401), "fetched"), (status(410), "fetched"),
                           (status(500), "failed"), (status(503), "failed"), (status(429), "failed"), (raw(b""), "failed"),
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
        assert_failed(results[0], "robots.txt asks")
        assert results[1]["end"] == "failed", results


def test_robots_without_end(program):
    with WebServer() as server:
        server.paths["/x"] = document(PDF)
        server.paths["/robots.txt"] = endless(b"User-agent: *\nDisallow: /y\n" + b"#" * 65536 + b"\n")
        assert_fetched(fetch(program, server.url("/x")))
        server.paths["/robots.txt"] = endless(b"User-agent: *\nDisallow: /x\n" + b"#" * 65536 + b"\n")
        assert_failed(fetch(program, server.url("/x")), "robots.txt asks")


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
    ("User-agent: *\nDisallow: /%e3%83%84\n", "/ツツ/", ""),
    ("User-agent: *\nDisallow: /ツ\n", "/x", "/%E3%83%84 /%e3%83%84x /ツ"),
    ("User-agent: *\nDisallow: /foo/bar?baz=http://x\n", "/foo/bar", "/foo/bar?baz=http://x"),
    ("User-agent: *\nDisallow: /%7Euser/a%2Fb\n", "/~user/a/b", "/~user/a%2Fb /%7euser/a%2fb"),
    ("User-agent: *\nDisallow: x\n", "/x", ""),
    ("User-agent: *\nDis-allow: /x\nDisallow /y\n:\n\0\n", "/x /y", ""),
    ("User-agent: *\nDisallow: " + "/*a" * 2000 + "b\n", "/" + "/a" * 2000, ""),
]
ROBOTS[25] = ("User-agent: *\nDisallow: /%e3%83%84\n", "/x", "/ツツ/ /%E3%83%84")


def test_robots_rules(program, tmp=None):
    import tempfile
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


# Many documents, many hosts

def test_one_connection_a_host(program):
    with WebServer() as server:
        server.otherwise = document(PDF)
        results, _ = fetch_all(program, "-", lines=[server.url(f"/{i}") for i in range(100)])
        assert [result["end"] for result in results] == ["fetched"] * 100
        assert server.connections == 1 and len(server.log) == 102 - 1


def test_hosts_side_by_side(program):
    with WebServer() as server:
        server.otherwise = slow(PDF, 0.5)
        names = [f"h{i}.example" for i in range(8)]
        lines = [server.url("/x", name) for name in names]
        started = time.monotonic()
        results, _ = fetch_all(program, *[f"--resolve={name}=127.0.0.1" for name in names], "-", lines=lines)
        assert [result["end"] for result in results] == ["fetched"] * 8, results
        assert time.monotonic() - started < 4 and server.most_at_once == 8
        fetch_all(program, "--hosts=2", *[f"--resolve={name}=127.0.0.1" for name in names[:4]], "-", lines=lines[:4])


def test_ten_thousand_unchanged(program):
    with WebServer() as server:
        server.paths["/robots.txt"] = status(404)
        server.otherwise = document(PDF, '"1"')
        lines = [f'{server.url(f"/documents/{i}.pdf")} etag="1"' for i in range(10_000)]
        started = time.monotonic()
        results, _ = fetch_all(program, "-", lines=lines)
        seconds = time.monotonic() - started
        assert {result["end"] for result in results} == {"not-modified"} and len(results) == 10_000
        assert server.connections == 1 and len(server.log) == 10_001
        assert seconds < 30, f"{seconds:.1f} seconds"


def test_reader_that_takes_its_time(program):
    with WebServer() as server:
        server.otherwise = document(PDF)
        results, _ = fetch_all(program, "--rest=0.01", "--seconds=2", "-", lines=[server.url(f"/{i}") for i in range(300)])
        assert [result["end"] for result in results] == ["fetched"] * 300


def test_host_that_is_down(program):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    started = time.monotonic()
    results, _ = fetch_all(program, "-", lines=[f"http://127.0.0.1:{port}/{i}" for i in range(50)])
    for i, result in enumerate(results):
        assert_failed(result, f"http://127.0.0.1:{port}/{i}: .*no connection")
    assert time.monotonic() - started < 5


def test_host_that_goes_down_is_left_alone(program):
    with WebServer() as server:
        server.otherwise = status(503)
        server.paths["/robots.txt"] = status(404)
        results, _ = fetch_all(program, "--attempts=2", "-", lines=[server.url(f"/{i}") for i in range(50)])
        for result in results:
            assert_failed(result, "not in service")
        assert len(server.log) == 1 + 3 * 2


def test_name_that_does_not_exist(program):
    result = fetch(program, "--attempts=2", "http://nowhere.example/x")
    assert_failed(result, "http://nowhere.example/x: .*no host of that name")


def test_nothing_to_do(program):
    assert fetch_all(program, "-", lines=[]) == ([], "")


def test_addresses_that_are_none(program):
    lines = ["", "x", "ftp://127.0.0.1/", "http://", "https:///x", "file:///etc/passwd", "http://a b/", "//x/", "http://[::1",
             "http://127.0.0.1:x/", "http://\u202ex/", "http://x/\x1b[31m", "http://x/" + "y" * 8500, "javascript:1"]
    lines = [line for line in lines if len(line) < 8000]
    results, _ = fetch_all(program, "--attempts=1", "-", lines=lines)
    for result in results:
        assert result["end"] == "failed" and "\u202e" not in result["reason"], result


# The way out: nothing of the environment is believed

def test_proxies_and_passwords_of_the_environment(program):
    with WebServer() as server, WebServer() as proxy:
        server.paths["/x"] = status(200, {"Set-Cookie": "a=b"}, PDF)
        names = ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY")
        results, _ = fetch_all(program, server.url("/x"), server.url("/x"), environment=dict.fromkeys(names, proxy.url()))
        assert_fetched(results[1])
        assert proxy.connections == 0 and not [request for request in server.log if "cookie" in request.headers]


# TLS

def self_made_certificate(folder, name="127.0.0.1"):
    try:
        subprocess.run(["/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                        "-subj", "/CN=test", "-addext", f"subjectAltName={'IP' if name[0].isdigit() else 'DNS'}:{name}",
                        "-keyout", f"{folder}/key.pem", "-out", f"{folder}/certificate.pem"], check=True, capture_output=True)
    except FileNotFoundError as missing:
        raise Skip("openssl is not installed") from missing
    return f"{folder}/certificate.pem", f"{folder}/key.pem"


def test_tls(program):
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        certificate, key = self_made_certificate(folder)
        with WebServer(certificate=certificate, key=key) as server, WebServer() as plain:
            server.paths["/x"] = plain.paths["/x"] = document(PDF)
            server.paths["/down"] = redirect(plain.url("/x"))
            plain.paths["/up"] = redirect(server.url("/x"))
            trust = {"SSL_CERT_FILE": certificate}
            assert_failed(fetch(program, server.url("/x")), "certificate cannot be verified")
            assert not server.log
            assert_fetched(fetch(program, server.url("/x"), environment=trust))
            assert_fetched(fetch(program, plain.url("/up"), environment=trust))
            assert_failed(fetch(program, server.url("/down"), environment=trust), "from https to http")
            assert plain.asked("/x") == 0
            other_name = server.url("/x", "other.example")
            assert_failed(fetch(program, "--resolve=other.example=127.0.0.1", other_name, environment=trust), "verified")


# Addresses that are not public

NUMBERS = ["127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "2130706433", "017700000001", "0177.0.0.1", "0177.0.0.01", "0x7f000001",
           "0x7F000001", "0x7f.0.0.1", "0x7f.1", "0x7f.0x0.0x0.0x1", "127.0.0.2", "127.255.255.254", "127.000.000.001", "127.0.0.0x1",
           "0", "0.0.0.0", "0x0", "00", "0.0", "000000000000", "1.0.0.127.in-addr.arpa", "%31%32%37.0.0.1", "127%2E0%2E0%2E1",
           "%30", "１２７.0.0.1", "１２７．０．０．１", "127。0。0。1", "127｡0｡0｡1", "①②⑦.⓪.⓪.①", "①②⑦.0.0.1", "𝟏𝟐𝟕.0.0.1",
           "localhost", "LOCALHOST", "LocalHost", "localhost.", "ｌｏｃａｌｈｏｓｔ", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "l%6Fcalhost", "local\u00adhost"]
SIXES = ["::1", "::", "0:0:0:0:0:0:0:1", "0000:0000:0000:0000:0000:0000:0000:0001", "::ffff:127.0.0.1", "::ffff:7f00:1", "::FFFF:7F00:1",
         "0:0:0:0:0:ffff:127.0.0.1", "::ffff:0:127.0.0.1", "::127.0.0.1", "::7f00:1", "::ffff:0.0.0.0", "64:ff9b::7f00:1",
         "64:ff9b::127.0.0.1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:7f00:0001::1", "2001::7f00:1", "fe80::1", "fe80::1%25lo",
         "fec0::1", "fc00::1", "fd00::2", "ff02::1", "ff0e::1", "100::1", "2001:db8::1", "3fff::1", "4000::1", "::ffff:10.0.0.1",
         "2002:a00:1::", "64:ff9b::a00:1"]
ELSEWHERE = ["10.0.0.1", "10.255.255.255", "012.0.0.1", "167772161", "0xa.1", "100.64.0.1", "100.127.255.255", "169.254.169.254",
             "0xa9fea9fe", "2852039166", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.2", "192.88.99.1",
             "192.168.0.1", "192.168.1", "3232235777", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
             "239.255.255.250", "240.0.0.1", "255.255.255.255", "4294967295"]
AROUND = ["http://public.example@{}/", "http://public.example:80@{}/", "http://public.example%2F@{}/", "HTTP://{}/", "http:\\\\{}\\",
          "http:/{}/", "http:///{}/", "http://{}?@public.example/", "http://{}#@public.example/", "http://{}\\@public.example/"]
NAMES = {"inside.example": "127.0.0.1", "six.example": "::1", "mapped.example": "::ffff:127.0.0.1", "cloud.example": "169.254.169.254",
         "nat.example": "64:ff9b::7f00:1", "zero.example": "0.0.0.0", "ten.example": "10.0.0.1", "xn--zckzah.example": "127.0.0.1"}
RESOLVE = [f"--resolve={name}={address}" for name, address in NAMES.items()]


class Watched:
    """A server at every loopback address there is, at one port, that must not be connected to."""

    def __enter__(self):
        for _ in range(20):
            self.first = socket.create_server(("0.0.0.0", 0))
            self.port = self.first.getsockname()[1]
            self.listeners = [self.first]
            try:
                six = socket.socket(socket.AF_INET6)
                six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                six.bind(("::", self.port))
                six.listen()
                self.listeners.append(six)
                return self
            except OSError:
                self.first.close()
        raise Skip("no port is free for both families")

    def __exit__(self, *_):
        for listener in self.listeners:
            listener.close()

    def connections(self):
        count = 0
        for listener in self.listeners:
            listener.setblocking(False)
            try:
                while True:
                    listener.accept()
                    count += 1
            except BlockingIOError:
                pass
        return count


def forbidden_hosts(port):
    return [f"{host}:{port}" for host in NUMBERS + ELSEWHERE + list(NAMES) + ["テスト.example"]] + [f"[{six}]:{port}" for six in SIXES]


def forbidden(port):
    around = [form.format(f"127.0.0.1:{port}") for form in AROUND]
    return [f"http://{host}/" for host in forbidden_hosts(port)] + [f"https://{host}/" for host in forbidden_hosts(port)[::5]] + around


def test_forbidden_addresses(program):
    with Watched() as watched:
        lines = [line for line in forbidden(watched.port)]
        assert len(set(lines)) >= 60
        results, err = fetch_all(program, "--pause=0", "--attempts=1", *RESOLVE, "-", lines=lines, private=False)
        assert watched.connections() == 0
        assert len(results) == len(lines) and "connect" not in err, err
        ends = {line: result for line, result in zip(lines, results) if result["end"] != "blocked"}
        for line, result in ends.items():
            assert result["end"] == "failed", (line, result)
        # All that a resolver takes for an address is told as what it is.
        plain = [f"http://{host}:{watched.port}/" for host in ("127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0", "localhost",
                 "127.0.0.1.", "１２７.0.0.1", "%31%32%37.0.0.1", "[::1]", "[::ffff:7f00:1]", "[2002:7f00:1::]", "169.254.169.254",
                 "inside.example", "six.example", "cloud.example")] + [f"http://public.example@127.0.0.1:{watched.port}/"]
        assert not [line for line in plain if line in ends], [ends.get(line) for line in plain]
        return len(lines), len(ends)


def test_allowed_addresses_would_have_been_connected_to(program):
    # Else the test above would pass whatever is done.
    with Watched() as watched:
        hosts = ("127.0.0.1", "2130706433", "0x7f.1", "127.1", "0", "localhost", "[::1]", "[::ffff:7f00:1]", "inside.example")
        for host in hosts:
            before = time.monotonic()
            fetch(program, "--attempts=1", "--seconds=0.3", "--resolve=inside.example=127.0.0.1", f"http://{host}:{watched.port}/")
            assert watched.connections() >= 1 and time.monotonic() - before < 5, host


def test_page_and_known_and_links_are_checked_too(program):
    with Watched() as watched:
        inside = f"http://127.0.0.1:{watched.port}/"
        results, err = fetch_all(program, "--attempts=1", "-", private=False, lines=[
            f"page={inside} link=x", f'page={inside} link=x known={inside} page-etag="1"', f'{inside} etag="1"'])
        assert [result["end"] for result in results] == ["blocked"] * 3, results
        assert watched.connections() == 0 and "connect" not in err


def test_blocked_says_why(program):
    result = fetch(program, "--resolve=inside.example=10.1.2.3", "http://user:secret@inside.example/x", private=False)
    assert_failed(result, r"^http://inside\.example/x: is at 10\.1\.2\.3 \(private, RFC 1918\), which is not a public address$", "blocked")


def test_public_addresses_are_tried(program):
    # Refused by the connect of tests/parts/fetch.c: no packet leaves.
    results, err = fetch_all(program, "--attempts=1", "--resolve=public.example=8.8.4.4", "http://public.example/x", "http://[2a00:1450::5]/",
                             "http://9.9.9.9/", "http://[64:ff9b::808:808]/", private=False)
    assert [result["end"] for result in results] == ["failed"] * 4, results
    assert {line for line in err.splitlines() if line.startswith("connect")} == {
        "connect 8.8.4.4", "connect 2a00:1450::5", "connect 9.9.9.9", "connect 64:ff9b::808:808"}, err


def test_pause(program):
    # At public hosts only; 8.8.8.8 is led to loopback.
    with WebServer() as server:
        server.otherwise = document(PDF)
        results, _ = fetch_all(program, "--route=8.8.8.8", "--pause=0.3", "-", private=False,
                               lines=[server.url(f"/{i}", "8.8.8.8") for i in range(4)])
        assert [result["end"] for result in results] == ["fetched"] * 4, results
        times = [request.time for request in server.log]
        assert all(0.29 <= later - earlier < 2 for earlier, later in zip(times, times[1:])), times


def test_name_that_changes_its_answer(program):
    # The first look-up gives a public address, the later ones loopback: each connection is checked, not each name.
    with Watched() as watched:
        url = f"http://turning.example:{watched.port}/"
        for answers in ("8.8.8.8,127.0.0.1", "8.8.8.8,8.8.8.8,127.0.0.1", "127.0.0.1,8.8.8.8"):
            results, _ = fetch_all(program, "--attempts=4", f"--resolve=turning.example={answers}", url, url + "2", private=False)
            assert {result["end"] for result in results} <= {"blocked", "failed"}, results
        assert watched.connections() == 0


def test_redirect_to_what_is_not_public(program):
    # The server is at 8.8.8.8, which tests/parts/fetch.c leads to loopback.
    with WebServer() as server, Watched() as watched:
        targets = forbidden(watched.port)
        for i, target in enumerate(targets):
            server.paths[f"/{i}"] = redirect(target)
        results, err = fetch_all(program, "--pause=0", "--attempts=1", "--route=8.8.8.8", *RESOLVE, "-",
                                 lines=[server.url(f"/{i}", "8.8.8.8") for i in range(len(targets))], private=False)
        assert server.asked("/0") == 1, results[:2]
        assert watched.connections() == 0 and "connect" not in err, err
        assert {result["end"] for result in results} <= {"blocked", "failed"}, results
        assert sum(result["end"] == "blocked" for result in results) > 60


SOCKET_ADDRESSES = {
    "public": "1.0.0.0 1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255 "
              "169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.0.3.0 192.167.255.255 192.169.0.0 198.17.255.255 "
              "198.20.0.0 198.51.99.255 203.0.112.255 203.0.114.0 223.255.255.255 2000::1 2001:200::1 2001:4860:4860::8888 2001:db7::1 "
              "2001:db9::1 2002:808:808::1 2003::1 2400:3200::1 2606:4700::1111 2a00:1450::1 3fff:1000::1 3ffd::1 64:ff9b::8.8.8.8",
    "this network": "0.0.0.0 0.1.2.3 0.255.255.255", "private": "10.0.0.0 10.255.255.255 172.16.0.0 172.31.255.255 192.168.0.0 "
    "192.168.255.255 fc00:: fdff:ffff::1 64:ff9b::10.0.0.1 2002:c0a8:1::", "shared": "100.64.0.0 100.127.255.255",
    "loopback": "127.0.0.0 127.0.0.1 127.255.255.255 ::1 64:ff9b::127.0.0.1 2002:7f00:1::", "link-local": "169.254.0.0 169.254.169.254 "
    "169.254.255.255 fe80::1 febf::1 fe80::1%eth0 64:ff9b::a9fe:a9fe", "protocol": "192.0.0.0 192.0.0.8 192.0.0.255 2001:1::1 2001:20::1 "
    "2001:1ff::1", "documentation": "192.0.2.0 192.0.2.255 198.51.100.0 198.51.100.255 203.0.113.0 203.0.113.255 2001:db8::1 "
    "2001:db8:ffff::1 3fff::1 3fff:fff::1", "6to4 relay": "192.88.99.0 192.88.99.255", "benchmarking": "198.18.0.0 198.19.255.255",
    "multicast": "224.0.0.0 239.255.255.255 ff00:: ff02::1", "reserved": "240.0.0.0 255.255.255.254", "AS112": "192.31.196.1 192.175.48.1",
    "broadcast": "255.255.255.255", "unspecified": "::", "an IPv4 address": "::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 ::2 "
    "::ffff:0:8.8.8.8", "NAT64": "64:ff9b:1::1 64:ff9b:1:ffff::8.8.8.8", "discarded": "100::1", "Teredo": "2001::1 2001:0:7f00:1::",
    "site-local": "fec0::1 feff::1", "not given out": "1::1 200::1 400::1 64:ff9b:2::1 4000::1 8000::1 e000::1 fe00::1",
    "no address": "x 1.2.3 1.2.3.4.5 127.1 1.2.3.4/8 [::1] %",
}


def test_table_of_addresses(program):
    expected = [(address, meaning) for meaning, addresses in SOCKET_ADDRESSES.items() for address in addresses.split()]
    printed = part(program).good("--address", *(address for address, _ in expected)).text.splitlines()
    wrong = [(address, meaning, line) for (address, meaning), line in zip(expected, printed) if not line.startswith(meaning)]
    assert not wrong and len(printed) == len(expected), wrong


# Ends before their time

def started(program, server, *words):
    """The part, at work on a document that takes long, and its child."""
    server.paths["/x"] = document(PDF)
    server.paths["/slow"] = slow(PDF, 60, 600)
    process = subprocess.Popen([part(program).path, "--allow-private", *words, server.url("/slow"), server.url("/x")], text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C.UTF-8", **SANITIZERS})
    deadline = time.monotonic() + 20
    while not server.asked("/slow") and time.monotonic() < deadline:
        time.sleep(0.02)
    with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as children:
        return process, int(children.read().split()[0])


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_fetcher_that_is_killed(program):
    with WebServer() as server:
        process, child = started(program, server)
        os.kill(child, signal.SIGKILL)
        out, err = process.communicate(timeout=20)
        results = [json.loads(line) for line in out.splitlines()]
        assert process.returncode == 0 and len(results) == 2, (out, err)
        for result in results:
            assert_failed(result, r"^http://127.*: the process that fetches ended \(Killed\)")


def test_signals_for_the_group_do_not_end_the_fetcher(program):
    with WebServer() as server:
        process, child = started(program, server)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(child, number)
        time.sleep(0.3)
        assert is_alive(child)
        process.kill()
        process.communicate()


def test_fetcher_ends_with_its_parent(program):
    with WebServer() as server:
        process, child = started(program, server)
        process.kill()
        process.communicate()
        deadline = time.monotonic() + 10
        while is_alive(child) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not is_alive(child)


def test_fetcher_holds_only_what_it_needs(program):
    with WebServer() as server:
        process, child = started(program, server)
        folder = f"/proc/{child}/fd"
        held = {int(name): os.readlink(f"{folder}/{name}") for name in os.listdir(folder)}
        process.kill()
        process.communicate()
        assert held[0] == held[1] == "/dev/null", held
        kinds = sorted({re.sub(r"[\d:\[\]]+.*", "", name) for name in held.values()})
        assert len(held) < 16, kinds
