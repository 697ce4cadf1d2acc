"""What a claim may not turn round: what a "not" stands before, before and after, from and to, how often, how sure.

Compared over the whole claim and the whole cited lines, word by word, so that how a sentence falls into clauses does
not matter. Says nothing of who does what (``claim_fit``) and nothing of whether a value is there (``claim_match``).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Final

from guards.claim_grammar import Token, bars_only, negations_of
from guards.claim_values import Day, Number
from guards.claim_words import carries_meaning, keys, lexicon, stem

_PERIODS: Final = "second|minute|hour|day|week|month|quarter|year|sprint|session"
_RATE: Final = re.compile(rf"(?:\b(?:per|a|an|each|every)\s|/\s?)(?P<period>{_PERIODS})\b", re.IGNORECASE)
_OFTEN: Final[Mapping[str, str]] = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month",
    "quarterly": "quarter", "yearly": "year", "annually": "year", "annual": "year"}  # fmt: skip
_AGAINST: Final[Mapping[str, frozenset[str]]] = {
    "before": frozenset({"after"}), "after": frozenset({"before", "until"}), "until": frozenset({"after", "since"}),
    "since": frozenset({"until", "before"}), "above": frozenset({"below", "under"}),
    "below": frozenset({"above", "over"}), "under": frozenset({"above", "over"}), "over": frozenset({"below", "under"}),
    "with": frozenset({"without"}), "without": frozenset({"with"}), "inside": frozenset({"outside"}),
    "outside": frozenset({"inside"}),
}  # fmt: skip
_ALSO: Final[Mapping[str, frozenset[str]]] = {"after": frozenset({"once", "following", "when"}),
    "before": frozenset({"ahead", "until"})}  # fmt: skip
_OF_TIME: Final = frozenset(["before", "after", "until", "since"])
_STOPS: Final = frozenset([".", ";", "!", "?", "|"])
Slot = tuple[str, Hashable]


def frame_faults(
    plain: str, said: Sequence[Token], texts: Sequence[str], lines: Sequence[Sequence[Token]]
) -> Iterator[str]:
    """Names of what is wrong: of an owner, day, number, unit or ticket, or negation, tense, content."""
    yield from _excluded_faults(said, lines)
    rates = {rate for text in texts for rate in _rates(text)}
    if rates and _rates(plain) - rates:
        yield "unit"
    yield from _relation_faults(said, lines)
    moves = {move for line in lines for move in _moves(line)}
    if any((there, here) in moves and (here, there) not in moves for here, there in _moves(said)):
        yield "content"
    yield from _sureness_faults(said, lines)
    yield from _denial_faults(said, lines)


def _slot(token: Token) -> Slot | None:
    """What a person or value is compared by; a day without its lead and year."""
    if token.kind == "person":
        return ("owner", token.key)
    if token.value is None:
        return None
    what = token.value.what
    if isinstance(what, Day):
        return ("day", what.options or what.weekday or what.said)
    if isinstance(what, Number):
        return ("number", what.value)
    return ("ticket", what) if isinstance(what, str) else ("day", what)


def _barred(tokens: Sequence[Token], at: int) -> bool:
    """Whether a ``not`` stands right before a person or value, but for a preposition: ``not with <PERSON_2>``."""
    near = tokens[max(0, at - 4) : at + 1]
    return any(bars_only(near, before) for before in range(len(near) - 1))


def _excluded_faults(said: Sequence[Token], lines: Sequence[Sequence[Token]]) -> Iterator[str]:
    barred, stated = _split_slots([said])
    barred_there, stated_there = _split_slots(lines)
    for kind, _ in (stated - barred) & (barred_there - stated_there):
        yield kind
    for kind, _ in (barred - stated) & (stated_there - barred_there):
        yield kind


def _split_slots(lines: Sequence[Sequence[Token]]) -> tuple[set[Slot], set[Slot]]:
    barred, stated = set[Slot](), set[Slot]()
    for line in lines:
        for at, token in enumerate(line):
            slot = _slot(token)
            if slot is not None:
                (barred if _barred(line, at) else stated).add(slot)
    return barred, stated


def _rates(text: str) -> set[str]:
    found = {match["period"].lower() for match in _RATE.finditer(text)}
    return found | {_OFTEN[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _OFTEN}


def _relations(line: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """A preposition of order or bound, and the first two words with a meaning after it."""
    for at, token in enumerate(line):
        if token.low not in _AGAINST and not any(token.low in also for also in _ALSO.values()):
            continue
        words = [each for each in line[at + 1 : at + 5] if each.kind in {"word", "name"} and carries_meaning(each.text)]
        yield from ((token.low, stem(each.text)) for each in words[:2])


def _relation_faults(said: Sequence[Token], lines: Sequence[Sequence[Token]]) -> Iterator[str]:
    there = {pair for line in lines for pair in _relations(line)}
    for word, thing in _relations(said):
        same = {word} | _ALSO.get(word, frozenset())
        if any((each, thing) in there for each in same):
            continue
        if any((each, thing) in there for each in _AGAINST.get(word, ())):
            yield "day" if word in _OF_TIME else "negation" if "with" in word else "number"


def _moves(line: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """``from medium to high``, as stems."""
    for at, token in enumerate(line[:-3]):
        if token.low == "from" and line[at + 2].low in {"to", "into"}:
            yield stem(line[at + 1].text), stem(line[at + 3].text)


def _sentences(lines: Sequence[Sequence[Token]]) -> Iterator[list[Token]]:
    for line in lines:
        part: list[Token] = []
        for token in line:
            part.append(token)
            if token.text in _STOPS:
                yield part
                part = []
        if part:
            yield part


def _sureness_faults(said: Sequence[Token], lines: Sequence[Sequence[Token]]) -> Iterator[str]:
    """A sentence that is surer, or less sure, than every sentence of the lines that fits it best."""
    there = [(_found(part), _unsure(part)) for part in _sentences(lines)]
    for part in _sentences([said]):
        wanted = [keys(each.text) for each in part if _means(each)]
        fits = [sum(bool(each & found) for each in wanted) for found, _ in there]
        best = max(fits, default=0)
        if not best:
            continue
        near = [unsure for fit, (_, unsure) in zip(fits, there, strict=True) if fit >= best - len(wanted) * 0.15]
        strong, any_sign = _unsure(part)
        whole = _unsure(said)[1]
        if strong and not any(loose for _, loose in near):
            yield "tense"
        if not any_sign and not whole and near and all(firm for firm, _ in near):
            yield "tense"


def _denial_faults(said: Sequence[Token], lines: Sequence[Sequence[Token]]) -> Iterator[str]:
    """A word right after a ``not`` on one side, in no sentence with any sign of a denial on the other."""
    here, there = list(_sentences([said])), list(_sentences(lines))
    for ours, theirs in ((here, there), (there, here)):
        for part in ours:
            for word in _denied(part):
                wanted = keys(word)
                found = [each for each in theirs if wanted & _found(each)]
                if found and not any(_denies(each) for each in found):
                    yield "negation"


_BETWEEN: Final = frozenset(
    ["been", "be", "being", "yet", "still", "also", "it", "the", "a", "an", "any", "really", "have", "to"]
)


def _denied(part: Sequence[Token]) -> Iterator[str]:
    for at, token in enumerate(part):
        if token.low not in {"not", "never", "no"} or bars_only(part, at):
            continue
        after = next((each for each in part[at + 1 : at + 5] if each.low not in _BETWEEN), None)
        if after is not None and _means(after):
            yield after.text


def _denies(part: Sequence[Token]) -> bool:
    hard, soft = negations_of(part)
    return bool(hard or soft) or any(each.low in _DENYING or each.low.startswith(("un", "in", "non")) for each in part)


_DENYING: Final = frozenset(
    ["only", "instead", "rather", "against", "but", "not", "except", "out", "away", "zero", "free"]
)


def _unsure(part: Sequence[Token]) -> tuple[bool, bool]:
    """Whether a sentence says by a word that it isn't sure, and whether anything in it may mean so."""
    lows = {each.low for each in part if each.kind in {"word", "name"}}
    strong = bool(lows & lexicon().unsure)
    return strong, strong or bool(lows & lexicon().leaves_open) or any(each.text == "?" for each in part)


def _means(token: Token) -> bool:
    return token.kind in {"word", "name"} and carries_meaning(token.text)


def _found(part: Sequence[Token]) -> frozenset[str]:
    return frozenset(key for each in part if _means(each) for key in keys(each.text))


_NONE: Final = frozenset[str]()


def adds(words: Sequence[str], there: frozenset[str], *, many: int) -> bool:
    """Whether words that the lines do not have add something to them.

    A word that only says what sort of statement it is ("status", "topic", "asked") adds nothing; a word of a state
    ("approved", "postponed", "certain") always does; others do from ``many`` on.
    """
    spare = 0
    for word in words:
        if _stands(word, there) or stem(word) in lexicon().framing or lexicon().converse.get(stem(word), _NONE) & there:
            continue
        if stem(word) in lexicon().weighty:
            return True
        spare += 1
    return spare >= many


def _stands(word: str, there: frozenset[str]) -> bool:
    if keys(word) & there:
        return True
    parts = [part for part in re.split(r"[-/]", word) if part]
    return len(parts) > 1 and all(keys(part) & there or not carries_meaning(part) for part in parts)
