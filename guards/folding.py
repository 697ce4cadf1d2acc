"""A view of text without the tricks that hide a name: zero-width signs, look-alike letters, accents, case.

Every view remembers where each of its characters stood, so a match maps back to the input's own code points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_LOOKALIKES: Final = str.maketrans(
    # Cyrillic, Greek, barred letters. The letters that only their capitals are drawn alike are there as well.
    "аеорсухіјѕһԁԛԝвкмнтαοριτκνυβεζημχıłøđð",
    "aeopcyxijshdqwbkmhtaopitkvubezhmxilodd",
)
"""Small letters of other scripts beside the Latin ones they, or their capitals, are drawn like."""


@dataclass(frozen=True, slots=True)
class View:
    """``text`` as seen; ``places[i]`` is the input's position of character ``i`` (``None``: the same)."""

    text: str
    places: tuple[int, ...] | None = None

    def start(self, at: int) -> int:
        """The input's position of a match that starts at ``at``."""
        return at if self.places is None else self.places[at]

    def end(self, at: int) -> int:
        """The input's position just after a match that ends at ``at``."""
        return at if self.places is None else self.places[at - 1] + 1


def visible(text: str) -> View:
    """Without format characters (zero-width, bidi, soft hyphen); full-width letters and digits made plain."""
    if text.isascii():
        return View(text)
    return _view(text, _visible)


def folded(text: str) -> View:
    """For comparing names: case, accents and look-alike letters of other scripts gone as well."""
    if text.isascii():
        return View(text.lower())
    return _view(text, _folded)


def _view(text: str, each: Callable[[str], str]) -> View:
    known: dict[str, str] = {}
    parts: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        shown = known.get(sign)
        if shown is None:
            shown = known[sign] = each(sign)
        parts.append(shown)
        places.extend([at] * len(shown))
    return View("".join(parts), tuple(places))


def _visible(sign: str) -> str:
    if unicodedata.category(sign) == "Cf":
        return ""
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 and plain.isprintable() else sign


def _folded(sign: str) -> str:
    # case goes first: a letter and its capital must end as one, whatever each is drawn like
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _visible(sign)).casefold())
    return "".join(part for part in plain if not unicodedata.combining(part)).translate(_LOOKALIKES).replace("’", "'")
