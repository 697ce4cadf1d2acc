"""Reading what a document promises: template fields first, then rules, then the engine where rules abstain.

Works on redacted text alone, where people are placeholders; lines of held passages are never read. Refuses to
guess: an owner the words do not give stays unassigned, with the question to ask.
"""

from __future__ import annotations

from collections.abc import Iterable

from copilot.engines.protocol import Engine
from copilot.engines.rules import RulesEngine
from copilot.extraction.document import Reader
from copilot.extraction.fields import FieldReader
from copilot.extraction.lines import surroundings
from copilot.extraction.minting import Minter
from copilot.extraction.people import PeopleView
from copilot.extraction.wrapping import unwrapped
from copilot.mentions import Mention
from guards.held import INSTRUCTION
from knowledge.note_template import NoteFields
from knowledge.passages import Passage, RedactedDocument

__all__ = ["PeopleView", "read_mentions"]


def read_mentions(
    document: RedactedDocument,
    *,
    fields: NoteFields | None = None,
    passages: Iterable[Passage],
    people: PeopleView,
    engine: Engine,
) -> tuple[Mention, ...]:
    """Everything the document says that matters later, in line order.

    Args:
        document: redacted, with its session date.
        fields: the note template's fields, exact; lines they take are not read again.
        passages: the document's passages; their ``held`` lines are left out.
        people: who the placeholders stand for.
        engine: asked only about lines that look like a promise and that no rule parsed.
    """
    passages = tuple(passages)
    if any(each.held == INSTRUCTION for each in passages):
        engine = RulesEngine()  # a document that gives orders is read by rules alone
    lines = surroundings(document, passages, people)
    minter = Minter(document, people.person_of)
    template = FieldReader(lines, minter, people)
    exact = template.read(fields) if fields is not None else []
    reader = Reader(minter, people, engine, document.session_date)
    taken = frozenset(template.taken)
    found = [*exact, *reader.read(unwrapped(lines, taken), taken)]
    return tuple(sorted(found, key=lambda each: each.citation.first))
