"""From a document as read to one that may be kept: redacted once, line for line, with the same ids everywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from guards.access import Lane
from guards.errors import RedactionFailed
from guards.file_names import mask_file_name
from guards.held import held_policy
from guards.language import ENGLISH, WITHHELD, foreign_lines, language_policy
from guards.redaction import Redactor
from guards.text import RawText
from guards.vault import Vault
from knowledge.holding import PlainLine, held_as_written
from knowledge.passages import Document, DocumentKind, RedactedDocument, RedactedLine


def redact_document(  # noqa: PLR0913 -- who, whose, where and when; all keyword-only
    document: Document,
    *,
    redactor: Redactor,
    vault: Vault,
    pair: str,
    lane: Lane,
    session_date: date,
    languages: Collection[str] = (ENGLISH,),
) -> RedactedDocument:
    """Redact the lines in one call, and the name by table.

    The lines are joined so that context reaches over them, and split again; the redactor promises that no mask
    crosses a line break, and this is checked.

    Raises:
        RedactionFailed: the redactor failed, or gave back another number of lines.
    """
    document = without_foreign(document, languages=languages)
    raws = [line.text.unseal() for line in document.lines]
    if any("\n" in raw for raw in raws):
        raise RedactionFailed("a line held a line break before redaction: nothing was kept")
    body = RawText("\n".join(raws))
    held = held_as_written(
        [PlainLine(raw, line.heading, line.turn) for raw, line in zip(raws, document.lines, strict=True)]
    )
    transcript = document.kind is DocumentKind.TRANSCRIPT
    done = redactor.redact([body], vault=vault, transcript=transcript)
    lines = done[0].text.lines() if len(done) == 1 else []
    if len(lines) != len(raws):
        raise RedactionFailed(f"redaction gave {len(lines)} lines for {len(raws)}: nothing was kept")
    return RedactedDocument(
        document_id(pair, document.name),
        document_version(document, policy=redactor.policy, lane=lane, session_date=session_date, languages=languages),
        pair,
        lane,
        document.kind,
        session_date,
        mask_file_name(_within_pair(document.name, pair), vault=vault),
        tuple(
            RedactedLine(text, line.first, line.last, line.heading, line.page, line.turn, reason)
            for text, line, reason in zip(lines, document.lines, held, strict=True)
        ),
    )


def without_foreign(document: Document, *, languages: Collection[str] = (ENGLISH,)) -> Document:
    """The document with a fixed remark for every line in a language that the programme does not allow.

    Done before redaction: the redactor knows English, would mask half of such a line, and would learn its capitalised
    words as names. Locators stay true; the digest is that of the whole file.
    """
    foreign = foreign_lines([line.text.unseal() for line in document.lines], languages)
    if not any(foreign):
        return document
    remark = RawText(WITHHELD)
    lines = (
        replace(line, text=remark) if strange and line.text.unseal().strip() else line
        for line, strange in zip(document.lines, foreign, strict=True)
    )
    return replace(document, lines=tuple(lines))


def foreign_texts(texts: Sequence[RawText], languages: Collection[str]) -> list[bool]:
    """For each text, which stands alone, whether it is in a language that is not allowed."""
    return [any(foreign_lines(text.unseal().splitlines(), languages)) for text in texts]


def _within_pair(name: RawText, pair: str) -> RawText:
    """The name below the pair's own folder: the folder says only whose it is, and its name would read as people."""
    parts = name.unseal().split("/")
    below = parts[len(parts) - parts[::-1].index(pair) :] if pair in parts[:-1] else parts
    return RawText("/".join(below))


def document_id(pair: str, name: RawText) -> str:
    """The logical source's id: pair and name, so that a changed file supersedes itself and nobody else's."""
    return hashlib.sha256(f"{pair}\0{name.unseal()}".encode()).hexdigest()[:20]


def document_version(
    document: Document, *, policy: str, lane: Lane, session_date: date, languages: Collection[str] = (ENGLISH,)
) -> str:
    """The digest of what decides what is kept: content, kind, day, lane, redaction policy, languages, what is held.

    A file read again under a better policy, or with another day said, is a new version and supersedes the old.
    """
    rules = (policy, held_policy(), language_policy(languages))
    whole = "\0".join((document.sha256, document.kind, session_date.isoformat(), lane, *rules))
    return hashlib.sha256(whole.encode()).hexdigest()
