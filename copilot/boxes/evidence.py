"""Box 2: the thing itself to look at, rather than talk about it."""

from __future__ import annotations

import re
from typing import Final

from copilot.boxes.lines import (
    Line,
    action_slot,
    day_slot,
    due_slot,
    fact,
    needs,
    of_kind,
    of_the_pair,
    open_ones,
    owner_slot,
    quote,
    sources_of,
    suggest,
)
from copilot.boxes.spoken import first_sentence, is_status, spoken
from copilot.mentions import MentionKind
from copilot.snapshot import Snapshot
from guards.text import composed, house
from guards.tokens import day_text

_SENSITIVE: Final = re.compile(
    r"\b(claims?|transcripts?|chats?|customers?|patients?|records?|cases?|files?|logs?)\b", re.IGNORECASE
)


def build(snapshot: Snapshot) -> list[Line]:
    """What was on the table last, what the pair itself owes by now, and how to look at it."""
    shown = _artifacts(snapshot)
    made = [*shown, *_due(snapshot, at_most=1 if shown else 2)]
    if not made:
        made.append(
            needs(composed("[needs: one artifact to look at - ask {who}]", who=snapshot.people[snapshot.pair.mentee]))
        )
    if any(_SENSITIVE.search(line.text) for line in made):
        made.append(suggest(house("Real records only with names and ids taken out; five cases are enough.")))
    ask = snapshot.corpus.stage_ask(snapshot.pair.stage)
    if ask is not None and not shown:
        made.append(suggest(composed("Stage {name}: {ask}", name=ask.name, ask=ask.ask)))
    return made


def _artifacts(snapshot: Snapshot) -> list[Line]:
    found = [spoken(snapshot, each) for each in of_kind(snapshot, MentionKind.ARTIFACT)]
    artifacts = [each for each in found if each.text]
    latest = [each for each in artifacts if each.session_date == artifacts[0].session_date]
    return [
        fact(
            "Look at “{words}” (on the table {day})", snapshot, [each.citation],
            words=quote(first_sentence(each.text), limit=110),
            day=day_slot(each.session_date.isoformat(), day_text(each.session_date)),
        )
        for each in latest[:2]
    ]  # fmt: skip


def _due(snapshot: Snapshot, *, at_most: int) -> list[Line]:
    due = [
        each
        for each in open_ones(snapshot)
        if each.due is not None and each.due <= snapshot.day and (each.owner or each.owner_text)
        and of_the_pair(snapshot, each) and not is_status(each.action)
    ]  # fmt: skip
    latest = sorted(due, key=lambda each: (each.due or snapshot.day, each.id), reverse=True)
    return [
        fact(
            "Due by now, ask to see it: {who}: {what} (due {due})", snapshot, sources_of(each),
            who=owner_slot(snapshot, each), what=action_slot(each, limit=80), due=due_slot(snapshot, each),
        )
        for each in latest[:at_most]
    ]  # fmt: skip
