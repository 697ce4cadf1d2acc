"""Every form of every known person, found in one pass: the cost does not grow with the size of the roster.

Forms: full name, parts, "Family, Given", initialled, initials, handles, e-mails and their local part, and what
``also`` lists; possessives and any case. Forms that are plain English words count only where they are
capitalised and placed like a name; initials count only in their own case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

import ahocorasick

from guards.folding import View, folded
from guards.recognisers.found import SURE, Found
from guards.recognisers.keep import everyday, jargon
from guards.roster import Roster, RosterPerson

_TITLES: Final = frozenset(["mr", "mrs", "ms", "miss", "dr", "prof", "sir", "madam", "mx"])
_PARTICLES: Final = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "del",
        "della",
        "di",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "bin",
        "bint",
        "ibn",
        "al",
        "el",
        "ter",
        "ten",
        "af",
    ]
)
_COMMON_CAPITALS: Final = frozenset(
    [
        "AI",
        "ML",
        "PR",
        "CI",
        "CD",
        "IT",
        "OK",
        "US",
        "UK",
        "EU",
        "AM",
        "ID",
        "IP",
        "PO",
        "BA",
        "DS",
        "DB",
        "TL",
        "EM",
        "KR",
        "AC",
        "MD",
        "TA",
        "VM",
        "OS",
        "JS",
        "TS",
        "GO",
        "OR",
        "IN",
        "ON",
        "AT",
        "AS",
        "IS",
        "IF",
        "TO",
        "BE",
        "BY",
        "DO",
        "AN",
        "NO",
        "SO",
        "UP",
        "WE",
        "MY",
        "HE",
        "ME",
        "PM",
        "QA",
        "UX",
        "UI",
        "HR",
        "VP",
        "API",
        "SLA",
        "KPI",
        "OKR",
        "ROI",
        "POC",
        "MVP",
        "CEO",
        "CTO",
        "CFO",
        "COO",
    ]
)
_SHORTEST_GLUED: Final = 5
_INITIALS: Final = re.compile(r"^(?:[A-Za-z]\.?){2,4}$")
_EMAIL: Final = re.compile(r"^[^@\s]+@[^@\s]+$")
_VERB_AFTER: Final = re.compile(
    r"^(?:['’]s\b|:|\s+(?:said|says|will|would|has|had|is|was|and|to|owns|own|asked|asks|told|tells|wants|wanted|"
    r"thinks|thought|can|could|may|should|needs|agreed|agrees|took|takes|did|does|got|went|joined|raised|"
    r"suggested|promised|committed|confirmed|shared|sent|sends|wrote|brings|brought|[A-Z][\w'’-]+)\b)"
)
_BEFORE: Final = re.compile(
    r"(?:\b(?:with|to|and|from|by|for|ask|asked|told|tell|thanks|thank|hi|hello|dear|ping|cc|met|than|between|of|as|"
    r"lets?|that|owner|regards|Mr|Ms|Mrs|Dr)\.?|[@&/|,:(-])\s*$",
    re.IGNORECASE,
)
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:;\n]|[-*•]\s)\s*$")


@dataclass(frozen=True, slots=True)
class _Form:
    """A known form: whose it is (``None``: several people's) and how it must be written to count."""

    entity_type: str
    person: str | None
    exact: str | None = None
    plain_word: bool = False


class RosterIndex:
    """An automaton over the folded forms of one roster."""

    def __init__(self, roster: Roster) -> None:
        self._forms: dict[str, _Form] = {}
        for person in roster.people:
            for form, exact in _forms(person):
                self._add(form, _form(person.id, form, exact=exact))
        for word in roster.mask_words:
            for form in dict.fromkeys((word, *(sign.join(word.split()) for sign in ("", "_", "-", ".")))):
                self._add(form, _Form("ORGANIZATION", None))
        self._automaton: Any = cast("Any", ahocorasick).Automaton()
        for key in self._forms:
            self._automaton.add_word(key, key)
        if self._forms:
            self._automaton.make_automaton()

    def _add(self, form: str, entry: _Form) -> None:
        key = " ".join(folded(form).text.split())
        if not key:
            return
        known = self._forms.get(key)
        if known is not None and known.person != entry.person:
            entry = _Form(entry.entity_type, None, entry.exact and known.exact, entry.plain_word and known.plain_word)
        self._forms[key] = entry

    def find(self, text: str) -> Iterator[Found]:
        """The longest known form at each place, whole words only."""
        yield from self._find(text, prose=True)

    def find_all(self, text: str) -> Iterator[Found]:
        """As ``find`` for text that is no prose, where a plain word that is a name cannot be told by its place."""
        yield from self._find(text, prose=False)

    def _find(self, text: str, *, prose: bool) -> Iterator[Found]:
        if not self._forms:
            return
        view = folded(text)
        # a space of any kind separates the words of a name; a line break does not join them
        seen = re.sub(r"[^\S\n\r]", " ", view.text)
        last = 0
        for start, end, key in sorted(self._hits(text, view, seen), key=lambda hit: (hit[0], -hit[1])):
            found = self._judged(text, view.start(start), view.end(end), self._forms[key], prose=prose)
            if start >= last and found is not None:
                last = end
                yield found

    def _hits(self, text: str, view: View, seen: str) -> Iterator[tuple[int, int, str]]:
        for stop, key in self._automaton.iter(seen):
            start, end = stop - len(key) + 1, stop + 1
            masked = self._forms[key].entity_type == "ORGANIZATION"
            if _whole(seen, start, end) or (masked and _glued(text, view.start(start), view.end(end))):
                yield start, end, key

    def _judged(self, text: str, start: int, end: int, form: _Form, *, prose: bool) -> Found | None:
        written = text[start:end]
        if form.exact is not None and written not in (form.exact, form.exact.replace(".", "")):
            return None
        # accents or letters of another script in a plain word are no plain word
        if prose and form.plain_word and written.isascii() and not _placed_like_a_name(text, start, end):
            return None
        return Found(start, end, form.entity_type, SURE, form.person)


def _whole(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (_joins(before) and _joins(text[start])) and not (_joins(after) and _joins(text[end - 1]))


def _glued(text: str, start: int, end: int) -> bool:
    """Whether a word to mask stands in a longer one where its capitals or a figure show its ends: "AcmeClaims2"."""
    return end - start >= _SHORTEST_GLUED and _shows(text, start, start) and _shows(text, end, end - 1)


def _shows(text: str, edge: int, own: int) -> bool:
    """Whether an end of a stretch can be told: nothing joins there, a figure does, or a capital begins there."""
    other = edge - 1 if own == edge else edge
    if not 0 <= other < len(text) or not _joins(text[other]):
        return True
    return text[other].isdigit() or (text[max(own, other)].isupper() and text[min(own, other)].islower())


def _joins(sign: str) -> bool:
    return sign.isalnum()


def _placed_like_a_name(text: str, start: int, end: int) -> bool:
    """Capitalised; and at the start of a sentence followed as a name is ("Will said", not "Will this do")."""
    if not text[start].isupper():
        return False
    before = text[max(0, start - 24) : start]
    if _SENTENCE_START.search(before) or (text[start:end].isupper() and end - start > 1):
        return bool(_VERB_AFTER.match(text[end : end + 24]))
    return bool(_BEFORE.search(before) or _VERB_AFTER.match(text[end : end + 24]))


def _form(person: str, form: str, *, exact: bool) -> _Form:
    plain = form.casefold() in everyday() or form.casefold() in jargon()
    return _Form("PERSON", person, form if exact else None, plain)


def _forms(person: RosterPerson) -> Iterator[tuple[str, bool]]:
    """Each form, and whether its case must be as written."""
    yield from _of_name(person.name)
    for other in person.also:
        if _EMAIL.match(other):
            yield other, False
            yield from _of_local_part(other.split("@")[0])
        elif other.startswith("@"):
            yield other, False
            yield from ((other[1:], False) for _ in "1" if len(other) > 2)
        elif _INITIALS.match(other) and (other.isupper() or sum(each.isupper() for each in other) > 1 or "." in other):
            yield other, True
        elif " " in other:
            yield from _of_name(other)
        else:
            yield other, False


def _of_local_part(local: str) -> Iterator[tuple[str, bool]]:
    if len(local) >= 3:
        yield local, False


def _of_name(name: str) -> Iterator[tuple[str, bool]]:
    words = [word.strip(",") for word in name.split() if word.strip(".,").casefold() not in _TITLES]
    if not words:
        return
    yield " ".join(words), False
    names = [word for word in words if len(word.strip(".")) > 1 and word.casefold() not in _PARTICLES]
    yield from ((word, False) for word in names)
    if len(words) < 2:
        return
    first, family = words[0], _family(words)
    for last in dict.fromkeys((family, words[-1])):
        yield from (
            (f"{first} {last}", False),
            (f"{last}, {first}", False),
            (f"{last} {first}", False),
            (f"{first[0]}. {last}", False),
            (f"{first[0]} {last}", False),
            (f"{first[0]}.{last}", False),
            (f"{first} {last[0]}.", False),
            (f"{first} {last[0]}", True),
            (f"{first}.{last}", False),
            (f"{first}{last[0]}", True),
            (f"{first}_{last}", False),
        )
    yield from ((form, True) for form in _initials(words))


def _family(words: list[str]) -> str:
    """The family name with its particles: ``de Jong`` of ``Marijke de Jong``."""
    at = next((at for at, word in enumerate(words[1:], 1) if word.casefold() in _PARTICLES), len(words) - 1)
    return " ".join(words[at:])


def _initials(words: list[str]) -> Iterable[str]:
    letters = "".join(word[0] for word in words if word[0].isalpha())
    ends = words[0][0] + words[-1][0]
    for each in dict.fromkeys((letters, ends, letters.upper(), ends.upper())):
        if 2 <= len(each) <= 4 and each not in _COMMON_CAPITALS and each[0].isupper():
            yield each
            yield ".".join(each) + "."
