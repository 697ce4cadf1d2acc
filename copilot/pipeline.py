"""From a snapshot to a verified draft: fill the boxes, check every claim, keep what stands, say what was dropped.

Pure but for the engine's narrow tasks.
"""

from __future__ import annotations

import hashlib
import json

from copilot.boxes import commitments, contradictions, decision, escalation, evidence, status, tool
from copilot.boxes.checked import checked
from copilot.boxes.lines import PROGRAMME, open_ones
from copilot.criteria import all_criteria, draft_criteria
from copilot.criterion_links import links
from copilot.declared import rules_of
from copilot.drafts import Box, Criterion, Draft, Dropped, ItemKind
from copilot.engines.protocol import Engine, Told, Usage
from copilot.session_wording import worded
from copilot.snapshot import Snapshot


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
        Box(
            box.id,
            str(box.title),
            box.start,
            box.end,
            checked(content[box.id], part=number, rules=rules, dropped=dropped),
        )
        for number, box in enumerate(snapshot.blueprint.boxes, 1)
    )
    criteria, failed = draft_criteria(snapshot, rules=rules)
    dropped += failed
    needs = [item.text for box in boxes for item in box.items if item.kind is ItemKind.NEEDS]
    needs += [ask for each in criteria for ask in each.needs]
    criteria = (*criteria, *all_criteria(snapshot, rules=rules, but=criteria[0].id))
    linked = links(dict.fromkeys((*open_ones(snapshot), *chosen.commitments)), criteria)
    needs += [ask for each in chosen.commitments for ask in commitments.asks(snapshot, each)]
    needs += [commitments.serves(snapshot, each) for each in chosen.commitments if each.id not in linked]
    return Draft(
        id=_id(snapshot, engine, boxes), pair=snapshot.pair.id, day=snapshot.day, engine=engine.name,
        blueprint=snapshot.blueprint.id, boxes=boxes, carried=open_ones(snapshot), criteria=criteria,
        commitments=chosen.commitments, needs=tuple(needs), dropped=tuple(dropped),
        audience=snapshot.audience(_documents(boxes, criteria)),
        provenance=_provenance(snapshot, engine) | spending(engine.usage() - spent),
        held_back=snapshot.held_back, held_kinds=snapshot.held_kinds,
        links={each: found.criterion for each, found in linked.items()},
    )  # fmt: skip


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
