"""The fetcher at large: many documents and hosts, what the environment says, TLS, and its own end."""
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time

from fetching import PDF, assert_failed, assert_fetched, fetch, fetch_all, part
from testing import SANITIZERS, Skip
from web_server import WebServer, document, redirect, slow, status


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
        results, _ = fetch_all(program, *[f"--resolve={name}=127.0.0.1" for name in names], "-", lines=lines)
        assert [result["end"] for result in results] == ["fetched"] * 8, results
        assert server.most_at_once == 8, f"{server.most_at_once} at once"
        fetch_all(program, "--hosts=2", *[f"--resolve={name}=127.0.0.1" for name in names[:4]], "-", lines=lines[:4])


def test_many_hosts(program):
    with WebServer("0.0.0.0") as server:
        server.otherwise = document(PDF)
        hosts = [f"127.0.{i // 250}.{i % 250 + 1}" for i in range(1000)]
        results, _ = fetch_all(program, "-", lines=[server.url("/x", host) for host in hosts])
        assert [result["end"] for result in results] == ["fetched"] * 1000, results
        assert server.connections == server.asked("/robots.txt") == server.asked("/x") == 1000, server.connections


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
        assert seconds < 300, f"{seconds:.1f} seconds"


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
    assert time.monotonic() - started < 50


def test_host_that_goes_down_is_left_alone(program):
    with WebServer() as server:
        server.otherwise = status(503)
        server.paths["/robots.txt"] = status(404)
        results, _ = fetch_all(program, "--attempts=2", "-", lines=[server.url(f"/{i}") for i in range(50)])
        for result in results:
            assert_failed(result, "out of service")
        assert len(server.log) == 1 + 3 * 2


def test_name_that_does_not_exist(program):
    result = fetch(program, "--attempts=2", "http://nowhere.example/x")
    assert_failed(result, "http://nowhere.example/x: .*unknown host name")


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


# Ends before their time

def child_of(process):
    with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as children:
        return [int(word) for word in children.read().split()]


def started(program, server, *words):
    """The part, at work on a document that takes long, and its child."""
    server.paths["/x"] = document(PDF)
    server.paths["/slow"] = slow(PDF, 60, 600)
    process = subprocess.Popen([part(program).path, "--allow-private", *words, server.url("/slow"), server.url("/x")], text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C.UTF-8", **SANITIZERS})
    deadline = time.monotonic() + 200
    while not server.asked("/slow") and time.monotonic() < deadline:
        time.sleep(0.02)
    return process, child_of(process)[0]


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
        out, err = process.communicate(timeout=2000)
        results = [json.loads(line) for line in out.splitlines()]
        assert process.returncode == 0 and len(results) == 2, (out, err)
        lost, other = sorted(results, key=lambda result: result["end"] != "failed")
        assert_failed(lost, r"^http://127.*: the process that fetches ended \(Killed\)")
        assert other["end"] == "fetched", "what was not under way is asked for by another process"


def test_fetcher_that_is_killed_again_and_again(program):
    with WebServer() as server:
        server.otherwise = slow(PDF, 60, 600)
        server.paths["/robots.txt"] = status(404)
        addresses = [server.url(f"/{number}") for number in range(6)]
        process = subprocess.Popen([part(program).path, "--allow-private", *addresses], text=True, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C.UTF-8", **SANITIZERS})
        killed = set()
        for number in range(3):
            deadline = time.monotonic() + 200
            alive = []
            while not (alive and server.asked(f"/{number}")) and time.monotonic() < deadline:
                time.sleep(0.02)
                alive = [child for child in child_of(process) if child not in killed]
            os.kill(alive[0], signal.SIGKILL)
            killed.add(alive[0])
        out, err = process.communicate(timeout=2000)
        assert process.returncode == 0 and len(out.splitlines()) == 6, (out, err)
        for line in out.splitlines():
            assert_failed(json.loads(line), r"the process that fetches ended \(Killed\)")
        assert server.asked("/3") == 0, "a third process took over"


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
        deadline = time.monotonic() + 100
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
