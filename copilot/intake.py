"""From paths to ingested files: finds the programme, lists the files, imports its history, runs ingest.

The command line, the demo and later the server come through here. Refuses to guess a programme: without one, the
home's own is used, and without that nothing is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from copilot.bootstrap import Copilot
from copilot.engines.protocol import Engine
from copilot.erasing import refuse_erased
from copilot.errors import BadInput
from copilot.extraction import PeopleView, read_mentions
from copilot.gates import papers_line
from copilot.imports import ImportedCommitment, imported_mentions
from copilot.ingest import FileResult, Options, Parts, ingest
from copilot.mentions import Mention
from copilot.programme import Programme, with_pauses_of
from copilot.programme_file import CommitmentRow, find_programme, load_programme
from copilot.programme_source import note_replaced, stands
from copilot.retention import adopt_policy
from guards.access import Role, WriteNotes, authorize
from guards.held import held_reason, kind_of
from guards.language import ANOTHER_LANGUAGE
from guards.text import RedactedText, house
from guards.vault import Vault
from knowledge.documents import foreign_texts
from knowledge.note_template import NoteFields, parse_note
from knowledge.passages import DocumentKind, Passage, RedactedDocument
from knowledge.reading import FoundFile, SkippedFile, files_in


@dataclass(frozen=True, slots=True)
class Intake:
    """What will be read: files in order, and what was passed over and why."""

    files: tuple[FoundFile, ...]
    skipped: tuple[SkippedFile, ...]
    programme: Programme
    imported: int = 0
    warnings: tuple[str, ...] = field(default=())


def prepare(
    copilot: Copilot, paths: Sequence[Path], *, programme_path: Path | None = None, replace_programme: bool = False
) -> Intake:
    """Read the programme (given, or in or above the paths), keep it, and list the files.

    ``replace_programme`` takes the file as it stands, also where ``coach import`` brought rows that it lacks.

    Raises:
        ProgrammeInvalid: the programme file breaks its schema.
        NotFound: there is no programme here or in the home.
        BadInput: a path is not there, the paths belong to two programmes, or the file would undo an import.
    """
    absent = [path for path in paths if not path.exists() and not path.is_symlink()]
    if absent:
        raise BadInput(f"{absent[0]}: there is no such file or folder")
    where = programme_path or _nearest(paths)
    imported, warnings = 0, list[str]()
    if where is not None:
        home = None if replace_programme else copilot.record.programmes.load()
        if stands(copilot.home.path, home, where):
            adopt_policy(copilot.home.path, where.parent)
            warnings.append(
                f"{where.name}: is in this home already, and coach import has added to it since: that stands"
            )
        else:
            imported = _take_over(copilot, where, warnings)
    listing = files_in(paths)
    return Intake(tuple(listing.files), tuple(listing.skipped), copilot.programme(), imported, tuple(warnings))


def _take_over(copilot: Copilot, path: Path, warnings: list[str]) -> int:
    """Put the file's programme in the place of the home's; how many commitments it brought."""
    read = load_programme(path)
    refuse_erased(copilot, read.programme)
    adopt_policy(copilot.home.path, path.parent)
    note_replaced(copilot.home.path, path)
    copilot.record.programmes.save(with_pauses_of(read.programme, copilot.record.programmes.load()))
    imported = 0
    for pair in read.programme.pairs:
        kept, left_out = _import(copilot, read.programme, pair.id, read.commitments)
        imported += kept
        warnings += [left_out] if left_out else []
    return imported


def run(
    copilot: Copilot, intake: Intake, *, options: Options, remark: Callable[[str], None] = lambda _: None
) -> Iterator[FileResult]:
    """Ingest the files; a result for each, in order. Safe to stop anywhere and to run again."""
    if not copilot.masks_unlisted_names:
        remark("only names that the programme lists are masked: run coach model install --small, then this again")
    for line in intake.warnings:
        remark(line)
    for line in (papers_line(pair, on=copilot.today) for pair in intake.programme.pairs):
        if line:
            remark(line)
    return ingest(intake.files, parts=ingest_parts(copilot, remark=remark), options=options)


def ingest_parts(copilot: Copilot, *, remark: Callable[[str], None] = lambda _: None) -> Parts:
    """The parts of ingest from a home."""
    programme = copilot.programme()
    return Parts(
        record=copilot.record,
        redactor=copilot.redactor,
        programme=programme,
        principal=lambda pair: copilot.principal(pair, Role.MENTEE),  # whose notes they are: no gate closes
        read_mentions=mention_reader(programme, engine=copilot.engine),
        missing_fields=note_gaps,
        embedder=copilot.embedder,
        index=copilot.index,
        remark=remark,
    )


def _nearest(paths: Sequence[Path]) -> Path | None:
    found = dict.fromkeys(each for path in paths if (each := find_programme(path)) is not None)
    if len(found) > 1:
        raise BadInput("the paths lie under two programme files: ingest them one at a time, or say --programme")
    return next(iter(found), None)


def _fields(document: RedactedDocument) -> NoteFields | None:
    if document.kind is not DocumentKind.NOTE:
        return None
    fields = parse_note(document)
    return fields if fields.follows_template else None


def note_gaps(document: RedactedDocument) -> tuple[str, ...]:
    """The fields of the note template that a note leaves open; none for a note that does not follow it."""
    fields = _fields(document)
    return fields.missing if fields else ()


def mention_reader(
    programme: Programme, *, engine: Callable[[str], Engine]
) -> Callable[[RedactedDocument, Sequence[Passage], Vault], tuple[Mention, ...]]:
    """What reads a document for mentions; ``engine`` gives a pair's engine for lines that no rule parses."""

    def read(document: RedactedDocument, passages: Sequence[Passage], vault: Vault) -> tuple[Mention, ...]:
        pair = programme.pair(document.pair)
        people = PeopleView(
            person_of=vault.person_of,
            mentor=pair.mentor if pair else None,
            mentee=pair.mentee if pair else None,
            sponsor=pair.sponsor if pair else None,
        )
        return read_mentions(
            document, fields=_fields(document), passages=passages, people=people, engine=engine(document.pair)
        )

    return read


def _import(copilot: Copilot, programme: Programme, pair: str, rows: Sequence[CommitmentRow]) -> tuple[int, str]:
    """History that a programme file brings for one pair, in place of what it brought before: how many, and the rest."""
    if not any(row.pair == pair for row in rows):
        return 0, ""
    made, told = redacted_rows(copilot, programme, pair, rows)
    put_history(copilot, programme, pair, made)
    return len(made), told


def put_history(
    copilot: Copilot, programme: Programme, pair: str, rows: Sequence[ImportedCommitment], kept: Sequence[Mention] = ()
) -> None:
    """Keep rows as the pair's imported history, and beside them what is said of earlier ones."""
    grant = authorize(copilot.principal(pair), WriteNotes, pair)
    with copilot.record.vaults.open(pair) as vault:
        new = imported_mentions(tuple(rows), source=house("programme.yaml"), placeholder_of=vault.placeholder_of)
    known = {each.id for each in kept}
    mentions = (*kept, *(each for each in new if each.id not in known))
    copilot.record.writer(grant).put_mentions(f"import:{pair}", programme.id, mentions)


def redacted_rows(
    copilot: Copilot, programme: Programme, pair: str, rows: Sequence[CommitmentRow]
) -> tuple[tuple[ImportedCommitment, ...], str]:
    """A pair's rows, redacted like any note, and a line on the rest.

    Nobody can open what is held back here, for it has no passage; so its row and the reason are told instead.
    """
    ours = [row for row in rows if row.pair == pair]
    with copilot.record.vaults.open(pair) as vault:
        strange = foreign_texts([row.action for row in ours], programme.languages)
        english = [row for row, foreign in zip(ours, strange, strict=True) if not foreign]
        actions = [each.text for each in copilot.redactor.redact([row.action for row in english], vault=vault)]
        reasons = [held_reason(each) for each in actions]
        made = tuple(
            _imported(row, programme, action=action)
            for row, action, reason in zip(english, actions, reasons, strict=True)
            if not reason
        )
    left_out = [(row.row, kind_of(reason)) for row, reason in zip(english, reasons, strict=True) if reason]
    left_out += [(row.row, ANOTHER_LANGUAGE) for row, foreign in zip(ours, strange, strict=True) if foreign]
    told = "; ".join(f"number {row + 1} {kind}" for row, kind in sorted(left_out))
    return made, f"programme.yaml: commitments of {pair} held back and not taken over: {told}" if told else ""


def _imported(row: CommitmentRow, programme: Programme, *, action: RedactedText) -> ImportedCommitment:
    opened: date = row.opened or programme.start
    return ImportedCommitment(
        pair=row.pair,
        owner=row.owner,
        action=action,
        opened=opened,
        due=row.due,
        ticket=row.ticket,
        status=row.status,
        closed=row.closed,
        moves=tuple((on or opened, to) for on, to in row.moves if to is not None),
    )
