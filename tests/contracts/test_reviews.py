"""What every review store must do: append, never edit, and show a card to those alone who may judge it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import text

from copilot.errors import StoreUnavailable
from copilot.flags.flag import FlagKind, Tier
from copilot.review import Event, ReviewWord
from copilot.stores.database import open_database
from copilot.stores.erasing import open_erasing
from copilot.stores.protocols import ReviewStore
from copilot.stores.retaining import RetainingStore
from copilot.stores.reviews import SqlReviews
from guards.access import Grant, Principal, ReviewFlags, Role, WriteNotes, authorize
from guards.errors import NotPermitted
from guards.text import mint_redacted
from tests.doubles.reviews import MemoryReviews, finding

BEN = Principal("ben", {"p": Role.MENTEE})
LOU = Principal("lou", {}, frozenset({Role.LND}))
WRITE = authorize(BEN, WriteNotes, "p")
AT = datetime(2026, 9, 29, 9, tzinfo=UTC)


@pytest.fixture(params=["sql", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ReviewStore:
    return SqlReviews(open_database(tmp_path / "record.db")) if request.param == "sql" else MemoryReviews()


def review(who: Principal) -> Grant[ReviewFlags]:
    return authorize(who, ReviewFlags, "p")


def word(by: str = "lou", role: str = "lnd", name: str = "f1") -> ReviewWord:
    why = mint_redacted("They met on site.")
    return ReviewWord("w1", name, "p", Event.DISMISS, by, role, AT, AT.date(), why)


def test_a_finding_is_queued_once_and_stays_as_it_was(store: ReviewStore) -> None:
    assert store.put([finding()], WRITE) == ("f1",)
    assert store.put([replace(finding(), category="other"), finding("f2")], WRITE) == ("f2",)
    assert store.findings(review(LOU)) == (finding(), finding("f2"))


def test_a_later_look_at_one_episode_finds_its_card_under_whatever_id(store: ReviewStore) -> None:
    first = replace(finding(), since=date(2026, 9, 20))
    assert store.put([first], WRITE) == ("f1",)
    later = replace(first, id="f9", as_of=date(2026, 10, 20), since=date(2026, 9, 13))
    assert store.put([later], WRITE) == ()
    store.append(word(), review(LOU))
    card = store.standing([later], WRITE, as_of=later.as_of)["f9"]
    assert (card.finding.id, card.state.value) == ("f1", "dismissed")
    assert store.standing([later], WRITE, as_of=date(2026, 9, 28))["f9"].state.value == "open"
    assert store.standing([later], WRITE, as_of=date(2026, 9, 1)) == {}
    for other in (
        replace(later, since=date(2026, 9, 29)),
        replace(later, category="other"),
        replace(later, since=None),
        replace(later, kind=FlagKind.GATE),
    ):
        assert store.standing([other], WRITE, as_of=later.as_of) == {}
        assert store.put([replace(other, id=f"new-{other.category}-{other.kind}-{other.since}")], WRITE)


def test_a_card_rises_once_from_watch_to_review_with_newer_evidence_and_keeps_its_words(store: ReviewStore) -> None:
    watch = replace(finding(tier=Tier.WATCH), since=date(2026, 9, 20))
    store.put([watch], WRITE)
    store.append(replace(word(), event=Event.WATCH), review(LOU))
    risen = replace(watch, id="x", tier=Tier.REVIEW, as_of=date(2026, 10, 9), evidence=(mint_redacted("39 days"),))
    assert store.put([risen, risen], WRITE) == ("x",)
    assert store.put([replace(risen, as_of=date(2026, 10, 10))], WRITE) == ()
    (card,) = store.findings(review(LOU))
    assert (card.id, card.tier, card.as_of, card.seen) == ("f1", Tier.REVIEW, watch.as_of, risen.as_of)
    assert card.evidence == risen.evidence
    assert len(store.words(review(LOU))) == 1
    assert store.put([watch], WRITE) == ()


def test_each_kind_is_seen_by_its_reviewers_alone_and_others_find_no_trace(store: ReviewStore) -> None:
    store.put([finding(kind.value, kind) for kind in FlagKind], WRITE)
    assert {each.kind for each in store.findings(review(BEN))} == {FlagKind.BIAS, FlagKind.TICKBOX}
    assert {each.kind for each in store.findings(review(LOU))} == set(FlagKind) - {
        FlagKind.BIAS, FlagKind.TICKBOX,
    }  # fmt: skip
    store.append(word("ben", "mentee", "tickbox"), review(BEN))
    assert store.words(review(LOU)) == ()
    assert len(store.words(review(BEN))) == 1


def test_a_word_is_the_grants_own_and_kept_once(store: ReviewStore) -> None:
    store.put([finding(), finding("t", FlagKind.TICKBOX)], WRITE)
    store.append(word(), review(LOU))
    store.append(replace(word(), event=Event.CONFIRM), review(LOU))
    assert store.words(review(LOU)) == (word(),)
    for strange in (word("ada"), word(role="mentee"), word(name="t"), word(name="none"), replace(word(), pair="q")):
        with pytest.raises(NotPermitted):
            store.append(strange, review(LOU))
    found = store.precisions(as_of=date(2026, 9, 30))["cadence"]
    assert (found.confirmed, found.judged) == (0, 1)


def test_another_grant_or_pair_is_refused(store: ReviewStore) -> None:
    with pytest.raises(NotPermitted):
        store.put([finding(pair="q")], WRITE)
    with pytest.raises(NotPermitted):
        store.findings(cast("Grant[ReviewFlags]", WRITE))


def test_no_row_is_ever_edited_and_erasure_takes_them_all(tmp_path: Path) -> None:
    database = open_database(tmp_path / "record.db")
    store = SqlReviews(database)
    store.put([finding()], WRITE)
    store.append(word(), review(LOU))
    for table in ("findings", "review_words"):
        with pytest.raises(StoreUnavailable, match="never edited"), database.writing() as connection:
            connection.execute(text(f"UPDATE {table} SET body = ''"))  # noqa: S608
    with open_erasing(tmp_path / "record.db") as erasing:
        erasing.scrub("p", lambda body: "site" in body, lambda each: mint_redacted(each.replace("site", "[x]")))
        assert store.words(review(LOU))[0].reason == "They met on [x]."
        erasing.remove_pair("p")
    assert (store.findings(review(LOU)), store.words(review(LOU))) == ((), ())


def test_retention_takes_old_cards_with_their_words_and_leaves_those_spoken_of_since(tmp_path: Path) -> None:
    database = open_database(tmp_path / "record.db")
    store = SqlReviews(database)
    store.put([finding(), finding("old"), finding("new", day=date(2026, 11, 1))], WRITE)
    store.append(word(), review(LOU))
    assert RetainingStore(database, dry_run=True).drafts(AT.date()) == {"review_cards": 1}
    assert RetainingStore(database, dry_run=False).drafts(AT.date()) == {"review_cards": 1}
    assert [each.id for each in store.findings(review(LOU))] == ["f1", "new"]
    assert RetainingStore(database, dry_run=False).drafts(date(2026, 10, 1)) == {"review_cards": 1}
    assert store.words(review(LOU)) == ()
