"""The sponsor update: what was confirmed and shared, what waits for the sponsor, and the KPI as the programme has it.

Made from the commitment lane alone, with the sponsor's own grant: no note, no passage and no name can reach it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from copilot.boxes.lines import Line, by_rule, from_programme, suggest
from copilot.declared import due_phrase, history_phrase, kpi_value
from copilot.drafts import ItemKind
from copilot.mentions import Commitment, CommitmentStatus
from copilot.papers.paper import LEDGER, Paper, PaperKind, assembled
from copilot.snapshot import Snapshot
from guards.access import Role
from guards.grounding import Basis, Slot, claim
from guards.text import RedactedText, house
from guards.tokens import day_text
from knowledge.passages import Citation


def build(snapshot: Snapshot) -> Paper:
    """``snapshot`` holds the commitments that the sponsor may see and nothing else of the pair's."""
    open_now = [each for each in snapshot.commitments if each.status is CommitmentStatus.OPEN]
    waiting = [each for each in open_now if each.owner == snapshot.pair.sponsor]
    late = [each for each in open_now if each not in waiting and each.due is not None and each.due < snapshot.day]
    agreed = [each for each in open_now if each not in waiting and each not in late]
    done = [each for each in snapshot.commitments if each.status is CommitmentStatus.DONE]
    sections = [
        ("Waiting for you", _lines(snapshot, waiting)),
        ("Overdue", _lines(snapshot, late)),
        ("Agreed", _lines(snapshot, agreed)),
        ("Done", _lines(snapshot, done)),
        ("The KPI", _kpi(snapshot)),
    ]
    if not snapshot.commitments:
        nothing = suggest(house("Nothing is shared yet: each line is the mentee's to share."))
        sections.insert(0, ("Agreed", [nothing]))
    audience = tuple(sorted((Role.MENTOR_COACH, Role.MENTEE, Role.SPONSOR)))
    return assembled(snapshot, PaperKind.SPONSOR, "Sponsor update", sections, audience=audience, named=False)


def _lines(snapshot: Snapshot, found: Sequence[Commitment]) -> list[Line]:
    return [_line(snapshot, each) for each in sorted(found, key=lambda one: (one.due or date.max, one.id))]


def _line(snapshot: Snapshot, each: Commitment) -> Line:
    """Who by role, what in the words that were shared, and where it stands."""
    what = Slot(each.action, Basis.QUOTED)
    history = Slot(history_phrase(each), Basis.RULE, "history", (each.id,))
    who, when = Slot(_who(snapshot, each), Basis.HOUSE), _when(snapshot, each)
    made = claim("{who}: {what} · {when} · {history}", lines=(each.action,), who=who, what=what, when=when,
                 history=history)  # fmt: skip
    cited = Citation(LEDGER, house("confirmed and shared"), 0, 0, each.action)
    return Line(made.text, ItemKind.FACT, made, (cited,))


def _who(snapshot: Snapshot, each: Commitment) -> RedactedText:
    pair = snapshot.pair
    if each.owner is None:
        return house("Nobody yet")
    if each.owner == pair.sponsor:
        return house("You")
    if each.owner == pair.mentee:
        return house("The mentee")
    return house("The coach") if each.owner == pair.mentor else house("Somebody outside the pair")


def _when(snapshot: Snapshot, each: Commitment) -> Slot:
    if each.closed is not None:
        return Slot(day_text(each.closed), Basis.RULE, "session_day", (each.closed.isoformat(),))
    if each.due is None:
        return Slot(house("no due date"), Basis.HOUSE)
    return by_rule(due_phrase(each.due, snapshot.day), "late", each.id, blank=house("no due date"))


def _kpi(snapshot: Snapshot) -> list[Line]:
    if snapshot.kpi is None:
        return []
    name = by_rule(snapshot.kpi.name, "kpi", "name")
    made = [from_programme("{name}.", snapshot, name=name)]
    kpi = snapshot.kpi.kpi
    if kpi.baseline is not None and kpi.target is not None:
        made.append(from_programme(
            "Baseline {baseline} {unit}, agreed threshold {comparator} {target} {unit}; source: {source}.", snapshot,
            baseline=_part(snapshot, "baseline"), unit=by_rule(snapshot.kpi.unit, "kpi", "unit"),
            comparator=_part(snapshot, "comparator"), target=_part(snapshot, "target"),
            source=by_rule(snapshot.kpi.source, "kpi", "source"),
        ))  # fmt: skip
    return made


def _part(snapshot: Snapshot, part: str) -> Slot:
    return by_rule(kpi_value(snapshot, part), "kpi", part)
