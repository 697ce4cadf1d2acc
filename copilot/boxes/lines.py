"""What a box is made of: lines, each a claim with citations, a suggestion, or something the notes don't say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from copilot.boxes.spoken import bare_action, cut, unlabelled
from copilot.declared import due_phrase, history_phrase, owner_text
from copilot.drafts import ItemKind
from copilot.mentions import Commitment, CommitmentStatus, Mention, MentionKind
from copilot.snapshot import Snapshot
from guards.grounding import Basis, Claim, Slot, claim
from guards.text import RedactedText, house
from guards.tokens import day_text, number_text, ticket_text
from knowledge.passages import Citation

PROGRAMME: Final = "programme"
NO_OWNER: Final = house("[needs: owner]")
NO_DATE: Final = house("[needs: date]")
NO_DUE: Final = house("due [needs: date]")
_ACTS: Final = r"will|to|is going to|has to|agreed to|promised|takes?|owns?|sends?|brings?|should"
"""What follows a role that acts; a role that is only spoken of owns nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line before it is checked; only a fact has a claim."""

    text: RedactedText
    kind: ItemKind
    claim: Claim | None = None
    citations: tuple[Citation, ...] = ()
    worded_by: str = "rules"
    original: RedactedText | None = None


def suggest(text: RedactedText, *, by: str = "rules") -> Line:
    """The product's own proposal, shown as such."""
    return Line(text, ItemKind.SUGGESTION, worded_by=by)


def needs(text: RedactedText) -> Line:
    """What the notes don't say, and whom to ask."""
    return Line(text, ItemKind.NEEDS)


def fact(template: LiteralString, snapshot: Snapshot, citations: Sequence[Citation], **slots: Slot) -> Line:
    """A claim over the whole lines that its citations name."""
    made = claim(template, lines=cited_lines(snapshot, citations), **slots)
    return Line(made.text, ItemKind.FACT, made, tuple(citations))


def from_programme(template: LiteralString, snapshot: Snapshot, **slots: Slot) -> Line:  # noqa: ARG001 - shaped as `fact`
    """A fact that the programme file gives; cited as that file, with itself as the quote."""
    made = claim(template, lines=(), **slots)
    return Line(made.text, ItemKind.FACT, made, (Citation(PROGRAMME, house("programme.yaml"), 0, 0, made.text),))


def cited_lines(snapshot: Snapshot, citations: Sequence[Citation]) -> tuple[RedactedText, ...]:
    """The lines as the record has them, not as the citation quotes them."""
    return tuple(
        line.text
        for each in citations
        for line in snapshot.lines.get(each.document, ())
        if line.first <= each.last and each.first <= line.last
    )


def quote(text: RedactedText, *, limit: int = 150) -> Slot:
    """Words of a note, cut where a reader would cut when long, the cut marked."""
    return Slot(cut(text, limit=limit), Basis.QUOTED)


def by_rule(text: RedactedText | None, rule: str, *inputs: str, blank: RedactedText | None = None) -> Slot:
    """A value of a declared rule; ``blank`` when the rule has nothing to say or fails."""
    if text is None:
        return Slot(blank or house("[needs: value]"), Basis.HOUSE)
    return Slot(text, Basis.RULE, rule, inputs, fallback=blank)


def words(text: RedactedText) -> Slot:
    """The product's own words in a claim."""
    return Slot(text, Basis.HOUSE)


def day_slot(iso: str, text: RedactedText) -> Slot:
    """A session's day, by rule."""
    return Slot(text, Basis.RULE, "session_day", (iso,))


def owner_slot(snapshot: Snapshot, each: Commitment) -> Slot:
    """The owner, who must stand in the cited lines, by name or by their role in the pair."""
    who = owner_text(snapshot, each)
    if who is None:
        return words(NO_OWNER)
    decided = any(d.commitment in {each.id, *each.aliases} and d.owner for d in snapshot.decisions)
    return Slot(
        who, Basis.RULE, "owner", (each.id,), () if decided else (_owner_words(snapshot, each, who),), fallback=NO_OWNER
    )


def _owner_words(snapshot: Snapshot, each: Commitment, who: RedactedText) -> RedactedText:
    """What of the cited lines names the owner: the name, else the role as the one who acts ("mentee will …")."""
    pair, lines = snapshot.pair, cited_lines(snapshot, each.citations)
    if each.owner is None or any(who in line for line in lines):
        return who
    roles = {pair.sponsor: "sponsor", pair.mentor: "coach|mentor", pair.mentee: "mentee"}
    acting = re.compile(rf"(?<![\w-])(?:{roles.get(each.owner, who)})(?:\s*[:–-]|\s+(?:{_ACTS})\b)", re.IGNORECASE)
    found = ((line, match) for line in lines for match in acting.finditer(line))
    return next((line[match.start() : match.end()] for line, match in found), who)


def due_slot(snapshot: Snapshot, each: Commitment) -> Slot:
    """The due date: literally in the lines, or resolved by the declared rule from words that are."""
    if each.due is None:
        return quote(each.due_text, limit=40) if each.due_text else words(NO_DATE)
    shown = day_text(each.due)
    return Slot(shown, Basis.RULE, "due", (each.id,), _due_words(snapshot, each, shown), fallback=NO_DATE)


def late_slot(snapshot: Snapshot, each: Commitment) -> Slot:
    """``due`` or ``overdue since`` with the date, in one piece: without a date nothing is overdue."""
    if each.due is None:
        return words(NO_DUE) if each.due_text is None else quote(each.due_text, limit=40)
    shown = due_phrase(each.due, snapshot.day)
    cited = _due_words(snapshot, each, day_text(each.due))
    return Slot(shown, Basis.RULE, "late", (each.id,), cited, fallback=NO_DUE)


def _due_words(snapshot: Snapshot, each: Commitment, shown: RedactedText) -> tuple[RedactedText, ...]:
    moved = any(d.commitment in {each.id, *each.aliases} and d.due for d in snapshot.decisions)
    return () if moved else (each.due_text or shown,)


def ticket_slot(each: Commitment) -> Slot:
    """The ticket, literal in the lines; else the calendar entry that stands for it."""
    ticket = ticket_text(each.ticket or "")
    if ticket is None:
        return words(house("calendar entry") if each.due else house("[needs: ticket or calendar date]"))
    return Slot(ticket, Basis.RULE, "ticket", (each.id,), (ticket,), fallback=house("[needs: ticket]"))


def history_slot(each: Commitment) -> Slot:
    """Since when, and how often carried, by the ledger's rule."""
    return Slot(history_phrase(each), Basis.RULE, "history", (each.id,))


def action_slot(each: Commitment, *, limit: int = 130) -> Slot:
    """The action in the note's words; the cited quote where the ledger's text isn't one stretch of the line."""
    slot = quote(bare_action(each), limit=limit)
    spare = cut(unlabelled(each.citations[-1].quote), limit=limit) if each.citations else None
    return Slot(slot.text, Basis.QUOTED, fallback=spare)


def sources_of(each: Commitment) -> tuple[Citation, ...]:
    """Where it was first said and where it was last said."""
    return each.citations if len(each.citations) < 3 else (each.citations[0], each.citations[-1])


def open_ones(snapshot: Snapshot) -> tuple[Commitment, ...]:
    """Open commitments: overdue first, then the oldest, then by due date."""
    found = [each for each in snapshot.commitments if each.status is CommitmentStatus.OPEN]
    later = snapshot.day.replace(year=snapshot.day.year + 9)
    return tuple(
        sorted(
            found,
            key=lambda each: (not overdue(snapshot, each), -each.age_days, each.due or later, each.id),
        )
    )


def overdue(snapshot: Snapshot, each: Commitment) -> bool:
    """Whether its day has passed."""
    return each.due is not None and each.due < snapshot.day


def of_the_pair(snapshot: Snapshot, each: Commitment) -> bool:
    """Whether one of the two owes it, or nobody is named."""
    unnamed = each.owner is None and each.owner_text is None
    return unnamed or each.owner in {snapshot.pair.mentor, snapshot.pair.mentee}


def of_kind(snapshot: Snapshot, *kinds: MentionKind) -> tuple[Mention, ...]:
    """Mentions of these kinds, the latest first, in the order of the page within a day."""
    found = sorted((each for each in snapshot.mentions if each.kind in kinds), key=lambda each: each.citation.first)
    return tuple(sorted(found, key=lambda each: each.session_date, reverse=True))


def number_slot(value: int, rule: str, *inputs: str) -> Slot:
    """A counted or computed whole number."""
    return Slot(number_text(value), Basis.RULE, rule, inputs)
