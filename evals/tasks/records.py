"""Labelled records run as production runs them: files on disk, ``ingest``, the record, the ledger, the session prep.

Cases that share a roster become pairs of one programme in one temporary home. Judges nothing; the scorers do.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import yaml

from copilot.bootstrap import Copilot, Overrides, bootstrap
from copilot.composing import draft_for, rendered
from copilot.engines.protocol import Engine
from copilot.errors import CopilotError, ModelUnavailable
from copilot.ingest import Options, Outcome, ingest
from copilot.intake import ingest_parts, prepare
from copilot.ledger import fold
from copilot.mentions import Mention, MentionKind
from copilot.settings import read_settings
from copilot.snapshot import Request
from evals.case import DraftingCase, Person
from evals.outcomes import Outcomes, Seen
from guards.access import ReadConversation, authorize
from guards.errors import GuardError
from guards.redaction import Redactor
from guards.text import RawText
from knowledge.documents import document_id
from knowledge.errors import KnowledgeError
from knowledge.reading import SUFFIXES, FoundFile

_ROLES: Final = (("mentee", "mentee"), ("mentor", "mentor_coach"), ("coach", "mentor_coach"), ("sponsor", "sponsor"))
_REFUSALS: Final = (CopilotError, GuardError, KnowledgeError)


def run_cases(cases: Sequence[DraftingCase], *, engine: str = "rules", pages: bool = False) -> Iterator[Outcomes]:
    """Every case through ``ingest`` and ``fold``, by an engine and the real redactor; with ``pages`` its prep too.

    Without pages nothing is embedded, as nothing is searched. A case that production refuses has its ``error``; so has
    one in which another engine served, or the model answered nothing: rules would be scored under its name.
    """
    groups: dict[tuple[Person, ...], list[DraftingCase]] = {}
    for case in cases:
        groups.setdefault(case.roster, []).append(case)
    redactor: Redactor | None = None
    for group in groups.values():
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            settings = read_settings(home=root / "home", engine=engine)
            with bootstrap(settings, overrides=Overrides(redactor=redactor)) as copilot:
                redactor = copilot.redactor
                _write_programme(root / "notes", group)
                prepare(copilot, [root / "notes"])
                for number, case in enumerate(group):
                    try:
                        place = root / "notes" / f"case-{number}"
                        yield _run(copilot, case, place, engine=engine, pages=pages)
                    except _REFUSALS as error:
                        yield Outcomes(case, error=f"{type(error).__name__}: {error}")


def _role(person: Person) -> str:
    said = person.role.lower()
    return next((role for word, role in _ROLES if word in said), "other")


def _write_programme(folder: Path, group: Sequence[DraftingCase]) -> None:
    roster = group[0].roster
    ids = [each.id for each in roster]
    by_role = {_role(each): each.id for each in reversed(roster)}
    mentor = by_role.get("mentor_coach", ids[0])
    mentee = by_role.get("mentee", next((each for each in ids if each != mentor), ids[0]))
    earliest = min(doc.date for case in group for doc in case.documents)
    signed = {"coach_charter": earliest.isoformat(), "data_access": earliest.isoformat()}
    pair = {"mentor": mentor, "mentee": mentee, "sponsor": by_role.get("sponsor")}
    people = [{"id": each.id, "name": each.name, "also": list(each.also), "roles": [_role(each)]} for each in roster]
    programme = {
        "programme": {"id": "cases", "name": "Cases", "start": earliest.isoformat()},
        "people": people,
        "pairs": [{"id": f"case-{number}", **pair, "signed": dict(signed)} for number in range(len(group))],
    }
    folder.mkdir(parents=True)
    (folder / "programme.yaml").write_text(yaml.safe_dump(programme, allow_unicode=True), encoding="utf-8")


def _run(copilot: Copilot, case: DraftingCase, folder: Path, *, engine: str, pages: bool) -> Outcomes:
    pair = folder.name
    folder.mkdir()
    serving = _serving(copilot, pair, engine)
    before = serving.usage()
    whole = ingest_parts(copilot)
    parts = whole if pages else replace(whole, embedder=None, index=None)
    names: dict[str, str] = {}
    refused = 0
    began = time.perf_counter()
    for doc in case.documents:
        name = doc.name if Path(doc.name).suffix.lower() in SUFFIXES else f"{doc.name}.md"
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(doc.text, encoding="utf-8")
        names[document_id(pair, RawText(name))] = doc.name
        results = ingest([FoundFile(path, folder)], parts=parts, options=Options(pair=pair, day=doc.date))
        refused += sum(each.outcome is Outcome.FAILED for each in results)
    read = time.perf_counter()
    found = _read(copilot, case, pair, names)
    page = _page(copilot, case, pair) if pages else None
    if missed := (serving.usage() - before).unreachable:  # an answer that stays invalid is production's, and is scored
        raise ModelUnavailable(f"{missed} tasks of this case found no model, rules stood in; see that {engine} answers")
    seconds = {"ingest": read - began, **({"prep": time.perf_counter() - read} if pages else {})}
    return replace(found, refused=refused, page=page, seconds=seconds)


def _serving(copilot: Copilot, pair: str, engine: str) -> Engine:
    """The pair's engine.

    Raises:
        ModelUnavailable: another engine would serve than the one that is to be scored.
    """
    serving = copilot.engine(pair)
    if serving.name != engine:
        raise ModelUnavailable(f"{serving.name} would serve where {engine} is to be scored: see coach model status")
    return serving


def _page(copilot: Copilot, case: DraftingCase, pair: str) -> Mapping[str, object]:
    known = copilot.programme().pair(pair)
    coach = copilot.person(known.mentor) if known else copilot.principal(pair)
    draft = draft_for(copilot, Request(pair=pair, day=case.as_of), principal=coach)
    shape = rendered(draft, form="json", reveal=copilot.reveal(pair, coach))
    return shape if isinstance(shape, dict) else {}


def _read(copilot: Copilot, case: DraftingCase, pair: str, names: Mapping[str, str]) -> Outcomes:
    principal = copilot.principal(pair)
    mentee = copilot.programme().pair(pair)
    grant = authorize(copilot.person(mentee.mentee) if mentee else principal, ReadConversation, pair)
    reader = copilot.record.reader(grant)
    shown = copilot.reveal(pair, copilot.person(mentee.mentee) if mentee else principal)
    mentions = reader.mentions()
    folded = fold(mentions, reader.decisions(), reader.sessions(), as_of=case.as_of)
    seen = tuple(
        Seen(each, shown(each.action), tuple((names[c.document], c.first, c.last) for c in each.citations))
        for each in folded
    )
    unparsed = tuple(_place(each, names) for each in mentions if each.kind is MentionKind.UNPARSED)
    held = tuple((names[each.document], each.first, each.last) for each in reader.all_passages() if each.held)
    return Outcomes(case, seen, unparsed, held=held)


def _place(mention: Mention, names: Mapping[str, str]) -> tuple[str, int, int]:
    return names[mention.citation.document], mention.citation.first, mention.citation.last
