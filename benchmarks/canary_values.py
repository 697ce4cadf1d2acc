"""Planted values: invented people, customers and identifiers, each a string that stands nowhere else, in eight forms.

The same seed gives the same values. Names are built from syllables after the patterns of many languages, so that
nobody is meant and a hit can only be a leak. Refuses to make two values that share a searched word.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from benchmarks.canary_scan import Needles, squeezed

FORMS: Final = 8


class Kind(StrEnum):
    """What a value is, and with it whether the redactor can know it."""

    PERSON = "person on the roster"
    CUSTOMER = "customer or code name"
    EMAIL = "e-mail"
    PHONE = "phone"
    IBAN = "IBAN"
    CARD = "card"
    SSN = "SSN"
    HANDLE = "handle"
    ADDRESS = "street address"
    UNLISTED = "person on no roster"
    HELD = "off the record"


LISTED: Final = frozenset({Kind.PERSON, Kind.CUSTOMER})
STRUCTURED: Final = frozenset({Kind.EMAIL, Kind.PHONE, Kind.IBAN, Kind.CARD, Kind.SSN, Kind.HANDLE, Kind.ADDRESS})


@dataclass(frozen=True, slots=True)
class Value:
    """One planted value: ``text`` as it is on record, ``needles`` what is searched for, ``forms`` what is planted."""

    no: int
    kind: Kind
    text: str
    needles: tuple[str, ...]
    forms: tuple[str, ...]
    also: tuple[str, ...] = ()


_SHARES: Final = (
    (Kind.PERSON, 0.36), (Kind.CUSTOMER, 0.10), (Kind.EMAIL, 0.09), (Kind.PHONE, 0.06), (Kind.IBAN, 0.05),
    (Kind.CARD, 0.05), (Kind.SSN, 0.03), (Kind.HANDLE, 0.04), (Kind.ADDRESS, 0.04), (Kind.UNLISTED, 0.14),
    (Kind.HELD, 0.04),
)  # fmt: skip

_LATIN: Final = (  # onsets, vowels, ends; after the sound of a language, in nobody's use
    ("b d g k l m n r s t v z br dr kr", "a e i o u", "n r s l nd rk"),
    ("ch d g j k l m n p r s t v y sh", "a aa i u e", "n sh t r m"),
    ("ad ak ek ob ok ch n k m w z gb", "a e i o u", "bi ke wa nu ze"),
    ("ł ż k m p r s w z d b sz", "a e i o y ó", "ski wicz cki czyk"),
    ("h j k l m n r t v y", "ä a e i ö y", "nen la ri vä"),
    ("b d e g h k m n t y z ş ç", "a e ı i ö ü", "oğlu er can gül"),
    ("q x zh sh d f h j l m n", "iao ei ou ua ie", "ng n"),
    ("ø b d f g h j k l m n r", "å a e i o ø", "sen dahl vik rud"),
    ("nh ph th tr qu đ v l m", "ă â ê ô ơ ư a i", "nh ng m t"),
    ("h k l m n p w", "a e i o u ai", "lani kea hua"),
    ("m n r ts h p t w wh", "a e i o u", "ra nga tu ki"),
    ("f g j m n r s z b c d l", "a e i o u ã ç", "inho es eira ão"),
)
_SCRIPTS: Final = (
    "бвгдзклмнпрстфхцчш" + "|" + "аеиоуыя",
    "βγδζθκλμνξπρστφχψ" + "|" + "αειουη",
    "بتثجحخدذرزسشصضطظعغفقكلمن" + "|" + "اوي",
    "कखगघचछजझटठडढतथदधनपफबभमयरलव" + "|" + "ािीुूेो",
    "кқғңһӨөұүжм" + "|" + "аәіо",
)
_HAN: Final = "赟鋆蓁芃菡韫霖鸢蔚葳蕤莜蘅觅铄锴霁鑫诩谌鹤麟黛萱荻蕙蕖蘑邈钰"
_KANA: Final = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロ"
_HANGUL: Final = "갈갑강건결경곡관광구군권규금기길나낙난남녕누다단달담대덕도독돈동두둑라락란람랑"


class _Maker:
    """Makes strings that share no searched word."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - the same values in every run
        self._used: set[str] = set()

    def fresh(self, make: Callable[[], str]) -> str:
        while True:
            word = make()
            key = squeezed(word)
            if key not in self._used:
                self._used.add(key)
                return word

    def word(self, *, least: int = 8) -> str:
        onsets, vowels, ends = (each.split() for each in self.dice.choice(_LATIN))
        made = ""
        while len(squeezed(made)) < least - 1:
            made += self.dice.choice(onsets) + self.dice.choice(vowels)
        return (made + self.dice.choice(ends)).capitalize()

    def scripted(self) -> str:
        letters, vowels = self.dice.choice(_SCRIPTS).split("|")
        return "".join(self.dice.choice(letters) + self.dice.choice(vowels) for _ in range(4)).capitalize()

    def unspaced(self) -> str:
        letters, size = self.dice.choice(((_HAN, 4), (_KANA, 6), (_HANGUL, 5)))
        return "".join(self.dice.choice(letters) for _ in range(size))

    def digits(self, count: int) -> str:
        return "".join(self.dice.choice("0123456789") for _ in range(count))


def planted(count: int, *, seed: int = 20261124) -> tuple[Value, ...]:
    """``count`` values of all kinds, by fixed shares."""
    maker = _Maker(seed)
    made: list[Value] = []
    for kind, share in _SHARES:
        for _ in range(max(1, round(count * share))):
            made.append(_MAKERS[kind](maker, len(made)))
    while alike := _alike(made):  # a find must be of one value alone
        for no in sorted(alike):
            made[no] = _MAKERS[made[no].kind](maker, no)
    return tuple(made)


def _alike(values: Sequence[Value]) -> set[int]:
    """Values of which a searched word stands within a form of another."""
    needles = Needles((needle, each.no) for each in values for needle in each.needles)
    return {no for each in values for form in each.forms for no in needles.found_in_text(form) if no != each.no}


def _name(maker: _Maker) -> tuple[str, tuple[str, ...]]:
    """A name and its words; one in eight in another script, one in sixteen in a script without spaces."""
    turn = maker.dice.randrange(16)
    if turn == 0:
        whole = maker.fresh(maker.unspaced)
        return whole, (whole,)
    make = maker.scripted if turn in {1, 2} else maker.word
    words = [maker.fresh(make), maker.fresh(make)]
    if turn == 3:
        words[1] = f"{words[1]}-{maker.fresh(make)}"
    if turn == 4:
        words.insert(1, maker.dice.choice(("de", "van", "bin", "al", "von", "da")))
    return " ".join(words), tuple(each for word in words for each in word.split("-") if len(each) > 3)


def _named_forms(text: str) -> tuple[str, ...]:
    words = text.split()
    local = ".".join(_plain(word) for word in words)
    return (
        text, text.lower(), text.upper(), f"{text}'s", "\n".join(words) if len(words) > 1 else f"({text})",
        "_".join(words) if len(words) > 1 else f"{text}-san",
        f"{words[-1]}, {' '.join(words[:-1])}" if len(words) > 1 else f"“{text}”",
        unicodedata.normalize("NFD", text).replace(" ", "\u00a0") if text.isascii() or len(words) > 1
        else _hidden(text),
    ) if not local.isascii() else (
        text, text.lower(), text.upper(), f"{text}'s", "\n".join(words) if len(words) > 1 else f"({text})",
        "_".join(words), f"{local}@corp.internal", _hidden(unicodedata.normalize("NFD", text)),
    )  # fmt: skip


def _plain(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word.replace("ł", "l").replace("ø", "o").replace("đ", "d").replace("ı", "i"))
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).lower()


def _hidden(text: str) -> str:
    """With a zero-width sign after the second letter and non-breaking spaces."""
    return (text[:2] + "\u200b" + text[2:]).replace(" ", "\u00a0")


def _person(maker: _Maker, no: int) -> Value:
    text, words = _name(maker)
    also = (f"{maker.fresh(maker.word).lower()}@people.example",) if no % 5 == 0 else ()
    needles = tuple(squeezed(each) for each in (*words, *also))
    return Value(no, Kind.PERSON, text, needles, _named_forms(text), also)


def _unlisted(maker: _Maker, no: int) -> Value:
    text, words = _name(maker)
    return Value(no, Kind.UNLISTED, text, tuple(squeezed(each) for each in words), _named_forms(text))


def _customer(maker: _Maker, no: int) -> Value:
    first = maker.fresh(maker.word)
    text = first if no % 3 == 0 else f"{first} {maker.dice.choice(('Insurance', 'Labs', 'Logistics', 'Project'))}"
    forms = (
        text, text.lower(), text.upper(), f"{text}'s", text.replace(" ", "\n"), text.replace(" ", "-"),
        f"“{text}”", _hidden(text),
    )  # fmt: skip
    return Value(no, Kind.CUSTOMER, text, (squeezed(text),), forms)


def _email(maker: _Maker, no: int) -> Value:
    local, host = maker.fresh(lambda: _plain(maker.word())), maker.fresh(lambda: _plain(maker.word()))
    end = maker.dice.choice(("com", "internal", "co.uk", "example", "io"))
    text = f"{local}@{host}.{end}"
    forms = (
        text, text.capitalize(), text.upper(), f"{text}'s", f"<mailto:{text}>", f"({text})",
        f"{local} at {host} dot {end.replace('.', ' dot ')}", _hidden(text),
    )  # fmt: skip
    return Value(no, Kind.EMAIL, text, (squeezed(local), squeezed(host)), forms)


def _phone(maker: _Maker, no: int) -> Value:
    code, size = maker.dice.choice((("+1", 10), ("+44", 10), ("+49", 11), ("+91", 10), ("+234", 10), ("+81", 10)))
    number = maker.fresh(lambda: maker.dice.choice("23456789") + maker.digits(size - 1))
    groups = (number[:3], number[3:6], number[6:])
    text = f"{code} {' '.join(groups)}"
    forms = (
        text, f"{code}{number}", f"{code} ({groups[0]}) {groups[1]}-{groups[2]}", f"{code}-{'-'.join(groups)}",
        f"{code}.{'.'.join(groups)}", f"tel: {text}", text.replace(" ", "\u00a0"), _hidden(text),
    )  # fmt: skip
    return Value(no, Kind.PHONE, text, (number,), forms)


def _iban(maker: _Maker, no: int) -> Value:
    land, size = maker.dice.choice((("DE", 18), ("NO", 11), ("BE", 12), ("CH", 17), ("ES", 20)))
    body = maker.fresh(lambda: maker.digits(size))
    turned = int(body + "".join(str(int(each, 36)) for each in land) + "00")
    solid = f"{land}{98 - turned % 97:02}{body}"
    text = " ".join(solid[at : at + 4] for at in range(0, len(solid), 4))
    forms = (
        text, solid, solid.lower(), text.replace(" ", "-"), f"IBAN: {text}", f"({solid})",
        text.replace(" ", "\u00a0"), _hidden(text),
    )  # fmt: skip
    return Value(no, Kind.IBAN, text, (body,), forms)


def _card(maker: _Maker, no: int) -> Value:
    body = maker.fresh(lambda: maker.dice.choice("2456") + maker.digits(14))
    doubled = [int(each) * (1 + (at % 2 == 0)) for at, each in enumerate(body)]
    body += str(-sum(each - 9 * (each > 9) for each in doubled) % 10)
    text = " ".join(body[at : at + 4] for at in range(0, 16, 4))
    forms = (
        text, body, text.replace(" ", "-"), f"card {text}", f"({body})", f"Visa:{body}",
        text.replace(" ", "\u00a0"), _hidden(text),
    )  # fmt: skip
    return Value(no, Kind.CARD, text, (body,), forms)


def _ssn(maker: _Maker, no: int) -> Value:
    body = maker.fresh(lambda: f"{maker.dice.randrange(100, 600)}{maker.dice.randrange(11, 99)}{maker.digits(3)}7")
    parts = (body[:3], body[3:5], body[5:])
    text = "-".join(parts)
    forms = (
        text, f"SSN {body}", f"SSN {' '.join(parts)}", f"ssn: {text}", f"({text})", f"SOCIAL SECURITY {text}",
        f"SSN\u00a0{text}", f"SSN {_hidden(text)}",
    )  # fmt: skip
    return Value(no, Kind.SSN, text, (body,), forms)


def _handle(maker: _Maker, no: int) -> Value:
    word = maker.fresh(lambda: _plain(maker.word(least=9)))
    text = f"@{word}"
    forms = (
        text, f"@{word.capitalize()}", text.upper(), f"{text}'s", f"({text})", f"<@{word.upper()}>", f"{text},",
        _hidden(text),
    )  # fmt: skip
    return Value(no, Kind.HANDLE, text, (squeezed(word),), forms)


def _address(maker: _Maker, no: int) -> Value:
    word = maker.fresh(lambda: _plain(maker.word()).capitalize())
    number = maker.dice.randrange(11, 999)
    text = f"{number} {word} Street"
    forms = (
        text, f"{number} {word} Road", f"Flat 3, {text}", f"{text}'s", f"({number} {word} Lane)",
        f"{number}B {word} Avenue, Springfield 62704", f"{number} {word} St.", text.replace(" ", "\u00a0"),
    )  # fmt: skip
    return Value(no, Kind.ADDRESS, text, (squeezed(word),), forms)


def _held(maker: _Maker, no: int) -> Value:
    """A remark made off the record; the word that marks it is no name and stands nowhere else."""
    word = maker.fresh(lambda: _plain(maker.word(least=9)))
    said = f"the {word} plan stops"
    forms = (
        f"Off the record: {said}.", f"off the record, {said}", f"OFF THE RECORD {said.upper()}",
        f"Between us: {said}.", f"Don't write this down: {said}.", f"{said}, not for the minutes.",
        f"Please keep this out of the notes: {said}.", f"Off\u00a0the record: {said}.",
    )  # fmt: skip
    return Value(no, Kind.HELD, word, (squeezed(word),), forms)


_MAKERS: Final = {
    Kind.PERSON: _person, Kind.CUSTOMER: _customer, Kind.EMAIL: _email, Kind.PHONE: _phone, Kind.IBAN: _iban,
    Kind.CARD: _card, Kind.SSN: _ssn, Kind.HANDLE: _handle, Kind.ADDRESS: _address, Kind.UNLISTED: _unlisted,
    Kind.HELD: _held,
}  # fmt: skip


def plantings(values: tuple[Value, ...]) -> Iterator[tuple[Value, int, str]]:
    """Every value with every form."""
    for form in range(FORMS):
        for value in values:
            yield value, form, value.forms[form]
