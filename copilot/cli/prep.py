"""``coach prep``: the session prep of a pair, as a page or a file."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, note, pass_run, say, say_json

if TYPE_CHECKING:
    from copilot.bootstrap import Copilot
    from copilot.engines.protocol import Told
    from guards.access import Principal

_SUFFIX = {"docx", "ics"}
_HEARD = {"summary": "in short", "questions": "ask", "actions": "to do"}


@click.command()
@click.argument("pair")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day of the session; else the next one expected."
)
@click.option("--minutes", type=click.Choice(["60", "45", "30"]), help="Length; else the pair's blueprint.")
@click.option("--format", "form", type=click.Choice(["text", "md", "docx", "ics", "json"]), default="text")
@click.option("--json", "as_json", is_flag=True, help="Same as --format json.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of stdout.")
@click.option(
    "--engine", type=click.Choice(["auto", "rules", "local", "endpoint"]), help="Who chooses; else COACH_ENGINE."
)
@click.option(
    "--as", "viewer", type=click.Choice(["mentor_coach", "mentee"]), default="mentor_coach", show_default=True
)
@pass_run
def prep(
    run: Run,
    pair: str,
    day: datetime | None,
    minutes: str | None,
    form: str,
    as_json: bool,
    out: Path | None,
    engine: str | None,
    viewer: str,
) -> None:
    """Draft the next session of PAIR: one page, six timed boxes, every fact cited to a note line."""
    from copilot.composing import draft_for, rendered
    from copilot.snapshot import Request
    from guards.access import Role

    form = "json" if as_json else form
    with run.copilot(**({"engine": engine} if engine else {})) as copilot:
        principal = copilot.principal(pair, Role(viewer))
        request = Request(pair, day.date() if day else None, int(minutes) if minutes else None)
        draft = draft_for(copilot, request, principal=principal, told=_teller(copilot, pair, principal))
        # Only now: drafting may give somebody of the programme their first placeholder.
        page = rendered(draft, form=form, reveal=copilot.reveal(pair, principal))
    if out is not None or form in _SUFFIX:
        target = out or Path(f"prep-{pair}-{draft.day.isoformat()}.{form}")
        target.write_bytes(page if isinstance(page, bytes) else _text(page).encode())
        note(f"wrote {target}")
    elif isinstance(page, dict):
        say_json(page)
    else:
        say(str(page).rstrip())


def _teller(copilot: Copilot, pair: str, principal: Principal) -> Told | None:
    """Shows on a terminal what a strong model words while it still answers; nothing where stderr is a file."""
    if not sys.stderr.isatty():
        return None
    return lambda kind, text: note(f"  {_HEARD.get(kind, kind)}: {copilot.reveal(pair, principal)(text)}")


def _text(page: str | dict[str, object]) -> str:
    return page if isinstance(page, str) else json.dumps(page, ensure_ascii=False, indent=2) + "\n"
