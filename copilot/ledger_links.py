"""Which commitment a later line speaks of: by its line, by ticket, then by words. Plain, or a question, never a guess.

A line is plain where the words that name its subject leave nothing over on one side: all it says is in the promise, or
all that the promise is about is in it. Where both sides have words that the other lacks ("release plan", "rollback
plan") it is somebody's to confirm, as it is where several commitments fit alike.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from copilot.ledger_states import IS_IT_THIS, OF_NOTES, Event, step
from copilot.ledger_subjects import Promised, Said, named_barely, promised, said_of
from copilot.ledger_threads import AT_ONCE, Thread, close, one_line, who_now
from copilot.mentions import Change, Mention, MentionKind
from copilot.similarity import content, named_in, numbers, stems, word_kind
from guards.text import RedactedText, composed, joined
from guards.tokens import day_text

_ASKED: Final = frozenset({MentionKind.UNCLEAR, MentionKind.TOLD})
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
    r"(?:send|give|share|hand|deliver|forward|pass|show|present|return|lend|provide|e-?mail|mail|get|bring|post|submit)\b",
    re.IGNORECASE,
)
_HAS: Final = re.compile(r"(?P<who><PERSON_\d+>)\s+(?:now\s+|already\s+)?(?:has|got|received)\b")
_RECEIVED: Final = re.compile(r"\b(?:got|received|gotten|(?:has|have|['’]ve) had)\b", re.IGNORECASE)
_COMMA: Final = re.compile(r"[,.;:]\s")
_BARE: Final = 0.8
"""The thing alone is named ("the parser"): plain where no other running commitment can be meant, else asked."""


def attach(mention: Mention, threads: Sequence[Thread]) -> None:
    """Let a line of a later note take effect on the one commitment it means; ask where that is not plain."""
    scored = _scored(mention, threads) or _the_only_one(mention, threads)
    if mention.kind is MentionKind.TOLD:
        scored = [(score, each) for score, each in scored if _silent_since(each, mention)]
    if not scored:
        return
    best = max(score for score, _ in scored)
    meant = [each for score, each in scored if score == best]
    running = [each for each in meant if each.open()]
    meant = running or meant
    unsure = mention.kind in _ASKED or len(meant) > 1 or not (best >= _PLAIN or _only_one(mention, scored))
    if not unsure:
        _apply(_arrived(mention, meant[0]), meant[0])
    elif mention.kind is not MentionKind.STILL_OPEN:
        for thread in running:
            _ask(mention, thread, running)


def _the_only_one(mention: Mention, threads: Sequence[Thread]) -> list[tuple[float, Thread]]:
    """What a line that names nothing ("that's merged") may mean: the one commitment that runs, of who says it."""
    if mention.ticket or mention.kind in {MentionKind.TOLD, MentionKind.STILL_OPEN, MentionKind.UNCLEAR}:
        return []
    running = [each for each in threads if _silent_since(each, mention)]
    words = said_of(mention)[0].words
    if not words - _people(words):
        of_owner = [each for each in running if mention.owner in {None, each.owner}]
    elif mention.kind is MentionKind.MOVED and mention.to is None:
        of_owner = [each for each in running if str(each.owner_text or each.first.owner_text) in words]
    else:
        return []
    return [(_ASK, each) for each in of_owner] if len(of_owner) == 1 else []


def _silent_since(thread: Thread, mention: Mention) -> bool:
    """Whether the commitment runs and was not promised again in the note or later."""
    return thread.open() and all(each.session_date < mention.session_date for each in thread.mentions)


def _only_one(mention: Mention, scored: Sequence[tuple[float, Thread]]) -> bool:
    """Whether the line names the thing alone, and one running commitment of an earlier note is all that it may mean."""
    running = [(score, each) for score, each in scored if each.open()]
    if len(running) != 1:
        return False
    score, thread = running[0]
    return score >= _BARE and _silent_since(thread, mention)


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
    hand_on(mention, meant[0])
    return True


def hand_on(mention: Mention, thread: Thread) -> None:
    """Let a promise take over what another one owed: its owner has it from now on, by its date if it gives one."""
    _apply(replace(mention, kind=MentionKind.MOVED, to=mention.owner, owner=None, owner_text=None), thread)


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
    told = said_of(mention)
    received = mention.kind is MentionKind.DONE and _RECEIVED.search(mention.text) is not None
    said = told[0]
    alike = max(_alike(each, one, thread, received=received) for one in thread.mentions for each in told)
    if mention.ticket and mention.ticket == thread.ticket:
        rest = said.words - _people(said.words)
        known = frozenset(word for each in thread.mentions for word in content(each.text))
        if rest and not any(named_in(word, known) for word in rest):
            return 0.5
        return _TICKET + alike
    if mention.owner and thread.owner and mention.owner != thread.owner and mention.to is None:
        # Somebody else is said to have done it: theirs to confirm, where it is this very thing.
        return _ASK if alike >= _PLAIN and not said.of_anything else 0.0
    return alike or _verb_alone(mention, told, thread)


def _verb_alone(mention: Mention, told: Sequence[Said], thread: Thread) -> float:
    """The owner did what the promise says, and the line does not say to what: "Ben rang, they send it by post"."""
    if mention.kind is not MentionKind.DONE or mention.owner is None or mention.owner != thread.owner:
        return 0.0
    clause = [word for word in stems(_COMMA.split(told[0].told)[0]) if word in told[0].words]
    acts = [word for word in clause if not word.startswith("<")]
    first = acts[0] if len(acts) == 1 else ""
    verbs = {promised(each).verb for each in thread.mentions} - {""}
    same = any(first == verb or word_kind(first) == word_kind(verb) is not None for verb in verbs)
    return _ASK / 2 if first and same else 0.0


def _alike(said: Said, promise: Mention, thread: Thread, *, received: bool = False) -> float:
    """1 and the share of the line's words where it is plain; less where it may be meant; else 0."""
    about = promised(promise)
    words = said.words - {str(promise.owner_text), str(thread.owner_text)}
    shared = {word for word in words if named_in(word, about.told)}
    if not shared:
        beside = any(named_in(word, about.beside) for word in words - _people(words))
        return _ASK if (said.of_anything or received) and beside else 0.0
    if _differ(numbers(words), numbers(about.told)):
        return 0.0
    has_verb = named_in(about.verb, shared) or (received and _is_given(said, promise))
    if not (said.of_anything or has_verb):
        return _by_kind(said, about, words, same_owner=promise.owner == thread.owner)
    # A number that the promise says nothing of is what came out: "counted the duplicates: 312".
    words -= frozenset() if numbers(about.told) else numbers(words)
    return _weighed(said, about, words, handed=said.old_owner == thread.owner is not None)


def _weighed(said: Said, about: Promised, words: frozenset[str], *, handed: bool) -> float:
    """How plain it is, of a line whose end fits: something that is left over on both sides makes it a question."""
    shared = {word for word in words if named_in(word, about.told)}
    of_things, nothing_more = {word for word in shared if named_in(word, about.things)}, not words - shared
    same_people = not _differ(_people(words), _people(about.told))
    if of_things and same_people and (_plain(about, words, shared, of_things) or (nothing_more and handed)):
        return _PLAIN + len(shared) / len(words)
    if of_things and same_people and _bare(said, about):
        return _BARE + len(shared) / len(words) / 10
    if not nothing_more and len(of_things) < 2 and of_things <= _people(of_things):
        return 0.0
    return _ASK + len(shared) / len(words) / 10 if nothing_more or len(shared) >= 2 else 0.0


def _bare(said: Said, about: Promised) -> bool:
    return bool(about.head) and named_in(about.head, said.words) and named_barely(said, about.head, about.told)


def _is_given(said: Said, promise: Mention) -> bool:
    """Whether what was received is what the promise gives, or makes for somebody whom both name."""
    makes_for = _people(said.words) & _people(content(promise.text))
    return _GIVES.match(promise.text) is not None or bool(makes_for)


def _by_kind(said: Said, about: Promised, words: frozenset[str], *, same_owner: bool) -> float:
    """Something else was done to the thing: the same act in another word ("rang" for "call") may end it; asked."""
    of_things = {word for word in words if named_in(word, about.things)}
    covers = all(named_in(each, words) for each in about.things)
    alike = about.verb != "" and any(word_kind(each) == word_kind(about.verb) is not None for each in words)
    whole = covers and len(of_things) >= 2 and same_owner
    if _bare(said, about) or whole or (alike and of_things - _people(of_things)):
        return _ASK + len(of_things) / 100
    return 0.0


def _plain(about: Promised, words: frozenset[str], shared: set[str], of_things: set[str]) -> bool:
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
    """What somebody has to settle: who spoke at once, who has it now, a line that may mean it, then what is left open.

    Names the line and the other commitments that it may mean.
    """
    if thread.conflict:
        return AT_ONCE
    if (now := who_now(thread)) is not None:
        return now
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
