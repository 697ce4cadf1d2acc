"""What became of a promise: done, moved, handed on, dropped, still open. The ledger decides which item is meant.

A line that only sounds like it ("nearly done", "should be done by Friday", "not merged yet", a question, a condition)
closes nothing; one that may mean it ("parked", "supposedly done") is read as unclear, for somebody to settle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from copilot.due_dates import find_due
from copilot.extraction.clauses import asks, sentences
from copilot.extraction.grammar import ONE, ROLE, TICKET
from copilot.extraction.lines import owner_of
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import Line, Owner, Reading
from copilot.extraction.rules import status_words as words
from copilot.mentions import MentionKind
from guards.text import RedactedText, joined


def done_suffix(line: Line) -> bool:
    """Whether an action line says at its end that it is done ("… done: link")."""
    return bool(words.SUFFIX.search(line.text, line.body)) and not re.search(
        r"(?:be|get|not|gets|being|half|nearly) done\W*$", line.text, re.IGNORECASE
    )


def read(line: Line, people: PeopleView, on: date, *, before: Line | None = None) -> tuple[Reading, ...]:
    """Status readings of the line, at most one for each sentence and ticket.

    ``before`` is the other speaker's turn before it: "And the calendar?" says what "got it, that is done" is about.
    """
    found: list[Reading] = []
    for start, end in _statements(line):
        sentence = line.text[start:end]
        if asks(sentence):
            continue
        noted = words.NOTED.search(sentence)
        if noted is not None:
            who = sentence[slice(*noted.span("who" if noted["who"] else "by"))]
            found.append(Reading(MentionKind.DONE, start, start + noted.end(), (start, end), owner_of(who, people)))
            continue
        for left, right in _pieces(line.text, start, end):
            reading = _reading(line, left, right, people, on)
            if reading is not None:
                about = _asked_about(line.text[left:right], before)
                found += _by_ticket(line, replace(reading, text=reading.text or about))
    return tuple(found)


def _pieces(text: RedactedText, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, or its clauses where each has a ticket of its own."""
    at = start
    for match in [*words.PIECE.finditer(text, start, end)]:
        left, right = text[at : match.start()], text[match.end() : end]
        if TICKET.search(left) and TICKET.search(right) and TICKET.sub("", left).strip():
            yield at, match.start()
            at = match.end()
    yield at, end


def _by_ticket(line: Line, reading: Reading) -> Iterator[Reading]:
    """One reading for each ticket that it names."""
    start, end = reading.clause
    tickets = list(TICKET.finditer(line.text, start, end))
    if len(tickets) < 2 or reading.text is not None:
        yield reading
        return
    for match in tickets:
        yield replace(reading, start=match.start(), end=max(reading.end, match.end()), clause=(match.start(), end))


def _asked_about(sentence: RedactedText, before: Line | None) -> RedactedText | None:
    """The question before and the answer, where the answer only points back to what was asked about."""
    if before is None or not words.POINTS_BACK.search(sentence):
        return None
    last = [before.text[start:end] for start, end in sentences(before.text, before.body)][-1:]
    return joined(" ", (last[0], sentence)) if last and asks(last[0]) else None


def _statements(line: Line) -> Iterator[tuple[int, int]]:
    """Sentences; a bare "Done." takes the sentence after it along, which says what."""
    waiting: int | None = None
    for start, end in sentences(line.text, line.body):
        if waiting is None and words.ONLY_DONE.match(line.text[start:end]):
            waiting = start
            continue
        yield (start if waiting is None else waiting), end
        waiting = None
    if waiting is not None:
        yield waiting, len(line.text)


def _reading(line: Line, start: int, end: int, people: PeopleView, on: date) -> Reading | None:
    sentence = line.text[start:end]
    handed = _handed(line, start, end, people)
    if handed is not None:
        return handed
    kind = _changed(sentence, on) or _ended(sentence, line)
    if kind is None:
        return None
    reading = Reading(kind, start, end, (start, end), _who(line, start, end, people))
    span = words.BY_A_SPAN.search(sentence) if kind is MentionKind.MOVED else None
    return replace(reading, due=(None, sentence[slice(*span.span())].trimmed())) if span else reading


def _changed(sentence: str, on: date) -> MentionKind | None:
    """Dropped or moved; unclear where it is only proposed or may be either."""
    found = words.DROPPED.search(sentence)
    kind = MentionKind.DROPPED
    if found is None:
        found, kind = words.MOVED.search(sentence), MentionKind.MOVED
        if found is None or not _says_when(sentence, found, on):
            found, kind = words.PARKED.search(sentence), MentionKind.UNCLEAR
    if found is None or words.DEPENDS.search(sentence):
        return None
    lead = sentence[: found.start()]
    if words.NEGATED.search(lead):
        return None
    if words.UNSURE.search(sentence) or words.MAYBE.search(_lead(lead, found)):
        return MentionKind.UNCLEAR
    return kind


def _lead(lead: str, found: re.Match[str]) -> str:
    """What stands before the verb and makes it a mere proposal; "will be moved" and "had to be dropped" are none."""
    said = found.group(0).lower()
    plain = re.sub(r"\b(?:will|to|had to|has to|have to) be\b|\bneeds? to be\b", " ", lead, flags=re.IGNORECASE)
    return f"{plain} could" if re.match(r"(?:could|should|may|might|to) drop", said) else plain


def _says_when(sentence: str, moved: re.Match[str], on: date) -> bool:
    """Whether a date follows that it moved *to*, or a span that it moved *by*: "pushed to main on Friday" has none."""
    due = find_due(sentence, on)
    if due is None:
        return words.BY_A_SPAN.search(sentence, moved.end()) is not None
    if re.match(r"slip|delay|postpon", moved.group(0), re.IGNORECASE) and due.start >= moved.end():
        return True
    phrase = sentence[due.start : due.end]
    leads = re.match(r"(?:mov|push|slip|postp|resch|delay|shift|defer|now|due|until|till|for)", phrase, re.IGNORECASE)
    return bool(leads) or words.BEFORE_A_DATE.search(sentence[: due.start]) is not None


def _ended(sentence: str, line: Line) -> MentionKind | None:
    """Done, still open, or unclear; nothing where it is wished for, planned, or so in part."""
    ended = [match for match in (words.PAST.search(sentence), words.PASSIVE.search(sentence)) if match]
    ended += [match for match in [words.BARE.match(sentence)] if match]
    by_verb = any(not words.NOT_ENDED.fullmatch(_verb(match)) and not _only_says(sentence, match) for match in ended)
    short = TICKET.search(sentence) is not None or len(sentence.split()) <= 12
    status = short and words.DONE.search(sentence) is not None
    if words.STILL_OPEN.search(sentence):
        return MentionKind.STILL_OPEN
    if (by_verb or status) and words.UNSURE.search(sentence) and not words.NEGATED.search(sentence):
        return MentionKind.UNCLEAR if status else None
    if words.NOT_YET.search(words.BESIDE.sub("", sentence)):
        return None
    return MentionKind.DONE if by_verb or status or line.section == "done" else None


def _only_says(sentence: str, match: re.Match[str]) -> bool:
    """Whether the verb tells or proposes: "X told Y to call" ends no call."""
    after = sentence[match.end(match.re.groupindex["verb"]) :]
    return words.SAYS.fullmatch(_verb(match)) is not None and words.WHAT_IS_SAID.match(after) is not None


def _handed(line: Line, start: int, end: int, people: PeopleView) -> Reading | None:
    """Somebody else has it from now on; unclear where it is "may", or where several or unknown people are named."""
    sentence = line.text[start:end]
    match = next((found for shape in words.HANDED if (found := shape.search(sentence))), None)
    if match is None or words.NEGATED.search(sentence) or words.DEPENDS.search(sentence):
        return None
    name = "late" if match.groupdict().get("late") else "new"
    new, what = sentence[slice(*match.span(name))], match.span("what")
    if words.POINTS_ONLY.match(sentence[slice(*what)]):
        return None
    to = Owner(people.in_role(new), new) if re.fullmatch(ROLE, new) else owner_of(new, people)
    given = match.groupdict().get("old") is not None
    old = owner_of(sentence[slice(*match.span("old"))], people) if given else None
    span, clause = (start + what[0], start + what[1]), (start, end)
    if to.person is None or words.SEVERAL.search(sentence) or words.MAYBE.search(sentence[: match.end("what")]):
        return Reading(MentionKind.UNCLEAR, *span, clause)
    return Reading(MentionKind.MOVED, *span, clause, old, to=to)


def _who(line: Line, start: int, end: int, people: PeopleView) -> Owner | None:
    """Who did it: the subject of the sentence or the one who speaks; nobody where a thing is its subject."""
    sentence = line.text[start:end]
    match = re.match(ONE, sentence)
    if match and not re.match(
        r"\s*(?:said|says|reports?|reported|confirm(?:s|ed)|told|thinks)\b", sentence[match.end() :]
    ):
        return owner_of(line.text[start : start + match.end()], people)
    if match or words.PASSIVE.search(sentence):
        return None
    return line.speaker


def _verb(match: re.Match[str]) -> str:
    said = match.groupdict()
    return said["verb"] or said.get("short") or ""
