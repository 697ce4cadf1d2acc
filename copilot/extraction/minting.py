"""From readings to mentions: trim the action, resolve the date, take the ticket, hash the identity."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from copilot.due_dates import find_due
from copilot.extraction.grammar import TICKET
from copilot.extraction.reading import Line, Reading
from copilot.extraction.rules.bare_text import trim
from copilot.mentions import Mention, MentionKind, ReadBy
from guards.text import PLACEHOLDER, RedactedText
from knowledge.passages import Citation, RedactedDocument

_TASKS = frozenset({MentionKind.COMMITMENT, MentionKind.CANDIDATE, MentionKind.DONE})


@dataclass(slots=True)
class Minter:
    """Mints the mentions of one document; counts repeats so that the same words twice stay two."""

    document: RedactedDocument
    person_of: Callable[[str], str | None]
    _seen: dict[str, int] = field(default_factory=dict[str, int])

    def action(self, line: Line, reading: Reading) -> RedactedText:
        """The action's words, without date and ticket at its end."""
        if reading.text is not None:
            return reading.text
        start, end = reading.start, reading.end
        if reading.kind in _TASKS:
            start, end = trim(line.text, start, end, self.document.session_date)
        return line.text[start:end].trimmed(" \t,;:*_|")

    def mention(self, line: Line, reading: Reading, read_by: ReadBy = ReadBy.RULES) -> Mention:
        """The mention a reading stands for."""
        text = self.action(line, reading)
        clause = line.text[slice(*reading.clause)]
        due = find_due(clause, self.document.session_date)
        ticket = TICKET.search(clause) or TICKET.match(line.text, line.body)
        when = (due.day, clause[due.start : due.end].trimmed(" .,")) if due else reading.due
        owner = reading.owner
        return Mention(
            id=self._identity(line, reading, text),
            pair=self.document.pair,
            kind=reading.kind,
            text=text,
            session_date=self.document.session_date,
            citation=Citation(self.document.id, self.document.name, line.first, line.last, line.text.trimmed()),
            read_by=read_by,
            owner=owner.person if owner else None,
            owner_text=owner.text if owner else None,
            to=reading.to.person if reading.to else None,
            due=when[0] if when else None,
            due_text=when[1] if when else None,
            ticket=str(ticket.group(0)) if ticket else None,
            question=reading.question,
        )

    def _identity(self, line: Line, reading: Reading, text: RedactedText) -> str:
        owner = (reading.owner.person or self._stable(reading.owner.text or text)) if reading.owner else ""
        parts = [
            self.document.pair, self.document.session_date.isoformat(), reading.kind.value,
            self._stable(line.text), owner, self._stable(text),
        ]  # fmt: skip
        key = "\x1f".join(parts)
        count = self._seen[key] = self._seen.get(key, 0) + 1
        return hashlib.sha256(f"{key}\x1f{count}".encode()).hexdigest()[:16]

    def _stable(self, text: RedactedText) -> str:
        """Placeholders numbered by order of minting differ between machines; roster ids do not."""

        def named(match: re.Match[str]) -> str:
            placeholder = match.group(0)
            return "{" + (self.person_of(placeholder) or placeholder.rsplit("_", 1)[0]) + "}"

        return " ".join(PLACEHOLDER.sub(named, text).casefold().split())
