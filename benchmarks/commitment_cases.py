"""Labelled cases of commitments, run as production runs them: files on disk, ``ingest``, the record, the ledger.

Cases that share a roster become pairs of one programme in one temporary home. Judges nothing;
``commitments_held_out.py`` does.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import yaml

from copilot.bootstrap import Copilot, Overrides, bootstrap
from copilot.ingest import Options, Outcome, ingest
from copilot.intake import ingest_parts, prepare
from copilot.ledger import fold
from copilot.mentions import Commitment, Mention, MentionKind
from copilot.settings import read_settings
from guards.access import ReadConversation, authorize
from guards.redaction import Redactor
from guards.text import RawText
from knowledge.documents import document_id
from knowledge.reading import SUFFIXES, FoundFile

_ROLES = (("mentee", "mentee"), ("mentor", "mentor_coach"), ("coach", "mentor_coach"), ("sponsor", "sponsor"))

Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """One commitment of the ledger with names put back. ``places`` are (document, first line, last line), as cited."""

    of: Commitment
    action: str
    places: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What production made of one case. ``unparsed`` are the places of lines it shows as not understood."""

    case: Case
    seen: tuple[Seen, ...]
    unparsed: tuple[tuple[str, int, int], ...]
    refused: int = 0
    held: tuple[tuple[str, int, int], ...] = ()
    """Lines held back as sensitive, off the record or an order to a machine: nothing is read there."""


def load(path: Path) -> list[Case]:
    """The cases of a file: a list, or a mapping that holds one under ``cases``."""
    read: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    cases = cast("list[dict[str, Any]]", read["cases"] if isinstance(read, dict) else read)
    return [_by_name(each) for each in cases]


def _by_name(case: dict[str, Any]) -> Case:
    """A label names its document, or counts it from 1 in the order of the case."""
    names = [str(each["name"]) for each in case["documents"]]
    made = dict(case)
    for key in ("expect", "optional"):
        rows = cast("list[dict[str, Any]]", case.get(key) or [])
        made[key] = [_named(each, names) for each in rows]
    return made


def _named(label: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    said: Any = label["document"]
    return {**label, "document": names[said - 1] if isinstance(said, int) else said}


def run_cases(cases: Sequence[Case]) -> Iterator[Outcomes]:
    """Every case through ``ingest`` and ``fold``, by the rules engine and the real redactor."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        groups.setdefault(json.dumps(case["roster"], sort_keys=True, default=str), []).append(case)
    redactor: Redactor | None = None
    for group in groups.values():
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            settings = read_settings(home=root / "home", engine="rules")
            with bootstrap(settings, overrides=Overrides(redactor=redactor)) as copilot:
                redactor = copilot.redactor
                _write_programme(root / "notes", group)
                prepare(copilot, [root / "notes"])
                for number, case in enumerate(group):
                    yield _run(copilot, case, f"case-{number}", root / "notes" / f"case-{number}")


def _role(person: Mapping[str, Any]) -> str:
    said = str(person.get("role") or "").lower()
    return next((role for word, role in _ROLES if word in said), "other")


def _write_programme(folder: Path, group: Sequence[Case]) -> None:
    roster = group[0]["roster"]
    ids = [each["id"] for each in roster]
    by_role = {_role(each): each["id"] for each in reversed(roster)}
    mentor = by_role.get("mentor_coach", ids[0])
    mentee = by_role.get("mentee", next((each for each in ids if each != mentor), ids[0]))
    pair = {"mentor": mentor, "mentee": mentee, "sponsor": by_role.get("sponsor")}
    earliest = min(_day(doc["date"]) for case in group for doc in case["documents"])
    people = [
        {"id": each["id"], "name": each["name"], "also": list(each.get("also") or []), "roles": [_role(each)]}
        for each in roster
    ]
    programme = {
        "programme": {"id": "cases", "name": "Cases", "start": earliest.isoformat()},
        "people": people,
        "pairs": [{"id": f"case-{number}", **pair} for number in range(len(group))],
    }
    folder.mkdir(parents=True)
    (folder / "programme.yaml").write_text(yaml.safe_dump(programme, allow_unicode=True), encoding="utf-8")


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _run(copilot: Copilot, case: Case, pair: str, folder: Path) -> Outcomes:
    folder.mkdir()
    parts = replace(ingest_parts(copilot), embedder=None, index=None)
    names: dict[str, str] = {}
    refused = 0
    for doc in case["documents"]:
        said = str(doc["name"])
        name = said if Path(said).suffix.lower() in SUFFIXES else f"{said}.md"
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(doc["text"], encoding="utf-8")
        names[document_id(pair, RawText(name))] = said
        results = ingest([FoundFile(path, folder)], parts=parts, options=Options(pair=pair, day=_day(doc["date"])))
        refused += sum(each.outcome is Outcome.FAILED for each in results)
    return replace(_read(copilot, case, pair, names), refused=refused)


def _read(copilot: Copilot, case: Case, pair: str, names: Mapping[str, str]) -> Outcomes:
    principal = copilot.principal(pair)
    mentee = copilot.programme().pair(pair)
    grant = authorize(copilot.person(mentee.mentee) if mentee else principal, ReadConversation, pair)
    reader = copilot.record.reader(grant)
    shown = copilot.reveal(pair, copilot.person(mentee.mentee) if mentee else principal)
    mentions = reader.mentions()
    folded = fold(mentions, reader.decisions(), reader.sessions(), as_of=_day(case["as_of"]))
    seen = tuple(
        Seen(each, shown(each.action), tuple((names[c.document], c.first, c.last) for c in each.citations))
        for each in folded
    )
    unparsed = tuple(_place(each, names) for each in mentions if each.kind is MentionKind.UNPARSED)
    held = tuple((names[each.document], each.first, each.last) for each in reader.all_passages() if each.held)
    return Outcomes(case, seen, unparsed, held=held)


def _place(mention: Mention, names: Mapping[str, str]) -> tuple[str, int, int]:
    return names[mention.citation.document], mention.citation.first, mention.citation.last
