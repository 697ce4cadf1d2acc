"""Box 6: what the pair can't clear itself, since when, and who would be told. The software tells nobody."""

from __future__ import annotations

from copilot.boxes.lines import (
    Line,
    by_rule,
    day_slot,
    fact,
    from_programme,
    needs,
    number_slot,
    of_kind,
    quote,
    suggest,
)
from copilot.mentions import Mention, MentionKind
from copilot.snapshot import Snapshot
from guards.text import composed, house
from guards.tokens import day_text


def build(snapshot: Snapshot) -> list[Line]:
    """Blockers heard in the last two sessions, with age; then the path, or what keeps it shut."""
    recent = set(snapshot.met[-2:])
    blockers = [each for each in of_kind(snapshot, MentionKind.BLOCKER) if each.session_date in recent]
    made = [_blocker(snapshot, each) for each in _distinct(blockers)[:2]]
    return [*made, *_path(snapshot, any_blocker=bool(made)), *_chemistry(snapshot)]


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
    same = [other for other in of_kind(snapshot, MentionKind.BLOCKER) if _alike(each, other)]
    first = same[-1]
    since = first.session_date
    return fact(
        "Blocked: “{words}” First noted {since}, {age} days ago.", snapshot,
        [each.citation] if first is each else [each.citation, first.citation],
        words=quote(each.text, limit=110), since=day_slot(since.isoformat(), day_text(since)),
        age=number_slot((snapshot.day - since).days, "age", since.isoformat()),
    )  # fmt: skip


def _path(snapshot: Snapshot, *, any_blocker: bool) -> list[Line]:
    mentor = snapshot.people[snapshot.pair.mentor]
    if not any_blocker:
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
    path = from_programme("Who is told: {who}, the pair's sponsor.", snapshot,
                          who=by_rule(sponsor, "person", snapshot.pair.sponsor or ""))  # fmt: skip
    return [path, suggest(composed("{who} decides whether, and sends it; nothing is sent from here.", who=mentor))]


def _chemistry(snapshot: Snapshot) -> list[Line]:
    due = snapshot.pair.chemistry_due
    if due is None or snapshot.pair.chemistry_done is not None or due > snapshot.day:
        return []
    return [from_programme("The chemistry check was due {day} and is not on record.", snapshot,
                           day=day_slot(due.isoformat(), day_text(due)))]  # fmt: skip
