"""From a snapshot to what a strong model is asked about it, and from its answer to what the boxes use.

One completion per draft, over exactly what the snapshot holds. Every sentence of the summary becomes a claim over the
lines it names, and passes the same check as any other line of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from copilot.boxes import tool
from copilot.boxes.decision import at_hand
from copilot.boxes.lines import Line, action_slot, cited_lines, fact, open_ones
from copilot.drafts import Dropped
from copilot.engines.protocol import Engine, Said, SessionTask, SessionWording, Told
from copilot.engines.wording import Narrow, Prepared, Wording
from copilot.mentions import ReadBy
from copilot.snapshot import Snapshot
from guards.grounding import Basis, Slot
from guards.text import joined
from knowledge.passages import Citation

_LINES: Final = 30
_CHARACTERS: Final = 6_000
"""Some two thousand tokens of evidence: what the last sessions noted, not the whole history."""
_ACTIONS: Final = 8
_NOTHING: Final = SessionWording()


@dataclass(frozen=True, slots=True)
class Worded:
    """Who words the boxes, the lines that open the page, and what of the answer was left out."""

    wording: Wording
    summary: tuple[Line, ...] = ()
    dropped: tuple[Dropped, ...] = ()


def worded(snapshot: Snapshot, engine: Engine, *, told: Told | None = None) -> Worded:
    """Ask a strong model once; any other engine is asked box by box. An engine that fails leaves the rules."""
    if not engine.words_freely:
        return Worded(Narrow(engine))
    cited = _evidence(snapshot)
    task = _task(snapshot, cited)
    said = engine.word_session(task, told=told)
    if said is None:
        return Worded(Prepared("rules", SessionTask(), _NOTHING))
    summary = tuple(_sentence(snapshot, cited, each, by=engine.name) for each in said.summary)
    dropped = tuple(Dropped(text, reason) for text, reason in said.dropped)
    return Worded(Prepared(engine.name, task, said), summary, dropped)


def _task(snapshot: Snapshot, cited: Sequence[Citation]) -> SessionTask:
    mention = at_hand(snapshot)
    actions = [action_slot(each).text for each in open_ones(snapshot) if each.read_by is not ReadBy.TEMPLATE]
    offered = tool.fitting(snapshot) if mention is not None else []
    return SessionTask(
        lines=tuple(joined(" ", cited_lines(snapshot, [each])) for each in cited),
        actions=tuple(dict.fromkeys(actions))[:_ACTIONS],
        tools=tuple(tool.described(each) for each in offered) if len(offered) > 1 else (),
        decision=mention.text if mention is not None else None,
    )


def _evidence(snapshot: Snapshot) -> list[Citation]:
    """The lines of the latest mentions and of what is open, within bounds, oldest first."""
    found: dict[tuple[str, int, int], tuple[str, Citation]] = {}
    room = _CHARACTERS
    for day, each in _latest_first(snapshot):
        key = (each.document, each.first, each.last)
        words = sum(len(line) for line in cited_lines(snapshot, [each]))
        if key in found or not words or words > room or len(found) >= _LINES:
            continue
        found[key] = (day, each)
        room -= words
    return [each for _, each in sorted(found.values(), key=lambda one: (one[0], one[1].document, one[1].first))]


def _latest_first(snapshot: Snapshot) -> Iterator[tuple[str, Citation]]:
    mentions = sorted(snapshot.mentions, key=lambda one: (one.session_date, -one.citation.first), reverse=True)
    for each in mentions:
        yield each.session_date.isoformat(), each.citation
    for each in open_ones(snapshot):
        for citation in each.citations[-1:]:
            yield each.first_agreed.isoformat(), citation


def _sentence(snapshot: Snapshot, cited: Sequence[Citation], each: Said, *, by: str) -> Line:
    sources = [cited[n] for n in sorted(each.lines)]
    lines = joined("\n", cited_lines(snapshot, sources))
    line = fact("In short: {said}", snapshot, sources, said=Slot(each.text, Basis.SAID, of=lines))
    return Line(line.text, line.kind, line.claim, line.citations, by)
