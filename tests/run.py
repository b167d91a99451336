#!/usr/bin/python3
"""run.py --program PATH [--program PATH...] [WORD...] - runs every test_* function of every tests/test_*.py.

A test that takes `program` runs once for each program, the others once. WORDs pick the tests whose name has one of them, and
those of the first WORD run first; --stop begins none after the first that fails; --seconds N begins none later than that, and takes them in an
order of chance; --group NAME picks those of test_NAME.py, and --groups lists the groups. The last line is "N passed, N failed, N skipped", and "N not begun"
where there was no time; the exit status is 1 where one failed, or where none ran. --tap writes the Test Anything Protocol instead, for Meson.
"""
import argparse
import importlib
import inspect
import os
import random
import sys
import time
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


def outcome_of(test, end):
    """(name, "passed", "failed", "skipped" or "not begun", what to say)."""
    name, call, arguments = test
    if time.monotonic() > end:
        return name, "not begun", ""
    try:
        call(*arguments)
        return name, "passed", ""
    except Skip as reason:
        return name, "skipped", str(reason)
    except AssertionError as failure:
        return name, "failed", str(failure) or traceback.format_exc(limit=-2)
    except Exception:  # pylint: disable=broad-except
        return name, "failed", traceback.format_exc()


def groups():
    return [path.stem[5:] for path in sorted(HERE.glob("test_*.py"))]


def report(name, outcome, said):
    if outcome in ("failed", "skipped"):
        print(f"{outcome}: {name}" + "".join(f"\n    {line}" for line in said.splitlines()), flush=True)


def report_in_tap(name, outcome, said):
    name = " ".join(name.replace("#", "_").split())  # one line, and "#" begins a directive
    if outcome == "skipped":
        print(f"ok - {name} # SKIP {said.splitlines()[0] if said else ''}", flush=True)
        return
    print(f"{'ok' if outcome == 'passed' else 'not ok'} - {name}" + "".join(f"\n# {line}" for line in said.splitlines()),
          flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", action="append", default=[], type=Program)
    parser.add_argument("--group", action="append", choices=groups())
    parser.add_argument("--groups", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--stop", action="store_true")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--tap", action="store_true")
    parser.add_argument("words", nargs="*", metavar="WORD")
    options = parser.parse_args()
    if options.groups:
        print("\n".join(groups()))
        return 0
    if not options.program:
        parser.error("--program is needed")

    # What is accepted is written once, by the first program.
    programs = options.program[:1] if ACCEPT else options.program
    modules = [importlib.import_module(f"test_{name}") for name in options.group or groups()]
    tests = [test for module in modules for test in tests_of(module, programs)
             if not options.words or any(word in test[0] for word in options.words)]
    if options.seconds:
        random.Random(0).shuffle(tests)
    else:
        tests.sort(key=lambda test: next((at for at, word in enumerate(options.words) if word in test[0]), 0))
    end = time.monotonic() + (options.seconds or float("inf"))

    counts = {"passed": 0, "failed": 0, "skipped": 0, "not begun": 0}
    if options.tap:
        print(f"TAP version 13\n1..{len(tests)}")
    with ThreadPoolExecutor(options.jobs) as threads:
        for name, outcome, said in threads.map(outcome_of, tests, [end] * len(tests)):
            counts[outcome] += 1
            (report_in_tap if options.tap else report)(name, outcome, said)
            if options.stop and outcome == "failed":
                threads.shutdown(cancel_futures=True)
                break
    print("# " * options.tap + ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count or outcome != "not begun"))
    if options.tap:
        return 0
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
