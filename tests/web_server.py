"""web_server - a web server on loopback, as good or bad as a test wants it.

    with WebServer() as server:
        server.paths["/sheet.pdf"] = document(b"%PDF-1.4 ...", etag='"1"')
        server.paths["/old.pdf"] = redirect("/sheet.pdf")
        server.paths["/busy.pdf"] = in_turn(status(429, {"Retry-After": "1"}), document(b"..."))
        ... server.url("/sheet.pdf") ...
        assert server.asked("/sheet.pdf") == 1

What stands in `paths` is a function from a Request to a Reply. What is not there is answered by `otherwise`, a 404. HTTP/1.1 with
connections that stay open; every request is kept in `log`, `connections` counts, `most_at_once` is the most that were open together.
"""
import email.utils
import gzip
import itertools
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus


@dataclass
class Request:
    path: str      # with its query
    headers: dict  # names in small letters
    connection: int
    time: float
    number: int    # the how manyth for this path, from 1


@dataclass
class Reply:
    status: int = 200
    headers: dict = field(default_factory=dict)
    body: object = b""    # bytes, or an iterable of bytes, sent one by one
    length: object = ...  # what Content-Length says: the body's, a number, or None: it is sent in chunks
    cut: bool = False     # the connection is closed after the body, without the end of the chunks
    raw: bool = False     # the body is all there is: status line and headers are in it; then the connection is closed


# What can stand in `paths`.

def document(body, etag=None, modified=None, media_type="application/pdf", headers=None):
    """A document that knows whether it has changed."""
    sent = {"Content-Type": media_type, **({"ETag": etag} if etag else {}), **({"Last-Modified": modified} if modified else {}),
            **(headers or {})}

    def reply(request):
        known = request.headers.get("if-none-match")
        if (known == etag) if known else modified and request.headers.get("if-modified-since") == modified:
            return Reply(304, {name: sent[name] for name in ("ETag", "Last-Modified") if name in sent})
        return Reply(200, sent, body)
    return reply


def status(code, headers=None, body=b"<!DOCTYPE html><title>no</title>"):
    return lambda request: Reply(code, headers or {}, body)


def redirect(to, code=302):
    return status(code, {"Location": to})


def in_turn(*replies):
    """The first reply to the first request, …, and the last one from then on."""
    return lambda request: replies[min(request.number, len(replies)) - 1](request)


def gzipped(body, etag=None, encoding="gzip"):
    packed = body if encoding != "gzip" else gzip.compress(body)
    return status(200, {"Content-Encoding": encoding, **({"ETag": etag} if etag else {})}, packed)


def slow(body, seconds, pieces=10):
    """SECONDS in all, in pieces."""
    size = max(1, len(body) // pieces)

    def parts():
        for start in range(0, len(body), size):
            time.sleep(seconds / pieces)
            yield body[start:start + size]
    return lambda request: Reply(200, {}, parts(), length=len(body))


def cut(body, missing=100):
    """Content-Length says more than comes."""
    return lambda request: Reply(200, {}, body, length=len(body) + missing, cut=True)


def cut_chunks(body):
    return lambda request: Reply(200, {}, [body], length=None, cut=True)


def endless(piece=b"x" * 65536):
    return lambda request: Reply(200, {}, itertools.repeat(piece), length=None)


def raw(content):
    return lambda request: Reply(body=content, raw=True)


def http_date(seconds_from_now=0):
    return email.utils.formatdate(time.time() + seconds_from_now, usegmt=True)


class WebServer:
    """certificate, key: files; with them it speaks TLS."""

    def __init__(self, address="127.0.0.1", certificate=None, key=None):
        self.family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.listener = socket.create_server((address, 0), family=self.family, backlog=128)
        self.address, self.port = address, self.listener.getsockname()[1]
        self.paths, self.log, self.numbers = {}, [], {}
        self.otherwise = status(404)
        self.connections = self.open = self.most_at_once = 0
        self.lock = threading.Lock()
        self.sockets = set()
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate, key)

    def __enter__(self):
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        with self.lock:
            for connection in self.sockets:
                connection.close()

    def url(self, path="/", host=None):
        host = host or (f"[{self.address}]" if ":" in self.address else self.address)
        return f"http{'s' if self.context else ''}://{host}:{self.port}{path}"

    def asked(self, path):
        """How often it was asked for PATH."""
        return sum(request.path == path for request in self.log)

    def requests(self, path):
        return [request for request in self.log if request.path == path]

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with self.lock:
                self.connections += 1
                self.open += 1
                self.most_at_once = max(self.most_at_once, self.open)
                number = self.connections
                self.sockets.add(connection)
            threading.Thread(target=self.serve, args=(connection, number), daemon=True).start()

    def serve(self, connection, number):
        plain = connection
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            with connection, connection.makefile("rb", 65536) as lines:
                while self.serve_one(connection, lines, number):
                    pass
        except (OSError, ValueError):
            pass  # whoever asked has gone
        finally:
            with self.lock:
                self.open -= 1
                self.sockets.discard(plain)
            plain.close()

    def serve_one(self, connection, lines, number):
        """FALSE: the connection ends."""
        words = lines.readline().decode("latin-1").split()
        if len(words) != 3:
            return False
        headers = {}
        while (line := lines.readline().rstrip(b"\r\n")):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        with self.lock:
            count = self.numbers[words[1]] = self.numbers.get(words[1], 0) + 1
            request = Request(words[1], headers, number, time.monotonic(), count)
            self.log.append(request)
        return send(connection, self.paths.get(request.path, self.otherwise)(request))


def send(connection, reply):
    if reply.raw:
        connection.sendall(reply.body)
        return False
    length = len(reply.body) if reply.length is ... else reply.length
    name = HTTPStatus(reply.status).phrase if reply.status in HTTPStatus._value2member_map_ else "Unknown"
    lines = [f"HTTP/1.1 {reply.status} {name}", *(f"{name}: {value}" for name, value in reply.headers.items())]
    if reply.status not in (204, 304):
        lines.append("Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}")
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")
    if reply.status in (204, 304):
        connection.sendall(head)
        return True
    if isinstance(reply.body, bytes) and length is not None:
        connection.sendall(head + reply.body)
        return not reply.cut
    connection.sendall(head)
    for piece in [reply.body] if isinstance(reply.body, bytes) else reply.body:
        connection.sendall(piece if length is not None else b"%x\r\n%s\r\n" % (len(piece), piece))
    if reply.cut:
        return False
    if length is None:
        connection.sendall(b"0\r\n\r\n")
    return True
