"""The sanitised evidence pack for a review board: decision, options, evidence, criterion, owner; nobody's name.

Names are never put back in it: people read as their role, customers and code names as what they are.
"""

from __future__ import annotations

import re
from typing import Final

from copilot.boxes.decision import at_hand
from copilot.boxes.escalation import blockers_of
from copilot.boxes.lines import Line, by_rule, day_slot, fact, from_programme, needs, of_kind, quote
from copilot.boxes.spoken import first_sentence, spoken
from copilot.criteria import draft_criteria
from copilot.declared import rules_of
from copilot.drafts import ItemKind
from copilot.mentions import Mention, MentionKind
from copilot.papers.paper import Paper, PaperKind, assembled
from copilot.snapshot import Snapshot
from guards.text import composed, house
from guards.tokens import day_text

_OPTION: Final = re.compile(r"\bOption\s+(?:[A-H]|\d)\b[:.)]?\s*[^;.!?\n]*(?:\.\d[^;.!?\n]*)*", re.IGNORECASE)


def build(snapshot: Snapshot) -> Paper:
    """What a board needs to decide, each line cited, and what is missing as questions."""
    mention = at_hand(snapshot)
    sections = [
        ("Decision", _decision(snapshot, mention)),
        ("Options", _options(snapshot, mention)),
        ("Evidence", _evidence(snapshot)),
        ("Acceptance criterion", _criterion(snapshot)),
        ("Owner", _owner(snapshot)),
        ("Open risks", [_quoted(snapshot, each) for each in _latest(snapshot, blockers_of(snapshot))]),
    ]
    return assembled(snapshot, PaperKind.EVIDENCE, "Evidence pack, names masked", sections, named=False)


def _decision(snapshot: Snapshot, mention: Mention | None) -> list[Line]:
    if mention is None:
        return [needs(house("[needs: the decision that the board is asked for]"))]
    return [_quoted(snapshot, mention)]


def _quoted(snapshot: Snapshot, each: Mention) -> Line:
    day = day_slot(each.session_date.isoformat(), day_text(each.session_date))
    return fact("“{words}” ({day})", snapshot, [each.citation], words=quote(each.text, limit=240), day=day)


def _options(snapshot: Snapshot, mention: Mention | None) -> list[Line]:
    if mention is None:
        return [needs(house("[needs: at least two options, and what each costs]"))]
    found = [mention.text[each.start() : each.end()].trimmed(" .;,") for each in _OPTION.finditer(mention.text)]
    if len(found) < 2:
        return [needs(house("[needs: at least two options, and what each costs]"))]
    return [fact("“{words}”", snapshot, [mention.citation], words=quote(each)) for each in found]


def _evidence(snapshot: Snapshot) -> list[Line]:
    found = of_kind(snapshot, MentionKind.ARTIFACT, MentionKind.METRIC)
    latest = [spoken(snapshot, each) for each in found if each.session_date in set(snapshot.met[-3:])]
    made: list[Line] = []
    for each in (one for one in latest if one.text):
        day = day_slot(each.session_date.isoformat(), day_text(each.session_date))
        made.append(fact("“{words}” ({day})", snapshot, [each.citation], day=day,
                         words=quote(first_sentence(each.text), limit=180)))  # fmt: skip
    return made[:8] or [needs(house("[needs: one artifact or measurement that was looked at]"))]


def _criterion(snapshot: Snapshot) -> list[Line]:
    """The draft criterion as a proposal: its parts were checked one by one, and the pair has yet to agree them."""
    made: list[Line] = []
    criteria, _ = draft_criteria(snapshot, rules=rules_of(snapshot))
    for each in criteria:
        parts = [composed("Given {text}", text=each.given) if each.given else None,
                 composed("When {text}", text=each.when) if each.when else None,
                 composed("Then {text}", text=each.then) if each.then else None]  # fmt: skip
        made += [Line(text, ItemKind.SUGGESTION, citations=each.citations) for text in parts if text is not None]
        made += [needs(ask) for ask in each.needs]
    return made or [needs(house("[needs: an acceptance criterion with measure, threshold, source, date and verifier]"))]


def _owner(snapshot: Snapshot) -> list[Line]:
    mentee = by_rule(snapshot.people[snapshot.pair.mentee], "person", snapshot.pair.mentee)
    made = [from_programme("{who} owns the milestone.", snapshot, who=mentee)]
    if snapshot.kpi is not None and snapshot.who(snapshot.kpi.kpi.owner) is not None:
        owner = by_rule(snapshot.who(snapshot.kpi.kpi.owner), "kpi", "owner")
        name = by_rule(snapshot.kpi.name, "kpi", "name")
        made.append(from_programme("{who} owns the KPI: {name}.", snapshot, who=owner, name=name))
    return made


def _latest(snapshot: Snapshot, found: list[Mention]) -> list[Mention]:
    return [each for each in found if each.session_date in set(snapshot.met[-2:])][:4]
