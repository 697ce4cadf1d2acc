"""Reads from a home what flags other than the stalled one are judged by: one frozen record for each pair and day.

Notes are read as the mentee may read them, and only while neither of the pair has withdrawn session prep; what is
closed is unknown. Takes days, counts and categories out of notes; their words go nowhere but to the tick-box check.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from copilot.bootstrap import Copilot
from copilot.boxes.escalation import alike
from copilot.criterion_signing import CriterionWord, WordKind, offered
from copilot.flags.blockers import about, says_cleared
from copilot.flags.record import Blocked, PairRecord, SessionNote, SignedOff
from copilot.ledger import fold
from copilot.mentions import Mention, MentionKind, ReadBy
from copilot.once_reader import OnceReader
from copilot.papers.blockers import Blocker, register
from copilot.programme import Pair, Programme, SessionStatus
from copilot.snapshot import Request, Snapshot, collect
from copilot.stores.protocols import PairReader
from guards.access import ReadConversation, ReadCriteria, Role, authorize
from guards.consent import Purpose
from guards.errors import NotPermitted
from guards.held import kept_back
from knowledge.passages import DocumentKind

_PAPERS: Final = frozenset({"mentor_agreement", "coach_charter", "data_access"})
_SESSIONS: Final = frozenset({DocumentKind.NOTE, DocumentKind.TRANSCRIPT})
_LEAST_FORMS: Final = 2
"""Notes in the template from which it can be told whether an artefact is named; other notes have no field for it."""


def pair_records(
    copilot: Copilot, *, days: Sequence[date], pairs: Iterable[str]
) -> Mapping[date, tuple[PairRecord, ...]]:
    """What was on record of these pairs on each day; a pair's rows are read once for all days."""
    programme, consents, wanted = copilot.programme(), copilot.consents, set(pairs)
    made: dict[date, list[PairRecord]] = {day: [] for day in days}
    for pair in programme.pairs:
        if pair.id not in wanted:
            continue
        bare = [_bare(programme, pair, day) for day in days]
        allowed = consents.pair_allows((pair.mentor, pair.mentee), Purpose.SESSION_PREP)
        for each in _with_notes(copilot, programme, bare) if allowed else bare:
            made[each.on].append(each)
    return {day: tuple(found) for day, found in made.items()}


def _bare(programme: Programme, pair: Pair, on: date) -> PairRecord:
    """What the programme's own rows say."""
    sponsor = programme.person(pair.sponsor) if pair.sponsor else None
    return PairRecord(
        pair, on, pair.started or programme.start,
        papers=tuple(sorted({name for each in programme.pairs for name, day in each.signed if day <= on} & _PAPERS)),
        caseload_cap=programme.caseload_cap, pairs_of_coach=_pairs_of_coach(programme, pair, on),
        sponsor_away=tuple(each for each in (sponsor.away if sponsor else ()) if (each.logged or on) <= on),
        sponsor_cancelled=tuple(
            each.day for each in programme.sessions
            if each.pair == pair.id and each.status is SessionStatus.CANCELLED and each.cancelled_by is Role.SPONSOR
            and each.day <= on and (each.logged or each.day) <= on
        ),
    )  # fmt: skip


def _pairs_of_coach(programme: Programme, pair: Pair, on: date) -> int:
    """Active pairs with the pair's mentor coach that began no later than it, itself included; paused ones rest."""

    def rank(each: Pair) -> tuple[date, str]:
        return each.started or programme.start, each.id

    return sum(
        each.mentor == pair.mentor and rank(each) <= min(rank(pair), (on, "~"))
        and (each.ended is None or each.ended > on) and not any(on in pause for pause in each.pauses)
        for each in programme.pairs
    )  # fmt: skip


def _with_notes(copilot: Copilot, programme: Programme, bare: Sequence[PairRecord]) -> list[PairRecord]:
    """The records with what the notes say, read once; as they are where the notes are closed."""
    pair = bare[0].pair.id
    principal = copilot.principal(pair, Role.MENTEE)
    try:
        reader = OnceReader(copilot.record.reader(authorize(principal, ReadConversation, pair)))
        words = copilot.record.criterion_words(authorize(principal, ReadCriteria, pair))
    except NotPermitted:
        return list(bare)
    made: list[PairRecord] = []
    with copilot.record.vaults.open(pair) as vault:
        for each in bare:
            snapshot = collect(
                Request(pair, each.on), programme=programme, reader=reader, vault=vault, corpus=copilot.corpus,
                fold=fold, through=True,
            )  # fmt: skip
            made.append(_filled(each, snapshot, reader, words))
    return made


def _filled(
    bare: PairRecord, snapshot: Snapshot, reader: PairReader, words: Sequence[CriterionWord]
) -> PairRecord:  # fmt: skip
    forms = {each.session_date for each in snapshot.mentions if each.read_by is ReadBy.TEMPLATE}
    named = tuple(each.session_date for each in snapshot.mentions if each.kind is MentionKind.ARTIFACT)
    return replace(
        bare, met=snapshot.met, commitments=snapshot.commitments, template_notes=len(forms),
        blockers=tuple(_blocked(snapshot, each) for each in register(snapshot)),
        notes=_notes(reader, snapshot), artefacts=named if len(forms) >= _LEAST_FORMS else None,
        criteria=_signed_off([each for each in words if each.day <= bare.on]),
    )  # fmt: skip


def _blocked(snapshot: Snapshot, each: Blocker) -> Blocked:
    categories = [found for told in reversed(each.told) if (found := about(str(told.text))) is not None]
    later = [one for one in snapshot.mentions if one.kind in {MentionKind.DONE, MentionKind.BLOCKER}]
    cleared = [one.session_date for one in later if _clears(one, each)]
    days = {told.session_date for told in each.told}
    return Blocked(
        categories[0] if categories else None, each.since, each.last.session_date, len(days), each.flagged,
        max(cleared, default=None),
    )  # fmt: skip


def _clears(line: Mention, each: Blocker) -> bool:
    later = line.session_date >= each.last.session_date
    return later and says_cleared(str(line.text)) and any(alike(line, told) for told in each.told)


def _notes(reader: PairReader, snapshot: Snapshot) -> tuple[SessionNote, ...]:
    days = {each.id: each.session_date for each in reader.documents() if each.kind in _SESSIONS}
    found = {name: day for name, day in days.items() if day <= snapshot.day}
    passages = [each for each in reader.all_passages() if not kept_back(each.held, opted_in=False)]
    promised = [each for each in snapshot.mentions if each.kind is MentionKind.COMMITMENT]
    return tuple(
        SessionNote(
            day, tuple(each.text for each in passages if each.document == name),
            tuple(each.text for each in promised if each.citation.document == name),
        )
        for name, day in sorted(found.items(), key=lambda one: (one[1], one[0]))
    )  # fmt: skip


def _signed_off(words: list[CriterionWord]) -> SignedOff:
    signed = [each for each in words if each.kind is WordKind.SIGN]
    texts = {(each.criterion, each.parts, each.kpi) for each in signed}
    waiting = [each.agreed_on for each in offered(words) if (each.criterion, each.parts, each.kpi) not in texts]
    return SignedOff(tuple(waiting), tuple(each.day for each in signed))
