"""The schemas of the models' answers, and the checks every answer passes before anybody sees it.

Misspelt placeholders are put right where only one can be meant; an answer with a doubtful one is left out.
A field that is not literally in the offered line is dropped. A rewrite is put together again out of the source's
own words, so it cannot bring in a word of the model's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final, LiteralString

from pydantic import BaseModel, ConfigDict, Field

from copilot.engines.protocol import Found
from guards.placeholders import mend
from guards.text import PLACEHOLDER, RedactedText, house, joined

_TICKET: Final = re.compile(r"\b[A-Z][A-Z0-9]+-\d+\b|(?<!\w)#\d+\b")
_NUMBER: Final = re.compile(r"\d+(?:[.,:/-]\d+)*\s*%?")
_DATE_WORD: Final = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|\b(?:today|tomorrow|tonight|next|end of|eod|eow|month|week)\b",
    re.IGNORECASE,
)
_NEGATION: Final = re.compile(r"\b(?:not|never|no|none|nothing|without|cannot|nor)\b|n['’]t\b", re.IGNORECASE)
_TOKEN: Final = re.compile(r"<[A-Z_]+_\d+>|\w+(?:[-./:'’]\w+)*%?|[^\w\s]")
_SENTENCE: Final = re.compile(r"[^.!?]*(?:[.!?](?!\s|$)[^.!?]*)*[.!?]*")
_TAG: Final = re.compile(
    r",\s*(?:ok|okay|right|yes|yeah|alright|all right|fine|shall I|would that work)\s*\?+\s*$", re.IGNORECASE
)
_NO_PROMISE: Final = re.compile(
    r"^\W*(?:<PERSON_\d+>\s*:\s*)?(?:and |but |so |then )?(?:if|unless|when|had|were|(?:some|any|no) ?(?:body|one))\b"
    r"|\b(?:would be (?:nice|good|great|useful)|would have|wish"
    r"|(?:don['’]t|do not|didn['’]t|did not) know|might|used to)\b",
    re.IGNORECASE,
)
"""Conditions, wishes and nobody's work: a small model calls nine of ten such lines a promise."""
_JOINING: Final[Mapping[str, LiteralString]] = {
    word: word for word in ("to", "the", "a", "an", "and", "with", "for", "of", "in", "on", "by", ".", ",", ";", ":")
}
_CAPITALS: Final[LiteralString] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FoundItem(_Answer):
    """One promise as the model read it."""

    line: int
    owner: str | None
    action: str
    due: str | None
    ticket: str | None


class FoundAnswer(_Answer):
    """Promises in a window."""

    found: list[FoundItem] = Field(max_length=12)


class ChoiceAnswer(_Answer):
    """A candidate's number from 1, or 0 for none."""

    choice: int


class ImperativeAnswer(_Answer):
    """A promise as an imperative."""

    action: str


def checked_found(item: FoundItem, offered: Mapping[int, RedactedText]) -> Found | None:
    """The promise with only what its line literally says; ``None`` if no one line says it or it is plainly none."""
    shown = "\n".join(offered.values())
    action = _mended(item.action, shown)
    if action is None:
        return None
    item = item.model_copy(update={"action": action, "owner": _mended(item.owner or "", shown)})
    number = _line_of(item, offered)
    if number is None:
        return None
    line = offered[number]
    if _no_promise(_sentence(line, item.action)):
        return None
    return Found(
        line=number,
        owner=_literal(line, item.owner),
        action=" ".join(item.action.split()),
        due=_literal(line, item.due),
        ticket=item.ticket if item.ticket and item.ticket in _TICKET.findall(line) else None,
    )


def _mended(answer: str, source: str) -> str | None:
    """The answer with the source's placeholders spelt right; ``None`` when a spelling could mean none or several."""
    done = mend(answer, known={match.group(0) for match in PLACEHOLDER.finditer(source)}, source=source)
    return None if done.unsure else done.text


def facts(text: str) -> Counter[str]:
    """What a rewrite may neither add nor lose: placeholders, tickets, numbers, date words, negations."""
    found = Counter(match.group(0) for match in PLACEHOLDER.finditer(text))
    bare = PLACEHOLDER.sub(" ", text)
    for kind in (_TICKET, _NUMBER, _DATE_WORD):
        found.update(match.group(0).strip().casefold() for match in kind.finditer(bare))
    found["not"] += len(_NEGATION.findall(bare))
    return +found


def rebuilt(answer: str, source: RedactedText) -> RedactedText | None:
    """``answer`` put together from words of ``source``; ``None`` when a word or a fact is not the source's."""
    mended = _mended(answer, source)
    if mended is None:
        return None
    answer = mended
    words = [(source[match.start() : match.end()], match.group(0).casefold()) for match in _TOKEN.finditer(source)]
    parts: list[RedactedText] = []
    at = 0
    for match in _TOKEN.finditer(answer):
        word = _from_source(match.group(0).casefold(), words)
        if word is None:
            return None
        parts += [house(" "), word] if match.start() > at else [word]
        at = match.end()
    text = capitalised(joined("", parts).trimmed())
    return text if text and facts(text) == facts(source) else None


def capitalised(text: RedactedText) -> RedactedText:
    """With a capital first letter."""
    place = ord(text[0]) - ord("a") if text else -1
    return house(_CAPITALS[place]) + text[1:] if 0 <= place < len(_CAPITALS) else text


def _line_of(item: FoundItem, offered: Mapping[int, RedactedText]) -> int | None:
    """The line named, if it says the action; else the only one that does, for small models miscount lines."""
    if not item.action.strip():
        return None
    saying = [number for number, line in offered.items() if _says(line, item.action)]
    if item.line in saying:
        return item.line
    return saying[0] if len(saying) == 1 and len(item.action.split()) > 2 else None


def _sentence(line: str, action: str) -> str:
    """The sentence of the line that shares most words with the action."""
    wanted = {match.group(0).casefold() for match in _TOKEN.finditer(action)}

    def shared(sentence: str) -> int:
        return len(wanted & {match.group(0).casefold() for match in _TOKEN.finditer(sentence)})

    return max((match.group(0) for match in _SENTENCE.finditer(line)), key=shared)


def _no_promise(sentence: str) -> bool:
    """A question (but for one that only asks for a nod), a condition, a wish, or work that is nobody's."""
    asks = sentence.rstrip().endswith("?") and not _TAG.search(sentence)
    return asks or _NO_PROMISE.search(sentence) is not None


def _says(line: str, words: str) -> bool:
    """Whether every word is one of the line's."""
    there = {match.group(0).casefold() for match in _TOKEN.finditer(line)}
    wanted = [match.group(0).casefold() for match in _TOKEN.finditer(words)]
    return all(word in there or word in {".", ",", "to"} for word in wanted)


def _literal(line: str, words: str | None) -> str | None:
    """The line's own form of ``words``, if they stand there together."""
    if not words or not words.strip():
        return None
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    match = re.search(rf"(?<!\w){pattern}(?!\w)", line, re.IGNORECASE)
    return match.group(0) if match else None


def _from_source(word: str, words: list[tuple[RedactedText, str]]) -> RedactedText | None:
    """The source's own word, its base ("checking" gives "check"), or a joining word."""
    for slice_, folded in words:
        if folded == word:
            return slice_
    for slice_, folded in words:
        if len(word) >= 3 and folded.endswith(("ing", "ed", "s")) and folded.startswith(word[:-1]):
            stem = len(word) if folded.startswith(word) else len(word) - 1
            if folded[stem:] in {"ing", "ed", "s", "es", "d"} and (stem == len(word) or word.endswith("e")):
                return slice_[:stem] if stem == len(word) else slice_[:stem] + house("e")
    return house(_JOINING[word]) if word in _JOINING else None
