"""Where a sentence of a note falls into clauses, and whom a verb of asking makes the doer of the next one.

A few marks of English, read left to right; a sentence without one of them is one clause.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from guards.claim_grammar import AUXILIARY, BE, CONNECTING, Token, is_person, negations_of, verbish
from guards.claim_words import is_past, lexicon, stem

_ALWAYS: Final = frozenset(
    [
        "if",
        "when",
        "because",
        "unless",
        "once",
        "while",
        "although",
        "though",
        "whether",
        "whereas",
        "rather",
        "instead",
    ]
)
_NOT_VERBS: Final = frozenset(
    ["the", "a", "an", "this", "that", "our", "my", "your", "his", "her", "their", "its", "all", "every"]
)


def main_verb(token: Token) -> bool:
    """A verb that is no helper."""
    return token.kind == "word" and token.low not in AUXILIARY and verbish(token)


def split(sentence: list[Token]) -> Iterator[tuple[list[Token], Token | None, bool]]:
    """Clauses of a sentence, each with the person that a verb of asking makes its agent, and whether it is asked."""
    part: list[Token] = []
    given: Token | None = None
    asked = False
    for at, token in enumerate(sentence):
        if part and (_opens(sentence, at) or _denial_ends(part, sentence, at)):
            yield part, given, asked
            part, given, asked = [token], None, False
            continue
        who = _asked_person(sentence, at, part)
        if who is not None:
            yield part, given, asked
            part, given, asked = [token], who, True
            continue
        part.append(token)
        if _said(part, sentence, at):
            yield part, given, asked
            part, given, asked = [], None, False
    if part:
        yield part, given, asked


_OPINION: Final = frozenset(["thinks", "think", "thought", "believes", "believe", "believed", "says", "said", "reckons",
    "feels", "felt"])  # fmt: skip
_TELLING: Final = frozenset(["writes", "wrote", "reports", "reported", "adds", "added", "notes", "noted"])


def _said(part: list[Token], sentence: list[Token], at: int) -> bool:
    """Whether somebody's words or thoughts begin after this verb: ``<PERSON_1> thinks | we should``."""
    if len(part) < 2 or not is_person(part[-2]) or at + 2 >= len(sentence):
        return False
    follows = sentence[at + 1].low == "that"
    if sentence[at].low in _OPINION:
        return sentence[at + 1].text not in {",", ":", '"'} and any(verbish(each) for each in sentence[at + 2 :])
    return follows and sentence[at].low in _TELLING


def _denial_ends(part: list[Token], sentence: list[Token], at: int) -> bool:
    """A comma ends what a ``no`` before it denies, unless the list goes on."""
    if (
        sentence[at].text != ","
        or len(part) < 3
        or len(sentence) - at < 4
        or sentence[at + 1].low in {"or", "nor", "and"}
    ):
        return False
    return negations_of(part)[0] > 0


def _opens(sentence: list[Token], at: int) -> bool:
    """Whether a clause with a verb of its own begins after this conjunction or comma."""
    token = sentence[at]
    if token.low not in CONNECTING | _ALWAYS and token.text not in {",", "-", ":", "("}:
        return False
    ahead = [each for each in sentence[at + 1 : at + 8] if each.low not in _PASSED]
    if not ahead:
        return False
    return (
        token.low in _ALWAYS
        or (token.text == ":" and at > 2)
        or _marked(sentence, at, ahead)
        or _finite(sentence, at, ahead)
    )


def _marked(sentence: list[Token], at: int, ahead: list[Token]) -> bool:
    """After a comma or bracket: a denial, ``checked by <PERSON_1>``, ``CLM-2 waits``, ``the target is``."""
    token = sentence[at]
    if token.low in {",", "and"} and is_past(ahead[0].text) and any(each.low == "by" for each in ahead[1:3]):
        return True
    if token.text in {",", "-", "("} and (_denies(sentence[at + 1 : at + 4]) or ahead[0].low in {"rather", "instead"}):
        return True
    if token.text != "," or len(ahead) < 2:
        return False
    return ahead[1].low in BE or (ahead[0].kind == "value" and verbish(ahead[1]))


def _finite(sentence: list[Token], at: int, ahead: list[Token]) -> bool:
    """A subject and its verb, or a verb alone after ``and``."""
    token = sentence[at]
    if ahead[0].low in {"it", "this", "there", "that"} and len(ahead) > 1 and verbish(ahead[1]):
        return True
    joins = (
        token.low in {"that", "and", "but", "so", "because", "since", "while", "after", "before", "until"}
        or token.text == ","
    )
    if joins and sentence[at + 1].low in {"the", "its", "a"} and any(map(verbish, ahead[1:4])):
        return True
    if token.low in {"who", "which", "that", "and", "but", "then"} and verbish(ahead[0]):
        return True
    return is_person(ahead[0]) and any(verbish(each) for each in ahead[1:4])


_PASSED: Final = frozenset(["also", "then", "not", "already", "still", "and", "the", "our", "so"])


def _denies(tokens: list[Token]) -> bool:
    return bool(tokens) and (
        tokens[0].low in {"no", "not", "nobody", "nothing", "never", "without"}
        or (
            len(tokens) > 1
            and tokens[1].low in {"no", "not", "nobody", "nothing", "never"}
            and not is_person(tokens[0])
        )
    )


def _asked_person(sentence: list[Token], at: int, part: list[Token]) -> Token | None:
    """At a ``to`` (or ``whether``) after a verb of asking: who is to do what follows."""
    if sentence[at].low not in {"to", "whether", "if"} or at + 1 >= len(sentence) or not part:
        return None
    ahead = sentence[at + 1]
    people = [index for index, each in enumerate(part) if is_person(each)]
    if ahead.kind not in {"word", "name"} or ahead.low in _NOT_VERBS or not people:
        return None
    if people[-1] == len(part) - 1 > 0 and part[people[-1] - 1].low in {"for", "on"}:
        return part[people[-1]]
    return _object_of_asking(part, people)


def _object_of_asking(part: list[Token], people: list[int]) -> Token | None:
    asking = next(
        (at for at, each in enumerate(part) if each.kind == "word" and stem(each.text) in lexicon().asking), -1
    )
    if asking < 0:
        return None
    after = next((at for at in people if at > asking and part[at - 1].low != "by"), None)
    if after is not None and after - asking <= 3:
        return part[after]
    passive = any(each.low in BE for each in part[:asking]) and is_past(part[asking].text)
    return part[people[0]] if passive and people[0] < asking else None
