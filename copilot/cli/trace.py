"""``coach trace``: which commitment serves which criterion, which KPI that counts towards, and what hangs loose."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, note, pass_run, say_exactly

if TYPE_CHECKING:
    from copilot.rendering.page import Reveal
    from copilot.tracing import Trace

_FORMATS = ["text", "mermaid", "csv", "json"]


@click.command()
@click.argument("pair")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True,
              help="mermaid is a flowchart to paste in Markdown; csv opens in a spreadsheet.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Same as --format json.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="As of this day; else today.")
@click.option("--all", "every", is_flag=True, help="Also commitments that are done.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file, yours alone to read.")
@click.option(
    "--as", "viewer", type=click.Choice(["mentor_coach", "mentee"]), default="mentor_coach", show_default=True,
    help="Who is looking.",
)  # fmt: skip
@pass_run
def trace(
    run: Run, pair: str, form: str, as_json: bool, day: datetime | None, every: bool, out: Path | None, viewer: str
) -> None:
    """Trace PAIR's commitments to criteria, KPI and gate; what is linked to nothing is listed with a question."""
    from copilot.cli.files import write_private
    from copilot.criterion_board import board
    from copilot.criterion_views import traced
    from guards.access import Role

    with run.copilot() as copilot:
        principal = copilot.principal(pair, Role(viewer))
        as_of = day.date() if day else copilot.today
        # A prep of the next day knows the notes of the day itself.
        known = board(copilot, pair, principal=principal, day=as_of + timedelta(days=1))
        found = traced(known, as_of=as_of, every=every)
        reveal = copilot.reveal(pair, principal)
    page = _page(found, form="json" if as_json else form, reveal=reveal)
    if out is None:
        say_exactly(page)
    else:
        write_private(out, page.encode())
        note(f"wrote {out}")


def _page(found: Trace, *, form: str, reveal: Reveal) -> str:
    import json

    from copilot.rendering import trace as pages
    from copilot.rendering.shape import restored

    if form == "json":
        return json.dumps(restored(pages.shape(found), reveal), ensure_ascii=False, indent=2) + "\n"
    draw = {"text": pages.text, "mermaid": pages.mermaid, "csv": pages.rows}[form]
    return draw(found, reveal=reveal)
