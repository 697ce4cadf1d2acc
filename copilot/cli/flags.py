"""``coach flags``: what may be worth a person's look in the pairs' processes, with evidence and other explanations."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, note, pass_run, say, say_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copilot.flags.flag import Evidence, Flag


@click.command()
@click.option("--as-of", "days", type=click.DateTime(["%Y-%m-%d"]), multiple=True,
              help="Judge by what was logged by this day; may be given often; else today.")  # fmt: skip
@click.option("--kind", "kinds", help="Kinds, with commas between; else every kind.")
@click.option("--as", "person", help="Who is looking: a person's id. They see what they may review, and no more.")
@click.option("--queue/--no-queue", "queue", default=None,
              help="Make review cards of what is found; else today's flags do and a look back does not.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@pass_run
def flags(
    run: Run, days: tuple[datetime, ...], kinds: str | None, person: str | None, queue: bool | None, as_json: bool
) -> None:
    """Say which pairs may be worth a look, and why: each flag is a question, and nothing acts on it by itself.

    Today's flags become cards of the review queue, one for each stall (coach review list). What was dismissed there is
    not told again. Flags on a pair's own notes are kept for the pair. Without --as it is for whoever owns the home; a
    pair of which somebody withdrew programme_review is flagged to nobody else.
    """
    from copilot.finding import OWN
    from copilot.flagging import for_viewer, seen_by
    from copilot.flags.flag import as_json as shape
    from copilot.raising import as_they_stand, muted, queued, raised
    from guards.audit_log import Act, Entry

    asked = _asked(kinds)
    found: list[Flag] = []
    with run.copilot() as copilot:
        seen = seen_by(copilot, person)
        wanted = sorted({day.date() for day in days} or {datetime.now(UTC).date()})
        for each, made in raised(copilot, days=wanted, kinds=asked, remark=note, seen=seen).items():
            if queue or (queue is None and not days):
                queued(copilot, made)
            found += as_they_stand(copilot, made, as_of=each)
        found = for_viewer(copilot, person, found)
        if person is None:
            found = [each for each in found if each.kind not in OWN]
        copilot.audit.append(Entry(Act.FLAG, who=person or "", detail="seen", count=len(found)))
        for name in muted(copilot, as_of=wanted[-1]):
            note(f"{_plain(name)} muted itself: reviewers confirmed too few of its cards; see coach review list")
    if as_json:
        say_json([shape(each) for each in found])
        return
    _page(found)
    if days and not queue:
        note("A look back: no card was made. coach flags without --as-of makes today's.")


def _asked(kinds: str | None) -> set[str]:
    from copilot.errors import Usage
    from copilot.flags.flag import FlagKind
    from copilot.raising import MADE

    asked = {each.strip() for each in kinds.split(",") if each.strip()} if kinds else {each.value for each in MADE}
    if unknown := sorted(asked - set(FlagKind)):
        raise Usage(f"no kind {unknown[0]}: there are {', '.join(FlagKind)}")
    if missing := sorted(asked - MADE):
        note(f"not judged here: {', '.join(missing)}; language is coach lint's")
    return asked


def _page(found: Sequence[Flag]) -> None:
    if not found:
        say("Nothing to look at.")
        return
    many = "1 flag" if len(found) == 1 else f"{len(found)} flags"
    say(f"{many} to look at, each a question about a pair's process. Nothing is done by itself.")
    for each in found:
        say("")
        _print(each)
    say("")
    say("To decide, with a reason: coach review list --as YOUR-ID")


def _print(flag: Flag) -> None:
    about = flag.kind.value if flag.category in {"", flag.kind.value} else f"{flag.kind.value}: {_plain(flag.category)}"
    card = f"card {flag.card}, {flag.state.value}" if flag.card else f"flag {flag.id}, no card yet"
    say(f"{flag.pair}   {about}   {flag.tier.value}, score {flag.score:.2f} on {flag.as_of}   {card}")
    _points("For", [each for each in flag.evidence if each.points > 0])
    _points("Against", [each for each in flag.evidence if each.points <= 0])
    say("  Could also be:")
    for each in flag.alternatives:
        say(f"          {each.text} ({each.tested})")
    say(f"  Clears when: {flag.clears_when}")
    say(f"  Next step:   {flag.next_step}")


def _points(title: str, evidence: Sequence[Evidence]) -> None:
    if evidence:
        say(f"  {title}:")
    for each in evidence:
        say(f"    {each.points:+.1f}  {each.text}")


def _plain(category: str) -> str:
    return category.replace("_", " ")
