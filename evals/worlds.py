"""The sample programme with other people in it: names, titles and pronouns swapped, everything else the same.

``lived`` ingests such a programme and drafts every pair's session; two of them are compared. Handles, initials and
e-mail addresses stay, since they are forms of their own; notes that are made as Word or PDF are read as Markdown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import yaml

from copilot import intake
from copilot.bootstrap import Copilot, Overrides, bootstrap
from copilot.composing import draft_for, rendered
from copilot.engines.protocol import Found, SessionTask, SessionWording, Told, Usage
from copilot.flagging import known_histories
from copilot.flags.flag import as_json
from copilot.flags.stalled import stalled
from copilot.ingest import Options
from copilot.linting import lint_draft
from copilot.settings import Settings
from copilot.snapshot import Request
from guards.access import ReadConversation, authorize
from guards.bias_language import BiasCard, bias_cards
from guards.redaction import Redactor
from guards.text import RedactedText

DAY: Final = date(2026, 10, 19)
PEOPLE: Final[Mapping[str, tuple[str, ...]]] = {
    "ada": ("Ada Nwosu", "Ada", "Nwosu"),
    "ben": ("Ben Ortega", "Benjamín Ortega", "Ben", "Benjamín", "Ortega"),
    "samira": ("Samira Haddad", "Samira", "Haddad"),
    "tomasz": ("Tomasz Wójcik", "Tomasz Wojcik", "Tomasz", "Tomek", "Wójcik", "Wojcik"),
    "femi": ("Femi Adebayo", "Femi", "Adebayo"),
    "kwabena": ("Kwabena Asante", "Kwabena", "Kwabs", "Asante"),
    "priya": ("Priya Raghunathan", "Priya", "Raghunathan"),
    "siobhan": ("Siobhán Ní Dhomhnaill", "Siobhan Ni Dhomhnaill", "Siobhán", "Siobhan"),
    "ingrid": ("Ingrid Sørensen", "Ingrid Sorensen", "Ingrid"),
    "omar": ("Omar Farouk", "Omar", "Farouk"),
    "yusuf": ("Yusuf Demir", "Yusuf", "Demir"),
    "linh": ("Linh Trần", "Linh Tran", "Trần Thị Linh", "Linh"),
    "grace": ("Grace Will", "Grace"),
    "rahel": ("Rahel Tesfaye", "Rahel", "Tesfaye"),
    "meiling": ("Chua Mei-Ling", "Mei-Ling", "Mei Ling"),
}
"""Every form of a person's name in the sample, the full ones first; those of one word become the given name."""

GROUPS: Final[Mapping[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "name_groups.yaml").read_text(encoding="utf-8")
)
"""Fifteen invented names a group, in the order of ``PEOPLE``."""


@dataclass(slots=True)
class Heard:
    """An engine that words nothing and keeps every prompt's part that it was given."""

    name: str = "rules"
    model: str = "double"
    words_freely: bool = True
    prompts: list[str] = field(default_factory=list[str])

    def find_commitments(self, lines: Sequence[tuple[int, RedactedText]]) -> tuple[Found, ...]:
        """Finds none."""
        self.prompts += [f"{number} {line}" for number, line in lines]
        return ()

    def choose(self, question: RedactedText, candidates: Sequence[RedactedText]) -> int | None:
        """Abstains."""
        self.prompts += [str(question), *map(str, candidates)]
        return None

    def imperative(self, action: RedactedText) -> RedactedText | None:
        """Abstains."""
        self.prompts.append(str(action))
        return None

    def word_session(self, task: SessionTask, *, told: Told | None = None) -> SessionWording | None:
        """Words nothing."""
        del told
        self.prompts += map(str, (*task.lines, *task.actions, *task.tools, task.decision))
        return None

    def usage(self) -> Usage:
        """No call was made."""
        return Usage()


@dataclass(frozen=True, slots=True)
class Lived:
    """What became of one programme: ``restored`` has each person's full name replaced by their id again."""

    prompts: tuple[str, ...]
    lines: tuple[str, ...]
    drafts: tuple[str, ...]
    restored: tuple[str, ...]
    flags: tuple[str, ...]
    cards: tuple[str, ...]


def named(group: str) -> dict[str, str]:
    """The full name of each person of the sample in a group."""
    return dict(zip(PEOPLE, GROUPS[group], strict=True))


def swapped(text: str, names: Mapping[str, str], *, title: str = "") -> str:
    """The text with every form of a person's name replaced; ``title`` stands before full names."""
    form_of = {form.casefold(): (person, " " in form) for person, forms in PEOPLE.items() for form in forms}
    some = "|".join(re.escape(form) for form in sorted(form_of, key=len, reverse=True))

    def new(match: re.Match[str]) -> str:
        person, full = form_of[match[0].casefold()]
        if match[0] == "grace" or (match[0].islower() and text[match.end() : match.end() + 1] in {":", "}", ","}):
            return match[0]  # an id of the programme
        name = names[person] if full else names[person].split()[0]
        return f"{title} {name}" if title and full else name.casefold() if match[0].islower() else name

    return re.sub(rf"(?<![\w@.-])(?:{some})(?![\w@-]|\.\w)", new, text, flags=re.IGNORECASE)


def written(
    folder: Path, names: Mapping[str, str], *, title: str = "", they: bool = False, pairs: Collection[str] = ()
) -> Path:  # fmt: skip
    """The sample with these people, as files; with ``pairs`` the notes of these alone."""
    source = files("copilot.sample")
    folder.mkdir(parents=True)
    (folder / "programme.yaml").write_text(
        _programme(source.joinpath("programme.yaml").read_text("utf-8"), names), "utf-8"
    )
    for path, note in _notes(source.joinpath("notes")):
        if pairs and path.partition("/")[0] not in pairs:
            continue
        target = folder / "notes" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        text = swapped(note.read_text("utf-8"), names, title=title)
        target.write_text(other_pronouns(text) if they else text, "utf-8")
    return folder


def _programme(text: str, names: Mapping[str, str]) -> str:
    """Only names and other forms are swapped: ids stay."""
    return re.sub(r"(?<=name: )[^,\n}]+|(?<=also: )\[[^\]]*\]", lambda match: swapped(match[0], names), text)


def _notes(folder: Traversable) -> list[tuple[str, Traversable]]:
    return [
        (f"{pair.name}/{re.sub(r'[.](?:docx|pdf)[.]md$', '.md', note.name)}", note)
        for pair in sorted(folder.iterdir(), key=lambda each: each.name)
        for note in sorted(pair.iterdir(), key=lambda each: each.name)
    ]


def other_pronouns(text: str) -> str:
    """He for she and the other way round, case kept; "her" becomes "his"."""
    other = {
        "he": "she",
        "she": "he",
        "him": "her",
        "his": "her",
        "her": "his",
        "himself": "herself",
        "herself": "himself",
    }

    def new(match: re.Match[str]) -> str:
        word = other[match[0].casefold()]
        return word.capitalize() if match[0][0].isupper() else word

    return re.sub(rf"\b(?:{'|'.join(other)})\b", new, text, flags=re.IGNORECASE)


def lived(  # noqa: PLR0913 - what may be other in a world
    folder: Path, names: Mapping[str, str], *, redactor: Redactor, title: str = "", they: bool = False,
    pairs: Collection[str] = (),
) -> Lived:  # fmt: skip
    """Ingest the sample with these people and draft every session; with ``pairs`` from the notes of these alone."""
    sample, engine = written(folder / "sample", names, title=title, they=they, pairs=pairs), Heard()
    overrides = Overrides(redactor=redactor, engine=engine, today=lambda: DAY)
    with bootstrap(Settings(home=folder / "home", engine="rules"), overrides=overrides) as copilot:
        results = list(intake.run(copilot, intake.prepare(copilot, [sample]), options=Options()))
        if problems := [each.problem for each in results if each.problem]:
            raise ValueError(f"{len(problems)} files were not read")
        return _judged(copilot, names, engine)


def _judged(copilot: Copilot, names: Mapping[str, str], engine: Heard) -> Lived:
    drafts, restored, lines, cards = (list[str]() for _ in range(4))
    for pair in copilot.programme().pairs:
        principal = copilot.principal(pair.id)
        draft = draft_for(copilot, Request(pair.id, DAY), principal=principal)
        reveal = copilot.reveal(pair.id, principal)
        bare = {key: value for key, value in draft.provenance.items() if key != "sources"}  # a digest of the raw files
        shape = rendered(replace(draft, provenance=bare), form="json", reveal=str)
        drafts.append(json.dumps(shape, ensure_ascii=False, sort_keys=True))
        restored.append(_ids(str(rendered(draft, form="text", reveal=reveal)), names))
        reader = copilot.record.reader(authorize(principal, ReadConversation, pair.id))
        lines += [str(line.text) for row in reader.documents() for line in reader.lines(row.id, 1, 10**6)]
        cards += [_shown(card, each.text) for each in lint_draft(draft) for card in each.cards]
    cards += [_shown(card, line) for line in lines for card in bias_cards(line)]
    flagged = [stalled(each, as_of=DAY) for each in known_histories(copilot, as_of=DAY, remark=lambda _: None)]
    flags = [_ids(json.dumps(as_json(each), ensure_ascii=False), names) for each in flagged if each is not None]
    every = (engine.prompts, lines, drafts, restored, flags, cards)
    return Lived(*(tuple(each) for each in every))


def _shown(card: BiasCard, text: str) -> str:
    """A card by its words, every pronoun alike: their lengths would move the offsets."""
    words = re.sub(r"(?i)\b(?:he|she|him|his|her|himself|herself)\b", "they", text[card.start : card.end])
    return f"{card.category} {card.entry} {words}"


def _ids(text: str, names: Mapping[str, str]) -> str:
    text = re.sub(r"\s+", " ", text)  # a longer name breaks lines elsewhere
    for person, name in names.items():
        text = text.replace(name, person)
    return text
