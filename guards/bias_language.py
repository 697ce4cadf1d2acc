"""Language about people that is worth a look before it is sent: spans, why, what is missing, and a question instead.

A pure look at a text, raw or redacted, against ``guards/lexicons/bias.yaml``, with ``guards.bias_reader`` for wordings
that no list has. It judges words, never whoever wrote or is meant by them: rules see a form of the sentence in which
every person reads the same (``guards.bias_clauses``). Refuses to point at what is denied, quoted or said of a thing,
and to rewrite: what happened is asked, not invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

from guards.bias_clauses import Clause, clauses
from guards.bias_people import PERSON, Span
from guards.bias_reader import Reading, load_reader, reading

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


_VAGUE: Final = frozenset([BiasCategory.VAGUE_PRAISE, BiasCategory.VAGUE_CRITICISM, BiasCategory.PERSONALITY])
LIKELY: Final = 0.25
"""From this chance on the reader alone makes a card.

Chosen on a quarter of the development sentences that it had not learnt from; lower finds more, and marks more ordinary
lines (about one in twenty of the sample's notes).
"""

NOBODY: Final = 0.5
"""The same for a sentence in which nobody is meant: more often than not. Not fitted."""

DOUBT: Final = 0.03
"""Below this chance a listed wording makes no card; as above."""

MOST_WORDS: Final = 35
"""A longer sentence is no remark on somebody but an account of something, where the reader has nothing to go by."""


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
    reference: str


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    frames: tuple[str, ...]
    terms: str
    question: str = ""


class _Category(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    category: BiasCategory
    reference: str
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
    reference: str
    settled_by: frozenset[Part]
    patterns: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class BiasLexicon:
    """The data file, compiled."""

    version: int
    denied: re.Pattern[str]
    parts: Mapping[Part, re.Pattern[str]]
    asks: Mapping[BiasCategory, str]
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
            kind.reference,
            frozenset(kind.settled_by),
            tuple(_patterns(entry, file)),
        )
        for kind in file.categories
        for entry in kind.entries
    )
    parts = {part: _pattern(block, file.words) for part, block in file.parts.items()}
    asks = {kind.category: kind.question for kind in file.categories}
    return BiasLexicon(file.version, _pattern(file.denied, file.words, ends=False), parts, asks, rules)


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
    known = [each for each in clauses(text, people=people) if each.plain]
    found: list[BiasCard] = []
    for at, clause in enumerate(known):
        near = clause.plain + (known[at + 1].plain if at + 1 < len(known) else "")
        found += (each for each in _in_clause(clause, near, lexicon) if not _within(each, quoted))
    return tuple(sorted(found, key=lambda each: each.start))


def _within(card: BiasCard, quoted: Sequence[Span]) -> bool:
    return any(start <= card.start and card.end <= end for start, end in quoted)


def _in_clause(clause: Clause, near: str, lexicon: BiasLexicon) -> Iterator[BiasCard]:
    """What the lexicon lists, unless the reader sees nothing at all in it; else what the reader alone is sure of."""
    read = reading(clause.plain)
    listed = _longest(_listed(clause, near, lexicon))
    if listed:
        yield from _one_kind(listed, read) if read.any >= DOUBT else ()
    elif read.any >= _bound(clause) and len(clause.starts) <= MOST_WORDS and not _denies(clause, lexicon):
        yield from _read(clause, near, read, lexicon)


def _bound(clause: Clause) -> float:
    """What the reader alone must be sure of; surer where the sentence names nobody ("No blocker is noted")."""
    return LIKELY if PERSON in clause.plain.split() else NOBODY


def _denies(clause: Clause, lexicon: BiasLexicon) -> bool:
    """Whether the sentence denies a listed wording: it would have a card without its "not", and has none with it."""
    bare = clause.plain.replace("not ", "")
    patterns = [pattern for rule in lexicon.rules for pattern in rule.patterns]
    if bare != clause.plain and any(pattern.search(bare) for pattern in patterns):
        return True
    found = (each for pattern in patterns for each in pattern.finditer(clause.plain))
    return any(lexicon.denied.search(clause.plain[: each.start("at")]) for each in found)


def _listed(clause: Clause, near: str, lexicon: BiasLexicon) -> Iterator[tuple[int, BiasCard]]:
    """Each listed wording with its words in the plain form; their letters would depend on who is meant."""
    given = _given(near, lexicon)
    for rule in lexicon.rules:
        for match in (each for pattern in rule.patterns for each in pattern.finditer(clause.plain)):
            denied = lexicon.denied.search(clause.plain[: match.start("at")])
            if denied or (rule.settled_by and rule.settled_by <= given):
                continue
            place = clause.place(match.start("at"), match.end("at"))
            yield match["at"].count(" "), _card(rule, place, given, f"{rule.entry}@{lexicon.version}")


def _read(clause: Clause, near: str, read: Reading, lexicon: BiasLexicon) -> Iterator[BiasCard]:
    rule = next(each for each in lexicon.rules if each.category == read.likeliest)
    given = _given(near, lexicon)
    first, last = read.stretch(read.likeliest)
    denied = lexicon.denied.search(clause.plain[: clause.starts[first]])
    if not denied and not (rule.settled_by and rule.settled_by <= given):
        place = clause.places[first][0], clause.places[last][1]
        yield _card(
            replace(rule, question=lexicon.asks[rule.category]), place, given, f"reader@{load_reader().version}"
        )


def _given(near: str, lexicon: BiasLexicon) -> frozenset[Part]:
    return frozenset(part for part, pattern in lexicon.parts.items() if pattern.search(near))


def _card(rule: _Rule, place: Span, given: frozenset[Part], entry: str) -> BiasCard:
    missing = tuple(part for part in Part if part not in given)
    return BiasCard(rule.category, *place, rule.why, missing, rule.question, entry, rule.reference)


def _one_kind(found: Sequence[BiasCard], read: Reading) -> Iterator[BiasCard]:
    """The cards of one kind: a second kind on the same sentence would be a second look at the same remark.

    A vague one gives way to one that says more; otherwise the kind stays that the whole sentence reads like.
    """
    kinds = {each.category for each in found}
    telling = kinds - _VAGUE or kinds
    kept = max(sorted(telling), key=lambda each: read.chances[each])
    yield from (each for each in found if each.category is kept)


def _longest(found: Iterable[tuple[int, BiasCard]]) -> list[BiasCard]:
    """Of wordings that overlap the one of most words."""
    kept: list[BiasCard] = []
    for _, card in sorted(found, key=lambda each: (-each[0], each[1].start, each[1].entry)):
        if all(card.end <= other.start or other.end <= card.start for other in kept):
            kept.append(card)
    return kept
