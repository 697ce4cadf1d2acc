"""From lines to the items of a page: every claim is compared with the lines it cites; what fails is kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from copilot.boxes.lines import Line
from copilot.drafts import Dropped, Item
from copilot.engines.session_answers import LEFT_OUT
from guards.errors import Unsupported
from guards.grounding import Rule, ground


def checked(lines: Iterable[Line], *, part: int, rules: Mapping[str, Rule], dropped: list[Dropped]) -> tuple[Item, ...]:
    """The lines that stand, numbered within their part; ``dropped`` takes the others with their reasons."""
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
            for name, words, reason in proof.blanks:
                dropped.append(Dropped(words if by == "rules" else LEFT_OUT, f"{name}: {reason}"))
            text = proof.text
            if original is not None and any(name == "what" for name, _, _ in proof.blanks):
                by, original = "rules", None
        if any(item.text == text for item in kept):
            continue
        kept.append(Item(f"{part}.{len(kept) + 1}", text, line.kind, line.citations, by, original))
    return tuple(kept)
