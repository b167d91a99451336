"""mail - hostile mails and saved pages."""
import base64

from hostile.kind import chance, kinds_of
from hostile.web import page

MAILS = {}
kind = kinds_of("eml", MAILS)
LIMITS = "limit-cpu limit-wall limit-memory limit-size limit-pages"
START = b"From: a@vendor.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n"


def parts(*those, head=START, kind_of_parts=b"mixed"):
    return head + b'Content-Type: multipart/%s; boundary="B"\r\n\r\n' % kind_of_parts + b"".join(b"--B\r\n" + part + b"\r\n" for part in those) + b"--B--\r\n"


def part(content, head=b"Content-Type: text/html; charset=utf-8"):
    return head + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(content)


@kind("sheet limit-size", count=4)
def parts_in_parts(n):
    inner = part(page())
    for _ in range((3, 15, 60, 500)[n]):
        inner = parts(inner, head=b"")
    return START + inner


@kind("sheet limit-size no-sheet", count=4)
def parts_without_end(n):
    return parts(part(page()), *[part(b"x", b"Content-Type: text/plain")] * (10, 90, 900, 20_000)[n])


@kind("sheet damaged no-sheet unsupported", count=6)
def encodings_that_lie(n):
    head = (b"Content-Transfer-Encoding: x", b"Content-Transfer-Encoding: quoted-printable", b"Content-Transfer-Encoding: uuencode", b"Content-Type: text/html; charset=" + b"x" * 9999,
            b"Content-Type: text/html; charset=utf-7", b"Content-Type: text/html; charset*0*=%ff''%00; charset*99999999=x")[n]
    return parts(head + b"\r\n\r\n" + page())


@kind("sheet unsupported", count=4)
def names_that_climb(n):
    name = (b"../../../../tmp/climbed", b"/etc/passwd", b"a\0b.html", b"x" * 5000)[n]
    return parts(part(page(), b'Content-Type: text/html; charset=utf-8; name="%s"\r\nContent-Disposition: attachment; filename="%s.html"' % (name, name)))


@kind("sheet no-sheet unsupported damaged", count=4)
def heads_without_end(n):
    more = (b"X: y\r\n" * 20_000, b"Subject: " + b"=?utf-8?B?44GC?= " * 9999 + b"\r\n", b"To: " + b"<" * 20_000 + b"\r\n", b"References: " + b"(" * 50_000 + b"\r\n")[n]
    return parts(part(page()), head=more + START)


@kind("sheet unsupported limit-size", count=4, ending="mhtml")
def frames_that_go_round(n):
    frame = b'<html><body><iframe src="cid:a%d@x"></iframe></body></html>'
    made = [frame % ((at + 1) % (n + 1)) for at in range(n + 1)]
    those = [part(content, b"Content-Type: text/html; charset=utf-8\r\nContent-ID: <a%d@x>" % at) for at, content in enumerate(made)]
    return parts(part(page(after='<iframe src="cid:a0@x"></iframe>')), *those, kind_of_parts=b"related")


@kind("sheet damaged no-sheet unsupported limit-size", count=8, loses=True)
def flipped_bits(n):
    data, source = bytearray(parts(part(page()))), chance(n)
    for _ in range(2 ** n):
        data[source.randrange(len(data))] ^= 1 << source.randrange(8)
    return bytes(data)
