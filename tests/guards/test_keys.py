"""Keys: made once, for their owner's eyes only, and gone when erased."""

from __future__ import annotations

import base64
import stat
import sys
from pathlib import Path

import pytest

from guards.errors import VaultUnreadable
from guards.keys import Keyring, master_from_command, master_from_text


def test_a_key_is_random_per_pair_and_the_same_next_time(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "keys")
    key = ring.key("ada-ben")
    assert len(key) == 32
    assert ring.key("../../etc") not in {key, b""}
    assert Keyring(tmp_path / "keys").key("ada-ben") == key
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()} == {0o600}
    assert all(key not in path.read_bytes() for path in (tmp_path / "keys").iterdir())


def test_an_erased_key_never_comes_back(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    key = ring.key("ada-ben")
    assert ring.erase("ada-ben")
    assert not ring.erase("ada-ben")
    assert ring.key("ada-ben") != key


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_master_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    Keyring(tmp_path)
    (tmp_path / "master.key").chmod(mode)
    with pytest.raises(VaultUnreadable, match="chmod 600"):
        Keyring(tmp_path)


@pytest.mark.parametrize("content", [b"", b"short", b"\xff\xfe", base64.b64encode(bytes(31))])
def test_a_damaged_master_key_is_refused(tmp_path: Path, content: bytes) -> None:
    Keyring(tmp_path)
    (tmp_path / "master.key").write_bytes(content)
    with pytest.raises(VaultUnreadable, match="32 bytes"):
        Keyring(tmp_path)


def test_a_master_key_handed_in_leaves_no_file_and_must_be_the_same(tmp_path: Path) -> None:
    key = Keyring(tmp_path, master=bytes(32)).key("ada-ben")
    assert not (tmp_path / "master.key").exists()
    assert Keyring(tmp_path, master=bytes(32)).key("ada-ben") == key
    with pytest.raises(VaultUnreadable):
        Keyring(tmp_path, master=bytes(31) + b"x").key("ada-ben")


def test_a_master_key_may_be_hexadecimal_base64_or_printed_by_a_command() -> None:
    assert master_from_text("00" * 32) == bytes(32)
    assert master_from_text(base64.b64encode(bytes(32)).decode() + "\n") == bytes(32)
    assert master_from_command([sys.executable, "-c", "print('00' * 32)"]) == bytes(32)
    for bad in ("", "ß" * 64, "00" * 31):
        with pytest.raises(VaultUnreadable):
            master_from_text(bad)
    with pytest.raises(VaultUnreadable, match="run it by hand"):
        master_from_command([sys.executable, "-c", "import sys; sys.exit('secret words')"])
    with pytest.raises(VaultUnreadable, match="run it by hand"):
        master_from_command(["/no/such/command"])
