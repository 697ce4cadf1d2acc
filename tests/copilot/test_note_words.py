"""No card and no flag carries a pair's words to L&D, whoever made it and wherever it took them from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copilot.flagging import for_viewer
from copilot.flags.flag import Alternative, Evidence, Flag, FlagKind, Tier
from copilot.note_words import NoteWords
from copilot.programme import Person
from copilot.reviewing import board, enqueue
from guards.access import Role
from guards.consent import ConsentWord, Purpose
from guards.text import mint_redacted
from tests.copilot.cli.home import HomeRun, filled
from tests.doubles.reviews import finding

TODAY = datetime.now(UTC).date()
QUOTE = "blocked: sam was sceptical about it (CLM-118)"
PLAIN = "blocked since 2026-09-21: data access, CLM-118"


@pytest.fixture
def run(tmp_path: Path) -> HomeRun:
    made = filled(tmp_path)
    with made.copilot() as copilot:
        programme = copilot.programme()
        lou = Person("lou", "Lou Marsh", roles=frozenset({Role.LND}))
        copilot.record.programmes.save(replace(programme, people=(*programme.people, lou)))
        for who in ("ada", "ben"):
            word = ConsentWord(who, Purpose.PROGRAMME_REVIEW, given=True, at=datetime.now(UTC))
            copilot.record.consents.append(word)
    return made


@pytest.mark.parametrize("kind", list(FlagKind))
@pytest.mark.parametrize("place", ["evidence", "alternatives", "clears_when", "next_step"])
def test_a_card_for_lnd_is_queued_without_the_words_of_a_note(run: HomeRun, kind: FlagKind, place: str) -> None:
    many = place in {"evidence", "alternatives"}
    told = {place: (mint_redacted(QUOTE), mint_redacted(PLAIN)) if many else mint_redacted(QUOTE)}
    with run.copilot() as copilot:
        enqueue(copilot, [replace(finding("card1", kind, pair="p1", day=TODAY), **told)])  # pyright: ignore[reportArgumentType]
        for person in ("lou", "ada", "ben"):
            text = repr(board(copilot, person).cards)
            own = kind in {FlagKind.BIAS, FlagKind.TICKBOX}
            assert ("sceptical" in text) == (own and person != "lou")
            assert ("card1" in text) == (own == (person != "lou"))
            assert not many or "card1" not in text or PLAIN in text


@pytest.mark.parametrize("closed", [False, True])
def test_a_flag_for_lnd_is_shown_without_the_words_of_a_note(run: HomeRun, closed: bool) -> None:
    flag = Flag(
        "p1", FlagKind.BLOCKER, Tier.REVIEW, TODAY, TODAY, 0.9,
        (Evidence(QUOTE, "work", 1.0), Evidence(PLAIN, "work", 1.0)), (Alternative(QUOTE, "seen"),), QUOTE, QUOTE,
    )  # fmt: skip
    with run.copilot() as copilot:
        if closed:  # then nobody may read the notes, and they are compared with all the same
            word = ConsentWord("ada", Purpose.SESSION_PREP, given=False, at=datetime.now(UTC))
            copilot.record.consents.append(word)
        assert for_viewer(copilot, None, [flag]) == [flag]
        (shown,) = for_viewer(copilot, "lou", [flag])
        assert "sceptical" not in repr(shown)
        assert PLAIN in repr(shown)
        assert shown.id == flag.id


def test_three_words_alike_are_chance_and_case_and_signs_make_no_difference() -> None:
    words = NoteWords(["Sam was sceptical about it; the re-run waits."])
    assert words.repeated_in("SAM was (sceptical) about - everything")
    assert not words.repeated_in("Sam was sceptical")
    assert not words.repeated_in("about it waits Sam was sceptical")
    assert not NoteWords([]).repeated_in("No session for 24 days; agreed every 7.")
