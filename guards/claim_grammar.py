"""Tokens of a line, and what its helper words say of tense and denial.

``normal`` writes contractions out and number words as digits; the claim and its lines go through the same door.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from guards.claim_values import Day, Value, spelt_as_digits, values_of
from guards.claim_words import carries_meaning, is_past, is_verb, lexicon, stem

BE: Final = frozenset(["is", "are", "was", "were", "be", "been", "being", "am"])
AUXILIARY: Final = BE | {
    "will", "would", "shall", "should", "can", "could", "may", "might", "must", "has", "have", "had", "do", "does",
    "did", "ought", "needs", "wants",
}  # fmt: skip
CONNECTING: Final = frozenset(
    ["and", "but", "then", "or", "so", "while", "because", "if", "when", "unless", "that", "which", "who", "although",
     "whereas", "before", "after", "until", "since", "once", "though"]
)  # fmt: skip
_PRONOUNS: Final = frozenset(
    ["i", "me", "you", "we", "us", "he", "she", "they", "him", "her", "them", "my", "your", "our", "his", "their"]
)
_CONTRACTIONS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), written)
    for pattern, written in (
        (r"\bwon't\b", "will not"), (r"\bcan(?:'t|not)\b", "can not"), (r"n't\b", " not"), (r"'ll\b", " will"),
        (r"'ve\b", " have"), (r"'m\b", " am"), (r"'re\b", " are"), (r"'d\b", " would"),
        (r"\b(it|that|he|she|there|what|who|here)'s\b", r"\1 is"),
        (r"\bwould (?:like|love|prefer) to\b", "wants to"),
        (r"\bunsure\b|\bnot (?:yet )?(?:sure|certain|clear)\b", "uncertain"),
        (r"\bno longer\b", "not"), (r"\b(?:any ?more|any longer)\b", ""), (r"\btbd\b", "to be determined"),
        (r"\b(?:tba|tbc)\b", "to be confirmed"), (r"\bvs\.", "versus"), (r"\bca\.", "about"),
    )
)  # fmt: skip
_SIGNS: Final = str.maketrans(
    {"’": "'", "‘": "'", "–": "-", "—": "-", "−": "-", "→": "→", "“": '"', "”": '"', "\u00a0": " "}
)
_TOKEN: Final = re.compile(
    r"(?P<person><[A-Z][A-Z_]*_\d+>)|(?P<value>\x01+)|(?P<s>'s\b)|(?P<word>[^\W\d_](?:\w|[-./&](?=\w)|'(?!s\b)(?=\w))*)"
    r"|(?P<code>\w(?:\w|[-./](?=\w))*)|(?P<mark>->|[^\w\s])"
)
_POSSIBLE: Final = frozenset(["might", "may", "perhaps", "maybe", "possibly", "probably", "hopes", "hope", "hoped",
    "wish", "wishes", "considering", "thinking", "considers", "could"])  # fmt: skip
_DONE: Final = frozenset(["done", "already", "did", "finished", "completed"])
_FUTURE: Final = frozenset(["will", "shall", "going", "would", "plans", "intends", "owes"])
_OBLIGED: Final = frozenset(["should", "must", "ought", "needs", "need", "needed", "required"])
_DETERMINERS: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "our",
        "my",
        "your",
        "his",
        "her",
        "their",
        "its",
        "of",
        "in",
        "with",
        "for",
        "this",
        "that",
        "as",
        "no",
        "any",
        "some",
        "each",
        "every",
    ]
)
_NOT_DENIED: Final = re.compile(
    r"\b(?:(?:no|not) (?:more|less|fewer|later|higher|lower|longer|shorter|larger|smaller|earlier) than|not only"
    r"|not (?:to )?exceed(?:ing)?|never (?:more than|exceed(?:s|ing)?)|not (?:above|over|below|under|before)"
    r"|no\.\s?\d|whether or not)\b",
    re.IGNORECASE,
)


class Mode(StrEnum):
    """How a clause stands to what happened."""

    FUTURE = "to come"
    ASKED = "asked for"
    POSSIBLE = "only possible"
    DONE = "past"
    PRESENT = "present"
    OPEN = "still to be decided"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, name, person, mark or value; ``key`` is what persons and names are compared by."""

    kind: str
    text: str
    low: str
    key: str
    start: int
    end: int
    value: Value | None = None


def signs(text: str) -> str:
    """A text with plain quotes and dashes, otherwise as written."""
    return text.translate(_SIGNS)


def normal(text: str) -> str:
    """A text with plain quotes and dashes, contractions written out and number words as digits."""
    plain = signs(text)
    for pattern, written in _CONTRACTIONS:
        plain = pattern.sub(written, plain)
    return spelt_as_digits(plain)


def tokens_of(line: str) -> list[Token]:
    """The tokens of a normal line, values in their places."""
    values, rest = values_of(line)
    shielded = _NOT_DENIED.sub(lambda match: "," * len(match.group(0)), rest)
    at_place = {each.start: each for each in values}
    found: list[Token] = []
    for match in _TOKEN.finditer(shielded):
        kind, text = match.lastgroup or "mark", match.group(0)
        if kind == "value":
            found.extend(_values(match.start(), match.end(), line, at_place))
            continue
        if kind == "word" and text[:1].isupper() and text != "I":
            kind = "name"
        found.append(
            Token(kind, text, text.lower(), text if kind == "person" else text.lower(), match.start(), match.end())
        )
    return [_plain_start(found, at) for at in range(len(found))]


def _values(start: int, end: int, line: str, at_place: dict[int, Value]) -> list[Token]:
    made: list[Token] = []
    while start < end and start in at_place:
        value = at_place[start]
        text = line[value.start : value.end]
        made.append(Token("value", text, text.lower(), text.lower(), value.start, value.end, value))
        start = value.end
    return made


def _plain_start(tokens: list[Token], at: int) -> Token:
    """A capital at the start of a sentence or label is no name where the word is an ordinary one."""
    token = tokens[at]
    if token.kind != "name":
        return token
    starts = at == 0 or tokens[at - 1].text in {".", "!", "?", ";", ":", "-", "*", "•", '"', "|", "("}
    if token.low in AUXILIARY or token.low in _PRONOUNS or token.low in CONNECTING or not carries_meaning(token.text):
        return Token("word", token.text, token.low, token.low, token.start, token.end)
    if starts and not token.text.isupper() and (not _acts(tokens, at)):
        return Token("word", token.text, token.low, token.low, token.start, token.end)
    return token


def _acts(tokens: list[Token], at: int) -> bool:
    """Whether a capitalised first word is followed by what a person's name is followed by."""
    if is_verb(tokens[at].text) or is_past(tokens[at].text) or at + 1 >= len(tokens):
        return False
    return tokens[at + 1].low in AUXILIARY | {"asked", "said", "promised", "agreed", "to"}


def is_person(token: Token) -> bool:
    """A placeholder of a person, a pronoun, a role in the programme, or a capitalised name."""
    if token.kind == "person":
        return token.text.startswith("<PERSON")
    if token.kind == "name":
        return not token.text.isupper() and token.text.isalpha()
    return token.kind == "word" and (
        token.low in _PRONOUNS or token.low in lexicon().people or token.low in lexicon().nobody
    )


def verbish(token: Token) -> bool:
    """A helper verb, a past form, or a verb of the list."""
    if token.kind != "word":
        return False
    return token.low in AUXILIARY or is_past(token.text) or token.low in lexicon().same_past or is_verb(token.text)


_INSTEAD: Final = {("rather", "than"), ("instead", "of"), ("yet", "to"), ("failed", "to"), ("fails", "to"),
    ("decided", "against"), ("decides", "against"), ("decision", "against"), ("advised", "against"),
    ("advises", "against"), ("spoke", "against"), ("voted", "against")}  # fmt: skip
_BARS: Final = frozenset(["not", "except", "excluding"])
_PASSED: Final = frozenset(["with", "by", "to", "for", "from", "at", "on", "in", "the", "of", "until", "also"])


def bars_only(tokens: Sequence[Token], at: int) -> bool:
    """Whether a ``not`` stands right before a person or value, but for a preposition: ``not with <PERSON_2>``."""
    if tokens[at].low not in _BARS:
        return False
    after = at + 1
    while after < len(tokens) and after - at < 4 and tokens[after].low in _PASSED:
        after += 1
    return after < len(tokens) and (tokens[after].kind == "person" or tokens[after].value is not None)


def negations_of(part: Sequence[Token]) -> tuple[int, frozenset[str]]:
    """How often a clause denies, and which of its words may be meant as a denial."""
    words = [each for each in part if each.kind in {"word", "name"}]
    hard = sum(
        each.kind in {"word", "name"} and each.low in lexicon().hard_no and not bars_only(part, at)
        for at, each in enumerate(part)
    )
    hard += sum(_un(each.low) for each in words)
    hard += sum(
        (left.low, right.low) in _INSTEAD and not _slot_follows(part, at + 2)
        for at, (left, right) in enumerate(itertools.pairwise(part))
    )
    return hard, frozenset(stem(each.text) for each in words) & lexicon().soft_no


def _slot_follows(part: Sequence[Token], at: int) -> bool:
    """Whether a value or a person stands here: ``instead of 22 May``."""
    return at < len(part) and (part[at].value is not None or part[at].kind == "person")


def _un(word: str) -> bool:
    """``unsigned``, ``unlabelled``: a participle denied."""
    return word.startswith("un") and len(word) > 6 and word.endswith("ed")


def _finite_verb(part: list[Token], at: int) -> bool:
    """Whether a word can be the verb of its clause; after an article it is an adjective or a noun."""
    token, before = part[at], part[at - 1] if at else None
    if token.kind != "word" or (before is not None and before.low in _DETERMINERS):
        return False
    if is_past(token.text) or token.low in lexicon().same_past:
        return True
    if not is_verb(token.text):
        return False
    if token.low.endswith("s") and not token.low.endswith("ss"):
        return True
    return (
        before is None
        or is_person(before)
        or before.kind == "mark"
        or before.low in {"to", "and", "then", "please", "also", "not"}
    )


def modes_of(part: list[Token], *, asked: bool) -> frozenset[Mode]:
    """The tenses a clause may be meant in; all where it has no verb."""
    words = [each.low for each in part if each.kind == "word"]
    said = set(words)
    if asked or "please" in said:
        return frozenset({Mode.ASKED})
    found = _weighed(words, said) or _settled(words, said)
    if found:
        return found
    if said & _FUTURE or _promises(part) or words[:1] == ["to"]:
        return frozenset({Mode.FUTURE})
    return _over_or_so(words, said) or _shorthand(part)


def _promises(part: Sequence[Token]) -> bool:
    """Whether a word of promising is a verb here: not ``the plan``, ``plan 15,000``, ``the planned date``."""
    for at, token in enumerate(part):
        if token.kind != "word" or token.low not in lexicon().promising:
            continue
        before = part[at - 1] if at else None
        after = part[at + 1] if at + 1 < len(part) else None
        if (
            token.low in {"plan", "plans", "offer", "offers", "promise", "promises", "means"}
            and (before is None or not is_person(before))
            and (after is None or after.low not in {"to", "that"})
        ):
            continue
        if before is None or before.low not in _DETERMINERS:
            return True
    return False


def _weighed(words: list[str], said: set[str]) -> frozenset[Mode]:
    """Possible, wished for or called for."""
    if "not" in said and said & {"can", "could"}:
        return frozenset({Mode.PRESENT, Mode.DONE})
    if said & _POSSIBLE or "can" in said:
        return frozenset({Mode.POSSIBLE})
    if said & _WANTED:
        return frozenset({Mode.POSSIBLE, Mode.PRESENT})
    if _obliged(words, said):
        return frozenset({Mode.FUTURE, Mode.ASKED} if "had" not in said else {Mode.FUTURE, Mode.ASKED, Mode.DONE})
    return frozenset()


def _settled(words: list[str], said: set[str]) -> frozenset[Mode]:
    """Decided or asked for, and whether that is still to come."""
    if _PENDING.search(" ".join(words)):
        return frozenset({Mode.OPEN})
    ahead = bool(said & {"will", "shall", "would"})
    if not ahead and said & _SETTLED and not re.search(r"\bto be\b", " ".join(words)):
        return frozenset(Mode) - {Mode.POSSIBLE, Mode.OPEN}
    if not ahead and _asking_to(words):
        return frozenset({Mode.ASKED, Mode.DONE})
    return frozenset()


_WANTED: Final = frozenset(["want", "wants", "wanted"])
_PENDING: Final = re.compile(
    r"\b(?:will|shall|to) (?:be )?(?:decided|agreed|promised|committed|offered|decide|promise|commit|agree|chosen)\b"
)
_SETTLED: Final = frozenset(["decided", "decides", "chosen", "chose", "decision"])


def _obliged(words: list[str], said: set[str]) -> bool:
    return (
        bool(said & _OBLIGED)
        or re.search(r"\b(?:has|have|had|is|are) (?:still |yet )?to\b", " ".join(words)) is not None
    )


def _asking_to(words: list[str]) -> bool:
    return any(
        stem(each) in lexicon().asking and each not in lexicon().promising
        and words[at + 1 : at + 2] in (["to"], ["not"], ["whether"], ["if"])
        for at, each in enumerate(words)
    )  # fmt: skip


def _over_or_so(words: list[str], said: set[str]) -> frozenset[Mode]:
    """What helper verbs say; empty where there are none."""
    if said & {"was", "were", "did", "had"} or (said & {"has", "have", "been"} and _over(words)):
        return frozenset({Mode.DONE})
    if said & {"is", "are", "am", "be"}:
        return _being(words)
    return frozenset({Mode.PRESENT}) if said & {"do", "does", "has", "have"} else frozenset()


def _shorthand(part: list[Token]) -> frozenset[Mode]:
    """What the first verb says, where no helper does."""
    verbs = [each for at, each in enumerate(part) if _finite_verb(part, at)]
    verb = next((each for each in verbs if each.low not in lexicon().speech), verbs[0] if verbs else None)
    if any(each.low in _DONE for each in part) or (verb is not None and is_past(verb.text)):
        return frozenset({Mode.DONE})
    if verb is None:
        return _verbless(part)
    if verb.low in _STATES:
        return frozenset({Mode.PRESENT})
    if verb.low in lexicon().same_past:
        return frozenset({Mode.PRESENT, Mode.FUTURE, Mode.DONE})
    bare = not verb.low.endswith("s") and not any(is_person(each) for each in part[: part.index(verb)])
    return frozenset({Mode.FUTURE} if bare else {Mode.PRESENT, Mode.FUTURE})


_STATES: Final = frozenset(["costs", "stays", "remains", "stands", "lasts", "needs", "believes", "thinks", "knows",
    "counts",
    "cost", "stay", "remain", "stand", "know", "loses", "waits", "feels"])  # fmt: skip


def _verbless(part: list[Token]) -> frozenset[Mode]:
    """Shorthand: a task where somebody or a due day stands in it, else how something is."""
    due = any(each.value is not None and isinstance(each.value.what, Day) for each in part)
    if due or any(map(is_person, part)):
        return frozenset(Mode) - {Mode.POSSIBLE, Mode.OPEN}
    return frozenset({Mode.PRESENT})


def _over(words: list[str]) -> bool:
    return any(is_past(each) for each in words) or bool(
        set(words) & (lexicon().same_past | {"done", "run", "come", "become"})
    )


def _being(words: list[str]) -> frozenset[Mode]:
    said = set(words)
    if re.search(r"\b(?:is|are|lies) (?:with|on|up to|due)\b", " ".join(words)):
        return frozenset({Mode.PRESENT, Mode.FUTURE})
    if said & _DONE or _over(words):
        return frozenset({Mode.PRESENT, Mode.DONE})
    coming = re.search(r"\b(?:is|are|am) (?:\w+ )?\w+ing\b", " ".join(words)) is not None
    return frozenset({Mode.PRESENT, Mode.FUTURE} if coming else {Mode.PRESENT})
