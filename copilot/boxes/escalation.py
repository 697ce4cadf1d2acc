"""Box 6: what the pair can't clear itself, since when, and who would be told. The software tells nobody."""

from __future__ import annotations

import re
from typing import Final

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
from copilot.declared import owner_text
from copilot.mentions import Commitment, Mention, MentionKind
from copilot.snapshot import Snapshot
from guards.text import composed, house
from guards.tokens import day_text

_WORD: Final = re.compile(r"<[a-z]+_\d+>|[a-z]{4,}")
_LETTERS: Final = re.compile(r"(?<![<\w])[A-Z]{3,}(?:-\d+)?(?![\w>])")
"""An abbreviation or a ticket; never a placeholder's own letters."""


def build(snapshot: Snapshot) -> list[Line]:
    """Blockers heard in the last two sessions and what others owe, with age; then who is told, and how."""
    recent = set(snapshot.met[-2:])
    blockers = _distinct([each for each in blockers_of(snapshot) if each.session_date in recent])[:2]
    owed = [each for each in owed_outside(snapshot) if not any(_covers(snapshot, one, each) for one in blockers)]
    made = [_blocker(snapshot, each) for each in blockers]
    made += [owed_line(snapshot, each) for each in owed[: 3 - len(made)]]
    sponsors = bool(blockers) or any(each.owner == snapshot.pair.sponsor for each in owed)
    return [*made, *_path(snapshot, others=bool(owed), anything=sponsors), *_chemistry(snapshot)]


def blockers_of(snapshot: Snapshot) -> list[Mention]:
    """What the notes call a blocker, the latest first."""
    found = (spoken(snapshot, each) for each in of_kind(snapshot, MentionKind.BLOCKER))
    return [each for each in found if len(each.text.split()) > 1]


def _distinct(blockers: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for each in blockers:
        if not any(alike(each, other) for other in kept):
            kept.append(each)
    return kept


def alike(left: Mention, right: Mention) -> bool:
    """Whether two wordings share half of the shorter one's words, or name the same thing by its letters and the same
    person: "DPIA not signed (X)", "DPIA still with X".
    """
    one, two = _words(left.text), _words(right.text)
    if len(one & two) * 2 >= min(len(one), len(two)):
        return True
    named = set(_LETTERS.findall(left.text)) & set(_LETTERS.findall(right.text))
    return bool(named) and any(word.startswith("<") for word in one & two)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _covers(snapshot: Snapshot, blocker: Mention, each: Commitment) -> bool:
    """Whether a blocker names who owes a commitment and something of what is owed."""
    who = owner_text(snapshot, each)
    return who is not None and who in blocker.text and bool(_words(blocker.text) & _words(each.action) - {who.lower()})


def _blocker(snapshot: Snapshot, each: Mention) -> Line:
    same = [(other.session_date, other.citation) for other in blockers_of(snapshot) if alike(each, other)]
    same += [(one.first_agreed, one.citations[0]) for one in owed_outside(snapshot)
             if one.citations and _covers(snapshot, each, one)]  # fmt: skip
    since, place = min(same, key=lambda found: found[0])
    return fact(
        "Blocked: “{words}” In the notes since {since}, {age} days.", snapshot,
        [each.citation] if place == each.citation else [each.citation, place],
        words=quote(each.text, limit=110), since=day_slot(since.isoformat(), day_text(since)),
        age=number_slot((snapshot.day - since).days, "age", since.isoformat()),
    )  # fmt: skip


def owed_outside(snapshot: Snapshot) -> list[Commitment]:
    """Open, owed by somebody outside the pair, and late or never dated; the sponsor's first."""
    found = [
        each
        for each in open_ones(snapshot)
        if not of_the_pair(snapshot, each) and (each.due is None or each.due < snapshot.day)
    ]
    return sorted(found, key=lambda each: each.owner != snapshot.pair.sponsor)


def owed_line(snapshot: Snapshot, each: Commitment) -> Line:
    """Who is waited for, for what, and since when."""
    since = each.first_agreed.isoformat()
    return fact(
        "Waiting on {who}: {what} · {late} · agreed {first}, {age} days", snapshot, sources_of(each),
        who=owner_slot(snapshot, each), what=action_slot(each, limit=90), late=late_slot(snapshot, each),
        first=day_slot(since, day_text(each.first_agreed)),
        age=number_slot((snapshot.day - each.first_agreed).days, "age", since),
    )  # fmt: skip


def _path(snapshot: Snapshot, *, others: bool, anything: bool) -> list[Line]:
    mentor = snapshot.people[snapshot.pair.mentor]
    if others and not anything:
        return [suggest(house("Nothing here is the sponsor's yet: who asks again, and by when?"))]
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
