"""Language about people that is worth a look before it is sent: spans, why, what is missing, and a question instead.

A pure look at a text, raw or redacted, against ``guards/lexicons/bias.yaml``. It judges words, never whoever wrote or
is meant by them: rules see a form of the sentence in which every person is meant to read the same
(``guards.bias_clauses``). Refuses to point at what is denied, quoted or said of a thing, and to rewrite: what happened
is asked, not invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

from guards.bias_clauses import Clause, clauses
from guards.bias_people import Span

_FILE: Final = Path(__file__).parent / "lexicons" / "bias.yaml"
_BRACED: Final = re.compile(r"\{([a-z_]+)\}")
_SLOT: Final = "@"
_QUOTED: Final = re.compile(
    r"“[^”\n]{1,300}”|\"[^\"\n]{1,300}\"|‘[^’\n]{1,300}’|«[^»\n]{1,300}»|(?<!\w)'[^'\n]{1,300}'(?!\w)"
)
_THIRD_PERSON: Final = re.compile(
    r"(?<![\\\w{])(?:(?P<y>[a-z]{2,})ies|(?P<es>[a-z]{2,}(?:ss|sh|ch|x|zz|o))es|(?P<s>[a-z]{2,}[^\WsiuQ_\d])s)(?![\w?*+{}])"
)
"""A literal word of a pattern that may be a verb of the third person."""


class Part(StrEnum):
    """What feedback that somebody can use says."""

    SITUATION = "situation"
    BEHAVIOUR = "behaviour"
    IMPACT = "impact"


class BiasCategory(StrEnum):
    """The kinds of wording; the names are those of the interface."""

    PERSONALITY = "personality_not_behaviour"
    VAGUE_CRITICISM = "vague_criticism"
    VAGUE_PRAISE = "vague_praise"
    TONE = "tone_policing"
    ABILITY_EFFORT = "ability_effort"
    CARETAKING = "caretaking"
    PROXY = "protected_proxy"
    AFFINITY_HALO = "affinity_halo"
    ATTRIBUTION = "attribution"


@dataclass(frozen=True, slots=True)
class BiasCard:
    """One wording worth a look, at a place in the text (code points); ``entry`` names the line of the lexicon."""

    category: BiasCategory
    start: int
    end: int
    why: str
    missing: tuple[Part, ...]
    question: str
    entry: str


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    frames: tuple[str, ...]
    terms: str
    question: str = ""


class _Category(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    category: BiasCategory
    why: str
    question: str
    settled_by: tuple[Part, ...] = ()
    entries: tuple[_Entry, ...]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    version: int = Field(ge=1)
    words: dict[str, str]
    denied: str
    frames: dict[str, tuple[str, ...]]
    parts: dict[Part, str]
    categories: tuple[_Category, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    category: BiasCategory
    entry: str
    why: str
    question: str
    settled_by: frozenset[Part]
    patterns: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class BiasLexicon:
    """The data file, compiled."""

    version: int
    denied: re.Pattern[str]
    parts: Mapping[Part, re.Pattern[str]]
    rules: tuple[_Rule, ...]


@cache
def load_bias(path: Path = _FILE) -> BiasLexicon:
    """The lexicon, compiled.

    Raises:
        ValueError: the file breaks its schema or holds a pattern that does not compile.
    """
    file = _File.model_validate(yaml.safe_load(path.read_text("utf-8")))
    rules = tuple(
        _Rule(
            kind.category,
            entry.id,
            kind.why,
            entry.question or kind.question,
            frozenset(kind.settled_by),
            tuple(_patterns(entry, file)),
        )
        for kind in file.categories
        for entry in kind.entries
    )
    parts = {part: _pattern(block, file.words) for part, block in file.parts.items()}
    return BiasLexicon(file.version, _pattern(file.denied, file.words, ends=False), parts, rules)


def _patterns(entry: _Entry, file: _File) -> Iterator[re.Pattern[str]]:
    terms = "|".join(" ".join(line.split()) for line in entry.terms.splitlines() if line.strip())
    for name in entry.frames:
        for frame in file.frames[name]:
            yield _pattern(frame.replace(_SLOT, f"(?P<at>{terms})"), file.words)


def _pattern(text: str, words: Mapping[str, str], *, ends: bool = True) -> re.Pattern[str]:
    text = "|".join(line for line in text.splitlines() if line)
    while _BRACED.search(text):
        text = _BRACED.sub(lambda match: words[match[1]], text)
    text = _THIRD_PERSON.sub(_either, text)
    return re.compile(rf"(?<!\S)(?:{text})(?!\S)" if ends else text)


def _either(match: re.Match[str]) -> str:
    """A word in -s may stand without it, so that "she whines" and "they whine" read the same."""
    if match["y"]:
        return f"{match['y']}(?:ies|y)"
    if match["es"]:
        return f"{match['es']}(?:es)?"
    return f"{match['s']}s?"


def bias_cards(text: str, *, people: Sequence[Span] = ()) -> tuple[BiasCard, ...]:
    """Cards in the order of the text; of two that overlap the longer one stays.

    ``people`` are stretches of the text that are known to be somebody's name, as a redactor finds them. Without them a
    name is told by its looks, which a name that is also an ordinary word may not have ("mark" in lower case).
    """
    lexicon = load_bias()
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    known = [*clauses(text, people=people)]
    found: list[BiasCard] = []
    for at, clause in enumerate(known):
        near = clause.plain + (known[at + 1].plain if at + 1 < len(known) else "")
        found.extend(
            card
            for card in _in_clause(clause, near, lexicon)
            if not any(start <= card.start and card.end <= end for start, end in quoted)
        )
    return _apart(found)


def _in_clause(clause: Clause, near: str, lexicon: BiasLexicon) -> Iterator[BiasCard]:
    for rule in lexicon.rules:
        for match in (each for pattern in rule.patterns for each in pattern.finditer(clause.plain)):
            if lexicon.denied.search(clause.plain[: match.start("at")]):
                continue
            given = frozenset(part for part, pattern in lexicon.parts.items() if pattern.search(near))
            if rule.settled_by and rule.settled_by <= given:
                continue
            start, end = clause.place(match.start("at"), match.end("at"))
            missing = tuple(part for part in Part if part not in given)
            yield BiasCard(
                rule.category, start, end, rule.why, missing, rule.question, f"{rule.entry}@{lexicon.version}"
            )


def _apart(found: list[BiasCard]) -> tuple[BiasCard, ...]:
    kept: list[BiasCard] = []
    for card in sorted(found, key=lambda each: (each.start - each.end, each.start, each.entry)):
        if all(card.end <= other.start or other.end <= card.start for other in kept):
            kept.append(card)
    return tuple(sorted(kept, key=lambda each: each.start))
