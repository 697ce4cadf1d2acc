"""Swaps the people of a sentence: names, pronouns and titles, with the verb that goes with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from guards.bias_language import BiasCard, bias_cards

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "ordinary words": ("Grace", "Will", "Mark", "Hope Long"),
    "arabic": ("al-Hassan", "Yusuf al-Hassan", "Fatima bint Khalid", "El-Sayed"),
    "irish": ("O'Brien", "Siobhán Ní Dhomhnaill", "D’Arcy", "McCarthy"),
    "vietnamese": ("Nguyen Thi Lan", "Trần Văn Đức", "Linh", "Ng"),
    "dutch": ("van der Berg", "Jan van der Berg", "Anouk de Vries", "Ten Broek"),
    "indian": ("Priya Raghunathan", "S. Iyer", "Lakshmi", "Harpreet Singh"),
    "west african": ("Oluwaseun Adebayo", "Nkechi", "Kwabena", "Chukwuemeka-Obi"),
    "slavic": ("Tomasz Wójcik", "Żaneta", "Dmitri Volkov", "Ljubica"),
    "chinese": ("Mei-Ling", "Chua Mei-Ling", "Xu", "李伟"),
    "spanish": ("José María de la Cruz", "Íñigo", "Ana", "Benjamín Ortega"),
    "single": ("Bo", "Li", "Ada", "James"),
    "placeholders": ("<PERSON_1>", "<PERSON_2>", "<PERSON_13>", "<PERSON_104>"),
    "titles": ("Dr. Adeyemi", "Ms Khan", "Prof. O'Neill", "Mr. van der Berg"),
}
"""Names a group, four each; all invented."""

_NAMES: Final = (
    "Ben|Priya|Linh|Tomasz|Kwabena|Samira|Yusuf|Amara|Ravi|Chen|Ada|Mr Okafor|Dr. Adeyemi|Ms Khan|Femi|Omar|Grace|Ines"
    "|Hamza|Piotr|Leila|Noor|Elena|Musa|Nadia|Vera|Imani|Maria|Anita|Jana|Karthik|Zainab|Vikram|Farida|Fatou|Olena"
)
_NAME: Final = re.compile(rf"\b(?:{_NAMES})\b|<PERSON_\d+>")
_FORMS: Final = {
    "he": ("he", "him", "his", "himself"), "she": ("she", "her", "her", "herself"),
    "they": ("they", "them", "their", "themself"),
}  # fmt: skip
_PRONOUN: Final = re.compile(
    r"\b(he|she|they|him|them|his|her|their|himself|herself|themselves)\b"
    r"(?:(?P<drawn>['’](?:s|re))(?!\w)|(?P<adverb> (?:always|never|just|only|often|really|obviously|simply))?"
    r" (?P<verb>[a-z]+(?:n['’]t)?)(?=[\s.,]))?",
    re.IGNORECASE,
)
_PLACE: Final = {"he": 0, "she": 0, "they": 0, "him": 1, "them": 1, "his": 2, "their": 2}
_PLURAL: Final = {"is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't", "doesn't": "don't",
                  "goes": "go", "gets": "get"}  # fmt: skip
_SINGULAR: Final = {plural: singular for singular, plural in _PLURAL.items()}
_SAME_IN_BOTH: Final = re.compile(
    r"[a-z]+ed|[a-z]+ly|may|will|should|can|could|must|would|won't|never|got|did|took|went|made|let|too|said|not|and"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands in the place of a stretch of the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Swapped:
    """A text with other people in it, and the edits that made it, in order."""

    text: str
    edits: tuple[Edit, ...]

    def names(self) -> list[tuple[int, int]]:
        """Where the new words stand."""
        found: list[tuple[int, int]] = []
        moved = 0
        for each in self.edits:
            start = each.start + moved
            found.append((start, start + len(each.text)))
            moved += len(each.text) - (each.end - each.start)
        return found

    def moved(self, place: int) -> int:
        """Where a place of the first text is now; one inside an edit is at the edit's end."""
        moved = 0
        for each in self.edits:
            if place >= each.end:
                moved += len(each.text) - (each.end - each.start)
            elif place > each.start:
                return each.start + moved + len(each.text)
        return place + moved


def with_names(text: str, names: tuple[str, ...]) -> Swapped:
    """Each person of the text gets a name of the group, the same one wherever they stand."""
    given: dict[str, str] = {}

    def edits() -> Iterator[Edit]:
        for match in _NAME.finditer(text):
            name = given.setdefault(match[0], names[len(given) % len(names)])
            yield Edit(match.start(), match.end(), name)

    return _apply(text, tuple(edits()))


def with_pronouns(text: str, kind: str) -> Swapped:
    """Every he, she and they becomes one of ``kind``, and its verb follows."""
    return _apply(text, tuple(each for match in _PRONOUN.finditer(text) for each in _pronoun(match, text, kind)))


def _pronoun(match: re.Match[str], text: str, kind: str) -> Iterator[Edit]:
    low = match[1].casefold()
    place = _PLACE.get(low, 3)
    if low == "her":
        place = 2 if re.match(r" [a-z]", text[match.end(1) :]) else 1
    new = _FORMS[kind][place]
    yield Edit(match.start(1), match.end(1), new.capitalize() if match[1][0].isupper() else new)
    if place == 0 and match["drawn"]:
        yield Edit(match.start("drawn"), match.end("drawn"), "'re" if kind == "they" else "'s")
    elif place == 0 and match["verb"] and (kind == "they") != (low == "they"):
        yield Edit(match.start("verb"), match.end("verb"), _verb(match["verb"], plural=kind == "they"))


def _verb(verb: str, *, plural: bool) -> str:
    known = _PLURAL if plural else _SINGULAR
    if verb in known:
        return known[verb]
    if _SAME_IN_BOTH.fullmatch(verb):
        return verb
    if not plural:
        return f"{verb}s"
    return re.sub(r"ies$", "y", verb) if verb.endswith("ies") else re.sub(r"(?<=sh|ch|ss)es$|s$", "", verb)


def _apply(text: str, edits: tuple[Edit, ...]) -> Swapped:
    said, at = "", 0
    for each in edits:
        said += text[at : each.start] + each.text
        at = each.end
    return Swapped(said + text[at:], edits)


Shown = list[tuple[str, str, int, int, tuple[str, ...], str]]


def unmoved(text: str, swap: Callable[[str], Swapped], *, known: bool = False) -> tuple[Shown, Shown]:
    """The cards of a text, moved along with the swap, and those of the swapped text."""
    after = swap(text)
    before = bias_cards(text)
    cards = bias_cards(after.text, people=after.names() if known else ())
    return (
        [_shown(each, after.moved(each.start), after.moved(each.end)) for each in before],
        [_shown(each, each.start, each.end) for each in cards],
    )


def _shown(card: BiasCard, start: int, end: int) -> tuple[str, str, int, int, tuple[str, ...], str]:
    return (card.category.value, card.entry, start, end, tuple(card.missing), card.question)
