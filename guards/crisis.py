"""Signs of crisis: somebody who may die, hurt themselves, or be hurt, told from the hard words of work.

A pure look at text against a data file, ``guards/lexicons/crisis.yaml``: one sign is enough, and so are two weak ones
of different kinds, by different words, in a sentence or in neighbours, since people hint at it more often than they
say it. Refuses to judge how grave it is, tells nobody, and keeps no words.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Final

from guards.sensitive import plain_sentences
from guards.sensitive_cues import Cues, Shown, load_cues, shown

_FILE: Final = Path(__file__).parent / "lexicons" / "crisis.yaml"
_SIGN: Final = "sign"
"""The kind of cue that is enough alone; every other is a weak sign."""


@cache
def load_signs(path: Path = _FILE) -> Cues:
    """The data file, compiled.

    Raises:
        ValueError: the file breaks its schema, a pattern does not compile or a cue has no index word.
    """
    return load_cues(path)


def shows_crisis(text: str) -> bool:
    """Whether a passage shows a sign of crisis."""
    cues = load_signs()
    last: frozenset[str] = frozenset()
    for _, sentence in plain_sentences(text):
        found = tuple(shown(sentence, before=_nobody, cues=cues))
        kinds = frozenset(each.kind for each in found)
        if _SIGN in kinds or any(_apart(one, other) for one, other in combinations(found, 2)):
            return True
        if kinds and last and len(kinds | last) > 1:
            return True
        last = kinds
    return False


def _nobody() -> bool:
    return False


def _apart(one: Shown, other: Shown) -> bool:
    """Whether two weak signs tell different things by different words."""
    return one.kind != other.kind and (one.end <= other.start or other.end <= one.start)
