"""Keeps a note that somebody sent: through ingest, which is the only writer, then their word on what it promises.

A sent file lies in a folder of the home that its owner alone may read for as long as ingest reads it, and is removed
whatever becomes of it; what a killed process leaves goes when the home is opened next (``copilot.home``). Refuses to
decide on a promise that an earlier note made already: that is done where the commitment stands.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from copilot import intake
from copilot.bootstrap import Copilot
from copilot.deciding import Word, checked_word, decide
from copilot.errors import BadInput, Usage
from copilot.home import INBOX
from copilot.ingest import FileResult, Options, Outcome
from copilot.intake import Intake
from copilot.ledger import fold
from copilot.mentions import Commitment, DecisionKind
from copilot.sent_notes import Placed
from guards.access import (
    DecideCommitments,
    Grant,
    Principal,
    ReadCommitments,
    WriteNotes,
    authorize,
)
from guards.audit_log import Act, Entry
from guards.text import house
from knowledge.documents import document_id
from knowledge.reading import FoundFile

NOT_A_PROMISE = house("Not a promise, as said when the note was kept")
Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PromiseWord:
    """A person's word on a promise of the note they keep; ``owner`` and ``due`` correct what was read."""

    promise: str
    is_one: bool
    owner: str | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a note: ingest's own line, and how many promises were confirmed, denied, and left as they are."""

    document: str
    result: FileResult
    confirmed: int = 0
    denied: int = 0
    left: int = 0


def keep(
    copilot: Copilot, note: Placed, *, grant: Grant[WriteNotes], words: Sequence[PromiseWord] = (),
    at: Step = lambda _: None,
) -> Kept:  # fmt: skip
    """Ingest a note and take down what was said about its promises.

    Args:
        copilot: the opened home.
        note: as it was sent and read.
        grant: the writer's.
        words: on promises by the ids of a preview.
        at: hears each step as it begins.

    Raises:
        BadInput: ingest refuses the note, in its own words; or a word names nobody of the programme.
    """
    known = [each.id for each in copilot.programme().people]
    for each in words:
        if each.is_one:
            checked_word(DecisionKind.CONFIRM, has_reason=False, due=each.due, owner=each.owner, known=known)
    at("reading")
    with _lent(copilot.home.path, note) as file:
        ready = Intake((file,), (), copilot.programme())
        options = Options(pair=note.pair, day=note.day, kind=note.sent.kind)
        results: list[FileResult] = []
        for each in intake.run(copilot, ready, options=options):
            results.append(each)
            at("indexing")
    result = results[0]
    if result.outcome is Outcome.FAILED:
        raise BadInput(result.problem)
    document = document_id(note.pair, note.document.name)
    at("deciding")
    return _settled(copilot, Kept(document, result), words, grant.principal, note.pair)


@contextmanager
def _lent(home: Path, note: Placed) -> Generator[FoundFile]:
    """The note as a file that ingest can read, for the length of the block."""
    root = Path(tempfile.mkdtemp(dir=home, prefix=INBOX))
    try:
        path = root / note.name
        path.parent.mkdir(mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(note.sent.content)
        yield FoundFile(path, root)
    finally:
        shutil.rmtree(root)


def _settled(copilot: Copilot, kept: Kept, words: Iterable[PromiseWord], principal: Principal, pair: str) -> Kept:
    for each in words:
        if not _decided(copilot, each, principal=principal, document=kept.document, pair=pair):
            kept = replace(kept, left=kept.left + 1)
        elif each.is_one:
            kept = replace(kept, confirmed=kept.confirmed + 1)
        else:
            kept = replace(kept, denied=kept.denied + 1)
    return kept


def _decided(copilot: Copilot, said: PromiseWord, *, principal: Principal, document: str, pair: str) -> bool:
    """Append one word, if the promise is there and no other note's line is decided with it."""
    kind = DecisionKind.CONFIRM if said.is_one else DecisionKind.DENY
    reader = copilot.record.ledger_reader(authorize(principal, ReadCommitments, pair))
    before = reader.decisions()
    folded = fold(reader.mentions(), before, reader.sessions(), as_of=date.max)
    found = next((each for each in folded if said.promise in {each.id, *each.aliases}), None)
    if found is None or (kind is DecisionKind.DENY and _is_of_others(found, document)):
        return False
    grant = authorize(principal, DecideCommitments, pair)
    now = datetime.now(UTC)
    owner = said.owner if said.owner != found.owner else None
    due = said.due if said.due != found.due else None
    reason = None if said.is_one else NOT_A_PROMISE
    try:
        decided = decide([found.id], Word(kind, now.date(), reason, due, owner), commitments=folded, said=before,
                         grant=grant, at=now)  # fmt: skip
    except Usage:  # closed meanwhile, or closed by the very note
        return False
    writer = copilot.record.writer(authorize(principal, WriteNotes, pair))
    for decision in (one for each in decided for one in each.decisions):
        copilot.audit.append(Entry(Act.DECISION, pair, decision.by, grant.role.value, decision.id, decision.kind.value))
        writer.append_decision(decision)
    return True


def _is_of_others(found: Commitment, document: str) -> bool:
    return any(each.document != document for each in found.citations)
