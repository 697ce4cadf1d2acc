"""Requests a note reports: "X asked Y to …", "X wants Y to …", "X asked whether Y could … He said yes".

Y owes it, never X; who only has to *tell* somebody owes the telling. What was refused reads as nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.clauses import asks, conditional, sentences
from copilot.extraction.grammar import GROUP, ONE, TICKET
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import CONDITION, CONFIRM, NO_ANSWER, WHO_IS_HE, WHO_IS_I, Line, Reading
from copilot.extraction.rules.explicit import owned_readings
from copilot.extraction.rules.promises import declined, parts
from copilot.extraction.turning import end_of_clause
from copilot.extraction.who import addressed, antecedent
from copilot.mentions import MentionKind

_ASKER: Final = rf"(?:{GROUP}|I|[Ww]e|[Ss]he|[Hh]e|[Tt]hey|[Tt]he \w+|[Yy]ou)"
_WHOM: Final = rf"(?:(?P<group>{GROUP})|(?P<me>me|us)\b|(?P<him>him|her)\b|(?P<you>you)\b)"
_FIRM: Final = (
    r"asked|asks|told|tells|reminded|reminds|requested|urged|instructed|tasked|begged|assigned|nominated|appointed"
    r"|persuaded|pinged|chased|prompted"
)
_SOFT: Final = (
    r"wants|wanted|want|needs|needed|need|expects|expected|expect|would like|['’]d like|encouraged|invited|wish(?:es)?"
    r"|hopes for|hoped for|is counting on|are counting on|counts? on|relies on|rely on|['’]re counting on"
    r"|is relying on|are relying on|trusts"
)
_TOLD: Final = re.compile(
    rf"(?:^|[,:;]\s+|\b(?:and|but|so|that|then|as|because)\s+){_ASKER}\s*(?:has |have |['’]ve |['’]s |had "
    rf"|will |['’]ll |just |then |also |again |kindly |"
    rf"already |now )*(?:(?P<firm>{_FIRM})|(?P<soft>{_SOFT}))\s+(?:that\s+)?{_WHOM}\s+(?:please |kindly |again |both )?"
    r"(?:to|should|must)\s+(?=[a-z])"
)
_WISH: Final = re.compile(
    rf"(?:^|\b(?:and|but|that)\s+){_ASKER}\s*(?:has |have )?(?P<soft>wish(?:es)?|want|wants|ask|asks|asked"
    rf"|suggested|insisted"
    rf"|proposed|requests?|requested|expects?|demands?|decided?"
    rf"|agreed?)\s+that\s+(?P<group>{GROUP})\s+(?:should |must )?(?!(?:will|would|is|are|was|has|had|can|could"
    rf"|to|might|may|[a-z]+s)\b)(?=[a-z]+ )"
)
_LET: Final = re.compile(
    rf"(?:^|[,:;]\s+|\b(?:and|but|so|then|ok|okay)\s+)(?P<soft>[Ll]et['’]?s (?:have|let|get|ask)"
    rf"|[Ll]et us (?:have|let|ask)|[Ll]et"
    rf"|[Ww]e(?:['’]ll| will)? (?:have|get|let|ask)|[Hh]ave)\s+(?P<group>{GROUP})\s+(?:to\s+)?(?=[a-z]+ )"
)
_THAT_HE: Final = re.compile(
    rf"{_ASKER}\s*(?:has |have |then |also )*(?P<firm>ask|asks|asked|told|tell|tells|reminded"
    rf"|remind)\s+(?P<group>{GROUP})\s+that\s+"
    r"(?:he|she|they)\s+(?:should |must |has to |needs to |will )?(?=[a-z]+ )"
)
_WHETHER: Final = re.compile(
    rf"{_ASKER}\s+(?:has |then |also )?(?:asked|wondered)\s+(?:{ONE}\s+|me\s+)?(?P<soft>whether|if)\s+"
    rf"(?:(?P<group>{GROUP})|(?P<him>he|she)\b|(?P<me>I)\b)\s+(?:could|would|can|will|might)\s+(?=[a-z])"
)
_YES: Final = re.compile(
    r"(?:\b(?:said yes|agreed|accepted|nodded|said (?:he|she|they) (?:would|will)|promised|confirmed"
    r"|was happy to|is happy to|will do (?:it|so))\b)",
    re.IGNORECASE,
)
_ANY_DAY: Final = date(2026, 1, 5)


def read(line: Line, people: PeopleView) -> tuple[Reading, ...]:
    """Every reported request of the line that was not refused."""
    found: list[Reading] = []
    spans = list(sentences(line.text, line.body))
    for n, (start, end) in enumerate(spans):
        sentence = line.text[start:end]
        following = line.text[slice(*spans[n + 1])] if n + 1 < len(spans) else ""
        if asks(sentence) or declined(sentence, following):
            continue
        yes = _YES.search(sentence) is not None or _YES.search(following) is not None
        for shape in (_TOLD, _LET, _THAT_HE, _WISH, _WHETHER):
            for match in shape.finditer(sentence):
                if not any(each.clause[0] < start + match.end() <= each.clause[1] for each in found):
                    found += _requests(line, match, (start, end), people, yes=yes)
    return tuple(found)


def _requests(
    line: Line, match: re.Match[str], span: tuple[int, int], people: PeopleView, *, yes: bool
) -> Iterator[Reading]:
    start, end = span
    following = _TOLD.search(line.text[start:end], match.end())
    stop = end_of_clause(line.text, start + match.end(), start + following.start() if following else end)
    rest = line.text[start + match.end() : stop]
    for first, last in parts(rest):
        action = (start + match.end() + first, start + match.end() + last)
        clause = (start + match.start() if first == 0 else action[0], action[1])
        kind = _kind(match, line.text[clause[0] : clause[1]], yes=yes)
        question = None if kind is MentionKind.COMMITMENT else NO_ANSWER
        if conditional(line.text[start : clause[1]]) and "if" not in (match.groupdict().get("soft") or ""):
            kind, question = MentionKind.CANDIDATE, CONDITION
        yield from _owned(line, match, start, Reading(kind, *action, clause, question=question), people)


def _kind(match: re.Match[str], words: str, *, yes: bool) -> MentionKind:
    if yes or match.groupdict().get("firm"):
        return MentionKind.COMMITMENT
    if re.match(r"decide|agree", match["soft"]):
        return MentionKind.COMMITMENT
    anchored = TICKET.search(words) is not None or find_due(words, _ANY_DAY) is not None
    if match["soft"] in {"whether", "if"} or match["soft"].startswith(("suggest", "propos", "encourag", "hope")):
        return MentionKind.CANDIDATE
    return MentionKind.COMMITMENT if anchored else MentionKind.CANDIDATE


def _owned(line: Line, match: re.Match[str], start: int, reading: Reading, people: PeopleView) -> Iterator[Reading]:
    said = match.groupdict()
    if said.get("group"):
        group = line.text[start + match.start("group") : start + match.end("group")]
        for each in owned_readings(group, (reading.start, reading.end), reading.clause, people, reading.kind):
            yield replace(each, question=each.question or reading.question)
        return
    if said.get("me"):
        who, question = line.speaker, WHO_IS_I
    elif said.get("you"):
        who, question = addressed(line, start + match.start("you"), people), CONFIRM
        if who is None:
            return
    else:
        who, question = antecedent(line, start + match.start("him"), people), WHO_IS_HE
    yield Reading(reading.kind, reading.start, reading.end, reading.clause, who, reading.question if who else question)
