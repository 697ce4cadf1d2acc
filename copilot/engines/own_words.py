"""Whether a model's own words may stand on a page: no link, no markup, no word from nowhere.

A note can tell a model to say something else. What it words must be made of the offered lines and of ordinary English,
and must be about those lines. Refuses to judge whether a wording is good; what it cannot vouch for is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from guards.ordinary_words import is_contraction, listed_words
from guards.text import PLACEHOLDER

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MARKUP: Final = re.compile(
    r"[<>\[\]{}`\\@|*#^~=$]|://|\bwww\b|\bhttps?\b|\b(?:mailto|javascript|data):|&#?\w+;", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_]{2})")
_FILE: Final = re.compile(
    r"(?<!\S)[\w-]+\.(?:csv|md|pdf|docx?|xlsx?|pptx?|json|yaml|yml|py|ipynb|sql|txt)(?=[\s,.;:?!)]|$)", re.IGNORECASE
)
_LEAST: Final = 4
"""Letters that two forms of one word share, and from which on a word can be about something."""
_ENDING_LIST: Final = (
    "s es d ed ing e er ers est y ies ied ly al able ible ion ions ation ations ment ments ling led ning ned ting ted"
    " ence ency ity ness ful less ive or ors ance ances"
)
_ENDINGS: Final = frozenset(["", *_ENDING_LIST.split()])
_SMALL_LIST: Final = (
    "a an and are as at be been but by can did do does for from had has have he her his how i if in is it its may more"
    " most my no nor not now of off on or our out own per say see set she so than that the their them then there these"
    " they this those to too up us use was we were what when where which while who why will with would yet you your"
)
_SMALL: Final = frozenset(_SMALL_LIST.split())
"""Words that say nothing about a case."""


def fault(text: str, sources: Iterable[str], *, ordinary: bool) -> str:
    """Why these words may not stand, as a reason to show; empty when they may.

    Args:
        text: what the model worded.
        sources: the redacted lines it was to word.
        ordinary: whether ordinary words that the sources lack are good, as in a question; a summary has none.
    """
    shown = "\n".join(sources)
    bare = PLACEHOLDER.sub(" ", text)
    papers = {match.group().casefold() for match in _FILE.finditer(PLACEHOLDER.sub(" ", shown))}
    rest = _FILE.sub(lambda match: " " if match.group().casefold() in papers else match.group(), bare)
    if _MARKUP.search(rest) or _ADDRESS.search(rest):
        return "has a link or markup"
    lines, said = _by_start(_words(shown)), [word for word in _words(rest) if word not in _SMALL]
    strange = [word for word in said if not _among(word, lines)]
    if any(not (ordinary and _known(word)) for word in strange):
        return "has a word that the lines lack"
    about = any(len(word) >= _LEAST and _among(word, lines) for word in said) or _same_fact(text, shown)
    coaching = ordinary and all(_among(word, _coaching()) or is_contraction(word) for word in strange)
    return "" if about or coaching else "is not about the lines"


def _same_fact(text: str, shown: str) -> bool:
    """Whether both name the same person, or the same number."""
    people = {match.group() for match in PLACEHOLDER.finditer(shown)}
    return any(match.group() in people for match in PLACEHOLDER.finditer(text)) or bool(
        {*re.findall(r"\d+(?:[.,]\d+)*", text)} & {*re.findall(r"\d+(?:[.,]\d+)*", shown)}
    )


def _words(text: str) -> Iterable[str]:
    for match in _WORD.finditer(PLACEHOLDER.sub(" ", text)):
        word = match.group().replace("’", "'").casefold()
        if not word.isdigit():  # numbers are compared as facts
            yield word


def _by_start(words: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Words by their first letters, so that a word's other forms are found at once."""
    found: dict[str, set[str]] = {}
    for word in words:
        found.setdefault(word[:_LEAST], set()).add(word)
    return {start: frozenset(each) for start, each in found.items()}


def _among(word: str, listed: Mapping[str, frozenset[str]]) -> bool:
    """Whether the word, or another form of it, is listed."""
    return any(_same(word, other) for other in listed.get(word[:_LEAST], ()))


def _same(one: str, other: str) -> bool:
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one == other or (shared >= _LEAST and one[shared:] in _ENDINGS and other[shared:] in _ENDINGS)


def _known(word: str) -> bool:
    return is_contraction(word) or _among(word, _ordinary()) or _among(word, _coaching())


@cache
def _ordinary() -> Mapping[str, frozenset[str]]:
    listed = listed_words()
    return _by_start(listed.any_case | listed.lower)


@cache
def _coaching() -> Mapping[str, frozenset[str]]:
    """The words that the bundled questions and tools are made of, and a list of their like."""
    corpus = files("knowledge").joinpath("corpus")
    texts = (
        each.read_text("utf-8")
        for folder in ("questions", "tools")
        for each in corpus.joinpath(folder).iterdir()
        if each.name.endswith(".yaml")
    )
    listed = files("copilot.engines").joinpath("question_words.txt").read_text("utf-8").split("\n", 1)[1]
    return _by_start(word for text in (*texts, listed) for word in _words(text))
