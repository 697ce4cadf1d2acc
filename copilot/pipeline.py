"""From a snapshot to a verified draft: fill the boxes, check every claim, keep what stands, say what was dropped.

Pure but for the engine's narrow tasks.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from copilot.boxes import commitments, contradictions, decision, escalation, evidence, status, tool
from copilot.boxes.lines import PROGRAMME, Line, open_ones
from copilot.criteria import draft_criteria
from copilot.declared import rules_of
from copilot.drafts import Box, Criterion, Draft, Dropped, Item, ItemKind
from copilot.engines.protocol import Engine, Told, Usage
from copilot.engines.session_answers import LEFT_OUT
from copilot.session_wording import worded
from copilot.snapshot import Snapshot
from guards.errors import Unsupported
from guards.grounding import Rule, ground


def prep(snapshot: Snapshot, engine: Engine, *, told: Told | None = None) -> Draft:
    """Draft the session. The same snapshot and answers give the same draft, id included.

    ``told`` hears what a strong model words while its answer streams in, each item once it has passed its checks.
    """
    rules, dropped, spent = rules_of(snapshot), list[Dropped](), engine.usage()
    said = worded(snapshot, engine, told=told)
    dropped += said.dropped
    chosen = commitments.build(snapshot, said.wording)
    content = {
        "status": [*said.summary, *status.build(snapshot), *contradictions.build(snapshot)],
        "evidence": evidence.build(snapshot),
        "decision": decision.build(snapshot, said.wording), "tool": tool.build(snapshot, said.wording),
        "commitments": list(chosen.lines), "escalation": escalation.build(snapshot),
    }  # fmt: skip
    boxes = tuple(
        Box(box.id, str(box.title), box.start, box.end, _items(content[box.id], number, rules, dropped))
        for number, box in enumerate(snapshot.blueprint.boxes, 1)
    )
    criteria, failed = draft_criteria(snapshot, rules=rules)
    dropped += failed
    needs = [item.text for box in boxes for item in box.items if item.kind is ItemKind.NEEDS]
    needs += [ask for each in criteria for ask in each.needs]
    needs += [ask for each in chosen.commitments for ask in commitments.asks(snapshot, each)]
    return Draft(
        id=_id(snapshot, engine, boxes), pair=snapshot.pair.id, day=snapshot.day, engine=engine.name,
        blueprint=snapshot.blueprint.id, boxes=boxes, carried=open_ones(snapshot), criteria=criteria,
        commitments=chosen.commitments, needs=tuple(needs), dropped=tuple(dropped),
        audience=snapshot.audience(_documents(boxes, criteria)),
        provenance=_provenance(snapshot, engine) | spending(engine.usage() - spent),
        held_back=snapshot.held_back, held_kinds=snapshot.held_kinds,
    )  # fmt: skip


def _items(lines: list[Line], box: int, rules: Mapping[str, Rule], dropped: list[Dropped]) -> tuple[Item, ...]:
    kept: list[Item] = []
    for line in lines:
        text, by, original = line.text, line.worded_by, line.original
        if line.claim is not None:
            try:
                proof = ground(line.claim, rules=rules)
            except Unsupported as refused:
                # What a model said may be what a note told it: only the reason is kept.
                dropped.append(Dropped(text if by == "rules" else LEFT_OUT, str(refused)))
                continue
            dropped.extend(Dropped(part, f"{name}: {reason}") for name, part, reason in proof.blanks)
            text = proof.text
            if original is not None and any(name == "what" for name, _, _ in proof.blanks):
                by, original = "rules", None
        if any(item.text == text for item in kept):
            continue
        kept.append(Item(f"{box}.{len(kept) + 1}", text, line.kind, line.citations, by, original))
    return tuple(kept)


def _documents(boxes: tuple[Box, ...], criteria: tuple[Criterion, ...]) -> list[str]:
    cited = [citation for box in boxes for item in box.items for citation in item.citations]
    cited += [citation for each in criteria for citation in each.citations]
    return sorted({each.document for each in cited} - {PROGRAMME})


def _provenance(snapshot: Snapshot, engine: Engine) -> dict[str, str]:
    return {
        "engine": engine.name, "model": engine.model, "corpus": snapshot.corpus.digest,
        "redaction_policy": snapshot.policy or "as ingested", "as_of": snapshot.day.isoformat(),
        "day": snapshot.day_reason, "week": str(snapshot.week), "weeks": str(snapshot.weeks),
        "stage": str(snapshot.pair.stage or ""), "mentor": str(snapshot.people[snapshot.pair.mentor]),
        "mentee": str(snapshot.people[snapshot.pair.mentee]),
    } | ({"kpi": snapshot.pair.kpi} if snapshot.pair.kpi else {})  # fmt: skip


def spending(usage: Usage) -> dict[str, str]:
    """Calls, tokens, cost and unanswered tasks for provenance; nothing where no model was asked."""
    unanswered = {"model_unanswered": str(usage.unanswered)} if usage.unanswered else {}
    if usage.over_budget:
        unanswered["model_over_budget"] = str(usage.over_budget)
    if not usage.calls:
        return unanswered
    tokens = {"prompt_tokens": str(usage.prompt_tokens), "completion_tokens": str(usage.completion_tokens)}
    if usage.cached_tokens:
        tokens["cached_tokens"] = str(usage.cached_tokens)
    cost = {"cost": f"{usage.cost:.6f}"} if usage.cost else {}
    return {"model_calls": str(usage.calls), **tokens, **cost, **unanswered}


def _id(snapshot: Snapshot, engine: Engine, boxes: tuple[Box, ...]) -> str:
    content = [[item.id, str(item.text)] for box in boxes for item in box.items]
    said = json.dumps([snapshot.pair.id, snapshot.day.isoformat(), snapshot.blueprint.id, engine.name, content])
    return "d" + hashlib.sha256(said.encode()).hexdigest()[:11]
