"""Which commitment a later line speaks of: by its line, by ticket, then by words. Plain, or a question, never a guess.

A line is plain where the words that name its subject leave nothing over on one side: all it says is in the promise, or
all that the promise is about is in it. Where both sides have words that the other lacks ("release plan", "rollback
plan") it is somebody's to confirm, as it is where several commitments fit alike.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from copilot.extraction.grammar import TICKET
from copilot.ledger_states import IS_IT_THIS, OF_NOTES, Event, step
from copilot.ledger_threads import AT_ONCE, Thread, close, one_line
from copilot.mentions import Change, Mention, MentionKind
from copilot.similarity import content, fillers, named_in, numbers, status_words, stems
from guards.text import RedactedText, composed, joined
from guards.tokens import day_text

_HERE: Final = 4.0
_TICKET: Final = 3.0
_MOST: Final = 0.6
"""The share of a promise's words, its verb among them, that is as good as all of them; set on the dev cases."""
_NAMED: Final = 3
"""How many other commitments a question names."""
_ASK: Final = 0.3
_PLAIN: Final = 1.0
"""From here on a link is plain; below it somebody is asked. Within a level the share of words named decides."""
_TAKES: Final = re.compile(r"(?:take|taking|takes|pick|picking|picks)\s+(?:\S+\s+){0,6}?(?:over|up)\b", re.IGNORECASE)
_GIVES: Final = re.compile(
    r"(?:send|give|share|hand|deliver|forward|pass|show|present|return|e-?mail|mail|get|bring|post|submit)\b",
    re.IGNORECASE,
)
_HAS: Final = re.compile(r"(?P<who><PERSON_\d+>)\s+(?:now\s+|already\s+)?(?:has|got|received)\b")
_TICKED: Final = re.compile(r"[✅✔✓]|\[[xX]\]")
_REST: Final = re.compile(r",|\b(?:with|for|to|in|on|at|by|from|about|into|of|so|who|that|which)\b", re.IGNORECASE)
_COMPOUND: Final = re.compile(r"[a-z]+(?:-[a-z]+)+")
"""A word such as "one-page", which a later line leaves out."""
_STOP: Final = re.compile(r"[.;!?](?:\s|$)")
_CLAUSE: Final = re.compile(r"\s*(?:[,;:(]\s|\s[-–—]\s)")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a line says of its subject, as stems: without ticket, date and words of status.

    ``of_anything`` says that it ended in a word such as "done", which fits every item; else the item's own verb must
    be in it.
    """

    words: frozenset[str]
    of_anything: bool
    old_owner: str | None
    """Who hands it on, where it is handed on and the line says by whom."""


def attach(mention: Mention, threads: Sequence[Thread]) -> None:
    """Let a line of a later note take effect on the one commitment it means; ask where that is not plain."""
    scored = _scored(mention, threads)
    if not scored:
        return
    best = max(score for score, _ in scored)
    meant = [each for score, each in scored if score == best]
    running = [each for each in meant if each.open()]
    meant = running or meant
    unsure = mention.kind is MentionKind.UNCLEAR or len(meant) > 1 or best < _PLAIN
    if not unsure:
        _apply(_arrived(mention, meant[0]), meant[0])
    elif mention.kind is not MentionKind.STILL_OPEN:
        for thread in running:
            _ask(mention, thread, running)


def _arrived(mention: Mention, thread: Thread) -> Mention:
    """What X was to get is done once "X has it now"; it was not theirs to do."""
    if mention.kind is not MentionKind.MOVED or mention.to is None or not _GIVES.match(thread.first.text):
        return mention
    getters = {found["who"] for found in _HAS.finditer(mention.citation.quote)}
    if not any(who in thread.first.text for who in getters):
        return mention
    return replace(mention, kind=MentionKind.DONE, to=None, owner=None, owner_text=None)


def says_takes_over(mention: Mention) -> bool:
    """Whether a promise is to take something over, which somebody else may owe."""
    firm = mention.kind is MentionKind.COMMITMENT and mention.owner is not None
    return firm and _TAKES.match(mention.text) is not None


def takes_over(mention: Mention, threads: Sequence[Thread]) -> bool:
    """Whether a promise ("take over CLM-12") plainly hands on what runs under somebody else's name."""
    if not says_takes_over(mention):
        return False
    handed = replace(mention, kind=MentionKind.MOVED, to=mention.owner, owner=None, owner_text=None)
    best = max((score for score, _ in _scored(handed, threads)), default=0.0)
    meant = [each for score, each in _scored(handed, threads) if score == best and each.open()]
    if best < _PLAIN or len(meant) != 1 or meant[0].owner == mention.owner:
        return False
    _apply(handed, meant[0])
    return True


def _scored(mention: Mention, threads: Sequence[Thread]) -> list[tuple[float, Thread]]:
    if mention.about is not None:
        return [(_HERE, each) for each in threads if mention.about in each.ids]
    able = [each for each in threads if each.first.session_date <= mention.session_date]
    here = [each for each in able if any(one_line(m, mention) and m.text == mention.text for m in each.mentions)]
    here = [each for each in here if mention.owner == each.first.owner]
    if here:
        return [(_HERE, each) for each in here]
    found = [(fit(mention, each), each) for each in able]
    return [(score, each) for score, each in found if score > 0]


def fit(mention: Mention, thread: Thread) -> float:
    """How well a line fits a commitment: 0 not at all, from 1 on well enough to act on it alone."""
    if mention.ticket and thread.ticket and mention.ticket != thread.ticket:
        return 0.0
    said = _said(mention)
    alike = max(_alike(said, each, thread) for each in thread.mentions)
    if mention.ticket and mention.ticket == thread.ticket:
        rest = said.words - _people(said.words)
        known = frozenset(word for each in thread.mentions for word in content(each.text))
        if rest and not any(named_in(word, known) for word in rest):
            return 0.5
        return _TICKET + alike
    if mention.owner and thread.owner and mention.owner != thread.owner and mention.to is None:
        # Somebody else is said to have done it: theirs to confirm, where it is this very thing.
        return _ASK if alike >= _PLAIN and not said.of_anything else 0.0
    return alike


def _said(mention: Mention) -> _Said:
    text = str(mention.text)
    if mention.due_text:
        # The new date is what the line says of the item, not part of the item's name.
        text = text.replace(str(mention.due_text), " due ")
    text = _around(text, mention.ticket) if mention.ticket else _up_to_status(text)
    of_anything = mention.kind is not MentionKind.DONE or _says_status(_on_its_line(mention))
    text = TICKET.sub(" ", text)
    old_owner = mention.owner if mention.to is not None else None
    return _Said(content(text) - status_words() - fillers(), of_anything, old_owner)


def _up_to_status(text: str) -> str:
    """What comes before the comma of "The contract is no longer needed, legal has one"; the last such clause counts."""
    ends = [*(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    starts = [0, *(match.end() for match in _CLAUSE.finditer(text))]
    told = [end for start, end in zip(starts, ends, strict=True) if _says_status(text[start:end])]
    upto = text[: told[-1]] if told else text
    return upto if content(upto) - status_words() - fillers() else text


def _says_status(text: str) -> bool:
    """Whether a word of status or a check mark stands in the text."""
    return any(word in status_words() for word in stems(text)) or _TICKED.search(text) is not None


def _on_its_line(mention: Mention) -> str:
    """The sentence of the cited line that the text was taken from: trimmed off, "is done" stands right behind it."""
    text, line = str(mention.text), str(mention.citation.quote)
    at = line.find(text)
    if at < 0:
        return text
    box = re.match(r"\W*\[[xX]\]", line)
    end = _STOP.search(line, at + len(text))
    if end is not None and end.group(0).startswith("?"):
        return "done"  # a question that the next line answers with yes
    return f"{box.group(0) if box else ''} {_before(line[:at])} {line[at : end.start() if end else len(line)]}"


def _before(lead: str) -> str:
    """The start of the sentence, up to the text: "Done with the booking", "✔ template"."""
    return _STOP.split(lead)[-1]


def _around(text: str, ticket: str) -> str:
    """The clause that holds the ticket: "OPS-7 completed, we walked through it" speaks of OPS-7 up to the comma."""
    at, start = text.find(ticket), 0
    for match in _CLAUSE.finditer(text):
        piece = text[start : match.start()]
        if match.start() >= at + len(ticket) and _says_status(piece):
            return piece
        if match.end() <= at and not _says_status(piece):
            start = match.end()
    return text[start:]


@dataclass(frozen=True, slots=True)
class _Promise:
    """A promise's words as stems: its verb, the thing it is done to (``core``, its last word the head), and the rest.

    The thing ends at the first preposition: "send Sam | the estimate" is one, "ask legal | about the clause" ends it.
    """

    verb: str
    core: frozenset[str]
    head: str
    things: frozenset[str]
    told: frozenset[str]


def _promise(mention: Mention) -> _Promise:
    nothing = status_words() | fillers() | {str(mention.owner_text), mention.ticket or ""}
    told = content(mention.text) - {str(mention.owner_text), mention.ticket or ""}
    first = next((word for word in stems(mention.text) if word in told), "")
    ends = [match.start() for match in _REST.finditer(mention.text)]
    start = [word for word in stems(mention.text[: ends[0]] if ends else mention.text) if word in told - {first}]
    nothing |= {word for match in _COMPOUND.finditer(mention.text) for word in stems(match.group(0))}
    core = [word for word in start if word not in nothing and not word[0].isdigit()]
    things = told - {first} - nothing
    return _Promise(first, frozenset(core), core[-1] if core else "", things, things | {first})


def _alike(said: _Said, promise: Mention, thread: Thread) -> float:
    """1 and the share of the line's words where it is plain; less where it may be meant; else 0."""
    about = _promise(promise)
    words = said.words - {str(promise.owner_text), str(thread.owner_text)}
    shared = {word for word in words if named_in(word, about.told)}
    if not shared or _differ(numbers(words), numbers(about.told)):
        return 0.0
    has_verb, of_things = named_in(about.verb, shared), {word for word in shared if named_in(word, about.things)}
    if not (said.of_anything or has_verb):
        covers = all(named_in(each, words) for each in about.things)
        return _ASK if covers and len(of_things) >= 2 and promise.owner == thread.owner else 0.0
    # A number that the promise says nothing of is what came out: "counted the duplicates: 312".
    words -= frozenset() if numbers(about.told) else numbers(words)
    nothing_more = not words - shared
    if not nothing_more and len(of_things) < 2 and of_things <= _people(of_things):
        return 0.0
    if of_things and not _differ(_people(words), _people(about.told)) and (
        _plain(about, words, shared, of_things) or (nothing_more and said.old_owner == thread.owner is not None)
    ):  # fmt: skip
        return _PLAIN + len(shared) / len(words)
    return _ASK + len(shared) / len(words) / 10 if nothing_more or len(shared) >= 2 else 0.0


def _plain(about: _Promise, words: frozenset[str], shared: set[str], of_things: set[str]) -> bool:
    """Whether nothing is left over on one side: all that it is about is named, or all that is named is of it."""
    has_verb, things = named_in(about.verb, shared), about.things - numbers(about.things)
    if things and all(named_in(each, words) for each in things):
        return True
    if about.head and not named_in(about.head, shared):
        return False
    if not words - shared and (len(of_things) >= 2 or (has_verb and len(shared) >= 2)):
        return True
    core = all(named_in(each, words) for each in about.core)
    return core and has_verb and len(of_things) >= 2 and len(shared) >= _MOST * len(about.told)


def _differ(one: Collection[str], other: Collection[str]) -> bool:
    """Whether both name some and none of them is the same."""
    return bool(one) and bool(other) and not set(one) & set(other)


def _people(words: Collection[str]) -> frozenset[str]:
    return frozenset(word for word in words if word.startswith("<"))


def _ask(mention: Mention, thread: Thread, among: Sequence[Thread]) -> None:
    if step(thread.state, Event.NOTED_UNCLEAR).question is not None:
        thread.unsettled.append((mention, tuple(among)))


def _apply(mention: Mention, thread: Thread) -> None:
    made = step(thread.state, OF_NOTES[mention.kind])
    if made.question is not None:
        # Only a person opens what was closed.
        thread.unsettled.append((mention, (thread,)))
        return
    if not thread.open():
        thread.ids.add(mention.id)
        return
    thread.fates.append(mention)
    thread.ids.add(mention.id)
    if mention.kind is MentionKind.MOVED:
        _move(mention, thread)
    elif made.next is not None and made.next is not thread.state:
        close(thread, made.next, mention.session_date, None)
        thread.history.append(Change(mention.session_date, made.next.value))


def _move(mention: Mention, thread: Thread) -> None:
    thread.due_again(mention.due, mention.due_text)
    if mention.to is not None:
        thread.owner, thread.owner_text, thread.question = mention.to, None, None
        thread.history.append(Change(mention.session_date, "handed on"))
    else:
        thread.history.append(Change(mention.session_date, "moved"))


def question_of(thread: Thread) -> RedactedText | None:
    """What somebody has to settle: who spoke at once, then a line that may mean it, then what the promise leaves open.

    Names the line and the other commitments that it may mean.
    """
    if thread.conflict:
        return AT_ONCE
    if not thread.unsettled:
        return thread.question
    mention, among = thread.unsettled[-1]
    event = Event.NOTED_UNCLEAR if thread.open() else OF_NOTES[mention.kind]
    asked = step(thread.state, event).question or IS_IT_THIS
    others = [each.first.text for each in among if each is not thread][:_NAMED]
    day, line = day_text(mention.session_date), mention.text
    if not others:
        return composed("{asked} {day}: “{line}”", asked=asked, day=day, line=line)
    named = joined(", ", [composed("“{other}”", other=each) for each in others])
    return composed("{asked} {day}: “{line}”. Or: {named}", asked=asked, day=day, line=line, named=named)
