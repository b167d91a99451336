"""fetching - what the tests of the fetcher have in common: tests/parts/fetch.c, driven, and its results."""
import hashlib
import json
import re

from testing import Program

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40


def part(program):
    return Program(program.path.parent / "part-fetch")


def fetch_all(program, *words, private=True, lines=(), **options):
    """The results, by request, and what is said on standard error."""
    allowed = ["--allow-private"] if private else []
    done = part(program).good(*allowed, *words, stdin="\n".join(lines).encode(), **options)
    results = sorted(map(json.loads, done.text.splitlines()), key=lambda result: result["request"])
    for result in results:
        assert all(ord(character) >= 32 for character in result.get("reason", "")), result
    return results, done.err


def fetch(program, *words, **options):
    """The one result."""
    results, _ = fetch_all(program, *words, **options)
    assert len(results) == 1, results
    return results[0]


def assert_fetched(result, body=PDF):
    assert result["end"] == "fetched", result
    assert (result["bytes"], result["offset"]) == (len(body), 0), result
    assert result["sha256"] == hashlib.sha256(body).hexdigest(), result


def assert_failed(result, words, end="failed"):
    assert result["end"] == end, result
    assert re.search(words, result["reason"]), f"{result['reason']!r} has no {words!r}"
