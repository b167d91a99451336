#!/usr/bin/python3
"""run.py --program PATH [--program PATH...] [WORD...] - runs every test_* function of every tests/test_*.py.

A test that takes `program` runs once for each program, the others once. WORDs pick the tests whose name has one of them.
The last line is "N passed, N failed, N skipped"; the exit status is 1 where one failed, or where none ran.
"""
import argparse
import importlib
import inspect
import os
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))
from testing import ACCEPT, ROOT, Program, Skip  # noqa: E402


def tests_of(module, programs):
    """(name, call) for each test of a module, each program and each thing."""
    for name, test in vars(module).items():
        if not name.startswith("test_"):
            continue
        for program in programs if "program" in inspect.signature(test).parameters else [None]:
            label = f"{module.__name__[5:]}.{name[5:]}" + (f" [{program.name}]" if program else "")
            first = (program,) if program else ()
            if not hasattr(test, "things"):
                yield label, test, first
            elif not test.things:
                yield label, none_to_run, ()
            for thing in getattr(test, "things", ()):
                where = thing.relative_to(ROOT) if isinstance(thing, Path) else thing
                yield f"{label} {where}", test, (*first, thing)


def none_to_run():
    raise Skip("there is nothing to run it on")


def outcome_of(test):
    """(name, "passed", "failed" or "skipped", what to say)."""
    name, call, arguments = test
    try:
        call(*arguments)
        return name, "passed", ""
    except Skip as reason:
        return name, "skipped", str(reason)
    except AssertionError as failure:
        return name, "failed", str(failure) or traceback.format_exc(limit=-2)
    except Exception:  # pylint: disable=broad-except
        return name, "failed", traceback.format_exc()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", action="append", required=True, type=Program)
    parser.add_argument("words", nargs="*", metavar="WORD")
    options = parser.parse_args()

    # What is accepted is written once, by the first program.
    programs = options.program[:1] if ACCEPT else options.program
    modules = [importlib.import_module(path.stem) for path in sorted(HERE.glob("test_*.py"))]
    tests = [test for module in modules for test in tests_of(module, programs)
             if not options.words or any(word in test[0] for word in options.words)]

    counts = {"passed": 0, "failed": 0, "skipped": 0}
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for name, outcome, said in threads.map(outcome_of, tests):
            counts[outcome] += 1
            if outcome != "passed":
                print(f"{outcome}: {name}" + "".join(f"\n    {line}" for line in said.splitlines()), flush=True)
    print(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
