"""The vault of one pair, in memory between ``opened`` and ``sealed``.

Every roster person has one placeholder for all their forms. Somebody the roster does not know is linked to an
entry only when exactly one candidate exists; in doubt a new placeholder is minted, because a wrong owner is worse
than none. Refuses to restore for anybody without a reveal grant on this very pair.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from guards.access import Grant, RevealNames
from guards.errors import NotPermitted, PlaceholderUnknown, RedactionFailed, VaultUnreadable
from guards.names import folded, same_person, words_of
from guards.redaction import Redaction
from guards.roster import ERASED, Roster, RosterPerson
from guards.sealing import seal, unsealed
from guards.text import PLACEHOLDER, RawText, RedactedText, mint_redacted
from guards.vault import Kept

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"

_PERSON: Final = "PERSON"
_LITERAL: Final = "LITERAL"
_TYPE: Final = re.compile(r"[A-Z][A-Z_]*[A-Z]")


@dataclass(slots=True)
class _Entry:
    """One placeholder: what it shows and every form met so far; ``forms[0]`` is the first. No form: it was erased.

    What the forms are folded to is kept beside them: each name that a note brings is compared with every entry.
    """

    mark: str
    kind: str
    person: str | None
    forms: list[str] = field(default_factory=list[str])
    keys: set[str] = field(default_factory=set[str], repr=False)
    longest_key: str = field(default="", repr=False)
    longest_words: tuple[str, ...] = field(default=(), repr=False)
    _weight: tuple[int, int] = field(default=(-1, -1), repr=False)

    def __post_init__(self) -> None:
        self.refold()

    def refold(self) -> None:
        """Fold all forms anew."""
        self.keys, self.longest_key, self.longest_words, self._weight = set(), "", (), (-1, -1)
        for form in self.forms:
            self._fold(form)

    def add(self, form: str) -> None:
        """Take in one more form."""
        self.forms.append(form)
        self._fold(form)

    def _fold(self, form: str) -> None:
        key, words = folded(form), words_of(form)
        self.keys.add(key)
        if (len(words), len(form)) > self._weight:
            self.longest_key, self.longest_words, self._weight = key, words, (len(words), len(form))


class _ListedNames:
    """The roster by key and by word, so that a new name is compared with those that it could be, not with all."""

    def __init__(self, people: Sequence[RosterPerson]) -> None:
        self._by_key: dict[str, set[str]] = {}
        self._by_word: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for person in people:
            words = words_of(person.name)
            for form in (person.name, *person.also):
                self._by_key.setdefault(folded(form), set()).add(person.id)
            for word in words:
                self._by_word.setdefault(word, []).append((person.id, words))

    def fitting(self, key: str, words: tuple[str, ...]) -> set[str]:
        """The ids of those whose form it is, or whose name it fits; names without a word in common never fit."""
        found = set(self._by_key.get(key, ()))
        for word in words:
            found |= {each for each, name in self._by_word.get(word, ()) if same_person(words, name)}
        return found


class PairVault:
    """Mints, finds and restores one pair's placeholders. Not thread-safe: the store hands it out locked."""

    def __init__(self, pair: str, *, roster: Roster) -> None:
        self._pair = pair
        self._roster = roster
        self._people = {person.id: person for person in roster.people}
        self._entries: dict[str, _Entry] = {}
        self._seen: dict[tuple[str, str, str | None], str] = {}
        self._changed = False
        self._known: frozenset[str] | None = None
        """What ``forms`` answers; a form that comes is added, so that the roster is folded once."""
        self._kept = frozenset(folded(word) for word in roster.keep_words)
        self._listed: _ListedNames | None = None

    @classmethod
    def opened(cls, sealed: bytes, *, key: bytes, pair: str, roster: Roster) -> PairVault:
        """The vault that ``sealed`` holds.

        Raises:
            VaultUnreadable: another pair's bytes, another key, or changed bytes.
        """
        vault = cls(pair, roster=roster)
        try:
            rows = json.loads(unsealed(sealed, key=key, context=f"vault:{pair}"))
            entries = [_Entry(row["mark"], row["kind"], row["person"], row["forms"]) for row in rows]
        except (json.JSONDecodeError, KeyError, TypeError):
            raise VaultUnreadable(f"vault of {pair}: its content is damaged; restore it from a backup") from None
        vault._entries = {entry.mark: entry for entry in entries}
        return vault

    def sealed(self, key: bytes) -> bytes:
        """The whole vault, sealed for this pair."""
        rows = [{"mark": e.mark, "kind": e.kind, "person": e.person, "forms": e.forms} for e in self._entries.values()]
        return seal(json.dumps(rows, ensure_ascii=False).encode(), key=key, context=f"vault:{self._pair}")

    @property
    def pair(self) -> str:
        """The pair's id."""
        return self._pair

    @property
    def roster(self) -> Roster:
        """Who the programme knows."""
        return self._roster

    @property
    def changed(self) -> bool:
        """Whether anything was minted or learnt since it was opened, and must be saved."""
        return self._changed

    def placeholder(self, surface: RawText, *, entity_type: str, person: str | None = None) -> str:
        """The placeholder for a surface form, minted if new.

        Text that looks like a placeholder becomes a ``LITERAL`` entry whatever the type, so that a typed
        ``<PERSON_2>`` comes back as typed and never as somebody's name.

        Raises:
            RedactionFailed: the entity type is not capitals and underscores, or the form is empty.
        """
        form = surface.unseal()
        if not _TYPE.fullmatch(entity_type) or not form.strip():
            raise RedactionFailed(f"no placeholder for an empty form or the entity type {entity_type!r}")
        asked = (form, entity_type, person)
        if asked not in self._seen:
            mark = self._find_or_mint(form, entity_type, person)
            self._seen[asked] = mark  # after a mint emptied it: a new entry can make an old link ambiguous
        return self._seen[asked]

    def _find_or_mint(self, form: str, entity_type: str, person: str | None) -> str:
        if PLACEHOLDER.search(form):
            return self._exact(form, kind=_LITERAL)
        if person is not None:
            return self._learn(self._of_person(person, fallback=form), form)
        if entity_type != _PERSON:
            return self._exact(form, kind=entity_type)
        return self._unlisted(form)

    def person_of(self, placeholder: str) -> str | None:
        """The roster id behind a placeholder, if the roster knows them."""
        entry = self._entries.get(placeholder)
        return entry.person if entry else None

    def placeholder_of(self, person: str) -> RedactedText:
        """The placeholder of a roster person, minted if need be.

        Raises:
            RedactionFailed: neither roster nor vault knows that id.
        """
        return mint_redacted(self._of_person(person, fallback=None).mark)

    def forms(self) -> frozenset[str]:
        """Every known surface form: the whole roster's, words to mask, and all this pair's notes brought.

        Literals are left out (they look like placeholders and hide nobody), and so are words to keep.
        """
        if self._known is not None:
            return self._known
        known = {form for entry in self._entries.values() if entry.kind != _LITERAL for form in entry.forms}
        known |= {form for person in self._roster.people for form in _forms_of(person)}
        known |= set(self._roster.mask_words)
        self._known = frozenset(form for form in known if folded(form) not in self._kept)
        return self._known

    def _add_known(self, form: str, kind: str) -> None:
        if self._known is not None and kind != _LITERAL and folded(form) not in self._kept:
            self._known |= {form}

    def kept(self) -> tuple[Kept, ...]:
        """Every form that this pair's notes brought."""
        return tuple(Kept(e.mark, e.kind, form, e.person) for e in self._entries.values() for form in e.forms)

    def forget(self, gone: Callable[[Kept], bool]) -> int:
        """Let go of forms; the placeholders stay taken, so that no later form gets an old one's number."""
        before = len(self.kept())
        for entry in self._entries.values():
            entry.forms = [form for form in entry.forms if not gone(Kept(entry.mark, entry.kind, form, entry.person))]
            entry.refold()
        self._seen.clear()
        self._known = None
        count = before - len(self.kept())
        self._changed = self._changed or count > 0
        return count

    def restore(self, text: str, grant: Grant[RevealNames]) -> str:
        """Put names back: a roster person's full name, else the first form met.

        One pass: what was put back is never looked at again.

        Raises:
            NotPermitted: the grant is for another pair or permission.
            PlaceholderUnknown: the text holds a placeholder this vault never minted.
        """
        self._check(grant)
        return PLACEHOLDER.sub(lambda match: self._shown(match.group(0)), text)

    def restore_json(self, value: Json, grant: Grant[RevealNames]) -> Json:
        """Put names back inside the strings of a parsed JSON value, keys left alone, and in documents within them.

        Restoring in the serialised text instead would let a name with a quote in it break the document.
        """
        if isinstance(value, str):
            inner = _document_in(value)
            if inner is not None and PLACEHOLDER.search(json.dumps(inner)):
                return json.dumps(self.restore_json(inner, grant), ensure_ascii=False)
            return self.restore(value, grant)
        if isinstance(value, Mapping):
            return {key: self.restore_json(item, grant) for key, item in value.items()}
        if isinstance(value, Sequence):
            return [self.restore_json(item, grant) for item in value]
        return value

    def restore_exact(self, redaction: Redaction, surfaces: Sequence[RawText], grant: Grant[RevealNames]) -> str:
        """The original, letter for letter, from a redaction and the forms its spans covered, in order.

        Raises:
            PlaceholderUnknown: the forms do not belong to this redaction.
        """
        self._check(grant)
        marks = redaction.text.placeholders()
        if len(marks) != len(surfaces) or [span.placeholder for span in redaction.spans] != list(marks):
            raise PlaceholderUnknown(f"{len(surfaces)} forms for {len(marks)} placeholders of pair {self._pair}")
        forms = iter(surfaces)
        return PLACEHOLDER.sub(lambda _: next(forms).unseal(), redaction.text)

    def _check(self, grant: Grant[RevealNames]) -> None:
        if grant.pair != self._pair or grant.permission is not RevealNames:
            raise NotPermitted(f"names of pair {self._pair}: the grant at hand is for something else")

    def _shown(self, mark: str) -> str:
        entry = self._entries.get(mark)
        if entry is None:
            raise PlaceholderUnknown(f"{mark} is not in the vault of {self._pair}; redact the document again")
        person = self._people.get(entry.person or "")
        return person.name if person else next(iter(entry.forms), ERASED)

    def _of_person(self, person: str, *, fallback: str | None) -> _Entry:
        """The entry of a roster person: theirs, or an unlisted one of their full name, or a new one."""
        for entry in self._entries.values():
            if entry.person == person:
                return entry
        known = self._people.get(person)
        name = known.name if known else fallback
        if name is None and person in self._roster.erased:
            return self._mint(None, kind=_PERSON, person=person)
        if name is None:
            raise RedactionFailed(f"person {person} is not in the roster of pair {self._pair}")
        key = folded(name)
        same = [e for e in self._entries.values() if e.kind == _PERSON and e.person is None and key in e.keys]
        if len(same) == 1:  # met before the roster knew them
            same[0].person = person
            self._changed = True
            return same[0]
        return self._mint(name, kind=_PERSON, person=person)

    def _unlisted(self, form: str) -> str:
        key = folded(form)
        words = words_of(form)
        own = [e for e in self._entries.values() if e.kind == _PERSON and e.longest_key == key]
        if len(own) == 1:
            return self._learn(own[0], form)
        self._listed = self._listed or _ListedNames(self._roster.people)
        people = self._listed.fitting(key, words)
        entries = [
            e
            for e in self._entries.values()
            if e.kind == _PERSON and e.person not in people and same_person(words, e.longest_words)
        ]
        if len(people) + len(entries) != 1:
            return self._mint(form, kind=_PERSON, person=None).mark
        entry = entries[0] if entries else self._of_person(people.pop(), fallback=form)
        return self._learn(entry, form)

    def _exact(self, form: str, *, kind: str) -> str:
        key = form if kind == _LITERAL else folded(form)
        for entry in self._entries.values():
            if entry.kind == kind and key in (entry.forms if kind == _LITERAL else entry.keys):
                return self._learn(entry, form)
        return self._mint(form, kind=kind, person=None).mark

    def _learn(self, entry: _Entry, form: str) -> str:
        if form not in entry.forms:
            entry.add(form)
            self._add_known(form, entry.kind)
            self._changed = True
        return entry.mark

    def _mint(self, form: str | None, *, kind: str, person: str | None) -> _Entry:
        number = 1 + sum(entry.kind == kind for entry in self._entries.values())
        entry = _Entry(f"<{kind}_{number}>", kind, person, [] if form is None else [form])
        self._entries[entry.mark] = entry
        self._seen.clear()
        if form is not None:
            self._add_known(form, kind)
        self._changed = True
        return entry


def _document_in(text: str) -> Json:
    """The object or list that a string holds as JSON, or ``None``."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _forms_of(person: RosterPerson) -> set[str]:
    """Full name, other forms, and each word of the name that is long enough to mean somebody."""
    return {person.name, *person.also, *(word for word in re.findall(r"[^\W_]+", person.name) if len(word) > 1)}
