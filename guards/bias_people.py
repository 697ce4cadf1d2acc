"""Which words of a sentence are a person: the part of the small clause parser that makes every person read the same.

Names, pronouns, titles, placeholders and nouns of a role. A name that the caller knows for sure (the redactor's spans)
is a person whatever it looks like; any other capital that no list explains counts as one too, so that an unknown name
is treated like a placeholder. Refuses to say who anybody is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from guards.ordinary_words import listed_words
from guards.recognisers import borrowed
from guards.recognisers.keep import everyday, given, is_kept
from guards.recognisers.unlisted import is_ordinary


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PERSON: Final = "Q"
Span = tuple[int, int]
"""Start and end of a stretch of the text, in code points."""

TITLE: Final = _set(
    "mr mrs ms miss mx dr prof professor sir madam dame lady lord sheikh haji mister doctor herr frau mme señor señora"
    " st rev hon capt captain sgt judge rabbi imam sister brother"
)
PRONOUNS: Final = _set(
    "he she him her his hers himself herself you your yours yourself ze xe zir xem hir someone somebody anyone"
    " everyone everybody who they them their theirs themselves themself s/he he/she she/he his/her her/his him/her"
    " they/them ey em eir"
)
ROLES: Final = _set(
    "mentee mentees mentor mentors sponsor sponsors manager managers analyst analysts engineer engineers developer"
    " developers colleague colleagues teammate teammates intern interns scientist scientists tester testers coach boss"
    " director team candidate candidates trainee trainees employee employees newcomer lead architect consultant"
    " apprentice junior juniors reviewer reviewers designer designers owner apprentices graduate graduates coder coders"
    " programmer programmers coachee coachees peer peers hire starter starters assistant secretary contractor"
)
BEFORE_ROLE: Final = _set("the my our your this that new other data senior product project team fellow")
DETERMINERS: Final = _set("the my our your this that")
_NAME_PARTS: Final = _set("van der den de da dos di del la al el bin binti ibn von ter ten bint abu zu le du af y")
_SUFFIX: Final = _set("jr sr ii iii iv")
_NO_PREFIX: Final = _set("non pre post mid anti pro semi multi sub inter trans un re co e ex over under cross all")
_INNER: Final = re.compile(r"[-'’](?=[^\W\d_])")
_AFTER_NAME: Final = _set(
    "is was isn't wasn't has hasn't had should shouldn't must can could can't couldn't will would won't wouldn't does"
    " doesn't did didn't may might needs seems seemed lacks never always often just really comes came keeps"
    " gets got still tends sounds looks makes took takes went goes did said says acts feels nailed dropped"
)
_WITH_VERB: Final = re.compile(r"(?:[a-z]+'(?:s|d|ll)|[a-z]{3,}(?:s|ed))")
_THINGS: Final = _set(
    "python java spark kafka sql excel power tableau airflow snowflake databricks docker kubernetes linux windows git"
    " github jira azure aws google english german french spanish polish arabic hindi chinese monday tuesday wednesday"
    " thursday friday saturday sunday january february march april june july august september october november december"
    " pandas pytorch tensorflow xgboost catboost bert gpt internet agile scrum kanban christmas easter ramadan slack"
    " teams zoom confluence outlook sharepoint looker dbt redis postgres terraform jenkins gitlab oxford cambridge"
    " harvard stanford mckinsey amazon microsoft meta oxbridge eton yale princeton mit african asian european american"
    " british indian japanese russian italian turkish eastern western muslim christian jewish hindu catholic buddhist"
    " black gen z boomer boomers millennial millennials"
)
_STARTS: Final = _set(
    "honestly overall something some maybe perhaps avoid ask asked asking let keep well good great nice excellent"
    " being as everything my our his her their use two three four five which what is are was were do does could would"
    " should can we i it the a an this that these those there nobody no not look click after before during since when"
    " while because if in on at for from with without to of and but or so then also still just only all both each many"
    " most such yes please thanks thank poor smart young old soft soften calm gifted lazy sometimes frankly clearly"
    " obviously apparently today yesterday tomorrow last next again never always why how who where given despite"
    " although though yet meanwhile hence thus typical bravo kudos congratulations awesome fantastic brilliant"
    " superb wonderful amazing terrific top solid decent bad weak strong difficult hard easy slow quick another"
    " however unfortunately luckily sadly instead once whenever whatever unless until any every few several either"
    " neither nothing anything none us me mine ours more less too very quite rather here now later soon often rarely"
    " usually generally basically naturally simply truly sure ok okay hey hi hello dear fyi btw tbh imo note notes"
)
_NO_NAME: Final = PRONOUNS | _THINGS | ROLES | {"i", "we", "us"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word or sign of the text, folded, or the sign of a person; ``name`` where it is somebody's name."""

    word: str
    start: int
    end: int
    name: bool = False
    initial: bool = False


def read(text: str, words: Sequence[re.Match[str]], known: Sequence[Span]) -> list[Word]:
    """The words of a sentence, every person among them joined to one sign."""
    tokens: list[Word] = []
    fresh = True
    for at, match in enumerate(words):
        shown = match[0].replace("’", "'")
        low = shown.casefold()
        following = words[at + 1][0].replace("’", "'").casefold() if at + 1 < len(words) else ""
        sure = any(start < match.end() and match.start() < end for start, end in known)
        name = sure or _is_name(text, match, fresh=fresh, following=following, before=tokens)
        word = PERSON if name or bare(low) in PRONOUNS else low
        tokens.append(Word(word, match.start(), match.end(), name, name and len(bare(shown)) == 1))
        fresh = not shown[0].isalnum() and shown not in {",", "'", "-", "/", "&"} and (fresh or shown in ':"“(*•[|')
    return _joined(tokens)


def bare(word: str) -> str:
    """The word without what is drawn together with it ("she's", "Ben's")."""
    return re.sub(r"'(?:s|re|ve|ll|d|m)?$", "", word)


@cache
def _everyday_names() -> frozenset[str]:
    lines = (files("guards") / "everyday_names.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line and line[0] != "#") | everyday()


def _is_name(text: str, match: re.Match[str], *, fresh: bool, following: str, before: Sequence[Word]) -> bool:
    shown = match[0].replace("’", "'")
    plain = bare(shown)
    low = plain.casefold()
    if not plain[:1].isalpha() or any(sign.isdigit() for sign in plain) or low in _NO_NAME or low.endswith("n't"):
        return shown.startswith("<PERSON_")
    if not plain[0].isupper():
        return _is_name_without_capital(plain, low)
    if len(plain) > 1 and plain.isupper():
        return low in given()
    if fresh:
        return not _opens(low) or (low in _everyday_names() and _has_verb(following))
    return not _is_thing(text, match, low, before)


def _is_name_without_capital(plain: str, low: str) -> bool:
    """A script without case, a name that starts with a small particle ("al-Hassan"), or a frequent given name."""
    if not plain[0].islower():
        return plain.isalpha()
    parts = _INNER.split(plain)
    if len(parts) > 1 and parts[0] not in _NO_PREFIX:
        return any(part[:1].isupper() and not part.isupper() for part in parts[1:])
    return low in given() and low not in listed_words().lower and not is_ordinary(low)


def _has_verb(following: str) -> bool:
    return following in _AFTER_NAME or bool(_WITH_VERB.fullmatch(following))


def _is_thing(text: str, match: re.Match[str], low: str, before: Sequence[Word]) -> bool:
    """A capital within a sentence that a list or the words around explain."""
    if before and before[-1].word in {"the", "a", "an", "our", "this", "each", "every"} and is_ordinary(low):
        return True
    return low not in _everyday_names() and (is_kept(low) or borrowed.is_thing(text, match.start(), match.end()))


def _opens(low: str) -> bool:
    """Whether the capital of the word may come from opening its sentence."""
    words = listed_words()
    return low in _STARTS or low in words.start or low in words.lower or is_ordinary(low) or words.has_stem(low)


def _joined(tokens: Sequence[Word]) -> list[Word]:
    """Titles, several names, and a role with its article become one person."""
    joined: list[Word] = []
    for at, token in enumerate(tokens):
        last = joined[-1] if joined else None
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.word in TITLE and following is not None and (following.name or following.word == "."):
            joined.append(Word(PERSON, token.start, token.end, name=True, initial=True))
        elif last is not None and last.name and _belongs(token, following, last):
            joined[-1] = Word(PERSON, last.start, token.end, name=True, initial=token.initial)
        elif token.name:
            _join_particles(joined, token)
        elif bare(token.word) in ROLES:
            _join_role(joined, token)
        else:
            joined.append(token)
    return joined


def _belongs(token: Word, following: Word | None, last: Word) -> bool:
    """Whether a word or sign goes on with the name before it."""
    if token.name or bare(token.word) in _SUFFIX:
        return True
    if token.word == "." and last.end == token.start:
        return last.initial and following is not None
    if token.word == "'" and last.end == token.start:
        return following is not None and following.start > token.end
    return token.word in _NAME_PARTS and following is not None and (following.name or following.word in _NAME_PARTS)


def _join_particles(joined: list[Word], token: Word) -> None:
    """A name with the particles that stand before it ("van der Berg")."""
    start = token.start
    while joined and joined[-1].word in _NAME_PARTS:
        start = joined.pop().start
    joined.append(Word(PERSON, start, token.end, name=True, initial=token.initial))


def _join_role(joined: list[Word], token: Word) -> None:
    start = token.start
    held: list[Word] = []
    while joined and joined[-1].word in BEFORE_ROLE:
        held.append(joined.pop())
        if held[-1].word in DETERMINERS:
            break
    if held and held[-1].word in DETERMINERS:
        start = held[-1].start
        held = []
    joined.extend(reversed(held))
    joined.append(Word(PERSON, start, token.end))
