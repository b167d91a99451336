#!/usr/bin/python3
"""analyse.py [--tool NAME] [--seconds N] [PATH…] - what gcc -fanalyzer, cppcheck and clang-tidy find in the C of extract/ (within it: PATH…).
Prints each finding that is not in KNOWN; the exit status is 1 where there is one. --seconds: a tool begins no more files after that,
which it takes in an order of chance. ./dev build comes first: build/compile_commands.json."""
import argparse
import json
import os
import random
import re
import shlex
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# (a regular expression that a finding matches, why it is none)
KNOWN = [
    (r"varFuncNullUB", "NULL is a pointer in every C that Debian has, and lists that end with it are GLib's way"),
    (r"CastIntegerToAddressAtReturn", "cppcheck does not know what a macro of this tree gives"),
    (r"unknownMacro|internalAstError", "cppcheck does not know a macro of GLib, or reads a compound literal wrongly"),
    (r"(conditional_format|drawing)\.c.* memleak", "g_array_append_val copies the value, which the array then owns"),
    (r"libreoffice\.c.* memleak: Memory leak: path", "the path is what is returned"),
    (r"skew\.c.* invalidTestForOverflow", "MIN, not a test for an overflow"),
    (r"condition\.c.* arrayIndexThenCheck", "the text ends with NUL, which is no letter; the limit is that of the name"),
    (r"worksheet_part\.c.* returnDanglingLifetime", "each of cell_types gives a new text"),
    (r"pattern\.c.* identicalInnerCondition", "the text is folded between the two"),
]


# What each tool must find, or it looks at nothing.
PLANTED = """#include <stdlib.h>
int planted (int count)
{
  int *numbers = malloc (sizeof (int) * 4);
  if (!numbers || count == count)
    return 0;
  free (numbers);
  return numbers[0];
}
"""


def lines_like(pattern, done):
    return [line for line in (done.stdout + done.stderr).splitlines() if re.search(pattern, line)]


def run(words, folder=ROOT):
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def cppcheck(path, _):
    return lines_like(r"^\S+:\d+: ", run(["cppcheck", "--quiet", "--std=c11", "--enable=warning,performance,portability", "--library=gtk", "-I", "extract",
                                          "--suppress=missingInclude", "--template={file}:{line}: {severity}: {id}: {message}", path]))


def fanalyzer(path, command):
    if not path.endswith(".c"):  # of C++ it knows nothing yet
        return []
    words = [*command, "-Wno-error", "-fanalyzer", "-fdiagnostics-plain-output", "-fdiagnostics-path-format=none"]
    return lines_like(r"\[-Wanalyzer", run(words, ROOT / "build"))


def tidy(path, _):
    return lines_like(r": (warning|error): ", run(["clang-tidy-14", "--quiet", "-p", "build", path])) if path.endswith(".c") else []


TOOLS = {"cppcheck": cppcheck, "fanalyzer": fanalyzer, "clang-tidy": tidy}


def commands():
    """{file: the words of its compiler, which only looks at it}."""
    found = {}
    for one in json.loads((ROOT / "build" / "compile_commands.json").read_text()):
        words = [word for word in shlex.split(one["command"]) if word != "ccache"]
        words[words.index("-o") + 1], words[words.index("-c")] = "/dev/null", "-S"
        found.setdefault(os.path.relpath(os.path.join(one["directory"], one["file"]), ROOT), words)
    return found


def finds_what_is_planted(tool):
    with tempfile.NamedTemporaryFile("w", prefix="planted-", suffix=".c", dir=ROOT / "build") as file:
        file.write(PLANTED)
        file.flush()
        return bool(tool(os.path.relpath(file.name, ROOT), ["gcc", "-S", "-o", "/dev/null", file.name]))


def look(tool, files, seconds):
    """(what TOOL finds in FILES, how many of them there was time for)."""
    end, known = time.monotonic() + seconds, commands()

    def one(path):
        return tool(path, known.get(path)) if time.monotonic() < end else None
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        found = [lines for lines in threads.map(one, files) if lines is not None]
    return sorted({re.sub(r"^(\.\./)+", "", line.replace(f"{ROOT}/", "")) for lines in found for line in lines}), len(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tool", action="append", choices=TOOLS)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="for each tool")
    parser.add_argument("paths", nargs="*", default=[""])
    options = parser.parse_args()
    files = sorted(str(path.relative_to(ROOT)) for part in options.paths
                   for path in ([ROOT / "extract" / part] if (ROOT / "extract" / part).is_file() else (ROOT / "extract" / part).rglob("*.c*")) if path.suffix in (".c", ".cc"))
    random.Random(0).shuffle(files)
    left = 0
    for name in options.tool or TOOLS:
        if not finds_what_is_planted(TOOLS[name]):
            sys.exit(f"analyse.py: {name} is not there, or finds nothing in a file with mistakes")
        found, looked_at = look(TOOLS[name], files, options.seconds)
        new = [line for line in found if not any(re.search(known, line) for known, _ in KNOWN)]
        left += len(new)
        print(f"{name}: {looked_at} of {len(files)} files, {len(found)} findings, {len(found) - len(new)} of them known to be none", flush=True)
        print("".join(f"  {line}\n" for line in new), end="", flush=True)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
