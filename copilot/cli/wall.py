"""``coach wall``: what a role sees of a pair, and what is kept from it and why."""

from __future__ import annotations

import click

from copilot.cli.output import Run, pass_run, say, say_json


@click.group()
def wall() -> None:
    """The walls between a pair and everybody else."""


@wall.command("preview")
@click.argument("pair")
@click.option("--as", "who", required=True, help="Whose view: a role, or a person's id.")
@click.option("--by", default="mentor_coach", show_default=True,
              help="Who asks, a role or a person: of the pair, or lnd for counts and reasons alone.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@pass_run
def preview_(run: Run, pair: str, who: str, by: str, as_json: bool) -> None:
    """Show the page of PAIR that WHO would see, and each source withheld from them with its reason.

    Who asks learns nothing new by it: names of sources and the page are shown to those who may read the pair's notes.
    """
    from copilot.wall import as_json as shape
    from copilot.wall import lines, preview

    with run.copilot() as copilot:
        subject, caller = copilot.viewer(pair, who), copilot.viewer(pair, by)
        found = preview(copilot, pair, subject, who=who, caller=caller)
    if as_json:
        say_json(shape(found))
        return
    for line in lines(found):
        say(line)
