"""Who "I" and "you" are where no speaker is named line by line: in letters, journals, dictations and reflections.

First what the text says itself: a ``From:`` line, a greeting with its signature, "this is X speaking", "X's journal".
Then, where a text is written in the first person and says nothing, the one of mentor and mentee whom it does not name
although it names the other. Refuses to choose where it names both or neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from copilot.extraction.grammar import PERSON
from copilot.extraction.headings import Voices
from copilot.extraction.owners import owner_of
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import Owner
from guards.text import RedactedText
from knowledge.passages import RedactedLine

_GREETING: Final = re.compile(
    rf"(?:(?:hi|hello|dear|hey|hola|good (?:morning|afternoon|evening)|(?:my"
    rf"|the) dear)\s+(?P<who>{PERSON})\s*(?:[,!:.–-]|$)"
    rf"|(?P<bare>{PERSON})\s*[,!–-]\s*$|[\s*_>]*(?P<to>to)\**\s*:\**\s*(?P<head>{PERSON})\s*(?:[(<\[].*)?$)",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(
    rf"(?:[-–—]+\s*)?(?:(?:best|thanks|cheers|regards|(?:(?:with )?(?:kind|best|warm|friendly|many))"
    r" (?:regards|wishes|greetings|thanks)|all the best|yours"
    rf"|greetings|see you(?: \w+){{0,4}}|thank you|take care|warmly|sincerely|love"
    rf"|speak soon|until then),?\s+)?(?P<who>{PERSON})\.?"
    r"\s*(?:x+|\([^)]*\)|,\s*[\w ]{2,40})?\s*$",
    re.IGNORECASE,
)
_JOURNAL: Final = (
    r"(?:(?:coach(?:ing)?|mentor(?:ing)?|mentee|learning|week(?:ly)?|session|own)(?:['’]s)?\s+)?"
    r"(?:journal|diary|log(?:book)?|notebook|reflections?|memo|notes?|minutes|voice (?:note|memo)|dictation)"
)
_AUTHOR: Final = re.compile(
    r"[\s*_#>(-]*(?:(?:author|from|(?:notes?|minutes|written|recorded|kept|logged|dictated)"
    r"(?: taken| written| kept)? by|(?:note|minute)[- ]?(?:taker|keeper)|scribe|by"
    rf"|{_JOURNAL}\s*(?:of|by))\s*[:–—-]?\s*\**\s*(?P<who>{PERSON})\s*\**\s*(?:[(<\[,;|].*)?$"
    rf"|(?:\w+\s+)?(?:journal|diary|memo|notebook|dictation|reflections?|week notes|voice note|log),?\s*[:–—-]?\s*"
    rf"(?P<after>{PERSON})(?!['’]s|\s*(?:and|&|\+|,\s*<))"
    rf"|(?P<before>{PERSON})(?:['’]s?|\s*[,:–—-])\s*(?:own\s+)?{_JOURNAL}(?=\W*$|[.,:)])"
    rf"|(?:(?:ok(?:ay)?|so|right|hi|hello|um+|uh+)[,.]?\s+)*this is\s+(?:(?:uh|um|again)[,]?\s+)*"
    rf"(?P<is>{PERSON})(?!\s*(?:and|&|['’]))"
    rf"|(?:[\w ]{{0,24}}?\b)?(?P<speaking>{PERSON})\s+(?:(?:here|speaking|dictating)\b(?! (?:about|to))"
    r"|again\b(?=\s*(?:[,.:]|\w+day\b|$))))",
    re.IGNORECASE,
)
_HEADER: Final = re.compile(rf"\s*\**from\**\s*:\**\s*{PERSON}", re.IGNORECASE)
_FIRST_PERSON: Final = re.compile(
    r"(?<![\w.\"“'‘(])(?:I(?=['’\s]\w)|(?<=[a-z] )me\b(?!:)|[Mm]y(?= [a-z])|[Ii]['’](?:ll|m|ve|d)\b)(?!\.)"
)
_QUOTED: Final = re.compile(r"[\"“][^\"”]*[\"”]")
_NAMED: Final = re.compile(PERSON)
_HEAD_LINES: Final = 8
_TAIL_LINES: Final = 3
_OPENING: Final = 2
"""Lines in which a text may say who speaks."""
_NAMES: Final = ("who", "bare", "head", "after", "before", "is", "speaking")


def voices_of(lines: Sequence[RedactedLine], people: PeopleView, *, talk: bool) -> tuple[Voices, ...]:
    """The voices of each line; ``talk`` says that speakers are named line by line."""
    found: list[Voices] = []
    for mail in _mails(lines):
        found += [_voices(mail, people, talk=talk)] * len(mail)
    return tuple(found)


def _mails(lines: Sequence[RedactedLine]) -> Iterator[Sequence[RedactedLine]]:
    """The mails of a thread: each begins with its own ``From:`` line."""
    starts = [n for n, line in enumerate(lines) if _HEADER.match(line.text)]
    edges = sorted({0, *starts[1:], len(lines)})
    for first, last in zip(edges, edges[1:], strict=False):  # noqa: RUF007
        yield lines[first:last]


def _voices(lines: Sequence[RedactedLine], people: PeopleView, *, talk: bool) -> Voices:
    written = [line.text for line in lines if line.text.strip()]
    head = written[:_HEAD_LINES]
    author = _first(_AUTHOR, head[:_OPENING], people) or _first(_AUTHOR, _plain(head[_OPENING:]), people)
    reader = _first(_GREETING, [text for text in head if not _SIGNED.match(text) or _GREETING.match(text)], people)
    greeted = reader is not None or (
        written and re.match(r"(?:hi|hello|dear) (?:all|both|team)\b", written[0], re.IGNORECASE)
    )
    if greeted and author is None:
        author = _first(_SIGNED, list(reversed(written[-_TAIL_LINES:])), people)
    if author is None and reader is None and written and re.match(r"\s*[-–—]{1,2}\s*<", written[-1]):
        author = _first(_SIGNED, written[-1:], people)
    if author is None and not talk:
        author = _unnamed(written, people)
    return Voices(author, None if reader and reader.same_as(author) else reader)


def _plain(texts: Sequence[RedactedText]) -> list[RedactedText]:
    """Lines further down count as an author's line only where nothing else stands on them."""
    return [text for text in texts if re.search(rf"{PERSON}\s*\**\s*(?:[(<\[,;|].*)?$", text)]


def _first(shape: re.Pattern[str], texts: Sequence[RedactedText], people: PeopleView) -> Owner | None:
    for text in texts:
        match = shape.match(text)
        if match:
            said = match.groupdict()
            name = next(each for each in _NAMES if said.get(each))
            return owner_of(text[slice(*match.span(name))], people)
    return None


def _unnamed(written: Sequence[RedactedText], people: PeopleView) -> Owner | None:
    """Mentor or mentee, whichever a text in the first person does not name though it names the other."""
    if not any(_FIRST_PERSON.search(_QUOTED.sub("", text)) for text in written):
        return None
    named = {people.person_of(each.lstrip("@")) for text in written for each in _NAMED.findall(text)}
    silent = [each for each in (people.mentor, people.mentee) if each is not None and each not in named]
    return Owner(silent[0]) if len(silent) == 1 else None
