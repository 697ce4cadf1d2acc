"""Masks the roster's forms in a short text of the programme file (a KPI's name, a source), by table alone.

No model and no context: programme files are written by the programme, not said in a session. Notes go through
the redactor instead.
"""

from __future__ import annotations

import re

from guards.text import RawText, RedactedText, mint_redacted
from guards.vault import Vault


def mask_known(text: str, *, vault: Vault) -> RedactedText:
    """Replace every known form, longest first, whole words in any case."""
    people = {form.casefold(): person.id for person in vault.roster.people for form in (person.name, *person.also)}
    every = {*people, *(word.casefold() for word in vault.roster.mask_words)} - {""}
    # A programme has a thousand forms, a text one or two of them: only those that occur make the pattern.
    low = text.casefold()
    known = [form for form in every if form in low]
    if not known:
        return mint_redacted(text)
    pattern = "|".join(re.escape(form) for form in sorted(known, key=len, reverse=True))

    def mask(match: re.Match[str]) -> str:
        person = people.get(match.group(0).casefold())
        if person is not None:
            return vault.placeholder_of(person)
        return vault.placeholder(RawText(match.group(0)), entity_type="ORGANIZATION")

    return mint_redacted(re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", mask, text, flags=re.IGNORECASE))
