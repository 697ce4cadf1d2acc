"""With which grant somebody searches, and how names are shown to them.

Of the pair: the conversation with its names. Anybody else: the programme lane, names masked.
"""

from __future__ import annotations

from collections.abc import Callable

from copilot.bootstrap import Copilot
from copilot.commitment_pages import masked
from guards.access import ALLOWED, Grant, Principal, ReadConversation, ReadProgramme, authorize

View = tuple[Grant[ReadConversation] | Grant[ReadProgramme], Callable[[str], str]]


def view_of(copilot: Copilot, pair: str, principal: Principal) -> View:
    """The widest grant of the principal's role, and what shows text to them. A closed pair is refused, not narrowed.

    Raises:
        NotPermitted: the person is nothing to the pair or the programme, or the pair is closed to them.
    """
    if principal.roles.get(pair) in ALLOWED[ReadConversation]:
        grant = authorize(principal, ReadConversation, pair)
        return grant, copilot.reveal(pair, principal)
    return authorize(principal, ReadProgramme, pair), masked
