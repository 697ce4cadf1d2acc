"""Threads of the ledger: one promise with everything said about it, built in the order of sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from copilot.mentions import CommitmentStatus, Mention, MentionKind
from copilot.similarity import content, likeness, same_action
from guards.text import RedactedText, house

_OPEN = frozenset({CommitmentStatus.OPEN, CommitmentStatus.CANDIDATE})
AGAIN = house("Said again after it was closed: a new promise?")
WHICH_DONE = house("A later note says something like this is done: is it this one?")
WHICH_DROPPED = house("A later note says something like this is dropped: is it this one?")
WHICH_MOVED = house("A later note moves something like this: is it this one?")


@dataclass(slots=True)
class Thread:
    """A promise as it unfolds. ``ids`` are all mentions that speak of it; the first one names it."""

    mentions: list[Mention]
    status: CommitmentStatus
    owner: str | None
    owner_text: RedactedText | None
    due: date | None
    due_text: RedactedText | None
    ticket: str | None
    question: RedactedText | None
    ids: set[str]
    fates: list[Mention] = field(default_factory=list[Mention])
    moves: list[date] = field(default_factory=list[date])
    closed: date | None = None
    reason: RedactedText | None = None
    confirmed: bool = False
    shared: bool = False

    def due_again(self, due: date | None, text: RedactedText | None) -> None:
        """Take a later due date; the one before it goes to the history."""
        if due is None and text is None:
            return
        if self.due is not None and due != self.due:
            self.moves.append(self.due)
        self.due, self.due_text = due, text

    def open(self) -> bool:
        """Whether it is still owed or waits to be confirmed."""
        return self.status in _OPEN


def started(mention: Mention, *, again: bool = False) -> Thread:
    """A new thread from its first mention."""
    firm = mention.kind is MentionKind.COMMITMENT and not again
    return Thread(
        [mention], CommitmentStatus.OPEN if firm else CommitmentStatus.CANDIDATE, mention.owner, mention.owner_text,
        mention.due, mention.due_text, mention.ticket, AGAIN if again else mention.question, {mention.id},
    )  # fmt: skip


def place(mention: Mention, threads: list[Thread]) -> None:
    """Put a promise on the thread it repeats, or start one."""
    same = [each for each in threads if _repeats(mention, each)]
    running = [
        each for each in same if each.open() or (each.closed is not None and mention.session_date <= each.closed)
    ]
    if not running:
        threads.append(started(mention, again=bool(same)))
        return
    thread = running[0]
    thread.mentions.append(mention)
    thread.ids.add(mention.id)
    thread.ticket = thread.ticket or mention.ticket
    if thread.open():
        thread.due_again(mention.due, mention.due_text)
        if (
            mention.kind is MentionKind.COMMITMENT
            and thread.status is CommitmentStatus.CANDIDATE
            and thread.question is not AGAIN
        ):
            thread.status, thread.question = CommitmentStatus.OPEN, mention.question


def _repeats(mention: Mention, thread: Thread) -> bool:
    first = thread.mentions[0]
    if mention.ticket and thread.ticket and mention.ticket != thread.ticket:
        return False
    if not _same_owner(mention, first):
        return False
    if any(_one_line(mention, each) for each in thread.mentions):
        return False
    if any(same_action(mention.text, each.text) for each in thread.mentions):
        return True
    exact = any(mention.text.casefold() == each.text.casefold() for each in thread.mentions)
    return exact and mention.ticket is not None and mention.ticket == thread.ticket


def _one_line(one: Mention, other: Mention) -> bool:
    """Two promises of one line are two promises."""
    return (one.citation.document, one.citation.first) == (other.citation.document, other.citation.first)


def _same_owner(one: Mention, other: Mention) -> bool:
    if one.owner or other.owner:
        return one.owner == other.owner
    return one.owner_text == other.owner_text


def attach(mention: Mention, threads: Sequence[Thread]) -> None:
    """Apply "done", "moved" or "dropped" to the one open thread it can mean; ask when it could mean several."""
    able = [each for each in threads if each.open() and each.mentions[0].session_date <= mention.session_date]
    here = [each for each in able if any(_one_line(m, mention) and m.text == mention.text for m in each.mentions)]
    here = [each for each in here if mention.owner == each.mentions[0].owner]
    scored = [(each, 2.0) for each in here] or [(each, score) for each in able if (score := _fit(mention, each)) > 0]
    if not scored:
        return
    best = max(score for _, score in scored)
    meant = [each for each, score in scored if score == best]
    if len(meant) == 1 and best >= 0.6:
        _apply(mention, meant[0])
        return
    for thread in meant:
        thread.question = thread.question or _question(mention.kind)


def _question(kind: MentionKind) -> RedactedText:
    if kind is MentionKind.DONE:
        return WHICH_DONE
    return WHICH_DROPPED if kind is MentionKind.DROPPED else WHICH_MOVED


def _fit(mention: Mention, thread: Thread) -> float:
    """How well a status line fits a promise: 0 not at all, from 0.6 on well enough to act on it alone."""
    if mention.ticket and thread.ticket and mention.ticket != thread.ticket:
        return 0.0
    if mention.owner and thread.owner and mention.owner != thread.owner and not mention.ticket:
        return 0.0
    # The new date is what the line says of the item, not part of the item's name.
    said = content(str(mention.text).replace(str(mention.due_text or ""), "") if mention.due_text else mention.text)
    told = said - {mention.ticket or ""} - {word for word in said if word.startswith("<")}
    alike = max(likeness(mention.text, each.text) for each in thread.mentions)
    shared = max(len(told & content(each.text)) for each in thread.mentions)
    if mention.ticket and mention.ticket == thread.ticket:
        return 1.0 + alike if shared or not told else 0.5
    if shared >= 2 and alike >= 0.6:
        return alike
    if mention.kind is MentionKind.DONE and mention.owner in {thread.owner, None}:
        named = max(_covered(told | {w for w in said if w.startswith("<")}, mention, each) for each in thread.mentions)
        if named >= 0.6:
            return named
    return 0.3 if shared >= 2 else 0.0


def _covered(told: frozenset[str], mention: Mention, promise: Mention) -> float:
    """How much of the shorter wording the other one covers, people included but not the one who owes it.

    Counts only when at least two words are shared and one of them is no person: "X asked Y (done)" closes "ask Y who
    can sign". Where nobody is named, the promise's own verb must be among them. A shortened word ("intro") stands for
    the whole one.
    """
    owner = str(mention.owner_text or promise.owner_text or "")
    one, other = told - {owner}, content(promise.text) - {owner}
    shared = {word for word in one if any(_same_word(word, each) for each in other)}
    if len(shared) < 2 or all(word.startswith("<") for word in shared):
        return 0.0
    if mention.owner != promise.owner and not content(promise.text[: promise.text.find(" ")]) & shared:
        return 0.0
    return len(shared) / min(len(one), len(other))


def _same_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= 5 and short.isalpha() and long.startswith(short))


def _apply(mention: Mention, thread: Thread) -> None:
    thread.fates.append(mention)
    thread.ids.add(mention.id)
    if mention.kind is MentionKind.MOVED:
        thread.due_again(mention.due, mention.due_text)
        if mention.to is not None:
            thread.owner, thread.owner_text = mention.to, None
    else:
        done = mention.kind is MentionKind.DONE
        close(thread, CommitmentStatus.DONE if done else CommitmentStatus.DROPPED, mention.session_date, None)


def close(thread: Thread, status: CommitmentStatus, day: date, reason: RedactedText | None) -> None:
    """Close a thread on a day."""
    thread.status, thread.closed, thread.reason = status, day, reason
    thread.question = None
