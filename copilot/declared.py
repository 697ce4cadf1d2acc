"""The declared rules: how a draft may come by a value that does not stand in a note literally.

Each rule takes plain inputs and is run again by the grounding check, so a value can't drift from its rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from copilot.due_dates import find_due
from copilot.mentions import Commitment
from copilot.snapshot import Snapshot
from guards.facts import facts_of, same_day
from guards.grounding import Rule
from guards.text import RedactedText, composed, house
from guards.tokens import day_text, number_text, ticket_text


def rules_of(snapshot: Snapshot) -> Mapping[str, Rule]:
    """The rules by name, bound to one snapshot."""
    return {**_ledger_rules(snapshot), **_calendar_rules(snapshot), **_programme_rules(snapshot)}


def _ledger_rules(snapshot: Snapshot) -> dict[str, Rule]:
    ledger = {each.id: each for each in snapshot.commitments}

    def owner(commitment: str) -> RedactedText | None:
        return owner_text(snapshot, ledger[commitment])

    def due(commitment: str) -> RedactedText | None:
        day = ledger[commitment].due
        return day_text(day) if day and resolves(snapshot, ledger[commitment]) else None

    def late(commitment: str) -> RedactedText | None:
        day = ledger[commitment].due
        return due_phrase(day, snapshot.day) if day and resolves(snapshot, ledger[commitment]) else None

    def ticket(commitment: str) -> RedactedText | None:
        return ticket_text(ledger[commitment].ticket or "")

    def history(commitment: str) -> RedactedText:
        return history_phrase(ledger[commitment])

    def carried(commitment: str) -> RedactedText:
        return number_text(ledger[commitment].times_carried)

    return {"owner": owner, "due": due, "late": late, "ticket": ticket, "carried": carried, "history": history}


def _calendar_rules(snapshot: Snapshot) -> dict[str, Rule]:
    def age(since: str) -> RedactedText:
        return number_text((snapshot.day - date.fromisoformat(since)).days)

    def session_day(iso: str) -> RedactedText:
        return day_text(date.fromisoformat(iso))

    def count(*ids: str) -> RedactedText:
        return number_text(len(ids))

    return {"age": age, "session_day": session_day, "count": count}


def _programme_rules(snapshot: Snapshot) -> dict[str, Rule]:
    def kpi(part: str) -> RedactedText | None:
        return kpi_value(snapshot, part)

    def away_until(person: str) -> RedactedText | None:
        return next((day_text(each.until) for each in snapshot.away if each.person == person), None)

    def escalation_days() -> RedactedText | None:
        rules = snapshot.pair.escalation
        return number_text(rules.after_days) if rules is not None else None

    def escalation_how() -> RedactedText | None:
        return snapshot.escalation_how

    return {
        "kpi": kpi, "away_until": away_until, "person": snapshot.who, "escalation_days": escalation_days,
        "escalation_how": escalation_how,
    }  # fmt: skip


def due_phrase(due: date, on: date) -> RedactedText:
    """How a due date reads on a day: ``overdue since`` once it has passed."""
    if due < on:
        return composed("overdue since {day}", day=day_text(due))
    return composed("due {day}", day=day_text(due))


def history_phrase(each: Commitment) -> RedactedText:
    """When it was agreed, and how often it was carried, if it was."""
    first = day_text(each.first_agreed)
    if not each.times_carried:
        return composed("agreed {first}", first=first)
    return composed("agreed {first}, carried {n}x", first=first, n=each.times_carried)


def resolves(snapshot: Snapshot, each: Commitment) -> bool:
    """Whether the due date is what its words mean on the day of a note that it cites, or a person's word."""
    if any(said.commitment in {each.id, *each.aliases} and said.due == each.due for said in snapshot.decisions):
        return True
    if each.due_text is None or each.due is None:
        return True
    if any(same_day((each.due.year, each.due.month, each.due.day), found) for found in facts_of(each.due_text).days):
        return True
    cited = {citation.document for citation in each.citations}
    days = {mention.session_date for mention in snapshot.mentions if mention.citation.document in cited}
    found = [find_due(each.due_text, day) for day in sorted(days | {each.first_agreed})]
    return any(one is not None and one.day == each.due for one in found)


def owner_text(snapshot: Snapshot, commitment: Commitment) -> RedactedText | None:
    """Who a commitment belongs to, as a placeholder or the note's own words; ``None`` when unassigned."""
    return snapshot.who(commitment.owner) or commitment.owner_text


def kpi_value(snapshot: Snapshot, part: str) -> RedactedText | None:
    """A part of the pair's KPI as the programme file has it."""
    if snapshot.kpi is None:
        return None
    kpi = snapshot.kpi
    values = {
        "name": kpi.name, "unit": kpi.unit, "source": kpi.source, "owner": snapshot.who(kpi.kpi.owner),
        "baseline": number_text(kpi.kpi.baseline) if kpi.kpi.baseline is not None else None,
        "target": number_text(kpi.kpi.target) if kpi.kpi.target is not None else None,
        "window": number_text(kpi.kpi.window_days) if kpi.kpi.window_days is not None else None,
        "comparator": house("<=") if kpi.kpi.better == "lower" else house(">="),
    }  # fmt: skip
    return values[part]
