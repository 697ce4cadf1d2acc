"""Shows an installation: a bar with rate and time left on a terminal, a few plain lines elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING

from copilot.cli.output import note, terminal

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from copilot.weights.manifest import Manifest

_MB = 1_000_000
"""As the bar and the download counters of other tools count."""
_PLAIN_STEP = 10
"""Percent between two plain lines."""


class InstallProgress:
    """A ``Watcher`` for people; a context manager, so that a bar never outlives an error."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._total = 0
        self._name = ""
        self._said = 0
        self._first = 0
        self._since = 0.0

    def __enter__(self) -> InstallProgress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._close()

    def begin(self, manifest: Manifest, *, done: int) -> None:
        """Say the size before anything is fetched, then open the bar."""
        self._close()
        self._name, self._total, self._first, self._since = (
            manifest.name,
            manifest.download_bytes,
            done,
            time.monotonic(),
        )
        self._said = 0
        left = (self._total - done) // _MB
        kept = f", {done // _MB} MB of {self._total // _MB} are here already" if done else ""
        note(f"{manifest.name}: {manifest.title}, {manifest.licence}: {left} MB to download{kept}")
        if terminal():
            self._open_bar(done)

    def reached(self, done: int) -> None:
        """Move the bar, or say every tenth in a plain line."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done)
            return
        percent = done * 100 // self._total
        if self._total > 200 * _MB and percent >= self._said + _PLAIN_STEP:
            self._said = percent - percent % _PLAIN_STEP
            note(f"{self._name}: {self._said} %{self._pace(done)}")

    def remark(self, text: str) -> None:
        """A line between two bars."""
        self._close()
        note(text)

    def _pace(self, done: int) -> str:
        seconds = time.monotonic() - self._since
        rate = (done - self._first) / seconds if seconds > 0.5 else 0
        return (
            f", {rate / _MB:.1f} MB/s, {(self._total - done) / rate:.0f} s left" if rate and done < self._total else ""
        )

    def _open_bar(self, done: int) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
        )
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._bar.start()
        self._task = self._bar.add_task(self._name, total=self._total, completed=done)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.stop()
        self._bar = self._task = None
