#!/usr/bin/python3
"""bench_refresh.py PROGRAM - a refresh of 10,000 documents of one server, none of which has changed, against the goals."""
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpora import Corpus, sheet
from web_server import WebServer, document

GOAL_SECONDS = 60
GOAL_MEBIBYTES = 128
VENDORS = DOCUMENTS = 100


def origins(server):
    return {f"v{vendor}/d{number}": f"url: {server.url(f'/{vendor}/{number}')}"
            for vendor in range(VENDORS) for number in range(DOCUMENTS)}


def refresh(program, folder):
    """Seconds, MiB of the largest process, what was said last."""
    begun = time.monotonic()
    done = subprocess.run(["/usr/bin/time", "-f", "%M", program, "refresh", "--allow-private-addresses", folder],
                          capture_output=True, text=True, check=False)
    *_, summary, memory = done.stderr.splitlines()
    return time.monotonic() - begun, int(memory) / 1024, summary


def main():
    program = sys.argv[1]
    with WebServer() as server, tempfile.TemporaryDirectory() as folder:
        server.otherwise = document(sheet(items=5), '"1"', media_type="text/html")
        Corpus(Path(folder), origins(server))
        first, _, said = refresh(program, folder)
        print(f"refresh of {VENDORS * DOCUMENTS} documents\n  first: {first:.0f} s, {said}")
        server.log.clear()
        seconds, memory, said = refresh(program, folder)
        asked = sum(request.path != "/robots.txt" for request in server.log)
    print(f"  again: {said}; {asked} requests")
    print(f"  {'seconds':<22} {seconds:8.3f}   goal {GOAL_SECONDS:<6} {100 * seconds / GOAL_SECONDS:4.0f} % of it")
    print(f"  {'MiB (largest process)':<22} {memory:8.3f}   goal {GOAL_MEBIBYTES:<6} {100 * memory / GOAL_MEBIBYTES:4.0f} % of it")
    return 1 if seconds > GOAL_SECONDS or memory > GOAL_MEBIBYTES or asked != VENDORS * DOCUMENTS else 0


if __name__ == "__main__":
    sys.exit(main())
