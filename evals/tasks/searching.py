"""Search within a pair, through the retriever that ``coach search`` uses: what people look for, in other words.

Two pairs of one home; each search is asked in its own pair, and once more in the other, where it may find no passage.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel, ConfigDict

from copilot.bootstrap import Copilot, bootstrap
from copilot.finding_view import view_of
from copilot.ingest import Options as Ingesting
from copilot.intake import prepare, run
from copilot.settings import read_settings
from evals.case import SetCard, case_file
from evals.results import Row
from evals.scorers import findings
from evals.tasks.row import row_of
from evals.tasks.task import Options, taken
from guards.text import RawText

_K: Final = 10
_ROLES: Final = {"mentor": "mentor_coach", "mentee": "mentee"}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Section(_Part):
    """A section of a note; ``mark`` stands in its text and in no other, ``asks`` are searches that it answers."""

    mark: str
    title: str
    text: str
    asks: tuple[str, ...]


class Talk(_Part):
    """A pair with its notes by day."""

    people: Mapping[str, str]
    notes: Mapping[date, tuple[Section, ...]]


class Held(_Part):
    """A passage that is held back, words of it, and searches that would find it."""

    pair: str
    note: date
    text: str
    words: str
    asks: tuple[str, ...]


class Searches(_Part):
    """The whole file."""

    pairs: Mapping[str, Talk]
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One search, and the texts that were found, best first."""

    query: str
    pair: str
    texts: tuple[str, ...]


def search_rows(card: SetCard, options: Options) -> Iterator[Row]:
    """Each search in its own pair, in the other one, and those that must find nothing held back."""
    whole = Searches.model_validate(yaml.safe_load(case_file(card).read_text("utf-8")))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _write(root / "notes", whole)
        with bootstrap(read_settings(home=root / "home", engine="rules")) as copilot:
            began = time.perf_counter()
            done = list(run(copilot, prepare(copilot, [root / "notes"]), options=Ingesting()))
            options.tell("ingest", {"ingest": time.perf_counter() - began})
            refused = sum(bool(each.problem) for each in done)
            for row in _rows(card, whole, copilot, options):
                yield row.model_copy(update={"error": f"{refused} files refused"}) if refused else row


def _rows(card: SetCard, whole: Searches, copilot: Copilot, options: Options) -> Iterator[Row]:
    sections = [(pair, each) for pair, talk in whole.pairs.items() for note in talk.notes.values() for each in note]
    for pair, section in taken(sections, card, options):
        others = [name for name in whole.pairs if name != pair]
        for number, query in enumerate(section.asks):
            asked = ask(copilot, pair, query, options)
            yield from _found(card, section, asked, f"{section.mark}/{number}", _marks(whole, others))
            for other in others:
                elsewhere = ask(copilot, other, query, options)
                mine = _marks(whole, [name for name in whole.pairs if name != other])
                score = findings.nothing_foreign(texts=elsewhere.texts, marks=mine)
                yield _row(card, "nothing_foreign", f"{section.mark}/{number}/{other}", score, elsewhere, "")
    for number, each in enumerate(whole.held):
        for at, query in enumerate(each.asks):
            asked = ask(copilot, each.pair, query, options)
            score = findings.held_not_found(texts=asked.texts, words=each.words)
            yield _row(card, "held_not_found", f"held{number}/{at}", score, asked, "nothing")


def _found(card: SetCard, section: Section, asked: Asked, unit: str, foreign: Sequence[str]) -> Iterator[Row]:
    ranks = [at for at, text in enumerate(asked.texts, 1) if section.mark in text]
    for name, score in (
        ("recall_at_5", findings.recall_at_5(ranks=ranks, relevant=1)),
        ("ndcg_at_10", findings.ndcg_at_10(ranks=ranks, relevant=1)),
        ("nothing_foreign", findings.nothing_foreign(texts=asked.texts, marks=foreign)),
    ):
        yield _row(card, name, unit, score, asked, section.mark)


def _row(  # noqa: PLR0913, PLR0917 - a row's fields
    card: SetCard, name: str, unit: str, score: Any, asked: Asked, wanted: str
) -> Row:
    return row_of(card, name, unit, score, style=asked.pair, text=asked.query, wanted=wanted,
                  got=" | ".join(" ".join(each.split())[:70] for each in asked.texts[:5]) or "nothing")  # fmt: skip


def ask(copilot: Copilot, pair: str, query: str, options: Options) -> Asked:
    """What the mentor coach of a pair finds."""
    began = time.perf_counter()
    grant, reveal = view_of(copilot, pair, copilot.viewer(pair, "mentor_coach"))
    with copilot.record.vaults.open(pair) as vault:
        masked = copilot.redactor.redact([RawText(query)], vault=vault)[0].text
    reader = copilot.record.reader(grant)
    hits = copilot.retriever.search(reader, masked, _K, grant=grant, opted_in=copilot.opted_in(pair)).hits
    options.tell(query, {"search": time.perf_counter() - began})
    return Asked(query, pair, tuple(str(reveal(hit.passage.text)) for hit in hits))


def _marks(whole: Searches, pairs: Sequence[str]) -> list[str]:
    return [each.mark for pair in pairs for note in whole.pairs[pair].notes.values() for each in note]


def _write(folder: Path, whole: Searches) -> None:
    people: list[dict[str, Any]] = []
    pairs: list[dict[str, Any]] = []
    first = min(day for talk in whole.pairs.values() for day in talk.notes).isoformat()
    for pair, talk in whole.pairs.items():
        people += [
            {"id": f"{pair}-{role}", "name": name, "roles": [_ROLES[role]]} for role, name in talk.people.items()
        ]
        signed = {"coach_charter": first, "data_access": first}
        pairs.append({"id": pair, "mentor": f"{pair}-mentor", "mentee": f"{pair}-mentee", "signed": signed})
        (folder / pair).mkdir(parents=True)
        for day, note in talk.notes.items():
            parts = [f"# Session note\n\nDate: {day}\n"]
            parts += [f"## {each.title}\n\n{each.text}\n" for each in note]
            parts += [f"## Aside\n\n{each.text}\n" for each in whole.held if (each.pair, each.note) == (pair, day)]
            (folder / pair / f"{day}-note.md").write_text("\n".join(parts), "utf-8")
    head = {"id": "search", "name": "Search", "start": first}
    (folder / "programme.yaml").write_text(
        yaml.safe_dump({"programme": head, "people": people, "pairs": pairs}), "utf-8"
    )
