"""Misspelt placeholders: put right when one alone can be meant, else reported; plain words are never a name."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.access import Principal, RevealNames, Role, authorize
from guards.errors import PlaceholderUnknown
from guards.masking import KnownForms, masked
from guards.pair_vault import PairVault
from guards.placeholders import KINDS, mend, typed_in
from guards.recognisers import rules
from guards.roster import Roster, RosterPerson
from guards.text import PLACEHOLDER, RawText
from tests.guards.spellings import MISSPELT

KNOWN = frozenset({"<PERSON_1>", "<PERSON_12>", "<EMAIL_ADDRESS_1>", "<LITERAL_1>"})
ADA = Principal("ada", {"p": Role.MENTOR_COACH})
REVEAL = authorize(ADA, RevealNames, "p")


def vault() -> PairVault:
    into = PairVault("p", roster=Roster((RosterPerson("ada", "Ada Nwosu"), RosterPerson("ben", 'Ben "Bo" Okafor'))))
    for person in ("ada", "ben"):
        into.placeholder_of(person)
    into.placeholder(RawText("ada@corp.example"), entity_type="EMAIL_ADDRESS")
    return into


@pytest.mark.parametrize("spelling", MISSPELT)
@pytest.mark.parametrize("mark", sorted(KNOWN))
def test_a_misspelt_placeholder_is_put_right(spelling: str, mark: str) -> None:
    kind, _, number = mark.strip("<>").rpartition("_")
    written = MISSPELT[spelling](kind, number)
    done = mend(f"Ask {written} about it", known=KNOWN)
    assert (mark in done.text, done.unsure) == (True, ()), written


@pytest.mark.parametrize("spelling", MISSPELT)
def test_an_unknown_number_is_reported_and_stays(spelling: str) -> None:
    text = f"Ask {MISSPELT[spelling]('PERSON', '77')} about it"
    done = mend(text, known=KNOWN)
    assert done.text == text
    assert len(done.unsure) == 1


@pytest.mark.parametrize("doubtful", ["PERSON 1", "Person 1", "PERSON1", "PERSON-1", "<PERSON_1s>", "<PERSONA_3>"])
def test_a_doubtful_spelling_is_reported_and_stays(doubtful: str) -> None:
    text = f"Ask {doubtful} about it"
    done = mend(text, known=KNOWN)
    assert done.text == text
    if not doubtful.startswith("<PERSONA"):
        assert done.unsure


@pytest.mark.parametrize(
    "text",
    [
        "person 1 of the team",
        "Person 2 said no",
        "ERROR_404 in CLM_12, see [line 1] and {step 2}",
        "<h1>Plan</h1> costs 1 person day; in person, 12 times",
        "impersonation_1 and person_1st are columns, PERSON_A too",
        "literally 1 of 12 persons",
    ],
)
def test_plain_words_never_become_a_name(text: str) -> None:
    assert mend(text, known=KNOWN, source=text).text == text
    assert vault().restore(text, REVEAL) == text


def test_what_stands_in_the_source_is_its_own() -> None:
    done = mend("rename PERSON_1 as <PERSON_1> said", known=KNOWN, source="rename PERSON_1 as <PERSON_1> said")
    assert done.text == "rename PERSON_1 as <PERSON_1> said"
    assert done.unsure == ("PERSON_1",)


@pytest.mark.parametrize("spelling", MISSPELT)
def test_a_typed_spelling_comes_back_as_typed(spelling: str) -> None:
    into = vault()
    typed = f"the column {MISSPELT[spelling]('PERSON', '1')} is empty"
    done = masked(typed, (), vault=into, known=KnownForms())
    assert "PERSON" not in PLACEHOLDER.sub("", done.text).upper()
    assert into.restore(done.text, REVEAL).replace("\n", "") == typed.replace("\n", "")


def test_names_come_back_in_an_answer_and_an_unknown_mark_is_reported() -> None:
    done = mend("PERSON_1 tells &lt;PERSON_2&gt; and [person 1]", known=KNOWN | {"<PERSON_2>"})
    assert vault().restore(done.text, REVEAL) == 'Ada Nwosu tells Ben "Bo" Okafor and Ada Nwosu'
    doubtful = mend("PERSON_1 tells <PERSON_9>", known=KNOWN)
    assert doubtful.unsure == ("<PERSON_9>",)
    with pytest.raises(PlaceholderUnknown):
        vault().restore(doubtful.text, REVEAL)


def test_a_document_in_a_string_stays_a_document() -> None:
    inner = json.dumps({"<PERSON_2>": ["<PERSON_2>", {"deep": json.dumps(["<PERSON_2>"])}]})
    done = vault().restore_json({"<PERSON_2>": inner, "n": [1, None, True, "[<PERSON_1>"]}, REVEAL)
    assert isinstance(done, dict)
    assert done["n"] == [1, None, True, "[Ada Nwosu"]
    document = json.loads(str(done["<PERSON_2>"]))
    assert list(document) == ["<PERSON_2>"]
    assert document["<PERSON_2>"][0] == 'Ben "Bo" Okafor'
    assert json.loads(document["<PERSON_2>"][1]["deep"]) == ['Ben "Bo" Okafor']


_PIECES = st.sampled_from([*"<>[]&;_1 2\nPs", "&lt;", "&gt;", "PERSON", "person", "\u200b", "＜", "\\"])


@given(pieces=st.lists(_PIECES, max_size=30))
def test_nothing_but_a_known_placeholder_is_put_in(pieces: list[str]) -> None:
    text = "".join(pieces)
    done = mend(text, known=KNOWN)
    assert {match.group(0) for match in PLACEHOLDER.finditer(done.text)} - {
        match.group(0) for match in PLACEHOLDER.finditer(text)
    } <= KNOWN
    assert mend(done.text, known=KNOWN).text == done.text


def test_every_type_that_a_rule_mints_is_known_and_spans_are_apart() -> None:
    minted = {kind for rule in (*rules.ALWAYS, *rules.IN_TRANSCRIPTS) for kind in rule.entity_types}
    assert minted - KINDS == set()
    spans = list(typed_in("<PERSON_1> [PERSON_1] <X_Y_2> PERSON_1"))
    assert len(spans) == 4
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(
    kind=st.sampled_from(sorted(KINDS)),
    number=st.integers(min_value=0, max_value=999),
    between=st.sampled_from(["_", " _", "_ ", "\\_", "\u200b_", "_\u00ad#"]),
    unseen=st.sampled_from(["", "\u200b", "\u200b" * 40]),
    case=st.sampled_from([str.upper, str.lower, str.title]),
)
def test_every_kind_in_any_case_and_with_invisible_signs_is_seen_before_a_number(
    kind: str, number: int, between: str, unseen: str, case: Callable[[str], str]
) -> None:
    spelt = f"{'_'.join(unseen.join(part) for part in case(kind).split('_'))}{between}{number}"
    text = f"On 2026-10-09 {spelt} said so"
    assert list(typed_in(text)) == [(14, 14 + len(spelt))]
