"""Masks what a file's name gives away: known forms and structured identifiers, by table alone.

A name is no sentence, so no model looks at it; ``-``, ``_``, ``.``, ``/`` and a change to capitals part its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from guards.errors import RedactionFailed
from guards.folding import View, visible
from guards.masking import KnownForms, masked
from guards.recognisers import card, email, employee_id, handle, iban, national_id, phone, roster, ssn
from guards.recognisers.dates import without_dates
from guards.recognisers.found import Found
from guards.roster import Roster
from guards.text import RawText, RedactedText
from guards.vault import Vault

_STRUCTURED: Final = (email, handle, phone, iban, card, ssn, national_id, employee_id)
_APART: Final = re.compile(r"[-_./\\ ]")
_CAMEL: Final = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")


def mask_file_name(name: RawText, *, vault: Vault) -> RedactedText:
    """The name with people and identifiers masked; dates, extensions and plain words stay.

    Raises:
        RedactionFailed: a known form could not be masked, or the name holds a line break.
    """
    text = name.unseal()
    if "\n" in text:
        raise RedactionFailed("a file's name held a line break: nothing was kept")
    view = visible(text)
    index = _index(vault.roster)
    findings = [*_placed(view, index.find_all(view.text)), *_of_words(view, index)]
    for rule in _STRUCTURED:
        findings += _placed(view, rule.RECOGNISER.find(without_dates(view.text)))
    return masked(text, findings, vault=vault, known=KnownForms()).text


@lru_cache(maxsize=2)
def _index(people: Roster) -> roster.RosterIndex:
    """A folder's files share one roster."""
    return roster.RosterIndex(people)


def _of_words(view: View, index: roster.RosterIndex) -> Iterator[Found]:
    parts: list[str] = []
    at: list[int] = []
    for stretch in _CAMEL.split(_APART.sub(" ", view.text)):
        start = at[-1] + 1 if at else 0
        if parts:
            parts.append(" ")
            at.append(at[-1])
        parts.append(stretch)
        at.extend(range(start, start + len(stretch)))
    for found in index.find_all("".join(parts)):
        start, end = at[found.start], at[found.end - 1] + 1
        yield Found(view.start(start), view.end(end), found.entity_type, found.score, found.person)


def _placed(view: View, findings: Iterable[Found]) -> Iterator[Found]:
    for found in findings:
        yield Found(view.start(found.start), view.end(found.end), found.entity_type, found.score, found.person)
