"""What a whole sentence is: an open question, something decided, or neither; it holds for every clause of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from guards.claim_grammar import Mode, Token

_QUESTION: Final = frozenset(["who", "whom", "what", "how", "which", "whether", "when", "where", "if", "question",
    "questions", "point", "points"])  # fmt: skip
_OPEN: Final = frozenset(["open", "unanswered", "unresolved", "question", "questions", "tbd"])
_UNSURE: Final = frozenset(["uncertain", "hypothesis", "doubt", "doubtful", "doubts"])
_UNCLEAR: Final = frozenset(["unclear", "undecided"])
_DECIDED: Final = frozenset(["decision", "decisions", "decided", "agreed", "settled"])
_NAMES: Final = _OPEN | _UNSURE | _UNCLEAR | {"whether"}


class Frame(StrEnum):
    """How a sentence stands to what it says."""

    PLAIN = "plain"
    OPEN = "an open question"
    UNSURE = "not certain"
    DECIDED = "decided"

    def names(self, token: Token) -> bool:
        """Whether a word only says that the sentence is of this kind."""
        return self in {Frame.OPEN, Frame.UNSURE} and token.low in _NAMES

    def modes(self, part: Sequence[Token], own: frozenset[Mode]) -> frozenset[Mode]:
        """The modes of a clause of such a sentence, from those of its own words."""
        if self is Frame.OPEN:
            return frozenset({Mode.OPEN}) | (own & {Mode.ASKED})
        if self is Frame.UNSURE:
            return frozenset({Mode.OPEN, Mode.POSSIBLE})
        if any(each.low == "whether" for each in part) or own == frozenset({Mode.ASKED}):
            return frozenset({Mode.OPEN, Mode.ASKED})
        if self is Frame.DECIDED and own != frozenset({Mode.POSSIBLE}) and own != frozenset({Mode.OPEN}):
            return own | {Mode.FUTURE, Mode.PRESENT, Mode.ASKED}
        return own


def frame_of(sentence: Sequence[Token], *, cited: bool) -> Frame:
    """The frame of a sentence, from its own words; only a cited sentence is widened by being decided."""
    lows = {each.low for each in sentence if each.kind in {"word", "name"}}
    if lows & _UNSURE:
        return Frame.UNSURE
    if lows & _UNCLEAR or (lows & _OPEN and lows & _QUESTION):
        return Frame.OPEN
    return Frame.DECIDED if cited and lows & _DECIDED and not lows & {"will", "not"} else Frame.PLAIN
