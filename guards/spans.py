"""From overlapping findings to spans that are in order, apart, whole and on one line each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from guards.recognisers.found import GUESS, SURE, Found

_BREAK: Final = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_NAME_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_TITLE: Final = re.compile(r"(?:mr|mrs|ms|miss|mx|dr|prof|sir|vp)", re.IGNORECASE)


def settled(text: str, findings: Iterable[Found]) -> list[Found]:
    """Findings that overlap become one span over all they cover, so that no part of any is left readable.

    The type and the person are those of the longest sure finding. A roster's given name inside a longer name
    ("Ben" in "Ben Carter", when the roster's Ben is Okafor) is not that person: in doubt nobody is named.
    """
    lines = [piece for found in findings for piece in _by_line(text, found)]
    spans: list[Found] = []
    for group in _groups(sorted(lines, key=lambda each: (each.start, -each.end))):
        start, end = group[0].start, max(each.end for each in group)
        known = [each for each in group if each.score >= SURE]
        unsure = all(each.score <= GUESS for each in group if each.score < SURE)
        if (
            known
            and unsure
            and all(_apart(one, other) for one, other in pairwise(known))
            and _all_said(text, start, end, known)
        ):
            spans.extend(known)
            continue
        best = max(group, key=lambda each: (each.score >= SURE, each.end - each.start, each.score))
        person = best.person if _same_person(text[start : best.start] + " " + text[best.end : end]) else None
        spans.append(Found(start, end, best.entity_type, best.score, person))
    return spans


def _by_line(text: str, found: Found) -> Iterator[Found]:
    """A finding cut at line breaks, each piece without the white space round it."""
    start = found.start
    ends = [*_BREAK.finditer(text, found.start, found.end)]
    for stop, following in [*((cut.start(), cut.end()) for cut in ends), (found.end, found.end)]:
        piece = text[start:stop]
        lead = len(piece) - len(piece.lstrip())
        last = start + len(piece.rstrip())
        if start + lead < last:
            yield Found(start + lead, last, found.entity_type, found.score, found.person)
        start = following


def _groups(findings: Sequence[Found]) -> Iterator[list[Found]]:
    group: list[Found] = []
    end = -1
    for found in findings:
        if group and found.start >= end:
            yield group
            group = []
        group.append(found)
        end = max(end, found.end) if len(group) > 1 else found.end
    if group:
        yield group


def _apart(one: Found, other: Found) -> bool:
    return one.end <= other.start


def _all_said(text: str, start: int, end: int, known: Sequence[Found]) -> bool:
    """Whether the sure findings hold every letter of a stretch: ``ada-ben`` is two people, not a third."""
    at = start
    for found in [*known, Found(end, end, "")]:
        if any(sign.isalnum() for sign in text[at : found.start]):
            return False
        at = found.end
    return True


def _same_person(rest: str) -> bool:
    """Whether what a longer finding adds to a roster's form holds no further name."""
    return not [word for word in _NAME_WORD.findall(rest) if not _TITLE.fullmatch(word)]
