"""How many of 1,000 tampered copies of an audit log are found: edits, deletions, cuts, moves, copies and forgeries.

A tampering that left the bytes as they were is drawn again. The tamperer knows the format and recomputes hashes where
that is possible without the key; log and seal are his to write, keys are not.
"""

from __future__ import annotations

import hashlib
import json
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.figures import Figure, Share, show
from guards.audit_log import Act, AuditLog, Entry, verified
from guards.keys import Keyring

COPIES = 1000
_LINES = 60
_SEED = 20261124

Tamper = Callable[[list[bytes], random.Random], list[bytes]]


def _byte(lines: list[bytes], draw: random.Random) -> list[bytes]:
    at = draw.randrange(len(lines))
    line = bytearray(lines[at])
    line[draw.randrange(len(line))] = draw.randrange(256)
    return [*lines[:at], bytes(line), *lines[at + 1 :]]


def _field(lines: list[bytes], draw: random.Random) -> list[bytes]:
    """A field is changed and every hash from there on computed anew, as for a chain without a key."""
    at = draw.randrange(len(lines))
    read = [json.loads(line) for line in lines]
    read[at][draw.choice(["at", "act", "pair", "who", "role", "what", "detail"])] = "x"
    for number in range(at, len(read)):
        if number:
            read[number]["previous"] = read[number - 1]["hash"]
        del read[number]["hash"]
        plain = json.dumps(read[number], ensure_ascii=False).encode()
        read[number]["hash"] = hashlib.sha256(plain).hexdigest()
    return [json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in read]


def _space(lines: list[bytes], draw: random.Random) -> list[bytes]:
    at = draw.randrange(len(lines))
    return [*lines[:at], draw.choice([b" ", b"\n", b"\r", b"\t"]) + lines[at], *lines[at + 1 :]]


def _deleted(lines: list[bytes], draw: random.Random) -> list[bytes]:
    at = draw.randrange(len(lines))
    return [*lines[:at], *lines[at + draw.randrange(1, 5) :]]


def _cut(lines: list[bytes], draw: random.Random) -> list[bytes]:
    return lines[: -draw.randrange(1, len(lines) + 1)]


def _cut_in_line(lines: list[bytes], draw: random.Random) -> list[bytes]:
    whole = b"".join(lines)
    return [whole[: draw.randrange(len(whole))]]


def _moved(lines: list[bytes], draw: random.Random) -> list[bytes]:
    first, second = draw.sample(range(len(lines)), 2)
    changed = list(lines)
    changed[first], changed[second] = changed[second], changed[first]
    return changed


def _copied(lines: list[bytes], draw: random.Random) -> list[bytes]:
    at, to = draw.randrange(len(lines)), draw.randrange(len(lines) + 1)
    return [*lines[:to], lines[at], *lines[to:]]


def _anchored(lines: list[bytes], draw: random.Random) -> list[bytes]:
    """The beginning goes, and an anchor is put in its place as trimming a call log would."""
    gone = draw.randrange(1, len(lines))
    anchor = json.dumps({"anchor": json.loads(lines[gone - 1])["hash"], "removed": gone}).encode() + b"\n"
    return [anchor, *lines[gone:]]


def _forged(lines: list[bytes], draw: random.Random) -> list[bytes]:
    line = json.loads(lines[-1])
    line["previous"] = line.pop("hash")
    line["role"] = draw.choice(["lnd", "mentee", "sponsor"])
    line["hash"] = hashlib.sha256(json.dumps(line, ensure_ascii=False).encode()).hexdigest()
    return [*lines, json.dumps(line, ensure_ascii=False).encode() + b"\n"]


TAMPERINGS: dict[str, Tamper] = {
    "a byte changed": _byte,
    "a field changed, hashes computed anew": _field,
    "white space put in": _space,
    "lines deleted": _deleted,
    "the end cut off": _cut,
    "cut within a line": _cut_in_line,
    "two lines swapped": _moved,
    "a line copied": _copied,
    "the beginning gone behind an anchor": _anchored,
    "a line forged at the end": _forged,
}


def made_log(folder: Path, *, lines: int = _LINES) -> tuple[Path, Keyring]:
    """A log of invented acts and the keyring it was made with."""
    path, keyring = folder / "audit.jsonl", Keyring(folder / "keys")
    log, acts = AuditLog(path, keyring=keyring), list(Act)
    for number in range(lines):
        log.append(Entry(acts[number % len(acts)], f"p{number % 3}", f"u{number % 5}", "lnd", f"{number:08x}"))
    return path, keyring


def tampered(path: Path, *, copies: int, seed: int = _SEED) -> Iterator[tuple[str, bytes]]:
    """Copies of a log that all differ from it, each with the name of what was done."""
    draw = random.Random(seed)  # noqa: S311 - draws test cases, no secrets
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    names = list(TAMPERINGS)
    made = 0
    while made < copies:
        name = names[made % len(names)]
        changed = b"".join(TAMPERINGS[name](lines, draw))
        if changed != whole:
            made += 1
            yield name, changed


def missed(folder: Path, *, copies: int = COPIES, seed: int = _SEED) -> tuple[dict[str, int], dict[str, int]]:
    """For each tampering how many copies were made and how many passed as whole."""
    path, keyring = made_log(folder)
    made, passed = dict.fromkeys(TAMPERINGS, 0), dict.fromkeys(TAMPERINGS, 0)
    for name, changed in tampered(path, copies=copies, seed=seed):
        path.write_bytes(changed)
        made[name] += 1
        passed[name] += verified(path, keyring=keyring).whole
    return made, passed


def figures() -> list[Figure]:
    """The share found, for each tampering and in all; and false alarms on whole logs."""
    with tempfile.TemporaryDirectory() as folder:
        made, passed = missed(Path(folder))
    found = {name: made[name] - passed[name] for name in made}
    alarms = 0
    for lines in range(1, 101):
        with tempfile.TemporaryDirectory() as folder:
            path, keyring = made_log(Path(folder), lines=lines)
            alarms += not verified(path, keyring=keyring).whole
    return [
        Share("tampered copies found", sum(found.values()), sum(made.values()), least=1.0),
        *(Share(f"  {name}", found[name], made[name], least=1.0) for name in made),
        Share("whole logs of 1 to 100 lines called broken", alarms, 100, most=0.0),
    ]


def main() -> int:
    """Print the figures."""
    return 0 if show("Audit log: tampering found", figures()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
