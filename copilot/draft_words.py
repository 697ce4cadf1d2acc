"""What the two of a pair say of a session prep: strike, edit and accept its lines, and accept the plan as it reads.

Words are appended and never edited; ``fold`` gives the plan as it stands, a pure function of a set of words, so that
order of arrival and duplicates make no difference. Two people at once lose nothing: each keeps their own word, and an
edit that did not know of another one shows it beside itself. Refuses to judge: an edited line that its note lines do
not carry is that person's own words, and is called so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from copilot.drafts import Draft, Item, ItemKind
from copilot.errors import NotFound, Usage
from copilot.mentions import Commitment
from guards.access import Grant, WriteNotes
from guards.text import RedactedText, composed

PLAN: Final = ""
"""The item of a word on the whole plan."""
MOST: Final = 600
"""Words on one draft: forty lines, each struck, edited and accepted a few times by both."""
LONGEST: Final = 400
"""Characters of an edited line: longer ones would not leave the page one page."""


class DraftWordKind(StrEnum):
    """What was said. ``as_drafted`` takes an edit back, ``accept`` is of a line or, without an item, of the plan."""

    STRIKE = "strike"
    UNSTRIKE = "unstrike"
    EDIT = "edit"
    AS_DRAFTED = "as_drafted"
    ACCEPT = "accept"


_TEXTS: Final = frozenset({DraftWordKind.EDIT, DraftWordKind.AS_DRAFTED})
_STRIKES: Final = frozenset({DraftWordKind.STRIKE, DraftWordKind.UNSTRIKE})


@dataclass(frozen=True, slots=True)
class DraftWord:
    """A person's word on a line of a draft.

    ``text`` is an edit's, ``name`` who said so as a placeholder, ``carried`` whether the line's own note lines carry
    the edit, ``seen`` the text word that the person had before them, ``on`` the version of a plan that was accepted.
    """

    id: str
    pair: str
    draft: str
    item: str
    kind: DraftWordKind
    by: str
    role: str
    at: datetime
    day: date
    name: RedactedText
    text: RedactedText | None = None
    carried: bool = False
    seen: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """A line as it stands: ``edit`` is the word whose text counts, ``beside`` edits that it did not know of.

    ``accepted`` holds who accepted the line as it reads now.
    """

    struck: DraftWord | None = None
    edit: DraftWord | None = None
    beside: tuple[DraftWord, ...] = ()
    accepted: tuple[str, ...] = ()
    words: tuple[DraftWord, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A draft as the pair has it. ``accepted`` holds who accepted this very version, ``earlier`` who an older one."""

    items: Mapping[str, ItemPlan]
    version: str
    accepted: tuple[str, ...]
    earlier: tuple[str, ...]
    etag: str

    def latest_text(self, item: str) -> str:
        """The id of the last word that changed a line's text: what whoever reads the line now has seen."""
        return next((each.id for each in reversed(self.of(item).words) if each.kind in _TEXTS), "")

    def of(self, item: str) -> ItemPlan:
        """A line of it; untouched where nobody said anything."""
        return self.items.get(item, ItemPlan())


def fold(draft_id: str, words: Iterable[DraftWord]) -> Plan:
    """The plan as it stands after these words, in whatever order they come."""
    mine = {each.id: each for each in words if each.draft == draft_id}
    said = sorted(mine.values(), key=lambda each: (each.at, each.id))
    items = {name: _item([each for each in said if each.item == name]) for name in sorted({w.item for w in said})}
    plan = items.pop(PLAN, ItemPlan())
    version = _digest(draft_id, (_reads(name, each) for name, each in items.items()))
    last = {each.by: each.on for each in plan.words if each.kind is DraftWordKind.ACCEPT}
    return Plan(
        items, version, tuple(sorted(by for by, on in last.items() if on == version)),
        tuple(sorted(by for by, on in last.items() if on != version)), _digest(draft_id, (each.id for each in said)),
    )  # fmt: skip


def applied(draft: Draft, plan: Plan) -> Draft:
    """The draft as the pair has it: struck lines gone, edited ones with who edited them."""
    boxes = tuple(
        replace(
            box, items=tuple(edited(each, plan.of(each.id)) for each in box.items if plan.of(each.id).struck is None)
        )
        for box in draft.boxes
    )
    return replace(draft, boxes=boxes, commitments=tuple(_kept_commitments(draft, plan)))


def _kept_commitments(draft: Draft, plan: Plan) -> Iterator[Commitment]:
    """Without those whose line was struck: their dates must not reach a calendar; the ledger keeps them."""
    lines = [item for box in draft.boxes if box.id == "commitments" for item in box.items]
    for each in draft.commitments:
        mine = [item for item in lines if each.citations and item.citations == each.citations]
        if not mine or any(plan.of(item.id).struck is None for item in mine):
            yield each


def edited(item: Item, plan: ItemPlan, *, marked: bool = True) -> Item:
    """The line as it stands; it stays a fact only where the check carried the edit."""
    word = plan.edit
    if word is None or word.text is None:
        return item
    kind = ItemKind.FACT if word.carried and item.kind is ItemKind.FACT else ItemKind.OWN
    text = composed("{text} (edited by {name})", text=word.text, name=word.name) if marked else word.text
    return replace(item, text=text, kind=kind, worded_by="rules", original=None)


def item_of(draft: Draft, item: str) -> Item:
    """A line of a draft.

    Raises:
        NotFound: the draft has no such line.
    """
    found = next((each for box in draft.boxes for each in box.items if each.id == item), None)
    if found is None:
        raise NotFound(f"draft {draft.id} has no item {item}: its lines run from 1.1")
    return found


def changes(kind: DraftWordKind, item: str, plan: Plan, *, by: str) -> bool:
    """Whether such a word of this person would change anything; a button pressed twice says it once."""
    at = plan.of(item)
    if kind is DraftWordKind.STRIKE:
        return at.struck is None or at.struck.by != by
    if kind is DraftWordKind.UNSTRIKE:
        return at.struck is not None
    if kind is DraftWordKind.AS_DRAFTED:
        return at.edit is not None or bool(at.beside)
    if kind is DraftWordKind.ACCEPT:
        return by not in (plan.accepted if item == PLAN else at.accepted)
    return True


@dataclass(frozen=True, slots=True)
class Saying:
    """What a person says, before it is a word of theirs; the fields are those of ``DraftWord``."""

    item: str
    kind: DraftWordKind
    name: RedactedText
    text: RedactedText | None = None
    carried: bool = False
    seen: str = ""


def word_on(
    draft: Draft, saying: Saying, *, grant: Grant[WriteNotes], at: datetime, said: Sequence[DraftWord]
) -> DraftWord:
    """The word of one of the pair on a line, or with ``PLAN`` on the plan as it reads now.

    Raises:
        NotFound: the draft has no such line.
        Usage: more was said of this draft than is kept, an edit has no text, or something else than accepting is said
            of the whole plan.
    """
    item, kind = saying.item, saying.kind
    if item != PLAN:
        item_of(draft, item)
    elif kind is not DraftWordKind.ACCEPT:
        raise Usage("the plan as a whole is accepted; strike and edit its lines one by one")
    if (kind is DraftWordKind.EDIT) != bool(saying.text):
        raise Usage("an edit needs the new words of the line, and nothing else takes any; strike a line to drop it")
    if len(said) >= MOST:
        raise Usage(f"draft {draft.id} has {len(said)} words on it, the most that are kept: draft the session anew")
    by, on = grant.principal.person, fold(draft.id, said).version if item == PLAN else ""
    key = "\x1f".join((grant.pair, draft.id, item, kind.value, by, at.isoformat()))
    named = hashlib.sha256(key.encode()).hexdigest()[:16]
    return DraftWord(
        named, grant.pair, draft.id, item, kind, by, grant.role.value, at, draft.day, saying.name, saying.text,
        saying.carried, saying.seen, on,
    )  # fmt: skip


def _item(said: list[DraftWord]) -> ItemPlan:
    struck: DraftWord | None = None
    accepted: set[str] = set()
    for each in said:
        if each.kind in _STRIKES:
            struck = each if each.kind is DraftWordKind.STRIKE else None
        accepted = accepted | {each.by} if each.kind is DraftWordKind.ACCEPT else set()
    texts = [each for each in said if each.kind in _TEXTS]
    last = texts[-1] if texts else None
    edit = last if last is not None and last.kind is DraftWordKind.EDIT else None
    return ItemPlan(struck, edit, _beside(texts, last), tuple(sorted(accepted)), tuple(said))


def _beside(texts: list[DraftWord], last: DraftWord | None) -> tuple[DraftWord, ...]:
    """Edits of others that came before the last one and after what its author had before them."""
    if last is None:
        return ()
    seen = next((at for at, each in enumerate(texts) if each.id == last.seen), -1)
    missed = texts[seen + 1 : -1]
    return tuple(each for each in missed if each.kind is DraftWordKind.EDIT and each.by != last.by)


def _reads(name: str, each: ItemPlan) -> str:
    """What of a line makes the plan read otherwise; by ids, so that masking a name later is no change of plan."""
    struck = "struck" if each.struck else ""
    return f"{name} {struck} {each.edit.id}" if each.edit else f"{name} {struck}" if struck else ""


def _digest(draft_id: str, parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join([draft_id, *filter(None, parts)]).encode()).hexdigest()[:16]
