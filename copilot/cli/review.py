"""``coach review``: the queue of flags for people to judge."""

from __future__ import annotations

import json
from pathlib import Path

import click

from copilot.cli.output import Run, note, pass_run, say, say_json

_WORDS = ["watch", "confirm", "dismiss", "reopen"]
_STATES = ["open", "watching", "confirmed", "dismissed", "expired"]
_AS = click.option("--as", "person", required=True, help="Who is looking: a person's id.")
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")


@click.group()
def review() -> None:
    """Flags for people to judge: L&D those on a pair's process, a pair those on its own notes and drafts.

    Nothing acts on a decision. L&D sees pairs whose two people both allow programme_review.
    """


@review.command("list")
@_AS
@click.option("--state", type=click.Choice(_STATES), help="Cards in this state; else those that wait.")
@click.option("--digest", "weekly", is_flag=True, help="This week's digest: at most five cards, the same all week.")
@_JSON
@pass_run
def list_(run: Run, person: str, state: str | None, weekly: bool, as_json: bool) -> None:
    """List what waits for a person, review before watch, then the oldest; muted categories are said, not listed."""
    from copilot import reviewing
    from copilot.card_shape import about, card_json

    with run.copilot() as copilot:
        seen = reviewing.board(copilot, person)
        cards = seen.waiting if state is None else tuple(each for each in seen.cards if each.state.value == state)
        cards = reviewing.weekly(copilot, person) if weekly else cards
        shown = reviewing.wordings(copilot, person) if as_json else {}
        shapes = [card_json(each, shown[each.finding.pair]) for each in cards if as_json]
    for each in seen.muted:
        counts = f": {each.confirmed} of its last {each.judged} were confirmed" if seen.counts_shown else ""
        note(f"category {each.category} muted itself{counts}; its cards are in --state open and watching")
    if as_json:
        say_json(shapes)
        return
    if not cards:
        _nothing(state, weekly=weekly)
        return
    say(f"{'card':<12} {'state':<10} {'tier':<7} {'about':<28} {'pair':<16} since")
    for card in cards:
        one = card.finding
        told = f"{card.state.value:<10} {one.tier.value:<7} {about(one.kind.value, one.category):<28}"
        say(f"{one.id[:12]:<12} {told} {one.pair:<16} {card.since.isoformat()}")
    say(f"See one: coach review show CARD --as {person}; then coach review decide CARD WORD --reason TEXT")


def _nothing(state: str | None, *, weekly: bool) -> None:
    """The same words whatever there is that somebody may not see."""
    if weekly:
        say("Nothing in this week's digest. Cards raised since Monday come next week; see coach review list.")
    elif state is not None:
        say(f"No card here for you is {state}.")
    else:
        say("Nothing here for you to judge. L&D sees cards of pairs whose two people both gave programme_review.")


@review.command()
@click.argument("card")
@_AS
@_JSON
@pass_run
def show(run: Run, card: str, person: str, as_json: bool) -> None:
    """Show a CARD: its evidence, what else could explain it, what would clear it, and what was said of it."""
    from copilot import reviewing
    from copilot.card_shape import card_json

    with run.copilot() as copilot:
        found, grant = reviewing.one_card(copilot, person, card)
        shape = card_json(found, reviewing.wording(copilot, grant))
    if as_json:
        say_json(shape)
    else:
        _page(shape)


@review.command()
@click.argument("card")
@click.argument("word", type=click.Choice(_WORDS))
@_AS
@click.option("--reason", required=True, help="Why. Names in it are masked before it is kept.")
@_JSON
@pass_run
def decide(run: Run, card: str, word: str, person: str, reason: str, as_json: bool) -> None:
    """Say what a CARD is: WORD is watch, confirm, dismiss or reopen. Every word is kept, with who, role and reason."""
    from copilot import reviewing
    from copilot.card_shape import card_json
    from copilot.review import Event

    with run.copilot() as copilot:
        after = reviewing.decide(copilot, person, card, event=Event(word), reason=reason)
        shape = card_json(after, reviewing.wordings(copilot, person)[after.finding.pair]) if as_json else {}
    if as_json:
        say_json(shape)
        return
    say(f"Card {after.finding.id[:12]} is {after.state.value} since {after.since.isoformat()}."
        " Your word is kept with name, role and reason; nothing else was done.")  # fmt: skip


@review.command()
@_AS
@_JSON
@pass_run
def blockers(run: Run, person: str, as_json: bool) -> None:
    """Count blockers that pairs can't remove, over pairs whose cards you may judge; under ten they are not told."""
    from copilot.flags.blockers import LEAST_PAIRS
    from copilot.raising import blockers_across

    with run.copilot() as copilot:
        found = blockers_across(copilot, person)
    if as_json:
        say_json([{"category": each.category, "pairs": each.pairs, "middle_days": each.middle_days} for each in found])
        return
    for each in found:
        name = each.category.replace("_", " ")
        few = f"fewer than {LEAST_PAIRS} pairs, so not counted"
        told = few if each.pairs is None else f"{each.pairs} pairs, half of them for {each.middle_days} days or longer"
        say(f"{name:<12} {told}")


@review.command()
@_AS
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file, JSON Lines.")
@pass_run
def export(run: Run, person: str, out: Path) -> None:
    """Write decided cards as evaluation cases, masked, of pairs whose two people both allow evaluation."""
    from copilot import reviewing
    from copilot.cli.files import write_private

    with run.copilot() as copilot:
        made = reviewing.cases(copilot, person)
    write_private(out, "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in made).encode())
    note(f"wrote {out}: {len(made)} cases; pairs without both consents to evaluation are left out")


def _page(shape: dict[str, object]) -> None:
    from copilot.card_shape import about

    say(f"Card {shape['id']}: {about(str(shape['kind']), str(shape['category']))}, {shape['tier']}")
    later = f", evidence of {shape['seen']}" if shape["seen"] != shape["as_of"] else ""
    say(f"Pair {shape['pair']}, raised {shape['as_of']}{later}; {shape['state']} since {shape['since']}")
    for title, name in (("Evidence (+ for, - against)", "evidence"), ("What else could explain it", "alternatives")):
        say(f"{title}:")
        for each in _items(shape[name]):
            say(f"  - {each['text'] if isinstance(each, dict) else each}")
    say(f"Clears when: {shape['clears_when']}")
    say(f"Next step: {shape['next_step']}")
    say("What was said of it:" if shape["words"] else "Nobody has said anything of it yet.")
    for each in _items(shape["words"]):
        if isinstance(each, dict):
            say(f"  {each['date']} {each['by']} ({each['role']}): {each['event']}: {each['reason']}")


def _items(value: object) -> list[dict[str, str] | str]:
    from typing import cast

    return cast("list[dict[str, str] | str]", value)
