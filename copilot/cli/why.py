"""``coach why``: the note lines behind one item of a draft."""

from __future__ import annotations

import click

from copilot.cli.output import Run, pass_run, say


@click.command()
@click.argument("draft")
@click.argument("item")
@click.option(
    "--as", "viewer", type=click.Choice(["mentor_coach", "mentee"]), default="mentor_coach", show_default=True
)
@pass_run
def why(run: Run, draft: str, item: str, viewer: str) -> None:
    """Show the note lines behind ITEM (such as 2.1 or c1) of DRAFT (its id, or the first characters of it)."""
    from copilot.finding_drafts import find_draft
    from copilot.why import why as lines_behind
    from guards.access import Role

    with run.copilot() as copilot:
        found, principal, reader = find_draft(copilot, draft, role=Role(viewer))
        reveal = copilot.reveal(found.pair, principal)
        say(lines_behind(found, item, reader=reader, reveal=reveal, opted_in=copilot.opted_in(found.pair)))
