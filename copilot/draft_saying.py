"""Takes a person's word on a session prep: masks what they wrote, checks it against the note lines, keeps it.

An edit is redacted before it is kept and looked through for what the vault knows; where something is left it is
refused. Refuses other languages, which the redactor cannot mask. The check is drafting's own (``guards.grounding``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from copilot.bootstrap import Copilot
from copilot.boxes.lines import PROGRAMME
from copilot.draft_words import LONGEST, PLAN, DraftWordKind, Plan, Saying, changes, fold, item_of, word_on
from copilot.drafts import Draft, Item
from copilot.errors import BadInput
from copilot.stores.protocols import PairReader
from guards.access import Principal, ReadConversation, WriteNotes, authorize
from guards.audit_log import Act, Entry
from guards.errors import RedactionFailed, Unsupported
from guards.grounding import Basis, Slot, claim, ground
from guards.language import foreign_lines
from guards.leakage import Forms
from guards.text import RawText, RedactedText, joined
from guards.wire_patterns import patterns_in

_SAID: Final = "{said}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks to be kept: their words as typed, and the last text of the line that they had seen.

    ``seen`` is ``None`` where it is not known; they are then taken to have seen the line as it stands.
    """

    item: str
    kind: DraftWordKind
    typed: str = ""
    seen: str | None = None


def plan_of(copilot: Copilot, draft: Draft, *, principal: Principal) -> Plan:
    """The draft's plan as it stands.

    Raises:
        NotPermitted: the principal is not of this pair.
    """
    grant = authorize(principal, ReadConversation, draft.pair)
    return fold(draft.id, copilot.record.draft_words.words(draft.id, grant))


def say(copilot: Copilot, draft: Draft, asked: Asked, *, principal: Principal) -> Plan:
    """Keep a person's word; what would change nothing is not kept a second time. Returns the plan after it.

    Raises:
        NotPermitted: the principal is not of this pair.
        NotFound: the draft has no such line.
        BadInput: the new words are empty, too long or of another language.
        RedactionFailed: they could not be masked for sure.
        Usage: see ``copilot.draft_words.word_on``.
    """
    reading = authorize(principal, ReadConversation, draft.pair)
    writing = authorize(principal, WriteNotes, draft.pair)
    words = copilot.record.draft_words
    said = words.words(draft.id, reading)
    plan = fold(draft.id, said)
    item = None if asked.item == PLAN else item_of(draft, asked.item)
    if not changes(asked.kind, asked.item, plan, by=principal.person):
        return plan
    text: RedactedText | None = None
    if asked.kind is DraftWordKind.EDIT and item is not None:
        text = _masked(copilot, draft.pair, asked.typed)
    with copilot.record.vaults.open(draft.pair) as vault:
        name = vault.placeholder_of(principal.person)
    reader = copilot.record.reader(reading)
    carried = text is not None and item is not None and carries(item, text, reader=reader)
    seen = plan.latest_text(asked.item) if asked.seen is None else asked.seen
    saying = Saying(asked.item, asked.kind, name, text, carried, seen)
    word = word_on(draft, saying, grant=writing, at=datetime.now(UTC), said=said)
    copilot.audit.append(
        Entry(Act.DECISION, draft.pair, word.by, writing.role.value, word.id, f"draft_{word.kind.value}")
    )
    words.append(word, writing)
    return plan_of(copilot, draft, principal=principal)


def carries(item: Item, text: RedactedText, *, reader: PairReader) -> bool:
    """Whether the note lines of a line carry other words for it, by the check that drafting goes through."""
    lines = tuple(
        line for each in item.citations
        for line in (
            (each.quote,) if each.document == PROGRAMME
            else (one.text for one in reader.lines(each.document, each.first, each.last))
        )
    )  # fmt: skip
    if not lines:
        return False
    for slot in (Slot(text, Basis.QUOTED), Slot(text, Basis.SAID, of=joined("\n", lines))):
        try:
            ground(claim(_SAID, lines=lines, said=slot), rules={})
        except Unsupported:
            continue
        return True
    return False


def _masked(copilot: Copilot, pair: str, typed: str) -> RedactedText:
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in typed).split())
    if not plain:
        raise BadInput("the line has no words: write what it should say, or strike it")
    if len(plain) > LONGEST:
        raise BadInput(f"the line has {len(plain)} characters, more than {LONGEST}: say it shorter, a prep is one page")
    if any(foreign_lines([plain])):
        raise BadInput("the line looks like another language than English, in which names cannot be masked for sure")
    with copilot.record.vaults.open(pair) as vault:
        text = copilot.redactor.redact([RawText(plain)], vault=vault)[0].text
        left = Forms(vault.forms()).found_in_texts([text]) + patterns_in([text])
    if left:
        raise RedactionFailed(f"the edited line still holds {left} names or numbers after masking: nothing was kept")
    return text
