"""Sensitive passages are told from talk about the project, and only those can be opened, by both people."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from benchmarks.figures import Share
from benchmarks.sensitive_passages import figures, labelled
from guards.consent import Consents, ConsentWord, Purpose
from guards.held import (
    CRISIS,
    INSTRUCTION,
    OFF_THE_RECORD,
    held_reason,
    is_sensitive,
    kept_back,
    kind_of,
    kinds_of,
    pair_opted_in,
)
from guards.sensitive import load_sensitive, sensitive_kind
from guards.text import mint_redacted

CASES = Path(__file__).parent / "cases" / "sensitive_dev.yaml"
load_sensitive()  # compiled here, or the first example of a property takes longer than its deadline
AT = datetime(2026, 9, 1, tzinfo=UTC)
_MUST_STAY = (
    "healthy pipeline", "sick build", "the model is blind to seasonality", "parent task", "child process",
    "divorce the two services", "promote to production", "union of the two sets", "married the datasets",
    "retire the old service", "depressed conversion", "the team's religion is TDD", "crippled by latency",
    "birth rate feature", "the diabetes readmission model", "cancer screening classifier",
)  # fmt: skip


@pytest.mark.parametrize("text", _MUST_STAY)
def test_talk_about_the_project_stays(text: str) -> None:
    for said in (text, f"<PERSON_1>: {text}.", f"- {text}", f"{text.capitalize()}, and the export is late."):
        assert held_reason(mint_redacted(said)) == ""


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("health", "<PERSON_2> isn’t well: she's starting chemo in March."),
        ("job_hunt", "- <PERSON_1>: I've handed in my notice."),
        ("immigration", "His visa\n  runs out in May."),
        ("union", "<PERSON_2> is the union rep here."),
        ("family", "The data set is ready. His mother died on Saturday."),
    ],
)
def test_apostrophes_wraps_labels_and_neighbours_make_no_difference(kind: str, text: str) -> None:
    assert sensitive_kind(mint_redacted(text)) == kind


def test_the_development_cases_are_enough_and_hold() -> None:
    cases = labelled(CASES)
    assert len(cases) >= 300
    assert {each.kind for each in cases} == {
        "health", "family", "religion", "politics", "union", "origin", "orientation", "legal", "money", "job_hunt",
        "promotion", "pay", "performance", "dismissal", "immigration", "off_record", None,
    }  # fmt: skip
    shares = {each.name: each for each in figures(CASES) if isinstance(each, Share)}
    assert shares["sensitive: recall"].total - shares["sensitive: recall"].hits <= 3
    assert shares["sensitive: look-alikes held"].hits == 0
    assert shares["sensitive: right kind of those found"].hits / shares["sensitive: recall"].hits > 0.95


def test_what_cannot_be_opened_comes_first() -> None:
    assert held_reason(mint_redacted("Off the record: she is pregnant.")) == OFF_THE_RECORD
    assert held_reason(mint_redacted("She is pregnant and talks about suicide.")) == CRISIS
    assert held_reason(mint_redacted("She is pregnant.")) == "sensitive: health"
    assert kind_of("sensitive: job hunt") == "job hunt"
    assert kinds_of(["sensitive: health", OFF_THE_RECORD, "sensitive: health"]) == (("health", 2), (OFF_THE_RECORD, 1))


@pytest.mark.parametrize("reason", [CRISIS, OFF_THE_RECORD, INSTRUCTION, "another language", "anything new"])
def test_nothing_but_sensitive_is_ever_opened(reason: str) -> None:
    assert not is_sensitive(reason)
    assert kept_back(reason, opted_in=True)


def test_an_open_passage_is_open_and_a_plain_one_was_never_held() -> None:
    assert kept_back("sensitive: health", opted_in=False)
    assert not kept_back("sensitive: health", opted_in=True)
    assert not kept_back("", opted_in=False)


words = st.builds(
    ConsentWord,
    person=st.sampled_from(["ada", "ben"]),
    purpose=st.sampled_from(list(Purpose)),
    given=st.booleans(),
    at=st.integers(0, 5).map(lambda hours: AT.replace(hour=hours)),
)


@given(st.lists(words, max_size=12))
def test_it_takes_both_people_and_an_endpoint_takes_more(said: list[ConsentWord]) -> None:
    consents = Consents(said)
    drafts = pair_opted_in(consents, ("ada", "ben"), endpoint=False)
    assert drafts == all(consents.allows(each, Purpose.SENSITIVE_DRAFTS) for each in ("ada", "ben"))
    if pair_opted_in(consents, ("ada", "ben"), endpoint=True):
        assert drafts
        assert all(consents.allows(each, Purpose.SENSITIVE_ENDPOINT) for each in ("ada", "ben"))
    later = [*said, ConsentWord("ben", Purpose.SENSITIVE_DRAFTS, given=False, at=AT.replace(hour=9))]
    assert not pair_opted_in(Consents(later), ("ada", "ben"), endpoint=False)
    assert not pair_opted_in(consents, (), endpoint=False)


@given(st.text(max_size=400))
def test_any_text_is_answered(text: str) -> None:
    assert sensitive_kind(mint_redacted(text)) in {"", *(each.kind for each in load_sensitive().kinds)}


def test_a_lexicon_with_an_unknown_tier_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sensitive.yaml"
    path.write_text("version: 1\nwords: {he: x, his: x, person: x, matter: x}\nkinds: [{kind: health, sometimes: x}]\n")
    with pytest.raises(ValidationError):
        load_sensitive(path)
