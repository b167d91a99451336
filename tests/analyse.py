#!/usr/bin/python3
"""analyse.py [--tool NAME] [PATH…] - what gcc -fanalyzer, cppcheck and clang-tidy find in the C of extract/ (within it: PATH…). Prints each
finding that is not in KNOWN; the exit status is 1 where there is one. ./dev build comes first: build/compile_commands.json."""
import argparse
import json
import os
import re
import shlex
import subprocess
import sys
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


def cppcheck(files):
    done = subprocess.run(["cppcheck", "--quiet", "--std=c11", "--enable=warning,performance,portability", "--library=gtk", "-I", "extract", "--suppress=missingInclude",
                           "--template={file}:{line}: {severity}: {id}: {message}", *files], cwd=ROOT, capture_output=True, text=True, check=False)
    return [line for line in done.stderr.splitlines() if re.match(r"\S+:\d+: ", line)]


def commands(files):
    """{file: the words of its compiler}, each once."""
    listed = json.loads((ROOT / "build" / "compile_commands.json").read_text())
    found = {}
    for one in listed:
        path = os.path.relpath(os.path.join(one["directory"], one["file"]), ROOT)
        if path in files and path.endswith(".c"):
            found.setdefault(path, shlex.split(one["command"]))
    return found


def analyser(files):
    def run(words):
        words = [word for word in words if word not in ("ccache",)]
        words[words.index("-o") + 1] = "/dev/null"
        words[words.index("-c")] = "-S"
        done = subprocess.run([*words, "-fanalyzer", "-w", "-Wanalyzer-null-dereference", "-fdiagnostics-plain-output", "-fdiagnostics-path-format=none"], cwd=ROOT / "build",
                              capture_output=True, text=True, check=False)
        return [re.sub(r"^(\.\./)+", "", line) for line in done.stderr.splitlines() if "[-Wanalyzer" in line or "[CWE" in line]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return sorted({line for lines in threads.map(run, commands(files).values()) for line in lines})


def tidy(files):
    found = []
    for at in range(0, len(files), 8):
        done = subprocess.run(["clang-tidy-14", "--quiet", "-p", "build", *[path for path in files[at:at + 8] if path.endswith(".c")]], cwd=ROOT, capture_output=True, text=True, check=False)
        found += [line.replace(f"{ROOT}/", "") for line in done.stdout.splitlines() if re.search(r": (warning|error): ", line)]
    return sorted(set(found))


TOOLS = {"cppcheck": cppcheck, "fanalyzer": analyser, "clang-tidy": tidy}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tool", action="append", choices=TOOLS)
    parser.add_argument("paths", nargs="*", default=[""])
    options = parser.parse_args()
    files = sorted(str(path.relative_to(ROOT)) for part in options.paths for path in (ROOT / "extract" / part).rglob("*.c*") if path.suffix in (".c", ".cc"))
    left = 0
    for name in options.tool or TOOLS:
        found = TOOLS[name](files)
        new = [line for line in found if not any(re.search(known, line) for known, _ in KNOWN)]
        left += len(new)
        print(f"{name}: {len(files)} files, {len(found)} findings, {len(found) - len(new)} of them known to be none", flush=True)
        print("".join(f"  {line}\n" for line in new), end="", flush=True)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
