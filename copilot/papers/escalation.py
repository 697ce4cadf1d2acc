"""The escalation draft: what is blocked, since when, and to whom the mentor agreement lets the coach take it.

Refuses where the coach charter gives no authority to escalate or the papers are not signed. The pair reads it and
sends it; nothing is sent from here.
"""

from __future__ import annotations

from copilot.boxes.decision import at_hand
from copilot.boxes.escalation import owed_line, owed_outside
from copilot.boxes.lines import Line, by_rule, day_slot, fact, from_programme, needs, quote, suggest
from copilot.papers.blockers import Blocker, blocker_line, register, still_heard
from copilot.papers.paper import Paper, PaperKind, assembled
from copilot.programme import Pair
from copilot.snapshot import Snapshot
from guards.errors import NotPermitted
from guards.text import composed, house
from guards.tokens import day_text, number_text


def build(snapshot: Snapshot) -> Paper:
    """What is old enough to be taken to the sponsor, what it holds up, and what is not said yet.

    Raises:
        NotPermitted: no charter or agreement is signed, or the charter gives no authority to escalate.
    """
    check_authority(snapshot.pair)
    rules = snapshot.pair.escalation
    after = rules.after_days if rules is not None else 0
    found = [each for each in register(snapshot) if still_heard(snapshot, each)]
    due = [each for each in found if each.age_days(snapshot.day) >= after]
    early = [each for each in found if each not in due]
    owed = [owed_line(snapshot, each) for each in owed_outside(snapshot) if each.owner == snapshot.pair.sponsor]
    sections = [
        ("To whom, and how", _path(snapshot)),
        ("What is blocked", [line for each in due for line in _blocked(snapshot, each)]),
        ("What is owed by them", owed),
        ("What it holds up", _holds_up(snapshot) if due or owed else []),
        ("What is asked", _ask(snapshot) if due or owed else []),
        ("Not yet, by the agreement", [blocker_line(snapshot, each) for each in early]),
    ]
    if not due and not owed:
        sections.insert(1, ("What is blocked", [suggest(house("Nothing is old enough to escalate by the agreement."))]))
    return assembled(snapshot, PaperKind.ESCALATION, "Escalation draft, for the pair to agree and send", sections)


def check_authority(pair: Pair) -> None:
    """Refuse where nothing on file lets this coach escalate.

    Raises:
        NotPermitted: says which paper or which line of the programme file is missing.
    """
    signed = {name for name, _ in pair.signed}
    for paper in ("coach_charter", "mentor_agreement"):
        if paper not in signed:
            raise NotPermitted(f"pair {pair.id}: no {paper} is signed, so no escalation is drafted; see pairs[].signed")
    if pair.escalation is None or not pair.escalation.authority:
        raise NotPermitted(
            f"pair {pair.id}: the coach charter on file gives no authority to escalate, so no escalation is drafted;"
            " once it does, say so in programme.yaml: pairs[].escalation.authority: true"
        )


def _path(snapshot: Snapshot) -> list[Line]:
    rules = snapshot.pair.escalation
    to = (rules.to if rules is not None else None) or snapshot.pair.sponsor
    who = snapshot.who(to)
    if rules is None or to is None or who is None:
        return [needs(house("[needs: whom the agreement names - pairs[].escalation.to or pairs[].sponsor]"))]
    told = by_rule(who, "person", to)
    made = [
        from_programme("To {who}, after {n} days by the mentor agreement.", snapshot, who=told,
                       n=by_rule(number_text(rules.after_days), "escalation_days"))
    ]  # fmt: skip
    if snapshot.escalation_how is not None:
        how = by_rule(snapshot.escalation_how, "escalation_how")
        made.append(from_programme("How: {how}.", snapshot, how=how))
    else:
        made.append(needs(house("[needs: how the agreement says it is done - pairs[].escalation.how]")))
    then = snapshot.who(rules.then) if rules.then else None
    if then is not None and rules.then:
        made.append(from_programme("Without an answer: {who}.", snapshot, who=by_rule(then, "person", rules.then)))
    return made


def _blocked(snapshot: Snapshot, each: Blocker) -> list[Line]:
    made = [blocker_line(snapshot, each)]
    if not each.flagged:
        made.append(suggest(house("Said in a session, not written as an escalation: agree the wording first.")))
    return made


def _holds_up(snapshot: Snapshot) -> list[Line]:
    mention = at_hand(snapshot)
    made: list[Line] = []
    if mention is not None:
        day = day_slot(mention.session_date.isoformat(), day_text(mention.session_date))
        made.append(fact("The decision of {day}: “{words}”", snapshot, [mention.citation], day=day,
                         words=quote(mention.text, limit=160)))  # fmt: skip
    if snapshot.kpi is not None:
        made.append(from_programme("The KPI: {name}.", snapshot, name=by_rule(snapshot.kpi.name, "kpi", "name")))
    return made


def _ask(snapshot: Snapshot) -> list[Line]:
    mentee, mentor = snapshot.people[snapshot.pair.mentee], snapshot.people[snapshot.pair.mentor]
    return [
        needs(composed("[needs: what they are asked to do, and by when - ask {who}]", who=mentee)),
        needs(composed("[needs: what was tried already - ask {who}]", who=mentor)),
        needs(composed("[needs: what happens if nothing is done, in days or in the KPI - ask {who}]", who=mentee)),
    ]
