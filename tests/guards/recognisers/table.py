"""What a recogniser finds in a text, as the stretches themselves."""

from __future__ import annotations

from guards.recognisers.found import Recogniser


def found(recogniser: Recogniser, text: str) -> list[tuple[str, str]]:
    """The stretches and their types, in order; what lies inside another is left out."""
    spans = sorted({(each.start, each.end, each.entity_type) for each in recogniser.find(text)})
    outer = [one for one in spans if not any(o[0] <= one[0] and one[1] <= o[1] and o != one for o in spans)]
    return [(text[start:end], kind) for start, end, kind in outer]
