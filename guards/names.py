"""When two forms may be the same person: pure functions over names, without any list of people.

A form fits a name when its words stand in the name in the same order (``Priya`` in ``Priya Nair``), an initial
counting for a word that starts with it (``P. Nair``). Refuses to decide: callers link only a single candidate.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_POSSESSIVE: Final = re.compile(r"['\u2019\u02bc](?:s|S)?$")


def folded(surface: str) -> str:
    """One key for the forms that are the same but for case, white space, Unicode form and a possessive ending."""
    text = " ".join(unicodedata.normalize("NFKC", surface).split())
    return _POSSESSIVE.sub("", text).casefold()


def words_of(surface: str) -> tuple[str, ...]:
    """The words of a form, folded, titles and marks left out."""
    return tuple(_WORD.findall(folded(surface)))


def fits(form: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether every word of ``form`` stands in ``name`` in order, at least one of them in full."""
    if not form or not any(word in name for word in form):
        return False
    rest = iter(name)
    return all(any(_same(word, other) for other in rest) for word in form)


def same_person(form: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a new form may link to a known name.

    A shorter form may (``Priya``, ``P. Nair``). A longer one only when two words agree: ``Ben`` may be any Ben, so
    ``Ben Carter`` never takes over what ``Ben`` stood for; a split identity is cheaper than a wrong owner.
    """
    return fits(form, name) or (len(set(form) & set(name)) > 1 and fits(name, form))


def _same(word: str, other: str) -> bool:
    return word == other or (len(word) == 1 and other.startswith(word))
