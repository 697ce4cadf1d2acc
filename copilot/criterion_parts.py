"""Which parts a criterion has as it is worded: measure, comparator, threshold, unit, source, date, verifier.

Reads one text, raw or redacted, by patterns and the corpus's word lists; answers with the place of each part. Refuses
to judge whether a part is right, and never supplies one: what is not there is not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from knowledge.corpus_files import CriterionWords

Span = tuple[int, int]


class Part(StrEnum):
    """A part that makes a criterion testable."""

    MEASURE = "measure"
    COMPARATOR = "comparator"
    THRESHOLD = "threshold"
    UNIT = "unit"
    SOURCE = "source"
    DATE = "date"
    VERIFIER = "verifier"


_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DUE: Final = r"(?:by|before|until|till|no later than|latest|end of|at the end of|by the end of)"
_DATE: Final = re.compile(
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b\.?(?: \d{{4}})?"
    rf"|\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?: \d{{4}})?"
    rf"|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b|\b\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}\b"
    rf"|\b{_WEEKDAY}\b|\b{_DUE} (?:the |early |mid[- ]|late )?{_MONTH}\b(?: \d{{4}})?"
    rf"|\b(?:{_DUE}|in) (?:the )?(?:end of )?(?:programme )?week \d+"
    rf"|\b{_DUE} (?:the )?(?:end of )?(?:the )?(?:this |next )?"
    r"(?:sprint|quarter|month|year|pilot|session|week|q[1-4])\b(?: \d+)*"
    r"|\b(?:next|this) (?:week|month|quarter|sprint|session)\b",
    re.IGNORECASE,
)
_NOT_A_COUNT: Final = re.compile(
    rf"{_DATE.pattern}|\b[A-Z][A-Za-z0-9_]{{0,15}}-\d{{1,7}}\b|(?<!\w)#\d+|\bv\d+(?:\.\d+)*\b|\b[A-Z]\d+\b(?!\s*(?:score|on|at|of))"
    r"|\b(?:weeks?|option|sprint|phase|version|step|q|layer|level|part|stage)\s*\d+(?:\s*(?:to|-|–|and)\s*\d+)?\b"
    r"|\b(?:at|with) (?:a )?(?:threshold|cut-?off)(?: of)? \d+(?:\.\d+)?|\bat \d+(?:\.\d+)? the\b"
    r"|\b(?:over|during|in|for|across) (?:the )?(?:last |past |next |first )?\d+ "
    r"(?:days|weeks|months|nights|quarters)\b"
    r"|\b\d+(?:st|nd|rd|th)\b|<[A-Z_]+_\d+>",
    re.IGNORECASE,
)
_WORDED: Final = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy"
    "|eighty|ninety|hundred|half|(?:a |one |two )?(?:thirds?|quarters?)"
)
_VALUE: Final = rf"(?:(?:eur|usd|gbp|chf|€|\$|£)\s?)?[-−]?\d+(?:[,  ]\d{{3}})*(?:\.\d+)?|\b(?:{_WORDED})\b"
_THAN: Final = (
    r"(?:not |no )?(?:more|less|fewer|lower|higher|longer|shorter|greater|smaller|larger|better|worse|later|earlier)"
    r"(?: \w+)? than"
)
_BOUND_WORDS: Final = (
    rf"at least|at most|{_THAN}|not (?:over|above|below|under)|up to|within|under|over|exactly|a (?:minimum|maximum) of"
    r"|(?:does not |not )?exceed(?:s|ing)?|reach(?:es)?|(?:falls?|drops?|goes|rises?|grows?|increases?|decreases?"
    r"|shrinks?|cut|down|comes down|reduced?) (?:\w+ )?(?:to|by|from)|from|between|equals?"
    r"|≥|≤|>=|<=|=>|=<|<|>|=|below|above|stays at"
)
_BOUND: Final = re.compile(
    rf"(?<![\w<>=])(?P<words>{_BOUND_WORDS})\s*(?:about |around |the |of |a |an )?(?P<value>{_VALUE})", re.IGNORECASE
)
_BOUND_AFTER: Final = re.compile(
    rf"(?P<value>{_VALUE})[\s%)]*(?:\w+ )?"
    r"(?P<words>or (?:more|less|fewer|better|higher|lower|above|below|under|over))\b",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(rf"\b(?:above|below|{_THAN})\b", re.IGNORECASE)
_SHARE: Final = re.compile(rf"(?P<value>{_VALUE})\s?(?:%|percent|per cent)? (?:out )?of\b", re.IGNORECASE)
_PERCENT: Final = r"%|percent\b|per cent\b|percentage points?\b|pp\b|pts?\b"
_AMOUNT: Final = (
    r"(?:working |calendar |business )?(?:days?|weeks?|months?|hours?|hrs?|h|minutes?|mins?|seconds?|secs?|s|ms)\b"
    r"|eur\b|euros?\b|usd\b|dollars?\b|gbp\b|pounds?\b|€|\$|£|gb\b|mb\b|points?\b"
)
_BARE: Final = re.compile(rf"(?P<value>{_VALUE})\s?(?:{_PERCENT})", re.IGNORECASE)
_UNIVERSAL: Final = re.compile(
    r"(?:^|[.;:,]\s+)(?:(?:and|then|that) )?(?P<value>every|all|each|none|no|zero)\s+(?!more\b|less\b|later\b)\w+",
    re.IGNORECASE,
)
_NONE: Final = re.compile(r":\s*(?P<value>0|zero|none)\b(?![.,]?\d)", re.IGNORECASE)
_AFTER_VALUE: Final = re.compile(
    rf"\s?(?:{_PERCENT}|{_AMOUNT}|(?!(?:in|on|or|by|and|at|for|to|from|over|against|is|are|with|the|than|verified|checked"
    r"|per|of|a|an|as|before|after|until|during|when|measured|weekly|daily)\b)[a-z][a-z-]+)",
    re.IGNORECASE,
)
_UNIT_SAID: Final = re.compile(
    r"\b(?:in (?:percent|per cent|%|days|hours|minutes|euros?|points)|(?:the )?number of|how many|count of)\b",
    re.IGNORECASE,
)
_FILE: Final = re.compile(r"\b[\w-]+\.(?:csv|tsv|xlsx?|parquet|jsonl?|pdf|sql|db|ods)\b", re.IGNORECASE)
_WHO: Final = (
    rf"(?!\d|hand\b|default\b|then\b|end\b|week\b|the end\b|{_MONTH}\b|{_WEEKDAY}\b|next\b|this\b|design\b|a script\b)"
    r"(?:<[A-Z_]+_\d+>|[^\W\d][\w'’&-]*)"
)
_PRESENT: Final = (
    "verifies|verify|checks|confirms|confirm|signs(?: off)?|accepts|approves|reviews|audits|validates"
    "|countersigns|witnesses"
)
_SUBJECT: Final = re.compile(
    rf"(?:^|[.;,:]\s*|\band\s+)(?:(?:the|our|a)\s+)?[^.;,:]{{1,60}}?(?<!regression)\s(?P<verb>{_PRESENT})\b"
    r"(?=\s*(?:[.;,]|$|it\b|this\b|that\b|them\b|by\b|on\b|in\b|off\b|the (?:result|number|figure)))",
    re.IGNORECASE,
)  # fmt: skip
_LABELLED: Final = re.compile(
    r"\b(?:verifier|verified|verification|sign-off|signed off|reviewer|approver)\s*:\s*\w", re.IGNORECASE
)
_NOT_A_SOURCE: Final = re.compile(
    r"\bdata (?:protection|steward|team|owner|scientist|lead|engineer|officer|access)\b"
    r"|\bon (?:the table|file|record)\b"
    r"|\b(?:change|review|steering) board\b",
    re.IGNORECASE,
)
_TIME_IDIOM: Final = re.compile(
    r"\b(?:in|on|any|this|next|same|real|first)[ -]time\b|\brate of interest\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PartReader:
    """Reads texts with one set of words."""

    measure: re.Pattern[str]
    unitless: re.Pattern[str]
    source: re.Pattern[str]
    verified: re.Pattern[str]

    @classmethod
    def of(cls, words: CriterionWords) -> PartReader:
        """A reader with the corpus's words."""
        parts = words.parts
        source = (
            r"\b(?:on|in|from|over|against|of|to|into|given|per|via|using)\s+(?:[^\s.,;:]+\s+){0,6}?"
            rf"(?:{_any(parts.sources)})\b"
        )
        verbs = [each for each in parts.verifying if each.endswith(("ed", "off"))]
        verified = rf"\b(?:{_any(verbs)})(?: on [\w -]{{4,20}})? (?:off )?by (?:both |the |our |a |an )?{_WHO}"
        return cls(
            re.compile(rf"\b(?:{_any(parts.measures)})\b|\bnumber in\b", re.IGNORECASE),
            re.compile(rf"\b(?:{_any(parts.unitless)})\b", re.IGNORECASE),
            re.compile(source, re.IGNORECASE),
            re.compile(verified, re.IGNORECASE),
        )

    def read(self, text: str) -> Mapping[Part, Span]:
        """The parts that the text has, each with its place, half open, in code points."""
        counts = _blanked(text, _NOT_A_COUNT)
        found: dict[Part, Span | None] = {
            **_bound_of(counts, unitless=self.unitless.search(text) is not None),
            Part.SOURCE: self._source(text),
            Part.DATE: _span(_DATE.search(text)),
            Part.VERIFIER: _span(self.verified.search(text) or _SUBJECT.search(text) or _LABELLED.search(text)),
        }
        if found[Part.THRESHOLD] is None:
            found[Part.THRESHOLD] = self._score(counts)
        if found[Part.UNIT] is None and found[Part.THRESHOLD] is not None:
            found[Part.UNIT] = _span(self.unitless.search(text))
        found[Part.MEASURE] = self._measure(text, found)
        return {part: span for part, span in found.items() if span is not None}

    def _source(self, text: str) -> Span | None:
        blanked = _blanked(text, _NOT_A_SOURCE)
        return _span(_FILE.search(text) or self.source.search(blanked))

    def _score(self, counts: str) -> Span | None:
        """A bare number right behind a score: "recall 0.53"."""
        for match in self.unitless.finditer(counts):
            number = re.compile(r"\s*(?:of|is|:|=)?\s*(\d(?:\.\d+)?)\b(?!\s*%)").match(counts, match.end())
            if number:
                return number.span(1)
        return None

    def _measure(self, text: str, found: Mapping[Part, Span | None]) -> Span | None:
        said = self.measure.search(_blanked(text, _TIME_IDIOM))
        if said:
            return said.span()
        counted = found[Part.THRESHOLD] and found[Part.COMPARATOR] and found[Part.UNIT]
        return found[Part.UNIT] if counted else None


def _bound_of(counts: str, *, unitless: bool) -> dict[Part, Span | None]:
    """Comparator, threshold and unit, from the plainest form to the loosest."""
    bound = _BOUND.search(counts) or _BOUND_AFTER.search(counts)
    share = _SHARE.search(counts)
    whole = _UNIVERSAL.search(counts) or _NONE.search(counts)
    for match in (bound, share, whole):
        if match is None:
            continue
        where = match.span("words") if match is bound else match.span("value")
        unit = match.span("value") if match is not bound else _unit(counts, match, unitless=unitless)
        return {Part.COMPARATOR: where, Part.THRESHOLD: match.span("value"), Part.UNIT: unit}
    bare, relative = _BARE.search(counts), _span(_RELATIVE.search(counts))
    threshold = bare.span("value") if bare else None
    return {Part.COMPARATOR: relative, Part.THRESHOLD: threshold, Part.UNIT: _span(bare or _UNIT_SAID.search(counts))}


def _unit(counts: str, bound: re.Match[str], *, unitless: bool) -> Span | None:
    value = bound.group("value")
    if re.match(r"(?:eur|usd|gbp|chf|€|\$|£)", value, re.IGNORECASE) or value.lower() == "half":
        return bound.span("value")
    behind = _AFTER_VALUE.match(counts, bound.end("value"))
    if behind:
        return behind.span()
    said = _UNIT_SAID.search(counts) or (_BARE.search(counts) if not unitless else None)
    of = re.compile(r"\s(?:out )?of\b").match(counts, bound.end("value"))
    pair = re.compile(rf"\s*(?:%\s*)?(?:to|and|-|–)\s*(?:{_VALUE})\s?(?:{_PERCENT}|{_AMOUNT})").match(
        counts, bound.end("value")
    )
    return _span(said or of or pair)


def _blanked(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda match: " " * len(match.group()), text)


def _span(match: re.Match[str] | None) -> Span | None:
    return match.span() if match else None


def _any(words: tuple[str, ...] | list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
