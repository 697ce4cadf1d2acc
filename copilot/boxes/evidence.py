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
    open_ones,
    owner_slot,
    quote,
    sources_of,
    suggest,
)
from copilot.mentions import MentionKind
from copilot.snapshot import Snapshot
from guards.text import composed, house
from guards.tokens import day_text

_SENSITIVE: Final = re.compile(
    r"\b(claims?|transcripts?|chats?|customers?|patients?|records?|cases?|files?|logs?)\b", re.IGNORECASE
)


def build(snapshot: Snapshot) -> list[Line]:
    """The latest artifacts, the output that is due, and how to look at it."""
    artifacts = of_kind(snapshot, MentionKind.ARTIFACT)
    latest = [each for each in artifacts if each.session_date == artifacts[0].session_date]
    made = [
        fact(
            "Look at “{words}” (on the table {day})", snapshot, [each.citation], words=quote(each.text, limit=120),
            day=day_slot(each.session_date.isoformat(), day_text(each.session_date)),
        )
        for each in latest[:2]
    ]  # fmt: skip
    due = [each for each in open_ones(snapshot) if each.due is not None and each.due <= snapshot.day]
    made += [
        fact(
            "Due by now, ask to see it: {who}: {what} (due {due})", snapshot, sources_of(each),
            who=owner_slot(snapshot, each), what=action_slot(each, limit=70), due=due_slot(snapshot, each),
        )
        for each in due[: 1 if made else 3]
    ]  # fmt: skip
    if not made:
        made.append(
            needs(composed("[needs: one artifact to look at - ask {who}]", who=snapshot.people[snapshot.pair.mentee]))
        )
    if any(_SENSITIVE.search(line.text) for line in made):
        made.append(suggest(house("Real records only with names and ids taken out; five cases are enough.")))
    ask = snapshot.corpus.stage_ask(snapshot.pair.stage)
    if ask is not None and not latest:
        made.append(suggest(composed("Stage {name}: {ask}", name=ask.name, ask=ask.ask)))
    return made
