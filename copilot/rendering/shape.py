"""The JSON of ``coach prep --json``, in the shape that others script against."""

from __future__ import annotations

from copilot.drafts import Criterion, Draft, Item
from copilot.ledger_views import as_json
from copilot.mentions import Commitment
from copilot.rendering.page import Reveal, help_lines
from knowledge.passages import Citation


def draft_shape(draft: Draft, *, reveal: Reveal) -> dict[str, object]:
    """The draft as plain values, names restored inside each string."""
    kpi = draft.provenance.get("kpi")
    shape: dict[str, object] = {
        "draft": draft.id, "pair": draft.pair, "date": draft.day.isoformat(), "engine": draft.engine,
        "blueprint": draft.blueprint,
        "boxes": [
            {"title": box.title, "from_min": box.from_min, "to_min": box.to_min,
             "items": [_item(each) for each in box.items]}
            for box in draft.boxes
        ],
        "carried": [commitment_shape(each, kpi=kpi, criterion=draft.links.get(each.id)) for each in draft.carried],
        "criteria": [criterion_shape(each) for each in draft.criteria],
        "commitments": [
            commitment_shape(each, kpi=kpi, criterion=draft.links.get(each.id)) for each in draft.commitments
        ],
        "needs": list(draft.needs), "dropped": [{"text": each.text, "reason": each.reason} for each in draft.dropped],
        "audience": list(draft.audience), "provenance": dict(draft.provenance), "held_back": draft.held_back,
        "held_kinds": dict(draft.held_kinds),
    }  # fmt: skip
    if card := help_lines(draft):
        shape["help"] = card[0]
    return {key: restored(value, reveal) for key, value in shape.items()}


def restored(value: object, reveal: Reveal) -> object:
    """Plain values with names put back inside each string."""
    if isinstance(value, str):
        return reveal(str(value))
    if isinstance(value, dict):
        return {key: restored(each, reveal) for key, each in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, list):
        return [restored(each, reveal) for each in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return value


def _item(item: Item) -> dict[str, object]:
    return {"id": item.id, "text": item.text, "kind": item.kind.value, "worded_by": item.worded_by,
            "original": item.original, "citations": [_citation(each) for each in item.citations]}  # fmt: skip


def _citation(each: Citation) -> dict[str, object]:
    return {"source": each.source, "line_from": each.first, "line_to": each.last, "quote": each.quote}


def commitment_shape(each: Commitment, *, kpi: str | None, criterion: str | None = None) -> dict[str, object]:
    """A commitment of the interface, names still masked; ``kpi`` is the id of the pair's measure."""
    return as_json(each, shown=str, kpi=kpi, criterion=criterion)


def criterion_shape(each: Criterion) -> dict[str, object]:
    """A criterion of the interface."""
    return {
        "id": each.id, "given": each.given, "when": each.when, "then": each.then, "metric": each.metric,
        "comparator": each.comparator, "threshold": each.threshold, "unit": each.unit, "source": each.source,
        "verified_by": each.verified_by, "due": each.due.isoformat() if each.due else None, "needs": list(each.needs),
        "citations": [_citation(place) for place in each.citations], "about": each.about, "kpi": each.kpi,
        "proposed": [{"part": part, "source": source} for part, source in each.proposed], "first": each.first,
    }  # fmt: skip
