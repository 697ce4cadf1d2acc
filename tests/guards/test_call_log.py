"""The log of calls: chained, anchored where old lines were removed, sealed at its end, whole whatever the disk does."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from guards.call_log import CallLog, Line
from guards.errors import EgressRefused, VaultUnreadable
from guards.log_reading import Verified, hash_of, last_calls, verify
from guards.log_seal import Sealed, read_seal, seal_path

KEY = bytes(32)


def call(number: int) -> Line:
    return Line(pair="p", destination="endpoint", payload=f"call {number} <PERSON_1>".encode(), policy="house-1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    log = CallLog(tmp_path / "calls.jsonl", key=lambda: KEY)
    for number in range(6):
        log.append(call(number), verdict="passed")
    return tmp_path / "calls.jsonl"


def sealed(path: Path) -> Sealed:
    return read_seal(path, key=KEY)


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines(keepends=True)


def anchored(path: Path, removed: int) -> None:
    """As erasure and retention leave a log."""
    kept = lines(path)
    anchor = {"anchor": json.loads(kept[removed - 1])["hash"], "removed": removed}
    path.write_text(json.dumps(anchor) + "\n" + "".join(kept[removed:]), "utf-8")


def test_a_whole_log_fits_its_seal(path: Path) -> None:
    found = verify(path, sealed=sealed(path))
    assert (found.whole, found.lines, found.cut, found.unsealed) == (True, 6, 0, 0)
    assert sealed(path) == Sealed(6, found.head)
    assert oct(seal_path(path).stat().st_mode & 0o777) == "0o600"


@pytest.mark.parametrize("cut", range(1, 7))
def test_lines_cut_off_the_end_are_missed(path: Path, cut: int) -> None:
    path.write_text("".join(lines(path)[:-cut]), "utf-8")
    assert verify(path).whole, "the chain alone does not see it"
    found = verify(path, sealed=sealed(path))
    assert (found.whole, found.cut) == (False, cut)


def test_a_log_that_is_gone_is_missed(path: Path) -> None:
    path.unlink()
    assert verify(path, sealed=sealed(path)).cut == 6


def test_an_end_written_anew_is_seen(path: Path) -> None:
    kept = lines(path)
    last = json.loads(kept[-1])
    del last["hash"]
    last["verdict"] = "refused: 1 known forms"
    path.write_text("".join(kept[:-1]) + json.dumps(last | {"hash": hash_of(last)}) + "\n", "utf-8")
    assert verify(path).whole, "its hashes were made to fit"
    assert not verify(path, sealed=sealed(path)).whole


def test_one_line_more_than_sealed_is_a_killed_process_and_two_are_not(path: Path) -> None:
    for more in (1, 2):
        CallLog(path).append(call(9), verdict="passed")
        found = verify(path, sealed=sealed(path))
        assert (found.unsealed, found.whole) == (more, more == 1)
    CallLog(path, key=lambda: KEY).append(call(9), verdict="passed")
    assert verify(path, sealed=sealed(path)).whole


@pytest.mark.parametrize("removed", [1, 3, 6])
def test_a_log_goes_on_from_its_anchor(path: Path, removed: int) -> None:
    anchored(path, removed)
    found = verify(path, sealed=sealed(path))
    assert (found.whole, found.removed, found.lines) == (True, removed, 6 - removed)
    assert len(last_calls(path, most=99)) == 6 - removed
    CallLog(path, key=lambda: KEY).append(call(7), verdict="passed")
    assert verify(path, sealed=sealed(path)) == Verified(7 - removed, sealed(path).head, None, removed)
    assert sealed(path).count == 7


def test_an_anchor_that_does_not_fit_or_stands_elsewhere_breaks_the_log(path: Path) -> None:
    whole = lines(path)
    anchored(path, 2)
    good = lines(path)
    wrong = json.dumps({"anchor": "0" * 64, "removed": 2}) + "\n"
    for content in ([wrong, *good[1:]], [*good[:2], good[0], *good[2:]], [good[0], *good[2:]], [*whole[:1], good[0]]):
        path.write_text("".join(content), "utf-8")
        assert verify(path).broken is not None
    path.write_text(json.dumps({"anchor": json.loads(whole[1])["hash"], "removed": 0}) + "\n" + "".join(whole[2:]))
    assert not verify(path, sealed=sealed(path)).whole


def test_a_seal_of_another_key_or_a_changed_one_does_not_read(path: Path) -> None:
    with pytest.raises(VaultUnreadable):
        read_seal(path, key=bytes(31) + b"x")
    seal_path(path).write_bytes(seal_path(path).read_bytes()[:-1])
    with pytest.raises(VaultUnreadable):
        read_seal(path, key=KEY)


def test_a_line_says_policy_and_counts_and_the_next_process_keeps_the_policy(path: Path) -> None:
    CallLog(path).append(
        Line(pair="q", destination="embedding", payload=b"<A_B_1>\n<A_B_2>", texts=2), verdict="passed"
    )
    last = last_calls(path, most=1)[0]
    assert (last.policy, last.texts, last.placeholders, last.size) == ("house-1", 2, 2, 15)


@pytest.mark.parametrize("fault", ["write", "half", "fsync", "seal", "stop"])
def test_half_a_line_is_never_left(path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    before = path.read_bytes()

    def full(*_: object, **_more: object) -> int:
        raise KeyboardInterrupt if fault == "stop" else OSError(28, "no space")

    real = os.write

    def half(handle: int, data: bytes) -> int:
        return real(handle, data[: len(data) // 2])

    with monkeypatch.context() as patched:
        if fault == "half":
            patched.setattr(os, "write", half)
        else:
            name = {"write": "os.write", "fsync": "os.fsync", "stop": "os.fsync"}
            name["seal"] = "guards.chained_log.write_seal"
            patched.setattr(name[fault], full)
        with pytest.raises(KeyboardInterrupt if fault == "stop" else EgressRefused):
            CallLog(path, key=lambda: KEY).append(call(7), verdict="passed")
    if fault != "seal":
        assert path.read_bytes() == before
    CallLog(path, key=lambda: KEY).append(call(8), verdict="passed")
    assert verify(path, sealed=sealed(path)).whole
