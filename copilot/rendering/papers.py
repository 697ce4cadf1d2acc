"""A paper as text for a terminal, as Markdown, and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Final

from copilot.boxes.lines import PROGRAMME
from copilot.drafts import Item, ItemKind
from copilot.papers.paper import LEDGER, Paper, PaperKind
from copilot.rendering.page import Reveal, place, sign
from copilot.rendering.shape import restored
from guards.tokens import day_text
from knowledge.passages import Citation

_WIDTH: Final = 100


def text(paper: Paper, *, reveal: Reveal) -> str:
    """The page, names restored before lines are broken."""
    numbers = _numbers(paper)
    lines = [reveal(_head(paper)), ""]
    for section in paper.sections:
        lines.append(section.title.upper())
        for item in section.items:
            shown = reveal(f"{item.text}{_marks(item, numbers)}")
            lines += textwrap.wrap(
                shown, _WIDTH, initial_indent=f"  {sign(item)} ", subsequent_indent="    ", break_long_words=False,
                break_on_hyphens=False,
            )  # fmt: skip
        lines.append("")
    return "\n".join([*lines, *(reveal(each) for each in _notes(numbers)), *_foot(paper)]) + "\n"


def md(paper: Paper, *, reveal: Reveal) -> str:
    """Markdown; a session note in the template's own form, so that it can be ingested again."""
    numbers = _numbers(paper)
    plain = paper.kind is PaperKind.NOTE
    lines = [f"# {_head(paper)}", ""]
    if plain:
        lines += [f"Date: {paper.day.isoformat()}", f"Pair: {paper.pair}", ""]
    for section in paper.sections:
        lines += [f"## {section.title}", ""]
        lines += [f"- {item.text}{'' if plain else _marks(item, numbers)}" for item in section.items]
        lines.append("")
    tail = [] if plain else [*(f"{each}  " for each in _notes(numbers)), "", *_foot(paper)]
    return reveal("\n".join([*lines, *tail])).rstrip() + "\n"


def shape(paper: Paper, *, reveal: Reveal) -> dict[str, object]:
    """Plain values with names put back where they may be."""
    made: dict[str, object] = {
        "paper": paper.id, "kind": paper.kind.value, "pair": paper.pair, "date": paper.day.isoformat(),
        "title": paper.title,
        "sections": [{"title": each.title, "items": [_item(item) for item in each.items]} for each in paper.sections],
        "needs": list(paper.needs), "dropped": [{"text": each.text, "reason": each.reason} for each in paper.dropped],
        "audience": list(paper.audience), "names": "shown" if paper.named else "masked", "held_back": paper.held_back,
    }  # fmt: skip
    return {key: restored(value, reveal) for key, value in made.items()}


def _head(paper: Paper) -> str:
    return f"{paper.title} · {paper.pair} · {day_text(paper.day, year=True)}"


def _numbers(paper: Paper) -> dict[tuple[str, int, int], tuple[int, Citation]]:
    found: dict[tuple[str, int, int], tuple[int, Citation]] = {}
    for each in paper.places:
        if each.document not in {LEDGER, PROGRAMME}:
            found.setdefault((each.document, each.first, each.last), (len(found) + 1, each))
    return found


def _marks(item: Item, numbers: Mapping[tuple[str, int, int], tuple[int, Citation]]) -> str:
    keys = ((each.document, each.first, each.last) for each in item.citations)
    found = sorted({numbers[key][0] for key in keys if key in numbers})
    return " " + "".join(f"[{number}]" for number in found) if found else ""


def _notes(numbers: Mapping[tuple[str, int, int], tuple[int, Citation]]) -> list[str]:
    return [f"[{number}] {place(each)}" for number, each in numbers.values()]


def _foot(paper: Paper) -> list[str]:
    seen = " and ".join(each.replace("_", " ") for each in paper.audience)
    lines = [f"{paper.id} · for {seen} · names {'shown' if paper.named else 'masked'} · nothing is sent from here"]
    if paper.dropped:
        lines.append(f"Left out because the cited lines don't show it: {len(paper.dropped)}.")
    if paper.held_back:
        lines.append(f"Kept out: {'1 passage' if paper.held_back == 1 else f'{paper.held_back} passages'}.")
    return lines


def _item(item: Item) -> dict[str, object]:
    cited = [
        {"source": each.source, "line_from": each.first, "line_to": each.last, "quote": each.quote}
        for each in item.citations
    ]
    kind = item.kind.value if item.kind in ItemKind else str(item.kind)
    return {"id": item.id, "text": item.text, "kind": kind, "citations": cited}
