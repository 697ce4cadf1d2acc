"""``coach cohort``: what is worth a look in the spread over a whole cohort."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from copilot.cli.output import say_exactly

if TYPE_CHECKING:
    from copilot.cohort.spread import Spread


@click.command()
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def cohort(table: Path, form: str) -> None:
    """Look for what is spread unevenly over a cohort, from a CSV TABLE that people gave of their own will.

    One row a person: person, consent (yes), group, and outcomes of yes or no in columns of any name; mentor, team,
    mentor_team, sponsor, sponsor_hours, feedback_notes and feedback_behaviour where you have them. The table is
    read and forgotten; nothing of it enters the home. Groups under ten are not shown. A difference is worth a look;
    it proves nothing.
    """
    import json
    from dataclasses import asdict

    from copilot.cohort.spread import spread
    from copilot.cohort.table import read_cohort
    from copilot.errors import BadInput

    try:
        data = table.read_bytes()
    except OSError as error:
        raise BadInput(f"cohort table {table.name}: cannot be read ({error.strerror}); give a CSV file") from None
    found = spread(read_cohort(data))
    say_exactly(json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n" if form == "json" else _text(found))


def _p(value: float) -> str:
    return "p < 0.001" if value < 0.001 else f"p = {value:.3f}"


def _text(found: Spread) -> str:
    lines: list[str] = []
    for each in sorted(found.looks, key=lambda look: (not look.worth_a_look, look.p)):
        mark = "Worth a look" if each.worth_a_look else "No clear difference"
        beside = f"{each.ratio:.2f} times the highest group's [{each.low:.2f}, {each.high:.2f}]"
        told = f"{each.what}, group {each.group} (n = {each.n}): {each.rate:.0%}, {beside}, {_p(each.p)}"
        lines.append(f"{mark}: {told}")
    lines += found.lines
    if not lines:
        lines.append("Nothing to compare: no two groups of ten or more have an outcome.")
    lines.append("p is exact and corrected for all comparisons. A difference says where to ask, not why it is there.")
    return "\n".join(lines) + "\n"
