"""Which pair's draft an id means; a person only ever finds drafts of pairs they coach here."""

from __future__ import annotations

from copilot.bootstrap import Copilot
from copilot.drafts import Draft
from copilot.errors import NotFound
from copilot.stores.protocols import PairReader
from guards.access import Principal, ReadConversation, authorize


def find_draft(copilot: Copilot, draft_id: str) -> tuple[Draft, Principal, PairReader]:
    """The draft of that id or unambiguous prefix, with the mentor of its pair and their reader.

    Raises:
        NotFound: there is none, or more than one.
    """
    found: list[tuple[Draft, Principal, PairReader]] = []
    for pair in copilot.programme().pairs:
        principal = copilot.principal(pair.id)
        reader = copilot.record.reader(authorize(principal, ReadConversation, pair.id))
        draft = reader.draft(draft_id)
        if draft is not None:
            found.append((draft, principal, reader))
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound(f"draft {draft_id} could be one of {len(found)}: type more characters of its id")
    raise NotFound(f"no draft {draft_id} here: coach prep prints the id of each draft at the foot of its page")
