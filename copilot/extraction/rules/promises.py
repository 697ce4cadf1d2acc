"""Sentences that promise: "X will …", "X to …", "I'll …" in a speaker's turn, "you'll …", "we'll …", and loose ones.

A question, a negation and a statement about the world read as nothing; a hedge or a condition makes a candidate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.clauses import asks, conditional, sentences
from copilot.extraction.grammar import (
    ANAPHORIC,
    COLLECTIVE,
    GROUP,
    HEDGES,
    LEADS,
    MODAL,
    NEGATED,
    ONE,
    PRONOUN,
    STATIVE,
    TICKET,
)
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import (
    CONDITION,
    CONFIRM,
    WHO,
    WHO_IS_HE,
    WHO_IS_I,
    WHO_OF_US,
    Line,
    Owner,
    Reading,
)
from copilot.extraction.rules.explicit import owned_readings
from copilot.extraction.turning import end_of_clause
from copilot.extraction.verbs import task_verbs
from copilot.extraction.who import addressed, antecedent
from copilot.mentions import MentionKind

_TIMES: Final = (
    r"(?:(?:[Bb]y|[Oo]n|[Ii]n|[Bb]efore|[Aa]fter|[Oo]nce|[Ww]hen|[Ff]or|[Nn]ext|[Tt]his|[Ff]rom|[Aa]s|[Uu]ntil"
    r"|[Ii]f|[Uu]nless|[Aa]ssuming|[Dd]uring|[Tt]o|[Ww]ith|[Ii]nstead of|[Aa]t)\b[^.,]{1,60},\s+)"
)
_ADVERBIAL: Final = (
    r"(?:(?:[Aa]fter|[Oo]n|[Bb]y|[Ii]n|[Aa]t|[Ff]or|[Tt]ill|[Nn]ext|[Tt]his|[Bb]efore|[Dd]uring|[Oo]nce|[Ff]rom|[Uu]ntil)\s[^.,:;]{2,50}?"
    r"(?<!\bwith)(?<!\bfrom)(?<!\bto)(?<!\bby)(?<!\bfor)(?<!\bof)(?<!\band)(?<!\bor)(?<!\bthan)(?<!\bat)(?<!\bon)"
    r"(?<!\bafter)(?<!\bbefore)(?<!\bin)\s)"
)
"""An opening without its comma: "On Monday X will"; a name right after a preposition is no subject."""
_START: Final = (
    rf"(?:^|[,:—–(]\s*|\s[-–—]\s|\b(?:and|but|then|so|while|that|because|since|therefore|hence|next action)\s+)"
    rf"(?:(?i:{LEADS})\b[,.!:—–-]*\s+){{0,6}}(?:[Nn]ot {ONE},? but\s+)?(?:{_TIMES}|{_ADVERBIAL})?"
    rf"(?:{ONE},?\s+(?:no|sorry|er|i mean|or rather|rather)\b[\s,]*(?:(?:sorry|i mean|no)\b[\s,]*)?)?"
    rf"(?P<hedge>(?i:{HEDGES})[,]?\s+(?:that )?)?"
)
_SUBJECT: Final = (
    rf"(?:(?P<first>[Ii](?=['’\s]|ll\b|m\b))(?P<me>\s+and\s+{ONE})?|(?P<group>{GROUP})(?:,?\s+(?:he|she|they)(?=['’\s]))?(?P<andme>\s+and\s+(?:I|me|myself)\b)?"
    rf"|(?P<we>{COLLECTIVE})|(?P<you>[Yy]ou\b|[Uu]\b)|(?P<he>{PRONOUN}))"
)
_ASIDE: Final = (
    rf"(?:\s+(?:instead of|rather than|on behalf of|together with|along with|with)\s+{ONE}|,? not {ONE},?"
    r"|,\s+(?:who|our|the|as|being)\b[^,.]{1,60},|\s*\([^)]{1,40}\))?"
)
_CLAUSE: Final = re.compile(
    rf"{_START}(?:{_SUBJECT}{_ASIDE}\s*(?:(?:both|each|also|now|then|still|kindly|really|simply|herself|himself|just)"
    rf"\s+)*(?:(?P<take>can take|commit to|take on|am on the hook for)|{MODAL}|(?P<would>would|was to|were to"
    rf"|['’]d)|(?P<lost>ll)|(?P<ing>(?:['’]?m|['’]s|['’]re|is|are|am)(?=\s+\w+ing\b))|(?P<bare>to|2(?= [a-z]))"
    rf"|(?P<takes>takes on|took on|has taken on|takes"
    r"|owns|commits to|committed to|picks up|undertakes|volunteers for|signs? up for))(?P<neg>n['’]t)?(?![\w'’])\s*"
    r"|(?P<lets>[Ll]et['’]?s|[Ll]et us)\s+(?:then |also |maybe |all )?|(?P<letme>[Ll]et me|(?:[Hh]oping"
    r"|[Pp]lanning|[Tt]rying) to)\s+)"
)
_RUN_ON: Final = re.compile(
    _CLAUSE.pattern.replace(
        _START,
        rf"(?:{_START}|(?<!\bwith )(?<!\bfrom )(?<!\bto )(?<!\bby )(?<!\bfor )(?<!\bof )(?<!\bor )"
        rf"(?<!\bthan )"
        rf"(?<!\basked )(?<!\btold )(?<!\bask )(?<!\btell )(?<!\band )(?<!\bis )(?<!\bnot )(?<!\bif )(?<!\bunless )"
        rf"\b(?=<|@|I\b|i\b|[Ss]he\b|[Hh]e\b))",
        1,
    )
)
"""In speech taken down without commas a clause may start at any name that no preposition governs."""
_AND_THEN: Final = re.compile(
    r",?\s+(?:and|then|but)(?:\s+(?:then|also|afterwards))?\s+(?P<link>to\s+|will\s+|['’]ll\s+)?"
    r"(?=(?P<verb>[a-z][\w-]+)\s)"
)
_SMALL_TALK: Final = re.compile(
    r"(?:be\b(?! (?:\w+ing|sure to)\b)|say\b|tell you(?=\W*$)|ask you\b|tell you (?:that|what|how)|start (?:by|with)"
    r"|leave it|let you (?=go|in)|leave you|go (?:first|ahead|on)|stop|share my screen|explain|just|pass\b|begin|skip"
    r"|give you an example|repeat|rephrase|pause|jump|clarify my|come back to (?:this|that|it)|get to (?:this|that|it)"
    r"|mute|keep it short|take (?:your|that|the) (?:point|hint)|tell you a)",
    re.IGNORECASE,
)
_NO_VERB: Final = re.compile(
    r"(?:the|a|an|this|that|these|those|his|her|their|my|our|your|\d+|<|and|or|but)(?!\w)", re.IGNORECASE
)
_CALLED: Final = re.compile(rf"{ONE}\s*,\s*(?={ONE}\W*$)")
"""A name before a comma and one more name."""
_GIVEN: Final = re.compile(r"(?:get|receive|have|hear|be (?:sent|given|able))\b", re.IGNORECASE)
"""What "you" will get is owed by somebody else."""
_ANY_DAY: Final = date(2026, 1, 5)
"""Whether a date is said at all does not depend on the day."""
_AGREED_THAT: Final = re.compile(
    r"\b(?:agreed|decided|settled|said|says|confirmed|promised|concluded|understood|told \S+|resolved|noted"
    r"|arranged|reported"
    r"|pointed out|explained|added|announced|mentioned|assured)\b[^.]{0,200}$",
    re.IGNORECASE,
)
_COMMITS: Final = re.compile(r"\b(?:commit(?:s|ted)|signed up) to\W*$")
_REPORT_SEND: Final = re.compile(r"(?:the|a|an|his|her)\s\w+ \w+")
_WISH: Final = re.compile(r"(?:wants?|wanted|plan(?:s|ned)?|hop(?:es?|ed|ing)|intend(?:s|ed)?|were|meant|needed)\b")
_SOON: Final = re.compile(r"(?:this|today|on)? ?(?:week|month|today)\b")
_FIRMLY: Final = re.compile(r"\b(?:agreed|decided|promised|settled|arranged|resolved)\b", re.IGNORECASE)
_ITS_DETAIL: Final = re.compile(
    r"(?:(?:the|its) ticket\b|(?:it|that)(?:['’]s| is) (?=[A-Z#])|(?:it|that|this)(?:['’]s| is)(?: all)? (?:due"
    r"|for|needed)"
    r"\b|(?:due|deadline|date|by)\b|ticket\b)",
    re.IGNORECASE,
)
_NOT_DONE: Final = re.compile(r"\b(?:had|was|were) (?:going|supposed|meant) to\b", re.IGNORECASE)
DECLINED: Final = re.compile(
    rf"(?:\b(?:but|and|though|yet)\s+(?:{ONE}\s+|he\s+|she\s+|they\s+)?"
    r"(?:declined|refused|said no|turned (?:it|this|that) down"
    r"|can(?:no|['’])t|could ?n[o'’]t|had no time|is too busy|was too busy)|^(?:\w+ )?(?:declined|refused|said no)\b)",
    re.IGNORECASE,
)


def read(line: Line, people: PeopleView, *, answers: bool = False) -> tuple[Reading, ...]:
    """Every promise of the line. ``answers`` says that the line answers a request already read."""
    found: list[Reading] = []
    spans = list(sentences(line.text, line.body))
    for n, (start, end) in enumerate(spans):
        sentence = line.text[start:end]
        if found and _ITS_DETAIL.match(sentence) and _anchored(sentence):
            found[-1] = replace(found[-1], clause=(found[-1].clause[0], end))
        following = line.text[slice(*spans[n + 1])] if n + 1 < len(spans) else ""
        if asks(sentence) or _NOT_DONE.search(sentence) or declined(sentence, following):
            continue
        found += _sentence(line, start, end, people, answers=answers)
    return tuple(found)


def declined(sentence: str, following: str) -> bool:
    """Whether the sentence or the next one says that what was asked was refused."""
    said_next = re.match(rf"(?:{ONE}|He|She|They) (?:declined|refused|said no|turned)\b", following)
    return DECLINED.search(sentence) is not None or said_next is not None


def _sentence(line: Line, start: int, end: int, people: PeopleView, *, answers: bool) -> Iterator[Reading]:
    sentence = line.text[start:end]
    matches = list((_RUN_ON if runs_on(sentence) else _CLAUSE).finditer(sentence))
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        stop = end_of_clause(line.text, start + match.end(), start + following.start() if following else end)
        rest = line.text[start + match.end() : stop]
        if answers and match["first"] and ANAPHORIC.match(rest):
            continue
        if _promises(match, rest):
            for first, last in parts(rest):
                clause = (start + (match.start() if first == 0 else match.end() + first), start + match.end() + last)
                action = (start + match.end() + first, clause[1])
                yield from _readings(line, match, start, action, clause, people)


def parts(rest: str) -> Iterator[tuple[int, int]]:
    """Cut "fix the join by Thursday and publish the numbers by Friday": two tasks of one person, each with its day."""
    at = 0
    for match in _AND_THEN.finditer(rest):
        if match["verb"] not in task_verbs() or len(rest[at : match.start()].split()) < 2:
            continue
        dated = find_due(rest[at : match.start()], _ANY_DAY) and find_due(rest[match.end() :], _ANY_DAY)
        if dated or (match["link"] and not re.match(r"\s*(?:try|come|go)\b", rest[at:])):
            yield at, match.start()
            at = match.end()
    yield at, len(rest)


def runs_on(sentence: str) -> bool:
    """Whether it is speech without punctuation: many words, and next to no mark that parts them."""
    words = len(sentence.split())
    return words >= 16 and len(re.findall(r"[,;:.!?–—]", sentence)) * 14 <= words


def _promises(match: re.Match[str], rest: str) -> bool:
    """Whether the words after subject and modal name something to do."""
    if match["neg"] or NEGATED.match(rest) or STATIVE.match(rest) or not rest.strip(" .,"):
        return False
    dated = _needs_a_day(match, rest)
    if dated is not None:
        return dated
    if match["takes"] or match["take"] or _COMMITS.search(match.group(0)):
        return True
    if match["we"] and match["rough"]:
        return False  # "we could …" is an idea
    if _NO_VERB.match(rest):
        # "X will the report send": no native word order, and nothing else it could mean
        return bool(match["group"]) and match["firm"] == "will" and _REPORT_SEND.match(rest) is not None
    return _by_subject(match, rest)


def _needs_a_day(match: re.Match[str], rest: str) -> bool | None:
    """Of forms that promise only with a day ahead, whether they do; ``None`` for the others."""
    if match["ing"]:
        return _doing(rest)
    wish = _WISH.match((match["rough"] or "").strip())
    if wish:
        past = wish.group(0) in {"wanted", "planned", "needed"} and not match["you"]
        return not past and _anchored(rest) and _concrete(rest)
    if match["would"]:
        return not _NO_VERB.match(rest) and _would(match, rest)
    if match["lets"]:
        return _concrete(rest) and not _SMALL_TALK.match(rest) and _anchored(rest)
    return None


def _by_subject(match: re.Match[str], rest: str) -> bool:
    if match["bare"]:
        return bool(match["group"] or match["we"]) and re.match(r"[a-z]", rest) is not None
    if match["first"] or match["letme"] or match["andme"]:
        return not _SMALL_TALK.match(rest)
    if match["you"]:
        return _concrete(rest) and not _GIVEN.match(rest)
    return _concrete(rest) if match["we"] else True


def _would(match: re.Match[str], rest: str) -> bool:
    """Whether "would" promises: after "agreed that"; "was to …" and "I'd …" only with a day."""
    if match["would"] == "would":
        return _AGREED_THAT.search(match.string[: match.start("would")]) is not None
    return find_due(rest, _ANY_DAY) is not None and _concrete(rest)


def _doing(rest: str) -> bool:
    """Whether "is sending it on Friday" promises: the progressive does only with a day that is still ahead."""
    verb = (re.match(r"(\w+)ing\b", rest) or ["", ""])[1].lower()
    if verb in {"meet", "train", "brief", "hear", "test"} and re.match(
        r"\w+\s+(?:on|at|with|in|next|tomorrow)\b", rest
    ):
        return False  # "X's meeting on Friday" is a noun
    known = {verb, f"{verb}e", verb[:-1] if verb[-1:] == verb[-2:-1] else verb} & task_verbs()
    due = find_due(rest, _ANY_DAY)
    return bool(known) and due is not None and not _SOON.match(rest[due.start : due.end])


def _concrete(rest: str) -> bool:
    return (re.match(r"(?:please |then |also )?(\w[\w-]*)", rest) or ["", ""])[1].lower() in task_verbs()


def _readings(  # noqa: PLR0913, PLR0917
    line: Line, match: re.Match[str], start: int, action: tuple[int, int], clause: tuple[int, int], people: PeopleView
) -> tuple[Reading, ...]:
    kind = _kind(line, match, start, clause)
    if match["group"] or match["me"]:
        found = _several(line, match, start, (action, clause), people, kind)
    elif match["we"] or match["lets"]:
        found = (Reading(kind, *action, clause, question=WHO_OF_US),)
    else:
        who = _single(line, match, start, people)
        if who is None and (match["you"] or (match["he"] and kind is not MentionKind.COMMITMENT)):
            return ()
        question = None if who else WHO_IS_HE if match["he"] else WHO_IS_I
        found = (Reading(kind, *action, clause, who, question),)
    return tuple(_questioned(each, line, start) for each in found)


def _several(  # noqa: PLR0913, PLR0917
    line: Line, match: re.Match[str], start: int, spans: tuple[tuple[int, int], tuple[int, int]], people: PeopleView,
    kind: MentionKind,
) -> tuple[Reading, ...]:  # fmt: skip
    """A group of named people, with the speaker where it says "X and I"."""
    name = "group" if match["group"] else "me"
    group = line.text[start + match.start(name) : start + match.end(name)]
    if (called := _CALLED.match(group)) and re.search(r"\byour?\b", line.text[slice(*spans[1])]):
        group = group[called.end() :]  # "X, Y will send you the plan" speaks to X
    found = owned_readings(group, *spans, people, kind)
    if match["weak"] and _GIVEN.match(line.text[slice(*spans[0])]):
        return tuple(
            replace(each, owner=None, question=WHO) for each in found[:1]
        )  # who should get it does not give it
    if match["andme"] or match["me"]:
        mine = Reading(kind, *spans[0], spans[1], line.speaker, None if line.speaker else WHO_IS_I)
        found += () if any(mine.owner and mine.owner.same_as(each.owner) for each in found) else (mine,)
    return found


def _single(line: Line, match: re.Match[str], start: int, people: PeopleView) -> Owner | None:
    if match["you"]:
        return addressed(line, start + match.start("you"), people)
    if match["he"]:
        return antecedent(line, start + match.start("he"), people)
    return line.speaker


def _questioned(reading: Reading, line: Line, start: int) -> Reading:
    if reading.kind is not MentionKind.CANDIDATE or reading.question is not None:
        return reading
    depends = conditional(line.text[start : reading.end])
    return replace(reading, question=CONDITION if depends else CONFIRM)


def _anchored(words: str) -> bool:
    return TICKET.search(words) is not None or find_due(words, _ANY_DAY) is not None


def _kind(line: Line, match: re.Match[str], start: int, clause: tuple[int, int]) -> MentionKind:
    """A firm word makes a commitment; a hedge or a condition a candidate; "should" or "we" needs a date or ticket."""
    words = line.text[start : clause[1]]
    rest = line.text[start + match.end() : clause[1]]
    if (
        match["rough"]
        or (match["letme"] or "let").lower()[:3] != "let"
        or (match["would"] and not (_FIRMLY.search(match.string) or (match["would"] != "'d" and _anchored(words))))
        or re.match(r"see\b", rest)
        or match["hedge"]
        or conditional(words)
        or re.match(r"(?:probably|maybe|hopefully|possibly|likely)\b", rest)
    ):
        return MentionKind.CANDIDATE
    if (match["weak"] or match["you"] or match["we"]) and not (_anchored(words) or line.section == "actions"):
        firm_you = match["you"] and re.search(r"agree|promis|commit|said|offer", match.group(0))
        return MentionKind.COMMITMENT if firm_you else MentionKind.CANDIDATE
    return MentionKind.COMMITMENT
