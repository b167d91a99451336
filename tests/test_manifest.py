"""vendors.yaml: what is loaded, and that each mistake in it is told with its line and column; `checksheet init`."""
import resource
import subprocess
import tempfile
from pathlib import Path

from testing import ROOT, SANITIZERS, Skip, each

HEAD = "vendors:\n  - id: a\n    documents:\n"
PAGE = HEAD + "      - id: b\n        page: https://v.example/\n"


def part(program, name, *words, stdin=b"", locale="C.UTF-8", cpu=1200):
    """Runs a part of the program by itself (tests/parts), for CPU seconds of CPU time at most."""
    done = subprocess.run([program.path.parent / f"part-{name}", *words], input=stdin, capture_output=True, timeout=12000,
                          check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu)), env={"PATH": "/usr/bin:/bin", **SANITIZERS, "LC_ALL": locale})
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode in (0, 1) and "Sanitizer" not in err and "CRITICAL" not in err, err
    return done.returncode, out, err


def load(program, content, *words, **more):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "vendors.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
        status, out, err = part(program, "manifest", folder, *words, **more)
        return status, out.replace(folder, "CORPUS"), err


def url(address):
    return HEAD + f"      - id: b\n        url: {address}\n"


def mistakes_of(program, content):
    """["LINE:COLUMN: text", ...]"""
    status, out, err = load(program, content)
    assert status == 1 and not out and err.startswith("wrong-manifest: "), (status, out, err)
    return [line.removeprefix("vendors.yaml:") for line in err.removeprefix("wrong-manifest: ").splitlines()]


# name: (content, ["LINE:COLUMN: a part of what is said", ...]); there are to be as many lines as here.
MISTAKES = {
    "empty": ("", ["1:1: the file is empty"]),
    "remarks-only": ("# nothing\n---\n", ["1:1: the file is empty"]),
    "no-vendors": ("suppliers: []\n", ["1:1: unknown key 'suppliers'; the keys here are 'vendors'", "1:1: 'vendors' is missing"]),
    "a-list": ("- id: a\n", ["1:1: the file begins with a line 'vendors:'"]),
    "a-text": ("vendors\n", ["1:1: the file begins with a line 'vendors:'"]),
    "password": (url("https://v.example/") + "        password: x\n", ["6:9: unknown key 'password'; the keys here are 'id', 'url', 'page', 'link', 'path', 'password_file'"]),
    "password-address": (url("https://v.example/") + "        password_file: https://v.example/p\n", ["6:24: 'password_file' is a file"]),
    "unknown-key": (url("https://v.example/") + "        titel: x\n", ["6:9: unknown key 'titel'; the keys here are 'id', 'url'"]),
    "missing-id": ("vendors:\n  - name: A\n    documents:\n      - path: x.pdf\n",
                   ["2:5: 'id' is missing", "4:9: 'id' is missing"]),
    "missing-documents": ("vendors:\n  - id: a\n", ["2:5: 'documents' is missing"]),
    "list-for-text": ("vendors:\n  - id: [a]\n    documents: []\n", ["2:9: 'id' is a text"]),
    "several-paths": (HEAD + "      - id: b\n        path:\n          - x.pdf\n", ["6:11: 'path' is a text"]),
    "text-for-list": ("vendors:\n  - id: a\n    documents: b.pdf\n", ["3:16: 'documents' is a list"]),
    "text-for-map": (HEAD + "      - b.pdf\n", ["4:9: each entry of 'documents' is made of lines 'key: value'"]),
    "no-value": ("vendors:\n  - id: a\n    name:\n    documents: []\n", ["3:10: 'name' has no value"]),
    "null": ("vendors:\n  - id: ~\n    documents: []\n", ["2:9: 'id' has no value"]),
    "vendor-twice": (url("https://v.example/") + "  - id: a\n    documents: []\n", ["6:9: the id 'a' a second time, first in line 2"]),
    "vendor-by-case": (url("https://v.example/") + "  - id: A\n    documents: []\n",
                       ["6:9: the id 'A' differs only in case from that of line 2"]),
    "document-twice": (url("https://v.example/") + "      - {id: b, path: x}\n", ["6:14: the id 'b' a second time, first in line 4"]),
    "document-by-case": (url("https://v.example/") + "      - {path: x, id: B}\n", ["6:23: the id 'B' differs only in case from that of line 4"]),
    "id-up": ("vendors:\n  - id: ..\n    documents: []\n", ["2:9: the id '..' becomes a file's name: begin it with"]),
    "id-hidden": ("vendors:\n  - id: .a\n    documents: []\n", ["2:9: the id '.a' becomes a file's name"]),
    "id-option": ("vendors:\n  - id: '-o'\n    documents: []\n", ["2:9: the id '-o' becomes a file's name"]),
    "id-folder": ("vendors:\n  - id: ../../etc\n    documents: []\n", ["2:9: the id '../../etc' becomes a file's name: letters"]),
    "id-space": ("vendors:\n  - id: a b\n    documents: []\n", ["2:9: the id 'a b' becomes a file's name: letters"]),
    "id-japanese": ("vendors:\n  - id: 例\n    documents: []\n", ["2:9: the id '例' becomes a file's name: letters"]),
    "id-nul": ('vendors:\n  - id: "a\\0b"\n    documents: []\n', ["2:9: 'id' contains a control character (U+0000)"]),
    "id-long": (f"vendors:\n  - id: {'a' * 101}\n    documents: []\n", ["2:9: an id of 101 characters, the limit is 100"]),
    "id-changes": (HEAD + "      - {id: a.Changes, path: x}\n", ["4:14: the id 'a.Changes' ends as"]),
    "address-scheme": (url("ftp://v.example/a.pdf"), ["5:14: an address begins with https:// or http://"]),
    "address-bare": (url("v.example/a.pdf"), ["5:14: an address begins with https:// or http://"]),
    "address-file": (url("file:///a.pdf"), ["5:14: an address begins with https:// or http://"]),
    "address-script": (url("'javascript:alert(1)'"), ["5:14: an address begins with https:// or http://"]),
    "address-host": (url("https:///a.pdf"), ["5:14: the address has no host"]),
    "address-port-only": (url("'https://:80/'"), ["5:14: the address has no host"]),
    "address-dots": (url("https://../a.pdf"), ["5:14: is not a web address"]),
    "address-port": (url("https://v.example:99999/"), ["5:14: is not a web address"]),
    "address-password": (url("https://me:secret@v.example/"), ["5:14: the address has a name or password"]),
    "address-space": (url("https://v.example/a b.pdf"), ["5:14: an address cannot contain a space"]),
    "address-backslash": (url("https://v.example\\a"), ["5:14: an address cannot contain '\\'; write %5C for it"]),
    "address-control": (url('"https://v.example/\\x01"'), ["5:14: 'url' contains a control character (U+0001)"]),
    "address-line-end": (url('"https://v.example/\\r\\nHost: x"'), ["5:14: 'url' contains a control character (U+000D)"]),
    "address-escape": (url("https://v.example/%zz"), ["5:14: expected two hexadecimal digits after '%'"]),
    "address-of-page": (PAGE.replace("https:", "gopher:") + "        link: a\n", ["5:15: an address begins with"]),
    "path-is-address": (HEAD + "      - id: b\n        path: https://v.example/\n", ["5:15: 'path' is a file of this machine"]),
    "two-origins": (url("https://v.example/") + "        path: x.pdf\n", ["6:9: 'path' beside 'url'"]),
    "three-origins": (PAGE + "        link: a\n        url: https://v.example/\n        path: x\n",
                      ["7:9: 'url' beside 'page'", "8:9: 'path' beside 'page'"]),
    "no-origin": (HEAD + "      - id: b\n", ["4:9: does not say where the document is"]),
    "page-alone": (PAGE, ["5:9: 'page' without 'link'"]),
    "link-alone": (HEAD + "      - id: b\n        link: a\n", ["5:9: 'link' without 'page'"]),
    "link-wrong": (PAGE + "        link: 'サ(('\n", ["6:15: 'link' is not a valid PCRE2 pattern: missing closing parenthesis, at character 4"]),
    "link-escape": (PAGE + '        link: "SLA.*\\.pdf"\n', ["6:21: '\\' has a meaning of its own in double quotes"]),
    "key-twice": (url("https://v.example/") + "        url: https://w.example/\n", ["6:9: 'url' a second time, first in line 5"]),
    "vendors-twice": ("vendors: []\nvendors: []\n", ["2:1: 'vendors' a second time, first in line 1"]),
    "key-is-list": ("? [vendors]\n: []\n", ["1:3: a key is one word"]),
    "not-utf-8": ("vendors:\n  - id: a\n    name: 会社\n".encode("shift_jis"), ["3:11: is not UTF-8"]),
    "utf-16": ("vendors: []\n".encode("utf-16"), ["1:1: is not UTF-8"]),
    "one-byte": (b"\xff", ["1:1: is not UTF-8"]),
    "nul": (b"vendors:\0\n", ["1:9: a control character (U+0000)"]),
    "bell": (b"vendors:\r\n  # \x07\r\n", ["2:5: a control character (U+0007)"]),
    "mark-inside": ("vendors: \ufeff[]\n", ["1:10: a control character (U+FEFF)"]),
    "tab": ("vendors:\n\t- id: a\n", ["2:1: a tab"]),
    "tab-inside": ("vendors:\n  - id: a\n  \tname: b\n", ["3:3: a tab"]),
    "byte-order-mark": ("\ufeffvendors: [a]\n", ["1:11: each entry of 'vendors' is made of lines"]),
    "carriage-returns": ("vendors:\r\n  - id: a\r\n    documents: 1\r\n", ["3:16: 'documents' is a list"]),
    "deep": ("vendors: " + "[" * 5000, ["1:25: is nested too deeply"]),
    "deep-lines": ("".join(" " * i + "- \n" for i in range(40)), ["17:17: is nested too deeply"]),
    "anchor": ("vendors: &all []\n", ["1:10: an anchor ('&')"]),
    "alias": ("vendors:\n  - id: a\n    name: *a\n    documents: []\n", ["3:11: an alias ('*')"]),
    "alias-key": ("*a : b\n", ["1:1: an alias ('*')"]),
    "bomb": ("a: &a [x,x]\nb: &b [*a,*a]\nvendors: [*b,*b]\n",
             ["1:1: unknown key 'a'", "1:4: an anchor", "2:1: unknown key 'b'", "2:4: an anchor", "2:8: an alias",
              "2:11: an alias", "3:11: an alias", "3:14: an alias"]),
    "merge": ("vendors:\n  - <<: {name: x}\n    id: a\n    documents: []\n", ["2:5: a merge key ('<<')"]),
    "tag": ("vendors:\n  - id: !!binary YQ\n    documents: []\n", ["2:9: a tag ('!')"]),
    "second-document": ("vendors: []\n---\nvendors: []\n", ["2:1: a second document"]),
    "version": ("%YAML 2.0\n---\nvendors: []\n", ["1:1: unsupported version of YAML"]),
    "quote-open": ("vendors:\n  - id: 'a\n    documents: []\n", ["2:9: unterminated quote"]),
    "bracket-open": ("vendors: [a\n", ["1:10: unterminated '['"]),
    "bracket-only": ("vendors: [\n", ["2:1: expected a value"]),
    "brace-open": ("vendors: [{id: a\n", ["1:11: unterminated '{'"]),
    "indented-too-far": ("vendors:\n  - id: a\n     documents: []\n", ["3:15: unexpected ':'"]),
    "indented-too-little": ("vendors:\n  - id: a\n documents: []\n", ["3:2: belongs to nothing above"]),
    "dash-forgotten": (url("https://v.example/") + "      id: c\n", ["6:7: does not continue the list above"]),
    "dash-in-line": ("vendors: - id: a\n", ["1:10: unexpected '-'"]),
    "sign-first": ("vendors:\n  - id: @a\n", ["2:9: a value cannot begin with this character"]),
    "colon-forgotten": ("vendors:\n  - id: a\n    documents\n    name: b\n", ["3:5: expected ':' after the key"]),
    "all-at-once": ("vendors:\n  - id: a/b\n    colour: red\n    documents:\n      - id: c\n        url: x\n      - id: c\n        path: y\n",
                    ["2:9: the id 'a/b'", "3:5: unknown key 'colour'", "6:14: an address begins", "7:13: the id 'c' a second time"]),
}


@each(MISTAKES)
def test_mistake(program, name):
    content, expected = MISTAKES[name]
    told = mistakes_of(program, content)
    assert len(told) == len(expected) and all(line.startswith(wanted) for line, wanted in zip(told, expected)), "\n".join(told)


def test_many_mistakes(program):
    told = mistakes_of(program, HEAD + "".join(f"      - {{id: '{number}', url: x}}\n" for number in range(250)))
    assert len(told) == 101 and told[-1] == "150 more mistakes", told[-1]


def test_large(program):
    assert mistakes_of(program, "vendors: []\n#" + "x" * (16 << 20)) == ["1:1: 17 MiB, the limit is 16 MiB; make two corpora of it"]
    assert mistakes_of(program, "vendors: [" + "a," * 1100000 + "]") == ["1:2000007: more than 1000000 values; make two corpora of it"]


LOADED = """\
vendors:
  - id: example
    name: 株式会社サンプル
    documents:
      - id: security-checksheet
        url: https://vendor.example/security/checksheet.pdf
      - id: sla
        page: https://vendor.example
        link: 'SLA.*\\.pdf'
  - {id: "2", documents: [{id: 1.5_b-C, path: received/sheet.pdf}, {path: ../up.pdf, id: up}, {id: far, path: /far.pdf}]}
  - id: empty
    documents:
  - id: escaped
    documents:
      - id: japanese
        url: HTTPS://例え.example/資料/%E8%B3%87.pdf?版=1
"""


def test_loaded(program):
    status, out, err = load(program, LOADED, "2", "example/sla")
    assert status == 0, err
    assert out.splitlines() == [
        "example/security-checksheet  vendor=example  vendor_name=株式会社サンプル  name=security-checksheet"
        "  url=https://vendor.example/security/checksheet.pdf",
        "example/sla  vendor=example  vendor_name=株式会社サンプル  name=sla  page=https://vendor.example/  link=SLA.*\\.pdf"
        "  is=example/sla",
        "2/1.5_b-C  vendor=2  name=1.5_b-C  path=CORPUS/received/sheet.pdf  is=2",
        "2/up  vendor=2  name=up  path=CORPUS/../up.pdf  is=2",
        "2/far  vendor=2  name=far  path=/far.pdf  is=2",
        "escaped/japanese  vendor=escaped  name=japanese"
        "  url=https://xn--r8jz45g.example/%E8%B3%87%E6%96%99/%E8%B3%87.pdf?%E7%89%88=1"], out


@each(["vendors:\n", "vendors: []\n", "vendors: ~\n", "\ufeffvendors: []", "vendors:\r\n", "%YAML 1.1\n---\nvendors: []\n...\n"])
def test_no_documents_yet(program, content):
    assert load(program, content) == (0, "", "")


def test_every_form_of_a_host(program):
    """What is no public address is not the manifest's to tell: the fetcher looks at the address that it connects to."""
    hosts = {"127.0.0.1": "127.0.0.1", "2130706433": "127.0.0.1", "0x7f.1": "127.0.0.1", "0177.0.0.1": "127.0.0.1", "[::1]": "[::1]",
             "[::ffff:127.0.0.1]:8080": "[::ffff:127.0.0.1]:8080", "localhost": "localhost", "v_1.example.": "v_1.example."}
    for host, read in hosts.items():
        status, out, err = load(program, url(f"'http://{host}/a.pdf'"))
        assert status == 0 and out.endswith(f"url=http://{read}/a.pdf\n"), out + err


def test_not_there(program):
    with tempfile.TemporaryDirectory() as folder:
        status, out, err = part(program, "manifest", folder)
        assert status == 1 and err.startswith("io-error: there is no vendors.yaml in this folder; checksheet init"), err
        (Path(folder) / "vendors.yaml").mkdir()
        assert part(program, "manifest", folder)[2].startswith("io-error: vendors.yaml is not a regular file")


def test_sample_corpus(program):
    status, out, err = part(program, "manifest", ROOT / "corpus")
    assert status == 0, err
    paths = [line.split("path=")[1] for line in out.splitlines()]
    assert len(paths) == 6 and all(Path(path).is_file() for path in paths), out


def test_ten_thousand(program):
    lines = ["vendors:"]
    for vendor in range(100):
        lines += [f"  - id: vendor-{vendor}", "    documents:"]
        for document in range(100):
            lines += [f"      - id: document-{document}", f"        url: https://vendor{vendor}.example/{document}.pdf"]
    status, out, err = load(program, "\n".join(lines), cpu=10 if program.name == "build" else 100)  # sanitizers are slow
    assert status == 0 and len(out.splitlines()) == 10000, err


def test_init(program):
    with tempfile.TemporaryDirectory() as folder:
        made = program.good("init", "corpus", folder=folder)
        manifest = Path(folder) / "corpus" / "vendors.yaml"
        text = manifest.read_text()
        assert not made.out and "checksheet refresh corpus" in made.err and len(made.err.splitlines()) == 1, made.err
        assert [path.name for path in manifest.parent.iterdir()] == ["vendors.yaml"]
        assert load(program, text) == (0, "", "")

        head, example = text.split("vendors:\n#")
        example = head + "vendors:\n" + example.replace("\n#", "\n")
        status, out, err = load(program, example)
        assert status == 0 and len(out.splitlines()) == 3, err

        manifest.write_text("mine")
        again = program("init", "corpus", folder=folder)
        assert again.status == 2 and "vendors.yaml: exists already" in again.err and manifest.read_text() == "mine", again.err


def test_init_where_a_folder_is(program):
    with tempfile.TemporaryDirectory() as folder:
        program.good("init", folder)
        assert load(program, (Path(folder) / "vendors.yaml").read_bytes()) == (0, "", "")


def test_init_goes_no_further(program):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "file").touch()
        (Path(folder) / "dangling").mkdir()
        (Path(folder) / "dangling" / "vendors.yaml").symlink_to("/nowhere/at/all")
        for words in [("a/b",), ("file",), ("file/a",), ("dangling",), (), ("",), ("a", "b")]:
            result = program("init", *words, folder=folder)
            assert result.status == 2 and result.err and not result.out, result.err
        assert sorted(path.name for path in Path(folder).iterdir()) == ["dangling", "file"]


def test_japanese(program):
    if not (program.path.parent / "po").is_dir():
        raise Skip("built without gettext")
    with tempfile.TemporaryDirectory() as folder:
        said = program.good("init", folder, environment={"LC_ALL": "C.UTF-8", "LANGUAGE": "ja"}).err
        assert "作成しました" in said and f"checksheet refresh {folder}" in said, said
