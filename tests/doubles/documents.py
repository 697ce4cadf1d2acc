"""Documents for tests: read from bytes by the real readers, redacted by the roster alone."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

from guards.access import Lane
from guards.roster import Roster, RosterPerson
from knowledge.documents import redact_document
from knowledge.passages import Document, DocumentKind, RedactedDocument
from knowledge.reading import read_content
from tests.doubles.redaction import MemoryVault, RosterRedactor

DAY = date(2026, 9, 14)
PEOPLE = Roster((RosterPerson("ada", "Ada Nwosu"), RosterPerson("ben", "Ben Ortega"), RosterPerson("sam", "Sam Reyes")))
"""Their placeholders are ``<PERSON_1>``, ``<PERSON_2>`` and ``<PERSON_3>``."""


def raw(text: str | bytes, *, name: str = "note.md", kind: DocumentKind | None = None) -> Document:
    """A document as its reader gives it."""
    return read_content(text.encode() if isinstance(text, str) else text, name=PurePath(name), kind=kind)


def redacted(
    text: str | bytes, *, name: str = "note.md", kind: DocumentKind | None = None, pair: str = "ada-ben"
) -> RedactedDocument:
    """A document read and redacted; Ada is <PERSON_1>, Ben <PERSON_2>, Sam <PERSON_3>."""
    vault = MemoryVault(pair, PEOPLE)
    for person in PEOPLE.people:
        vault.placeholder_of(person.id)
    return redact_document(
        raw(text, name=name, kind=kind),
        redactor=RosterRedactor(),
        vault=vault,
        pair=pair,
        lane=Lane.CONVERSATION,
        session_date=DAY,
    )
