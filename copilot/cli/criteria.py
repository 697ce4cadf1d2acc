"""``coach criteria``: the draft acceptance criteria of a pair, and what each still needs."""

from __future__ import annotations

from datetime import datetime

import click

from copilot.cli.output import Run, pass_run, say, say_json


@click.command()
@click.argument("pair")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day of the session; else the next one expected."
)
@click.option(
    "--as", "viewer", type=click.Choice(["mentor_coach", "mentee"]), default="mentor_coach", show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@pass_run
def criteria(run: Run, pair: str, day: datetime | None, viewer: str, as_json: bool) -> None:
    """Draft acceptance criteria for the decision at hand of PAIR; what the notes don't say is asked, not invented."""
    from copilot.composing import draft_for
    from copilot.criteria import lint_criterion
    from copilot.rendering.page import criterion_lines, place
    from copilot.rendering.shape import criterion_shape, restored
    from copilot.snapshot import Request
    from guards.access import Role

    with run.copilot() as copilot:
        principal = copilot.principal(pair, Role(viewer))
        draft = draft_for(copilot, Request(pair, day.date() if day else None), principal=principal)
        reveal = copilot.reveal(pair, principal)
        if as_json:
            say_json([restored(criterion_shape(each), reveal) for each in draft.criteria])
            return
        for each in draft.criteria:
            say(reveal("\n".join(criterion_lines(each))))
            for gap in lint_criterion("\n".join(criterion_lines(each)), words=copilot.corpus.criterion_words):
                say(f"  worth a look: {gap}")
            for citation in each.citations:
                say(reveal(f"  from {place(citation)}"))
        if not draft.criteria:
            say("No criterion yet: the notes name no decision. Write one down under Decisions, then ingest again.")
