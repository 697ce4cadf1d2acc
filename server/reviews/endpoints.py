"""``/api/v1/reviews``: the review queue of whoever calls. What is not theirs to judge is as if it were not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from fastapi import Path, Query

from copilot import reviewing
from copilot.bootstrap import Copilot
from copilot.card_shape import card_json
from copilot.errors import NotFound
from copilot.flagging import seen_by
from copilot.flags.flag import State, Tier
from copilot.raising import look_today
from copilot.review import Card, Event
from guards.access import Grant, ReviewFlags
from server.auth import Opened, SignedIn
from server.jobs.endpoints import Running
from server.jobs.runner import Job, Jobs, Tell
from server.jobs.schemas import JobOut
from server.once import api_router
from server.paging import Page, Paged, page
from server.reviews.schemas import CardOut, WordIn

api: Final = api_router("/reviews", "reviews")
LOOK: Final = "flags"
"""The kind of the job that judges today's record."""

CardId = Annotated[str, Path(min_length=4, max_length=80, pattern=r"^[A-Za-z0-9-]+$")]
States = Annotated[
    Literal["waiting", "open", "watching", "confirmed", "dismissed", "expired"],
    Query(description="cards in this state; `waiting` are the undecided ones of no muted category"),
]


def their_card(copilot: Copilot, person: str, card: str) -> tuple[Card, Grant[ReviewFlags]]:
    """A card of somebody's queue.

    Raises:
        NotFound: there is none that they may see.
    """
    try:
        return reviewing.one_card(copilot, person, card)
    except NotFound as error:
        raise NotFound("no such card is yours to judge: go back to the review queue") from error


def in_order(board: reviewing.Board, state: str) -> tuple[Card, ...]:
    """The cards in a state: what waits by urgency, the rest by the same order."""
    if state == "waiting":
        return board.waiting
    return tuple(sorted((each for each in board.cards if each.state is State(state)), key=order))


def order(card: Card) -> str:
    """The key of the queue's order: review before watch, then the oldest."""
    one = card.finding
    return f"{int(one.tier is not Tier.REVIEW)} {one.as_of.isoformat()} {one.id}"


def look(copilot: Copilot, jobs: Jobs, person: str) -> Job:
    """Judge today's record in the background.

    Raises:
        NotPermitted: they review flags of no pair.
        Refused: too many jobs wait already.
    """
    seen_by(copilot, person)  # refused before anything waits

    def work(tell: Tell) -> Mapping[str, Any]:
        tell("step", {"text": "Looking at today's record"})
        return {"new": look_today(copilot, person)}

    return jobs.start(LOOK, work, person=person)


@api.get("")
def cards(copilot: Opened, caller: SignedIn, wanted: Paged, state: States = "waiting") -> Page[CardOut]:
    """The caller's queue, review before watch, then the oldest."""
    found = page(in_order(reviewing.board(copilot, caller.person), state), wanted, key=order)
    shown = reviewing.wordings(copilot, caller.person) if found.items else {}
    return Page(items=[_out(each, shown) for each in found.items], next=found.next)


@api.post("", status_code=202)
def judge_today(copilot: Opened, caller: SignedIn, jobs: Running) -> JobOut:
    """Judge today's record; new cards join the queue when the job is done."""
    return JobOut.of(look(copilot, jobs, caller.person))


@api.get("/{card}")
def one(copilot: Opened, caller: SignedIn, card: CardId) -> CardOut:
    """A card with its evidence, other explanations and what was said of it."""
    found, grant = their_card(copilot, caller.person, card)
    return CardOut.model_validate(card_json(found, reviewing.wording(copilot, grant)))


@api.post("/{card}/words", status_code=201)
def say(copilot: Opened, caller: SignedIn, card: CardId, word: WordIn) -> CardOut:
    """Say what a card is, with the reason; the card as it stands afterwards. Nothing else is done."""
    found, grant = their_card(copilot, caller.person, card)
    after = reviewing.decide(copilot, caller.person, found.finding.id, event=Event(word.event), reason=word.reason)
    return CardOut.model_validate(card_json(after, reviewing.wording(copilot, grant)))


def _out(card: Card, shown: Mapping[str, Any]) -> CardOut:
    return CardOut.model_validate(card_json(card, shown[card.finding.pair]))
