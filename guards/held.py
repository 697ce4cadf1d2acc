"""What is held back from drafting, retrieval and export: off the record, signs of crisis, instructions, sensitive.

A pure look at redacted text against a data file, and the one rule for what a pair may open by agreeing to it:
sensitive passages, nothing else. It refuses to judge people and reports to nobody; who wrote the words sees that
they were held back, by kind and place.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, field_validator

from guards.consent import Consents, Purpose
from guards.sensitive import sensitive_kind
from guards.text import RedactedText

_FILE: Final = Path(__file__).parent / "lexicons" / "held.yaml"
_MARKS: Final = re.compile(r"^\s*[^:\n]{1,60}:\s|<[a-z_]+_\d+>|\[[ x]?\]")
_SPACES: Final = re.compile(r"[^\S\n]+")
_HIDDEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
"""Letters that nobody sees, with which a word can be cut in two."""
_BREAKS: Final = re.compile(r" ?\n[\n ]*")
_WORD: Final = re.compile(r"[\w']+")
_OWN_WORDS: Final = 1
"""Words of its own that a remark may have: a name, a word the list of fillers lacks."""
CRISIS: Final = "crisis"
OFF_THE_RECORD: Final = "off the record"
INSTRUCTION: Final = "instruction"
SENSITIVE: Final = "sensitive"
"""A reason that starts so, such as ``sensitive: health``, is one that the pair may open."""


class Reason(BaseModel):
    """A reason to hold back and the patterns that show it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    reason: str
    patterns: tuple[re.Pattern[str], ...]

    @field_validator("patterns", mode="before")
    @classmethod
    def _compiled(cls, value: str) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(_spaced(each), re.IGNORECASE | re.MULTILINE) for each in value.splitlines() if each)


class HeldLexicon(BaseModel):
    """The data file: reasons in order of precedence, and the help card for a crisis."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: int
    reasons: tuple[Reason, ...]
    help_card: str
    fillers: frozenset[str]

    @field_validator("fillers", mode="before")
    @classmethod
    def _parted(cls, value: str) -> frozenset[str]:
        return frozenset(value.split())


def _spaced(pattern: str) -> str:
    """A space in the file is any white space, also a line break; a pattern starts at a word."""
    boundary = "" if pattern.startswith(("(?:^", "(?<!", "<")) else r"\b"
    return boundary + pattern.replace("[ ]*", r"\s*").replace("[ ]?", r"\s?").replace(" ?", r"\s?").replace(" ", r"\s+")


@cache
def load_lexicon(path: Path = _FILE) -> HeldLexicon:
    """The lexicon, checked.

    Raises:
        ValueError: the file breaks its schema or holds a pattern that does not compile.
    """
    return HeldLexicon.model_validate(yaml.safe_load(path.read_text("utf-8")))


def fixed_reason(text: str) -> str:
    """``crisis``, ``off the record`` or ``instruction``, which nobody can open; empty otherwise.

    Asked of the words as they were written too: a name seen where none is ("Don't") must not hide what they ask.
    """
    plain = _plain(text)
    return next((each.reason for each in load_lexicon().reasons if any(p.search(plain) for p in each.patterns)), "")


def held_reason(text: RedactedText) -> str:
    """Why a passage must be held back; empty when it need not be.

    ``crisis``, ``off the record`` and ``instruction`` come before ``sensitive: health`` and its like, so that what
    can be opened never hides what cannot.
    """
    if fixed := fixed_reason(text):
        return fixed
    kind = sensitive_kind(text)
    return f"{SENSITIVE}: {kind.replace('_', ' ')}" if kind else ""


def is_sensitive(reason: str) -> bool:
    """Whether the pair may open what was held back for this reason."""
    return reason.startswith(SENSITIVE)


def pair_opted_in(consents: Consents, people: Iterable[str], *, endpoint: bool) -> bool:
    """Whether a pair has let sensitive passages into its drafts; ``endpoint`` when a model elsewhere reads them."""
    both = tuple(people)
    drafts = consents.pair_allows(both, Purpose.SENSITIVE_DRAFTS)
    return drafts and (not endpoint or consents.pair_allows(both, Purpose.SENSITIVE_ENDPOINT))


def kept_back(reason: str, *, opted_in: bool) -> bool:
    """Whether a passage of this reason stays out now. Decided when it is read, so that a withdrawal counts at once."""
    return bool(reason) and not (opted_in and is_sensitive(reason))


def kind_of(reason: str) -> str:
    """The kind as people are told it: ``health``, ``off the record``."""
    return reason.removeprefix(f"{SENSITIVE}: ")


def kinds_of(reasons: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Each kind with how often it was held back, the most frequent first; never the words."""
    counts = Counter(kind_of(each) for each in reasons)
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


@cache
def held_policy() -> str:
    """A digest of what the lexicons hold, edited ones too; another answer makes an ingested file a new version."""
    digest = hashlib.sha256()
    for path in sorted(_FILE.parent.glob("*.yaml")):
        digest.update(path.read_bytes())
    return f"held {digest.hexdigest()[:12]}"


def says_nothing_besides(text: str, reason: str) -> bool:
    """Whether held words only remark on what stands around them: "don't write that down" rather than a fact with it."""
    lexicon = load_lexicon()
    rest = _plain(text)
    for pattern in (pattern for each in lexicon.reasons if each.reason == reason for pattern in each.patterns):
        rest = pattern.sub(" ", rest)
    words = _WORD.findall(_MARKS.sub(" ", rest.casefold()))
    return sum(word not in lexicon.fillers for word in words) <= _OWN_WORDS


def _plain(text: str) -> str:
    """Straight apostrophes, and one space for many, without which the patterns would take long over hostile text."""
    plain = _SPACES.sub(" ", _HIDDEN.sub("", str(text)).replace("’", "'").replace("‘", "'"))
    return _BREAKS.sub("\n", plain)


def help_card() -> str:
    """The fixed words shown in place of a passage that shows signs of crisis."""
    return load_lexicon().help_card
