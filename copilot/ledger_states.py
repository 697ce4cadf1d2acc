"""The one state machine of a commitment: states, what can happen to them, and what comes of it. A total table.

The fold, people's decisions and the command line all look here. Refuses to let what was closed come back as open by
itself: what is said again then starts a candidate with a question; only a person opens it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from copilot.mentions import CommitmentStatus, DecisionKind, MentionKind
from guards.text import RedactedText, house


class State(StrEnum):
    """Where a commitment stands. ``RETURNED`` shows as a candidate: it was closed, and a later note says it again."""

    CANDIDATE = "candidate"
    RETURNED = "returned"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    DENIED = "denied"

    @property
    def status(self) -> CommitmentStatus:
        """The status that is shown."""
        return CommitmentStatus.CANDIDATE if self is State.RETURNED else CommitmentStatus(self.value)

    @property
    def running(self) -> bool:
        """Whether it is still owed or waits to be confirmed."""
        return self in {State.CANDIDATE, State.RETURNED, State.OPEN}


class Event(StrEnum):
    """What can happen to a commitment: first what notes say, then what people say, then what becomes of the note."""

    PROMISED = "promised again"
    HEARD = "said loosely again"
    NOTED_DONE = "note says done"
    NOTED_DROPPED = "note says dropped"
    NOTED_MOVED = "note says moved"
    NOTED_OPEN = "note says still open"
    NOTED_UNCLEAR = "note may mean it"
    CONFIRM = "confirm"
    DENY = "deny"
    DONE = "done"
    DROP = "drop"
    MOVE = "move"
    SHARE = "share"
    UNSHARE = "unshare"
    SUPERSEDED = "line left its note"


AGAIN: Final = house("Said again after it was closed: a new promise?")
IS_IT_THIS: Final = house("A later note says something like this: is it this one?")
OPEN_AGAIN: Final = house("A later note speaks of it as open though it was closed: is it open again?")

_CONFIRM_FIRST: Final = "was denied: confirm it first if it stands after all"
_OPEN_FIRST: Final = "is closed: confirm it to open it again, then move it"


@dataclass(frozen=True, slots=True)
class Step:
    """What comes of an event. ``next`` is ``None`` where the commitment leaves with the only line that said it.

    ``question`` is asked of the pair; ``starts`` is the state of a new commitment that the event begins; ``refused``
    says why a person's word is not taken (and what to do first); ``confirms`` that the word says the item stands.
    """

    next: State | None
    question: RedactedText | None = None
    starts: State | None = None
    refused: str = ""
    confirms: bool = False


def _said_of_running(state: State) -> dict[Event, Step]:
    stays = Step(state)
    return {
        Event.PROMISED: Step(State.OPEN) if state is State.CANDIDATE else stays,
        Event.HEARD: stays,
        Event.NOTED_DONE: Step(State.DONE),
        Event.NOTED_DROPPED: Step(State.DROPPED),
        Event.NOTED_MOVED: stays,
        Event.NOTED_OPEN: stays,
        Event.NOTED_UNCLEAR: Step(state, IS_IT_THIS),
        Event.CONFIRM: Step(State.OPEN, confirms=True),
        Event.DENY: Step(State.DENIED),
        Event.DONE: Step(State.DONE),
        Event.DROP: Step(State.DROPPED),
        Event.MOVE: stays,
        Event.SHARE: Step(state, confirms=True),
        Event.UNSHARE: stays,
        Event.SUPERSEDED: Step(None),
    }


def _said_of_closed(state: State) -> dict[Event, Step]:
    stays, returns = Step(state), Step(state, starts=State.RETURNED)
    return {
        Event.PROMISED: returns,
        Event.HEARD: returns,
        Event.NOTED_DONE: stays,
        Event.NOTED_DROPPED: stays,
        Event.NOTED_MOVED: Step(state, OPEN_AGAIN),
        Event.NOTED_OPEN: Step(state, OPEN_AGAIN),
        Event.NOTED_UNCLEAR: stays,
        Event.CONFIRM: Step(State.OPEN, confirms=True),
        Event.DENY: Step(State.DENIED),
        Event.DONE: Step(State.DONE),
        Event.DROP: Step(State.DROPPED),
        Event.MOVE: Step(state, refused=_OPEN_FIRST),
        Event.SHARE: stays,
        Event.UNSHARE: stays,
        Event.SUPERSEDED: Step(None),
    }


def _said_of_denied() -> dict[Event, Step]:
    """What was denied is shown to nobody, so nothing is asked about it; only a person takes it up again."""
    stays, refused = Step(State.DENIED), Step(State.DENIED, refused=_CONFIRM_FIRST)
    returns = Step(State.DENIED, starts=State.RETURNED)
    word = (Event.DONE, Event.DROP, Event.MOVE, Event.SHARE, Event.UNSHARE)
    notes = (Event.NOTED_DONE, Event.NOTED_DROPPED, Event.NOTED_MOVED, Event.NOTED_OPEN, Event.NOTED_UNCLEAR)
    return {
        **dict.fromkeys(notes, stays),
        **dict.fromkeys(word, refused),
        Event.PROMISED: returns,
        Event.HEARD: returns,
        Event.CONFIRM: Step(State.OPEN, confirms=True),
        Event.DENY: stays,
        Event.SUPERSEDED: Step(None),
    }


TABLE: Final[Mapping[State, Mapping[Event, Step]]] = {
    State.CANDIDATE: _said_of_running(State.CANDIDATE),
    State.RETURNED: _said_of_running(State.RETURNED),
    State.OPEN: _said_of_running(State.OPEN),
    State.DONE: _said_of_closed(State.DONE),
    State.DROPPED: _said_of_closed(State.DROPPED),
    State.DENIED: _said_of_denied(),
}

NEEDS_REASON: Final = frozenset({Event.DROP, Event.DENY})
"""A person who drops or denies says why."""

OF_NOTES: Final[Mapping[MentionKind, Event]] = {
    MentionKind.COMMITMENT: Event.PROMISED,
    MentionKind.CANDIDATE: Event.HEARD,
    MentionKind.DONE: Event.NOTED_DONE,
    MentionKind.DROPPED: Event.NOTED_DROPPED,
    MentionKind.MOVED: Event.NOTED_MOVED,
    MentionKind.STILL_OPEN: Event.NOTED_OPEN,
    MentionKind.UNCLEAR: Event.NOTED_UNCLEAR,
    MentionKind.TOLD: Event.NOTED_UNCLEAR,
}
OF_PEOPLE: Final[Mapping[DecisionKind, Event]] = {kind: Event(kind.value) for kind in DecisionKind}


def step(state: State, event: Event) -> Step:
    """What comes of an event in a state."""
    return TABLE[state][event]


def state_of(status: CommitmentStatus) -> State:
    """The state behind a shown status; a candidate that returned takes people's words like any candidate."""
    return State(status.value)
