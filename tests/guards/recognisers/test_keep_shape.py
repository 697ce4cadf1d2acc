"""What stays by its shape: tickets, run ids, versions, model ids, figures and times, made up at random."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guards.pair_vault import PairVault
from guards.presidio import build_redactor
from guards.recognisers.found import GUESS, LIKELY, SURE, Found
from guards.recognisers.keep_shape import Kept
from guards.roster import Roster
from guards.text import RawText

RULES = build_redactor(ner=None)
NUMBER = st.integers(1, 999_999)
PREFIX = st.sampled_from(["PAY", "OPS", "KYC", "MAX", "ANNA", "LEO", "DATA", "X1", "CORE", "pay", "ROSE"])
HEX = st.text("0123456789abcdef", min_size=8, max_size=40).filter(
    lambda sign: not sign.isdigit() and not sign.isalpha()
)
TICKETS = st.one_of(
    st.builds("{}-{}".format, PREFIX, NUMBER),
    st.builds("{}{:07}".format, st.sampled_from(["INC", "CHG", "RITM", "PRB", "CS"]), NUMBER),
    st.builds("#{}".format, NUMBER),
    st.builds("ticket {:09}".format, NUMBER),
)
RUNS = st.one_of(
    st.builds(
        "run-2025-0{}-1{}-{}".format, st.integers(1, 9), st.integers(0, 9), st.sampled_from(["a7f", "0c1", "9e2"])
    ),
    st.builds("exp_{:04}".format, NUMBER),
    HEX,
    st.uuids().map(str),
    st.builds("job {:010}".format, NUMBER),
    st.builds("build 2025{:04}.{}".format, st.integers(101, 1231), st.integers(1, 9)),
)
VERSIONS = st.one_of(
    st.builds("v{}.{}.{}-rc.{}".format, *[st.integers(0, 40)] * 4),
    st.builds("{}.{}.{}".format, *[st.integers(0, 40)] * 3),
    st.builds("CUDA {}.{}".format, st.integers(9, 13), st.integers(0, 9)),
    st.builds("py3.{}".format, st.integers(6, 14)),
    st.builds("{}.0.{}.{}".format, st.integers(90, 140), st.integers(1000, 9999), st.integers(10, 999)),
)
MODELS = st.sampled_from(
    [
        "gpt-4o-mini",
        "llama-3.1-70b",
        "bert-base-uncased",
        "roberta-large",
        "Gemma 2 9B",
        "Mixtral 8x7B",
        "claude-3-5-sonnet",
    ]
)
FIGURES = st.sampled_from(
    ["p95 320 ms", "1 234 567 rows", "0.83", "99.95 %", "€1.2M", "recall@10", "285,853,321 events"]
)
TIMES = st.sampled_from(["14:30 CET", "9:05 am", "Q3 2024", "FY25", "Dec 3", "KW 46", "PI 4", "2025-03-01T09:15:00Z"])
TOKENS = st.one_of(TICKETS, RUNS, VERSIONS, MODELS, FIGURES, TIMES)
FRAMES = st.sampled_from(
    [
        "{} is open",
        "call about {}",
        "number {}, then",
        "see {} on Jira",
        "ping re {} on Slack",
        "moved to {}",
        "| {} |",
        "account {}",
        "{}: done",
        "phone me re {}",
        "id {}",
        "by {} at the latest",
        "[{}] to confirm",
        "send it to {} by noon",
    ]
)


@settings(max_examples=400, deadline=None)
@given(token=TOKENS, frame=FRAMES)
def test_nothing_that_stays_is_harmed(token: str, frame: str) -> None:
    text = frame.format(token)
    spans = RULES.redact([RawText(text)], vault=PairVault("p", roster=Roster()))[0].spans
    at = text.index(token)
    assert [text[span.start : span.end] for span in spans if span.start < at + len(token) and at < span.end] == []


@settings(max_examples=200, deadline=None)
@given(token=TOKENS)
def test_a_guess_keeps_the_name_beside_it(token: str) -> None:
    text = f"saw {token} - Tendai Moyo"
    found = Found(0, len(text), "PERSON", GUESS)
    assert "Tendai Moyo" in text[next(reversed([*Kept(text).spare([found])])).start :]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("call 212.555.0143", False),
        ("030/1234567", False),
        ("0171 123 45 67", False),
        ("Mirela 4", False),
        ("Anna-Maria", False),
        ("INC0012345", True),
        ("3f9a2bc", True),
    ],
)
def test_numbers_of_people_have_no_such_shape(text: str, kept: bool) -> None:
    assert Kept(text).touches(0, len(text)) is kept


def test_what_is_sure_or_longer_than_a_shape_is_not_cut() -> None:
    text = "card 4012 8888 8888 1881, phone 01.23.45.67.89"
    sure = Found(5, 24, "CREDIT_CARD", SURE)
    phone = Found(text.index("01."), len(text), "PHONE_NUMBER", LIKELY)
    assert [*Kept(text).spare([sure, phone])] == [sure, phone]


def test_a_guess_at_an_address_that_touches_a_shape_goes() -> None:
    text = "node 16.17 is fine"
    assert [*Kept(text).spare([Found(0, 10, "LOCATION", GUESS)])] == []
