"""The check of a freely worded claim against the lines it cites; deterministic, pure, and closed where it can't read.

``verify`` supports a claim when its people, days, numbers, tickets, names and quotes stand in the lines, when most of
what it says does, and when every clause of it has a clause in the lines with the same doer, the same denial and the
same tense. ``known`` are further lines that a declared rule gives: the ledger's, the programme file's; ``days`` are
what the declared rule made of the lines' words for days. Nothing else is taken for true. Refuses what it cannot read:
hidden signs, digits of other scripts, a claim too long for one sentence or two. It never repairs a claim.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from guards.claim_clauses import Clause, read
from guards.claim_fit import clause_faults
from guards.claim_frames import adds, frame_faults
from guards.claim_grammar import Token, is_person, normal, signs, tokens_of
from guards.claim_match import day_stands, number_faults, out_of_place
from guards.claim_values import Day, Number, Value
from guards.claim_words import carries_meaning, is_verb, keys, lexicon
from guards.ordinary_words import listed_words

LONGEST: Final = 1_200
"""Characters of a claim: a line of a draft has at most some three hundred."""
MOST_CITED: Final = 400_000
"""Characters of cited lines."""
ENOUGH: Final = 0.5
"""The least share of a claim's words that must stand in the lines, as such or as a synonym; set on the
development file, where untouched paraphrases have at least this."""
SPARE: Final = 2
"""How many ordinary verbs and adverbs that the lines do not have are too many; one may be a synonym."""
_QUOTE: Final = re.compile(r'"([^"\n]*)"')
_SPEAKER: Final = re.compile(r"(?<=[.?!])\s+(?=<PERSON_\d+>:)")
_SINGLE: Final = re.compile(r"(?<!\w)'([^'\n]{2,})'(?!\w)")


class Kind(StrEnum):
    """What was found wrong."""

    UNREADABLE = "unreadable"
    WHO = "who"
    OWNER = "owner"
    DAY = "day"
    NUMBER = "number"
    UNIT = "unit"
    TICKET = "ticket"
    NAME = "name"
    NEGATION = "negation"
    TENSE = "tense"
    QUOTE = "quote"
    CONTENT = "content"


REASONS: Final[Mapping[Kind, str]] = {
    Kind.UNREADABLE: "holds signs or a length that cannot be checked",
    Kind.WHO: "names somebody whom the cited lines do not name",
    Kind.OWNER: "has another person do this than the cited lines",
    Kind.DAY: "gives a day or time that the cited lines do not give for this",
    Kind.NUMBER: "gives a number or a bound that the cited lines do not give for this",
    Kind.UNIT: "counts in another unit than the cited lines",
    Kind.TICKET: "gives a ticket that the cited lines do not give for this",
    Kind.NAME: "holds a name or code that the cited lines do not hold",
    Kind.NEGATION: "denies what the cited lines say, or says what they deny",
    Kind.TENSE: "says it as done, promised or possible where the cited lines say it otherwise",
    Kind.QUOTE: "puts words in quotation marks that the cited lines do not have",
    Kind.CONTENT: "says more than the cited lines say",
}
"""Every reason in a coach's words; it holds nothing of the claim or the lines."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a claim, each kind once; nothing when it is supported."""

    faults: tuple[Kind, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.faults

    @property
    def reasons(self) -> tuple[str, ...]:
        """The faults in words."""
        return tuple(REASONS[each] for each in self.faults)


@dataclass(frozen=True, slots=True)
class _Source:
    """The cited lines as read, once."""

    texts: tuple[str, ...]
    tokens: tuple[tuple[Token, ...], ...]
    clauses: tuple[Clause, ...]
    values: tuple[tuple[Value, ...], ...]
    lows: frozenset[str]
    keys: frozenset[str]
    days: tuple[date, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict[str, str])


def verify(
    claim: str, lines: Sequence[str], *, known: Sequence[str] = (), days: Sequence[date] = (), enough: float = ENOUGH
) -> Verdict:
    """Compare a claim with the lines it cites.

    Args:
        claim: what is to be shown, pseudonymised.
        lines: the whole cited lines, in their order.
        known: further lines by declared rule: of the ledger, of the programme file.
        days: what the declared rule made of the lines' words for days.
        enough: the least share of the claim's words that the lines must have, from 0 to 1.

    Example:
        ``verify("<PERSON_2> will send the sample.", ["<PERSON_1>: I'll send the sample."]).faults`` is
        ``(Kind.OWNER, Kind.WHO)`` in the order of ``Kind``.
    """
    every = [*lines, *known]
    if not _readable(claim) or sum(map(len, every)) > MOST_CITED or len(every) > MOST_CITED // 40:
        return Verdict((Kind.UNREADABLE,))
    plain = normal(_shown(claim))
    sources = [part for each in every for part in _turns(normal(_shown(each)))]
    whole = [normal(_shown(each)) for each in every]
    if " ".join(plain.split()) in {" ".join(each.split()) for each in (*whole, *sources)}:
        return Verdict()
    source = _source(sources, days)
    said = tokens_of(plain)
    faults = set(_stated(claim, plain, every, source))
    clauses = read([plain], cited=False)
    faults |= set(_content(said, clauses, source, enough))
    faults |= {Kind(each) for each in frame_faults(plain, said, source.texts, source.tokens)}
    faults |= {Kind(each) for each in clause_faults(clauses, source.clauses, roles=source.roles)}
    return Verdict(tuple(each for each in Kind if each in faults))


def verify_question(question: str, lines: Sequence[str], *, days: Sequence[date] = ()) -> Verdict:
    """Whether a question brings in no person, day, number, ticket, name or quote that the lines do not have.

    A question claims nothing, so who does what, tense and denial are not compared.
    """
    if not _readable(question) or sum(map(len, lines)) > MOST_CITED:
        return Verdict((Kind.UNREADABLE,))
    sources = [part for each in lines for part in _turns(normal(_shown(each)))]
    faults = set(_stated(question, normal(_shown(question)), lines, _source(sources, days)))
    return Verdict(tuple(each for each in Kind if each in faults))


def _stated(claim: str, plain: str, every: Sequence[str], source: _Source) -> Iterator[Kind]:
    """Faults of what is stated by itself: people, names, values, quotes."""
    said = tokens_of(plain)
    yield from _presence(said, source)
    yield from _values(plain, said, source)
    yield from _quotes(signs(_shown(claim)), "\n".join(signs(_shown(each)) for each in every))


def _turns(text: str) -> list[str]:
    """The lines of a text, also where speakers follow each other on one."""
    return _SPEAKER.sub("\n", text).split("\n")


def _shown(text: str) -> str:
    """As drawn: full-width letters plain, hidden signs gone."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")


def _readable(claim: str) -> bool:
    """Whether a claim holds only what can be compared: no hidden signs, no digits or look-alikes of other scripts."""
    if not claim.strip() or len(claim) > LONGEST or not any(sign.isalnum() for sign in claim):
        return False
    if claim.isascii():
        return claim.isprintable() or all(sign.isprintable() or sign in "\n\t" for sign in claim)
    return all(_plain_sign(sign) for sign in claim) and not any(_mixed(word) for word in claim.split())


def _plain_sign(sign: str) -> bool:
    if sign.isascii():
        return sign.isprintable() or sign in "\n\t"
    return unicodedata.category(sign) not in {"Cf", "Cc", "Co", "Cn", "Cs", "Nd", "No", "Nl", "Zl", "Zp"} and (
        unicodedata.normalize("NFKC", sign) == sign or sign in "…\u00a0"
    )


def _mixed(word: str) -> bool:
    scripts = {unicodedata.name(sign, "?").split()[0] for sign in word if sign.isalpha()}
    return len(scripts) > 1


def _source(sources: Sequence[str], days: Sequence[date]) -> _Source:
    tokens = tuple(tuple(tokens_of(each)) for each in sources)
    every = [token for line in tokens for token in line]
    return _Source(
        texts=tuple(sources), tokens=tokens, clauses=read(sources),
        values=tuple(tuple(token.value for token in line if token.value is not None) for line in tokens),
        lows=frozenset(part for each in every for part in (each.low, *re.split(r"[-/.']", each.low))),
        keys=frozenset(key for each in every if each.kind in {"word", "name", "code"} for key in keys(each.text)),
        days=tuple(days), roles=dict(_roles(tokens)),
    )  # fmt: skip


def _roles(lines: Sequence[Sequence[Token]]) -> Iterator[tuple[str, str]]:
    """People whose role stands beside them: ``<PERSON_3> (sponsor)``, ``the sponsor, <PERSON_3>``."""
    for line in lines:
        bare = [
            each for each in line if each.text not in {",", "(", ")"} and each.low not in {"the", "our", "as", "is"}
        ]
        for left, right in itertools.pairwise(bare):
            if left.kind == "person" and right.low in lexicon().people:
                yield right.low, left.key
            if right.kind == "person" and left.low in lexicon().people:
                yield left.low, right.key


def _presence(said: Sequence[Token], source: _Source) -> Iterator[Kind]:
    for at, token in enumerate(said):
        if token.low in source.lows:
            continue
        if token.kind == "person":
            yield Kind.WHO
        elif (
            token.kind == "code"
            or (token.kind != "value" and any(map(str.isdigit, token.text)))
            or (token.kind == "name" and not _known_name(token, source))
            or (token.kind == "word" and token.text[:1].isupper() and not _ordinary(token, source))
        ):
            yield Kind.NAME
        elif (
            token.kind == "word"
            and token.low in lexicon().people
            and is_person(token)
            and at >= 0
            and token.low not in source.roles
        ):
            yield from (Kind.OWNER for _ in [0] if not keys(token.text) & source.keys)


def _known_name(token: Token, source: _Source) -> bool:
    parts = [part for part in re.split(r"[-/.]", token.low) if part]
    whole = all(part in source.lows for part in parts)
    return whole or (
        not token.text.isupper() and bool(keys(token.text) & source.keys) and token.low in listed_words().lower
    )


def _ordinary(token: Token, source: _Source) -> bool:
    listed = listed_words()
    if token.low in listed.lower or token.low in listed.any_case or is_verb(token.text):
        return True
    return not carries_meaning(token.text) or bool(keys(token.text) & source.keys)


def _values(plain: str, said: Sequence[Token], source: _Source) -> Iterator[Kind]:
    for token in said:
        if token.value is None:
            continue
        what = token.value.what
        if isinstance(what, Day):
            if not day_stands(what, source.values, source.days):
                yield Kind.DAY
        elif isinstance(what, Number):
            yield from (Kind(each) for each in number_faults(plain, token.value, source.texts, source.values))
        else:
            every = {value.what for line in source.values for value in line}
            if what not in every:
                yield Kind.TICKET if isinstance(what, str) else Kind.DAY
    yield from (Kind(each) for each in out_of_place(plain, said, source.tokens, source.texts))


def _quotes(plain: str, cited: str) -> Iterator[Kind]:
    if plain.count('"') % 2:
        yield Kind.QUOTE
        return
    whole = _flat(cited)
    for pattern in (_QUOTE, _SINGLE):
        for match in pattern.finditer(plain):
            if _flat(match.group(1)) not in whole:
                yield Kind.QUOTE


def _flat(text: str) -> str:
    return " ".join(text.replace('"', "").split()).strip(" .,;:!?…").casefold()


def _content(said: Sequence[Token], clauses: Sequence[Clause], source: _Source, enough: float) -> Iterator[Kind]:
    words = [
        each for each in said if each.kind in {"word", "name"} and not is_person(each) and carries_meaning(each.text)
    ]
    missing = sum(not keys(each.text) & source.keys for each in words)
    if words and missing / len(words) > 1 - enough:
        yield Kind.CONTENT
    if adds([each.text for each in words], source.keys, many=SPARE):
        yield Kind.CONTENT
    if any(len(each.words) > 1 and not any(keys(word) & source.keys for word in each.words) for each in clauses):
        yield Kind.CONTENT
