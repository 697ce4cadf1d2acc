"""A sentence in a plain form in which every person reads the same: the small clause parser of ``guards.bias_language``.

Names, pronouns, titles, placeholders and nouns of a role become one sign, forms of "be", "have" and "do" one word each,
and contractions are opened, so that no rule can see who is meant. Keeps the place of every word in the text. Refuses to
say who anybody is, and loads no model of a language (decision 0007).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from guards.ordinary_words import listed_words


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PERSON: Final = "Q"
LONGEST: Final = 80
"""Words of a sentence read in one go; a longer one is parted, since patterns take long over long texts."""

_TITLE: Final = _set("mr mrs ms miss mx dr prof professor sir madam dame lady lord sheikh haji")
_TITLE_END: Final = r"(?<!\bmr)(?<!\bmrs)(?<!\bms)(?<!\bmx)(?<!\bdr)(?<!\bprof)(?<!\be\.g)(?<!\bi\.e)"
_ENDS: Final = re.compile(rf"{_TITLE_END}[.!?;]+[\"”’')\]]*(?=\s)|\n+", re.IGNORECASE)
_WORD: Final = re.compile(r"<[A-Z]+(?:_[A-Z]+)*_\d+>|\w+(?:[-'’]\w+)*|[^\w\s]")
_PRONOUNS: Final = _set(
    "he she him her his hers himself herself you your yours yourself ze xe zir xem hir someone somebody anyone"
    " everyone everybody who"
)
_THEY: Final = _set("they them their theirs themselves themself")
_ROLES: Final = _set(
    "mentee mentees mentor mentors sponsor sponsors manager managers analyst analysts engineer engineers developer"
    " developers colleague colleagues teammate teammates intern interns scientist scientists tester testers coach boss"
    " director team candidate candidates trainee trainees employee employees newcomer lead architect consultant"
    " apprentice junior"
)
_BEFORE_ROLE: Final = _set("the my our your this that new other data senior product project team fellow")
_DETERMINERS: Final = _set("the my our your this that")
_NAME_PARTS: Final = _set("van der den de da dos di del la al el bin binti ibn von ben")
_BE: Final = _set("is are was were be been being am")
_SAME: Final = {
    "has": "have", "had": "have", "having": "have", "does": "do", "did": "do", "cannot": "can not", "it's": "it be",
    "that's": "that be", "there's": "there be", "what's": "what be", "let's": "let us", "i'm": "i be", "im": "i be",
    "won't": "will not", "can't": "can not", "shan't": "shall not", "ain't": "be not", "i've": "i have",
    "i'd": "i would",
    "we're": "we be", "i'll": "i will", "we've": "we have", "it'll": "it will",
}  # fmt: skip
_THINGS: Final = _set(
    "python java spark kafka sql excel power tableau airflow snowflake databricks docker kubernetes linux windows git"
    " github jira azure aws google english german french spanish polish arabic hindi chinese monday tuesday wednesday"
    " thursday friday saturday sunday january february march april june july august september october november december"
    " pandas pytorch tensorflow xgboost catboost bert gpt internet agile scrum kanban christmas easter ramadan"
)
_STARTS: Final = _set(
    "honestly overall something some maybe perhaps avoid ask asked asking let keep well good great nice excellent"
    " being as everything my our his her their use two three four five which what is are was were do does could would"
    " should can we i it the a an this that these those there nobody no not look click after before during since when"
    " while because if in on at for from with without to of and but or so then also still just only all both each many"
    " most such yes please thanks thank poor smart young old soft soften calm gifted lazy sometimes frankly clearly"
    " obviously apparently today yesterday tomorrow last next again never always why how who where given despite"
    " although though yet meanwhile hence thus typical bravo kudos congratulations awesome fantastic brilliant"
    " superb wonderful amazing terrific top solid decent bad weak strong difficult hard easy slow quick"
)
_MANY_THINGS: Final = re.compile(
    r"\b(?:labels|estimates|models?|data ?sets|tables|rows|claims|tests|cases|results|numbers|scores|features|columns"
    r"|files|logs|alerts|queries|forecasts|predictions|charts|reports|tickets|letters|scans|tools|services|jobs"
    r"|pipelines|dashboards|thresholds|metrics|rules|documents|systems|deadlines|questions|slides|notes|figures)\b"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence: its plain form, and for each word of it where it begins in the form and stands in the text."""

    plain: str
    starts: tuple[int, ...]
    places: tuple[tuple[int, int], ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain form stands in the text, in code points."""
        inside = [at for at, begin in enumerate(self.starts) if start <= begin < end]
        return self.places[inside[0]][0], self.places[inside[-1]][1]


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int
    name: bool = False


def clauses(text: str) -> Iterator[Clause]:
    """The sentences of a text in order, each in plain form; a text without a word has none."""
    before = ""
    at = 0
    for end in [*(match.end() for match in _ENDS.finditer(text)), len(text)]:
        words = [*_WORD.finditer(text, at, end)]
        at = end
        for start in range(0, len(words), LONGEST):
            tokens = _joined(_read(words[start : start + LONGEST]))
            clause = _clause(tokens, before)
            before = clause.plain
            yield clause


def _read(words: Sequence[re.Match[str]]) -> list[_Token]:
    tokens: list[_Token] = []
    fresh = True
    for match in words:
        shown = match[0].replace("’", "'")
        low = shown.casefold()
        name = _is_name(shown, fresh=fresh)
        word = PERSON if name or _bare(low) in _PRONOUNS else low
        tokens.append(_Token(word, match.start(), match.end(), name))
        fresh = not shown[0].isalnum() and shown not in {",", "'", "-", "/", "&", "<"} and (fresh or shown in ':"“(*•')
    return tokens


def _bare(word: str) -> str:
    """The word without what is drawn together with it ("she's", "Ben's")."""
    return re.sub(r"'(?:s|re|ve|ll|d|m)?$", "", word)


def _is_name(shown: str, *, fresh: bool) -> bool:
    if shown.startswith("<"):
        return shown.startswith("<PERSON_")
    bare = _bare(shown)
    low = bare.casefold()
    if not bare or not bare[0].isalpha() or low in _PRONOUNS | _THEY | _THINGS or low in {"i", "we", "us"}:
        return False
    if not bare[0].isupper():
        return not bare[0].islower() and bare.isalpha()  # a script without case
    if len(bare) > 1 and bare.isupper():
        return False
    if any(sign.isdigit() for sign in bare) or re.search(r"n't$", low):
        return False
    return not (fresh and _ordinary(low)) and low not in _ROLES


def _ordinary(low: str) -> bool:
    words = listed_words()
    return low in _STARTS or low in words.any_case or low in words.start or words.has_stem(low)


def _joined(tokens: Sequence[_Token]) -> list[_Token]:
    """Titles, several names and a role with its article become one person."""
    joined: list[_Token] = []
    for at, token in enumerate(tokens):
        last = joined[-1] if joined else None
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        title = token.word in _TITLE
        if title and following is not None and (following.name or following.word == "."):
            joined.append(_Token(PERSON, token.start, token.end, name=True))
        elif last is not None and last.name and (token.name or _goes_on(token, following, last)):
            joined[-1] = _Token(PERSON, last.start, token.end, name=True)
        elif _bare(token.word) in _ROLES:
            _join_role(joined, token)
        else:
            joined.append(token)
    return joined


def _goes_on(token: _Token, following: _Token | None, last: _Token) -> bool:
    """Whether a small word or the full stop of a title stands inside a name."""
    if following is None or not following.name:
        return False
    return token.word in _NAME_PARTS or (token.word == "." and last.end == token.start and last.end - last.start <= 4)


def _join_role(joined: list[_Token], token: _Token) -> None:
    start = token.start
    held: list[_Token] = []
    while joined and joined[-1].word in _BEFORE_ROLE:
        held.append(joined.pop())
        if held[-1].word in _DETERMINERS:
            break
    if held and held[-1].word in _DETERMINERS:
        start = held[-1].start
        held = []
    joined.extend(reversed(held))
    joined.append(_Token(PERSON, start, token.end))


def _clause(tokens: Sequence[_Token], before: str) -> Clause:
    plain = ""
    starts: list[int] = []
    places: list[tuple[int, int]] = []
    for token in tokens:
        they = _bare(token.word) in _THEY
        word = _they(plain, before) if they else token.word
        for part in _plain(word).split():
            starts.append(len(plain))
            places.append((token.start, token.end))
            plain += f"{part} "
    return Clause(plain, tuple(starts), tuple(places))


def _they(so_far: str, before: str) -> str:
    """A "they" is the things named last where nobody was named."""
    near = f"{before} {so_far}"
    return "it" if _MANY_THINGS.search(near) and PERSON not in near.split() else PERSON


def _plain(word: str) -> str:
    if word == PERSON:
        return word
    if word in _SAME:
        return _SAME[word]
    if word in _BE:
        return "be"
    if word.endswith("n't"):
        return f"{_plain(word[:-3])} not"
    return _bare(word) or word
