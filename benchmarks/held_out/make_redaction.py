"""Writes ``redaction.jsonl`` from frames, names and pools, the same every time.

``python -m benchmarks.held_out.make_redaction``

Gold of a person is the name alone; titles, postcodes and towns are optional to mask. Every span is checked.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from benchmarks.held_out import identifiers

HERE = Path(__file__).parent
_SLOT = re.compile(r"\{(\w+?)(\d?)\}|\[\[(\w+)\]\]")
_GREETING = re.compile(r"(?i)\b(hi|hello|hallo|dear|hey|morning|thanks|regards|best|cheers)[,!]?\s+$")
_LISTED = re.compile(r"(^|\n)\W*(\d+\.|[-*]|\[.\]) +$|[,;/&] ?$")
_FORMS = {"full": "full", "first": "first", "last": "last", "lf": "last_first", "il": "initials", "hon": "honorific"}
_TARGETS = {
    "email": 70,
    "email_int": 66,
    "email_spoken": 70,
    "phone": 160,
    "iban": 69,
    "ssn": 66,
    "card": 80,
    "ip": 66,
    "url": 66,
    "handle": 70,
    "dob": 66,
    "addr": 96,
    "mask": 240,
}
_TYPES = {"email_int": "email", "email_spoken": "email", "dob": "birth_date", "addr": "street_address"}


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person."""

    given: str
    family: str
    full: str
    culture: str


@dataclass(slots=True)
class Row:
    """A text under construction."""

    case: str
    whole: bool
    people: list[Person]
    text: str = ""
    spans: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    keep: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    optional: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    mask_words: list[str] = field(default_factory=list[str])
    keep_words: list[str] = field(default_factory=list[str])

    def add(self, value: str, to: list[dict[str, Any]] | None = None, **about: Any) -> None:
        """Append ``value`` and note where it stands."""
        start = len(self.text)
        self.text += value
        if to is not None:
            to.append({"start": start, "end": len(self.text), "value": value, **about})


def cased(value: str, case: str) -> str:
    """The value in the row's case."""
    return {"lower": value.lower(), "UPPER": value.upper()}.get(case, value)


def read_people(dice: random.Random) -> list[Person]:
    """Two hundred people and more of every culture."""
    people: list[Person] = []
    for line in (HERE / "names.tsv").read_text("utf-8").splitlines()[1:]:
        culture, order, givens, families = line.split("\t")
        for given in givens.split(","):
            for family in families.split(","):
                first = order == "family" or (order == "either" and dice.random() < 0.4)
                people.append(Person(given, family, f"{family} {given}" if first else f"{given} {family}", culture))
    return people


class Maker:
    """Fills frames."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - data, not secrets
        self.pools: dict[str, list[str]] = yaml.safe_load((HERE / "pools.yaml").read_text("utf-8"))
        everybody = read_people(self.dice)
        self.by_culture: dict[str, list[Person]] = {}
        for person in everybody:
            self.by_culture.setdefault(person.culture, []).append(person)
        self.cultures = list(self.by_culture)
        self.turn = 0
        self.turns = {
            "phone": identifiers.phones(self.dice),
            "iban": identifiers.ibans(self.dice),
            "card": identifiers.cards(self.dice),
        }
        lines = (HERE / "addresses.tsv").read_text("utf-8").splitlines()[1:]
        self.addresses = [line.split("\t") for line in lines]

    def pick(self, pool: str) -> str:
        """A value of a pool."""
        return self.dice.choice(self.pools[pool])

    def person(self, case: str) -> Person:
        """A person of the next culture; no word of English in lower or upper case."""
        self.turn += 1
        culture = self.by_culture[self.cultures[self.turn % len(self.cultures)]]
        while True:
            one = self.dice.choice(culture)
            if case == "Title" or "*" not in one.full:
                given, family, full = (each.replace("*", "") for each in (one.given, one.family, one.full))
                return Person(given, family, full, one.culture)

    def row(self, frame: str, kind: str, at: int) -> dict[str, Any]:
        """One filled frame."""
        case = self.dice.choices(("Title", "lower", "UPPER"), (66, 18, 16))[0]
        row = Row(case, self.dice.random() < (0.5 if case == "lower" else 0.2), [self.person(case) for _ in range(3)])
        cut = 0
        for slot in _SLOT.finditer(frame):
            self.literal(row, frame[cut : slot.start()])
            self.fill(row, slot, frame)
            cut = slot.end()
        self.literal(row, frame[cut:])
        people = [each for each in row.spans if each["type"] == "person"]
        for span in people:
            span["position"] = position(row.text, span)
        check(row)
        return {
            "id": f"r{at:04d}",
            "kind": kind,
            "text": row.text,
            "transcript": kind == "transcript",
            "spans": row.spans,
            "must_keep": row.keep,
            "optional": row.optional,
            "roster": self.roster(row, at),
            "mask_words": row.mask_words,
            "keep_words": row.keep_words,
            "case": case,
            "culture": people[0]["culture"] if people else "none",
            "position": people[0]["position"] if people else "none",
        }

    def literal(self, row: Row, text: str) -> None:
        """The frame's own words."""
        row.add(cased(text, row.case) if row.whole else text)

    def fill(self, row: Row, slot: re.Match[str], frame: str) -> None:
        """One slot."""
        name, number, word = slot.groups()
        if word:
            row.add(cased(word, row.case) if row.whole else word, row.keep, kind="word")
        elif number:
            self.name(row, name, row.people[int(number) - 1])
        elif name == "mask":
            self.masked(row)
        elif name == "keep":
            value = self.pick("keep")
            row.keep_words.append(value)
            row.add(value, row.keep, kind="keep_word")
        elif name in self.pools:
            # addresses of pages without a name may be masked or not: the issue asks for neither
            row.add(self.pick(name), row.optional if name == "plainurl" else row.keep, kind=name)
        else:
            self.identifier(row, name, frame)

    def name(self, row: Row, slot: str, one: Person) -> None:
        """A person's name in the wanted form."""
        if slot == "p":
            slot = self.dice.choices(tuple(_FORMS), (45, 30, 10, 0, 6, 9))[0]
        if slot == "hon":
            row.add(f"{self.pick('honorific')} ", row.optional, kind="title")
        initial = f"{one.given[0]}{self.dice.choice(('.', '.', '.', ''))} {one.family}"
        values = {"full": one.full, "first": one.given, "lf": f"{one.family}, {one.given}", "il": initial}
        value = cased(values.get(slot, one.family), row.case)
        row.add(value, row.spans, type="person", form=_FORMS[slot], culture=one.culture)

    def masked(self, row: Row) -> None:
        """A customer or code name, written in one of the ways people do."""
        word = self.pick("mask")
        row.mask_words.append(word)
        joined = re.sub(r"\s+", self.dice.choice("-_"), word.lower())
        forms = {"exact": word, "lower": word.lower(), "upper": word.upper(), "joined": joined}
        form = self.dice.choices(tuple(forms), (62, 14, 14, 10 if " " in word and "&" not in word else 0))[0]
        row.add(forms[form], row.spans, type="mask_word", sub=form)

    def identifier(self, row: Row, slot: str, frame: str) -> None:
        """A structured identifier."""
        one, dice = self.dice.choice(row.people), self.dice
        if slot == "addr":
            country, street, tail = dice.choice(self.addresses)
            street = street.replace("#", str(dice.randint(1, 20 if country == "JP" else 190)))
            row.add(street, row.spans, type="street_address", sub=country)
            row.add(", " if "\n" not in frame or dice.random() < 0.7 else "\n")
            row.add(tail, row.optional, kind="address_tail")
        elif slot == "url":
            before, value, after = identifiers.url(dice, one.given, one.family, self.pick("host"))
            row.add(before, row.optional, kind="url")
            row.add(value, row.spans, type="url", sub=before)
            row.add(after, row.optional, kind="url")
        elif slot in {"handle", "nick"}:
            row.add("@" if slot == "handle" or dice.random() < 0.5 else "")
            row.add(identifiers.handle(dice, one.given, one.family), row.spans, type="handle", sub=slot)
        else:
            sub, value = self.plain(slot, one)
            kind = _TYPES.get(slot, slot.removesuffix("_dash"))
            row.add(value, row.spans, type=kind, sub=sub)

    def plain(self, slot: str, one: Person) -> tuple[str, str]:
        """What sort, and its value."""
        dice = self.dice
        if slot.startswith("email"):
            user = identifiers.account(dice, one.given, one.family)
            host = dice.choice((*self.pools["host"], "corp.com", "mailbox.io", "acme.com"))
            ways = {"email": f"{user}@{host}", "email_int": f"{user}@{self.pick('internal')}"}
            return slot, ways.get(slot) or identifiers.spoken(dice, one.given, one.family, host)
        if slot in self.turns:
            return next(self.turns[slot])
        if slot.startswith("ssn"):
            value = identifiers.ssn(dice, dashed=slot == "ssn_dash")
            return ("dashed" if "-" in value else "spaced or bare"), value
        if slot == "ip":
            value = identifiers.ip(dice)
            return ("v6" if ":" in value else "v4"), value
        if slot == "dob":
            return "birth_date", identifiers.birth_date(dice)
        raise LookupError(slot)

    def roster(self, row: Row, at: int) -> list[dict[str, Any]]:
        """Seven in ten of the row's people, and one who is not in the text."""
        listed = [one for one in row.people if self.dice.random() < 0.7] + [self.person("lower")]
        names = {one.full for one in listed}
        for span in row.spans:
            if span["type"] == "person":
                whole = [one for one in row.people if one.culture == span["culture"]]
                span["listed"] = any(one.full in names for one in whole)
        return [{"id": f"p{at}-{n}", "name": one.full, "also": []} for n, one in enumerate(listed)]


def position(text: str, span: dict[str, Any]) -> str:
    """Where a name stands, seen from its surroundings."""
    before, after = text[: span["start"]], text[span["end"] :]
    tests = {
        "label": bool(re.match(r" ?(\(.{3,12}\))?:", after)) and bool(re.search(r"(^|\n)\S{0,10} ?$", before)),
        "greeting": bool(_GREETING.search(before)),
        "parenthesis": before.endswith(("(", "[")),
        "possessive": after.lower().startswith("'s"),
        "list": bool(_LISTED.search(before)) or bool(re.match(r"[;/]|, \w+[,;]", after)),
        "line_break": before.endswith("\n") or after.startswith("\n"),
        "start": not before.strip() or bool(re.search(r"[.!?:>\"] ?$", before)),
        "end": not after.strip() or bool(re.match(r"[.!?](\s|$)", after)),
    }
    return next((name for name, holds in tests.items() if holds), "middle")


def check(row: Row) -> None:
    """Every noted stretch holds its value."""
    for each in (*row.spans, *row.keep, *row.optional):
        if row.text[each["start"] : each["end"]] != each["value"]:
            raise AssertionError(each)


def frames(name: str) -> list[tuple[str, str]]:
    """Kind and text of every frame of a file."""
    parts = (HERE / name).read_text("utf-8").split("== ")[1:]
    return [(head, body.strip("\n")) for head, _, body in (part.partition("\n") for part in parts)]


def counts(frame: str) -> Counter[str]:
    """How often a frame asks for each kind of identifier."""
    names = [each.group(1) or "" for each in _SLOT.finditer(frame)]
    return Counter({"nick": "handle", "ssn_dash": "ssn"}.get(name, name) for name in names)


def make() -> list[dict[str, Any]]:
    """All rows."""
    maker = Maker(20261124)
    plan = [frame for frame in frames("frames_people.txt") for _ in range(5)]
    others = frames("frames_identifiers.txt")
    for kind, target in _TARGETS.items():
        asking = [frame for frame in others if counts(frame[1])[kind]]
        made = at = 0
        while made < target:
            plan.append(asking[at % len(asking)])
            made += counts(asking[at % len(asking)][1])[kind]
            at += 1
    plan += [frame for frame in others if not set(counts(frame[1])) & set(_TARGETS) for _ in range(6)]
    return [maker.row(body, kind, at) for at, (kind, body) in enumerate(plan)]


if __name__ == "__main__":
    rows = make()
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    (HERE / "redaction.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    print(len(rows), Counter(span["type"] for row in rows for span in row["spans"]))
    print(sum(len(row["must_keep"]) for row in rows), Counter(s.get("position") for r in rows for s in r["spans"]))
