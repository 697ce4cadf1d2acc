"""Which pair's draft an id means; it is found by who may see its sources now, and by nobody else."""

from __future__ import annotations

from copilot.bootstrap import Copilot
from copilot.draft_wall import check_draft, stamp
from copilot.drafts import Draft
from copilot.errors import NotFound
from copilot.stores.protocols import PairReader
from guards.access import Principal, ReadConversation, Role, authorize
from guards.errors import NotPermitted


def find_draft(
    copilot: Copilot, draft_id: str, *, role: Role = Role.MENTOR_COACH
) -> tuple[Draft, Principal, PairReader]:
    """The draft of that id or unambiguous prefix, with who holds the role in its pair and their reader.

    Raises:
        NotFound: there is none, or more than one.
        NotPermitted: there is one, and it may not be shown to them now.
    """
    found: list[tuple[Draft, Principal, PairReader]] = []
    refused: list[str] = []
    for pair in copilot.programme().pairs:
        principal = copilot.principal(pair.id, role)
        try:
            grant = authorize(principal, ReadConversation, pair.id)
        except NotPermitted as error:
            refused.append(str(error))
            continue
        reader = copilot.record.reader(grant)
        draft = reader.draft(draft_id)
        if draft is not None:
            found.append((draft, principal, reader))
    if len(found) == 1:
        draft, _, reader = found[0]
        now = stamp(copilot.consents, copilot.programme().pair(draft.pair))
        check_draft(draft, role=role, reader=reader, now=now)
        return found[0]
    if not found and refused:
        raise NotPermitted(f"no draft {draft_id} is open to this view. {refused[0]}")
    if found:
        raise NotFound(f"draft {draft_id} could be one of {len(found)}: type more characters of its id")
    raise NotFound(f"no draft {draft_id} here: coach prep prints the id of each draft at the foot of its page")
