"""Whether any known form stands in some bytes, in whatever usual disguise.

Bytes and forms are brought to the same plain words: Unicode folded, marks dropped from letters, everything that is
neither letter nor digit one space, letters of other scripts that are drawn like Latin ones made Latin. Encodings are
undone first (``wire_forms.py``). Refuses to guess: bytes that are no UTF-8 cannot be judged, and are reported as such.
A form of a single letter is not looked for: it would refuse every text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any, Final, Protocol, cast

import ahocorasick

from guards.text import PLACEHOLDER
from guards.wire_forms import readings

SHORT: Final = 3
"""Forms of fewer letters and digits, and all-capital ones of this many, are initials: whole word, exact case."""

_CLUSTER: Final = re.compile(r".[\u0300-\u036f\u1160-\u11ff\u3099\u309a]*", re.DOTALL)
_APART: Final = re.compile(r"[\W_]+")
_TOGETHER: Final = re.compile(r"[^\W_]+")
_SPACED: Final = {code: " " for code in range(128) if not chr(code).isalnum()}
_UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ALIKE: Final[dict[str, str]] = dict(
    zip(
        "аеорсухіјѕһԁԛԝвкмнтгАЕОРСУХІЈЅВКМНТαορνικτυΑΒΕΖΗΙΚΜΝΟΡΤΥΧᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ",
        "aeopcyxijshdqwbkmhtrAEOPCYXIJSBKMHTaopvikτuABEZHIKMNOPTYXabcdeghijklmnoprtuvwyz".replace("τ", "t"),
        strict=True,
    )
)
"""Cyrillic and Greek letters and small capitals beside the Latin ones they are drawn like."""
_LETTERS: Final = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss"} | _ALIKE
)
_OPENING: Final = r"(?:^|[.!?:;\n\r\"\u201c(\[>*-])\s*"
_MONTHS: Final = frozenset({"March", "April", "May", "June", "August"})
_DAY: Final = r"(?<![^\W_])\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?"
_FOLLOWING: Final = (
    r"(?=\s+(?:the|a|an|we|you|it|this|that|these|they|there|he|she|i|your|our|each|every|all|any|be|not|in|on|of)\b"
    r"|\s+[<|])"
)


_Place = Callable[[int], tuple[int, int]]


class _Automaton(Protocol):
    def add_word(self, word: str, value: str) -> bool: ...
    def make_automaton(self) -> None: ...
    def iter(self, text: str) -> Iterator[tuple[int, str]]: ...
    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Plain:
    """One reading of a text and its plain words between two spaces, as written and casefolded."""

    text: str
    words: str
    folded: str


class Forms:
    """Known forms, compiled for looking up in many texts."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._any_case = _automaton()
        self._exact = _automaton()
        self.add(forms)

    def add(self, forms: Iterable[str]) -> None:
        """Look for these as well from now on."""
        for form in forms:
            self._add(form)
        for automaton in (self._any_case, self._exact):
            if len(automaton):
                automaton.make_automaton()

    def found_in(self, payload: bytes) -> int:
        """How many distinct forms stand in the bytes.

        Raises:
            UnicodeDecodeError: the bytes are no UTF-8.
        """
        return self.found_in_texts(readings(payload.decode("utf-8", errors="strict")))

    def found_in_texts(self, texts: Iterable[str]) -> int:
        """How many distinct forms stand in the readings of some bytes."""
        hits: set[str] = set()
        for text in texts:
            hits |= self._in(_as_plain(text))
        return len(hits)

    def stands_in(self, texts: Iterable[Plain]) -> bool:
        """Whether any form stands in the readings of a text, as ``plain_readings`` gives them."""
        return any(self._in(text) for text in texts)

    def places_in(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and plain words of each form that stands openly in ``text``; hits in escapes have no place."""
        wanted = self._in(_as_plain(PLACEHOLDER.sub(" | ", text)))
        if not wanted:
            return []
        plain, place = _placed(text)
        lowered, back = _casefolded(plain)
        found = [(back[end - len(hit) + 1], back[end], hit) for end, hit in _ends(self._any_case, lowered)]
        found += [(end - len(hit) + 1, end, hit) for end, hit in _ends(self._exact, plain)]
        places: list[tuple[int, int, str]] = []
        for first, last, hit in found:
            inner = [each for each in range(first, last + 1) if plain[each] != " "]
            if hit in wanted and inner:
                places.append((place(inner[0])[0], place(inner[-1])[1], hit.strip()))
        return places

    def _add(self, form: str) -> None:
        words = plain_words(form)
        letters = len(words.replace(" ", ""))
        if letters == 0 or (letters == 1 and not _UNSPACED.search(words)):
            return  # a single letter would refuse every text; the redactor alone looks after it
        if " " in words:
            for written in (words, words.replace(" ", ""), plain_words("".join(form.split()))):
                _put(self._any_case, written.casefold())
        elif words.casefold() in everyday_names():
            _put(self._exact, words.casefold().capitalize())
        elif not _UNSPACED.search(words) and (letters < SHORT or (letters == SHORT and words.isupper())):
            _put(self._exact, words)
        else:
            _put(self._any_case, words.casefold())

    def _in(self, plain: Plain) -> set[str]:
        found = _hits(self._any_case, plain.folded)
        doubtful = _hits(self._exact, plain.words)
        return found | {hit for hit in doubtful if not _opens_sentences(hit.strip(), plain.text)}


def plain_readings(text: str) -> list[Plain]:
    """What ``found_in`` looks at in the bytes of ``text``; what no bytes can be is shown as a question mark."""
    return [_as_plain(each) for each in readings(text.encode("utf-8", errors="replace").decode("utf-8"))]


def _as_plain(text: str) -> Plain:
    words = f" {plain_words(text)} "
    return Plain(text, words, words.casefold())


def plain_words(text: str) -> str:
    """The words of a text with nothing round them: NFKC, no marks on letters, no invisible characters."""
    if text.isascii():
        return " ".join(text.translate(_SPACED).split())
    return _APART.sub(" ", _plain(text)).strip()


def _plain(text: str) -> str:
    if text.isascii():
        return text
    shown = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    bare = "".join(char for char in unicodedata.normalize("NFKD", shown) if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


def _placed(text: str) -> tuple[str, _Place]:
    """``plain_words`` between two spaces; where each of its letters starts and ends. A letter keeps its marks."""
    bare = PLACEHOLDER.sub(lambda match: "|" * len(match.group(0)), text)
    if bare.isascii():
        return _placed_ascii(bare)
    parts, spans = [" "], [(0, 0)]
    for cluster in _CLUSTER.finditer(bare):
        for char in _plain(cluster.group(0)):
            sign = " " if _APART.match(char) else char
            if sign != " " or parts[-1] != " ":
                parts.append(sign)
                spans.append(cluster.span())
    return "".join([*parts, " "]), spans.__getitem__


def _placed_ascii(bare: str) -> tuple[str, _Place]:
    """The same for text in which every character is a letter, a digit or a space by itself."""
    runs = [run.span() for run in _TOGETHER.finditer(bare)]
    first = [*accumulate((end - start + 1 for start, end in runs), initial=1)]

    def place(at: int) -> tuple[int, int]:
        run = bisect_right(first, at) - 1
        start = runs[run][0] + at - first[run]
        return start, start + 1

    return " ".join(["", *(bare[start:end] for start, end in runs), ""]), place


def _casefolded(plain: str) -> tuple[str, Sequence[int]]:
    lowered = plain.casefold()
    if len(lowered) == len(plain):
        return lowered, range(len(plain))
    return lowered, [at for at, char in enumerate(plain) for _ in char.casefold()]


@cache
def everyday_names() -> frozenset[str]:
    """The bundled list of names that are everyday words."""
    lines = files("guards").joinpath("everyday_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _automaton() -> _Automaton:
    return cast("_Automaton", cast("Any", ahocorasick).Automaton())


def _put(automaton: _Automaton, words: str) -> None:
    # Scripts without spaces have no word ends to look for.
    key = words if _UNSPACED.search(words) else f" {words} "
    automaton.add_word(key, key)


def _ends(automaton: _Automaton, words: str) -> Iterator[tuple[int, str]]:
    if len(automaton):
        yield from automaton.iter(words)


def _hits(automaton: _Automaton, words: str) -> set[str]:
    return {hit for _, hit in _ends(automaton, words)}


def _opens_sentences(word: str, text: str) -> bool:
    """Whether an everyday word only ever opens a sentence as such (``Will the team …``) or is a month of a date."""
    if word.casefold() not in everyday_names():
        return False
    safe = re.escape(word)
    everywhere = re.findall(rf"(?<![^\W_]){safe}(?![^\W_])", text)
    opening = re.findall(rf"{_OPENING}{safe}{_FOLLOWING}", text)
    dated = re.findall(rf"{_DAY}{safe}(?![^\W_])|(?<![^\W_]){safe}(?=\s\d)", text) if word in _MONTHS else []
    return 0 < len(everywhere) == len(opening) + len(dated)
