"""What ``coach commitments`` shows to each of a pair's people, as lines of text.

A mentee gets their own words, where they were said, and two sentences for a ticket; a sponsor gets what was confirmed
and shared, without a note's line or name. Pure: no record, no vault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from copilot.mentions import Commitment, CommitmentStatus, Mention, MentionKind
from guards.text import PLACEHOLDER
from knowledge.passages import Citation

Shown = Callable[[str], str]

_SHORT_ID: Final = 8
_ORDER: Final = (CommitmentStatus.OPEN, CommitmentStatus.CANDIDATE, CommitmentStatus.DONE, CommitmentStatus.DROPPED)
_TITLES: Final = {
    CommitmentStatus.OPEN: "Open",
    CommitmentStatus.CANDIDATE: "To be confirmed",
    CommitmentStatus.DONE: "Done",
    CommitmentStatus.DROPPED: "Dropped",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """What there is to show as of a day. ``names`` are by person id, ``aims`` (objectives) by session day; ``left`` are
    the session days of promises that left their note when it was changed.
    """

    pair: str
    as_of: date
    commitments: tuple[Commitment, ...]
    names: Mapping[str, str]
    unparsed: tuple[Mention, ...] = ()
    orphans: int = 0
    kpi: str | None = None
    aims: Mapping[date, str] = field(default_factory=dict[date, str])
    left: tuple[date, ...] = ()


def visible(commitments: Iterable[Commitment], *, every: bool) -> tuple[Commitment, ...]:
    """Open ones, candidates, and what somebody has to settle; with ``every`` also done and dropped.

    A denied one is shown to nobody.
    """
    wanted = _ORDER if every else _ORDER[:2]
    return tuple(
        each for each in commitments if each.status in wanted or (each.status in _ORDER and each.question is not None)
    )


def masked(text: str) -> str:
    """Placeholders as plain words, for somebody who may not see the names behind them."""
    return PLACEHOLDER.sub(lambda match: f"[{match.group(1).replace('_', ' ').lower()}]", text)


def pair_page(listing: Listing, *, shown: Shown) -> Iterator[str]:
    """For the mentor coach: everything, by status."""
    yield f"Commitments of {listing.pair}, as of {listing.as_of.isoformat()}"
    for status in _ORDER:
        some = [each for each in listing.commitments if each.status is status]
        if some:
            yield from ("", f"{_TITLES[status]} ({len(some)})")
        for each in some:
            yield from _entry(each, listing, shown)
    yield from _rest(listing, shown)


def mentee_page(listing: Listing, *, me: str, shown: Shown) -> Iterator[str]:
    """For the mentee: what is theirs, in their own words, then what others owe."""
    mine = [each for each in listing.commitments if each.owner == me]
    yield f"Your commitments, {listing.names.get(me, me)}, as of {listing.as_of.isoformat()}"
    if not mine:
        yield "Nothing of yours is open."
    for each in mine:
        yield from _own_entry(each, listing, shown)
    others = [each for each in listing.commitments if each.owner != me]
    if others:
        yield from ("", "Owed by others, or by nobody yet")
    for each in others:
        yield from _entry(each, listing, shown)
    yield from _rest(listing, shown)
    yield from ("", "Not yours, or never agreed? coach commit deny ID --as mentee --reason TEXT")


def sponsor_page(listing: Listing) -> Iterator[str]:
    """For the sponsor: what the mentee confirmed and shared."""
    yield f"Shared commitments of {listing.pair}, as of {listing.as_of.isoformat()}"
    if not listing.commitments:
        yield "Nothing is shared with you yet: lines are the mentee's to share."
    for each in listing.commitments:
        yield f"- {masked(each.action)}"
        yield f"  {_who(each, listing, masked)}; {each.status.value}; {_facts(each)}"


def ticket_sentences(each: Commitment, *, shown: Shown) -> tuple[str, str]:
    """Two sentences to paste in a ticket: what was agreed when, and where it stands."""
    first = f"Agreed on {_long(each.first_agreed)}: {shown(each.action).rstrip('.')}."
    stands = f"has been {each.status.value} for {_days(each.age_days)}"
    if not each.due:
        said = f' ("{shown(each.due_text)}")' if each.due_text else ""
        return first, f"It has no due date{said} and {stands}."
    moved = f" (first {_long(each.moves[0])})" if each.moves else ""
    tense = "was" if each.due < each.first_agreed + timedelta(days=each.age_days) else "is"
    return first, f"It {tense} due on {_long(each.due)}{moved} and {stands}."


def _entry(each: Commitment, listing: Listing, shown: Shown) -> Iterator[str]:
    yield f"{each.id[:_SHORT_ID]}  {shown(each.action)}"
    yield f"          {_who(each, listing, shown)}; {_facts(each)}"
    yield from (f"          said {_where(place, shown)}" for place in each.citations[:1])
    yield from _open_points(each, shown)
    if each.reason:
        yield f"          because: {shown(each.reason)}"
    yield from _history(each, listing)


def _own_entry(each: Commitment, listing: Listing, shown: Shown) -> Iterator[str]:
    yield from ("", f"{each.id[:_SHORT_ID]}  {shown(each.action)}")
    for place in each.citations[:1]:
        yield f'          said {each.first_agreed.isoformat()} in {_where(place, shown)}: "{shown(place.quote)}"'
    aim = shown(listing.aims.get(each.first_agreed, "")).rstrip(".")
    if aim or listing.kpi:
        yield "          why: " + "; ".join(filter(None, (aim, listing.kpi and f"KPI {listing.kpi}")))
    yield f"          {each.status.value}; {_facts(each)}"
    yield f"          seen by: {'the pair and the sponsor' if each.shared else 'the pair only'}"
    yield from _open_points(each, shown)
    yield from _history(each, listing)
    if each.status is CommitmentStatus.OPEN:
        yield "          for the ticket: " + " ".join(ticket_sentences(each, shown=shown))


def _open_points(each: Commitment, shown: Shown) -> Iterator[str]:
    """The question to settle, the lines of later notes behind it, and what to type."""
    if each.question:
        yield f"          ? {shown(each.question)}"
    for line in each.unsettled:
        others = ", ".join(other[:_SHORT_ID] for other in line.among if other != each.id)
        also = f"; it may also be {others}" if others else ""
        yield f"            said {line.day.isoformat()} in {_where(line.citation, shown)}{also}"
    if each.unsettled:
        yield f"            to settle: coach commit done|drop|move|confirm {each.id[:_SHORT_ID]}"


def _history(each: Commitment, listing: Listing) -> Iterator[str]:
    """What happened, where people had a say or it was closed and opened again."""
    if not any(one.by for one in each.history):
        return
    told = (
        f"{one.what} {one.day.isoformat()}"
        + (f" by {listing.names.get(one.by, one.by)}" if one.by else "")
        + (" (kept, without effect)" if one.kept_only else "")
        for one in each.history
    )
    yield "          history: " + "; ".join(told)


def _rest(listing: Listing, shown: Shown) -> Iterator[str]:
    if listing.unparsed:
        yield from ("", "Looks like a promise and could not be read")
    for each in listing.unparsed:
        yield f'- {each.session_date.isoformat()}, {_where(each.citation, shown)}: "{shown(each.text)}"'
    if listing.left:
        days = ", ".join(sorted({day.isoformat() for day in listing.left}))
        many = "1 promise" if len(listing.left) == 1 else f"{len(listing.left)} promises"
        yield from (
            "",
            f"{many} left the notes of {days} when these were changed: still owed? Then a note has to say so.",
        )
    if listing.orphans:
        about = "earlier decisions are about lines that no note holds any more"
        yield from ("", f"{listing.orphans} {about}: kept, unused.")


def _who(each: Commitment, listing: Listing, shown: Shown) -> str:
    if each.owner:
        return listing.names.get(each.owner, each.owner)
    return shown(each.owner_text) if each.owner_text else "nobody named yet"


def _facts(each: Commitment) -> str:
    due = each.due.isoformat() if each.due else None
    parts = [f"due {due}" if due else "no due date", each.ticket or "no ticket", f"{_days(each.age_days)} old"]
    if each.closed:
        parts[2] = f"closed {each.closed.isoformat()}"
    if each.times_carried:
        parts.append(f"carried {each.times_carried}x")
    if each.moves:
        parts.append("was due " + ", ".join(day.isoformat() for day in each.moves))
    return ", ".join(parts)


def _where(place: Citation, shown: Shown) -> str:
    lines = f"{place.first}" if place.first == place.last else f"{place.first}-{place.last}"
    return f"{shown(place.source)}:{lines}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def aims(mentions: Sequence[Mention]) -> dict[date, str]:
    """Each session's objective."""
    return {each.session_date: each.text for each in reversed(mentions) if each.kind is MentionKind.OBJECTIVE}
