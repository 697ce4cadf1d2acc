"""The trace of a pair: commitment, the criterion it serves, the KPI that counts, the gate that waits for it.

Pure over a snapshot. Every node stands on a whole path or is listed as a loose end with the question that would tie it
in; nothing is linked by guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from copilot.boxes.commitments import SHOWN
from copilot.boxes.spoken import bare_action, cut
from copilot.criterion_links import Link
from copilot.criterion_seeds import unmeasured
from copilot.drafts import Criterion
from copilot.mentions import Commitment, CommitmentStatus
from copilot.snapshot import Snapshot
from guards.text import RedactedText, composed, house
from guards.tokens import day_text

GATE: Final = "gate-pair-confirmed"
"""A pair is confirmed once its sponsor signed off a criterion that is linked to a delivery KPI (mission E6)."""
SIGNED: Final = "signed off"
_OPEN: Final = (CommitmentStatus.OPEN, CommitmentStatus.CANDIDATE)
_TEXT: Final = 90
_ABOUT: Final = 50


class NodeKind(StrEnum):
    """What a node is, from the promise to what waits for it."""

    COMMITMENT = "commitment"
    CRITERION = "criterion"
    KPI = "kpi"
    GATE = "gate"


class Loose(StrEnum):
    """Why a thing hangs loose."""

    NO_CRITERION = "commitment without criterion"
    NO_KPI = "criterion without KPI"
    NO_COMMITMENT = "criterion without commitment"
    NO_OWNER = "KPI without owner"
    NO_SOURCE = "KPI without source"
    UNUSED_KPI = "KPI without criterion"
    UNDECIDED = "decision without criterion"
    GATE_SHUT = "gate not met"
    EMPTY_SESSION = "session without commitment"
    FULL_SESSION = "session with more than three commitments"


@dataclass(frozen=True, slots=True)
class Node:
    """One thing of the trace. ``owner`` is a placeholder or a note's words; ``status`` is the ledger's, a sign-off's or
    the gate's.
    """

    id: str
    kind: NodeKind
    text: RedactedText
    status: str
    owner: RedactedText | None = None
    due: date | None = None
    ticket: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """``source`` counts towards ``target``, and by which rule."""

    source: str
    target: str
    by: str
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """A thing that is on no whole path; ``about`` is its node's id, or where there is no node its text alone."""

    kind: Loose
    about: str
    text: RedactedText
    ask: RedactedText


@dataclass(frozen=True, slots=True)
class Trace:
    """The graph of a pair on a day."""

    pair: str
    as_of: date
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    loose: tuple[LooseEnd, ...] = field(default=())


def trace(
    snapshot: Snapshot, criteria: Sequence[Criterion], links: Mapping[str, Link], *,
    states: Mapping[str, str] | None = None, every: bool = False,
) -> Trace:  # fmt: skip
    """Build the graph. ``states`` is each criterion's sign-off; ``every`` takes finished commitments too."""
    wanted = (*_OPEN, CommitmentStatus.DONE) if every else _OPEN
    commitments = [each for each in snapshot.commitments if each.status in wanted]
    said = states or {}
    edges = [*_served(commitments, links), *_counted(criteria, snapshot), *_gated(snapshot)]
    nodes = [
        *(_commitment(snapshot, each) for each in commitments),
        *(_criterion(each, said.get(each.id, "proposed")) for each in criteria),
        *_measure(snapshot), _gate(snapshot, criteria, said),
    ]  # fmt: skip
    loose = [
        *_loose_commitments(snapshot, commitments, edges), *_loose_criteria(snapshot, criteria, edges),
        *_loose_kpi(snapshot, edges), *_loose_gate(snapshot, nodes[-1]), *_loose_decisions(snapshot),
        *_loose_sessions(snapshot),
    ]  # fmt: skip
    return Trace(snapshot.pair.id, snapshot.day, tuple(nodes), tuple(edges), tuple(loose))


def _served(commitments: Sequence[Commitment], links: Mapping[str, Link]) -> Iterator[Edge]:
    found = (links[each.id] for each in commitments if each.id in links)
    return (Edge(each.commitment, each.criterion, each.by.value, each.shared) for each in found)


def _counted(criteria: Sequence[Criterion], snapshot: Snapshot) -> Iterator[Edge]:
    for each in criteria:
        if each.kpi is not None and snapshot.kpi is not None:
            yield Edge(each.id, each.kpi, "the KPI is its measure" if each.proposed else "shared words")


def _gated(snapshot: Snapshot) -> Iterator[Edge]:
    if snapshot.kpi is not None and snapshot.kpi.kpi.layer == "delivery":
        yield Edge(snapshot.kpi.kpi.id, GATE, "delivery KPI")


def _commitment(snapshot: Snapshot, each: Commitment) -> Node:
    owner = snapshot.who(each.owner) or each.owner_text
    text = cut(bare_action(each), limit=_TEXT)
    return Node(each.id, NodeKind.COMMITMENT, text, each.status.value, owner, each.due, each.ticket)


def criterion_text(each: Criterion) -> RedactedText:
    """What a criterion is called in a list: its measure, else its decision."""
    text = cut(each.then or each.about or each.metric or house("a criterion with nothing in it yet"), limit=_TEXT)
    if each.first:
        return composed("first criterion: {text}", text=text)
    if each.about and each.then and each.then[:_ABOUT] not in each.about:
        return composed("{text}, on “{about}”", text=text, about=cut(each.about, limit=_ABOUT))
    return text


def _criterion(each: Criterion, state: str) -> Node:
    return Node(each.id, NodeKind.CRITERION, criterion_text(each), state, None, each.due)


def _measure(snapshot: Snapshot) -> Iterator[Node]:
    if snapshot.kpi is not None:
        of = snapshot.kpi.kpi
        yield Node(of.id, NodeKind.KPI, snapshot.kpi.name, of.layer, snapshot.who(of.owner))


def _gate(snapshot: Snapshot, criteria: Sequence[Criterion], states: Mapping[str, str]) -> Node:
    delivery = snapshot.kpi is not None and snapshot.kpi.kpi.layer == "delivery"
    met = delivery and any(each.kpi and states.get(each.id) == SIGNED for each in criteria)
    text = house("Pair confirmed: the sponsor signed off a criterion that is linked to a delivery KPI")
    return Node(GATE, NodeKind.GATE, text, "met" if met else "not met")


def _loose_commitments(
    snapshot: Snapshot, commitments: Sequence[Commitment], edges: Sequence[Edge]
) -> Iterator[LooseEnd]:
    tied = {each.source for each in edges}
    for each in commitments:
        if each.id not in tied:
            who = snapshot.who(each.owner) or each.owner_text or snapshot.people[snapshot.pair.mentee]
            ask = composed("which criterion does it serve? Ask {who}", who=who)
            yield LooseEnd(Loose.NO_CRITERION, each.id, cut(bare_action(each), limit=_TEXT), ask)


def _loose_criteria(snapshot: Snapshot, criteria: Sequence[Criterion], edges: Sequence[Edge]) -> Iterator[LooseEnd]:
    served, counted = {each.target for each in edges}, {each.source for each in edges}
    sponsor = snapshot.who(snapshot.pair.sponsor) or snapshot.people[snapshot.pair.mentor]
    mentee = snapshot.people[snapshot.pair.mentee]
    for each in criteria:
        if each.id not in counted:
            ask = composed("which KPI does it count towards? Ask {who}", who=sponsor)
            yield LooseEnd(Loose.NO_KPI, each.id, criterion_text(each), ask)
        if each.id not in served:
            ask = composed("what will be done for it within a week? Ask {who}", who=mentee)
            yield LooseEnd(Loose.NO_COMMITMENT, each.id, criterion_text(each), ask)


def _loose_kpi(snapshot: Snapshot, edges: Sequence[Edge]) -> Iterator[LooseEnd]:
    kpi = snapshot.kpi
    if kpi is None:
        return
    sponsor = snapshot.who(snapshot.pair.sponsor) or snapshot.people[snapshot.pair.mentor]
    if snapshot.who(kpi.kpi.owner) is None:
        ask = composed("who owns it? Ask {who}, then write it under kpis in programme.yaml", who=sponsor)
        yield LooseEnd(Loose.NO_OWNER, kpi.kpi.id, kpi.name, ask)
    if not kpi.source.strip():
        ask = house("where is it read? Write its source under kpis in programme.yaml")
        yield LooseEnd(Loose.NO_SOURCE, kpi.kpi.id, kpi.name, ask)
    if kpi.kpi.id not in {each.target for each in edges}:
        yield LooseEnd(Loose.UNUSED_KPI, kpi.kpi.id, kpi.name, house("which criterion moves it?"))


def _loose_gate(snapshot: Snapshot, gate: Node) -> Iterator[LooseEnd]:
    if gate.status == "met":
        return
    if snapshot.kpi is None:
        ask = house("the pair has no KPI: write one under kpis in programme.yaml and name it under pairs")
    elif snapshot.kpi.kpi.layer != "delivery":
        ask = house("the pair's KPI is no delivery KPI: which delivery KPI will the sponsor sign for?")
    else:
        ask = house("no criterion is signed off: agree one, then let the sponsor sign it with coach criteria sign")
    yield LooseEnd(Loose.GATE_SHUT, gate.id, gate.text, ask)


def _loose_decisions(snapshot: Snapshot) -> Iterator[LooseEnd]:
    for each in unmeasured(snapshot):
        ask = composed("what would show that it was right? Noted {day}", day=day_text(each.session_date))
        yield LooseEnd(Loose.UNDECIDED, "", cut(each.text, limit=_TEXT), ask)


def _loose_sessions(snapshot: Snapshot) -> Iterator[LooseEnd]:
    """Sessions that left no commitment, or more than three of the pair's own."""
    pair = {snapshot.pair.mentor, snapshot.pair.mentee, None}
    kept = [each for each in snapshot.commitments if each.status is not CommitmentStatus.DENIED]
    any_of = Counter(each.first_agreed for each in kept)
    own = Counter(each.first_agreed for each in kept if each.owner in pair)
    for day in snapshot.met:
        if not any_of[day]:
            ask = house("what was agreed? A session without a commitment stays open")
            yield LooseEnd(Loose.EMPTY_SESSION, "", day_text(day), ask)
        elif own[day] > SHOWN:
            ask = composed("{n} were noted: which three come first?", n=own[day])
            yield LooseEnd(Loose.FULL_SESSION, "", day_text(day), ask)
