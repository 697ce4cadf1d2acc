"""Box 1: what moved since the last session, the metric, and anything that changes the day itself."""

from __future__ import annotations

from typing import Final

from copilot.boxes.lines import (
    Line,
    action_slot,
    by_rule,
    day_slot,
    due_slot,
    fact,
    from_programme,
    needs,
    number_slot,
    of_kind,
    open_ones,
    owner_slot,
    quote,
    sources_of,
    suggest,
)
from copilot.boxes.spoken import bare_action, cut
from copilot.ledger_views import OWNER_LEFT
from copilot.mentions import Commitment, CommitmentStatus, MentionKind, Unsettled
from copilot.programme import SessionStatus
from copilot.snapshot import Snapshot, first_day_back
from guards.text import composed, house
from guards.tokens import day_text, number_text

_SETTLED: Final = 2
"""How many lines to settle the page has room for; `coach commitments` shows them all."""


def build(snapshot: Snapshot) -> list[Line]:
    """The lines of the box, most urgent first."""
    return [
        *_away(snapshot), *_gap(snapshot), *_moved(snapshot), *_to_settle(snapshot), *_left(snapshot),
        *_metric(snapshot), *_week(snapshot),
    ]  # fmt: skip


def _away(snapshot: Snapshot) -> list[Line]:
    made: list[Line] = []
    for away in snapshot.away:
        who, back = snapshot.people[away.person], first_day_back(away)
        made.append(
            from_programme(
                "{who} is away on this day, until {until}.", snapshot,
                who=by_rule(who, "person", away.person),
                until=by_rule(day_text(away.until), "away_until", away.person),
            )
        )  # fmt: skip
        if away.person == snapshot.pair.mentor:
            made.append(suggest(composed(
                "Move the session to {back} or later, or agree who holds it. What is open stays open until then.",
                back=day_text(back),
            )))  # fmt: skip
    return made


def _gap(snapshot: Snapshot) -> list[Line]:
    since = snapshot.last
    lost = [
        each
        for each in snapshot.sessions
        if each.status is not SessionStatus.HELD and (since is None or each.day > since)
    ]
    if not lost or since is None:
        return []
    ids = [each.day.isoformat() for each in lost]
    return [
        from_programme(
            "Last met {day}; {n} planned since and not held, the latest {last}.", snapshot,
            day=day_slot(since.isoformat(), day_text(since)), n=number_slot(len(ids), "count", *ids),
            last=day_slot(ids[-1], day_text(lost[-1].day)),
        ),
        suggest(house("Start with what got in the way, as facts, and whether this cadence still fits.")),
    ]  # fmt: skip


def _moved(snapshot: Snapshot) -> list[Line]:
    """The count of what changed in the last note, then what was done and moved, by name."""
    if snapshot.last is None:
        return []
    open_now = open_ones(snapshot)
    done = [each for each in snapshot.commitments if _closed_lately(snapshot, each)]
    moved = [each for each in open_now if each.moves and _touched(snapshot, each)]
    new = [each for each in open_now if each.first_agreed == snapshot.last]
    made = [_count(snapshot, done, moved, new)] if done or moved or new else []
    made += [
        fact("Done: {who}: {what}", snapshot, sources_of(each), who=owner_slot(snapshot, each),
             what=action_slot(each, limit=80))
        for each in done[:2]
    ]  # fmt: skip
    made += [
        fact(
            "Moved to {due}: {who}: {what}", snapshot, sources_of(each), due=due_slot(snapshot, each),
            who=owner_slot(snapshot, each), what=action_slot(each, limit=80),
        )
        for each in moved[:2]
    ]  # fmt: skip
    return made


def _count(snapshot: Snapshot, done: list[Commitment], moved: list[Commitment], new: list[Commitment]) -> Line:
    last = snapshot.last or snapshot.day
    ids = [tuple(each.id for each in group) for group in (done, moved, new, open_ones(snapshot))]
    cited = [each.citations[-1] for each in (*done, *moved, *new) if each.citations]
    return fact(
        "In the note of {day}: {done} done, {moved} moved, {new} new; {open} open now.", snapshot, cited[:3],
        day=day_slot(last.isoformat(), day_text(last)),
        **{name: number_slot(len(each), "count", *each)
           for name, each in zip(("done", "moved", "new", "open"), ids, strict=True)},
    )  # fmt: skip


def _touched(snapshot: Snapshot, each: Commitment) -> bool:
    """Whether the last note speaks of it."""
    latest = {one.citation.document for one in snapshot.mentions if one.session_date == snapshot.last}
    return any(citation.document in latest for citation in each.citations)


def _closed_lately(snapshot: Snapshot, each: Commitment) -> bool:
    """Closed in the last session's note or since: closed on or after the last session."""
    last = snapshot.last
    return each.status is CommitmentStatus.DONE and each.closed is not None and last is not None and each.closed >= last


def _to_settle(snapshot: Snapshot) -> list[Line]:
    """Lines of later notes that may mean an open commitment, each with those it may mean; the latest first."""
    by_id = {each.id: each for each in snapshot.commitments}
    lines = {(one.citation, one.text): one for each in snapshot.commitments for one in each.unsettled}
    latest = sorted(lines.values(), key=lambda one: (one.day, one.citation.first, one.text), reverse=True)
    return [
        _settle(snapshot, one, [by_id[known] for known in one.among if known in by_id]) for one in latest[:_SETTLED]
    ]


def _settle(snapshot: Snapshot, one: Unsettled, meant: list[Commitment]) -> Line:
    cited = [one.citation, *(each.citations[0] for each in meant if each.citations)]
    day, line = day_slot(one.day.isoformat(), day_text(one.day)), quote(one.text, limit=80)
    first = action_slot(meant[0], limit=60)
    if len(meant) == 1:
        return fact("To confirm: note of {day}: “{line}”: is it “{first}”?", snapshot, cited,
                    day=day, line=line, first=first)  # fmt: skip
    more, ids = action_slot(meant[1], limit=60), [each.id for each in meant]
    if len(meant) == 2:
        return fact("To confirm: note of {day}: “{line}”: is it “{first}” or “{more}”?", snapshot, cited,
                    day=day, line=line, first=first, more=more)  # fmt: skip
    return fact("To confirm: note of {day}: “{line}”: is it “{first}”, “{more}” or another of {n}?", snapshot, cited,
                day=day, line=line, first=first, more=more, n=number_slot(len(ids), "count", *ids))  # fmt: skip


def _left(snapshot: Snapshot) -> list[Line]:
    """Open items whose owner is no longer with the pair: nothing goes, and somebody is asked who takes it."""
    mentee = snapshot.people[snapshot.pair.mentee]
    gone = [each for each in snapshot.commitments if each.question == OWNER_LEFT]
    return [
        needs(composed("[needs: who takes “{what}”, its owner left the pair - ask {who}]",
                       what=cut(bare_action(each), limit=60), who=mentee))
        for each in gone[:_SETTLED]
    ]  # fmt: skip


def _metric(snapshot: Snapshot) -> list[Line]:
    made: list[Line] = []
    kpi = snapshot.kpi
    if kpi is not None and kpi.kpi.baseline is not None and kpi.kpi.target is not None:
        made.append(
            from_programme(
                "{name}: baseline {baseline}, target {target} ({unit}).", snapshot,
                name=by_rule(kpi.name, "kpi", "name"), unit=by_rule(kpi.unit, "kpi", "unit"),
                baseline=by_rule(number_text(kpi.kpi.baseline), "kpi", "baseline"),
                target=by_rule(number_text(kpi.kpi.target), "kpi", "target"),
            )
        )  # fmt: skip
    heard = of_kind(snapshot, MentionKind.METRIC)
    latest = [each for each in heard if each.session_date == heard[0].session_date]
    made += [
        fact(
            "Heard {day}: “{words}”", snapshot, [each.citation],
            day=day_slot(each.session_date.isoformat(), day_text(each.session_date)), words=quote(each.text, limit=110),
        )
        for each in latest[:2]
    ]  # fmt: skip
    if kpi is not None and not _read(snapshot, str(kpi.name)):
        owner = snapshot.people[kpi.kpi.owner]
        made.append(needs(composed("[needs: today's value of {name} - ask {owner}]", name=kpi.name, owner=owner)))
    return made


def _read(snapshot: Snapshot, name: str) -> bool:
    """Whether a metric line of the notes speaks of the KPI by most of its name."""
    wanted = {word for word in name.lower().split() if len(word) > 3}
    lines = [each.text.lower() for each in of_kind(snapshot, MentionKind.METRIC)]
    return any(wanted and sum(word in line for word in wanted) * 2 > len(wanted) for line in lines)


def _week(snapshot: Snapshot) -> list[Line]:
    ask = snapshot.corpus.week_ask(snapshot.week)
    if ask is None:
        return []
    return [suggest(composed("Week {week} of {weeks}, {name}: {ask}", week=snapshot.week, weeks=snapshot.weeks,
                             name=ask.name, ask=ask.ask))]  # fmt: skip
