"""Box 4: one coaching tool, chosen by signals of the pair's process, with the evidence that made it fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from copilot.boxes.decision import at_hand, context
from copilot.boxes.fit import cue_score, stage_score
from copilot.boxes.lines import (
    Line,
    action_slot,
    fact,
    number_slot,
    of_kind,
    of_the_pair,
    open_ones,
    quote,
    sources_of,
    suggest,
)
from copilot.boxes.spoken import is_status, spoken
from copilot.engines.wording import Wording
from copilot.mentions import MentionKind
from copilot.snapshot import Snapshot
from guards.text import RedactedText, composed, house
from knowledge.corpus_files import Tool

_WEIGHT = {
    "first_session": 9,
    "blocker": 4,
    "carried": 4,
    "moved": 3,
    "unassigned": 4,
    "open_decision": 3,
    "rollout": 3,
    "evaluation": 3,
    "overload": 2,
    "no_measure": 1,
    "assumption": 2,
    "decided": 1,
    "finished": 1,
}

_CLOSE, _OFFERED = 3, 4
_OPEN: Final = "Why now: “{words}” is open."
_DECIDED: Final = "Why now: “{words}” was decided."


def build(snapshot: Snapshot, engine: Wording) -> list[Line]:
    """The tool, why it fits now, and its steps."""
    signals = dict(_signals(snapshot))
    best, by = _chosen(snapshot, set(signals), engine)
    reasons = [signals[each] for each in sorted(best.signals, key=lambda s: -_WEIGHT.get(s, 1)) if each in signals]
    why = reasons[0] if reasons else suggest(house("Why now: nothing in the notes asks for another."))
    return [
        suggest(described(best), by=by),
        why,
        *(suggest(composed("{n}. {do}", n=number, do=step.do)) for number, step in enumerate(best.steps, 1)),
    ]


def _chosen(snapshot: Snapshot, signals: set[str], engine: Wording) -> tuple[Tool, str]:
    """The tool with the best score; among those close behind it, an engine other than ``rules`` may choose."""
    offered = fitting(snapshot, signals)
    mention = at_hand(snapshot)
    if engine.name == "rules" or mention is None or len(offered) < 2:
        return _ranked(snapshot, signals)[0][1], "rules"
    answer = engine.choose(mention.text, [described(each) for each in offered])
    if answer is None or not 0 <= answer < len(offered):
        return _ranked(snapshot, signals)[0][1], "rules"
    return offered[answer], engine.name


def described(tool: Tool) -> RedactedText:
    """A tool as an engine sees it."""
    return composed("{name}. {purpose}", name=tool.name, purpose=tool.purpose)


def fitting(snapshot: Snapshot, signals: set[str] | None = None) -> list[Tool]:
    """The few tools close behind the best one, which an engine may choose among."""
    signals = set(dict(_signals(snapshot))) if signals is None else signals
    ranked = _ranked(snapshot, signals)
    best = ranked[0][0]
    return [tool for score, tool in ranked if score >= best - _CLOSE and signals & {*tool.signals}][:_OFFERED]


def _ranked(snapshot: Snapshot, signals: set[str]) -> list[tuple[int, Tool]]:
    about = context(snapshot)

    def score(tool: Tool) -> tuple[int, int]:
        by_signal = max((_WEIGHT.get(each, 1) for each in tool.signals if each in signals), default=0)
        by_cue = min(4, cue_score(about, tool.cues))
        return 2 * by_signal + by_cue + stage_score(snapshot.pair.stage, tool.stages), (
            sum(tool.id.encode()) + snapshot.week
        ) % 11

    return [(score(each)[0], each) for each in sorted(snapshot.corpus.tools, key=score, reverse=True)]


def _signals(snapshot: Snapshot) -> Iterator[tuple[str, Line]]:
    """What the record shows of the process, each with the line that shows it."""
    if not snapshot.mentions:
        yield "first_session", suggest(house("Why now: it is the first session on record."))
        return
    yield from _commitment_signals(snapshot)
    blockers = [each for each in (spoken(snapshot, one) for one in of_kind(snapshot, MentionKind.BLOCKER)) if each.text]
    if blockers and blockers[0].session_date == snapshot.last:
        yield "blocker", fact("Why now: “{words}” still stands in the way.", snapshot, [blockers[0].citation],
                              words=quote(blockers[0].text, limit=90))  # fmt: skip
    mention = at_hand(snapshot)
    if mention is None:
        yield "no_measure", suggest(house("Why now: the notes name no decision and no measure for one."))
        return
    words = quote(mention.text, limit=90)
    template = _OPEN if mention.kind is MentionKind.OPEN_DECISION else _DECIDED
    why = fact(template, snapshot, [mention.citation], words=words)
    yield ("open_decision" if mention.kind is MentionKind.OPEN_DECISION else "decided"), why
    for signal in ("rollout", "evaluation", "assumption", "feedback", "stakeholder", "many_options"):
        if any(signal in tool.signals and cue_score(mention.text, tool.cues) for tool in snapshot.corpus.tools):
            yield signal, why


def _commitment_signals(snapshot: Snapshot) -> Iterator[tuple[str, Line]]:
    open_now = [each for each in open_ones(snapshot) if not is_status(each.action)]
    own = [each for each in open_now if of_the_pair(snapshot, each)]
    most = max(own, key=lambda each: each.times_carried, default=None)
    if most is not None and most.times_carried >= 2:
        yield "carried", fact(
            "Why now: “{what}” has been carried {n} times.", snapshot, sources_of(most),
            what=action_slot(most, limit=80), n=number_slot(most.times_carried, "carried", most.id),
        )  # fmt: skip
    moved = next((each for each in open_now if each.moves), None)
    if moved is not None:
        yield (
            "moved",
            fact("Why now: “{what}” has been moved.", snapshot, sources_of(moved), what=action_slot(moved, limit=90)),
        )
    nobody = next((each for each in open_now if each.owner is None and each.owner_text is None), None)
    if nobody is not None:
        yield "unassigned", fact("Why now: “{what}” has no owner in the notes.", snapshot, sources_of(nobody),
                                 what=action_slot(nobody, limit=90))  # fmt: skip
    if len(open_now) > 3:
        ids = [each.id for each in open_now]
        cited = [each.citations[-1] for each in open_now if each.citations][:3]
        yield "overload", fact("Why now: {n} commitments are open at once.", snapshot, cited,
                               n=number_slot(len(ids), "count", *ids))  # fmt: skip
