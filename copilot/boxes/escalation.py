"""Box 6: what the pair can't clear itself, since when, and who would be told. The software tells nobody."""

from __future__ import annotations

from copilot.boxes.lines import (
    Line,
    action_slot,
    by_rule,
    day_slot,
    fact,
    from_programme,
    late_slot,
    needs,
    number_slot,
    of_kind,
    of_the_pair,
    open_ones,
    owner_slot,
    quote,
    sources_of,
    suggest,
)
from copilot.boxes.spoken import spoken
from copilot.mentions import Commitment, Mention, MentionKind
from copilot.snapshot import Snapshot
from guards.text import composed, house
from guards.tokens import day_text


def build(snapshot: Snapshot) -> list[Line]:
    """Blockers heard in the last two sessions and what the sponsor owes, with age; then who is told, and how."""
    recent = set(snapshot.met[-2:])
    blockers = [each for each in _blockers(snapshot) if each.session_date in recent]
    made = [_blocker(snapshot, each) for each in _distinct(blockers)[:2]]
    made += [_owed(snapshot, each) for each in _owed_outside(snapshot)[: 3 - len(made)]]
    return [*made, *_path(snapshot, anything=bool(made)), *_chemistry(snapshot)]


def _blockers(snapshot: Snapshot) -> list[Mention]:
    found = (spoken(snapshot, each) for each in of_kind(snapshot, MentionKind.BLOCKER))
    return [each for each in found if len(each.text.split()) > 1]


def _distinct(blockers: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for each in blockers:
        if not any(_alike(each, other) for other in kept):
            kept.append(each)
    return kept


def _alike(left: Mention, right: Mention) -> bool:
    one, two = ({word for word in str(each.text).lower().split() if len(word) > 3} for each in (left, right))
    return len(one & two) * 2 >= min(len(one), len(two))


def _blocker(snapshot: Snapshot, each: Mention) -> Line:
    same = [other for other in _blockers(snapshot) if _alike(each, other)]
    first = same[-1]
    since = first.session_date
    return fact(
        "Blocked: “{words}” In the notes since {since}, {age} days.", snapshot,
        [each.citation] if first is each else [each.citation, first.citation],
        words=quote(each.text, limit=110), since=day_slot(since.isoformat(), day_text(since)),
        age=number_slot((snapshot.day - since).days, "age", since.isoformat()),
    )  # fmt: skip


def _owed_outside(snapshot: Snapshot) -> list[Commitment]:
    """Open, owed by somebody outside the pair, and late or never dated; the sponsor's first."""
    found = [
        each
        for each in open_ones(snapshot)
        if not of_the_pair(snapshot, each) and (each.due is None or each.due < snapshot.day)
    ]
    return sorted(found, key=lambda each: each.owner != snapshot.pair.sponsor)


def _owed(snapshot: Snapshot, each: Commitment) -> Line:
    since = each.first_agreed.isoformat()
    return fact(
        "Waiting on {who}: {what} · {late} · agreed {first}, {age} days", snapshot, sources_of(each),
        who=owner_slot(snapshot, each), what=action_slot(each, limit=90), late=late_slot(snapshot, each),
        first=day_slot(since, day_text(each.first_agreed)),
        age=number_slot((snapshot.day - each.first_agreed).days, "age", since),
    )  # fmt: skip


def _path(snapshot: Snapshot, *, anything: bool) -> list[Line]:
    mentor = snapshot.people[snapshot.pair.mentor]
    if not anything:
        return [suggest(house("No blocker is noted. Ask: is anything waiting for somebody outside this room?"))]
    sponsor = snapshot.who(snapshot.pair.sponsor)
    if sponsor is None:
        return [
            needs(
                composed("[needs: a sponsor for this pair - ask the programme lead before {who} escalates]", who=mentor)
            )
        ]
    signed = {name for name, _ in snapshot.pair.signed}
    if "mentor_agreement" not in signed:
        return [needs(composed("[needs: the signed mentor agreement before anything goes to {who}]", who=sponsor))]
    told = by_rule(sponsor, "person", snapshot.pair.sponsor or "")
    lead = snapshot.who(snapshot.lead)
    if lead is None:
        path = from_programme("Who is told: {who}, the sponsor.", snapshot, who=told)
    else:
        path = from_programme("Who is told: {who}, the sponsor; without an answer, {lead} for the programme.",
                              snapshot, who=told, lead=by_rule(lead, "person", snapshot.lead or ""))  # fmt: skip
    return [path, suggest(composed("{who} decides whether, and sends it. Nothing is sent from here.", who=mentor))]


def _chemistry(snapshot: Snapshot) -> list[Line]:
    due = snapshot.pair.chemistry_due
    if due is None or snapshot.pair.chemistry_done is not None or due > snapshot.day:
        return []
    return [from_programme("The chemistry check was due {day} and is not on record.", snapshot,
                           day=day_slot(due.isoformat(), day_text(due)))]  # fmt: skip
