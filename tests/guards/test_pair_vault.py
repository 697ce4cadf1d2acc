"""The vault: one placeholder per roster person, links only without doubt, exact restoring, sealed at rest."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.access import Principal, ReadConversation, RevealNames, Role, authorize
from guards.errors import NotPermitted, PlaceholderUnknown, RedactionFailed, VaultUnreadable
from guards.names import folded, same_person, words_of
from guards.pair_vault import PairVault
from guards.redaction import RedactedSpan, Redaction
from guards.roster import Roster, RosterPerson
from guards.text import PLACEHOLDER, RawText, house, mint_redacted

ROSTER = Roster(
    people=(
        RosterPerson("ada", "Ada Nwosu", ("A. Nwosu", "@ada", "ada.nwosu@corp.example")),
        RosterPerson("ben", "Ben Okafor", ("BO",)),
        RosterPerson("sam1", "Sam Reyes"),
        RosterPerson("sam2", "Sam Petrov"),
    ),
    mask_words=("Acme Insurance",),
    keep_words=("SBI",),
)
ADA = Principal("ada", {"ada-ben": Role.MENTOR_COACH, "other": Role.MENTOR_COACH})
REVEAL = authorize(ADA, RevealNames, "ada-ben")


def vault() -> PairVault:
    return PairVault("ada-ben", roster=ROSTER)


def mark(into: PairVault, form: str, kind: str = "PERSON", person: str | None = None) -> str:
    return into.placeholder(RawText(form), entity_type=kind, person=person)


def test_a_roster_person_has_one_placeholder_for_every_form() -> None:
    into = vault()
    marks = {mark(into, form, person="ada") for form in ("Ada", "ada nwosu", "@ada", "A. Nwosu", "Ada's")}
    assert marks == {"<PERSON_1>"}
    assert into.placeholder_of("ada") == "<PERSON_1>"
    assert into.person_of("<PERSON_1>") == "ada"
    assert into.restore("<PERSON_1> agreed", REVEAL) == "Ada Nwosu agreed"


@pytest.mark.parametrize(
    ("before", "form", "linked"),
    [
        (["Priya Nair"], "Priya", True),
        (["Priya Nair"], "P. Nair", True),
        (["Priya Nair"], "priya nair's", True),
        (["Priya Nair", "Priya Shah"], "Priya", False),
        (["Priya Nair"], "Priyanka", False),
        (["Priya"], "Priya Nair", False),
        (["Maria del Carmen"], "Maria Carmen", True),
        (["Carmen Ortiz"], "Maria Carmen Ortiz", True),
    ],
)
def test_unlisted_forms_link_only_to_a_single_candidate(before: list[str], form: str, linked: bool) -> None:
    into = vault()
    known = [mark(into, name) for name in before]
    assert (mark(into, form) in known) is linked


def test_a_link_is_reconsidered_when_a_second_candidate_appears() -> None:
    into = vault()
    nair = mark(into, "Priya Nair")
    assert mark(into, "Priya") == nair
    shah = mark(into, "Priya Shah")
    assert mark(into, "Priya") not in {nair, shah}


@pytest.mark.parametrize(
    ("form", "person"), [("Ada", "ada"), ("nwosu", "ada"), ("Sam", None), ("Sam Reyes", "sam1"), ("BO", "ben")]
)
def test_an_untold_form_finds_the_roster_person_or_nobody(form: str, person: str | None) -> None:
    into = vault()
    assert into.person_of(mark(into, form)) == person


def test_somebody_added_to_the_roster_later_keeps_their_placeholder() -> None:
    key = os.urandom(32)
    before = PairVault("ada-ben", roster=Roster())
    old = mark(before, "Ben Okafor")
    after = PairVault.opened(before.sealed(key), key=key, pair="ada-ben", roster=ROSTER)
    assert after.placeholder_of("ben") == old
    assert after.person_of(old) == "ben"


def test_typed_placeholders_become_literals() -> None:
    into = vault()
    mark(into, "Ada", person="ada")
    literal = mark(into, "<PERSON_1>")
    assert literal == "<LITERAL_1>"
    assert into.restore(f"{literal} is not <PERSON_1>", REVEAL) == "<PERSON_1> is not Ada Nwosu"
    assert "<PERSON_1>" not in into.forms()


def test_unknown_placeholders_and_other_grants_are_refused() -> None:
    into = vault()
    with pytest.raises(PlaceholderUnknown, match="<PERSON_9>"):
        into.restore("by <PERSON_9>", REVEAL)
    with pytest.raises(NotPermitted):
        into.restore("x", authorize(ADA, RevealNames, "other"))
    with pytest.raises(NotPermitted):
        into.restore("x", authorize(ADA, ReadConversation, "ada-ben"))  # pyright: ignore[reportArgumentType]
    with pytest.raises(RedactionFailed):
        into.placeholder_of("nobody")


@pytest.mark.parametrize("kind", ["person", "PERSON_2", "", "A>", "ÄRZTIN"])
def test_types_that_would_not_read_back_are_refused(kind: str) -> None:
    with pytest.raises(RedactionFailed):
        mark(vault(), "Ada", kind=kind)


def test_forms_cover_roster_and_notes_but_not_words_to_keep() -> None:
    into = vault()
    mark(into, "Priya Nair")
    mark(into, "SBI", kind="ORGANIZATION")
    expected = {"Ada Nwosu", "Ada", "Nwosu", "@ada", "ada.nwosu@corp.example", "Acme Insurance", "Priya Nair", "BO"}
    assert expected <= into.forms()
    assert "SBI" not in into.forms()


def test_json_is_restored_inside_its_strings() -> None:
    into = vault()
    quoted = mark(into, 'Nora "No" Katz')
    answer = json.loads(f'{{"who": ["{quoted}", 3, null], "{quoted}": true}}')
    assert into.restore_json(answer, REVEAL) == {"who": ['Nora "No" Katz', 3, None], quoted: True}


def test_changed_bytes_do_not_open() -> None:
    key = os.urandom(32)
    sealed = vault().sealed(key)
    flipped = bytes([sealed[-1] ^ 1])
    for spoiled in (sealed[:-1], sealed[:-1] + flipped, b"", b"mc9", b"mc1\x00", sealed[:8] + sealed[9:]):
        with pytest.raises(VaultUnreadable):
            PairVault.opened(spoiled, key=key, pair="ada-ben", roster=ROSTER)


def test_a_vault_opens_only_for_its_pair_and_key() -> None:
    key = os.urandom(32)
    into = vault()
    mark(into, "Priya Nair")
    sealed = into.sealed(key)
    assert b"Priya" not in sealed
    with pytest.raises(VaultUnreadable):
        PairVault.opened(sealed, key=key, pair="other", roster=ROSTER)
    with pytest.raises(VaultUnreadable):
        PairVault.opened(sealed, key=os.urandom(32), pair="ada-ben", roster=ROSTER)
    again = PairVault.opened(sealed, key=key, pair="ada-ben", roster=ROSTER)
    assert not again.changed
    assert again.forms() == into.forms()


_FORMS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(str.strip)
_KINDS = st.sampled_from(["PERSON", "EMAIL_ADDRESS", "ORGANIZATION"])
_ASKED = st.lists(st.tuples(_FORMS, _KINDS, st.sampled_from([None, None, "ada", "ben"])), max_size=12)


@given(asked=_ASKED)
def test_every_placeholder_restores_and_survives_sealing(asked: list[tuple[str, str, str | None]]) -> None:
    into = vault()
    marks = [mark(into, form, kind, person) for form, kind, person in asked]
    assert all(PLACEHOLDER.fullmatch(each) for each in marks)
    key = bytes(32)
    again = PairVault.opened(into.sealed(key), key=key, pair="ada-ben", roster=ROSTER)
    text = " ".join(marks)
    assert again.restore(text, REVEAL) == into.restore(text, REVEAL)
    for (_, _, person), each in zip(asked, marks, strict=True):
        if person is not None and not each.startswith("<LITERAL"):
            assert into.person_of(each) == person


@given(asked=_ASKED)
def test_asking_again_mints_nothing(asked: list[tuple[str, str, str | None]]) -> None:
    into = vault()
    for form, kind, person in asked:
        assert mark(into, form, kind, person) == mark(into, form, kind, person)


@given(pieces=st.lists(st.tuples(st.text("ab <>_1P", max_size=6), _FORMS), max_size=8), tail=st.text("xy", max_size=3))
def test_a_document_comes_back_letter_for_letter(pieces: list[tuple[str, str]], tail: str) -> None:
    into = vault()
    original, redacted = "", mint_redacted("")
    spans: list[RedactedSpan] = []
    surfaces: list[RawText] = []
    for plain, form in pieces:
        each = mark(into, form)
        original += plain
        spans.append(RedactedSpan(len(original), len(original) + len(form), "PERSON", each))
        original += form
        redacted = redacted + mint_redacted(plain) + mint_redacted(each)
        surfaces.append(RawText(form))
    redaction = Redaction(redacted + mint_redacted(tail), tuple(spans))
    assert into.restore_exact(redaction, surfaces, REVEAL) == original + tail


def test_an_exact_restore_of_another_documents_forms_is_refused() -> None:
    redaction = Redaction(house("<PERSON_1>"), (RedactedSpan(0, 3, "PERSON", "<PERSON_1>"),))
    with pytest.raises(PlaceholderUnknown):
        vault().restore_exact(redaction, (), REVEAL)
    with pytest.raises(PlaceholderUnknown):
        vault().restore_exact(replace(redaction, spans=()), (RawText("Ada"),), REVEAL)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["learn", "forget"]), st.sampled_from(["Zanele", "Zanele Mokoena", "Kofi", "x@y.example"])
    ),
    max_size=12,
)


@given(STEPS)
def test_the_known_forms_are_those_of_a_vault_opened_afresh(steps: list[tuple[str, str]]) -> None:
    into, key = vault(), os.urandom(32)
    for what, form in steps:
        if what == "learn":
            mark(into, form, "EMAIL" if "@" in form else "PERSON")
        else:
            into.forget(lambda kept, form=form: kept.form == form)
        assert into.forms() == PairVault.opened(into.sealed(key), key=key, pair="ada-ben", roster=ROSTER).forms()


NAMES = st.lists(st.sampled_from(["Ada", "Ben", "A.", "B", "Nwosu", "Okafor", "de", "Ada-Ben", "Dr", "'s"]), max_size=3)


@given(
    people=st.lists(st.tuples(NAMES.map(" ".join), NAMES.map(" ".join)), max_size=6),
    form=NAMES.map(" ".join).filter(str.strip),
)
def test_a_new_form_goes_to_the_one_person_of_the_roster_that_it_may_be(
    people: list[tuple[str, str]], form: str
) -> None:
    listed = [RosterPerson(f"p{at}", name, (also,)) for at, (name, also) in enumerate(people)]
    key, words = folded(form), words_of(form)
    fitting = {
        each.id
        for each in listed
        if key in {folded(each.name), folded(each.also[0])} or same_person(words, words_of(each.name))
    }
    into = PairVault("p", roster=Roster(tuple(listed)))
    assert into.person_of(mark(into, form)) == (fitting.pop() if len(fitting) == 1 else None)
