"""What a person has agreed to, per purpose: a fold over their words, the last of which counts.

Session prep and an endpoint model rest on the signed agreement and hold until somebody withdraws; everything else
is off until the person says yes. A pair allows a purpose only when each of its people does. Knows nothing of where
the words are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class Purpose(StrEnum):
    """What a pair's material is used for."""

    SESSION_PREP = "session_prep"
    """Drafts and summaries for the pair itself."""
    ENDPOINT_MODEL = "endpoint_model"
    """Redacted passages are read by a model outside this machine, where the programme has set one."""
    SENSITIVE_DRAFTS = "sensitive_drafts"
    """Sensitive passages (health, family, a job hunt ...) may be used in the pair's own drafts."""
    SENSITIVE_ENDPOINT = "sensitive_endpoint"
    """Sensitive passages may be read by a model outside this machine."""
    PROGRAMME_REVIEW = "programme_review"
    """Flags about the pair's process may be shown to L&D with their evidence."""
    EVALUATION = "evaluation"
    """Redacted passages may become evaluation cases."""
    NEXT_COHORT = "next_cohort"
    """Templates and learnings may be passed on to the next cohort."""


UNTIL_WITHDRAWN: Final = frozenset({Purpose.SESSION_PREP, Purpose.ENDPOINT_MODEL})
"""Purposes that the signed agreement covers; the others need the person's own yes."""


@dataclass(frozen=True, slots=True)
class ConsentWord:
    """Somebody gave or withdrew consent to a purpose at a moment."""

    person: str
    purpose: Purpose
    given: bool
    at: datetime


class Consents:
    """Everybody's last word. Of two words at one moment the withdrawal counts."""

    def __init__(self, words: Iterable[ConsentWord] = ()) -> None:
        self._last: dict[tuple[str, Purpose], bool] = {}
        for word in sorted(words, key=lambda each: (each.at, not each.given)):
            self._last[word.person, word.purpose] = word.given

    def allows(self, person: str, purpose: Purpose) -> bool:
        """Whether the person's material may be used for the purpose now."""
        return self._last.get((person, purpose), purpose in UNTIL_WITHDRAWN)

    def withdrew(self, person: str, purpose: Purpose) -> bool:
        """Whether the person's last word on the purpose is no; somebody who never spoke has not withdrawn."""
        return not self._last.get((person, purpose), True)

    def pair_allows(self, people: Iterable[str], purpose: Purpose) -> bool:
        """Whether everybody of a pair allows the purpose; a pair of nobody allows nothing."""
        asked = tuple(people)
        return bool(asked) and all(self.allows(person, purpose) for person in asked)
