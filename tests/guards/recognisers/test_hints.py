"""Hints spare a pattern where it cannot match, and never hide a match: texts are made from the patterns themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guards.recognisers import (
    address,
    birth_date,
    card,
    context_name,
    email,
    employee_id,
    handle,
    iban,
    ip,
    national_id,
    organisation,
    phone,
    titled_name,
    url,
)
from guards.recognisers.hints import Lines, lowered, words_in

MayMatch = Callable[[str], object]
TRIES = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


def look(module: ModuleType, name: str) -> re.Pattern[str]:
    """A pattern of a recogniser by its private name."""
    found: re.Pattern[str] = vars(module)[name]
    return found


def stems(module: ModuleType, name: str) -> MayMatch:
    words: tuple[str, ...] = vars(module)[name]
    return lambda text: any(word in lowered(text) for word in words)


def rows(wanted: tuple[frozenset[str], ...]) -> MayMatch:
    return lambda text: not any(words_in(lowered(text)).isdisjoint(row) for row in wanted)


def one_of(module: ModuleType, name: str) -> MayMatch:
    return rows((vars(module)[name],))


def placed(*kinds: str) -> MayMatch:
    """As ``handle`` asks where a place comes first."""
    first = look(handle, "_PLACE_FIRST")
    return lambda text: any(match.lastgroup in kinds for match in first.finditer(lowered(text)))


def low(module: ModuleType, name: str) -> MayMatch:
    return lambda text: look(module, name).search(lowered(text))


def is_birth(text: str) -> bool:
    quick = any(look(birth_date, name).search(lowered(text)) for name in ("_BDAY", "_DOB"))
    return (quick or bool(stems(birth_date, "_STEMS")(text))) and bool(look(birth_date, "_HINT").search(text))


ALIKE: list[tuple[ModuleType, tuple[str, ...], MayMatch]] = [
    (address, ("_UK_CODE",), look(address, "_UK_END").search),
    (birth_date, ("_ANNOUNCED", "_LATER", "_BORN_YEAR", "_SHORT", "_BEFORE"), is_birth),
    (card, ("_CANDIDATE",), look(card, "_DIGITS").search),
    (email, ("_BRACKETED_AT",), look(email, "_AT_HINT").search),
    (email, ("_SPELT",), lambda text: "dot" in text.casefold() or look(email, "_DOT_HINT").search(text)),
    (employee_id, ("_ANNOUNCED",), stems(employee_id, "_STEMS")),
    (employee_id, ("_GLUED",), look(employee_id, "_SIX").search),
    (handle, ("_ON", "_THERE", "_REACHED"), low(handle, "_AT_PLACE")),
    (handle, ("_ON", "_THERE", "_REACHED", "_LABEL", "_BESIDE"), one_of(handle, "_PLACE_WORDS")),
    (handle, ("_LABEL",), placed("label")),
    (handle, ("_BESIDE",), placed("beside")),
    (handle, ("_NAMED",), lambda text: placed("named")(text) or low(handle, "_NAME_FOLLOWS")(text)),
    (handle, ("_ACTS_AS",), low(handle, "_ACT_HINT")),
    (handle, ("_ACTS_AS",), one_of(handle, "_ACT_WORDS")),
    (handle, ("_PINGED",), one_of(handle, "_PING_WORDS")),
    (handle, ("_TAGGED",), lambda text: "in/" in text or look(handle, "_HASHED").search(text)),
    (iban, ("_SHAPE",), lambda text: "iban" in lowered(text)),
    (ip, ("_V4",), look(ip, "_DOTTED").search),
    (ip, ("_V6",), look(ip, "_COLONS").search),
    (ip, ("_MAC",), look(ip, "_PAIRS").search),
    (national_id, ("_PAN", "_PAN_ANNOUNCED"), look(national_id, "_PAN_END").search),
    (national_id, ("_NINO",), look(national_id, "_NINO_END").search),
    (national_id, ("_AADHAAR",), look(national_id, "_TWELVE").search),
    (organisation, ("_NAMED",), lambda text: any(word in text for word in vars(organisation)["_FORMS"])),
    (organisation, ("_ANNOUNCED",), stems(organisation, "_ANNOUNCING")),
    (organisation, ("_LOWER",), stems(organisation, "_LEADING")),
    (phone, ("_CANDIDATE",), look(phone, "_DIGITS").search),
    (phone, ("_SPELT",), lambda text: sum(map(lowered(text).count, vars(phone)["_DIGIT_WORDS"])) >= 6),
    (titled_name, ("_INITIALLED", "_MIDDLE", "_BEHIND"), look(titled_name, "_INITIAL").search),
    (titled_name, ("_TURNED",), look(titled_name, "_COMMA").search),
]
ONE_BY_ONE = [
    *(
        pytest.param(look(module, name), may, id=f"{module.__name__}.{name}")
        for module, names, may in ALIKE
        for name in names
    ),
    *(
        pytest.param(pattern, rows(wanted), id=f"context{at}")
        for at, (pattern, wanted) in enumerate(context_name.WORD_HINTS.items())
    ),
    *(
        pytest.param(pattern, hint.search, id=f"address{at}")
        for at, (pattern, hint) in enumerate(address.TEXT_HINTS.items())
    ),
]
LINE_HINTS = [*address.LINE_HINTS.items(), (look(url, "_URL"), (look(url, "_HINT"),))]
ANNOUNCING = [
    *(
        "passport",
        "driver's license",
        "driving licence",
        "DRIVER LICENCE",
        "national id",
        "National  Identity",
        "id card",
    ),
    *(
        "tax id",
        "tin",
        "TİN",
        "nino",
        "national insurance",
        "nhs number",
        "visa number",
        "licence plate",
        "bank account",
    ),
    *("account number", "Account no", "routing number", "ſort code"),
]


@pytest.mark.parametrize("word", ANNOUNCING)
def test_each_word_that_announces_an_identity_number_is_hinted_at(word: str) -> None:
    text = f"my {word} is 55 1234"
    assert look(national_id, "_ANNOUNCED").search(text)
    assert vars(national_id)["_may_announce"](lowered(text))


@pytest.mark.parametrize(("pattern", "may_match"), ONE_BY_ONE)
@TRIES
@given(data=st.data())
def test_where_a_pattern_matches_its_hint_does(
    pattern: re.Pattern[str], may_match: MayMatch, data: st.DataObject
) -> None:
    assert may_match(data.draw(st.from_regex(pattern)))


@pytest.mark.parametrize(("pattern", "hints"), LINE_HINTS, ids=range(len(LINE_HINTS)))
@TRIES
@given(data=st.data())
def test_line_by_line_gives_what_the_whole_text_gives(
    pattern: re.Pattern[str], hints: tuple[re.Pattern[str], ...], data: st.DataObject
) -> None:
    parts = st.from_regex(pattern) | st.sampled_from(["", "12 Foo Street", "nothing", "a 5", "on 2026-10-09", "x.y"])
    text = data.draw(st.lists(parts, min_size=1, max_size=4).map("\n".join))
    whole = [match.span() for match in pattern.finditer(text)]
    assert [match.span() for match in Lines(text).matches(pattern, *hints)] == whole


@pytest.mark.parametrize(
    "sign", [chr(code) for code in range(128, 0x3000) if re.fullmatch("[a-z]", chr(code), re.IGNORECASE)]
)
def test_letters_that_match_without_regard_to_case_are_lowered_to_ascii(sign: str) -> None:
    assert lowered(f"A{sign}B").isascii()
    assert len(lowered(f"A{sign}B")) == 3


@given(text=st.text())
def test_a_lowered_text_is_as_long(text: str) -> None:
    assert len(lowered(text)) == len(text)
