"""Addresses that are not public: no form of them is ever connected to."""
import socket

from fetching import PDF, assert_failed, fetch, fetch_all, part
from test_manifest import part as part_of_manifest
from testing import Skip
from web_server import WebServer, document, redirect

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
        lines = forbidden(watched.port)
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


# Where parsers disagree: GLib's, libcurl's and those of browsers find different hosts in these, or none. One reading, for a link on a page
# as for an address that is asked; None: it is refused.
READINGS = {
    "http://127.0.0.1\\@public.example/": "http://127.0.0.1/@public.example/",
    "http:\\\\127.0.0.1\\a": "http://127.0.0.1/a",
    "http://2130706433/": "http://127.0.0.1/",
    "http://0x7f.1/": "http://127.0.0.1/",
    "http://%31%32%37.0.0.1/": "http://127.0.0.1/",
    "http://１２７。0。0。1/": "http://127.0.0.1/",
    "http://%30/": "http://0.0.0.0/",
    "http://127.0.0.1?@public.example/": "http://127.0.0.1/?@public.example/",
    "http://127.0.0.1#@public.example/": "http://127.0.0.1/",
    "http://127.0.0.1:80/a|b": "http://127.0.0.1/a%7Cb",
    "http:/127.0.0.1/": None,
    "http:///127.0.0.1/": None,
    "http:127.0.0.1": None,
    "http://../": None,
    "http://public.example%2F@127.0.0.1%00/": None,
    "http://a@b@127.0.0.1/": None,
}


def test_one_reading(program):
    results, err = fetch_all(program, "--attempts=1", "-", private=False, lines=list(READINGS))
    assert "connect" not in err, err
    for result, (written, address) in zip(results, READINGS.items()):
        assert (result["end"], result.get("address")) == ("blocked" if address else "failed", address), (written, result)
    for written, address in READINGS.items():
        page = f'<meta charset=utf-8><a href="{written}">LINK</a>'.encode()
        status, out, err = part_of_manifest(program, "link", "https://vendor.example/", "LINK", stdin=page)
        assert (out.strip() or None, status) == (address, 0 if address else 1), (written, out, err)


def test_allowed_addresses_would_have_been_connected_to(program):
    # Else the test above would pass whatever is done.
    with Watched() as watched:
        hosts = ("127.0.0.1", "2130706433", "0x7f.1", "127.1", "0", "localhost", "[::1]", "[::ffff:7f00:1]", "inside.example")
        for host in hosts:
            assert any(fetch(program, "--attempts=1", f"--seconds={seconds}", "--resolve=inside.example=127.0.0.1", f"http://{host}:{watched.port}/")
                       and watched.connections() for seconds in (0.3, 3, 30)), host  # the more, the busier the machine


def test_page_and_known_and_links_are_checked_too(program):
    with Watched() as watched:
        inside = f"http://127.0.0.1:{watched.port}/"
        results, err = fetch_all(program, "--attempts=1", "-", private=False, lines=[
            f"page={inside} link=x", f'page={inside} link=x known={inside} page-etag="1"', f'{inside} etag="1"'])
        assert [result["end"] for result in results] == ["blocked"] * 3, results
        assert watched.connections() == 0 and "connect" not in err


def test_blocked_says_why(program):
    result = fetch(program, "--resolve=inside.example=10.1.2.3", "http://user:secret@inside.example/x", private=False)
    assert_failed(result, r"^http://inside\.example/x: is at 10\.1\.2\.3 \(private, RFC 1918\), which is not a public address; .*--allow-private-addresses$", "blocked")


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
    "not an internet address": "x 1.2.3 1.2.3.4.5 127.1 1.2.3.4/8 [::1] %",
}


def test_table_of_addresses(program):
    expected = [(address, meaning) for meaning, addresses in SOCKET_ADDRESSES.items() for address in addresses.split()]
    printed = part(program).good("--address", *(address for address, _ in expected)).text.splitlines()
    wrong = [(address, meaning, line) for (address, meaning), line in zip(expected, printed) if not line.startswith(meaning)]
    assert not wrong and len(printed) == len(expected), wrong
