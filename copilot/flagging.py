"""Gathers, from a home, what flags are judged by: the programme's rows, and the dates of notes where they are open.

Takes dates out of notes and nothing else. Where notes are closed for now, the programme's rows alone are judged. Says
who may see a flag, too: what somebody may not see is to them as if nobody had judged it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from copilot.bootstrap import Copilot
from copilot.calendar import days_met
from copilot.finding import OWN, reviewers_of
from copilot.flags.flag import Flag, FlagKind
from copilot.flags.history import History, histories
from copilot.ledger import fold
from copilot.mentions import Commitment, CommitmentStatus, ReadBy
from copilot.note_words import NoteWords, note_words
from copilot.programme import CommitmentDates, Pair
from copilot.reviewing import grants_of
from guards.access import ALLOWED, AT_LARGE, ReadCommitments, ReviewFlags, Role, authorize
from guards.consent import Purpose
from guards.errors import NotPermitted

Seen = Callable[[str, FlagKind], bool]


def seen_by(copilot: Copilot, person: str | None) -> Seen:
    """Whether somebody may see flags of a kind on a pair, by the rule of the review queue (``ReviewFlags``).

    Nobody named is whoever owns the home. Of a pair of which somebody withdrew ``programme_review`` they let through
    only what is for the pair alone.

    Raises:
        NotFound: the programme has no such person.
        NotPermitted: they may review flags of no pair at all, whatever anybody consents to.
    """
    if person is None:
        withdrawn = {each.id for each in copilot.programme().pairs if _withdrawn(copilot, each)}
        return lambda pair, kind: pair not in withdrawn or kind in OWN
    principal = copilot.person(person)
    if not {*principal.roles.values(), *(principal.programme_roles & AT_LARGE)} & ALLOWED[ReviewFlags]:
        raise NotPermitted(f"ReviewFlags: {person} reviews the flags of no pair; see docs/permissions.md")
    roles = {grant.pair: grant.role for grant in grants_of(copilot, person)}
    return lambda pair, kind: pair in roles and roles[pair] in reviewers_of(kind)


def for_viewer(copilot: Copilot, person: str | None, found: Iterable[Flag]) -> list[Flag]:
    """The flags that somebody may see, for L&D without the words of a note.

    Raises:
        NotFound: the programme has no such person.
        NotPermitted: they may review flags of no pair at all.
    """
    seen = seen_by(copilot, person)
    mine = [each for each in found if seen(each.pair, each.kind)]
    if person is None or Role.LND not in copilot.person(person).programme_roles:
        return mine
    words = {pair: note_words(copilot, pair) for pair in {each.pair for each in mine}}
    return [_bare(each, words[each.pair]) for each in mine]


def _bare(flag: Flag, words: NoteWords) -> Flag:
    """Every text of a flag compared, and a remark in place of those that repeat a note."""

    def shown(text: str) -> str:
        return "[words of a note: the pair can show them]" if words.repeated_in(text) else text

    return replace(
        flag,
        evidence=tuple(replace(each, text=shown(each.text)) for each in flag.evidence),
        alternatives=tuple(replace(each, text=shown(each.text)) for each in flag.alternatives),
        clears_when=shown(flag.clears_when),
        next_step=shown(flag.next_step),
    )


def _withdrawn(copilot: Copilot, pair: Pair) -> bool:
    consents = copilot.consents
    return any(consents.withdrew(each, Purpose.PROGRAMME_REVIEW) for each in (pair.mentor, pair.mentee))


def known_histories(
    copilot: Copilot, *, as_of: date, remark: Callable[[str], None], seen: Callable[[str], bool] = lambda _: True
) -> tuple[History, ...]:
    """The histories that can be judged on a day, of the pairs that ``seen`` lets through; no other leaves a trace.

    A pair without a session row whose notes are closed is unknown.
    """
    programme = copilot.programme()
    programme = replace(programme, pairs=tuple(each for each in programme.pairs if seen(each.id)))
    met: dict[str, tuple[date, ...]] = {}
    work: dict[str, tuple[CommitmentDates, ...]] = {}
    unread = set[str]()
    for pair in programme.pairs:
        try:
            reader = copilot.record.ledger_reader(authorize(copilot.principal(pair.id), ReadCommitments, pair.id))
        except NotPermitted:
            unread.add(pair.id)
            continue
        mentions = [each for each in reader.mentions() if each.session_date <= as_of]
        told = [each for each in mentions if each.read_by is not ReadBy.IMPORT]
        met[pair.id] = days_met((), told)
        work[pair.id] = tuple(_dates(fold(told, reader.decisions(), reader.sessions(), as_of=as_of)))
    made = histories(programme, met=met, work=work)
    blind = {each.pair for each in made if each.pair in unread and not each.sessions}
    if blind:
        remark(f"not judged, as notes are closed and the calendar is empty: {', '.join(sorted(blind))}")
    return tuple(each for each in made if each.pair not in blind)


def _dates(commitments: Iterable[Commitment]) -> Iterable[CommitmentDates]:
    for each in commitments:
        if each.status in {CommitmentStatus.CANDIDATE, CommitmentStatus.DENIED}:
            continue
        made = CommitmentDates(each.pair, each.first_agreed, each.due, closed=each.closed)
        moves = tuple((each.first_agreed, to) for to in (*each.moves[1:], each.due) if each.moves)
        yield replace(made, moves=moves, ended=each.status is not CommitmentStatus.OPEN)
