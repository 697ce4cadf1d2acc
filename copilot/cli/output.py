"""The one renderer of the command line: text for people on stdout, everything else on stderr.

Holds the run's global options. ``rich`` is imported only when a table or a bar is drawn, so ``--help`` stays quick.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from copilot.rendering.inert import plain

if TYPE_CHECKING:
    from rich.progress import Progress

    from copilot.bootstrap import Copilot
    from copilot.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Run:
    """The global options of one call of ``coach``."""

    home: Path | None = None
    debug: bool = False

    def settings(self, **changes: object) -> Settings:
        """The settings of the environment, with ``--home`` and ``changes`` on top."""
        from copilot.settings import read_settings

        if self.home is not None:
            changes["home"] = self.home
        return read_settings(**changes)

    def copilot(self, **changes: object) -> Copilot:
        """Open the home; use as a context manager."""
        from copilot.bootstrap import bootstrap

        return bootstrap(self.settings(**changes))


pass_run = click.make_pass_decorator(Run, ensure=True)


def say(text: str = "") -> None:
    """A line for people, on stdout; nothing in it can command the terminal."""
    click.echo(plain(text))


def say_exactly(page: str | bytes) -> None:
    """A page or file on stdout as it is, without another line break."""
    click.echo(page, nl=False)


def note(text: str) -> None:
    """A remark that is not the result, on stderr."""
    click.echo(plain(text), err=True)


def say_json(document: object) -> None:
    """Exactly one JSON document on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def say_json_line(document: object) -> None:
    """One JSON document on one line of stdout, flushed, for ``--jsonl`` streams."""
    click.echo(json.dumps(document, ensure_ascii=False))


def terminal() -> bool:
    """Whether stderr is a terminal, where a progress bar may be drawn."""
    return sys.stderr.isatty()


def progress(*, unit: str = "") -> Progress:
    """A progress bar with a rate, on stderr; draws nothing when stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), disable=not terminal(), transient=True)


def as_role(command: F) -> F:
    """The ``--as`` option: which of the pair's people is looking."""
    return click.option(
        "--as",
        "viewer",
        type=click.Choice(["mentor_coach", "mentee", "sponsor"]),
        default="mentor_coach",
        show_default=True,
        help="Who is looking; decides what is shown.",
    )(command)
