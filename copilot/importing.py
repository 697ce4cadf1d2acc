"""Imports a programme file with its history, whole or as an update, and says what became of each row.

Rows are merged by id and nothing is dropped (``programme_merge.py``). A commitment is known by owner, action, ticket:
the ledger keeps no row ids. What the home knows of one stays, and a later due date is taken over as a move. The
same file twice changes nothing. Refuses a file that does not hold together as a whole, before anything is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from copilot.bootstrap import Copilot
from copilot.erasing import refuse_erased
from copilot.imports import ImportedCommitment
from copilot.intake import put_history, redacted_rows
from copilot.mentions import Mention, MentionKind
from copilot.programme import Programme
from copilot.programme_file import CommitmentRow, load_programme, load_update
from copilot.programme_merge import SECTIONS, Counts
from copilot.retention import adopt_policy
from guards.access import ReadConversation, Role, authorize
from guards.audit_log import Act, Entry


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, by section; ``warnings`` say which rows were held back and why."""

    programme: Programme
    counts: Mapping[str, Counts]
    warnings: tuple[str, ...] = ()


def import_file(copilot: Copilot, path: Path) -> Imported:
    """Read a programme file into the home, on top of what is there.

    Raises:
        BadInput: it cannot be read, is of another programme, or would bring back who was erased.
        ProgrammeInvalid: it, or what would come of it, does not hold together.
        NotPermitted: a pair's history is closed, so it cannot be merged; nothing was written.
    """
    home = copilot.record.programmes.load()
    if home is None:
        file = load_programme(path)
        counts = {name: Counts(new=len(rows)) for name in SECTIONS if (rows := getattr(file.programme, name))}
    else:
        file, counts = load_update(path, home)
    refuse_erased(copilot, file.programme)
    pairs = [pair.id for pair in file.programme.pairs if any(row.pair == pair.id for row in file.commitments)]
    earlier = {pair: _history(copilot, pair) if home and home.pair(pair) else () for pair in pairs}
    adopt_policy(copilot.home.path, path.resolve().parent)
    if home != file.programme:
        copilot.record.programmes.save(file.programme)
    told, warnings = Counts(), list[str]()
    for pair in pairs:
        each, warning = _commitments(copilot, file.programme, pair, file.commitments, earlier[pair])
        told = _added(told, each)
        warnings += [warning] if warning else []
    every = {**counts, **({"commitments": told} if file.commitments else {})}
    copilot.audit.append(Entry(Act.IMPORT, count=sum(each.new + each.changed for each in every.values())))
    return Imported(file.programme, every, tuple(warnings))


def _commitments(
    copilot: Copilot, programme: Programme, pair: str, rows: Sequence[CommitmentRow], earlier: Sequence[Mention]
) -> tuple[Counts, str]:
    made, warning = redacted_rows(copilot, programme, pair, rows)
    known = _promises(earlier)
    often = Counter(_key(row) for row in made)
    rows_now = [_fitted(row, known.get(_key(row), ()), earlier, copilot.today, often[_key(row)] == 1) for row in made]
    put_history(copilot, programme, pair, rows_now, earlier)
    before, after = {each.id for each in earlier}, _history(copilot, pair)
    fresh = [each for each in after if each.id not in before]
    promised = {each.id for each in fresh if each.kind is MentionKind.COMMITMENT}
    changed = {each.about for each in fresh if each.about and each.about not in promised}
    old = sum(each.kind is MentionKind.COMMITMENT for each in earlier)
    named = {_key(row) for row in rows_now}
    kept = sum(len(each) for key, each in known.items() if key not in named)
    return Counts(len(promised), len(changed), max(0, old - kept - len(changed)), kept), warning


def _fitted(
    row: ImportedCommitment, known: Sequence[Mention], earlier: Sequence[Mention], today: date, alone: bool
) -> ImportedCommitment:
    """The row as the home's own promise goes on: its first day and due date, and a new due date as a move.

    Only where one promise of the home fits and the file has no other row like it; else the row stands for itself.
    """
    if not alone or len(known) != 1:
        return row
    first = known[0]
    moves = [each for each in earlier if each.about == first.id and each.kind is MentionKind.MOVED]
    due = moves[-1].due if moves else first.due
    told = tuple((each.session_date, each.due) for each in moves if each.due)
    further = tuple(each for each in row.moves if each[1] not in {to for _, to in told})
    if not row.moves and row.due is not None and row.due != due:
        further = ((max(today, first.session_date), row.due),)
    return replace(row, opened=first.session_date, due=first.due, moves=(*told, *further))


def _history(copilot: Copilot, pair: str) -> tuple[Mention, ...]:
    """What earlier imports brought for a pair, as the mentee may read it: no paper of the coach closes it."""
    grant = authorize(copilot.principal(pair, Role.MENTEE), ReadConversation, pair)
    found = copilot.record.reader(grant).mentions()
    return tuple(each for each in found if each.citation.document == f"import:{pair}")


def _promises(mentions: Iterable[Mention]) -> dict[tuple[str, ...], list[Mention]]:
    found: dict[tuple[str, ...], list[Mention]] = {}
    for each in mentions:
        if each.kind is MentionKind.COMMITMENT:
            found.setdefault((each.owner or "", str(each.text), each.ticket or ""), []).append(each)
    return found


def _key(row: ImportedCommitment) -> tuple[str, ...]:
    return row.owner or "", str(row.action), row.ticket or ""


def _added(one: Counts, other: Counts) -> Counts:
    return Counts(
        one.new + other.new, one.changed + other.changed, one.unchanged + other.unchanged, one.kept + other.kept
    )
