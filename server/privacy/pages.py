"""``/privacy``: what was sent and when, who sees what, consent, sign-ins and tokens, and the way to erasure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from copilot import erasure_asking
from copilot.calls import calls_of, log_state
from copilot.errors import NotFound
from copilot.tokens import Issued, TokenKind
from copilot.wall import preview
from server.auth import Caller, Opened, SignedIn
from server.html import show
from server.privacy.endpoints import (
    OWN,
    As,
    Previewing,
    TokenId,
    issue_to,
    own_consents,
    revoke_own,
    say_consent,
    token_out,
)
from server.privacy.schemas import PurposeName, TokenForm, TokenIn

pages: Final = APIRouter(include_in_schema=False, prefix="/privacy")
_SHOWN: Final = 20
_PURPOSES: Final[Mapping[str, tuple[str, str]]] = {
    "session_prep": (
        "Session prep",
        "Drafts and summaries for the two of you. Withdrawn, the notes close to the other at once.",
    ),
    "endpoint_model": (
        "A model outside this machine",
        "Masked passages may be read by it, where the programme has set one.",
    ),
    "sensitive_drafts": (
        "Sensitive passages in drafts",
        "Health, family, a job hunt and the like, in your own pair's drafts. Needs both of you.",
    ),
    "sensitive_endpoint": (
        "Sensitive passages to a model outside",
        "Needs both of you, and your consent to a model outside.",
    ),
    "programme_review": (
        "Programme review",
        "L&D may see flags on your pair's process, without a word of a note. Needs both of you.",
    ),
    "evaluation": ("Evaluation", "Masked passages and decided cards may become test cases. Needs both of you."),
    "next_cohort": ("The next cohort", "Templates and learnings may be passed on. Needs both of you."),
}


@pages.get("")
def privacy(request: Request, copilot: Opened, caller: SignedIn) -> Response:
    """Everything of the caller's own on one page."""
    return _page(request, copilot, caller, made=None)


@pages.post("/consents/{purpose}")
def consent(
    copilot: Opened, caller: SignedIn, purpose: PurposeName, word: Annotated[Literal["give", "withdraw"], Form()]
) -> Response:  # fmt: skip
    """Keep a word on a purpose; it counts at once."""
    say_consent(copilot, caller, purpose, allowed=word == "give")
    return RedirectResponse(f"/privacy?said={word}#consent", 303)


@pages.post("/tokens")
def issue_token(request: Request, copilot: Opened, caller: SignedIn, form: Annotated[TokenForm, Form()]) -> Response:
    """Make a token; this answer is the one place that shows it."""
    wanted = TokenIn(scopes=["read", "write"] if form.write else ["read"], days=form.days, label=form.label)
    return _page(request, copilot, caller, made=issue_to(copilot, caller, wanted))


@pages.post("/tokens/{token}/revoke")
def revoke_token(copilot: Opened, caller: SignedIn, token: TokenId) -> Response:
    """Take one back."""
    revoke_own(copilot, caller, token)
    return RedirectResponse("/privacy?said=revoked#tokens", 303)


@pages.get("/wall/{pair}")
def wall(request: Request, copilot: Opened, grant: Previewing, who: As = "sponsor") -> Response:
    """What a role sees of the pair, source by source."""
    try:
        subject = copilot.viewer(grant.pair, who)
    except NotFound:
        found = None  # nobody holds that role here
    else:
        found = preview(copilot, grant.pair, subject, who=who, caller=grant.principal)
    return show(request, "wall.html", {"pair": grant.pair, "who": who, "found": found})


def _page(request: Request, copilot: Opened, caller: Caller, *, made: Issued | None) -> Response:
    now = datetime.now(UTC)
    own = caller.pairs_as(*OWN)
    calls = calls_of(copilot, own, most=_SHOWN) if own else ()
    good = [token_out(each, now) for each in copilot.tokens.tokens(caller.person) if each.live(now)]
    programme = copilot.programme()
    names = {each.id: each.name for each in programme.people}
    previewed = own or (tuple(each.id for each in programme.pairs) if caller.is_lnd else ())
    context: dict[str, Any] = {
        "own": own, "calls": calls, "whole": log_state(copilot) if own or caller.is_lnd else None,
        "previewed": previewed, "consents": _consents(own_consents(copilot, caller)), "made": made,
        "mine": caller.bearer.id,
        "tokens": [each for each in good if each.kind == TokenKind.API.value],
        "sign_ins": [each for each in good if each.kind in {TokenKind.SESSION.value, TokenKind.FEED.value}],
        "asked": erasure_asking.asked_of(copilot, caller.person), "names": names,
    }  # fmt: skip
    return show(request, "privacy.html", context)


def _consents(rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for each in rows:
        title, says = _PURPOSES[str(each["purpose"])]
        found.append({"purpose": each["purpose"], "allowed": each["allowed"], "title": title, "says": says})
    return found
