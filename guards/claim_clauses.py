"""A line as clauses: who acts, who else is in it and how, what is said, whether it is denied, and in which tense.

A small grammar of notes and of the sentences a draft is made of, not of English: what it cannot read stays open
(``agents`` empty, ``modes`` all), and the check decides what open means. Pure, one pass per line.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from guards.claim_grammar import (
    AUXILIARY,
    BE,
    Mode,
    Token,
    is_person,
    modes_of,
    negations_of,
    tokens_of,
    verbish,
)
from guards.claim_mood import Frame, frame_of
from guards.claim_splitting import split
from guards.claim_values import Value
from guards.claim_words import carries_meaning, is_past, is_verb, keys, lexicon, stem

_PREPOSITIONS: Final = frozenset(
    ["to", "with", "for", "from", "of", "by", "about", "at", "on", "via", "against", "without", "between", "to", "and"]
)
_ASKS: Final = re.compile(r"\?\s*$")
_IF: Final = frozenset(["if", "unless", "provided", "assuming", "once", "depending"])
_PRONOUNS: Final = {"we": "we", "us": "we", "our": "we", "they": "someone", "them": "someone", "their": "someone",
    "he": "", "she": "", "him": "", "her": "", "his": ""}  # fmt: skip
"""Who is meant; empty for whoever was spoken of last."""
_I: Final = frozenset(["i", "me", "my", "myself", "mine"])
_LISTED: Final = frozenset(["todo", "action", "ai", "task", "x", "owner", "actions", "tasks"])
_OWNED: Final = frozenset(["assigned", "falls", "fall", "up", "goes", "given", "belongs", "down", "left"])


@dataclass(frozen=True, slots=True)
class Clause:
    """What one clause says. ``others`` pairs a person with the word that ties them in (``to``, ``obj``)."""

    line: int
    sentence: int
    speaker: str
    agents: frozenset[str]
    others: frozenset[tuple[str, str]]
    words: tuple[str, ...]
    keys: frozenset[str]
    negations: int
    soft: frozenset[str]
    modes: frozenset[Mode]
    values: tuple[Value, ...]
    speech: bool = False
    conditional: bool = False
    stands_in: bool = False
    acts: bool = False


@dataclass(slots=True)
class Reader:
    """Reads lines one after another; remembers who spoke and who was last spoken of."""

    speakers: list[str] = field(default_factory=list[str])
    cited: bool = True
    glosses: Mapping[str, str] = field(default_factory=dict[str, str])
    recent: str = ""
    sentences: int = 0

    def clauses(self, number: int, tokens: list[Token]) -> Iterator[Clause]:
        """The clauses of one line."""
        label, rest = _label(tokens)
        if label and label not in self.speakers:
            self.speakers.append(label)
        for sentence in _parts(rest):
            self.sentences += 1
            yield from self._sentence(number, sentence, label)

    def _sentence(self, number: int, sentence: list[Token], label: str) -> Iterator[Clause]:
        vocative = _vocative(sentence)
        asks = bool(sentence) and sentence[-1].text == "?"
        conditional = any(each.low in _IF for each in sentence)
        frame, last = frame_of(sentence, cited=self.cited), ""
        agents = frozenset[str]()
        first = True
        for part, given, asked in split(sentence):
            found, others, open_subject = self._roles(part, label, vocative)
            if part[0].low == "who" or (len(part) > 1 and part[1].low == "who"):
                found = frozenset({last}) if last else found
            if given:
                found |= self._resolve(given, label, vocative)
            elif not found and not open_subject:
                found = agents if not first else frozenset({label} if label else ())
            if not found and first and not open_subject:
                found = frozenset(person for role, person in others if role == "paren")
            agents, first = found or agents, False
            last = next((each.key for each in part[-1:] if each.kind == "person"), "")
            made = _clause(
                part, at=(number, self.sentences), who=(label, found, others), asked=asked or asks,
                frame=frame,
            )  # fmt: skip
            yield replace(made, conditional=conditional)

    def _resolve(self, token: Token, label: str, vocative: str) -> frozenset[str]:
        low = token.low
        if low in self.glosses:
            return frozenset({self.glosses[low]})
        if low in _I:
            return frozenset({label or "I"})
        if low in {"you", "your", "yours"}:
            others = {each for each in self.speakers if each != label}
            return frozenset({vocative or (others.pop() if len(others) == 1 else "you")})
        if low in _PRONOUNS:
            return frozenset({_PRONOUNS[low] or self.recent or "someone"})
        if low in lexicon().nobody:
            return frozenset({"nobody"})
        self.recent = token.key
        return frozenset({token.key})

    def _roles(
        self, part: list[Token], label: str, vocative: str
    ) -> tuple[frozenset[str], frozenset[tuple[str, str]], bool]:
        """Agents, others, and whether the subject is a thing."""
        agents, others = set[str](), set[tuple[str, str]]()
        passive, verb_at = _passive(part), _verb_at(part)
        last = ""
        for at, token in enumerate(part):
            if not is_person(token):
                continue
            role = _role(part, at, verb_at=verb_at, passive=passive, last=last)
            last = role
            who = self._resolve(token, label, vocative)
            if role == "agent":
                agents |= who
            else:
                others |= {(role, each) for each in who}
        agents, others = _turned(part, agents, others)
        thing = (
            not agents
            and verb_at > 0
            and any(each.kind in {"word", "name"} and carries_meaning(each.text) for each in part[:verb_at])
        )
        return frozenset(agents), frozenset(others), thing or passive


_TAKING: Final = frozenset(["receiv", "get"])
_GLOSS: Final = re.compile(r"\(\s*(he|she|they|i|we|you|him|her|them) ?= ?(<PERSON_\d+>)\s*\)", re.IGNORECASE)
_FORMS: Final = {"he": ("him", "his"), "she": ("her",), "they": ("them", "their"), "i": ("me", "my")}


def _glosses(lines: Sequence[str]) -> dict[str, str]:
    """Whom a pronoun means where a note says so in brackets: ``(he = <PERSON_2>)``."""
    found: dict[str, str] = {}
    for pronoun, person in (match.groups() for line in lines for match in _GLOSS.finditer(line)):
        for form in (pronoun.lower(), *_FORMS.get(pronoun.lower(), ())):
            found[form] = person
    return found


def _label(tokens: list[Token]) -> tuple[str, list[Token]]:
    """Who a line is labelled with (``<PERSON_1>: …``, ``- <PERSON_1> - …``), and what follows."""
    at = 0
    while at < len(tokens) and (tokens[at].text in _BULLETS or tokens[at].low in _LISTED or _listed_for(tokens, at)):
        at += 1
    if at + 1 < len(tokens) and is_person(tokens[at]) and tokens[at].kind != "word":
        follows = at + 1
        while follows < len(tokens) and tokens[follows].text in {"]", ")"}:
            follows += 1
        if follows < len(tokens) and (tokens[follows].text in {":", "-", "|"} or follows > at + 1):
            return tokens[at].key, tokens[follows:]
    if at + 1 < len(tokens) and tokens[at].low in lexicon().people and tokens[at + 1].text in {":", "-"}:
        return tokens[at].low, tokens[at + 2 :]
    return "", tokens[at:]


_BULLETS: Final = frozenset(["-", "*", "•", "[", "]", "@", "("])


def _listed_for(tokens: Sequence[Token], at: int) -> bool:
    """``Action for <PERSON_2>:``."""
    return at > 0 and tokens[at].low == "for" and tokens[at - 1].low in _LISTED


def _sentences(tokens: list[Token]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in tokens:
        part.append(token)
        if token.text in {".", "!", "?", ";", "|"}:
            yield part
            part = []
    if part:
        yield part


def _parts(tokens: list[Token]) -> Iterator[list[Token]]:
    """Sentences, each followed by what stood in brackets in it, unless a bracket names who."""
    for sentence in _sentences(tokens):
        aside: list[Token] = []
        main: list[Token] = []
        open_at = next((at for at, each in enumerate(sentence) if each.text == "("), None)
        shut_at = next((at for at, each in enumerate(sentence) if each.text == ")"), None)
        if open_at is not None and shut_at is not None and open_at < shut_at:
            aside = sentence[open_at + 1 : shut_at]
            main = [*sentence[:open_at], *sentence[shut_at + 1 :]]
        if main and len(aside) > 1 and not any(map(is_person, aside)):
            yield main
            yield aside
        else:
            yield sentence


def _vocative(sentence: list[Token]) -> str:
    """Whom a sentence speaks to: a name before or after a comma at either end."""
    bare = [each for each in sentence if each.text not in {".", "!", "?", ";"}]
    if len(bare) > 2 and is_person(bare[0]) and bare[1].text == ",":
        return bare[0].key
    if len(bare) > 2 and is_person(bare[-1]) and bare[-2].text == ",":
        return bare[-1].key
    return ""


def _passive(part: list[Token]) -> bool:
    for at, token in enumerate(part):
        if token.low in BE or token.low in {"gets", "got"}:
            ahead = [
                each
                for each in part[at + 1 : at + 4]
                if each.low
                not in {"not", "already", "also", "still", "now", "been", "being", "be", "only", "yet", "to"}
            ]
            if ahead and ahead[0].low != "done" and (is_past(ahead[0].text) or ahead[0].low in lexicon().same_past):
                return True
    at = next(
        (at for at, each in enumerate(part) if each.low == "by" and at + 1 < len(part) and is_person(part[at + 1])), 0
    )
    return at > 0 and any(is_past(each.text) or each.low in lexicon().same_past or each.low in BE for each in part[:at])


def _verb_at(part: list[Token]) -> int:
    helper = next((at for at, each in enumerate(part) if each.low in AUXILIARY), len(part))
    follows = {"the", "a", "an", "of", "with", "without", "our", "in", "for", "before", "after", "on", "no", "any"}
    verb = next(
        (at for at, each in enumerate(part) if verbish(each) and at > 0 and part[at - 1].low not in follows), len(part)
    )
    return min(helper, verb)


def _role(part: list[Token], at: int, *, verb_at: int, passive: bool, last: str) -> str:
    before = [
        each for each in part[max(0, at - 2) : at] if each.low not in {"the", "a", "our", "my", "your", "their", "<"}
    ]
    previous = before[-1] if before else None
    after = part[at + 1] if at + 1 < len(part) else None
    if part[at].low in {"my", "your", "our", "his", "their"} or (after is not None and after.text == "'s"):
        return "of"
    if previous is not None:
        tied = _tied(part, at, previous, passive=passive, last=last or ("agent" if at < verb_at else "obj"))
        if tied:
            return tied
        if after is not None and verbish(after) and not passive and not _asks_of(part, at):
            return "agent"
    if at <= verb_at:
        return "obj" if passive and (previous is not None or at < verb_at) else "agent"
    # a question turns helper and subject round: "can you", "will <PERSON_1>"
    return "agent" if part[verb_at].low in AUXILIARY and at == verb_at + 1 else "obj"


def _tied(part: list[Token], at: int, previous: Token, *, passive: bool, last: str) -> str:
    """The word before a person, where it says how they are tied in."""
    if previous.low in {"and", "&", "or"} or (previous.text == "," and at > 1 and is_person(part[at - 2])):
        return last
    if previous.text in {"(", "["}:
        return "paren"
    if previous.low == "by":
        return "agent" if passive else "by"
    return previous.low if previous.low in _PREPOSITIONS else ""


def _asks_of(part: list[Token], at: int) -> bool:
    return at > 0 and (
        stem(part[at - 1].text) in lexicon().asking
        or part[at - 1].low in {"let", "lets", "have", "make", "makes", "see", "help", "helps"}
    )


def _turned(part: list[Token], agents: set[str], others: set[tuple[str, str]]) -> tuple[set[str], set[tuple[str, str]]]:
    """Receiving from somebody is their giving; a task that is with somebody is theirs."""
    words = [each.low for each in part if each.kind == "word"]
    stems = {stem(each) for each in words}
    givers = {person for role, person in others if role == "from"}
    if stems & _TAKING and givers and agents:
        kept = {(role, person) for role, person in others if role != "from"}
        return givers, kept | {("to", person) for person in agents}
    if agents:
        return agents, others
    held = {person for role, person in others if role == "by"}
    held |= {person for role, person in others if role in {"with", "on"} and _stands_with(part)}
    if _OWNED & set(words):
        held |= {person for role, person in others if role == "to"}
    if {"owner", "responsible", "owned", "job", "task"} & set(words):
        held |= {person for role, person in others if role in {"obj", "of"}}
    return held, {(role, person) for role, person in others if person not in held}


def _stands_with(part: list[Token]) -> bool:
    """``is with <PERSON_1>``, ``lies on <PERSON_1>``."""
    near = itertools.pairwise(part)
    return any(left.low in BE | {"lies", "stays"} and right.low in {"with", "on"} for left, right in near)


def _clause(
    part: list[Token], *, at: tuple[int, int], who: tuple[str, frozenset[str], frozenset[tuple[str, str]]],
    asked: bool, frame: Frame,
) -> Clause:  # fmt: skip
    label, agents, others = who
    words = [each for each in part if each.kind in {"word", "name", "code"} and not is_person(each)]
    meaning = tuple(each.text for each in words if carries_meaning(each.text) and not frame.names(each))
    found = frozenset(key for word in meaning for key in keys(word))
    if _TAKING & {stem(each.text) for each in words}:
        found |= keys("send")
    hard, soft = negations_of(part)
    values = tuple(each.value for each in part if each.value is not None)
    return Clause(
        line=at[0], sentence=at[1], speaker=label, agents=agents, others=others, words=meaning, keys=found,
        negations=hard, soft=soft, modes=frame.modes(part, modes_of(part, asked=asked)), values=values,
        speech=any(each.low in lexicon().speech for each in words),
        acts=any(each.low in {"do", "did", "done", "does"} for each in part),
        stands_in=any(each.low in {"it", "that", "this", "so"} for each in part),
    )  # fmt: skip


def _standing_in(clause: Clause, before: Clause) -> Clause:
    """``it`` and its like stand for the things of the clause before; ``do it`` for all of it."""
    if not clause.words and clause.values and not clause.acts:
        return clause
    if not clause.words:
        return replace(clause, words=before.words, keys=before.keys)
    things = [word for at, word in enumerate(before.words) if (at > 1 or not is_verb(word)) and not is_past(word)]
    return replace(clause, keys=clause.keys.union(*(keys(word) for word in things)))


def read(lines: Sequence[str], *, cited: bool = True) -> tuple[Clause, ...]:
    """The clauses of lines, in order; in cited ones what is decided may be said as coming or as being so."""
    reader = Reader(cited=cited, glosses=_glosses(lines))
    every = [tokens_of(line) for line in lines]
    for tokens in every:
        label, _ = _label(tokens)
        if label and label not in reader.speakers:
            reader.speakers.append(label)
    made: list[Clause] = []
    for number, tokens in enumerate(every):
        for clause in reader.clauses(number, tokens):
            before = next((each for each in reversed(made[-4:]) if each.words), None)
            near = before is not None and clause.stands_in and before.line >= number - 1
            made.append(_standing_in(clause, before) if near and before is not None else clause)
    return tuple(made)
