"""A vault in memory and a redactor that knows the roster alone: quick, deterministic, no model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from guards.access import Grant, RevealNames
from guards.errors import PlaceholderUnknown
from guards.redaction import RedactedSpan, Redaction
from guards.roster import ERASED, Roster
from guards.text import PLACEHOLDER, RawText, RedactedText, mint_redacted
from guards.vault import Kept, Vault


class MemoryVault:
    """A vault without sealing."""

    def __init__(self, pair: str = "ada-ben", roster: Roster | None = None) -> None:
        self._pair = pair
        self._roster = roster or Roster()
        self._by_key: dict[tuple[str, str], str] = {}
        self._person: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._count: dict[str, int] = {}

    @property
    def pair(self) -> str:
        return self._pair

    @property
    def roster(self) -> Roster:
        return self._roster

    def placeholder(self, surface: RawText, *, entity_type: str, person: str | None = None) -> str:
        key = (entity_type, person or surface.unseal().casefold())
        if key not in self._by_key:
            self._count[entity_type] = self._count.get(entity_type, 0) + 1
            minted = f"<{entity_type}_{self._count[entity_type]}>"
            self._by_key[key] = minted
            self._shown[minted] = surface.unseal()
            if person is not None:
                self._person[minted] = person
                self._shown[minted] = next(each.name for each in self._roster.people if each.id == person)
        return self._by_key[key]

    def person_of(self, placeholder: str) -> str | None:
        return self._person.get(placeholder)

    def placeholder_of(self, person: str) -> RedactedText:
        name = next(each.name for each in self._roster.people if each.id == person)
        return mint_redacted(self.placeholder(RawText(name), entity_type="PERSON", person=person))

    def forms(self) -> frozenset[str]:
        known = {form for each in self._roster.people for form in (each.name, *each.also)}
        return frozenset(known | set(self._shown.values()))

    def kept(self) -> tuple[Kept, ...]:
        return tuple(Kept(mark, mark[1:].rsplit("_", 1)[0], form, None) for mark, form in self._shown.items())

    def forget(self, gone: Callable[[Kept], bool]) -> int:
        forgotten = [each.mark for each in self.kept() if gone(each)]
        self._shown |= dict.fromkeys(forgotten, ERASED)
        return len(forgotten)

    def restore(self, text: str, grant: Grant[RevealNames]) -> str:
        def put_back(match: re.Match[str]) -> str:
            if match.group(0) not in self._shown:
                raise PlaceholderUnknown(f"{match.group(0)} is not in the vault of {self._pair}")
            return self._shown[match.group(0)]

        return PLACEHOLDER.sub(put_back, text)


class RosterRedactor:
    """Masks the roster's forms and ``mask_words``, longest first, whole words, any case."""

    policy = "roster-only-double"

    def redact(self, texts: Sequence[RawText], *, vault: Vault, transcript: bool = False) -> list[Redaction]:
        return [self._one(text.unseal(), vault) for text in texts]

    def _one(self, text: str, vault: Vault) -> Redaction:
        forms: dict[str, tuple[str, str | None]] = {}
        for person in vault.roster.people:
            for form in (person.name, person.name.split()[0], *person.also):
                forms[form.casefold()] = ("PERSON", person.id)
        for word in vault.roster.mask_words:
            forms[word.casefold()] = ("ORGANIZATION", None)
        if not forms:
            return Redaction(mint_redacted(text), ())
        pattern = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        spans: list[RedactedSpan] = []
        pieces: list[str] = []
        at = 0
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.IGNORECASE):
            entity_type, person_id = forms[match.group(0).casefold()]
            mark = vault.placeholder(RawText(match.group(0)), entity_type=entity_type, person=person_id)
            spans.append(RedactedSpan(match.start(), match.end(), entity_type, mark))
            pieces += [text[at : match.start()], mark]
            at = match.end()
        return Redaction(mint_redacted("".join([*pieces, text[at:]])), tuple(spans))
