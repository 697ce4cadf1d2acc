"""Names in lower case, where the words around leave room for nothing else: "told stevica to", "spoke with ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from guards.recognisers import borrowed
from guards.recognisers.found import GUESS, LIKELY, Found, Recogniser
from guards.recognisers.hints import lowered, words_in
from guards.recognisers.keep import crowd, everyday, is_kept
from guards.recognisers.unlisted import is_unlisted

_WORD: Final = r"[^\W\d_]{2,}(?:['’-][^\W\d_]+){0,3}"
_TOLD: Final = re.compile(
    rf"\b(?:told|asked|reminded|nudged|pinged|convinced|urged|helped|advised|encouraged|invited)\s+"
    rf"(?P<it>{_WORD}(?:\s+{_WORD})?)\s+(?:to|that|if|whether|about|why|how)\b",
    re.IGNORECASE,
)
_SPOKE: Final = re.compile(
    r"\b(?:spoke|talked|speak|talk|chatted|met|meeting|synced|sync|caught\s+up|catch\s+up|paired|pairing|1:1|1-1|"
    rf"call)\s+(?:to|with|w/)\s+(?P<it>{_WORD}(?:\s+{_WORD})?)\s+"
    r"(?:about|on|re|regarding|today|yesterday|after|before|and|this|last)\b",
    re.IGNORECASE,
)
_SAYS: Final = re.compile(rf"(?:^|[.;]\s+)(?P<it>{_WORD})\s+(?:said|says|told|thinks|reckons|feels)\b", re.IGNORECASE)
_AWAITED: Final = re.compile(
    rf"\b(?:(?:waiting|wait|waits)\s+(?:for|on)|need|needs|want|wants|chase|nudge|remind|get|expect)\s+"
    rf"(?P<it>{_WORD})\s+to\s+"
    r"(?:approve|sign|confirm|review|send|answer|reply|decide|own|finish|agree|write|draft|present|share|respond|"
    r"lead)\b",
    re.IGNORECASE,
)
"""Plain words stand here too: only one on no list counts."""
_STATE: Final = re.compile(
    rf"(?<![\w/@#.-])(?P<it>{_WORD})\s+(?:(?:is|was|will\s+be|who\s+is)\s+)?"
    r"(?:out\s+(?:until|till|sick|today|this|next)|off\s+(?:sick|until|today|this|next)|on\s+(?:leave|holiday|"
    r"vacation|pto)|"
    r"to\s+(?:confirm|follow\s+up|chase|reply|sign\s+off)|away\s+(?:until|this|next))\b",
    re.IGNORECASE,
)
_GREETED: Final = re.compile(
    rf"\b(?:kudos(?:\s+to)?|hi|hey|dear|shadowed|shadowing|mentored|mentoring|coached|coaching|did|has|because|"
    rf"covering\s+for)"
    rf"\s+(?P<it>{_WORD})(?=[!,]|\s+(?:repl|answer|sign|agree|said|was|is|on|approve|confirm|finish|send|twice|"
    rf"again)|$)",
    re.IGNORECASE,
)
_LINE: Final = re.compile(r"[^\n]+")
_CAP: Final = r"[^\W\d_a-z][^\W\d_]+(?:['’-](?!s\b)[^\W\d_]+){0,3}"
_TOWARDS: Final = re.compile(
    rf"\b(?:(?:escalated|assigned|reassigned|handed(?:[ ]over)?|reported|delegated|spoke|talked|"
    rf"apologised|listen\w*)[ ]to|"
    rf"(?:sync(?:ed)?|met|meeting|review\w*|lunch|coffee|call|chat|paired|pairing|catch-?up|1:1|1-1|interview|agreed)"
    rf"[ ](?:with|w/)|w/|per|"
    rf"(?:written|approved|reviewed|raised|owned|led|drafted|signed|agreed|run|proposed)(?:[ ]off)?[ ]by|"
    rf"(?:feedback|thanks|praise|note|message|email|mail|memo|invite)[ ](?:for|from|to)|"
    rf"told|asked|reminded|pinged|nudged|thanked|convinced|coached|ask|tell|ping|nudge|chase|thank|remind|mentee|"
    rf"mentor)[ ](?P<it>{_CAP}(?:[ ]{_CAP})?)(?![\w/])"
)
_BOTH: Final = re.compile(rf"\b(?:with|by|from|for|and)[ ](?P<it>{_CAP}[ ]{_CAP})(?![\w/]|[ ][^\W\d_a-z])")
"""Two words that are both on no list are hardly a thing, after words that lead to anything."""
_ACTS: Final = re.compile(
    rf"(?<![\w/@#.])(?P<it>{_CAP}(?:[ ]{_CAP})?)[ ](?:(?:also|then|just|has|had|already)[ ])?"
    r"(?:said|says|asked|asks|told|thinks|"
    r"thought|raised|agreed|wants|wanted|admitted|promised|joined|owns|suggested|mentioned|explained|feels|felt|"
    r"worries|volunteered|offered|apologised|replied|insisted|disagreed|pushed[ ]back|signed|approved|"
    r"(?:will|should|to|can)[ ](?:own|lead|draft|send|write|present|chair|sign|prepare|share|chase|talk|ask|"
    r"book|finish|review|follow[ ]up))\b"
)
_SHOUTED: Final = re.compile(
    rf"(?:\b(?:BY|ASK|FOR|FROM|WITH|TELL|AND|OWNER:|ACTION:)[ ](?P<it>{_CAP}))|"
    rf"(?:(?<!\w)(?P<who>{_CAP}(?:[ ]{_CAP})?)[ ](?:OWNS|SAID|SAYS|WANTS|AGREED|ASKED|RAISED|"
    rf"APPROVED|NEEDS|SENT|SIGNED|HAS|LEFT|JOINED|LEADS|IS|WILL|TO)\b)"
)


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


WORD_HINTS: Final = {
    _TOLD: (_words("told asked reminded nudged pinged convinced urged helped advised encouraged invited"),),
    _SPOKE: (
        _words("spoke talked speak talk chatted met meeting synced sync caught catch paired pairing 1 call"),
        _words("to with w"),
        _words("about on re regarding today yesterday after before and this last"),
    ),
    _SAYS: (_words("said says told thinks reckons feels"),),
    _AWAITED: (
        _words("waiting wait waits need needs want wants chase nudge remind get expect"),
        _words("to"),
        _words("approve sign confirm review send answer reply decide own finish agree write draft present share")
        | _words("respond lead"),
    ),
    _STATE: (_words("out off away leave holiday vacation pto confirm follow chase reply sign"),),
    _GREETED: (
        _words("kudos hi hey dear shadowed shadowing mentored mentoring coached coaching did has because covering"),
    ),
}
"""Hints: of each row one word is in a text where the pattern matches."""


def find(text: str) -> Iterator[Found]:
    """One or two words that are no crowd, team, role or plain word; without a verb of telling, on no list at all."""
    words = words_in(lowered(text))
    yield from _any_case(text, words)
    for pattern in (_TOWARDS, _ACTS, *_possible((_AWAITED, _STATE, _GREETED), words)):
        for match in pattern.finditer(text):
            yield from _unlisted(text, *match.span("it"))
    for match in _BOTH.finditer(text):
        if all(is_unlisted(word) and word.istitle() for word in match["it"].split()):
            yield Found(*match.span("it"), "PERSON", GUESS)
    for line in _LINE.finditer(text):
        if line[0].isupper():
            yield from _shouted(text, line.start(), line.end())


def _possible(patterns: Sequence[re.Pattern[str]], words: frozenset[str]) -> Iterator[re.Pattern[str]]:
    """The patterns that a text with these words may match."""
    return (each for each in patterns if not any(words.isdisjoint(wanted) for wanted in WORD_HINTS[each]))


def _any_case(text: str, words_there: frozenset[str]) -> Iterator[Found]:
    for pattern in _possible((_TOLD, _SPOKE, _SAYS), words_there):
        for match in pattern.finditer(text):
            words = re.findall(r"\S+", match.group("it"))
            thing = borrowed.is_thing(text, match.start("it"), match.start("it") + len(words[0]))
            if not thing and not any(_is_no_name(word, says=pattern is _SAYS) for word in words):
                score = LIKELY if is_kept(match.group("it")) else GUESS  # a kept word got here by its capital alone
                yield Found(match.start("it"), match.end("it"), "PERSON", score)


def _shouted(text: str, start: int, end: int) -> Iterator[Found]:
    for match in _SHOUTED.finditer(text, start, end):
        yield from _unlisted(text, *match.span("it" if match["it"] else "who"))


def _unlisted(text: str, start: int, end: int) -> Iterator[Found]:
    """The words that are on no list, where a person stands; short capitals are an abbreviation."""
    words = [*re.finditer(r"\S+", text[start:end])]
    if all(is_unlisted(word[0]) and (len(word[0]) > 3 or not word[0].isupper()) for word in words):
        yield Found(start, end, "PERSON", GUESS)
    elif len(words) > 1 and is_unlisted(words[-1][0]) and not words[-1][0].isupper():
        yield Found(start + words[-1].start(), end, "PERSON", GUESS)


def _is_no_name(word: str, *, says: bool) -> bool:
    """Before a verb of saying a capitalised plain word is somebody: nobody writes that "Will" as the verb."""
    if says and len(word) > 2 and word.istitle() and word.casefold() in everyday() and word.casefold() not in crowd():
        return False
    return word.casefold() in crowd() or is_kept(word) or word.endswith("ly")


RECOGNISER: Final = Recogniser("context_name", ("PERSON",), find)
