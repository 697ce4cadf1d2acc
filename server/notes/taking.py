"""What a request brings, as a note; what is on record of one; and a note kept as a job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from starlette.datastructures import UploadFile

from copilot.bootstrap import Copilot
from copilot.errors import NotFound
from copilot.ingest import HeldLines, held_lines_of
from copilot.keeping import Kept, PromiseWord, keep
from copilot.sent_notes import PASTED, Placed, Sent
from copilot.stores.protocols import DocumentRow, PairReader
from guards.access import Grant, ReadConversation, WriteNotes
from guards.held import CRISIS, help_card
from knowledge.errors import Unreadable
from knowledge.passages import DocumentKind, RedactedLine
from knowledge.reading.limits import MAX_BYTES
from server.jobs.runner import Job, Jobs, Tell

KIND: Final = "note"
_STEPS: Final[Mapping[str, tuple[int, str]]] = {
    "reading": (0, "Masking names and reading for promises"),
    "indexing": (1, "Making it findable"),
    "deciding": (2, "Taking down what you confirmed"),
}
_WHOLE: Final = 10**9


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A note on record with its lines."""

    row: DocumentRow
    lines: tuple[RedactedLine, ...]
    held: tuple[HeldLines, ...]

    def held_at(self, line: RedactedLine) -> str:
        """Why a line is held back; empty when it is not."""
        return next((each.kind for each in self.held if each.first <= line.last and line.first <= each.last), "")


def sent_note(file: UploadFile | None, text: str, *, name: str, day: date | None, kind: str | None) -> Sent:
    """The file, or else the text.

    Raises:
        Unreadable: both were sent, or the file is larger than any that is read.
    """
    chosen = file is not None and bool(file.filename or file.size)
    if chosen and text.strip():
        raise Unreadable("both a file and a text were sent: which one? Send one of them")
    said = DocumentKind(kind) if kind else None
    if file is None or not chosen:
        title = " ".join(name.split()).rstrip(".")
        own = PASTED if not title else title if title.lower().endswith((".md", ".txt")) else f"{title}.md"
        return Sent(text.replace("\r\n", "\n").encode("utf-8", "replace"), own, day, said)
    if (file.size or 0) > MAX_BYTES:
        raise Unreadable(f"the file is over {MAX_BYTES // 2**20} MB, the most that is read: split it")
    return Sent(file.file.read(MAX_BYTES + 1), file.filename or "", day, said)


def start_keeping(
    copilot: Copilot, jobs: Jobs, note: Placed, *, grant: Grant[WriteNotes], words: Sequence[PromiseWord]
) -> Job:
    """Keep a note in the background; what the job tells and gives holds ids, counts and kinds alone.

    Raises:
        Refused: too many jobs wait already.
    """

    def work(tell: Tell) -> Mapping[str, Any]:
        def at(step: str) -> None:
            done, line = _STEPS[step]
            tell("step", {"done": done, "of": len(_STEPS), "text": line})

        return _result(keep(copilot, note, grant=grant, words=words, at=at))

    return jobs.start(KIND, work, person=grant.principal.person, pair=grant.pair)


def _result(kept: Kept) -> Mapping[str, Any]:
    found = kept.result
    held = [{"line_from": each.first, "line_to": each.last, "kind": each.kind} for each in found.held_lines]
    crisis = any(each.kind == CRISIS for each in found.held_lines)
    return {
        "document": kept.document, "outcome": found.outcome.value, "passages": found.passages,
        "mentions": found.mentions, "held_back": held, "missing": list(found.missing), "confirmed": kept.confirmed,
        "denied": kept.denied, "left": kept.left, **({"help": help_card()} if crisis else {}),
    }  # fmt: skip


def notes_of(copilot: Copilot, grant: Grant[ReadConversation]) -> tuple[DocumentRow, ...]:
    """The pair's documents, oldest first, those of a day by their ids."""
    rows = copilot.record.reader(grant).documents()
    return tuple(sorted(rows, key=note_key))


def note_key(row: DocumentRow) -> str:
    """Where a note stands in a list."""
    return f"{row.session_date.isoformat()} {row.id}"


def one_note(copilot: Copilot, grant: Grant[ReadConversation], document: str) -> OnRecord:
    """A note of the grant's pair.

    Raises:
        NotFound: the pair has none by that id.
    """
    reader: PairReader = copilot.record.reader(grant)
    row = next((each for each in reader.documents() if each.id == document), None)
    if row is None:
        raise NotFound("there is no such note of this pair (any more): see the list of its notes")
    passages = [each for each in reader.all_passages() if each.document == document]
    return OnRecord(row, reader.lines(document, 0, _WHOLE), held_lines_of(passages))
