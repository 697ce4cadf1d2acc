"""Strict rendering: every declared variable and no other, redacted text or whole numbers, data marked as data.

Each line of note text gets a ``| `` in front, whatever it holds. The lines that open and close a block have none,
so no note can close its block: a note that says ``END NOTES`` stands there as ``| END NOTES``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, LiteralString, cast

from guards.text import RedactedText, house, joined
from prompts.errors import PromptInvalid
from prompts.model import SLOT, Prompt

_LINE_BREAK: Final = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
"""Control and direction characters, with which a line could be made to look like another."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is sent: two redacted parts, and which prompt they come from."""

    prompt: Prompt
    system: RedactedText
    user: RedactedText


def render(prompt: Prompt, **values: RedactedText | int) -> Rendered:
    """Fill the user part.

    Raises:
        PromptInvalid: a variable is missing, unknown, or of the wrong kind.
    """
    declared = dict(prompt.variables)
    for name in declared.keys() ^ values.keys():
        raise PromptInvalid(f"prompt {prompt.name}/{prompt.version}: variable {name} is {_fault(name, declared)}")
    filled = {name: _part(prompt, name, kind, values[name]) for name, kind in prompt.variables}
    pieces: list[RedactedText] = []
    at = 0
    for slot in SLOT.finditer(prompt.user):
        pieces += [_ours(prompt.user[at : slot.start()]), filled[slot.group(1)]]
        at = slot.end()
    return Rendered(prompt, _ours(prompt.system), joined("", [*pieces, _ours(prompt.user[at:])]))


def _fault(name: str, declared: Mapping[str, str]) -> str:
    return "missing" if name in declared else "unknown"


def _part(prompt: Prompt, name: str, kind: str, value: RedactedText | int) -> RedactedText:
    where = f"prompt {prompt.name}/{prompt.version}: variable {name}"
    if kind == "number":
        if not isinstance(value, int):
            raise PromptInvalid(f"{where} wants a whole number")
        return _ours(str(value))
    if not isinstance(value, RedactedText):
        raise PromptInvalid(f"{where} wants redacted text")
    return joined("\n", [house("| ") + line for line in _lines(value)])


def _lines(text: RedactedText) -> list[RedactedText]:
    """Split at everything a reader might take for a line break, and drop what cannot be seen."""
    return [joined("", _pieces(line, _UNSEEN)) for line in _pieces(text, _LINE_BREAK)]


def _pieces(text: RedactedText, between: re.Pattern[str]) -> list[RedactedText]:
    found: list[RedactedText] = []
    at = 0
    for match in between.finditer(text):
        found.append(text[at : match.start()])
        at = match.end()
    return [*found, text[at:]]


def _ours(text: str) -> RedactedText:
    """The product's own words out of a bundled file, or a number: nothing of a note is in it."""
    return house(cast("LiteralString", text))
