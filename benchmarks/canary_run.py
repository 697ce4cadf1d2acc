"""Runs ``coach`` in this process the way a person does, and records what it says, logs and warns.

The home, the weights and the endpoint are given; everything else is the product's own. What is replaced is replaced
through ``Overrides``, so that a broken part can be put in on purpose and be found.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final

import click
from click.testing import CliRunner, Result

from benchmarks.canary_home import wal_bytes
from copilot.bootstrap import Copilot, Overrides, bootstrap
from copilot.cli.main import coach
from copilot.cli.output import Run
from copilot.home import Home
from copilot.settings import Settings
from copilot.stores.protocols import Record

NAMED: Final = "what somebody typed, said back to them"
"""Arguments, and names of the files they point at."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Bytes that were written somewhere. ``pair`` says whose people may read names there; empty means nobody."""

    place: str
    data: bytes
    pair: str = ""


class _Watched(Copilot):
    """A home whose write-ahead log is read before it is folded into the database."""

    def __init__(  # noqa: PLR0913, PLR0917 - a home's parts, and who is told
        self,
        settings: Settings,
        home: Home,
        record: Record,
        overrides: Overrides,
        told: Callable[[Recording], None],
        change: Callable[[Copilot], None],
    ) -> None:
        super().__init__(settings, home, record, overrides)
        self._told = told
        change(self)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for place, data in wal_bytes(self.home.path):
            self._told(Recording(place, data))
        super().__exit__(kind, error, at)


def _as_it_is(_: Copilot) -> None:
    """No change."""


@dataclass(frozen=True, slots=True)
class CanaryRun(Run):
    """The global options of a call, with settings and parts of our choosing."""

    overrides: Overrides = field(default_factory=Overrides)
    given: Mapping[str, object] = field(default_factory=dict[str, object])
    recordings: list[Recording] = field(default_factory=list[Recording])
    watch_log: bool = False
    change: Callable[[Copilot], None] = _as_it_is
    """Breaks a part of the opened home on purpose."""

    def settings(self, **changes: object) -> Settings:
        """The settings given, with the command's own on top."""
        return Run.settings(self, **{**self.given, **changes})

    def copilot(self, **changes: object) -> Copilot:
        """Open the home."""
        opened = bootstrap(self.settings(**changes), overrides=self.overrides)
        told = self.recordings.append if self.watch_log else _forgotten
        return _Watched(opened.settings, opened.home, opened.record, self.overrides, told, self.change)


def _forgotten(_: Recording) -> None:
    """Not recorded."""


def coach_as(run: CanaryRun, arguments: Sequence[str], *, pair: str = "", named: bool = False) -> Result:
    """One command; what it prints is recorded, for nobody's eyes or for the people of ``pair``.

    ``named`` says that the files handed in are named after people: their names come back in the line of each file.

    An exception that no table explains reaches the terminal as its type and place alone (``copilot.cli.main``);
    it is recorded as "crash" with its text left out, as there.
    """
    group = type(coach)(name="coach", commands=coach.commands)
    result = CliRunner().invoke(group, list(arguments), obj=run, catch_exceptions=True)
    name = arguments[0]
    run.recordings.append(
        Recording("exports and pages" if pair else "output where no name may be", result.stdout_bytes, pair)
    )
    run.recordings.append(Recording(NAMED if named else "messages", result.stderr_bytes))
    if result.exception is not None and not isinstance(result.exception, SystemExit | click.exceptions.Exit):
        run.recordings.append(Recording("crash", f"{name}: {type(result.exception).__name__}".encode()))
    return result


class _Kept(logging.Handler):
    """Keeps what is logged, as any handler would write it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def logs_kept(into: list[Recording]) -> Generator[None]:
    """Everything logged at DEBUG level or warned of within the block, by whatever library."""
    root, handler = logging.getLogger(), _Kept()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            yield
        finally:
            root.removeHandler(handler)
            root.setLevel(level)
            into.append(Recording("logs at DEBUG level", "\n".join(handler.lines).encode("utf-8", "replace")))
            said = "\n".join(str(each.message) for each in warned)
            into.append(Recording("warnings", said.encode("utf-8", "replace")))


def weights_given(weights: Path | None) -> Mapping[str, object]:
    """The weights folder as a setting."""
    return {} if weights is None else {"weights": weights}
