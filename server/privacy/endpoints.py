"""The caller's own privacy: calls of their pairs, consent, tokens, erasure; and what a role sees of a pair."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final

from fastapi import Depends, Path, Query

from copilot import erasure_asking
from copilot.bootstrap import Copilot
from copilot.calls import calls_of
from copilot.consenting import keep_word, state_of
from copilot.erasure_asking import Asked
from copilot.erasure_records import Target
from copilot.errors import NotFound
from copilot.tokens import Issued, Scope, Token, TokenKind, issue, revoke
from copilot.wall import as_json, preview
from guards.access import Grant, PreviewWall
from guards.consent import ConsentWord, Purpose
from guards.errors import NotPermitted
from guards.log_reading import Call
from server.auth import Caller, Opened, SignedIn, asks
from server.jobs.schemas import JobOut
from server.once import api_router
from server.paging import MOST, Page, Paged, page
from server.privacy.erasures import Erasures, erasures_of
from server.privacy.schemas import (
    ID,
    AskedOut,
    CallOut,
    ConsentIn,
    ConsentOut,
    ErasureIn,
    ErasureOut,
    IssuedOut,
    PurposeName,
    RoleName,
    TokenIn,
    TokenOut,
)

api: Final = api_router("/me", "privacy")
wall_api: Final = api_router("/pairs/{pair}/wall", "privacy")
OWN: Final = ("mentor_coach", "mentee")
Previewing = Annotated[Grant[PreviewWall], asks(PreviewWall)]
Erasing = Annotated[Erasures, Depends(erasures_of)]
TokenId = Annotated[str, Path(min_length=1, max_length=32, pattern=r"^[A-Za-z0-9]+$")]
AskedPair = Annotated[str, Path(min_length=1, max_length=64, pattern=ID)]
As = Annotated[RoleName, Query(alias="as", description="whose view")]


@api.get("/calls")
def calls(copilot: Opened, caller: SignedIn, most: Annotated[int, Query(ge=1, le=MOST)] = 50) -> list[CallOut]:
    """The last calls to models for the caller's own pairs, newest first: when, how large, the door's verdict."""
    return [_call(each) for each in calls_of(copilot, caller.pairs_as(*OWN), most=most)]


@api.get("/consents")
def consents(copilot: Opened, caller: SignedIn) -> list[ConsentOut]:
    """What the caller allows now; empty for whoever is coach or mentee of no pair."""
    return [ConsentOut.model_validate(each) for each in own_consents(copilot, caller)]


@api.put("/consents/{purpose}")
def consent(copilot: Opened, caller: SignedIn, purpose: PurposeName, said: ConsentIn) -> ConsentOut:
    """Give or withdraw the caller's consent; it counts at once, and every word is kept."""
    say_consent(copilot, caller, purpose, allowed=said.allowed)
    return ConsentOut(person=caller.person, purpose=purpose, allowed=said.allowed)


@api.get("/tokens")
def tokens(copilot: Opened, caller: SignedIn, wanted: Paged) -> Page[TokenOut]:
    """The caller's sign-ins and tokens, without their secrets."""
    now = datetime.now(UTC)
    found = sorted(copilot.tokens.tokens(caller.person), key=lambda each: each.id)
    shown = page(found, wanted, key=lambda each: each.id)
    return Page(items=[token_out(each, now) for each in shown.items], next=shown.next)


@api.post("/tokens", status_code=201)
def issue_token(copilot: Opened, caller: SignedIn, wanted: TokenIn) -> IssuedOut:
    """Make an API token and show it, this once. Only a signed-in browser may: a token makes no other."""
    made = issue_to(copilot, caller, wanted)
    return IssuedOut(id=made.id, token=made.secret, expires=made.expires)


@api.delete("/tokens/{token}", status_code=204)
def revoke_token(copilot: Opened, caller: SignedIn, token: TokenId) -> None:
    """Take a token or sign-in of the caller back; it counts at once."""
    revoke_own(copilot, caller, token)


@api.get("/erasures")
def asked(copilot: Opened, caller: SignedIn) -> list[AskedOut]:
    """Words for an erasure that wait in the caller's pairs."""
    return [_asked(each) for each in erasure_asking.asked_of(copilot, caller.person)]


@api.post("/erasures", status_code=202)
def erase(copilot: Opened, caller: SignedIn, erasures: Erasing, wanted: ErasureIn) -> ErasureOut:
    """Have the caller's own person erased, or say the caller's word for a pair; the second word carries it out."""
    target = Target(wanted.kind, wanted.id)
    waits = erasure_asking.ask(copilot, target, by=caller.person, typed=wanted.confirm)
    if waits is not None:
        return ErasureOut(asked=_asked(waits))
    ticket, job = erasures.start(copilot, target, person=caller.person)
    return ErasureOut(job=JobOut.of(job), certificate=f"/erasures/{ticket}")


@api.delete("/erasures/{pair_id}", status_code=204)
def take_back(copilot: Opened, caller: SignedIn, pair_id: AskedPair) -> None:
    """Let a word for the erasure of the caller's pair count no more."""
    erasure_asking.take_back(copilot, pair_id, by=caller.person)


@wall_api.get("")
def wall(copilot: Opened, grant: Previewing, who: As = "sponsor") -> dict[str, Any]:
    """What a role sees of the pair, and each source withheld with its reason (``coach wall preview --json``)."""
    subject = copilot.viewer(grant.pair, who)
    return as_json(preview(copilot, grant.pair, subject, who=who, caller=grant.principal))


def own_consents(copilot: Copilot, caller: Caller) -> list[dict[str, object]]:
    """What somebody allows; nothing is asked of whoever is coach or mentee of no pair."""
    return state_of(copilot, caller.person) if caller.pairs_as(*OWN) else []


def say_consent(copilot: Copilot, caller: Caller, purpose: str, *, allowed: bool) -> None:
    """Keep the caller's own word.

    Raises:
        NotPermitted: they are coach or mentee of no pair.
    """
    word = ConsentWord(caller.person, Purpose(purpose), allowed, datetime.now(UTC))
    keep_word(copilot, word, speaker=caller.person)


def issue_to(copilot: Copilot, caller: Caller, wanted: TokenIn) -> Issued:
    """A token for the caller.

    Raises:
        NotPermitted: they came with a token themselves, which would then outlive its own revocation.
        BadInput: the label is not of the allowed letters.
    """
    if caller.bearer.kind is not TokenKind.SESSION:
        raise NotPermitted("a token makes no other token: sign in and make one on the page Privacy")
    scopes = frozenset(Scope(each) for each in wanted.scopes)
    return issue(
        copilot.tokens, person=caller.person, kind=TokenKind.API, scopes=scopes, now=datetime.now(UTC),
        lifetime=timedelta(days=wanted.days), label=wanted.label,
    )  # fmt: skip


def revoke_own(copilot: Copilot, caller: Caller, token_id: str) -> None:
    """Take one of the caller's own back.

    Raises:
        NotFound: no token of theirs has this id.
    """
    found = copilot.tokens.find(token_id)
    if found is None or found.person != caller.person:
        raise NotFound("no sign-in or token of yours has this id")
    revoke(copilot.tokens, token_id, by=caller.person)


def token_out(each: Token, now: datetime) -> TokenOut:
    """A token as its person sees it."""
    state = "revoked" if each.revoked else "good" if each.live(now) else "ended"
    return TokenOut(
        id=each.id, kind=each.kind.value, scopes=sorted(each.scopes), state=state, label=each.label,
        created=each.created, expires=each.expires, used=each.used,
    )  # fmt: skip


def _call(each: Call) -> CallOut:
    return CallOut(
        at=each.at, pair=each.pair, destination=each.destination, bytes=each.size, texts=each.texts,
        placeholders=each.placeholders, sha256=each.sha256, policy=each.policy, verdict=each.verdict,
    )  # fmt: skip


def _asked(each: Asked) -> AskedOut:
    return AskedOut(pair=each.pair, by=each.by, date=each.day, until=each.until, waits_for=each.waits_for)
