"""Threads of the ledger: one promise with everything said about it, built in the order of sessions.

What an event does to the state is the table's (``ledger_states.py``); here stands which promise repeats which, and what
goes with a change: dates, owner, history. Refuses to overrule a person's word by one that was recorded before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from copilot.ledger_states import AGAIN, OF_NOTES, OF_PEOPLE, Event, State, Step, step
from copilot.mentions import Change, Decision, DecisionKind, Mention, MentionKind, Unsettled
from copilot.similarity import content, same_action
from guards.text import RedactedText, composed, house
from guards.tokens import day_text

AT_ONCE: Final = house("Two people spoke on this without knowing of each other; the later word counts: does it stand?")
WHO_NOW: Final = house("A later note seems to hand it on: who has it now?")
_SHARING: Final = frozenset({DecisionKind.SHARE, DecisionKind.UNSHARE})
_LONGER: Final = re.compile(
    r"(?:by |back |out |another )*(?P<count>an?|one|two|three|four|five|six|\d{1,2})(?: more| further)? "
    r"(?P<unit>day|week|month)s?\b",
    re.IGNORECASE,
)
_COUNTS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


@dataclass(slots=True, eq=False)
class Thread:
    """A promise as it unfolds. ``ids`` are all mentions that speak of it; the first one names it.

    ``said`` are people's words on it, in the order applied; ``last`` says for each side of it (state, due, owner,
    sharing) when the word that counts was recorded.
    """

    mentions: list[Mention]
    state: State
    owner: str | None
    owner_text: RedactedText | None
    due: date | None
    due_text: RedactedText | None
    ticket: str | None
    question: RedactedText | None
    ids: set[str]
    fates: list[Mention] = field(default_factory=list[Mention])
    moves: list[date] = field(default_factory=list[date])
    history: list[Change] = field(default_factory=list[Change])
    said: list[Decision] = field(default_factory=list[Decision])
    last: dict[str, datetime] = field(default_factory=dict[str, datetime])
    unsettled: list[tuple[Mention, tuple[Thread, ...]]] = field(
        default_factory=list[tuple[Mention, "tuple[Thread, ...]"]]
    )
    handed: list[Mention] = field(default_factory=list[Mention])
    """Lines that may hand it on, where nobody is known to have it since."""
    conflict: bool = False
    closed: date | None = None
    reason: RedactedText | None = None
    confirmed: bool = False
    shared: bool = False

    @property
    def first(self) -> Mention:
        """The mention that names it."""
        return self.mentions[0]

    def due_again(self, due: date | None, text: RedactedText | None) -> None:
        """Take a later due date; the one before it goes to the history."""
        if due is None and text is None:
            return
        if due is None and self.due is not None and text is not None:
            due = longer(self.due, text)
        if self.due is not None and due != self.due:
            self.moves.append(self.due)
        self.due, self.due_text = due, text

    def open(self) -> bool:
        """Whether it is still owed or waits to be confirmed."""
        return self.state.running

    def asked(self) -> tuple[Unsettled, ...]:
        """Lines that may mean it, with the ids of all that each may mean."""
        return tuple(
            Unsettled(each.kind, each.text, each.session_date, each.citation, tuple(t.first.id for t in among))
            for each, among in self.unsettled
        )


def who_now(thread: Thread) -> RedactedText | None:
    """The question who has it now, with the line that may hand it on; ``None`` once somebody is known to."""
    if not thread.handed or thread.owner is not None or thread.owner_text is not None:
        return None
    mention = thread.handed[-1]
    return composed("{asked} {day}: “{line}”", asked=WHO_NOW, day=day_text(mention.session_date), line=mention.text)


def longer(due: date, text: str) -> date | None:
    """The date that "a week", "by two weeks" or "3 days" makes of an earlier one; a declared rule (month: 30 days)."""
    found = _LONGER.search(text)
    if found is None:
        return None
    said = found["count"].lower()
    count = int(said) if said.isdigit() else _COUNTS[said]
    return due + timedelta(days=count * {"day": 1, "week": 7, "month": 30}[found["unit"].lower()])


def is_span(text: str) -> bool:
    """Whether the words say how much longer, and nothing else."""
    return _LONGER.fullmatch(text.strip()) is not None


def started(mention: Mention, *, again: bool = False) -> Thread:
    """A new thread from its first mention."""
    state = State.RETURNED if again else State.OPEN if mention.kind is MentionKind.COMMITMENT else State.CANDIDATE
    return Thread(
        [mention], state, mention.owner, mention.owner_text, mention.due, mention.due_text, mention.ticket,
        AGAIN if again else mention.question, {mention.id}, history=[Change(mention.session_date, "agreed")],
    )  # fmt: skip


def place(mention: Mention, threads: list[Thread], *, ended: bool = False) -> None:
    """Put a promise on the thread it repeats, or start one; what repeats a closed one starts as the table says.

    ``ended`` says that its own line calls it done: then it repeats what is closed, and promises nothing anew.
    """
    same = _repeated(mention, threads, ended=ended)
    joins = [each for each in same if ended or each.open() or _before_it_closed(mention, each)]
    if not joins:
        again = any(step(each.state, OF_NOTES[mention.kind]).starts for each in same)
        threads.append(started(mention, again=again))
        return
    thread = next((each for each in joins if each.open()), joins[0])
    thread.mentions.append(mention)
    thread.ids.add(mention.id)
    thread.ticket = thread.ticket or mention.ticket
    if thread.open():
        _said_again(mention, thread)


def _said_again(mention: Mention, thread: Thread) -> None:
    thread.due_again(mention.due, mention.due_text)
    if thread.owner is None and thread.owner_text is None and owned(mention):
        thread.owner, thread.owner_text, thread.question = mention.owner, mention.owner_text, mention.question
    before, thread.state = thread.state, step(thread.state, OF_NOTES[mention.kind]).next or thread.state
    if before is not thread.state:
        thread.question = mention.question


def _before_it_closed(mention: Mention, thread: Thread) -> bool:
    return thread.closed is not None and mention.session_date <= thread.closed


def _repeated(mention: Mention, threads: list[Thread], *, ended: bool) -> list[Thread]:
    """Threads that say the same; where one of the two names no owner, the only such thread of an earlier day."""
    if mention.about is not None:
        return [each for each in threads if mention.about in each.ids]
    same = [each for each in threads if _repeats(mention, each)]
    if same:
        return same
    earlier = [each for each in threads if each.first.session_date < mention.session_date and (ended or each.open())]
    loose = [each for each in earlier if not (owned(mention) and _owned(each)) and _same_words(mention, each)]
    return loose if len(loose) == 1 else []


def owned(mention: Mention) -> bool:
    """Whether the line names anybody."""
    return mention.owner is not None or mention.owner_text is not None


def _owned(thread: Thread) -> bool:
    return thread.owner is not None or thread.owner_text is not None


def _repeats(mention: Mention, thread: Thread) -> bool:
    now = thread.owner is not None and mention.owner == thread.owner
    return (now or _same_owner(mention, thread.first)) and _same_words(mention, thread)


def _same_words(mention: Mention, thread: Thread) -> bool:
    if mention.ticket and thread.ticket and mention.ticket != thread.ticket:
        return False
    if any(one_line(mention, each) or each.about is not None for each in thread.mentions):
        return False
    ticket = mention.ticket is not None and mention.ticket == thread.ticket
    if any(same_action(mention.text, each.text, ticket=ticket) for each in thread.mentions):
        return True
    exact = any(mention.text.casefold() == each.text.casefold() for each in thread.mentions)
    bare = not content(mention.text) - {mention.ticket or ""}
    return (exact or bare) and ticket


def one_line(one: Mention, other: Mention) -> bool:
    """Two promises of one line are two promises."""
    return (one.citation.document, one.citation.first) == (other.citation.document, other.citation.first)


def _same_owner(one: Mention, other: Mention) -> bool:
    if one.owner or other.owner:
        return one.owner == other.owner
    return one.owner_text == other.owner_text


def close(thread: Thread, state: State, day: date, reason: RedactedText | None) -> None:
    """Close a thread on a day."""
    thread.state, thread.closed, thread.reason, thread.question = state, day, reason, None
    thread.unsettled.clear()


def take(decision: Decision, thread: Thread) -> None:
    """Let a person's word take effect, as far as the table allows and no word recorded later stands."""
    event = OF_PEOPLE[decision.kind]
    made = step(thread.state, event)
    thread.conflict = _unaware(decision, thread.said)
    thread.said.append(decision)
    stands = _newest(thread, "state", decision) if _decides_state(decision.kind) else not made.refused
    thread.history.append(Change(decision.day, event.value, decision.by, kept_only=bool(made.refused) or not stands))
    if made.refused:
        return
    _owner(decision, thread)
    if decision.due is not None and _newest(thread, "due", decision):
        thread.due_again(decision.due, None)
    if decision.kind in _SHARING and _newest(thread, "shared", decision):
        thread.shared = decision.kind is DecisionKind.SHARE
    if stands and _decides_state(decision.kind):
        _state(decision, thread, made)


def _decides_state(kind: DecisionKind) -> bool:
    return kind not in _SHARING and kind is not DecisionKind.MOVE


def _state(decision: Decision, thread: Thread, made: Step) -> None:
    if made.confirms:
        thread.confirmed, thread.state, thread.closed, thread.reason = True, State.OPEN, None, None
        thread.question = None if thread.owner or thread.owner_text else thread.question
        thread.unsettled.clear()
        return
    close(thread, made.next or thread.state, decision.day, decision.reason)
    # What was denied is shown to nobody, also when it is taken up again later, until it is shared anew.
    thread.shared = thread.shared and OF_PEOPLE[decision.kind] is not Event.DENY


def _owner(decision: Decision, thread: Thread) -> None:
    if decision.owner is not None and _newest(thread, "owner", decision):
        thread.owner, thread.owner_text, thread.question = decision.owner, None, None


def _newest(thread: Thread, side: str, decision: Decision) -> bool:
    """Whether no word recorded later has settled this side already; days may be given back-dated."""
    before = thread.last.get(side)
    if before is not None and decision.at < before:
        return False
    thread.last[side] = decision.at
    return True


def _unaware(decision: Decision, before: list[Decision]) -> bool:
    """Whether somebody else said something different that the person did not know of."""
    if decision.seen is None or decision.kind in _SHARING:
        return False
    order = sorted((each for each in before if each.at < decision.at), key=lambda each: (each.at, each.id))
    known = next((n for n, each in enumerate(order, 1) if each.id == decision.seen), 0)
    return any(
        each.by != decision.by and each.kind not in _SHARING
        and (each.kind, each.due, each.owner) != (decision.kind, decision.due, decision.owner)
        for each in order[known:]
    )  # fmt: skip
