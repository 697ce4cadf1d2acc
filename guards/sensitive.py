"""Sensitive passages: health, family, religion, a job hunt and the like, told from talk about the project.

A pure look at redacted text against a data file, the same with and without any weights. Masking names does not make
such a passage harmless, since a pair and its sponsor know who is meant. Decides nothing about what may be done with
it (``guards.held`` does), says nothing about anybody, and keeps no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from guards.sensitive_cues import cue_kind
from guards.text import RedactedText

_FILE: Final = Path(__file__).parent / "lexicons" / "sensitive.yaml"
_WORDS_APART: Final = 3
"""A word of the project within so many words after a term makes the term the project's, whoever is near."""
_OWNED: Final = 4
"""Words that may stand between somebody and a term that is theirs."""
_LONGEST: Final = 80
"""Words of a sentence looked at in one go; a longer one is parted, since patterns take long over long texts."""
_LONG_WORD: Final = 40
"""Characters of a word that are looked at."""
_GONE: Final = " · "

_PERSON: Final = re.compile(r"<PERSON_\d+>")
_PLACEHOLDER: Final = re.compile(r"<([A-Z]+)(?:_[A-Z]+)*_\d+>")
_LABEL: Final = re.compile(r"^\s*(?:[-*+•>]\s*)?(?:\[[ xX]?\]\s*)?(?:[A-Z][\w.'-]{0,20} ?){1,3}:\s+")
_ENDS: Final = re.compile(r"(?<=[.!?;])[\s\"”)]+|\n[^\S\n]*(?=[-*+•>#])")
_BRACED: Final = re.compile(r"\{([a-z]+)\}")
_PLAIN: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), to)
    for pattern, to in (
        (r"\bcan(?:no|')t\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"n't\b", " not"),
        (r"'ll\b", " will"),
        (r"'ve\b", " have"),
        (r"'re\b", " are"),
        (r"\bi'm\b", "i am"),
        (r"'d\b", " would"),
        (r"\b(s?he|it|that|who|what|there)'s\b", r"\1 is"),
    )
)

_CHAT: Final = {
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "cant": "can not", "wont": "will not",
    "isnt": "is not", "wasnt": "was not", "arent": "are not", "wouldnt": "would not", "couldnt": "could not",
    "shouldnt": "should not", "hasnt": "has not", "havent": "have not", "im": "i am", "ive": "i have", "hes": "he is",
    "shes": "she is", "theyre": "they are", "thats": "that is", "whats": "what is", "abt": "about", "wanna": "want to",
    "gonna": "going to", "gotta": "have to", "u": "you", "ur": "your", "bc": "because", "cuz": "because",
    "coz": "because",
    "anymore": "any more", "tmrw": "tomorrow", "tonite": "tonight", "2nite": "tonight", "ppl": "people", "w": "with",
    "rly": "really", "smth": "something", "sth": "something", "sb": "somebody", "kno": "know", "pls": "please",
}  # fmt: skip
"""Words as they are typed in a chat, in plain form."""
_CHAT_WORD: Final = re.compile(rf"(?<![\w'-])(?:{'|'.join(_CHAT)})(?![\w'-])", re.IGNORECASE)


class Kind(BaseModel):
    """One kind of private matter and the patterns that show it."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    kind: str
    harmless: re.Pattern[str]
    says: re.Pattern[str]
    alone: re.Pattern[str]
    with_person: re.Pattern[str]


class SensitiveLexicon(BaseModel):
    """The data file, compiled: kinds in order of precedence."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    version: int
    person: re.Pattern[str]
    matter: re.Pattern[str]
    owned: re.Pattern[str]
    kinds: tuple[Kind, ...]

    @model_validator(mode="before")
    @classmethod
    def _compiled(cls, file: dict[str, Any]) -> dict[str, Any]:
        words: dict[str, str] = file["words"]
        rest = {key: value for key, value in file.items() if key not in {"words", "kinds"}}
        kinds = [
            {key: value if key == "kind" else _any_of(value, words) for key, value in each.items()}
            for each in file["kinds"]
        ]
        owner = "(?:{he}|{his}|me|him|her|them)" + rf"(?:\W+\w+){{0,{_OWNED}}}?\W+$"
        named = {name: _pattern(words[name], words) for name in ("person", "matter")}
        return rest | {"kinds": kinds, "owned": _pattern(owner, words)} | named


def _any_of(block: str, words: dict[str, str]) -> re.Pattern[str]:
    return _pattern("|".join(line for line in block.splitlines() if line), words)


def _pattern(text: str, words: dict[str, str]) -> re.Pattern[str]:
    while _BRACED.search(text):
        text = _BRACED.sub(lambda match: words[match[1]], text)
    return re.compile(rf"(?<!\w)(?:{text})(?!\w)", re.IGNORECASE)


@cache
def load_sensitive(path: Path = _FILE) -> SensitiveLexicon:
    """The lexicon, compiled.

    Raises:
        ValueError: the file breaks its schema or holds a pattern that does not compile.
    """
    return SensitiveLexicon.model_validate(yaml.safe_load(path.read_text("utf-8")))


class _Sentence:
    """A sentence and what is asked of it; the two broad searches are made only where something hangs on them."""

    def __init__(self, words: str, lexicon: SensitiveLexicon, before: _Sentence | None) -> None:
        self.words = words
        self._lexicon = lexicon
        self._before = before

    @cached_property
    def someone(self) -> bool:
        return self._lexicon.person.search(self.words) is not None

    @cached_property
    def of_work(self) -> bool:
        return self._lexicon.matter.search(self.words) is not None

    def somebody_before(self) -> bool:
        """Whether the sentence before is about somebody and not about the project."""
        return self._before is not None and self._before.someone and not self._before.of_work


def sensitive_kind(text: RedactedText) -> str:
    """The kind of private matter that a passage speaks of (``health``, ``job_hunt`` ...); empty when of none."""
    lexicon = load_sensitive()
    last: _Sentence | None = None
    for label, words in dict.fromkeys(plain_sentences(str(text))):
        sentence = _Sentence(words, lexicon, last)
        for kind in lexicon.kinds:
            if _speaks_of(kind, sentence, lexicon):
                return kind.kind
        if kind := cue_kind(label + words, before=sentence.somebody_before):
            return kind
        last = sentence
    return ""


def _speaks_of(kind: Kind, sentence: _Sentence, lexicon: SensitiveLexicon) -> bool:
    if not any(each.search(sentence.words) for each in (kind.alone, kind.with_person, kind.says)):
        return False  # most sentences end here
    bare = kind.harmless.sub(_GONE, sentence.words)
    of_work = sentence.of_work
    if any(_says(match, lexicon, of_work=of_work) for match in kind.says.finditer(bare)):
        return True
    if any(not of_work or _owned(match, lexicon) for match in kind.alone.finditer(bare)):
        return True
    near = (sentence.someone or sentence.somebody_before()) and not of_work
    return any(near or _owned(match, lexicon) for match in kind.with_person.finditer(bare))


def _says(match: re.Match[str], lexicon: SensitiveLexicon, *, of_work: bool) -> bool:
    """Whether a phrase that is enough alone counts: in a sentence about the project only when somebody is in it."""
    if _of_the_project(match, lexicon, within=1):
        return False
    return not of_work or lexicon.person.search(match[0]) is not None or _owned(match, lexicon)


def _of_the_project(match: re.Match[str], lexicon: SensitiveLexicon, *, within: int) -> bool:
    """Whether a word of the project follows a term closely."""
    after = re.match(rf"(?:[^\S\n-]|-)*(?:[\w'-]+[^\S\n]*){{0,{within}}}", match.string[match.end() :])
    return bool(after and lexicon.matter.search(after[0]))


def _owned(match: re.Match[str], lexicon: SensitiveLexicon) -> bool:
    """Whether the term is somebody's: somebody right before it, and no word of the project between or right after."""
    owner = lexicon.owned.search(match.string, 0, match.start())
    if owner is None or lexicon.matter.search(owner[0]):
        return False
    return not _of_the_project(match, lexicon, within=_WORDS_APART)


def plain_sentences(text: str) -> Iterator[tuple[str, str]]:
    """What stands before a colon, as a speaker or a heading does, and the sentence in plain form without it."""
    plain = _PLACEHOLDER.sub("thing", _PERSON.sub("Xperson", text.replace("’", "'").replace("‘", "'")))
    for part in _ENDS.split(plain):
        found = _LABEL.match(part)
        label = found[0] if found else ""
        words = [word[:_LONG_WORD] for word in part[len(label) :].split()]
        for start in range(0, len(words), _LONGEST):
            sentence = " ".join(words[start : start + _LONGEST])
            for pattern, to in _PLAIN:
                sentence = pattern.sub(to, sentence)
            sentence = _CHAT_WORD.sub(lambda match: _CHAT[match[0].lower()], sentence)
            yield label, sentence
            label = ""
