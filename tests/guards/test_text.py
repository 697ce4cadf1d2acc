"""Raw text cannot be shown; redacted text is minted, and stays redacted only among its own kind."""

from __future__ import annotations

import copy
import logging
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.errors import RawTextExposed
from guards.text import RawText, RedactedText, composed, house, joined, mint_redacted

SHOWS: tuple[Callable[[RawText], object], ...] = (
    str,
    lambda raw: f"{raw}",
    lambda raw: f"{raw:>10}",
    "{}".format,
    lambda raw: "%s" % raw,  # noqa: UP031 - and the oldest
    pickle.dumps,
    copy.deepcopy,
)


@pytest.mark.parametrize("show", SHOWS)
def test_raw_text_refuses_every_way_of_being_shown(show: Callable[[RawText], object]) -> None:
    with pytest.raises(RawTextExposed):
        show(RawText("Ada Nwosu"))


def test_raw_text_shows_its_length_alone() -> None:
    assert repr(RawText("Ada Nwosu")) == "RawText(<9 characters>)"
    assert "Ada" not in repr([RawText("Ada Nwosu")])


def test_logging_raw_text_never_writes_it(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)
    logging.getLogger("test").warning("read %s", RawText("Ada Nwosu"))
    assert "Ada" not in caplog.text


def test_raw_text_is_not_equal_to_a_string() -> None:
    assert RawText("Ada") != "Ada"
    assert RawText("Ada") == RawText("Ada")
    assert not RawText("  \n")


@pytest.mark.parametrize("proof", [None, object(), True, "proof"])
def test_redacted_text_cannot_be_constructed(proof: object) -> None:
    with pytest.raises(RawTextExposed):
        RedactedText("Ada Nwosu", proof)


def test_redacted_text_is_not_pickled() -> None:
    with pytest.raises(RawTextExposed):
        pickle.dumps(mint_redacted("<PERSON_1>"))


@given(st.text(), st.text())
def test_redacted_joined_with_redacted_stays_and_with_plain_falls_out(left: str, right: str) -> None:
    whole = mint_redacted(left) + mint_redacted(right)
    assert isinstance(whole, RedactedText)
    assert whole == left + right
    assert not isinstance(mint_redacted(left) + right, RedactedText)
    assert not isinstance(f"{mint_redacted(left)}{right}", RedactedText)


@given(st.text())
def test_lines_rejoin_to_the_same_text(text: str) -> None:
    assert joined("\n", mint_redacted(text).lines()) == text


def test_join_and_compose_refuse_plain_strings() -> None:
    with pytest.raises(RawTextExposed, match="part 1"):
        joined(" ", [house("a"), "Ada"])  # pyright: ignore[reportArgumentType]
    with pytest.raises(RawTextExposed, match="slot who"):
        composed("{who} agreed", who="Ada")  # pyright: ignore[reportArgumentType]


def test_compose_leaves_braces_of_the_parts_alone() -> None:
    assert composed("{who}: {n}", who=mint_redacted("{n} <PERSON_1>"), n=3) == "{n} <PERSON_1>: 3"


def test_placeholders_are_found_in_order() -> None:
    text = mint_redacted("<PERSON_2> wrote <EMAIL_ADDRESS_1> to <PERSON_2>, not <person_1> or <PERSON_x>")
    assert text.placeholders() == ("<PERSON_2>", "<EMAIL_ADDRESS_1>", "<PERSON_2>")
