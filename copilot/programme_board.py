"""Where the pairs of a programme stand, for whoever runs it: week, what is asked, sessions, papers, blockers with age.

Days, categories and the programme's own rows; no word of a note, no name, no rating and no count of sessions, which
would measure diligence and not the project. Blockers are those whose cards the viewer may judge, so only of pairs
whose two people both allow programme review; of others it is as if there were none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from copilot.bootstrap import Copilot
from copilot.calendar import next_session
from copilot.flags.blockers import Across
from copilot.flags.flag import FlagKind, State
from copilot.gates import PAPERS
from copilot.programme import Kpi, Pair, Programme, SessionRecord, SessionStatus
from copilot.raising import blockers_across
from copilot.reviewing import board
from guards.access import Grant, PreviewWall, SeeProgramme, authorize
from knowledge.passages import DocumentKind

KPIS: Final = 2
"""Two are charted (issue 7); more would be a dashboard of everything, which nobody judges by."""
_LEFT: Final = frozenset({DocumentKind.NOTE, DocumentKind.TRANSCRIPT})
_GONE: Final = frozenset({State.DISMISSED, State.EXPIRED})
_ALL_PAPERS: Final = ("mentor_agreement", *PAPERS)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a pair; ``signed`` is ``None`` where it is not."""

    name: str
    signed: date | None


@dataclass(frozen=True, slots=True)
class Held:
    """A blocker that the viewer may judge: what it is about, for how many days, and its card."""

    category: str
    days: int
    card: str
    state: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair. ``asks`` are what this week and the project's stage ask for."""

    pair: str
    stage: str
    week: int
    asks: tuple[str, ...]
    last: date | None
    last_status: str
    next: date | None
    next_reason: str
    overdue_days: int
    papers: tuple[Paper, ...]
    blockers: tuple[Held, ...]
    kpi: str
    ended: date | None


@dataclass(frozen=True, slots=True)
class ProgrammeBoard:
    """The programme on a day."""

    name: str
    on: date
    week: int
    weeks: int
    week_name: str
    rows: tuple[PairRow, ...]
    across: tuple[Across, ...]
    kpis: tuple[Kpi, ...]


def programme_board(copilot: Copilot, grant: Grant[SeeProgramme]) -> ProgrammeBoard:
    """The board as of today; pairs with the oldest blocker first, then those longest without a session."""
    programme, today = copilot.programme(), copilot.today
    person = grant.principal.person
    held: dict[str, list[Held]] = {}
    for card in board(copilot, person).cards:
        one = card.finding
        if one.kind is FlagKind.BLOCKER and card.state not in _GONE:
            days = (today - (one.since or one.as_of)).days
            held.setdefault(one.pair, []).append(Held(one.category, days, one.id, card.state.value))
    rows = [_row(copilot, programme, pair, grant, held.get(pair.id, ())) for pair in programme.pairs]
    week = programme.week_of(today)
    asked = copilot.corpus.week_ask(week)
    return ProgrammeBoard(
        programme.name, today, week, programme.weeks, asked.name if asked else "", tuple(sorted(rows, key=_order)),
        blockers_across(copilot, person), _charted(programme),
    )  # fmt: skip


def see_programme(copilot: Copilot, person: str) -> Grant[SeeProgramme]:
    """A grant on the programme at large.

    Raises:
        NotPermitted: they do not run it.
    """
    return authorize(copilot.person(person), SeeProgramme, copilot.programme().id)


def _row(
    copilot: Copilot, programme: Programme, pair: Pair, grant: Grant[SeeProgramme], held: Iterable[Held]
) -> PairRow:  # fmt: skip
    today = copilot.today
    seen = _sessions(copilot, programme, pair, grant)
    past = [each for each in seen if each.day <= today]
    day, reason = next_session(pair, programme, seen)
    last = past[-1] if past else None
    over = pair.ended is not None and pair.ended <= today
    week = programme.week_of(today)
    week_ask, stage_ask = (
        copilot.corpus.week_ask(week),
        copilot.corpus.stage_ask(pair.stage.value if pair.stage else None),
    )
    signed = dict(pair.signed)
    papers = tuple(Paper(name, _by(signed.get(name), today)) for name in _ALL_PAPERS)
    return PairRow(
        pair.id, pair.stage.value if pair.stage else "", week,
        () if over else tuple(str(each.ask) for each in (week_ask, stage_ask) if each),
        last.day if last else None, last.status.value if last else "", None if over else day, "" if over else reason,
        0 if over else max(0, (today - day).days), papers,
        tuple(sorted(held, key=lambda each: (-each.days, each.category))), pair.kpi or "", pair.ended,
    )  # fmt: skip


def _sessions(
    copilot: Copilot, programme: Programme, pair: Pair, grant: Grant[SeeProgramme]
) -> Sequence[SessionRecord]:  # fmt: skip
    """Rows of the calendar, and the days of notes, which a preview of the walls shows L&D as well."""
    rows = {each.day: each for each in programme.sessions if each.pair == pair.id}
    for source in copilot.record.sources(authorize(grant.principal, PreviewWall, pair.id)):
        if source.kind in _LEFT:
            rows[source.session_date] = SessionRecord(pair.id, source.session_date, SessionStatus.HELD)
    return [rows[day] for day in sorted(rows)]


def _by(day: date | None, today: date) -> date | None:
    return day if day is not None and day <= today else None


def _charted(programme: Programme) -> tuple[Kpi, ...]:
    """The KPIs that most pairs work on."""
    uses = {each.id: sum(pair.kpi == each.id for pair in programme.pairs) for each in programme.kpis}
    return tuple(sorted(programme.kpis, key=lambda each: -uses[each.id])[:KPIS])


def _order(row: PairRow) -> tuple[bool, int, int, str]:
    oldest = max((each.days for each in row.blockers), default=0)
    return row.ended is not None, -oldest, -row.overdue_days, row.pair
