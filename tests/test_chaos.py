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
from testing import Skip

DOCUMENTS = int(os.environ.get("CHAOS_DOCUMENTS", "200"))

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


def test_chaos(program):
    if is_sanitized(program):
        raise Skip("a sanitizer wants to be loaded first, and has no limit of memory")
    preload = Path(program.path).with_name("preload-chaos.so")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "in").mkdir()
        fates = {}
        for number in range(DOCUMENTS):
            content = page(number).encode()
            (folder / f"in/{number}.html").write_bytes(content)
            fates[f"{number}.html"] = fate_of(content)
        program.good("convert", "-o", "calm/", "in", folder=folder, timeout=3000)
        # What spins must come to its two seconds of CPU time before its time is up, on a busy machine too.
        seconds = str(max(20, round(6 * os.getloadavg()[0] / os.cpu_count())))
        done = subprocess.run([program.path, "convert", "-j", "8", "--timeout", seconds, "--cpu", "2", "--memory", "512", "-o", "out/", "in"], cwd=folder,
                              env={**os.environ, "LC_ALL": "C.UTF-8", "LD_PRELOAD": str(preload), "CHAOS": " ".join(f"{fate}={rate}" for fate, (rate, _, _) in FATES.items())},
                              capture_output=True, text=True, timeout=3000, check=False)
        assert done.returncode == 1, f"exit {done.returncode}\n{done.stderr[:2000]}"
        calm, records = records_of(folder / "calm"), records_of(folder / "out")
        assert records.keys() == fates.keys()
        expected = Counter(FATES[fate][1] if fate else calm[name]["status"] for name, fate in fates.items())
        wrong = [f"{name} ({fate}): {records[name]['status']}: {records[name]['reason']}" for name, fate in fates.items()
                 if (records[name]["status"], (FATES[fate][2] if fate else "") in (records[name]["reason"] or "")) != (FATES[fate][1] if fate else calm[name]["status"], True)]
        assert not wrong, "\n".join(wrong)
        assert Counter(record["status"] for record in records.values()) == expected
        for name, fate in fates.items():
            same = records[name]["output"] and (folder / "out" / records[name]["output"]).read_bytes()
            assert same == (None if fate else (folder / "calm" / calm[name]["output"]).read_bytes()), f"{name} ({fate}): another sheet"
        sheets = {path.name for path in (folder / "out").iterdir()} - {"ledger.jsonl"}
        assert sheets == {record["output"] for record in records.values()} - {None}, "left behind"
        # What the machine may have caused is done again, and then all that failed without a lasting reason is right.
        program("convert", "--resume", "--retry", "limit-wall,limit-cpu,limit-memory,sandbox-violation", "-o", "out/", "in", folder=folder, timeout=3000)
        assert {record["status"] for record in records_of(folder / "out").values()} == {record["status"] for record in calm.values()}
