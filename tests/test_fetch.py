"""The fetcher and one server: what it makes of each answer that a server may give."""
import gzip
import json
import re
import tempfile
import time
from datetime import datetime
from pathlib import Path

from fetching import PDF, assert_failed, assert_fetched, fetch, fetch_all, part
from web_server import Reply, WebServer, cut, cut_chunks, document, endless, gzipped, http_date, in_turn, raw, redirect, slow, status


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
        assert_failed(fetch(program, server.url("/x")), "nothing changed .304., to a request without conditions")


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
        assert_failed(fetch(program, f'page={server.url("/docs/")} link=x'), "the limit is 8 MiB", "too-large")


def test_error_page_with_status_200_is_a_body(program):
    # What it is worth is decided where it is converted.
    with WebServer() as server:
        server.paths["/x.pdf"] = status(200, {"Content-Type": "text/html; charset=Shift_JIS"}, b"<html>sorry")
        result = fetch(program, server.url("/x.pdf"))
        assert_fetched(result, b"<html>sorry")
        assert result["charset"] == "Shift_JIS"


# Statuses

def test_statuses(program):
    expected = {204: "without a document", 206: "a part", 300: "does not say where to", 302: "does not say where to", 400: "status 400", 401: "password",
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
            assert least <= second.time - first.time < least + 60, second.time - first.time


def test_retry_after_that_is_too_long(program):
    with WebServer() as server:
        server.paths["/seconds"] = status(429, {"Retry-After": "3600"})
        server.paths["/date"] = lambda request: Reply(503, {"Retry-After": http_date(3600)})
        server.paths["/ever"] = status(429, {"Retry-After": "99999999999999999999"})
        begun = time.time()
        results, _ = fetch_all(program, "-", lines=map(server.url, ("/seconds", "/date")))
        results.append(fetch(program, server.url("/ever")))
        for result, seconds in zip(results, (3600, 3600, 7 * 24 * 3600)):
            assert_failed(result, "asks to retry after")
            assert begun - 2 < result["not-before"] - seconds < time.time() + 2, result
        assert len(server.log) == 3 + 2


def test_not_before(program):
    with WebServer() as server:
        server.paths["/x"] = document(PDF)
        then = int(time.time()) + 1000
        result = fetch(program, f'{server.url("/x")} not-before={then}')
        assert_failed(result, datetime.fromtimestamp(then).strftime("no request before %Y-%m-%d"))
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
        assert_failed(fetch(program, server.url("/bomb")), "the limit is 64 MiB", "too-large")
        assert server.asked("/bomb") == 1 and time.monotonic() - started < 100


def test_too_large(program):
    with WebServer() as server:
        server.paths["/said"] = lambda request: Reply(200, {}, [b"x"], length=65 << 20)
        server.paths["/unsaid"] = endless()
        results, _ = fetch_all(program, "-", lines=map(server.url, ("/said", "/unsaid")))
        for result in results:
            assert_failed(result, "the limit is 64 MiB", "too-large")


def test_large_but_allowed(program):
    body = bytes(64 << 20)
    with WebServer() as server:
        server.paths["/x"] = status(200, body=body)
        assert_fetched(fetch(program, server.url("/x")), body)


def test_slow(program):
    with WebServer() as server:
        server.paths["/x"] = slow(PDF, 100)
        server.paths["/y"] = slow(PDF, 0.5)
        started = time.monotonic()
        assert_failed(fetch(program, "--seconds=1", server.url("/x")), "too slow")
        assert time.monotonic() - started < 50 and server.asked("/x") == 1
        assert_fetched(fetch(program, "--seconds=60", server.url("/y")))


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


def test_all_requests_of_a_document_share_one_time(program):
    """A server that sends a little now and then, redirects for ever or fails slowly ends with the time for one document."""
    def later(seconds, reply):
        def answer(request):
            time.sleep(seconds)
            return reply(request)
        return answer

    with WebServer() as server:
        server.paths["/drops"] = slow(b"x" * 20000, 100, pieces=500)
        server.paths["/1"], server.paths["/2"], server.paths["/3"] = (later(1, redirect(to)) for to in ("/2", "/3", "/4"))
        server.paths["/fails"] = later(1, status(503, {"Retry-After": "1"}))
        server.paths["/page"] = later(1.5, document(b'<a href="/late.pdf">SLA</a>', media_type="text/html"))
        server.paths["/late.pdf"] = later(1.5, document(PDF))
        for words, said in ((["/drops"], "too slow: not there after 2"), (["/1"], "too slow: not there after 2"), (["/fails"], "out of service"),
                            (["/page", "SLA"], "too slow: not there after 2")):
            started = time.monotonic()
            wanted = f"page={server.url(words[0])} link={words[1]}" if len(words) > 1 else server.url(words[0])
            assert_failed(fetch(program, "--seconds=2", wanted), said)
            assert time.monotonic() - started < 40, words  # the first would take 100 s
        assert_fetched(fetch(program, "--seconds=100", f"page={server.url('/page')} link=SLA"))


def test_a_password_in_an_address_is_refused_and_shown_nowhere(program):
    with tempfile.TemporaryDirectory() as folder:
        for address in ("https://me:s3cret@vendor.example/a.pdf", "https://s3cret@vendor.example/a.pdf", "ftp://me:s3cret@vendor.example/a.pdf",
                        "https:///me:s3cret@vendor.example/a.pdf", "http://me:s3cret@@vendor.example:1/"):
            for words in (["convert"], ["convert", "-o", folder + "/out/"], ["show", "rows"], ["diff", "corpus/yoinoma/service-level.html"]):
                called = program(*words, address)
                assert called.status and "password" in called.err and "***@" in called.err, called.err
                assert "s3cret" not in called.err + called.text
        ledger = Path(folder, "out/ledger.jsonl").read_text()
        assert "s3cret" not in ledger and "***@vendor.example" in ledger and "password" in ledger
        assert not [path for path in Path(folder).rglob("*") if "s3cret" in path.name]
