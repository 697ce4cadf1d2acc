"""What is masked comes back letter for letter, to somebody who may see it and to nobody else."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.canary_scan import Needles
from benchmarks.canary_values import LISTED, STRUCTURED, Kind, planted
from guards.access import (
    Permission,
    Principal,
    ReadCommitments,
    ReadConversation,
    RevealNames,
    Role,
    WriteNotes,
    authorize,
)
from guards.errors import NotPermitted
from guards.pair_vault import PairVault
from guards.presidio import PresidioRedactor, build_redactor
from guards.roster import Roster, RosterPerson
from guards.text import PLACEHOLDER, RawText

VALUES = planted(120, seed=3)
ROSTER = Roster(
    tuple(RosterPerson(f"x{each.no}", each.text, each.also) for each in VALUES if each.kind is Kind.PERSON),
    tuple(each.text for each in VALUES if each.kind is Kind.CUSTOMER),
)
NEEDLES = Needles((n, each.no) for each in VALUES if each.kind in LISTED | STRUCTURED for n in each.needles)
COACH = Principal("ada", {"p1": Role.MENTOR_COACH, "p2": Role.MENTEE, "p3": Role.SPONSOR})
PLAIN = st.sampled_from(
    ["agreed the bar", "CLM-12", "0.8", "2026-09-14", "was late;", "I'll try to", "<PERSON_2>", "\n", "- ", "é", "…"]
)
NOTES = st.lists(st.one_of(PLAIN, st.sampled_from([form for each in VALUES for form in each.forms])), max_size=12)


@cache
def redactor() -> PresidioRedactor:
    return build_redactor(ner=None)


@given(NOTES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_note_comes_back_letter_for_letter(parts: list[str]) -> None:
    text = " ".join(parts)
    vault = PairVault("p1", roster=ROSTER)
    done = redactor().redact([RawText(text)], vault=vault)[0]
    surfaces = [RawText(text[span.start : span.end]) for span in done.spans]
    assert vault.restore_exact(done, surfaces, authorize(COACH, RevealNames, "p1")) == text
    assert done.text.count("\n") == text.count("\n")
    assert NEEDLES.found_in_text(PLACEHOLDER.sub(" | ", done.text)) == frozenset()


@given(NOTES)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_is_revealed_on_another_grant(parts: list[str]) -> None:
    vault = PairVault("p1", roster=ROSTER)
    done = redactor().redact([RawText(" ".join(parts))], vault=vault)[0]
    with pytest.raises(NotPermitted):
        vault.restore(done.text, authorize(COACH, RevealNames, "p2"))


@pytest.mark.parametrize("permission", [ReadConversation, ReadCommitments, WriteNotes])
def test_no_other_permission_reveals(permission: type[Permission]) -> None:
    vault = PairVault("p1", roster=ROSTER)
    with pytest.raises(NotPermitted):
        vault.restore("text", authorize(COACH, permission, "p1"))  # pyright: ignore[reportArgumentType]


def test_a_sponsor_gets_no_grant_to_reveal() -> None:
    with pytest.raises(NotPermitted):
        authorize(COACH, RevealNames, "p3")
