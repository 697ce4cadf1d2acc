"""A damaged audit log can be set aside so that work goes on, and what happened to it cannot be hidden by that."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.audit_tampering import made_log
from guards.audit_log import Act, AuditLog, Entry, shown, verified
from guards.audit_restart import before, restart
from guards.errors import AuditUnwritable
from guards.keys import Keyring
from guards.log_seal import seal_path


def _seal(path: Path, keyring: Keyring) -> None:
    assert keyring
    seal_path(path).write_bytes(b"mc1\x00" + bytes(60))


def _last_line(path: Path, keyring: Keyring) -> None:
    assert keyring
    path.write_bytes(path.read_bytes()[:-40])


def _edit(path: Path, keyring: Keyring) -> None:
    assert keyring
    path.write_bytes(path.read_bytes().replace(b'"act": "', b'"act": "x', 1))


def _log_gone(path: Path, keyring: Keyring) -> None:
    assert keyring
    path.unlink()


def _key(path: Path, keyring: Keyring) -> None:
    assert path
    keyring.key("\x00audit log")
    for each in (path.parent / "keys").glob("*.key"):
        if each.name != "master.key":
            each.write_bytes(bytes(each.stat().st_size))


DAMAGES = {"seal": _seal, "last line": _last_line, "edit": _edit, "log gone": _log_gone, "key": _key}
BLOCKING = {"seal", "last line", "key"}


@pytest.mark.parametrize("damage", DAMAGES)
def test_work_goes_on_and_the_new_chain_names_the_broken_log(tmp_path: Path, damage: str) -> None:
    path, keyring = made_log(tmp_path, lines=6)
    assert before(path) is None
    DAMAGES[damage](path, keyring)
    left = path.read_bytes() if path.exists() else b""
    if damage in BLOCKING:
        with pytest.raises(AuditUnwritable, match="coach audit restart"):
            AuditLog(path, keyring=keyring).append(Entry(Act.FLAG))
    done = restart(path, keyring=keyring, who="lou")
    AuditLog(path, keyring=keyring).append(Entry(Act.FLAG))
    assert (tmp_path / "audit.broken-001.jsonl").read_bytes() == left
    found = verified(path, keyring=keyring)
    assert (found.whole, found.lines) == (True, 2)
    assert before(path) == done
    (first, _) = shown(path, keyring=keyring, pairs=[], people=["lou"], most=9)
    assert (first["act"], first["who"]) == ("restart", "lou")


def test_a_whole_log_is_not_set_aside(tmp_path: Path) -> None:
    path, keyring = made_log(tmp_path, lines=6)
    with pytest.raises(AuditUnwritable, match="whole"):
        restart(path, keyring=keyring, who="lou")
    assert verified(path, keyring=keyring).lines == 6


@pytest.mark.parametrize("later", ["changed", "gone", "put in", "renamed"])
def test_what_was_set_aside_is_kept_as_it_is_or_missed(tmp_path: Path, later: str) -> None:
    path, keyring = made_log(tmp_path, lines=6)
    _edit(path, keyring)
    restart(path, keyring=keyring, who="lou")
    aside = tmp_path / "audit.broken-001.jsonl"
    if later == "changed":
        aside.write_bytes(aside.read_bytes() + b"\n")
    elif later == "gone":
        aside.unlink()
    elif later == "put in":
        (tmp_path / "audit.broken-002.jsonl").write_bytes(b"")
    else:
        aside.rename(tmp_path / "audit.broken-009.jsonl")
    found = before(path)
    assert found is not None
    assert not found.named


def test_a_second_time_names_both_and_a_run_that_was_stopped_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, keyring = made_log(tmp_path, lines=6)
    _edit(path, keyring)
    first = restart(path, keyring=keyring, who="lou")
    _seal(path, keyring)

    def stopped(*_: object, **_more: object) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as patched:
        patched.setattr("guards.audit_log.write_seal", stopped)
        with pytest.raises(AuditUnwritable):
            restart(path, keyring=keyring, who="lou")
    assert not verified(path, keyring=keyring).whole
    again = restart(path, keyring=keyring, who="lou")
    assert (again.logs, again.digest != first.digest) == (3, True)
    assert before(path) == again
    assert verified(path, keyring=keyring).whole


def test_moving_the_log_aside_by_hand_is_no_restart(tmp_path: Path) -> None:
    path, keyring = made_log(tmp_path, lines=6)
    path.rename(tmp_path / "audit.broken-001.jsonl")
    assert not verified(path, keyring=keyring).whole
    found = before(path)
    assert found is not None
    assert not found.named


def test_a_digest_holds_no_text(tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "audit.jsonl", keyring=Keyring(tmp_path / "keys"))
    with pytest.raises(AuditUnwritable, match="fixed words"):
        log.append(Entry(Act.RESTART, before="Ada Nwosu"))
