"""The review queue as a pure state machine: what a person's word or the days make of a finding.

One total table says what each event does in each state. A person's word needs a name, a role and a reason; besides it
only the declared number of days counts, which lets a finding expire. The same finding raised again changes nothing.
Words are appended and never edited, so re-opening keeps the history. Refuses to act: a decision is a decision alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from copilot.errors import Usage
from copilot.finding import Finding, reviewers_of
from copilot.flags.flag import State, Tier
from guards.access import Grant, ReviewFlags
from guards.errors import NotPermitted
from guards.text import RedactedText

EXPIRE_DAYS: Final = 42
"""Days without a word after which an undecided finding expires: six weeks, the time in which a stall should be seen."""
WEEKLY_CAP: Final = 5
"""Findings in a week's digest: about what one person can look into beside other work (our choice, not measured)."""
JUDGED: Final = 30
"""A category is judged by its last 30 decided findings (issue 5)."""
LEAST_PRECISION: Final = 0.6
"""Below this share of confirmed ones a category mutes itself (issue 5)."""


class Event(StrEnum):
    """What can happen to a finding; the first four are people's words."""

    WATCH = "watch"
    CONFIRM = "confirm"
    DISMISS = "dismiss"
    REOPEN = "reopen"
    RAISED = "raised"
    LAPSED = "lapsed"


WORDS: Final = (Event.WATCH, Event.CONFIRM, Event.DISMISS, Event.REOPEN)


@dataclass(frozen=True, slots=True)
class Step:
    """The state after an event, or why it is refused; a refused event leaves the state as it is."""

    state: State
    refused: str = ""


def _undecided(state: State) -> dict[Event, Step]:
    return {
        Event.WATCH: Step(State.WATCHING) if state is State.OPEN else Step(state, "is being watched already"),
        Event.CONFIRM: Step(State.CONFIRMED),
        Event.DISMISS: Step(State.DISMISSED),
        Event.REOPEN: Step(state, "is open already") if state is State.OPEN else Step(State.OPEN),
        Event.RAISED: Step(state),
        Event.LAPSED: Step(State.EXPIRED),
    }


def _closed(state: State) -> dict[Event, Step]:
    first = f"is {state.value}: reopen it first"
    words = {event: Step(state, first) for event in (Event.WATCH, Event.CONFIRM, Event.DISMISS)}
    return {**words, Event.REOPEN: Step(State.OPEN), Event.RAISED: Step(state), Event.LAPSED: Step(state)}


TABLE: Final[Mapping[State, Mapping[Event, Step]]] = {
    State.OPEN: _undecided(State.OPEN),
    State.WATCHING: _undecided(State.WATCHING),
    State.CONFIRMED: _closed(State.CONFIRMED),
    State.DISMISSED: _closed(State.DISMISSED),
    State.EXPIRED: _closed(State.EXPIRED),
}
"""The table that decides."""


@dataclass(frozen=True, slots=True)
class ReviewWord:
    """What a named person said of a finding, in which role and why; appended, never edited."""

    id: str
    finding: str
    pair: str
    event: Event
    by: str
    role: str
    at: datetime
    day: date
    reason: RedactedText


@dataclass(frozen=True, slots=True)
class Card:
    """A finding with what was said of it, oldest first, and its state on a day; ``since`` is when that began."""

    finding: Finding
    words: tuple[ReviewWord, ...]
    state: State
    since: date


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of a category's last decided findings were confirmed."""

    category: str
    confirmed: int
    judged: int

    @property
    def muted(self) -> bool:
        """Whether the category has been judged often enough and was right too seldom."""
        return self.judged >= JUDGED and self.confirmed / self.judged < LEAST_PRECISION


def card_of(finding: Finding, words: Iterable[ReviewWord], *, as_of: date, expire_days: int = EXPIRE_DAYS) -> Card:
    """Fold people's words up to a day into the state; words that the table refuses change nothing."""
    said = [each for each in words if each.finding == finding.id and each.day <= as_of]
    mine = tuple(sorted(said, key=lambda each: (each.at, each.id)))
    state, since = State.OPEN, finding.as_of
    for word in mine:
        state, since = _lapsed(state, since, word.day, expire_days)
        step = TABLE[state][word.event]
        if not step.refused:
            state, since = step.state, word.day
    state, since = _lapsed(state, since, as_of, expire_days)
    return Card(finding, mine, state, since)


def _lapsed(state: State, since: date, on: date, days: int) -> tuple[State, date]:
    end = since + timedelta(days=days)
    after = TABLE[state][Event.LAPSED].state if on >= end else state
    return (state, since) if after is state else (after, end)


def decided(card: Card, event: Event, reason: RedactedText, *, grant: Grant[ReviewFlags], at: datetime) -> ReviewWord:
    """A person's word on a card, if it may be said.

    Raises:
        NotPermitted: the grant is for another pair, or the finding is not this role's to judge.
        Usage: the event is nobody's word, the reason is missing, or the table refuses it.
    """
    who = grant.principal.person
    if grant.pair != card.finding.pair or grant.role not in reviewers_of(card.finding.kind):
        raise NotPermitted(f"{card.finding.id[:8]}: not {who}'s to judge")
    if event not in WORDS:
        raise Usage(f"{event.value} is nobody's word: say {', '.join(WORDS)}")
    if not reason.strip():
        raise Usage("say why: --reason TEXT (names in it are masked before it is kept)")
    if refused := TABLE[card.state][event].refused:
        raise Usage(f"{card.finding.id[:8]} {refused}")
    key = "\x1f".join((card.finding.pair, card.finding.id, event.value, who, at.isoformat()))
    named = hashlib.sha256(key.encode()).hexdigest()[:16]
    day = max(at.date(), card.finding.as_of)
    return ReviewWord(named, card.finding.id, card.finding.pair, event, who, grant.role.value, at, day, reason)


def precisions(cards: Iterable[Card]) -> dict[str, Precision]:
    """Each category's precision by its reviewers, over its last decided cards."""
    closed: dict[str, list[Card]] = {}
    for card in cards:
        if card.state in {State.CONFIRMED, State.DISMISSED}:
            closed.setdefault(card.finding.category, []).append(card)
    found: dict[str, Precision] = {}
    for category, every in closed.items():
        last = sorted(every, key=lambda each: (each.since, each.finding.id))[-JUDGED:]
        hits = sum(each.state is State.CONFIRMED for each in last)
        found[category] = Precision(category, hits, len(last))
    return found


def queue(cards: Iterable[Card], muted: frozenset[str] = frozenset()) -> tuple[Card, ...]:
    """What waits for a person: undecided cards of no muted category, review before watch, then the oldest."""
    waiting = (each for each in cards if each.state in {State.OPEN, State.WATCHING})
    return tuple(sorted((each for each in waiting if each.finding.category not in muted), key=_order))


def digest(
    findings: Sequence[Finding], words: Sequence[ReviewWord], *, day: date, cap: int = WEEKLY_CAP,
    muted: frozenset[str] = frozenset(),
) -> tuple[Card, ...]:  # fmt: skip
    """The cards of a day's calendar week, at most ``cap`` of them: the head of the queue before Monday.

    Asked again in the week it names the same cards, with what was decided since, so a week never brings more.
    """
    eve = day - timedelta(days=day.weekday() + 1)
    then = [card_of(each, words, as_of=eve) for each in findings if each.as_of <= eve]
    head = [each.finding for each in queue((each for each in then if each.state is State.OPEN), muted)[:cap]]
    return tuple(card_of(each, words, as_of=day) for each in head)


def _order(card: Card) -> tuple[bool, date, str]:
    return card.finding.tier is not Tier.REVIEW, card.finding.as_of, card.finding.id
