"""Cues of private matters: phrases and topics found through an index of the words they cannot do without.

Complements the lists of ``guards.sensitive`` for what people say in few words ("role at risk", "passed over again").
Data files, ``sensitive_cues.yaml`` and ``sensitive_frames.yaml`` under ``guards/lexicons``, have for each kind phrases
that are enough alone and topics that need somebody near and no word of the project beside them. Refuses a cue without
an index word, which would cost time on every sentence. Keeps no words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

_FOLDER: Final = Path(__file__).parent / "lexicons"
_FILES: Final = (_FOLDER / "sensitive_cues.yaml", _FOLDER / "sensitive_frames.yaml")
_KEY: Final = 4
"""Letters of an index word that are compared; a shorter one is compared whole."""
_SHORTEST: Final = 2
"""Letters that an index word has at least."""
_OWNED: Final = 4
"""Words before a topic in which somebody makes it theirs, also in a sentence about the project."""
_AFTER: Final = 3
"""A word of the project within so many words after a topic makes it the project's."""

_FRAGMENT: Final = 6
"""Words of a note so short that whoever it is about may be left out."""
_MARK: Final = "@"
_COMMENT: Final = "#"
_ANY: Final = "any"
"""The kind of harmless phrases that are so for every kind."""
_LEADING: Final = re.compile(r"(\w+?)(?:\w[?*])?(?!\w)")
"""The letters that a part of a pattern must start with: a last one with a question mark may be missing."""
_SHORT_WORD: Final = re.compile(r"^\w (?=\w)")
_BRACED: Final = re.compile(r"\{([a-z]+)\}")
_GAP: Final = re.compile(r"~+")
_STEPS: Final = {"~": r"(?:\S+ ){0,2}?", "~~": r"(?:\S+ ){0,5}?"}
_OUTSIDE: Final = re.compile(r"[^\w'£€$%]+|(?<!\w)'|(?<!s)'(?!\w)")
_WORD: Final = re.compile(r"\w+")
_GONE: Final = "·"


class _Kind(BaseModel):
    """A kind as the file has it: one pattern a line."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: str
    harmless: str = ""
    says: str = ""
    about: str = ""


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    version: int = Field(ge=1)
    words: dict[str, str]
    kinds: tuple[_Kind, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """One pattern; ``alone`` when it needs nobody near."""

    kind: str
    place: int
    alone: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A cue that a sentence shows: its kind, and from which character to which."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cues:
    """The compiled file: cues and harmless phrases by index word, and who and what may stand around a topic."""

    version: int
    someone: re.Pattern[str]
    thing: re.Pattern[str]
    cues: Mapping[str, tuple[Cue, ...]]
    harmless: Mapping[str, tuple[Cue, ...]]


@cache
def load_cues(*paths: Path) -> Cues:
    """The data files as one, compiled; the words of each serve all. Without a path, those of sensitive passages.

    Raises:
        ValueError: a file breaks its schema, a pattern does not compile or a cue has no index word.
    """
    files = [_File.model_validate(yaml.safe_load(path.read_text("utf-8"))) for path in paths or _FILES]
    words = {name: pattern for file in files for name, pattern in file.words.items()}
    cues: dict[str, list[Cue]] = {}
    harmless: dict[str, list[Cue]] = {}
    for place, kind in enumerate(kind for file in files for kind in file.kinds):
        blocks = ((kind.says, True, cues), (kind.about, False, cues), (kind.harmless, True, harmless))
        for block, alone, index in blocks:
            for whole in (_expanded(line, words) for line in _lines(block)):
                cue = Cue(kind.kind, place, alone, _compiled(whole.replace(_MARK, "")))
                for key in _keys_of(whole):
                    index.setdefault(key, []).append(cue)
    return Cues(
        version=files[0].version,
        someone=_compiled(_expanded(words["someone"], words)),
        thing=_compiled(_expanded(words["thing"], words)),
        cues={key: tuple(each) for key, each in cues.items()},
        harmless={key: tuple(each) for key, each in harmless.items()},
    )


def _lines(block: str) -> Iterator[str]:
    """The patterns of a block; a line that starts with ``#`` is a comment."""
    return (line for line in block.splitlines() if line and not line.startswith(_COMMENT))


def _keys_of(line: str) -> set[str]:
    """The index words of a line: after a mark one word, or the first word of each part of a group."""
    keys = {key for rest in line.split(_MARK)[1:] for key in map(_key_of, _parts_of(rest))}
    if not keys:
        raise ValueError("a cue has no index word; mark one with @ in the file under guards/lexicons")
    return keys


def _key_of(part: str) -> str:
    """The key of a part's first word; of the second after a word of one letter, such as ``a``."""
    found = _LEADING.match(_SHORT_WORD.sub("", part))
    if not found or len(found[1]) < _SHORTEST:
        raise ValueError("an index word of a cue is too short; mark another in the file under guards/lexicons")
    return found[1].casefold()[:_KEY]


def _parts_of(rest: str) -> list[str]:
    """The alternatives of the group that a text starts with; the text itself when it starts with none."""
    if not rest.startswith("("):
        return [rest]
    depth, parts = 0, [""]
    for letter in rest.removeprefix("(?:") if rest.startswith("(?:") else rest[1:]:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            break
        if letter == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _expanded(pattern: str, words: Mapping[str, str]) -> str:
    while _BRACED.search(pattern):
        pattern = _BRACED.sub(lambda match: words[match[1]], pattern)
    return pattern


def _compiled(pattern: str) -> re.Pattern[str]:
    pattern = _GAP.sub(lambda match: _STEPS[match[0]], pattern)
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)", re.IGNORECASE)


def cue_kind(sentence: str, *, before: Callable[[], bool]) -> str:
    """The kind of private matter that a sentence in plain form shows by a cue; empty when none.

    ``before`` says whether somebody stood in the sentence before it.
    """
    return next((each.kind for each in shown(sentence, before=before, cues=load_cues())), "")


def shown(sentence: str, *, before: Callable[[], bool], cues: Cues) -> Iterator[Shown]:
    """Each cue that a sentence in plain form shows, in the order of the file."""
    text = _OUTSIDE.sub(" ", sentence).strip()
    keys = _keys_in(text)
    found = sorted(set(_hits(cues.cues, keys)), key=lambda cue: (cue.place, not cue.alone))
    if not found:
        return
    someone = _somebody_in(text, cues) or before()
    for cue in found:
        if not (cue.alone or someone) or not cue.pattern.search(text):
            continue
        if match := _standing(cue, text, keys, cues):
            yield Shown(cue.kind, match.start(), match.end())


def _somebody_in(text: str, cues: Cues) -> bool:
    return len(text.split()) <= _FRAGMENT or cues.someone.search(text) is not None


def _keys_in(text: str) -> set[str]:
    words = {word.casefold() for word in _WORD.findall(text)}
    return {word[:length] for word in words for length in range(_SHORTEST, _KEY + 1)}


def _hits(index: Mapping[str, tuple[Cue, ...]], keys: set[str]) -> Iterator[Cue]:
    for key in keys & index.keys():
        yield from index[key]


def _standing(cue: Cue, text: str, keys: set[str], cues: Cues) -> re.Match[str] | None:
    """Where the cue is found outside the harmless phrases of its kind and away from words of the project."""
    for harmless in set(_hits(cues.harmless, keys)):
        if harmless.kind in {cue.kind, _ANY}:
            text = harmless.pattern.sub(lambda match: _GONE * len(match[0]), text)
    if cue.alone:
        found = (match for match in cue.pattern.finditer(text) if not _thing_after(match, cues, words=2))
        return next(found, None)
    of_work = cues.thing.search(text) is not None
    return next((match for match in cue.pattern.finditer(text) if not of_work or _owned(match, cues)), None)


def _owned(match: re.Match[str], cues: Cues) -> bool:
    """Whether a topic is somebody's: somebody within a few words before, and no word of the project beside it."""
    before = " ".join(match.string[: match.start()].split()[-_OWNED:])
    if cues.thing.search(before) or _thing_after(match, cues, words=_AFTER):
        return False
    return cues.someone.search(f"{before} {match[0]}") is not None


def _thing_after(match: re.Match[str], cues: Cues, *, words: int) -> bool:
    after = match.string[match.end() :].split()[:words]
    return cues.thing.search(" ".join(after)) is not None
