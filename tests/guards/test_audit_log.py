"""The audit log: durable, without text or ids in the open, and no tampering passes as whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.audit_tampering import TAMPERINGS, made_log, missed
from guards.audit_log import Act, AuditLog, Entry, forget, shown, verified
from guards.errors import AuditUnwritable
from guards.keys import Keyring
from guards.log_seal import seal_path


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys")


def test_a_thousand_tampered_copies_are_all_found(tmp_path: Path) -> None:
    made, passed = missed(tmp_path, copies=1000)
    assert sum(made.values()) == 1000
    assert set(made) == set(TAMPERINGS)
    assert not {name: count for name, count in passed.items() if count}


def test_a_whole_log_is_whole_and_holds_no_id(tmp_path: Path) -> None:
    path, keyring = made_log(tmp_path, lines=20)
    found = verified(path, keyring=keyring)
    assert (found.whole, found.lines, found.unsealed) == (True, 20, 0)
    text = path.read_text("utf-8")
    assert not [each for each in ('"p0"', '"p1"', '"u2"', "00000003") if each in text]
    assert oct(path.stat().st_mode & 0o777) == "0o600"


def test_a_log_never_begun_is_whole_and_one_put_in_is_not(tmp_path: Path, keyring: Keyring) -> None:
    path = tmp_path / "audit.jsonl"
    assert verified(path, keyring=keyring).whole
    path.write_text("{}\n", "utf-8")
    assert not verified(path, keyring=keyring).whole


@pytest.mark.parametrize("gone", ["log", "seal", "both", "changed seal"])
def test_what_is_gone_is_missed(tmp_path: Path, gone: str) -> None:
    path, keyring = made_log(tmp_path, lines=5)
    if gone in {"log", "both"}:
        path.unlink()
    if gone in {"seal", "both"}:
        seal_path(path).unlink()
    if gone == "changed seal":
        seal_path(path).write_bytes(b"mc1\x00" + bytes(60))
    assert not verified(path, keyring=keyring).whole
    if gone != "changed seal":
        AuditLog(path, keyring=keyring).append(Entry(Act.FLAG))
        assert not verified(path, keyring=keyring).whole, "the next line must not cover it up"


def test_what_was_cut_stays_missed_whatever_is_appended_after(tmp_path: Path) -> None:
    path, keyring = made_log(tmp_path, lines=6)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-2]), "utf-8")
    for number in range(4):
        AuditLog(path, keyring=keyring).append(Entry(Act.FLAG, "p", "u", count=number))
        found = verified(path, keyring=keyring)
        assert (found.whole, found.cut) == (False, 2)


def test_a_line_that_its_process_could_not_seal_is_no_alarm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, keyring = made_log(tmp_path, lines=3)

    def full(*_: object, **_more: object) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as patched:
        patched.setattr("guards.chained_log.write_seal", full)
        with pytest.raises(AuditUnwritable):
            AuditLog(path, keyring=keyring).append(Entry(Act.FLAG))
    assert verified(path, keyring=keyring).whole
    AuditLog(path, keyring=keyring).append(Entry(Act.FLAG))
    assert (verified(path, keyring=keyring).lines, verified(path, keyring=keyring).whole) == (5, True)


@pytest.mark.parametrize("fault", ["os.write", "os.fsync"])
def test_what_is_not_durable_is_not_acknowledged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    path, keyring = made_log(tmp_path, lines=3)
    before = path.read_bytes()
    log = AuditLog(path, keyring=keyring)

    def full(*_: object) -> int:
        raise OSError(28, "no space")

    with monkeypatch.context() as patched:
        patched.setattr(fault, full)
        with pytest.raises(AuditUnwritable, match="audit verify"):
            log.append(Entry(Act.EXPORT, "p0", "u0"))
    assert path.read_bytes() == before


@pytest.mark.parametrize("word", ["Ada Nwosu", "two words", "x" * 40, "UPPER", "a\nb"])
def test_text_is_refused(tmp_path: Path, keyring: Keyring, word: str) -> None:
    with pytest.raises(AuditUnwritable, match="fixed words"):
        AuditLog(tmp_path / "audit.jsonl", keyring=keyring).append(Entry(Act.EXPORT, "p", "u", detail=word))
    assert not (tmp_path / "audit.jsonl").exists()


def test_an_erased_pair_and_person_cannot_be_resolved_and_the_chain_holds(tmp_path: Path) -> None:
    path, keyring = made_log(tmp_path, lines=15)

    def told() -> str:
        lines = shown(path, keyring=keyring, pairs=["p0", "p1"], people=["u0", "u1"], most=99)
        return os.linesep.join(str(each) for each in lines)

    assert all(f"'{each}'" in told() for each in ("p0", "p1", "u0", "u1"))
    forget(keyring, kind="pair", id_="p0")
    forget(keyring, kind="person", id_="u1")
    assert "'p0'" not in told()
    assert "'u1'" not in told()
    assert "'p1'" in told()
    assert verified(path, keyring=keyring).whole
    AuditLog(path, keyring=keyring).append(Entry(Act.DRAFT, "p0", "u0"))  # the id came back: a new key, new digests
    assert told().count("'p0'") == 1


def test_show_refuses_what_does_not_read(tmp_path: Path) -> None:
    path, keyring = made_log(tmp_path, lines=2)
    path.write_bytes(b"\xff\n")
    with pytest.raises(AuditUnwritable, match="verify"):
        shown(path, keyring=keyring, pairs=(), people=(), most=5)
