"""The ledger: a pure fold of mentions and people's decisions into commitments, as of a day.

A function of sets: order, duplicates and the moment of ingest make no difference. Refuses to lose an open item: one
leaves only because a note says unambiguously that it is done or dropped, or because a person said so. What is said
again after it was closed comes back as a candidate with a question, never as open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from copilot.ledger_learnt import look, takes_on
from copilot.ledger_links import attach, question_of, takes_over
from copilot.ledger_states import State, state_of
from copilot.ledger_threads import AT_ONCE, Thread, place, take
from copilot.mentions import Commitment, Decision, DecisionKind, Mention, MentionKind
from copilot.programme import SessionRecord, SessionStatus

_PROMISES = frozenset({MentionKind.COMMITMENT, MentionKind.CANDIDATE})
_RANK = {
    MentionKind.COMMITMENT: 0,
    MentionKind.CANDIDATE: 0,
    MentionKind.MOVED: 1,
    MentionKind.DONE: 2,
    MentionKind.DROPPED: 2,
    MentionKind.STILL_OPEN: 3,
    MentionKind.UNCLEAR: 3,
    MentionKind.TOLD: 4,
    MentionKind.REMARK: 5,
}
_FATES = frozenset(_RANK) - _PROMISES - {MentionKind.REMARK}


def fold(
    mentions: Iterable[Mention], decisions: Iterable[Decision], sessions: Iterable[SessionRecord], *, as_of: date
) -> tuple[Commitment, ...]:
    """Every commitment of the pair as it stands on ``as_of``, oldest first; denied ones included, marked so.

    A denial counts on every day, also one before it was made: what was never agreed is shown to nobody.
    """
    told = {each.id: each for each in sorted(mentions, key=_order, reverse=True)}
    known = sorted((each for each in told.values() if each.session_date <= as_of), key=_order)
    said = sorted({each.id: each for each in decisions}.values(), key=lambda each: (each.at, each.id))
    threads = _threads(known, said, told, as_of)
    held = sorted({each.day for each in sessions if each.status is SessionStatus.HELD and each.day <= as_of})
    return tuple(sorted((_commitment(each, held, as_of) for each in threads), key=lambda c: (c.first_agreed, c.id)))


def orphans(mentions: Iterable[Mention], decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Decisions about mentions that no current document holds any more: kept, and to be shown."""
    known = {each.id for each in mentions}
    return tuple(
        sorted((each for each in decisions if each.commitment not in known), key=lambda each: (each.at, each.id))
    )


def left_notes(
    mentions: Iterable[Mention], superseded: Iterable[Mention], decisions: Iterable[Decision], *, as_of: date
) -> tuple[date, ...]:
    """The session days of promises that ran when their note was changed, and that no note repeats now; oldest first.

    Days alone: a line may have been struck so that nobody reads it again.
    """
    current = tuple(mentions)
    known = {each.id for each in current}
    # A line of the older version is another place: the changed line in its stead may say the same again.
    before = [replace(each, citation=replace(each.citation, document=f"before:{each.id}")) for each in superseded]
    whole = fold((*current, *before), decisions, (), as_of=as_of)
    return tuple(each.first_agreed for each in whole if is_open(each) and not known & {each.id, *each.aliases})


def is_open(commitment: Commitment) -> bool:
    """Whether it is still owed or waits to be confirmed."""
    return state_of(commitment.status).running


def at_once(commitment: Commitment) -> bool:
    """Whether two people spoke on it without knowing of each other, and nobody has since."""
    return commitment.question == AT_ONCE


def carried(commitments: Iterable[Commitment], *, before: date) -> tuple[Commitment, ...]:
    """Open commitments first agreed before a day: what a session on that day carries over."""
    return tuple(each for each in commitments if is_open(each) and each.first_agreed < before)


def _order(mention: Mention) -> tuple[date, int, str, int, str, str]:
    """By session, template and notes before what they say became of things, then by place, then by id."""
    where = mention.citation
    return mention.session_date, _RANK.get(mention.kind, 0), where.document, where.first, mention.id, mention.text


def _threads(
    known: Sequence[Mention], decisions: Sequence[Decision], told: dict[str, Mention], as_of: date
) -> list[Thread]:
    """Replay sessions in order; a person's word takes effect on its day, never before what it speaks of was said."""
    threads: list[Thread] = []
    waiting = [(_effective(each, told), each) for each in decisions if each.commitment in told]
    waiting = [(day, each) for day, each in waiting if day <= as_of or each.kind is DecisionKind.DENY]
    days = sorted({each.session_date for each in known} | {day for day, _ in waiting})
    for day in days:
        today = [each for each in known if each.session_date == day]
        ended = {_place(each) for each in today if each.kind is MentionKind.DONE}
        for mention in today:
            if mention.kind in _PROMISES and not (takes_over(mention, threads) or takes_on(mention, threads)):
                place(mention, threads, ended=_place(mention) in ended)
        for mention in today:
            if mention.kind in _FATES:
                attach(mention, threads)
        look(today, threads)
        for _, decision in (each for each in waiting if each[0] == day):
            _decide(decision, threads)
    return threads


def _effective(decision: Decision, told: dict[str, Mention]) -> date:
    return max(decision.day, told[decision.commitment].session_date)


def _place(mention: Mention) -> tuple[str, int, str]:
    return mention.citation.document, mention.citation.first, mention.text


def _decide(decision: Decision, threads: Iterable[Thread]) -> None:
    thread = next((each for each in threads if decision.commitment in each.ids), None)
    if thread is not None:
        take(decision, thread)


def _commitment(thread: Thread, held: Sequence[date], as_of: date) -> Commitment:
    first = thread.mentions[0]
    until = thread.closed or as_of
    outlived = [day for day in held if first.session_date < day and (thread.open() or day < until)]
    return Commitment(
        id=first.id,
        pair=first.pair,
        action=first.text,
        status=thread.state.status,
        first_agreed=first.session_date,
        owner=thread.owner,
        owner_text=thread.owner_text,
        due=thread.due,
        due_text=thread.due_text,
        ticket=thread.ticket,
        age_days=(as_of - first.session_date).days,
        times_carried=len(outlived),
        moves=tuple(thread.moves),
        closed=thread.closed,
        reason=thread.reason,
        confirmed=thread.confirmed,
        shared=thread.shared and thread.state is not State.DENIED,
        question=question_of(thread),
        read_by=first.read_by,
        aliases=tuple(sorted(thread.ids - {first.id})),
        citations=tuple(dict.fromkeys(each.citation for each in (*thread.mentions, *thread.fates))),
        unsettled=thread.asked(),
        history=tuple(thread.history),
    )
