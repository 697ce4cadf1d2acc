"""The trace as text, as a Mermaid flowchart, as a table, and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from copilot.rendering.page import Reveal
from copilot.rendering.tables import table
from copilot.tracing import Edge, LooseEnd, Node, NodeKind, Trace

_SHORT: Final = 8
_SHAPES: Final = {
    NodeKind.COMMITMENT: ("[", "]"), NodeKind.CRITERION: ("(", ")"), NodeKind.KPI: ("[[", "]]"),
    NodeKind.GATE: ("{{", "}}"),
}  # fmt: skip
_PLAIN: Final = frozenset(" .,:/%()'!?-")
_HEADER: Final = ("kind", "id", "text", "owner", "due", "ticket", "status", "counts towards", "linked by", "loose end")


def text(found: Trace, *, reveal: Reveal) -> str:
    """By KPI, then criterion, then commitment; loose ends last, each with its question."""
    lines = [f"Trace of {found.pair}, as of {found.as_of.isoformat()}"]
    for kpi in _of(found, NodeKind.KPI):
        owner = f", owned by {kpi.owner}" if kpi.owner else ""
        lines += ["", f"KPI {kpi.id}: {kpi.text} ({kpi.status}{owner})"]
        lines += _below(found, kpi)
    rest = [each for each in _of(found, NodeKind.CRITERION) if not _from(found, each)]
    if rest:
        lines += ["", "Counts towards no KPI yet"]
        lines += [line for each in rest for line in _criterion(found, each)]
    lines += ["", *(f"Gate: {each.text}: {each.status}" for each in _of(found, NodeKind.GATE))]
    lines += ["", f"Loose ends ({len(found.loose)})", *_loose(found)]
    return reveal("\n".join(lines)) + "\n"


def _below(found: Trace, kpi: Node) -> Iterator[str]:
    for each in _of(found, NodeKind.CRITERION):
        if any(edge.target == kpi.id for edge in _from(found, each)):
            yield from _criterion(found, each)


def _criterion(found: Trace, criterion: Node) -> Iterator[str]:
    yield f"  {criterion.id}  {criterion.text} [{criterion.status}]"
    known = {each.id: each for each in found.nodes}
    for edge in found.edges:
        if edge.target == criterion.id:
            each = known[edge.source]
            facts = [each.owner or "nobody named", f"due {each.due}" if each.due else "no due date"]
            facts += [each.ticket or "no ticket", f"linked by {_by(edge)}"]
            yield f"    {each.id[:_SHORT]}  {each.text}"
            yield f"              {', '.join(facts)}"


def _by(edge: Edge) -> str:
    return f"{edge.by}: {' '.join(edge.shared)}" if edge.shared else edge.by


def _loose(found: Trace) -> Iterator[str]:
    last = None
    for each in sorted(found.loose, key=lambda one: list(type(one.kind)).index(one.kind)):
        if each.kind is not last:
            yield f"  {each.kind.value}"
            last = each.kind
        yield f"    {each.about[:_SHORT] + '  ' if _short(each) else ''}{each.text}"
        yield f"      ? {each.ask}"


def _short(each: LooseEnd) -> bool:
    return bool(each.about) and not each.about.startswith("gate")


def _of(found: Trace, kind: NodeKind) -> list[Node]:
    return [each for each in found.nodes if each.kind is kind]


def _from(found: Trace, node: Node) -> list[Edge]:
    return [each for each in found.edges if each.source == node.id]


def mermaid(found: Trace, *, reveal: Reveal) -> str:
    """A Mermaid flowchart; ids are the product's own, every label is quoted with its odd characters as entities."""
    names = {each.id: f"n{number}" for number, each in enumerate(found.nodes)}
    loose = {each.about for each in found.loose}
    lines = ["flowchart LR"]
    for each in found.nodes:
        opened, closed = _SHAPES[each.kind]
        label = _label(reveal(f"{each.kind.value}: {each.text} ({each.status})"))
        lines.append(f'  {names[each.id]}{opened}"{label}"{closed}')
    lines += [f'  {names[each.source]} -->|"{_label(each.by)}"| {names[each.target]}' for each in found.edges]
    ends = [names[each.id] for each in found.nodes if each.id in loose]
    if ends:
        lines += ["  classDef loose stroke-dasharray: 5 5", f"  class {','.join(ends)} loose"]
    return "\n".join(lines) + "\n"


def _label(words: str) -> str:
    """The words with everything that Mermaid could read as syntax written as ``#number;``."""
    plain = " ".join(words.split())
    return "".join(each if each.isalnum() or each in _PLAIN else f"#{ord(each)};" for each in plain)


def rows(found: Trace, *, reveal: Reveal) -> str:
    """The trace as a table: a row for each node and for each loose end that is no node."""
    said: list[tuple[str, ...]] = []
    for each in found.nodes:
        out = _from(found, each)
        ends = "; ".join(one.kind.value for one in found.loose if one.about == each.id)
        cells = (each.kind.value, each.id, each.text, each.owner or "", each.due.isoformat() if each.due else "",
                 each.ticket or "", each.status, "; ".join(one.target for one in out),
                 "; ".join(_by(one) for one in out), ends)  # fmt: skip
        said.append(tuple(reveal(cell) for cell in cells))
    known = {each.id for each in found.nodes}
    rest = [each for each in found.loose if each.about not in known]
    said += [(each.kind.value.split(" ")[0], "", reveal(each.text), *[""] * 6, each.kind.value) for each in rest]
    return table(_HEADER, said)


def shape(found: Trace) -> dict[str, object]:
    """The trace as plain values, names still masked."""
    return {
        "pair": found.pair, "as_of": found.as_of.isoformat(),
        "nodes": [
            {"id": each.id, "kind": each.kind.value, "text": each.text, "status": each.status, "owner": each.owner,
             "due": each.due.isoformat() if each.due else None, "ticket": each.ticket}
            for each in found.nodes
        ],
        "edges": [
            {"from": each.source, "to": each.target, "by": each.by, "shared": list(each.shared)}
            for each in found.edges
        ],
        "loose_ends": [
            {"kind": each.kind.value, "about": each.about or None, "text": each.text, "question": each.ask}
            for each in found.loose
        ],
    }  # fmt: skip
