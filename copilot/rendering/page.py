"""What the page formats share: footnote numbers, the criterion as lines, the head and the foot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from copilot.boxes.lines import PROGRAMME
from copilot.drafts import Criterion, Draft, Item, ItemKind
from guards.tokens import day_text
from knowledge.passages import Citation

Reveal = Callable[[str], str]
_STAGES: Final = str.maketrans("_", " ")


@dataclass(frozen=True, slots=True)
class Notes:
    """Footnotes in order of first use: the number of each place, and the places."""

    numbers: Mapping[tuple[str, int, int], int]
    places: tuple[Citation, ...]

    def marks(self, citations: tuple[Citation, ...]) -> str:
        """The footnote marks behind a line, such as ``[1][4]``."""
        found = sorted({self.numbers[(each.document, each.first, each.last)] for each in citations})
        return "".join(f"[{number}]" for number in found)


def notes_of(draft: Draft) -> Notes:
    """Number every place cited in the order it is read."""
    places: dict[tuple[str, int, int], Citation] = {}
    for box in draft.boxes:
        cited = [each for item in box.items for each in item.citations]
        if box.id == "decision":
            cited += [each for criterion in draft.criteria for each in criterion.citations]
        for each in cited:
            places.setdefault((each.document, each.first, each.last), each)
    return Notes({place: number for number, place in enumerate(places, 1)}, tuple(places.values()))


def place(citation: Citation) -> str:
    """``source:lines`` of a footnote."""
    if citation.document == PROGRAMME:
        return str(citation.source)
    lines = f"{citation.first}" if citation.first == citation.last else f"{citation.first}-{citation.last}"
    return f"{citation.source}:{lines}"


def head(draft: Draft, minutes: int) -> str:
    """Who, when, how long, which week and stage."""
    found = draft.provenance
    parts = [f"{found['mentor']} and {found['mentee']}", day_text(draft.day, year=True), f"{minutes} min"]
    parts.append(f"week {found['week']} of {found['weeks']}")
    if found["stage"]:
        parts.append(found["stage"].translate(_STAGES))
    return " · ".join(parts)


def sign(item: Item) -> str:
    """What kind of line it is, and which engine had a hand in it: ``~`` is a suggestion, ``~local`` a model's."""
    if item.kind is not ItemKind.SUGGESTION:
        return "!" if item.kind is ItemKind.NEEDS else "•"
    return "~" if item.worded_by == "rules" else f"~{item.worded_by}"


def criterion_lines(criterion: Criterion) -> list[str]:
    """Given, when, then and how it is checked; what is missing stays visible where it belongs."""
    asks = {ask.removeprefix("[needs: ").split(" - ")[0]: ask for ask in criterion.needs}
    then = f"{criterion.metric or '[needs: measure]'}"
    if criterion.threshold is None:
        then += f": {asks.get('threshold', '[needs: threshold]')}"
    elif str(criterion.threshold) not in then:
        then += f" {criterion.comparator} {criterion.threshold} {criterion.unit or ''}".rstrip()
    due = str(day_text(criterion.due)) if criterion.due else asks.get("date", "[needs: date]")
    source = criterion.source or asks.get("data source", "[needs: data source]")
    verified = criterion.verified_by or asks.get("who verifies", "[needs: who verifies]")
    return [
        f"Given  {criterion.given or '[needs: the artifact it is tested on]'}",
        f"When   {criterion.when or asks.get('decision', '[needs: decision]')}",
        f"Then   {then}",
        f"Checked on {source}, by {verified}, until {due}",
    ]


def foot(draft: Draft) -> list[str]:
    """How the draft came about, what was dropped and what was held back."""
    found = draft.provenance
    lines = [
        f"Draft {draft.id} · engine {draft.engine} · corpus {found['corpus']} · as of {found['as_of']} ({found['day']})"
    ]
    lines.append(f"Seen by {' and '.join(each.replace('_', ' ') for each in draft.audience)}.")
    if draft.dropped:
        reasons = sorted({each.reason for each in draft.dropped})
        lines.append(f"Left out, {len(draft.dropped)} unsupported: {'; '.join(reasons)}.")
    if draft.held_back:
        lines.append(f"Held back from drafting: {draft.held_back} passage(s) of the notes.")
    return lines
