"""Commitments as their pages show them: what to settle first, then what is late, open, offered, others' and closed.

Every text is shown as its viewer may read it. Says of each line who can see it, from the very rule that the sponsor's
reader goes by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from copilot.commitment_pages import ticket_sentences
from copilot.ledger import at_once, is_open
from copilot.listing import Listed
from copilot.mentions import Commitment, CommitmentStatus, DecisionKind
from copilot.programme import Pair
from guards.access import Role
from knowledge.passages import Citation

Sees = Callable[[Commitment], bool]
_CLOSED: Final = frozenset({CommitmentStatus.DONE, CommitmentStatus.DROPPED})
_RAN: Final[dict[str, str]] = {
    "confirm": "confirmed", "deny": "denied", "drop": "dropped", "move": "moved", "share": "shared",
    "unshare": "taken back from the sponsor",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A note line: the day, where it stands, its words, and what else the line may mean."""

    day: date
    where: str
    quote: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryView:
    """One thing that happened; ``kept_only`` is a word that is kept and changed nothing."""

    day: date
    what: str
    by: str
    kept_only: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """A commitment with what its viewer may do with it."""

    id: str
    action: str
    owner: str
    mine: bool
    status: str
    due: date | None
    due_text: str
    late: bool
    ticket: str
    age_days: int
    carried: int
    moves: tuple[date, ...]
    closed: date | None
    reason: str
    why: str
    said: PlaceView | None
    question: str
    unsettled: tuple[PlaceView, ...]
    history: tuple[HistoryView, ...]
    seen_by: tuple[str, ...]
    sponsor_sees: bool
    shared: bool
    paste: str
    both: bool
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class GroupView:
    """Lines under one heading."""

    title: str
    lines: tuple[LineView, ...]
    open: bool = True


@dataclass(frozen=True, slots=True)
class ListView:
    """A pair's page for its coach or mentee. ``left`` are days of notes that lost a promise, ``unread`` its lines."""

    pair: str
    other: str
    seen: str
    groups: tuple[GroupView, ...]
    people: tuple[tuple[str, str], ...]
    unread: tuple[PlaceView, ...]
    left: tuple[date, ...]
    orphans: int
    tally: tuple[tuple[str, int], ...]


def list_of(found: Listed, *, pair: Pair, me: str, sight: Mapping[str, Sees]) -> ListView:
    """The page of a pair for one of its two people."""
    maker = _Maker(found, pair, me, sight)
    lines = [maker.line(each) for each in found.listing.commitments]
    names = found.listing.names
    other = pair.mentee if me == pair.mentor else pair.mentor
    people = [(each, names.get(each, each)) for each in (pair.mentee, pair.mentor, pair.sponsor) if each]
    unread = tuple(
        PlaceView(each.session_date, maker.where(each.citation), found.shown(each.text))
        for each in found.listing.unparsed
    )
    return ListView(
        pair.id, names.get(other, other), found.seen, tuple(_groups(lines, own=found.role is Role.MENTEE)),
        tuple(dict.fromkeys(people)), unread, found.listing.left, found.listing.orphans, tuple(_tally(lines)),
    )  # fmt: skip


def _groups(lines: list[LineView], *, own: bool) -> Iterator[GroupView]:
    rest = list(lines)

    def taken(title: str, fits: Callable[[LineView], bool]) -> Iterator[GroupView]:
        some = [each for each in rest if fits(each)]
        for each in some:
            rest.remove(each)
        if some:
            yield GroupView(title, tuple(sorted(some, key=lambda one: (one.due or date.max, one.id))))

    yield from taken("To settle", lambda each: bool(each.question))
    if own:
        yield from taken("Late", lambda each: each.mine and each.late)
        yield from taken("Open", lambda each: each.mine and each.status == "open")
    else:
        yield from taken("Late", lambda each: each.late)
        yield from taken("Open", lambda each: each.status == "open")
    yield from taken("Heard in a note: is it a promise?", lambda each: each.status == "candidate" and not own)
    yield from taken("Heard in a note: did you promise this?", lambda each: each.status == "candidate" and each.mine)
    yield from taken("Owed by others, or by nobody yet", lambda each: each.status in {"open", "candidate"})
    yield from taken("Done and dropped", lambda _: True)


def _tally(lines: Iterable[LineView]) -> Iterator[tuple[str, int]]:
    every = list(lines)
    counts = (
        ("to settle", sum(bool(each.question) for each in every)),
        ("late", sum(each.late for each in every)),
        ("open", sum(each.status == "open" for each in every)),
        ("to confirm", sum(each.status == "candidate" for each in every)),
    )
    yield from (each for each in counts if each[1])


def _words(quote: str) -> str:
    """A note line without the sign that makes it an entry of a list."""
    return quote.lstrip("-*\u2022 ")


class _Maker:
    """Makes the lines of one listing."""

    def __init__(self, found: Listed, pair: Pair, me: str, sight: Mapping[str, Sees]) -> None:
        self._found, self._pair, self._me, self._sight = found, pair, me, sight
        self._actions = {each.id: found.shown(each.action) for each in found.listing.commitments}

    def line(self, each: Commitment) -> LineView:
        shown, names, as_of = self._found.shown, self._found.listing.names, self._found.listing.as_of
        open_now = each.status is CommitmentStatus.OPEN
        return LineView(
            id=each.id, action=shown(each.action), owner=self._owner(each), mine=each.owner == self._me,
            status=each.status.value, due=each.due, due_text=shown(each.due_text) if each.due_text else "",
            late=open_now and each.due is not None and each.due < as_of, ticket=each.ticket or "",
            age_days=each.age_days, carried=each.times_carried, moves=each.moves, closed=each.closed,
            reason=shown(each.reason) if each.reason else "", why=self._why(each), said=self._said(each),
            question=shown(each.question) if each.question else "",
            unsettled=tuple(
                PlaceView(
                    line.day, self.where(line.citation), _words(shown(line.text)),
                    tuple(self._actions[other] for other in line.among if other != each.id and other in self._actions),
                )
                for line in each.unsettled
            ),
            history=tuple(
                HistoryView(one.day, _RAN.get(one.what, one.what), names.get(one.by or "", one.by or ""), one.kept_only)
                for one in each.history
            ),
            seen_by=tuple(self._seen_by(each)), sponsor_sees=self._sponsor_sees(each),
            shared=each.shared, both=at_once(each),
            paste=" ".join(ticket_sentences(each, shown=shown)) if open_now else "",
            may=frozenset(self._may(each)),
        )  # fmt: skip

    def where(self, place: Citation) -> str:
        lines = f"{place.first}" if place.first == place.last else f"{place.first}–{place.last}"
        return f"{self._found.shown(place.source)}, line {lines}" if place.source else ""

    def _owner(self, each: Commitment) -> str:
        if each.owner:
            return self._found.listing.names.get(each.owner, each.owner)
        return self._found.shown(each.owner_text) if each.owner_text else "nobody yet"

    def _said(self, each: Commitment) -> PlaceView | None:
        place = next((one for one in each.citations if one.source), None)
        if place is None:
            return None
        return PlaceView(each.first_agreed, self.where(place), _words(self._found.shown(place.quote)))

    def _why(self, each: Commitment) -> str:
        return self._found.shown(self._found.listing.aims.get(each.first_agreed, "")).rstrip(".")

    def _seen_by(self, each: Commitment) -> Iterator[str]:
        names = self._found.listing.names
        yield from (names.get(person, person) for person, sees in self._sight.items() if sees(each))

    def _sponsor_sees(self, each: Commitment) -> bool:
        sees = self._sight.get(self._pair.sponsor or "")
        return sees is not None and sees(each)

    def _may(self, each: Commitment) -> Iterator[str]:
        """What the forms offer; the table of states decides what is taken."""
        if each.status in _CLOSED:
            yield "reopen"
            return
        if not (each.status is CommitmentStatus.OPEN and each.confirmed and not each.question):
            yield DecisionKind.CONFIRM.value
        yield from (kind.value for kind in (DecisionKind.DONE, DecisionKind.DROP, DecisionKind.DENY, DecisionKind.MOVE))
        if self._found.role is Role.MENTEE and self._pair.sponsor and is_open(each):
            yield DecisionKind.UNSHARE.value if each.shared else DecisionKind.SHARE.value
