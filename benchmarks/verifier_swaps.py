"""One-fact changes of a claim, by kind; each guaranteed to mean something else than the claim.

How equivalents are left out: a value is only replaced by one that is another value (another day of the year, another
number, another unit that is no multiple); people are not exchanged where the claim or the lines join them with "and"
or "or", nor replaced by one whom the claim names already; a mutant equal to any honest claim of the same lines is
dropped, and so is one whose text, read without case and spaces, does not differ.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from guards.claim_words import lexicon

KINDS: Final = ("owner", "date", "number", "unit", "ticket", "name", "negation", "quote", "tense")
_PERSON: Final = re.compile(r"<PERSON_\d+>")
_MONTHS: Final = (
    "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|January|February|March"
    "|April|June|July|August|September|October|November|December"
)
_OTHER_MONTH: Final = {"ja": "March", "fe": "May", "ma": "October", "ap": "August", "ju": "December", "au": "January",
    "se": "November", "oc": "February", "no": "July", "de": "April"}  # fmt: skip
_DAY: Final = re.compile(rf"\b(\d{{1,2}})((?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b)")
_DAY_AFTER: Final = re.compile(rf"\b((?:{_MONTHS}) )(\d{{1,2}})\b(?!\d)")
_MONTH: Final = re.compile(rf"\b({_MONTHS})\b")
_ISO: Final = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SLASH: Final = re.compile(r"(?<![\w/])(\d{1,2})/(\d{1,2})(?![\w/])")
_NTH: Final = re.compile(rf"\bthe (\d{{1,2}})(st|nd|rd|th)\b(?! (?:of )?(?:{_MONTHS}))")
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY: Final = re.compile(r"\b(Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Satur|Sun)(day)?(?=\b)")
_LEAD: Final = re.compile(
    rf"\b(by|before|after|until|since)(?= (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b|\d{{4}}-"
    rf"|\d{{1,2}}/\d|(?:{_MONTHS}|{'|'.join(_WEEKDAYS)})\b|next|end|tomorrow))"
)
_OTHER_LEAD: Final = {
    "by": ("after",),
    "before": ("after",),
    "after": ("before", "until"),
    "until": ("after",),
    "since": ("until",),
}
_RELATIVE: Final = {"tomorrow": "yesterday", "yesterday": "tomorrow", "today": "tomorrow", "next week": "last week",
    "next month": "this month", "this week": "next week", "end of the month": "end of the week",
    "end of the week": "end of the month", "end of the sprint": "end of the quarter",
    "next session": "last session"}  # fmt: skip
_TIME: Final = re.compile(r"\b(\d{1,2}):(\d{2})\b")
_HALF: Final = re.compile(r"\b(\d{1,2}) ?(am|pm)\b")
_NUMBER: Final = re.compile(
    rf"(?<![\w.,#/:<-])(\d+(?:[., ]\d{{3}})*(?:\.\d+)?)(?![\w:/-]|(?:st|nd|rd|th)\b|\.\d"
    rf"| ?(?:am|pm)\b|(?: of)? (?:{_MONTHS})\b)"
)
_AFTER_MONTH: Final = re.compile(rf"\b(?:{_MONTHS})\.? $")
_WORD_NUMBERS: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORD_NUMBER: Final = re.compile(rf"\b({'|'.join(_WORD_NUMBERS)})\b", re.IGNORECASE)
_BOUNDS: Final = (
    ("at least", "at most"), ("at most", "at least"), ("no more than", "no less than"), ("more than", "less than"),
    ("less than", "more than"), ("or more", "or less"), ("or less", "or more"), ("below", "above"), ("above", "below"),
    ("under ", "over "), ("fewer than", "more than"), ("up to", "at least"), (">=", "<="), ("<=", ">="), ("≥", "≤"),
    ("≤", "≥"), ("no fewer than", "no more than"), ("no less than", "no more than"),
)  # fmt: skip
_UNITS: Final = (
    (r" ?%|(?: per ?cent\b)", (" points", " days")), (r"(?:percentage )?points\b", ("percent",)),
    (r"\bdays\b", ("weeks", "hours")), (r"\bweeks\b", ("months", "days")), (r"\bhours\b", ("days", "minutes")),
    (r"\bminutes\b", ("hours", "seconds")), (r"\bseconds\b", ("minutes",)), (r"\bmonths\b", ("weeks",)),
    (r"\bms\b", ("s",)), (r"\beuros?\b|€", ("dollars",)), (r"\bdollars\b", ("euros",)), (r"\byears\b", ("months",)),
    (r"\bday\b", ("week",)), (r"\bweek\b", ("month",)), (r"\bhour\b", ("day",)), (r"\bGB\b", ("MB",)),
)  # fmt: skip
_TICKET: Final = re.compile(r"\b([A-Z][A-Z0-9]{1,9})-(\d{1,6})\b|(?<!\w)#(\d{1,6})\b")
_NAME: Final = re.compile(r"(?<![.!?:] )(?<!^)(?<![\"“<_\w-])([A-Z][a-z]{2,}|[A-Z]{3,6}|[A-Z]\d)(?![\w>-])")
_CALENDAR: Final = re.compile(rf"(?:{_MONTHS}|{'|'.join(_WEEKDAYS)}|Mon|Tue|Wed|Thu|Fri|Sat|Sun)")
_QUOTED: Final = re.compile(r"[\"“]([^\"”]+)[\"”]")
_HELPER: Final = re.compile(
    r"\b(will|is|are|was|were|has|have|must|should|can|may|might)\b(?! (?:not|no|never)\b)(?!n't)", re.IGNORECASE
)
_WILL: Final = re.compile(r"\bwill (?!not\b|be\b|have\b)(?:also )?([a-z]+)")
_OVER: Final = re.compile(r"\b(?:has|have) (?!to\b|not\b|been\b|no\b)([a-z]+)\b")
_BEEN: Final = re.compile(r"\b(?:has|have) (?:already )?been ([a-z]+)")
_WAS: Final = re.compile(
    r"\b(?:was|were) ([a-z]+ed|sent|given|made|taken|told|written|found|held|shown|kept|put|set)\b"
)
_PAST_AFTER: Final = re.compile(r"(<PERSON_\d+>) ([a-z]+)\b")


def swaps(claim: str, lines: Sequence[str], *, honest: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Every mutant of a claim with its kind."""
    seen = {_plain(claim), *map(_plain, honest), *map(_plain, lines)}
    makers = (
        _owners,
        _dates,
        _other_days,
        _leads,
        _times,
        _numbers,
        _bounds,
        _units,
        _tickets,
        _names,
        _negations,
        _quotes,
        _tenses,
        _other_tenses,
    )
    for maker in makers:
        for kind, text in maker(claim, "\n".join(lines)):
            if _plain(text) not in seen:
                seen.add(_plain(text))
                yield kind, text


def _plain(text: str) -> str:
    return "".join(text.lower().split()).strip(".")


def _put(claim: str, match: re.Match[str], new: str, group: int = 0) -> str:
    return claim[: match.start(group)] + new + claim[match.end(group) :]


def _owners(claim: str, lines: str) -> Iterator[tuple[str, str]]:
    said = list(dict.fromkeys(_PERSON.findall(claim)))
    for at, left in enumerate(said):
        for right in said[at + 1 :]:
            if not _joined(left, right, claim) and not _joined(left, right, lines):
                yield "owner", claim.replace(left, "\0").replace(right, left).replace("\0", right)
        for other in dict.fromkeys(_PERSON.findall(lines)):
            if other not in said and not _joined(left, other, lines):
                yield "owner", claim.replace(left, other)


def _joined(left: str, right: str, text: str) -> bool:
    joint = r"(?:\s*,\s*|\s+and\s+|\s+or\s+|\s*/\s*|\s*&\s*|\s+with\s+|\s+nor\s+)"
    return re.search(rf"{left}{joint}{right}|{right}{joint}{left}|\bmeet", text) is not None


def _dates(claim: str, lines: str) -> Iterator[tuple[str, str]]:  # noqa: ARG001 - one shape
    for match in _DAY.finditer(claim):
        day = int(match[1])
        yield from (
            ("date", _put(claim, match, str(new), 1)) for new in (day % 28 + 1, (day + 6) % 28 + 1) if new != day
        )
    for match in _DAY_AFTER.finditer(claim):
        yield "date", _put(claim, match, str(int(match[2]) % 28 + 1), 2)
    for match in _MONTH.finditer(claim):
        if match[1] != "May" or re.search(r"\d $", claim[: match.start()]):
            yield "date", _put(claim, match, _OTHER_MONTH[match[1][:2].lower()])


def _other_days(claim: str, lines: str) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    for match in _ISO.finditer(claim):
        yield "date", _put(claim, match, f"{int(match[3]) % 28 + 1:02}", 3)
        yield "date", _put(claim, match, str(int(match[1]) + 1), 1)
    for match in _SLASH.finditer(claim):
        yield "date", _put(claim, match, str(int(match[1]) % 12 + 13), 1)
    for match in _NTH.finditer(claim):
        yield "date", _put(claim, match, f"the {4 if match[1] != '4' else 5}th")
    for match in _WEEKDAY.finditer(claim):
        at = next(n for n, name in enumerate(_WEEKDAYS) if name.startswith(match[0][:3]))
        yield from (("date", _put(claim, match, _WEEKDAYS[(at + step) % 7])) for step in (1, 4))
    for word, other in _RELATIVE.items():
        if re.search(rf"\b{word}\b", claim):
            yield "date", re.sub(rf"\b{word}\b", other, claim)


def _leads(claim: str, lines: str) -> Iterator[tuple[str, str]]:  # noqa: ARG001 - one shape
    for match in _LEAD.finditer(claim):
        yield from (("date", _put(claim, match, new)) for new in _OTHER_LEAD[match[1]])


def _times(claim: str, lines: str) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    for match in _TIME.finditer(claim):
        yield "date", _put(claim, match, str((int(match[1]) + 1) % 24), 1)
    for match in _HALF.finditer(claim):
        yield "date", _put(claim, match, {"am": "pm", "pm": "am"}[match[2]], 2)
        yield "date", _put(claim, match, str(int(match[1]) % 12 + 1), 1)


def _numbers(claim: str, lines: str) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    found = [
        each
        for each in _NUMBER.finditer(claim)
        if not _AFTER_MONTH.search(claim[: each.start()]) and not _year(each[1])
    ]
    for match in found:
        plain = match[1].replace(",", "").replace(" ", "")
        yield "number", _put(claim, match, str(int(float(plain)) + 1))
        yield "number", _put(claim, match, f"{plain}0" if "." not in plain else f"1{plain}")
        if len(set(plain)) > 1 and plain.isdigit() and plain[::-1][0] != "0":
            yield "number", _put(claim, match, plain[::-1])
    for left, right in itertools.pairwise(found):
        if left[1] != right[1] and not re.fullmatch(r" (?:and|or|to) ", claim[left.end() : right.start()]):
            yield (
                "number",
                claim[: left.start()] + right[1] + claim[left.end() : right.start()] + left[1] + claim[right.end() :],
            )
    for match in _WORD_NUMBER.finditer(claim):
        at = _WORD_NUMBERS.index(match[1].lower())
        yield "number", _put(claim, match, _WORD_NUMBERS[(at + 1) % len(_WORD_NUMBERS)])


def _year(text: str) -> bool:
    return len(text) == 4 and text.startswith("20")


def _bounds(claim: str, lines: str) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    for words, other in _BOUNDS:
        place = re.search(rf"(?<!\w){re.escape(words)}(?=\W*\d|\W|$)", claim)
        near = place and re.search(r"\d|two|three|four|five|six", claim[max(0, place.start() - 14) : place.end() + 12])
        if place and near and not re.search(r"\b(?:no|not) $", claim[: place.start()]):
            yield "number", _put(claim, place, other)


def _units(claim: str, lines: str) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    for pattern, others in _UNITS:
        match = re.search(rf"(?<=[\d\w])(?:[ -])?(?:{pattern})", claim)
        before = claim[: match.start()] if match else ""
        if match and re.search(rf"(?:\d|\b(?:{'|'.join(_WORD_NUMBERS)}|one))$", before, re.IGNORECASE):
            lead = " " if match[0][:1] != "-" else "-"
            yield from (("unit", _put(claim, match, lead + new.strip())) for new in others)


def _tickets(claim: str, lines: str) -> Iterator[tuple[str, str]]:
    for match in _TICKET.finditer(claim):
        number = match[2] or match[3]
        group = 2 if match[2] else 3
        yield "ticket", _put(claim, match, str(int(number) + 1), group)
        yield "ticket", _put(claim, match, f"{number}0", group)
        if match[1]:
            yield "ticket", _put(claim, match, match[1][::-1] if match[1] != match[1][::-1] else "ZQ", 1)
        for other in {each.group(0) for each in _TICKET.finditer(lines)} - {match.group(0)}:
            if other not in claim:
                yield "ticket", _put(claim, match, other)


def _names(claim: str, lines: str) -> Iterator[tuple[str, str]]:
    for person in dict.fromkeys(_PERSON.findall(claim)):
        fresh = next(f"<PERSON_{n}>" for n in range(41, 99) if f"<PERSON_{n}>" not in lines)
        yield "name", claim.replace(person, fresh)
    for match in _NAME.finditer(claim):
        if not _CALENDAR.fullmatch(match[1]) and match[1] not in {"The", "And", "But"}:
            yield (
                "name",
                _put(
                    claim,
                    match,
                    "Brightwell"
                    if match[1].isalpha() and not match[1].isupper()
                    else "XQZ"
                    if match[1].isalpha()
                    else "K9",
                ),
            )


def _negations(claim: str, lines: str) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    for match in re.finditer(r"\bnot (?!only\b|more\b|less\b|later\b|to exceed)|n't\b|\bno longer ", claim):
        if match[0] == "n't":
            if not claim[: match.start()].endswith(("wo", "ca", "do", "did", "does", "Do")):
                yield "negation", _put(claim, match, "")
        else:
            text = re.sub(r"\b(?:does|do|did) $", "", claim[: match.start()])
            if text == claim[: match.start()]:
                yield "negation", _put(claim, match, "")
    for match in _HELPER.finditer(claim):
        rest = claim[match.end() : match.end() + 14]
        if not re.match(r"n't|,? (?:no|nobody|nothing|to be|no-one)\b", rest) and not re.search(
            r"\b(?:Nobody|nobody|Nothing|nothing|no \w+) $", claim[: match.start()]
        ):
            yield "negation", claim[: match.end()] + " not" + claim[match.end() :]


def _quotes(claim: str, lines: str) -> Iterator[tuple[str, str]]:
    flat = " ".join(lines.lower().split())
    for match in _QUOTED.finditer(claim):
        words = match[1].split()
        if len(words) > 1:
            yield "quote", _put(claim, match, " ".join([*words[:-1], "instead"]), 1)
            yield "quote", _put(claim, match, " ".join(["perhaps", *words]), 1)
    if _QUOTED.search(claim):
        return
    words = claim.split()
    for at in range(1, len(words) - 3):
        part = " ".join(words[at : at + 4]).strip(".,;:")
        if part.lower() not in flat and part in claim and "<" not in part and not any(map(str.isdigit, part)):
            yield "quote", claim.replace(part, f'"{part}"', 1)
            return


def _tenses(claim: str, lines: str) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    for match in _WILL.finditer(claim):
        yield "tense", _put(claim, match, f"might {match[1]}")
        yield "tense", _put(claim, match, f"has already {_participle(match[1])}")
        yield "tense", _put(claim, match, f"may {match[1]}")
    for match in re.finditer(r"\bwill be\b(?! (?:not|able))", claim):
        yield "tense", _put(claim, match, "has been")
        yield "tense", _put(claim, match, "might be")
    for match in _BEEN.finditer(claim):
        yield "tense", _put(claim, match, f"will be {match[1]}")
        yield "tense", _put(claim, match, f"may be {match[1]}")


def _other_tenses(claim: str, lines: str) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    for match in _OVER.finditer(claim):
        base = _base(match[1])
        if base:
            yield "tense", _put(claim, match, f"will {base}")
            yield "tense", _put(claim, match, f"might {base}")
    for match in _WAS.finditer(claim):
        yield "tense", _put(claim, match, f"will be {match[1]}")
    for match in re.finditer(r"\b(?:promised|agreed) to (?!not\b)([a-z]+)", claim):
        yield "tense", _put(claim, match, f"has already {_participle(match[1])}")
        yield "tense", _put(claim, match, f"might {match[1]}")
    for match in re.finditer(r"\b(?:might|may)\b(?= [a-z])", claim):
        yield "tense", _put(claim, match, "will")
    for match in _PAST_AFTER.finditer(claim):
        base = _base(match[2])
        if base and match[2] not in {
            "said",
            "promised",
            "agreed",
            "put",
            "set",
            "cut",
            "read",
            "let",
            "left",
            "needed",
            "wanted",
        }:
            yield "tense", _put(claim, match, f"{match[1]} will {base}")


def _base(word: str) -> str:
    past = lexicon().past
    if word in past:
        return past[word]
    if not word.endswith("ed") or len(word) < 5:
        return ""
    stem = word[:-2]
    if stem[-1] == stem[-2] and stem[-1] not in "sl":
        return stem[:-1]
    return (
        f"{stem}e"
        if re.search(r"(?:[aeiou][^aeiouwxy]|[bcdfgklpstz][lr]|[cgsvz])$", stem)
        and not stem.endswith(("er", "en", "et", "it", "ain", "ail", "oin", "eat", "ead", "eed", "ook", "port", "on"))
        else stem
    )


def _participle(base: str) -> str:
    irregular = {
        "send": "sent", "write": "written", "bring": "brought", "make": "made", "take": "taken", "give": "given",
        "get": "got", "run": "run", "tell": "told", "find": "found", "meet": "met", "speak": "spoken", "hold": "held",
        "keep": "kept", "go": "gone", "come": "come", "begin": "begun", "choose": "chosen", "set": "set", "put": "put",
        "cut": "cut", "read": "read", "do": "done", "show": "shown", "build": "built", "draw": "drawn",
    }  # fmt: skip
    if base in irregular:
        return irregular[base]
    return (
        f"{base}d"
        if base.endswith("e")
        else f"{base[:-1]}ied"
        if base.endswith("y") and base[-2:-1] not in "aeiou"
        else f"{base}ed"
    )
