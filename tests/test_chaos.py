"""Reading processes that misbehave at fixed rates (preload/chaos.c): the number of each status is exactly what was rolled,
and all other documents come out as if nothing had happened. CHAOS_DOCUMENTS=1000 ./dev test chaos: as many."""
import json
import os
import subprocess
import tempfile
from collections import Counter
from hashlib import sha256
from pathlib import Path

from test_batch import page
from test_sandbox import is_sanitized
from testing import Skip, figure

DOCUMENTS = int(os.environ.get("CHAOS_DOCUMENTS", "200"))
FIRST_SECONDS, MOST_SECONDS = 20, 1620  # for one document; two of CPU time are what the slowest needs
TEST_SECONDS = 36000  # whoever waits for ever has found something

# fate: how many in a thousand, the status it must be given, a word of the reason
FATES = {
    "abort": (40, "crash", "Aborted"), "overflow": (40, "crash", "Segmentation fault"), "memory": (40, "limit-memory", "memory"), "starve": (40, "limit-memory", "memory"),
    "rubbish": (40, "crash", "without an answer"), "early": (40, "crash", "without an answer"), "silent": (40, "crash", "without an answer"),
    "close": (40, "io-error", "cannot be written"), "again": (30, "crash", "without an answer"), "forbidden": (40, "sandbox-violation", "attack"),
    "hang": (10, "limit-wall", "seconds"), "spin": (5, "limit-cpu", "CPU"),
}


def fate_of(content):
    roll = int(sha256(content).hexdigest()[:8], 16) % 1000
    for fate, (rate, _, _) in FATES.items():
        if roll < rate:
            return fate
        roll -= rate
    return None


def records_of(folder):
    return {Path(record["uri"]).name: record for record in map(json.loads, (folder / "ledger.jsonl").read_text().splitlines())}


def misbehave(program, folder, seconds, *more):
    """What becomes of in/ where the processes that read do as FATES says."""
    return subprocess.run([program.path, "convert", "-j", "8", "--timeout", str(seconds), "--cpu", "2", "--memory", "512", *more, "-o", "out/", "in"], cwd=folder,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "LD_PRELOAD": str(Path(program.path).with_name("preload-chaos.so")),
                               "CHAOS": " ".join(f"{fate}={rate}" for fate, (rate, _, _) in FATES.items())},
                          capture_output=True, text=True, timeout=TEST_SECONDS, check=False)


def test_chaos(program):
    if is_sanitized(program):
        raise Skip("a sanitizer wants to be loaded first, and has no limit of memory")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "in").mkdir()
        fates = {}
        for number in range(DOCUMENTS):
            content = page(number).encode()
            (folder / f"in/{number}.html").write_bytes(content)
            fates[f"{number}.html"] = fate_of(content)
        program.good("convert", "--timeout", str(MOST_SECONDS), "-o", "calm/", "in", folder=folder, timeout=TEST_SECONDS)
        done, seconds = misbehave(program, folder, FIRST_SECONDS), FIRST_SECONDS
        # On a busy machine what does not hang may be late too: those are read again, with more time, and all must come to their fate in the end.
        while seconds < MOST_SECONDS and any(record["status"] == "limit-wall" and fates[name] != "hang" for name, record in records_of(folder / "out").items()):
            seconds *= 3
            done = misbehave(program, folder, seconds, "--resume", "--retry", "limit-wall")
        assert done.returncode == 1, f"exit {done.returncode}\n{done.stderr[:2000]}"
        calm, records = records_of(folder / "calm"), records_of(folder / "out")
        assert records.keys() == fates.keys()
        expected = Counter(FATES[fate][1] if fate else calm[name]["status"] for name, fate in fates.items())
        wrong = [f"{name} ({fate}): {records[name]['status']}: {records[name]['reason']}" for name, fate in fates.items()
                 if (records[name]["status"], (FATES[fate][2] if fate else "") in (records[name]["reason"] or "")) != (FATES[fate][1] if fate else calm[name]["status"], True)]
        assert not wrong, "\n".join(wrong)
        assert Counter(record["status"] for record in records.values()) == expected
        figure(f"{DOCUMENTS} documents, {sum(map(bool, fates.values()))} of whose readers misbehave: "
               + ", ".join(f"{count} {status}" for status, count in expected.most_common()))
        for name, fate in fates.items():
            same = records[name]["output"] and (folder / "out" / records[name]["output"]).read_bytes()
            assert same == (None if fate else (folder / "calm" / calm[name]["output"]).read_bytes()), f"{name} ({fate}): another sheet"
        sheets = {path.name for path in (folder / "out").iterdir()} - {"ledger.jsonl"}
        assert sheets == {record["output"] for record in records.values()} - {None}, "left behind"
        # What the machine may have caused is done again, and then all that failed without a lasting reason is right.
        program("convert", "--resume", "--retry", "limit-wall,limit-cpu,limit-memory,sandbox-violation", "-o", "out/", "in", folder=folder, timeout=TEST_SECONDS)
        assert {record["status"] for record in records_of(folder / "out").values()} == {record["status"] for record in calm.values()}
