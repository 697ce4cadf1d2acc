"""The note lines behind one item of a draft, with a line of context on either side."""

from __future__ import annotations

from copilot.boxes.lines import PROGRAMME
from copilot.drafts import Draft
from copilot.errors import NotFound
from copilot.rendering.page import Reveal, place
from copilot.stores.protocols import PairReader
from guards.held import kept_back


def why(draft: Draft, item_id: str, *, reader: PairReader, reveal: Reveal, opted_in: bool = False) -> str:
    """What an item (``2.1``) or a criterion (``c1``) rests on, names restored by ``reveal``.

    Lines that are held back now are left out, also those that were open when the draft was made.

    Raises:
        NotFound: the draft has no such item.
    """
    found = {item.id: item.citations for box in draft.boxes for item in box.items}
    found |= {each.id: each.citations for each in draft.criteria}
    found |= {f"c{number}": each.citations for number, each in enumerate(draft.criteria, 1)}
    if item_id not in found:
        raise NotFound(f"draft {draft.id} has no item {item_id}: items run from 1.1, criteria from c1")
    shown: list[str] = []
    held = [each for each in reader.all_passages() if kept_back(each.held, opted_in=opted_in)]
    for each in found[item_id]:
        shown.append(place(each))
        if each.document == PROGRAMME:
            shown.append(f"  {each.quote}")
        spans = [(one.first, one.last) for one in held if one.document == each.document]
        for line in reader.lines(each.document, max(1, each.first - 1), each.last + 1):
            if any(first <= line.last and line.first <= last for first, last in spans):
                shown.append(f"  {line.first:>4}  (held back)")
                continue
            mark = ">" if line.first <= each.last and each.first <= line.last else " "
            shown.append(f"{mark} {line.first:>4}  {line.text}")
    return reveal("\n".join(shown or ["A suggestion of the product: it rests on no note line."]))
