"""How likely a sentence of a later note ends a promise or hands it on: a linear reader with learnt weights.

Beside the rules, for wordings that they do not list. Names and the promise's own words are replaced by what they are
to the promise (its owner, another person, its verb, its thing), so that what is learnt is the form of the sentence, not
its subject. Pure arithmetic over ``later_reader.json``, which ``python -m benchmarks.learn_later_reader`` learns from
the labelled lines of ``tests/copilot/cases``. Refuses to decide: ``ledger_learnt.py`` does.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from copilot.extraction.clauses import sentences
from copilot.extraction.grammar import TICKET
from copilot.ledger_subjects import Promised, promised
from copilot.mentions import Mention, MentionKind
from copilot.similarity import content, named_in, stems, word_kind

FILE: Final = Path(__file__).parent / "later_reader.json"
KINDS: Final = ("ends", "handed", "neither")
SCALE: Final = 100
"""Weights are kept as whole hundredths."""

_TOKEN: Final = re.compile(r"<[A-Z_]+_\d+>|[A-Z][A-Z0-9]+-\d+|\d+|[A-Za-z]+(?:n['’]t)?|['’](?:ll|s|d|ve|m|re)\b"
                           r"|->|→|[✅✔✓☑🎉🙏]|[,;:!?]")  # fmt: skip
_LABEL: Final = re.compile(r"\W*(?:\d\d[:.]\d\d\W+)?(?P<who><[A-Z_]+_\d+>)(?:[^:<>]{0,20})?\s*(?::|\s[-–—])\s")
_MINE: Final = frozenset({"i", "me", "my", "mine", "myself"})
_DAYS: Final = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?$|(?:jan|febr?|mar|apr|jun|jul|aug|sept?|oct|nov"
    r"|dec)[a-z]*$|tomorrow$|tmrw$",
    re.IGNORECASE,
)
_LONGEST: Final = 40
"""Words of a sentence that are read."""
_MOST: Final = 0.5
"""Share of a promise's things from which most of it is named; a bin of the reader, not a bound of a decision."""


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    version: int = Field(ge=1)
    learnt_from: str
    kinds: tuple[str, ...]
    base: tuple[int, ...]
    signs: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Chances:
    """The chance that a sentence ends a promise, and that it hands it on to another person."""

    ends: float
    handed: float


@cache
def load_reader(path: Path = FILE) -> _File:
    """The learnt weights.

    Raises:
        ValueError: the file breaks its schema.
    """
    return _File.model_validate_json(path.read_bytes())


def chances(mention: Mention, promise: Mention, owner: str | None, owner_text: str | None) -> Chances:
    """What a mention of a later note does to a promise whose owner is now ``owner``."""
    file = load_reader()
    known = [file.signs[sign] for sign in signs(mention, promise, owner, owner_text) if sign in file.signs]
    norm = SCALE * math.sqrt(len(known) or 1)
    sums = [base / SCALE + sum(row[n] for row in known) / norm for n, base in enumerate(file.base)]
    powers = [math.exp(each - max(sums)) for each in sums]
    return Chances(powers[0] / sum(powers), powers[1] / sum(powers))


def signs(mention: Mention, promise: Mention, owner: str | None, owner_text: str | None) -> frozenset[str]:
    """All that the reader looks at: stretches of one to three words in their roles, what is named, who is said."""
    about = about_of(promise)
    words = list(_roles(mention, promise, about, owner_text))
    found = {" ".join(words[at : at + size]) for size in (1, 2, 3) for at in range(len(words) - size + 1)}
    return frozenset({*found, *_whole(mention, about, owner, words)})


def names(mention: Mention, promise: Mention) -> bool:
    """Whether a sentence names anything that a promise is about, or its ticket; the reader is not asked elsewhere."""
    if mention.ticket and promise.ticket:
        return mention.ticket == promise.ticket
    about = about_of(promise)
    return any(named_in(word, about.things) for word in content(sentence_of(mention)) if not word.startswith("<"))


def names_most(mention: Mention, promise: Mention) -> bool:
    """Whether a sentence names most of what a promise is about."""
    return _share(about_of(promise), content(sentence_of(mention))) >= _MOST


@lru_cache(maxsize=4096)
def about_of(promise: Mention) -> Promised:
    """What a promise is about."""
    return promised(promise)


def sentence_of(mention: Mention) -> str:
    """The sentence of the cited line that a mention was read from; the whole line where its words are not in it."""
    line, text = str(mention.citation.quote), str(mention.text)
    at = line.find(text)
    if at < 0:
        return line
    return next((line[start:end] for start, end in sentences(line, 0) if start <= at < end), line)


def as_file(version: int, learnt_from: str, base: Sequence[int], found: Mapping[str, Sequence[int]]) -> str:
    """The file's text, a sign a line so that a change of it can be read."""
    head = {"version": version, "learnt_from": learnt_from, "kinds": KINDS, "base": base}
    lines = json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("],", "],\n")
    return f'{json.dumps(head)[:-1]}, "signs":\n{lines}}}\n'


def _roles(mention: Mention, promise: Mention, about: Promised, owner_text: str | None) -> Iterator[str]:
    """The words of the sentence as what they are to the promise; what is of the thing stands once in a row."""
    sentence, line = sentence_of(mention), str(mention.citation.quote)
    label = _LABEL.match(line)
    speaker = label["who"] if label else None
    named, last = str(promise.text), "^"
    yield last
    for token in _TOKEN.findall(sentence)[:_LONGEST]:
        role = _role(token, about, owner_text=owner_text, speaker=speaker, named=named)
        if role != last or role not in {"T", "#"}:
            yield role
        last = role
    yield "$"


def _role(token: str, about: Promised, *, owner_text: str | None, speaker: str | None, named: str) -> str:
    if token.startswith("<"):
        return "OWNER" if token == owner_text else "IN" if token in named else "OTHER"
    if token.lower() in _MINE:
        whose = "?" if speaker is None else "owner" if speaker == owner_text else "other"
        return f"{token.lower()}={whose}"
    if TICKET.fullmatch(token):
        return "T"
    if token[0].isdigit() or _DAYS.match(token):
        return "#"
    stem = (stems(token) or (token.lower(),))[0] if token[0].isalpha() and len(token) > 1 else token.lower()
    if named_in(stem, about.things):
        return "T"
    same = stem == about.verb or (word_kind(stem) is not None and word_kind(stem) == word_kind(about.verb))
    return f"V{_tense(token)}" if about.verb and same else stem


def _tense(token: str) -> str:
    lower = token.lower()
    return "ing" if lower.endswith("ing") else "ed" if lower.endswith(("ed", "t", "en", "wn", "ne", "de")) else (
        "s" if lower.endswith("s") else "")  # fmt: skip


def _whole(mention: Mention, about: Promised, owner: str | None, words: Sequence[str]) -> Iterator[str]:
    said = content(sentence_of(mention))
    share = _share(about, said)
    yield f"kind={mention.kind.value}"
    yield f"things={'all' if share == 1 else 'most' if share >= _MOST else 'few'}"
    yield f"head={bool(about.head) and named_in(about.head, said)}"
    if mention.kind in {MentionKind.COMMITMENT, MentionKind.CANDIDATE, MentionKind.DONE}:
        who = "none" if mention.owner is None else "same" if mention.owner == owner else "other"
        yield f"{mention.kind.value} by {who}"
    who = "OTHER" in words, "OWNER" in words
    yield f"people={who}"
    rest = [word for word in said - {word for word in said if word.startswith("<")} if not named_in(word, about.told)]
    yield f"rest={min(4, len(rest))}"


def _share(about: Promised, said: frozenset[str]) -> float:
    """The share of a promise's things that are named."""
    return sum(named_in(word, said) for word in about.things) / (len(about.things) or 1)
