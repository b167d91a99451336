"""A reading that has fallen to its document can do nothing but answer; good documents give the same with and without a
sandbox."""
import re
import subprocess
from pathlib import Path

from testing import ROOT, Skip, each
from web_server import WebServer, document

PDF = "corpus/kazemachi/security-sheet.pdf"
PAGE = "corpus/yoinoma/service-level.html"
KINDS = {"text": PAGE, "document": PDF, "pictures": PDF}
PROBES = ["read /etc/passwd", "make a file", "write a file", "write at home", "remove a file", "rename a file",
          "a socket to the net", "a socket to the machine", "start a program", "start a process", "start memory",
          "trace the parent", "read the parent", "open the parent's memory", "the parent's environment", "signal the parent",
          "signal the parent's thread", "signal all", "be dumped", "a namespace", "io_uring", "bpf", "perf", "keys",
          "type for the user", "write elsewhere", "limit the parent", "raise a limit", "map a file as code", "make a mapped file code"]


def probe(program, *arguments):
    part = Path(program.path).parent / "part-sandbox"
    done = subprocess.run([part, *arguments], capture_output=True, text=True, cwd=ROOT, check=False)
    return done.stdout.strip()


def is_sanitized(program):
    return b"__asan_init" in Path(program.path).read_bytes()


@each(PROBES)
def test_probe_fails(program, name):
    if is_sanitized(program):
        raise Skip("a sanitizer opens files of its own")
    for kind, path in KINDS.items():
        came = probe(program, kind, name, path)
        assert came in ("refused", "sandbox-violation"), f"{kind}: {name}: {came}"


def test_the_probes_are_all_tried(program):
    assert probe(program).splitlines() == PROBES


@each(["read /etc/passwd", "make a file", "a socket to the net", "signal the parent", "raise a limit", "map a file as code", "make a mapped file code"])
def test_probe_succeeds_without(program, name):
    """Else the tests above would prove nothing."""
    came = probe(program, "text", name, PAGE, "without")
    assert came == "done" or name == "raise a limit", came


@each([PDF, PAGE, "corpus/mizukurage/checksheet-2025-02-20.pdf"])
def test_same_without(program, path):
    assert program.good("convert", path).out == program.good("convert", "--no-sandbox", path).out


def test_hardened(program):
    """Position-independent, its tables read-only once it runs, its stack not executable."""
    if is_sanitized(program):
        raise Skip("a sanitizer brings its own checks")
    said = subprocess.run(["readelf", "-hldW", program.path], capture_output=True, text=True, check=True).stdout
    assert "DYN (" in said and "GNU_RELRO" in said and "NOW" in said, said
    stack, = [line for line in said.splitlines() if "GNU_STACK" in line]
    assert "E" not in stack.split()[-2], stack
    symbols = subprocess.run(["readelf", "-W", "--dyn-syms", program.path], capture_output=True, text=True, check=True).stdout
    assert "__stack_chk_fail" in symbols and "_chk@" in symbols, "no stack protector or no FORTIFY_SOURCE"


FETCHING = {"convert": ["convert"], "show": ["show", "rows"]}


@each(FETCHING)
def test_fetching_is_in_a_sandbox(program, command):
    """While it speaks to a server, the process that fetches is held by a list of system calls (Seccomp: 2; proc(5))."""
    if is_sanitized(program):
        raise Skip("sanitizers cannot run in it")
    seen, page = [], (ROOT / PAGE).read_bytes()

    def answer(request):
        for process in Path("/proc", str(running.pid), "task", str(running.pid), "children").read_text().split():
            seen.append(re.search(r"^Seccomp:\s*(\d)", Path("/proc", process, "status").read_text(), re.M)[1])
        return document(page, media_type="text/html")(request)

    with WebServer() as server:
        server.paths["/a"] = answer
        running = subprocess.Popen([program.path, *FETCHING[command], "--allow-private-addresses", server.url("/a")],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = running.communicate(timeout=600)[1].decode()
    assert running.returncode == 0 and seen and set(seen) == {"2"}, f"{seen}\n{said}"


@each({"diff": ["diff", PAGE], "compare": ["compare"], "export": ["export", "--format", "ndjson"]})
def test_commands_without_private_addresses(program, command):
    """These ask for a sandbox too (a fetcher without one ends the program), and name a refused address once."""
    words = {"diff": ["diff", PAGE], "compare": ["compare"], "export": ["export", "--format", "ndjson"]}[command]
    result = program(*words, "http://127.0.0.1/a")
    assert "is not a public address" in result.err and result.err.count("http://127.0.0.1/a") == 1, result.err
