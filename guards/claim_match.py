"""Whether the days and numbers of a claim stand in the cited lines, and for the thing the claim gives them to."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from guards.claim_grammar import Token, is_person
from guards.claim_values import Day, Number, Value, values_of
from guards.claim_words import carries_meaning, keys

_LEADS: Final = {
    "": None, "by": {"by", "", "on", "to"}, "on": {"on", "", "by"}, "before": {"before"}, "after": {"after"},
    "from": {"from", ""}, "until": {"until", "to"}, "to": {"to", "by", "", "until", "on"},
}  # fmt: skip
_PART: Final = re.compile(r"[,;()|]|\b(?:and|against|versus|vs|but|than|while|whereas|compared|from|to|or)\b|→|->|\x01")
_WORD: Final = re.compile(r"[A-Za-z][\w'-]*")
_NEXT: Final = re.compile(r"[\s-]{0,3}([A-Za-z][\w-]{0,40})")
_KINDS: Final[Mapping[type, str]] = {Day: "day", Number: "number", str: "ticket"}
_MARGIN: Final = 0.3
"""By how much of a claim's words the line with another value must fit better for the claim to be wrong."""


def day_stands(said: Day, lines: Sequence[Sequence[Value]], resolved: Sequence[date]) -> bool:
    """Whether a day is one of the lines', or what the declared rule made of their words."""
    there = [value.what for line in lines for value in line if isinstance(value.what, Day)]
    years = {each.year for each in there if each.year} | {each.year for each in resolved}
    months = {month for each in there for month, _ in each.options} | {each.month for each in resolved}
    weekdays = {each.weekday for each in there if each.weekday and not each.options}
    if any(_same_day(said, each, years, months, weekdays) for each in there):
        return True
    return any(
        (each.month, each.day) in said.options and said.year in {0, each.year} and _names(said.weekday, each)
        for each in resolved
    )


def _same_day(said: Day, line: Day, years: set[int], months: set[int], weekdays: set[str]) -> bool:
    allowed = _LEADS[said.lead]
    if allowed is not None and line.lead not in allowed:
        return False
    if said.said:
        bare = said.said.split()[-1][:3] if said.said.startswith(("this ", "coming ")) else ""
        return _relative(said.said) == _relative(line.said) or bool(bare and bare == line.weekday)
    if not said.options:
        return _weekday_alone(said.weekday, line, years)
    if not any(_same_date(left, right, months) for left in said.options for right in line.options):
        return False
    if said.year and said.year != line.year and (line.year or said.year not in years):
        return False
    return not said.weekday or _weekday_of(said, line, years, weekdays)


def _relative(said: str) -> str:
    return " ".join(
        word[:3] if word.endswith("day") and len(word) > 3 and word != "today" else word for word in said.split()
    )


def _weekday_alone(weekday: str, line: Day, years: set[int]) -> bool:
    if line.weekday:
        return line.weekday == weekday
    if line.said:
        return line.said.split()[-1][:3] == weekday
    return any(_names(weekday, made) for made in _dates(line, years))


def _same_date(said: tuple[int, int], line: tuple[int, int], months: set[int]) -> bool:
    if said[1] == 0:
        return said[0] == line[0]
    if said[1] != line[1]:
        return False
    return said[0] in {0, line[0]} or (line[0] == 0 and said[0] in months)


def _weekday_of(said: Day, line: Day, years: set[int], weekdays: set[str]) -> bool:
    if line.weekday:
        return line.weekday == said.weekday
    made = _dates(Day(said.options, said.year or line.year), years)
    return said.weekday in weekdays or any(_names(said.weekday, each) for each in made)


def _dates(day: Day, years: set[int]) -> Iterator[date]:
    for year in {day.year} if day.year else years:
        for month, number in day.options:
            try:
                yield date(year, month, number)
            except ValueError:
                continue


def _names(weekday: str, day: date) -> bool:
    return not weekday or ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[day.weekday()] == weekday


def number_faults(claim: str, value: Value, texts: Sequence[str], lines: Sequence[Sequence[Value]]) -> Iterator[str]:
    """``number`` where no line has it with that bound, ``unit`` where it counts something else there."""
    said = value.what
    if not isinstance(said, Number):
        return
    single = claim[value.start :].startswith("1 ") and _a_single(claim, value, texts)
    if not single and sum(abs(each - said.value) < 1e-9 for each in _amounts(values_of(claim)[0])) > sum(
        abs(each - said.value) < 1e-9 for line in lines for each in _amounts(line)
    ):
        yield "number"
    same = [
        (number, other, other.what)
        for number, line in enumerate(lines)
        for other in line
        if isinstance(other.what, Number) and abs(other.what.value - said.value) < 1e-9
    ]
    if not same:
        if not single:
            yield "number"
        return
    units = [(number, other, what) for number, other, what in same if _same_unit(said, what, lines[number])]
    if not units or not any(_same_thing(claim, value, texts[number], other) for number, other, _ in units):
        yield "unit"
    if not any(_same_bound(said.bound, what.bound) for _, _, what in (units or same)):
        yield "number"


def _amounts(values: Sequence[Value]) -> list[float]:
    return [each.what.value for each in values if isinstance(each.what, Number)]


def _a_single(claim: str, value: Value, texts: Sequence[str]) -> bool:
    follows = _WORD.search(claim, value.end)
    unit = _WORD.search(claim[value.start : value.end])
    word = unit or follows
    return word is not None and any(
        re.search(rf"\b(?:one|a|an|a single|1)[\s-]+(?:\w+\s+)?{re.escape(word.group(0)[:4])}", text, re.IGNORECASE)
        for text in texts
    )


def _same_unit(said: Number, there: Number, line: Sequence[Value]) -> bool:
    if said.unit in {there.unit, ""}:
        return True
    around = {each.what.unit for each in line if isinstance(each.what, Number)}
    return not there.unit and said.unit in around


def _same_bound(said: str, there: str) -> bool:
    if said in {"", there}:
        return True
    return said in {"from", "to", "="} and there in {"", "from" if said == "=" else "", "to" if said == "=" else ""}


def _same_thing(claim: str, value: Value, text: str, other: Value) -> bool:
    """Whether what is counted is named in the line; where either names nothing there is nothing to compare."""
    said = _counted(claim, value.end)
    return not said or any(keys(word) & _keys_in(text) for word in said) or not _counted(text, other.end)


def _counted(text: str, end: int) -> list[str]:
    found: list[str] = []
    at = end
    while len(found) < 3 and (match := _NEXT.match(text, at)) and carries_meaning(match.group(1)):
        found.append(match.group(1))
        at = match.end()
    return found


def _keys_in(text: str) -> frozenset[str]:
    return frozenset(key for word in _WORD.findall(text) for key in keys(word))


def out_of_place(
    claim: str, said: Sequence[Token], lines: Sequence[Sequence[Token]], texts: Sequence[str]
) -> Iterator[str]:
    """Values that the lines give to something else: another line fits the claim better and has another value."""
    for segment in _segments(said):
        words = [keys(each.text) for each in segment if _means(each)]
        for parts in (lines, _sentences(lines)) if words else ():
            yield from _misplaced(words, segment, parts)
    yield from _swapped(claim, said, lines, texts)


_BREAKS: Final = frozenset([",", ";", ".", "and", "but", "while", "whereas", "because", "with", "(", ")"])


def _segments(said: Sequence[Token]) -> list[list[Token]]:
    """Stretches of a claim that give their values to one thing; short ones belong to the one before."""
    made: list[list[Token]] = [[]]
    for token in said:
        if token.low in _BREAKS and sum(map(_means, made[-1])) > 1:
            made.append([])
        made[-1].append(token)
    if len(made) > 1 and sum(map(_means, made[-1])) < 2:
        made[-2:] = [[*made[-2], *made[-1]]]
    return made


def _sentences(lines: Sequence[Sequence[Token]]) -> list[list[Token]]:
    made: list[list[Token]] = []
    for line in lines:
        made.append([])
        for token in line:
            made[-1].append(token)
            if token.text in {".", ";", "!", "?"}:
                made.append([])
    return made


def _misplaced(
    words: Sequence[frozenset[str]], said: Sequence[Token], lines: Sequence[Sequence[Token]]
) -> Iterator[str]:
    fits = [_fit(words, line) for line in lines]
    mine = [each.value for each in said if each.value is not None]
    for token in said:
        if token.value is None or isinstance(token.value.what, int):
            continue
        kind = type(token.value.what)
        owns = [
            fit for fit, line in zip(fits, lines, strict=True) if any(_like(token.value, each.value) for each in line)
        ]
        rivals = [
            fit for fit, line in zip(fits, lines, strict=True)
            if any(_rivals(token.value, each.value) for each in line)
            and not any(_like(value, each.value) for value in mine for each in line if type(value.what) is kind)
        ]  # fmt: skip
        if (len(words) > 1 or kind is str) and owns and rivals and max(rivals) - max(owns) > _MARGIN:
            yield _KINDS[kind]


def _rivals(left: Value, right: Value | None) -> bool:
    """Whether one value could stand where the other does: a date is none for ``yesterday``."""
    if right is None or type(left.what) is not type(right.what):
        return False
    if isinstance(left.what, Day) and isinstance(right.what, Day):
        return bool(left.what.said) == bool(right.what.said) and bool(left.what.options) == bool(right.what.options)
    return True


def _means(token: Token) -> bool:
    return token.kind in {"word", "name"} and not is_person(token) and carries_meaning(token.text)


def _fit(words: Sequence[frozenset[str]], line: Sequence[Token]) -> float:
    there = frozenset(key for each in line if _means(each) for key in keys(each.text))
    return sum(bool(each & there) for each in words) / len(words)


def _like(left: Value, right: Value | None) -> bool:
    if right is None or type(left.what) is not type(right.what):
        return False
    if isinstance(left.what, Day) and isinstance(right.what, Day):
        days = {day for _, day in left.what.options} & {day for _, day in right.what.options}
        return (
            bool(days)
            or (
                bool(left.what.weekday)
                and left.what.weekday in {right.what.weekday, right.what.said[-3:], _relative(right.what.said)[-3:]}
            )
            or left.what.said == right.what.said != ""
        )
    if isinstance(left.what, Number) and isinstance(right.what, Number):
        return abs(left.what.value - right.what.value) < 1e-9
    return left.what == right.what


def _swapped(
    claim: str, said: Sequence[Token], lines: Sequence[Sequence[Token]], texts: Sequence[str]
) -> Iterator[str]:
    """Two values of one kind in the claim, each beside the other's words in the line that has both."""
    every = [each.value for each in said if each.value is not None and not isinstance(each.value.what, int)]
    for kind in (Day, Number, str):
        mine = [each for each in every if type(each.what) is kind]
        for left, right in itertools.pairwise(mine):
            share = _SHARE.fullmatch(claim[left.end : right.start]) is not None
            if share and kind is Number and _more(left, right):
                yield _KINDS[kind]
            for line, text in zip(lines, texts, strict=True):
                there = [each.value for each in line if each.value is not None]
                if _crossed(claim, (left, right), text, there, share=share):
                    yield _KINDS[kind]


_SHARE: Final = re.compile(r"\s*(?:[a-z]+ )?(?:out )?of (?:the |our )?", re.IGNORECASE)


def _more(left: Value, right: Value) -> bool:
    return isinstance(left.what, Number) and isinstance(right.what, Number) and left.what.value > right.what.value


def _crossed(claim: str, pair: tuple[Value, Value], text: str, there: Sequence[Value], *, share: bool) -> bool:
    left, right = pair
    ours = next((each for each in there if _like(left, each)), None)
    other = next((each for each in there if _like(right, each)), None)
    if ours is None or other is None or ours is other:
        return False
    own = len(_around(claim, left) & _around(text, ours)) + len(_around(claim, right) & _around(text, other))
    crossed = len(_around(claim, left) & _around(text, other)) + len(_around(claim, right) & _around(text, ours))
    if crossed > own:
        return True
    close = crossed == own and _gap(left, right) <= 12 and _gap(other, ours) <= 18
    return close and ours.start > other.start and not share


def _gap(left: Value, right: Value) -> int:
    return right.start - left.end


def _around(text: str, value: Value) -> frozenset[str]:
    """The keys of the words beside a value, as far as the next comma or joining word."""
    before = _PART.split(text[max(0, value.start - 60) : value.start])[-1]
    after = _PART.split(text[value.end : value.end + 60])[0]
    return frozenset(key for word in _WORD.findall(f"{before} {after}") if carries_meaning(word) for key in keys(word))
