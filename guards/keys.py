"""Keys: one master key per home, one random key per pair, wrapped by the master.

Deleting a pair's key file erases the pair: its vault can never be opened again, whatever backups hold. The master
comes from a file that only its owner may read, or is handed in (from a setting or a secret store's command).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import stat
import subprocess
from collections.abc import Sequence
from pathlib import Path

from guards.errors import VaultUnreadable
from guards.sealing import KEY_BYTES, seal, unsealed


class Keyring:
    """Hands out the pairs' keys.

    Args:
        folder: where the wrapped keys live (one small file per pair), and the master key unless handed in.
        master: the master key; without it ``master.key`` in the folder is read, or made on first use.

    Raises:
        VaultUnreadable: the master key is malformed, or others may read its file.
    """

    def __init__(self, folder: Path, *, master: bytes | None = None) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._master = _master_in(folder / "master.key") if master is None else _checked(master, "the master key")

    def key(self, pair: str) -> bytes:
        """The pair's key, made at random when the pair has none."""
        path = self._path(pair)
        context = f"key:{pair}"
        if not path.exists():
            _create(path, seal(os.urandom(KEY_BYTES), key=self._master, context=context))
        return unsealed(path.read_bytes(), key=self._master, context=context)

    def has(self, pair: str) -> bool:
        """Whether a key was made for the pair and not erased."""
        return self._path(pair).exists()

    def erase(self, pair: str) -> bool:
        """Delete the pair's key for good; whatever was sealed with it is noise from now on."""
        path = self._path(pair)
        if not path.exists():
            return False
        with path.open("r+b") as file:  # in place, and on the disk before the name goes
            file.write(os.urandom(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _sync(self._folder)
        return True

    def _path(self, pair: str) -> Path:
        # A pair id may hold any character; the digest keeps file names safe and says nothing.
        return self._folder / f"{hashlib.sha256(pair.encode()).hexdigest()[:32]}.key"


def master_from_text(text: str) -> bytes:
    """A master key from a setting: 32 bytes as base64 or hexadecimal digits.

    Raises:
        VaultUnreadable: it is neither.
    """
    compact = text.strip()
    try:
        raw = bytes.fromhex(compact) if len(compact) == 2 * KEY_BYTES else base64.b64decode(compact, validate=True)
    except (ValueError, binascii.Error):
        raw = b""
    return _checked(raw, "the master key from the settings")


def master_from_command(command: Sequence[str]) -> bytes:
    """A master key printed by a command, such as a secret store's client; same encodings as ``master_from_text``.

    Raises:
        VaultUnreadable: the command failed, took over 30 s, or printed no key. Its output is never repeated.
    """
    try:
        done = subprocess.run(list(command), capture_output=True, timeout=30, check=True, text=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        raise VaultUnreadable(f"the master key command failed ({type(error).__name__}): run it by hand") from None
    return master_from_text(done.stdout)


def _checked(master: bytes, what: str) -> bytes:
    if len(master) != KEY_BYTES:
        raise VaultUnreadable(f"{what} must be {KEY_BYTES} bytes, as base64 or {2 * KEY_BYTES} hexadecimal digits")
    return master


def _master_in(path: Path) -> bytes:
    if not path.exists():
        _create(path, base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise VaultUnreadable(f"{path}: others may read the master key (mode {mode:o}); run: chmod 600 {path}")
    try:
        raw = base64.b64decode(path.read_bytes().strip(), validate=True)
    except binascii.Error:
        raw = b""
    return _checked(raw, str(path))


def _create(path: Path, content: bytes) -> None:
    """Write a new file of mode 0600 so that it is there whole or not at all, and never replaces another."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return  # another process was quicker; its key is the one that counts
    finally:
        draft.unlink()
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
