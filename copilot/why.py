"""The note lines behind one item of a draft, with a line of context on either side."""

from __future__ import annotations

from copilot.boxes.lines import PROGRAMME
from copilot.drafts import Draft
from copilot.errors import NotFound
from copilot.rendering.page import Reveal, place
from copilot.stores.protocols import PairReader


def why(draft: Draft, item_id: str, *, reader: PairReader, reveal: Reveal) -> str:
    """What an item (``2.1``) or a criterion (``c1``) rests on, names restored by ``reveal``.

    Raises:
        NotFound: the draft has no such item.
    """
    found = {item.id: item.citations for box in draft.boxes for item in box.items}
    found |= {each.id: each.citations for each in draft.criteria}
    if item_id not in found:
        raise NotFound(f"draft {draft.id} has no item {item_id}: items run from 1.1, criteria from c1")
    held = [each for each in reader.all_passages() if each.held]
    shown: list[str] = []
    for each in found[item_id]:
        shown.append(place(each))
        if each.document == PROGRAMME:
            shown.append(f"  {each.quote}")
        for line in reader.lines(each.document, max(1, each.first - 1), each.last + 1):
            if any(at.document == each.document and at.first <= line.last and line.first <= at.last for at in held):
                continue  # a neighbour that was held back is not shown beside the line
            mark = ">" if line.first <= each.last and each.first <= line.last else " "
            shown.append(f"{mark} {line.first:>4}  {line.text}")
    return reveal("\n".join(shown or ["A suggestion of the product: it rests on no note line."]))
