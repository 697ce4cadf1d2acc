"""A session note from what a session left behind: the template's fields, each line cited, what is missing asked.

Takes one document, be it rough notes or a transcript, and only what was read out of it.
"""

from __future__ import annotations

from copilot.boxes.lines import (
    Line,
    action_slot,
    due_slot,
    fact,
    needs,
    owner_slot,
    quote,
    ticket_slot,
)
from copilot.boxes.spoken import spoken
from copilot.errors import NotFound
from copilot.mentions import Commitment, CommitmentStatus, Mention, MentionKind
from copilot.papers.paper import Paper, PaperKind, assembled
from copilot.snapshot import Snapshot
from guards.text import house
from knowledge.note_fields import note_schema

_FIELDS = {
    "objective": (MentionKind.OBJECTIVE,),
    "artifacts": (MentionKind.ARTIFACT, MentionKind.METRIC),
    "decisions": (MentionKind.DECISION, MentionKind.OPEN_DECISION),
    "escalations": (MentionKind.BLOCKER,),
}
"""Which mentions fill which field; commitments have their own lines."""

_ASKS = {
    "objective": house("[needs: what this session was to move, in one sentence]"),
    "artifacts": house("[needs: what was looked at, with a link or ticket]"),
    "decisions": house("[needs: what was decided, or none]"),
    "commitments": house("[needs: one to three, each with owner, due date and ticket]"),
    "escalations": house("[needs: what only the sponsor can unblock and who is told, or none]"),
}


def build(snapshot: Snapshot, *, document: str) -> Paper:
    """The note of one document.

    Raises:
        NotFound: nothing of the document is on record.
    """
    if document not in snapshot.lines and not any(each.citation.document == document for each in snapshot.mentions):
        raise NotFound("nothing was read out of that document: no promise, decision, artifact or blocker stands in it")
    sections: list[tuple[str, list[Line]]] = []
    for field in note_schema().fields:
        own = field.name == "commitments"
        lines = _commitments(snapshot, document) if own else _field(snapshot, document, field.name)
        sections.append((field.title, lines or [needs(_ASKS[field.name])]))
    return assembled(snapshot, PaperKind.NOTE, "Session note, draft", sections)


def _field(snapshot: Snapshot, document: str, name: str) -> list[Line]:
    found = [each for each in snapshot.mentions if each.kind in _FIELDS[name] and each.citation.document == document]
    found = [spoken(snapshot, each) for each in sorted(found, key=lambda one: (one.citation.first, one.id))]
    return [_said(snapshot, each) for each in found if each.text]


def _said(snapshot: Snapshot, each: Mention) -> Line:
    words = quote(each.text, limit=300)
    if each.kind is MentionKind.OPEN_DECISION:
        return fact("Open: {words}", snapshot, [each.citation], words=words)
    return fact("{words}", snapshot, [each.citation], words=words)


def _commitments(snapshot: Snapshot, document: str) -> list[Line]:
    made: list[Line] = []
    for each in snapshot.commitments:
        cited = [place for place in each.citations if place.document == document]
        if cited:
            made.append(_commitment(snapshot, each))
    return made


def _commitment(snapshot: Snapshot, each: Commitment) -> Line:
    cited = each.citations
    who, what, due, ticket = owner_slot(snapshot, each), action_slot(each), due_slot(snapshot, each), ticket_slot(each)
    if each.status is CommitmentStatus.DONE:
        return fact("Done: {who}: {what}", snapshot, cited, who=who, what=what)
    if each.status is CommitmentStatus.DROPPED:
        return fact("Dropped: {who}: {what}", snapshot, cited, who=who, what=what)
    if each.status is CommitmentStatus.CANDIDATE:
        return fact("To confirm: {who}: {what}. Due {due}. Ticket {ticket}.", snapshot, cited,
                    who=who, what=what, due=due, ticket=ticket)  # fmt: skip
    return fact("{who}: {what}. Due {due}. Ticket {ticket}.", snapshot, cited,
                who=who, what=what, due=due, ticket=ticket)  # fmt: skip
