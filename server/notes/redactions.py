"""``/api/v1/redactions``: a text in, the masked text and what was masked out; nothing is kept."""

from __future__ import annotations

from typing import Final

from fastapi import Depends

from guards.language import foreign_lines
from guards.pair_vault import PairVault
from guards.text import RawText
from server.auth import Opened, signed_in
from server.notes.schemas import RedactionOut, TextIn
from server.notes.shelf import OnShelf
from server.once import api_router

api: Final = api_router("/redactions", "redactions")
_PAIR: Final = "none"


@api.post("", dependencies=[Depends(signed_in)])
def mask(copilot: Opened, shelf: OnShelf, sent: TextIn) -> RedactionOut:
    """Mask a text with the programme's people known, in a vault of its own that is forgotten at once."""
    programme = copilot.programme()
    vault = PairVault(_PAIR, roster=programme.roster())
    with shelf.redacting:
        found = copilot.redactor.redact([RawText(sent.text)], vault=vault, transcript=sent.transcript)[0]
    foreign = sum(foreign_lines(sent.text.splitlines(), programme.languages))
    return RedactionOut.of(found, foreign=foreign)
