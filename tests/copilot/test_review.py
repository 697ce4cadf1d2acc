"""The review queue: a total table, words of named people alone, expiry by days, muting, and a capped digest."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import Usage
from copilot.flags.flag import FlagKind, Tier
from copilot.review import (
    EXPIRE_DAYS,
    TABLE,
    WEEKLY_CAP,
    WORDS,
    Card,
    Event,
    ReviewWord,
    State,
    card_of,
    decided,
    digest,
    precisions,
    queue,
)
from guards.access import ALLOWED, Principal, ReviewFlags, Role, authorize
from guards.errors import NotPermitted
from guards.text import mint_redacted
from tests.doubles.reviews import finding

DAY = date(2026, 9, 28)
LND = Principal("lou", {}, frozenset({Role.LND}))
BEN = Principal("ben", {"p": Role.MENTEE})


def word(event: Event, after: int, *, name: str = "f1", number: int = 0) -> ReviewWord:
    day = DAY + timedelta(days=after)
    at = datetime(day.year, day.month, day.day, 9, number % 60, tzinfo=UTC)
    return ReviewWord(f"w{after}-{number}", name, "p", event, "lou", "lnd", at, day, mint_redacted("seen"))


def state(*words: ReviewWord, after: int = 40) -> State:
    return card_of(finding(), words, as_of=DAY + timedelta(days=after)).state


def test_the_table_is_total_and_only_words_and_days_change_a_state() -> None:
    for each, event in product(State, Event):
        step = TABLE[each][event]
        if step.refused:
            assert step.state is each
        if event is Event.RAISED:
            assert step.state is each
        if each in {State.CONFIRMED, State.DISMISSED, State.EXPIRED} and event is not Event.REOPEN:
            assert step.state is each


def test_a_sponsor_never_holds_the_permission() -> None:
    assert Role.SPONSOR not in ALLOWED[ReviewFlags]
    with pytest.raises(NotPermitted):
        authorize(Principal("sam", {"p": Role.SPONSOR}), ReviewFlags, "p")


def test_reopening_keeps_the_history() -> None:
    said = (word(Event.WATCH, 1), word(Event.DISMISS, 3), word(Event.REOPEN, 8), word(Event.CONFIRM, 9))
    assert [state(*said[:count]) for count in range(5)] == [
        State.OPEN, State.WATCHING, State.DISMISSED, State.OPEN, State.CONFIRMED,
    ]  # fmt: skip
    assert card_of(finding(), said, as_of=DAY + timedelta(days=40)).words == said


def test_expiry_counts_from_the_last_change_and_a_word_after_it_needs_reopening() -> None:
    assert state(after=EXPIRE_DAYS - 1) is State.OPEN
    assert state(after=EXPIRE_DAYS) is State.EXPIRED
    watched = word(Event.WATCH, EXPIRE_DAYS - 1)
    assert state(watched, after=2 * EXPIRE_DAYS - 2) is State.WATCHING
    assert state(watched, after=2 * EXPIRE_DAYS - 1) is State.EXPIRED
    late = word(Event.CONFIRM, EXPIRE_DAYS + 2)
    assert state(late, after=99) is State.EXPIRED
    assert state(word(Event.REOPEN, EXPIRE_DAYS + 1), late, after=99) is State.CONFIRMED


def test_what_is_decided_later_is_not_known_before() -> None:
    assert state(word(Event.CONFIRM, 9), after=8) is State.OPEN


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 120)), max_size=12), st.integers(0, 999))
def test_the_order_in_which_words_are_read_makes_no_difference(events: list[tuple[Event, int]], seed: int) -> None:
    words = [word(event, after, number=number) for number, (event, after) in enumerate(events)]
    mixed = list(words)
    random.Random(seed).shuffle(mixed)  # noqa: S311 - shuffles test cases
    on = DAY + timedelta(days=130)
    assert card_of(finding(), words, as_of=on) == card_of(finding(), mixed, as_of=on)


def test_a_decision_needs_a_reason_a_grant_for_its_kind_and_a_state_that_takes_it() -> None:
    card = card_of(finding(), (), as_of=DAY)
    at, why = datetime(2026, 9, 29, tzinfo=UTC), mint_redacted("They met on site.")
    grant = authorize(LND, ReviewFlags, "p")
    made = decided(card, Event.DISMISS, why, grant=grant, at=at)
    assert (made.by, made.role, made.reason, made.event) == ("lou", "lnd", why, Event.DISMISS)
    with pytest.raises(Usage, match="say why"):
        decided(card, Event.DISMISS, mint_redacted("  "), grant=grant, at=at)
    with pytest.raises(NotPermitted):
        decided(card, Event.DISMISS, why, grant=authorize(BEN, ReviewFlags, "p"), at=at)
    with pytest.raises(NotPermitted):
        decided(card, Event.DISMISS, why, grant=authorize(LND, ReviewFlags, "q"), at=at)
    own = card_of(finding(kind=FlagKind.TICKBOX), (), as_of=DAY)
    assert decided(own, Event.CONFIRM, why, grant=authorize(BEN, ReviewFlags, "p"), at=at).role == "mentee"
    with pytest.raises(NotPermitted):
        decided(own, Event.CONFIRM, why, grant=grant, at=at)
    for nobody in (Event.RAISED, Event.LAPSED):
        with pytest.raises(Usage, match="nobody's word"):
            decided(card, nobody, why, grant=grant, at=at)
    closed = card_of(finding(), (made,), as_of=date(2026, 9, 30))
    with pytest.raises(Usage, match="reopen it first"):
        decided(closed, Event.CONFIRM, why, grant=grant, at=at)


def judged(hits: int, of: int, *, start: int = 0) -> list[Card]:
    made: list[Card] = []
    for number in range(start, start + of):
        event = Event.CONFIRM if number < start + hits else Event.DISMISS
        name = f"c{number:03}"
        said = (word(event, number % 30, name=name, number=number),)
        made.append(card_of(finding(name), said, as_of=DAY + timedelta(days=60)))
    return made


@pytest.mark.parametrize(("hits", "of", "muted"), [(17, 30, True), (18, 30, False), (0, 29, False), (10, 30, True)])
def test_a_category_mutes_itself_below_the_bound_and_not_before_thirty(hits: int, of: int, muted: bool) -> None:
    found = precisions(judged(hits, of))["cadence"]
    assert (found.muted, found.confirmed, found.judged) == (muted, hits, of)


def test_only_the_last_thirty_count() -> None:
    old = [card_of(finding(f"a{n}"), (word(Event.DISMISS, 0, name=f"a{n}", number=n),), as_of=date(2027, 1, 1))
           for n in range(50)]  # fmt: skip
    new = [card_of(finding(f"b{n}"), (word(Event.CONFIRM, 5, name=f"b{n}", number=n),), as_of=date(2027, 1, 1))
           for n in range(30)]  # fmt: skip
    assert not precisions([*new, *old])["cadence"].muted
    assert precisions([*new[:10], *old])["cadence"].muted


def test_the_queue_puts_review_first_then_the_oldest_and_leaves_muted_out() -> None:
    cards = [
        card_of(finding("w", tier=Tier.WATCH, day=DAY - timedelta(days=9)), (), as_of=DAY),
        card_of(finding("new"), (), as_of=DAY),
        card_of(finding("old", day=DAY - timedelta(days=3)), (), as_of=DAY),
        card_of(finding("m", category="noise"), (), as_of=DAY),
    ]
    assert [each.finding.id for each in queue(cards, frozenset({"noise"}))] == ["old", "new", "w"]


def test_a_week_never_brings_more_than_its_cap_however_often_it_is_asked() -> None:
    monday = date(2026, 10, 5)
    findings = [finding(f"f{n:02}", day=date(2026, 9, 20) + timedelta(days=n)) for n in range(20)]
    words: list[ReviewWord] = []
    seen: set[str] = set()
    for after in range(7):
        cards = digest(findings, words, day=monday + timedelta(days=after))
        seen |= {each.finding.id for each in cards}
        words.append(word(Event.DISMISS, 7 + after, name=min(seen), number=after))
    assert len(seen) == WEEKLY_CAP
    following = digest(findings, words, day=monday + timedelta(days=7))
    assert not {each.finding.id for each in following} & {each.finding for each in words}
