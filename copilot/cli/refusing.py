"""Turns refusals into one line and an exit status, for every program that a person calls."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import click

from copilot.cli.exits import EXPLAINED, OUR_FAULT, USAGE, exit_status
from copilot.cli.output import note


class Refusing(click.Group):
    """Runs a command; a refusal becomes one line, a bug says so without a traceback unless ``--debug``."""

    def invoke(self, ctx: click.Context) -> object:
        """Run it; see the class."""
        try:
            return super().invoke(ctx)
        except EXPLAINED as error:
            if ctx.params.get("debug"):
                raise
            note(f"coach: {error}")
            ctx.exit(exit_status(error))


def run(group: click.Group, *, name: str | None = None) -> None:
    """Run a program; usage errors exit 64 where click would say 2, Ctrl-C 130, a bug of ours 70 without a traceback.

    A bug's message may hold what it choked on, so only its type and place are shown unless ``--debug``.
    """
    try:
        status = group.main(prog_name=name, standalone_mode=False)
    except click.UsageError as error:
        error.show()
        sys.exit(USAGE)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except click.Abort:
        note("coach: stopped")
        sys.exit(130)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        note(f"coach: {_place(error)}; this is our fault, nothing was sent; run again with --debug to see where")
        sys.exit(OUR_FAULT)
    sys.exit(status if isinstance(status, int) else 0)


def _place(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"unexpected {type(error).__name__} in {Path(last.filename).stem}, line {last.lineno}"
