"""What the learnt reader of later lines may do to the ledger: ask who has a promise now, or whether a line ended it.

Where a later line seems to hand a promise on, in words that no rule reads as that, its owner goes and the question who
has it now is asked: a wrong owner is worse than none. A plain promise of somebody else, surely of the same task, takes
it over. Where a line seems to end it, it is asked whether it did. Refuses to close anything, to name an owner that no
rule read, and to overrule a person's word about the owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from copilot.later_reader import Chances, chances, names, names_most, sentence_of
from copilot.ledger_links import hand_on
from copilot.ledger_states import Event, step
from copilot.ledger_threads import Thread
from copilot.mentions import Change, Mention, MentionKind

HANDED: Final = 0.5
"""The chance from which the owner is no longer taken for sure: chosen over authors left out (decision 0021)."""
ENDS: Final = 0.6
"""The chance from which it is asked whether a line ended the promise: chosen likewise."""
TAKES: Final = 0.75
"""The chance from which a plain promise of somebody else is the same task in other hands, not a second one."""

_PROMISES: Final = frozenset({MentionKind.COMMITMENT, MentionKind.CANDIDATE})
_LOOKED_AT: Final = _PROMISES | {
    MentionKind.DONE, MentionKind.MOVED, MentionKind.DROPPED, MentionKind.STILL_OPEN, MentionKind.UNCLEAR,
    MentionKind.TOLD, MentionKind.REMARK,
}  # fmt: skip
_HEDGED: Final = re.compile(r"\b(?:may|might|maybe|perhaps|possibly|whether|if|unless)\b", re.IGNORECASE)
"""What is weighed only: nobody has it by that."""
_ANYBODY: Final = re.compile(r"<[A-Z_]+_\d+>|\b(?:I|i|me|mine)\b")


def look(today: Iterable[Mention], threads: Sequence[Thread]) -> None:
    """Let the lines of a day have their say on promises of earlier days that still run."""
    for mention in today:
        if mention.kind not in _LOOKED_AT or mention.about is not None or _taken(mention, threads):
            continue
        read = [(chances(mention, each.first, each.owner, _text(each)), each) for each in _meant(mention, threads)]
        if read and not _hands_on(mention, read):
            _ends(mention, read)


def _taken(mention: Mention, threads: Sequence[Thread]) -> bool:
    """Whether the line has taken effect by rules already; a promise begins a thread of its own and may say more."""
    return mention.kind not in _PROMISES and any(mention.id in each.ids for each in threads)


def takes_on(mention: Mention, threads: Sequence[Thread]) -> bool:
    """Whether a plain promise of somebody else is that of another one, who hands it on by it; then it takes effect."""
    if mention.kind is not MentionKind.COMMITMENT or mention.owner is None or mention.about is not None:
        return False
    able = [
        (chances(mention, each.first, each.owner, _text(each)).handed, each) for each in _meant(mention, threads)
        if names_most(mention, each.first) and _may_hand_on(mention, each)
    ]  # fmt: skip
    meant = [(chance, thread) for chance, thread in able if chance >= TAKES]
    if len(meant) != 1:
        return False
    hand_on(mention, meant[0][1])
    return True


def _meant(mention: Mention, threads: Sequence[Thread]) -> list[Thread]:
    """Promises of earlier days that still run, and whose thing the sentence names."""
    return [
        each for each in threads
        if each.open() and each.first.session_date < mention.session_date and mention.id not in each.ids
        and names(mention, each.first)
    ]  # fmt: skip


def _hands_on(mention: Mention, read: Sequence[tuple[Chances, Thread]]) -> bool:
    able = [
        (each.handed, thread) for each, thread in read
        if _may_hand_on(mention, thread) and (each.handed >= TAKES or not _with_owner(mention, thread))
    ]  # fmt: skip
    best = max((chance for chance, _ in able), default=0.0)
    if best < HANDED:
        return False
    for thread in (each for chance, each in able if chance == best):
        thread.owner, thread.owner_text, thread.question = None, None, None
        thread.handed.append(mention)
        thread.fates.append(mention)
        thread.history.append(Change(mention.session_date, "may be handed on"))
    return True


def _may_hand_on(mention: Mention, thread: Thread) -> bool:
    """Whether there is an owner whom no person named, and somebody else on the line who could have it now."""
    if (thread.owner is None and thread.owner_text is None) or "owner" in thread.last:
        return False
    if any(each.day == mention.session_date and each.what == "handed on" for each in thread.history):
        return False
    if mention.kind in _PROMISES and mention.owner is not None and mention.owner == thread.owner:
        return False
    if _HEDGED.search(sentence_of(mention)):
        return False
    return any(each != _text(thread) for each in _ANYBODY.findall(str(mention.citation.quote)))


def _with_owner(mention: Mention, thread: Thread) -> bool:
    """Whether somebody's promise names who has it: a thing to do with them, more often than one taken from them."""
    return mention.kind in _PROMISES and _text(thread) in str(mention.citation.quote)


def _ends(mention: Mention, read: Sequence[tuple[Chances, Thread]]) -> None:
    best = max((each.ends for each, _ in read), default=0.0)
    if best < ENDS or mention.kind in _PROMISES or mention.kind is MentionKind.STILL_OPEN:
        return
    meant = tuple(thread for each, thread in read if each.ends == best)
    for thread in meant:
        asked = any(other is mention for other, _ in thread.unsettled)
        if not asked and step(thread.state, Event.NOTED_UNCLEAR).question is not None:
            thread.unsettled.append((mention, meant))


def _text(thread: Thread) -> str:
    return str(thread.owner_text or thread.first.owner_text)
