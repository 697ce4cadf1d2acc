"""The schema of a strong model's one answer about a session, and the checks that each part of it passes.

The answer is read while it streams: a part counts only when it is whole. What fails is kept with its reason, so the
page can say what was left out. Nothing is repaired but a misspelt placeholder that can only mean one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from copilot.engines.answers import facts, rebuilt
from copilot.engines.own_words import fault
from copilot.engines.protocol import Said, SessionTask, SessionWording, Told
from guards.claims import verify, verify_question
from guards.placeholders import mend
from guards.text import PLACEHOLDER, RedactedText, house, joined, mint_redacted

_SENTENCE_WORDS: Final = 45
_QUESTION_WORDS: Final = 30
_FEWEST: Final = 3
"""Fewer words say nothing, and could be a word that a note told the model to say."""
_CITED: Final = 4
_NOT_IMPERATIVE: Final = re.compile(
    r"\W*(?:I|we|you|he|she|they|to)\b|\W*<[A-Z_]+_\d+>\W*(?:will|to|is|has)\b", re.IGNORECASE
)
LEFT_OUT: Final = house("(a wording of the model)")


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SummaryItem(_Answer):
    """A sentence and the numbers of the lines that say it."""

    text: str
    lines: list[int] = Field(max_length=12)


class ActionItem(_Answer):
    """The number of a promise and its imperative."""

    n: int
    action: str


class SessionAnswer(_Answer):
    """Everything that is worded for one session. ``tool`` is a number from 1, or 0 for none."""

    summary: list[SummaryItem] = Field(max_length=4)
    questions: list[str] = Field(max_length=3)
    actions: list[ActionItem] = Field(max_length=8)
    tool: int


@dataclass(slots=True)
class Reading:
    """Takes the answer apart while it comes in, checks each part once and says it."""

    task: SessionTask
    told: Told | None = None
    _summary: dict[int, Said] = field(default_factory=dict[int, Said])
    _questions: dict[int, RedactedText] = field(default_factory=dict[int, RedactedText])
    _actions: dict[str, RedactedText] = field(default_factory=dict[str, RedactedText])
    _dropped: list[tuple[RedactedText, str]] = field(default_factory=list[tuple[RedactedText, str]])
    _seen: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])

    def restart(self) -> None:
        """Forget an answer that broke off or broke its schema; what was told stays told."""
        self._summary.clear()
        self._questions.clear()
        self._actions.clear()
        self._dropped.clear()
        self._seen.clear()

    def partial(self, text: str) -> None:
        """Read what has come so far; the last part of each list may not be whole yet."""
        try:
            found: object = from_json(text, allow_partial=True)
        except ValueError:
            return
        if not isinstance(found, dict):
            return
        answer = cast("dict[str, object]", found)
        for kind, take in self._takers().items():
            parts = answer.get(kind)
            if isinstance(parts, list):
                for number, part in enumerate(cast("list[object]", parts)[:-1]):
                    self._once(kind, number, part, take)

    def whole(self, answer: SessionAnswer) -> SessionWording:
        """Read the answer's end, and give what survived."""
        for kind, take in self._takers().items():
            for number, part in enumerate(getattr(answer, kind)):
                self._once(kind, number, part, take)
        tool = answer.tool - 1 if 1 <= answer.tool <= len(self.task.tools) else None
        return SessionWording(
            tuple(self._summary.values()), tuple(self._questions.values()), dict(self._actions), tool,
            tuple(self._dropped),
        )  # fmt: skip

    def _takers(self) -> dict[str, Callable[[int, object], RedactedText | None]]:
        return {"summary": self._sentence, "questions": self._question, "actions": self._action}

    def _once(self, kind: str, number: int, part: object, take: Callable[[int, object], RedactedText | None]) -> None:
        if (kind, number) in self._seen:
            return
        self._seen.add((kind, number))
        kept = take(number, part)
        if kept is not None and self.told is not None:
            self.told(kind, kept)

    def _sentence(self, number: int, part: object) -> RedactedText | None:
        try:
            item = SummaryItem.model_validate(part)
        except ValidationError:
            return None
        cited = tuple(dict.fromkeys(n - 1 for n in item.lines if 1 <= n <= len(self.task.lines)))
        if not cited or len(cited) != len(set(item.lines)) or len(cited) > _CITED:
            return self._drop("summary: names no line, or lines that were not offered")
        lines = [self.task.lines[n] for n in cited]
        kept = self._worded(item.text, lines, "summary", _SENTENCE_WORDS)
        if kept is not None and not (verdict := verify(kept, lines)).supported:
            # Checked here as well as on the page: it is told while the answer still streams.
            return self._drop(f"summary: it {verdict.reasons[0]}")
        if kept is not None:
            self._summary[number] = Said(kept, cited)
        return kept

    def _question(self, number: int, part: object) -> RedactedText | None:
        if not isinstance(part, str):
            return None
        if not part.rstrip().endswith("?"):
            return self._drop("question: it asks nothing")
        decision = [self.task.decision] if self.task.decision is not None else []
        lines = [*decision, *self.task.lines]
        kept = self._worded(part, lines, "question", _QUESTION_WORDS)
        if kept is not None and not (verdict := verify_question(kept, lines)).supported:
            return self._drop(f"question: it {verdict.reasons[0]}")
        if kept is not None:
            self._questions[number] = kept
        return kept

    def _action(self, number: int, part: object) -> RedactedText | None:
        del number
        try:
            item = ActionItem.model_validate(part)
        except ValidationError:
            return None
        if not 1 <= item.n <= len(self.task.actions):
            return self._drop("action: of no promise that was offered")
        source = self.task.actions[item.n - 1]
        if _NOT_IMPERATIVE.match(item.action):
            return self._drop("action: no imperative, it starts with who does it")
        kept = rebuilt(item.action, source)
        if kept is None:
            return self._drop("action: has a word or fact that the note lacks")
        self._actions[source] = kept
        return kept

    def _worded(self, text: str, sources: list[RedactedText], kind: str, longest: int) -> RedactedText | None:
        """The model's own words, if short and with no fact that the sources lack.

        The model saw redacted text only, so its words hold no name it could have learned from a note.
        """
        shown = "\n".join(sources)
        done = mend(text, known={found.group(0) for found in PLACEHOLDER.finditer(shown)}, source=shown)
        words = " ".join(done.text.split())
        if done.unsure:
            return self._drop(f"{kind}: a placeholder that could mean several people")
        if not _FEWEST <= len(words.split()) <= longest:
            return self._drop(f"{kind}: empty, too short or too long")
        if facts(words).keys() - facts(joined(" ", sources)).keys() - {"not"}:
            return self._drop(f"{kind}: has a number, date, ticket or person that the lines lack")
        if why := fault(words, sources, ordinary=kind == "question"):
            return self._drop(f"{kind}: {why}")
        return mint_redacted(words)

    def _drop(self, reason: str) -> None:
        """Said by kind and reason alone: what failed a check is not shown, it may be what a note told the model."""
        self._dropped.append((LEFT_OUT, reason))
