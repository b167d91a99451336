"""testing - what the tests are written with: the program under test, each, Skip, same_text; what ./dev proof asks of them, figures and
a share of the work that fits the time."""
import difflib
import os
import pty
import subprocess
import termios
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
ACCEPT = os.environ.get("ACCEPT") == "1"

# A sanitizer's report ends the run, whatever the program would have said after it.
SANITIZERS = {"ASAN_SYMBOLIZER_PATH": "/usr/bin/llvm-symbolizer-14",
              "ASAN_OPTIONS": "detect_leaks=1:allocator_may_return_null=1:intercept_tls_get_addr=0",  # or it crashes among modules
              "LSAN_OPTIONS": f"suppressions={ROOT}/tests/leaks.txt:print_suppressions=0",
              "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1"}
ENDED = "ended without an answer"
REPORTS = ("Sanitizer", "runtime error:", "GLib-CRITICAL", "GLib-GObject-CRITICAL", "Traceback", ENDED)


class Skip(Exception):
    """Raised by a test that cannot run here, with the reason."""


class Result:
    def __init__(self, command, done):
        self.command = " ".join(map(str, command))
        self.status, self.out = done.returncode, done.stdout
        self.err = done.stderr.decode("utf-8", "replace")

    @property
    def text(self):
        return self.out.decode("utf-8")


class Program:
    """One build of checksheet. Calling it runs it: in the root of the tree, or FOLDER."""

    def __init__(self, path):
        self.path = Path(path).resolve()
        self.name = Path(path).parent.name

    def __call__(self, *words, folder=ROOT, stdin=b"", timeout=1200, environment=None):
        def run(*command, **more):
            return Result(command, subprocess.run(
                command, cwd=folder, input=stdin, capture_output=True, timeout=timeout, check=False,
                env={**os.environ, "LC_ALL": "C.UTF-8", **SANITIZERS, **(environment or {}), **more}))

        result = run(self.path, *words)
        if ENDED in result.err and "convert" in words:
            # Again, with the words of the process that reads the input, and with stacks told in full, which is slow and
            # shows whether all that leaked is what leaks.txt excuses.
            result = run(self.path, *words, "--verbose", ASAN_OPTIONS=SANITIZERS["ASAN_OPTIONS"] + ":fast_unwind_on_malloc=0")
        for report in REPORTS:
            assert report not in result.err, f"{result.command}\n{result.err}"
        assert result.status >= 0, f"{result.command}\nended by signal {-result.status}\n{result.err}"
        return result

    def good(self, *words, **options):
        """Runs it; the call must succeed."""
        result = self(*words, **options)
        assert result.status == 0, f"{result.command}\nexit {result.status}\n{result.err}"
        return result

    def on_terminal(self, *words, columns=80, outputs=("stdout", "stderr"), folder=ROOT, environment=None):
        """The text that a terminal so wide gets of OUTPUTS; the others are lost."""
        try:
            terminal, theirs = pty.openpty()
        except OSError as none:
            raise Skip(f"there are no terminals here: {none}") from none
        termios.tcsetwinsize(theirs, (24, columns))
        process = subprocess.Popen([self.path, *words], cwd=folder, stdin=subprocess.DEVNULL,
                                   **{output: theirs if output in outputs else subprocess.DEVNULL for output in ("stdout", "stderr")},
                                   env={**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm", **(environment or {})})
        os.close(theirs)
        parts = []
        try:
            while part := os.read(terminal, 65536):
                parts.append(part)
        except OSError:  # its other side is closed
            pass
        process.wait()
        os.close(terminal)
        return b"".join(parts).decode("utf-8", "replace").replace("\r\n", "\n")


def each(things):
    """Runs the test once for each thing; it gets it as last argument. No things: the test is skipped."""
    def mark(test):
        test.things = sorted(things)
        return test
    return mark


def same_text(expected, actual, name="output"):
    """Fails with a diff of the two texts, cut after 40 lines."""
    if expected == actual:
        return
    lines = list(difflib.unified_diff(expected.splitlines(), actual.splitlines(), "expected", name, lineterm="", n=1))
    more = [f"... {len(lines) - 40} lines more"] if len(lines) > 40 else []
    raise AssertionError("\n".join(lines[:40] + more) or "only the line ends differ")


def figure(line):
    """A line for tests/PROOF.md, where ./dev proof wants some."""
    if path := os.environ.get("PROOF_FIGURES"):
        with open(path, "a", encoding="utf-8") as file:
            file.write(line + "\n")


def within_budget(what, things):
    """THINGS, until the PROOF_SECONDS of this test are over; how many there was time for is a figure."""
    things, done = list(things), 0
    end = time.monotonic() + float(os.environ.get("PROOF_SECONDS", "inf"))
    for thing in things:
        if time.monotonic() > end:
            break
        yield thing
        done += 1
    figure(f"{done} of {len(things)} {what}")
