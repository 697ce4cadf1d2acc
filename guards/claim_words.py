"""What the check of claims knows of English words: which say the same, which the opposite, and what is a verb.

The tables are data (``lexicons/claims.yaml``); endings are taken off by code. Refuses to guess a meaning: a word it
does not know is only ever equal to itself and its inflections.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict

_FILE: Final = Path(__file__).parent / "lexicons" / "claims.yaml"
_ENDINGS: Final = (
    "isations", "izations", "isation", "ization", "ations", "ation", "ments", "ment", "ings", "ing", "ers", "er",
    "ies", "ied", "ed", "es", "ly", "s",
)  # fmt: skip
_VERBS_IN_LY: Final = ("pply", "eply", "omply", "imply")
_SHORT: Final = 3
_PREFIX: Final = 6


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    alike: list[str]
    opposite: list[str]
    past: str
    same_past: str
    people: str
    nobody: str
    light: str
    speech: str
    asking: str
    promising: str
    soft_no: str
    hard_no: str
    unsure: str
    leaves_open: str
    framing: str
    weighty: str
    converse: list[str]
    units: dict[str, str]
    verbs: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables, by stems where stems are compared and by written words where words are."""

    groups: Mapping[str, frozenset[str]]
    opposite: Mapping[str, frozenset[str]]
    past: Mapping[str, str]
    same_past: frozenset[str]
    people: frozenset[str]
    nobody: frozenset[str]
    light: frozenset[str]
    speech: frozenset[str]
    asking: frozenset[str]
    promising: frozenset[str]
    soft_no: frozenset[str]
    hard_no: frozenset[str]
    unsure: frozenset[str]
    leaves_open: frozenset[str]
    framing: frozenset[str]
    weighty: frozenset[str]
    converse: Mapping[str, frozenset[str]]
    units: Mapping[str, str]
    verbs: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The tables, read once."""
    read = _File.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
    past = dict(pair.split("=", 1) for pair in read.past.split())
    groups: dict[str, set[str]] = {}
    for number, line in enumerate(read.alike):
        for word in line.split():
            groups.setdefault(_stem(word, past), set()).add(f"={number}")
    return Lexicon(
        groups={stem: frozenset(numbers) for stem, numbers in groups.items()},
        opposite=_pairs(read.opposite, past),
        past=past, same_past=frozenset(read.same_past.split()), people=frozenset(read.people.split()),
        nobody=frozenset(read.nobody.split()), light=frozenset(read.light.split()),
        speech=frozenset(read.speech.split()), asking=_stems(read.asking, past),
        promising=frozenset(read.promising.split()),
        soft_no=_stems(read.soft_no, past), hard_no=frozenset(read.hard_no.split()),
        unsure=frozenset(read.unsure.split()), leaves_open=frozenset(read.leaves_open.split()),
        framing=_stems(read.framing, past), weighty=_stems(read.weighty, past), converse=_pairs(read.converse, past),
        units={word: unit for unit, words in read.units.items() for word in words.split()},
        verbs=frozenset(form for word in read.verbs.split() for form in _forms(word)),
    )  # fmt: skip


def _pairs(lines: Iterable[str], past: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Each word of a pair with all the others it is paired with, as stems."""
    found: dict[str, frozenset[str]] = {}
    for line in lines:
        left, right = (_stem(word, past) for word in line.split())
        found[left] = found.get(left, frozenset()) | {right}
        found[right] = found.get(right, frozenset()) | {left}
    return found


def _forms(verb: str) -> Iterator[str]:
    yield from (verb, f"{verb}s", f"{verb}es", f"{verb[:-1]}ies" if verb.endswith("y") else verb)


def _stems(words: str, past: Mapping[str, str]) -> frozenset[str]:
    return frozenset(_stem(word, past) for word in words.split())


def stem(word: str) -> str:
    """A word without its ending: ``labelling`` and ``labels`` are ``label``, ``sent`` is ``send``."""
    return _stem(word, lexicon().past)


def _stem(word: str, past: Mapping[str, str]) -> str:
    plain = word.lower().removesuffix("'s").strip("'-")
    plain = past.get(plain, plain)
    for ending in _ENDINGS:
        rest = plain[: -len(ending)]
        if ending == "ly" and plain.endswith(_VERBS_IN_LY):
            continue
        if plain.endswith(ending) and len(rest) >= _SHORT and not (ending == "s" and rest.endswith("s")):
            plain = rest + "y" if ending in {"ies", "ied"} else rest
            break
    if len(plain) > _SHORT and plain[-1] == plain[-2] and plain[-1] not in "aeous":
        plain = plain[:-1]
    return plain[:_SHORT] + plain[_SHORT:].rstrip("ey")


def keys(word: str) -> frozenset[str]:
    """What a word is compared by: its stem, the groups it is in, and the start of a long stem."""
    base = stem(word)
    start = {f"~{base[:_PREFIX]}"} if len(base) >= _PREFIX else set[str]()
    return frozenset({base} | start) | lexicon().groups.get(base, frozenset())


def carries_meaning(word: str) -> bool:
    """Whether a word says something by itself; articles, helpers and words of saying do not."""
    low = word.lower()
    return low not in lexicon().light and len(low) > 1


def is_past(word: str) -> bool:
    """Whether a word is written as a past form: ``sent``, ``labelled``; ``cut`` and its like may be either."""
    low = word.lower()
    return low in lexicon().past or (low.endswith("ed") and len(low) > _SHORT + 1)


def is_verb(word: str) -> bool:
    """Whether a word reads as a base verb or its third person."""
    return word.lower() in lexicon().verbs


def opposites(stems: Iterable[str]) -> frozenset[str]:
    """The stems that say the opposite of one of these."""
    table = lexicon().opposite
    return frozenset(other for each in stems for other in table.get(each, ()))
