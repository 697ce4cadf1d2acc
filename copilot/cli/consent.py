"""``coach consent``: what each person allows their material to be used for."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from copilot.cli.output import Run, pass_run, say, say_json
from guards.consent import ConsentWord, Purpose

_PURPOSES = tuple(each.value for each in Purpose)


@click.group()
def consent() -> None:
    """Consent per person and purpose; the last word counts, at once, and every word is kept."""


@consent.command("list")
@click.argument("person", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@pass_run
def list_(run: Run, person: str | None, as_json: bool) -> None:
    """List what everybody of a pair, or PERSON, allows now."""
    from copilot.consenting import state_of

    with run.copilot() as copilot:
        rows = state_of(copilot, person)
    if as_json:
        say_json(rows)
        return
    for row in rows:
        say(f"{row['person']:<16} {row['purpose']:<20} {'allowed' if row['allowed'] else 'not allowed'}")


@consent.command()
@click.argument("person")
@click.argument("purpose", type=click.Choice(_PURPOSES))
@click.option("--as", "speaker", help="Who says so: a person's id; else PERSON. A person gives only their own.")
@pass_run
def give(run: Run, person: str, purpose: str, speaker: str | None) -> None:
    """Allow PURPOSE for PERSON's material."""
    _say(run, person, purpose, speaker, given=True)


@consent.command()
@click.argument("person")
@click.argument("purpose", type=click.Choice(_PURPOSES))
@click.option("--as", "speaker", help="Who says so: a person's id; else PERSON. A person withdraws only their own.")
@pass_run
def withdraw(run: Run, person: str, purpose: str, speaker: str | None) -> None:
    """Withdraw PURPOSE for PERSON's material; it counts from the next command on."""
    _say(run, person, purpose, speaker, given=False)


def _say(run: Run, person: str, purpose: str, speaker: str | None, *, given: bool) -> None:
    from copilot.consenting import keep_word

    with run.copilot() as copilot:
        word = ConsentWord(person, Purpose(purpose), given, datetime.now(UTC))
        told = keep_word(copilot, word, speaker=speaker or person)
    say(told)
