"""Commitments of one text, usable alone: no home, no record, no pair; everything is forgotten when it is done.

Offsets are those of the text handed in, in Unicode code points. An owner the text does not give stays ``None``, with
the question to ask.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from copilot.engines.protocol import Engine
from copilot.extraction import PeopleView, read_mentions
from copilot.ledger import fold
from copilot.mentions import Commitment
from guards.access import Lane, Principal, RevealNames, Role, authorize
from guards.redaction import RedactedSpan, Redaction, Redactor
from guards.text import RawText, RedactedText, house
from guards.vault import Vault
from knowledge.chunking import chunk
from knowledge.note_template import parse_note
from knowledge.passages import DocumentKind, RedactedDocument, RedactedLine


@dataclass(frozen=True, slots=True)
class Extracted:
    """One commitment of a text. ``start`` and ``end`` are offsets of the input; ``owner`` a roster id or a name."""

    owner: str | None
    action: str
    due: date | None
    ticket: str | None
    status: str
    start: int
    end: int
    question: str | None = None

    def as_json(self) -> dict[str, object]:
        """The shape of interfaces.md; ``question`` only where there is one to ask."""
        shape: dict[str, object] = {
            "owner": self.owner, "action": self.action, "due": self.due.isoformat() if self.due else None,
            "ticket": self.ticket, "status": self.status, "start": self.start, "end": self.end,
        }  # fmt: skip
        return shape | ({"question": self.question} if self.question else {})


def extract(text: str, *, on: date, redactor: Redactor, vault: Vault, engine: Engine) -> tuple[Extracted, ...]:
    """Read a text's commitments as of its day, in the order they stand.

    Args:
        text: a note or transcript, raw.
        on: the session's day; due dates such as "Friday" count from it.
        redactor: masks the text before it is read.
        vault: a vault of this text alone, with the roster to go by.
        engine: asked about lines that look like a promise and that no rule parses.
    """
    redaction = redactor.redact([RawText(text)], vault=vault)[0]
    document = _document(redaction.text, vault.pair, on)
    fields = parse_note(document)
    mentions = read_mentions(
        document,
        fields=fields if fields.follows_template else None,
        passages=chunk(document),
        people=PeopleView(vault.person_of),
        engine=engine,
    )
    found = fold(mentions, (), (), as_of=on)
    places = _Places(text, redaction)
    return tuple(sorted((_extracted(each, places, vault) for each in found), key=lambda each: (each.start, each.end)))


def _document(text: RedactedText, pair: str, on: date) -> RedactedDocument:
    lines = tuple(RedactedLine(line, number, number) for number, line in enumerate(text.lines(), 1))
    version = hashlib.sha256(text.encode()).hexdigest()
    return RedactedDocument("text", version, pair, Lane.CONVERSATION, DocumentKind.NOTE, on, house("text"), lines)


class _Places:
    """From lines of the redacted text to offsets of the input."""

    def __init__(self, text: str, redaction: Redaction) -> None:
        self.text = text
        self._redacted = redaction.text
        self._starts = [0, *(at + 1 for at, letter in enumerate(redaction.text) if letter == "\n")]
        self._masks = tuple(_masks(redaction.spans))

    def of(self, first: int, last: int, words: str) -> tuple[int, int, bool]:
        """Where the words stand on the lines ``first`` to ``last`` (counted from 1), and whether in one piece there.

        An entry may wrap over several lines; where the words are nowhere in one piece, all its lines are meant.
        """
        begin = self._starts[first - 1]
        end = self._starts[last] - 1 if last < len(self._starts) else len(self._redacted)
        at = self._redacted.find(words, begin, end)
        start, stop = (at, at + len(words)) if at >= 0 else (begin, end)
        return self._raw(start, ends=False), self._raw(stop, ends=True), at >= 0

    def _raw(self, at: int, *, ends: bool) -> int:
        """The input's offset; an offset within a placeholder goes to the edge of what it masks."""
        shift = 0
        for mask in self._masks:
            if at <= mask.start or (at < mask.end and not ends):
                return mask.raw_start if mask.start < at < mask.end else at + shift
            if at < mask.end:
                return mask.raw_end
            shift = mask.raw_end - mask.end
        return at + shift


@dataclass(frozen=True, slots=True)
class _Mask:
    start: int
    end: int
    raw_start: int
    raw_end: int


def _masks(spans: Sequence[RedactedSpan]) -> Iterator[_Mask]:
    shift = 0
    for span in sorted(spans, key=lambda each: each.start):
        start = span.start + shift
        end = start + len(span.placeholder)
        yield _Mask(start, end, span.start, span.end)
        shift = end - span.end


def _extracted(each: Commitment, places: _Places, vault: Vault) -> Extracted:
    place = each.citations[0]
    start, end, whole = places.of(place.first, place.last, each.action)
    # The input's own words; where the action stands in another line ("I'll do that"), the names come from the vault.
    reveal = authorize(Principal("caller", {vault.pair: Role.MENTOR_COACH}), RevealNames, vault.pair)
    action = places.text[start:end] if whole else vault.restore(each.action, reveal)
    owner = each.owner or (vault.restore(each.owner_text, reveal) if each.owner_text else None)
    question = vault.restore(each.question, reveal) if each.question else None
    return Extracted(owner, action, each.due, each.ticket, each.status.value, start, end, question)
