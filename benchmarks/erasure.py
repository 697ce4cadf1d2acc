"""Every pair and every person of the sample programme erased, each from a home of its own, and looked for afterwards.

The search that counts is not the product's: it reads every file as it is and every SQLite value, and looks for each
form of the programme file that nobody who stays has, and for each line of a pair's notes that no other pair has.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benchmarks.figures import Figure, Ratio, Share, show
from copilot.bootstrap import Copilot, Overrides, bootstrap
from copilot.composing import draft_for, rendered
from copilot.erasing import Target, erase
from copilot.ingest import Options
from copilot.intake import prepare, run
from copilot.programme import Person, Programme
from copilot.rendering.inert import markdown
from copilot.sample.build import build_sample
from copilot.settings import read_settings
from copilot.snapshot import Request
from copilot.stores.erasing import open_erasing
from guards.access import ReadConversation, authorize
from guards.redaction import Redactor
from guards.roster import ERASED
from knowledge.embedding import Embedder

_SHORTEST = 5
_DAY = date(2026, 10, 20)


@dataclass
class _Seen:
    """What was counted over all homes."""

    homes: int = 0
    certificates: int = 0
    values: int = 0
    size: int = 0
    finds: list[str] = field(default_factory=list[str])
    others: int = 0
    changed: int = 0


@dataclass(frozen=True)
class _State:
    """What compares of one pair."""

    record: tuple[object, ...]
    page: str


@dataclass(frozen=True)
class _Parts:
    redactor: Redactor
    embedder: Embedder | None
    programme: Programme


def figures(folder: Path | None = None) -> list[Figure]:
    """Erase each pair and person of the sample in ``folder`` (else a temporary one)."""
    with tempfile.TemporaryDirectory(dir=folder) as made:
        seen = _all(Path(made))
    return [
        Ratio("homes erased from", seen.homes, seen.homes),
        Share("certificates written", seen.certificates, seen.homes, least=1.0),
        Ratio("values searched for", seen.values, seen.values),
        Ratio("bytes searched", seen.size, seen.homes),
        Share("values found after erasing", len(seen.finds), seen.values, most=0.0),
        Share("other pairs changed", seen.changed, seen.others, most=0.0),
    ]


def _all(folder: Path) -> _Seen:
    home = folder / "home"
    with bootstrap(read_settings(home=home, engine="rules")) as copilot:
        intake = prepare(copilot, [build_sample(folder / "notes").folder])
        list(run(copilot, intake, options=Options()))
        programme = copilot.programme()
        parts = _Parts(copilot.redactor, copilot.embedder, programme)
        before = {pair.id: _state(copilot, pair.id) for pair in programme.pairs}
    seen = _Seen()
    targets = [Target("pair", each.id) for each in programme.pairs]
    targets += [Target("person", each.id) for each in programme.people]
    for target in targets:
        copy = folder / "copy"
        shutil.copytree(home, copy)
        _one(copy, target, parts, before, seen)
        shutil.rmtree(copy)
    return seen


def _one(home: Path, target: Target, parts: _Parts, before: dict[str, _State], seen: _Seen) -> None:
    programme = parts.programme
    values = _values_of(home, target, programme)
    with _opened(home, parts) as copilot:
        done = erase(copilot, target)
    seen.homes += 1
    seen.certificates += done.certificate is not None
    seen.values += len(values)
    texts = list(_texts(home, seen))
    seen.finds += [f"{target.kind} {target.id}" for value in values if any(value in text for text in texts)]
    person = programme.person(target.id) if target.kind == "person" else None
    with _opened(home, parts) as copilot:
        for pair in (each.id for each in programme.pairs if each.id != target.id):
            was, now = before[pair], _state(copilot, pair)
            page = was.page.replace(markdown(person.name), markdown(ERASED)) if person else was.page
            seen.others += 1
            seen.changed += (was.record, page) != (now.record, now.page)


def _opened(home: Path, parts: _Parts) -> Copilot:
    overrides = Overrides(redactor=parts.redactor, embedder=parts.embedder)
    return bootstrap(read_settings(home=home, engine="rules"), overrides=overrides)


def _state(copilot: Copilot, pair: str) -> _State:
    """What the record holds of a pair and its page for a day; an erased name shows as such and changes nothing else."""
    principal = copilot.principal(pair)
    reader = copilot.record.reader(authorize(principal, ReadConversation, pair))
    record = (reader.documents(), reader.all_passages(), reader.mentions(), reader.decisions())
    draft = draft_for(copilot, Request(pair, _DAY), principal=principal)
    return _State(record, str(rendered(draft, form="md", reveal=copilot.reveal(pair, principal))))


def _values_of(home: Path, target: Target, programme: Programme) -> list[str]:
    """Forms that nobody who stays has; of a pair, lines of its notes that no other pair has."""
    if target.kind == "person":
        rest = " ".join(form for each in programme.people if each.id != target.id for form in _forms(each))
        forms = [form for each in programme.people if each.id == target.id for form in _forms(each)]
        return [form for form in forms if len(form) >= _SHORTEST and form not in rest]
    with open_erasing(home / "record.db") as store:
        rest = "\n".join(text for pair in store.pairs() if pair != target.id for text in store.texts(pair))
        lines = {line.strip() for text in store.texts(target.id) for line in text.splitlines()}
    plain = (line for line in sorted(lines) if len(line) >= 30 and '"' not in line and "\\" not in line)
    return [line for line in plain if line not in rest]


def _forms(person: Person) -> list[str]:
    return [person.name, *person.also, *(word for word in person.name.split() if word != "Will")]


def _texts(home: Path, seen: _Seen) -> Iterator[str]:
    for path in (each for each in home.rglob("*") if each.is_file()):
        data = path.read_bytes()
        seen.size += len(data)
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield data.decode(encoding, errors="ignore")
        if path.suffix in {".db", ".sqlite3"}:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
                yield "\n".join(database.iterdump())


def main(arguments: Sequence[str]) -> int:
    """Print the figures; ``--json`` as one document. Exit status 1 if one is not as wanted."""
    found = figures()
    if "--json" in arguments:
        print(json.dumps([{"name": each.name, "line": each.line(), "met": each.met} for each in found]))
        return 0
    return 0 if show("Forgetting", found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
