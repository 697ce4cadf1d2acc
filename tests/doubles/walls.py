"""A home with a canary in every lane, document kind and place of a text, and every way there is to read it.

Shared by the exhaustive test and by ``benchmarks/walls.py``. Canaries are unlike any word, so a byte search finds them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from click.testing import CliRunner

from copilot.bootstrap import Copilot, Overrides, bootstrap
from copilot.cli.main import coach
from copilot.cli.output import Run
from copilot.composing import draft_for
from copilot.flags.flag import FlagKind
from copilot.gates import PAPERS
from copilot.mentions import Decision, DecisionKind, Mention, MentionKind, ReadBy
from copilot.programme import Escalation, Pair, Person, Programme
from copilot.reviewing import enqueue
from copilot.snapshot import Request
from guards.access import (
    Grant,
    Lane,
    Permission,
    PreviewWall,
    Principal,
    ReadCommitments,
    ReadConversation,
    ReadProgramme,
    Role,
    WriteNotes,
    authorize,
)
from guards.consent import ConsentWord, Purpose
from guards.errors import NotPermitted
from guards.text import mint_redacted
from knowledge.passages import Citation, DocumentKind, Passage, RedactedDocument, RedactedLine
from tests.copilot.extraction.reading_cases import SilentEngine
from tests.doubles.finding import HashEmbedder
from tests.doubles.redaction import RosterRedactor
from tests.doubles.reviews import finding

DAY = date(2026, 9, 14)
PLACES = ("text", "heading", "speaker", "filename", "ticket", "held", "committed", "shared")
NOBODY = "cem"
"""Coach of another pair, nothing to this one."""
VIEWERS = (*(role.value for role in Role), NOBODY)
PERSON_OF = {"mentor_coach": "ada", "mentee": "ben", "sponsor": "sam", NOBODY: NOBODY}
"""Who holds a role in pair ``p``; roles at large are held by ``x-`` and the role."""
STATES = ("open", "no papers", "mentee withdrew", "coach withdrew")
PEOPLE = (
    Person("ada", "Ada Nwosu", roles=frozenset({Role.MENTOR_COACH})),
    Person("ben", "Ben Ode", roles=frozenset({Role.MENTEE})),
    Person("sam", "Sam Reyes", roles=frozenset({Role.SPONSOR})),
    *(Person(f"x-{role.value}", f"Person {role.value}", roles=frozenset({role})) for role in Role if role in
      {Role.PEER_MENTOR, Role.REVERSE_MENTOR, Role.LND, Role.OTHER}),
    Person("cem", "Cem Aksoy", roles=frozenset({Role.MENTOR_COACH})),
)  # fmt: skip


def canary(lane: Lane, kind: DocumentKind, place: str) -> str:
    """One word that stands in one place of one document."""
    return "zq" + hashlib.sha256(f"{lane}{kind}{place}".encode()).hexdigest()[:10]


def planted() -> Iterator[tuple[Lane, DocumentKind, str]]:
    """Every class of canary."""
    yield from ((lane, kind, place) for lane in Lane for kind in DocumentKind for place in PLACES)


@dataclass(frozen=True, slots=True)
class WallRun(Run):
    """The global options of a call, with doubles for the slow parts."""

    def copilot(self, **changes: object) -> Copilot:
        doubles = Overrides(redactor=RosterRedactor(), engine=SilentEngine(), embedder=HashEmbedder())
        return bootstrap(self.settings(**changes), overrides=doubles)


def home(folder: Path) -> WallRun:
    """An open home, with every canary planted in pair ``p``."""
    run = WallRun(home=folder / "home")
    with run.copilot() as copilot:
        copilot.record.programmes.save(_programme(signed=True))
        for lane in Lane:
            for kind in DocumentKind:
                _plant(copilot, lane, kind)
        for who in ("ada", "ben"):
            copilot.record.consents.append(ConsentWord(who, Purpose.PROGRAMME_REVIEW, True, datetime.now(UTC)))
        today = datetime.now(UTC).date()
        said_so = mint_redacted(canary(Lane.CONVERSATION, DocumentKind.NOTE, "text"))
        enqueue(copilot, [replace(finding("own-card", FlagKind.TICKBOX, pair="p", day=today), evidence=(said_so,)),
                          finding("process-card", pair="p", day=today)])  # fmt: skip
    return run


def _programme(*, signed: bool) -> Programme:
    papers = tuple((each, DAY) for each in (*PAPERS, "mentor_agreement")) if signed else ()
    rules = Escalation(authority=True, to="sam", after_days=1)
    pairs = (Pair("p", "ada", "ben", "sam", signed=papers, escalation=rules), Pair("q", "cem", "ada", signed=papers))
    return Programme("d", "Demo", DAY, 12, 7, "session-60", PEOPLE, pairs)


def bring_to(run: WallRun, state: str) -> None:
    """Close the home as the state says; what was made before stays in it."""
    with run.copilot() as copilot:
        copilot.record.programmes.save(_programme(signed=state != "no papers"))
        for who in ("ben", "ada"):
            given = {"mentee withdrew": "ben", "coach withdrew": "ada"}.get(state) != who
            copilot.record.consents.append(ConsentWord(who, Purpose.SESSION_PREP, given, datetime.now(UTC)))


def _plant(copilot: Copilot, lane: Lane, kind: DocumentKind) -> None:
    def word(place: str) -> str:
        return canary(lane, kind, place)

    texts = (
        f"# Notes {word('heading')}", f"{word('speaker')}: the rollback plan {word('text')} holds",
        f"A worry between us {word('held')}", f"Label the {word('committed')} sheet",
        f"Ship the {word('shared')} report. Ticket {word('ticket')}-7",
    )  # fmt: skip
    lines = tuple(RedactedLine(mint_redacted(text), n, n) for n, text in enumerate(texts, 1))
    name = mint_redacted(f"{word('filename')}.md")
    note = RedactedDocument(f"{lane}-{kind}", "v1", "p", lane, kind, DAY, name, lines)
    passages = [
        Passage(f"{note.id}-{line.first}", note.id, "v1", "p", lane, DAY, name, line.first, line.last, line.text,
                heading=lines[0].text, speaker=mint_redacted(word("speaker")),
                held="off the record" if line.first == 3 else "")
        for line in lines
    ]  # fmt: skip
    first = Mention(
        f"{note.id}-m4", "p", MentionKind.COMMITMENT, mint_redacted(texts[3]), DAY,
        Citation(note.id, name, 4, 4, lines[3].text), ReadBy.TEMPLATE, owner="ben", due=DAY,
    )  # fmt: skip
    second = replace(first, id=f"{note.id}-m5", text=mint_redacted(f"Ship the {word('shared')} report"),
                     citation=Citation(note.id, name, 5, 5, lines[4].text), ticket=f"{word('ticket')}-7")  # fmt: skip
    decided = replace(first, id=f"{note.id}-m2", kind=MentionKind.OPEN_DECISION, owner=None, due=None,
                      text=lines[1].text, citation=Citation(note.id, name, 2, 2, lines[1].text))  # fmt: skip
    blocked = replace(decided, id=f"{note.id}-m6", kind=MentionKind.BLOCKER)
    writer = copilot.record.writer(authorize(copilot.principal("p", Role.MENTEE), WriteNotes, "p"))
    writer.put_document(note, passages)
    writer.put_mentions(note.id, "v1", (first, second, decided, blocked))
    for kind_ in (DecisionKind.CONFIRM, DecisionKind.SHARE):
        at = datetime(2026, 9, 14, 10, tzinfo=UTC)
        writer.append_decision(Decision(f"{note.id}-{kind_}", "p", second.id, kind_, "ben", at, DAY))
    index, embedder = copilot.index, copilot.embedder
    assert index is not None
    assert embedder is not None
    shown = [each for each in passages if not each.held]
    index.add("p", [each.id for each in shown], embedder.embed([each.text for each in shown], pair="p"), lane=lane)


def allowed(role: str, state: str, lane: Lane, place: str) -> bool:
    """Whether a role may see a canary on its own views, written from the rules and not from the code's tables."""
    if place == "held":
        return False
    closed = {"mentor_coach": {"no papers", "mentee withdrew"}, "mentee": {"coach withdrew"}}.get(role)
    if closed is not None and state not in closed:
        return True
    if role == "mentee" and place in {"committed", "shared", "ticket"}:
        return True  # what they owe themselves
    if role == "sponsor" and place in {"shared", "ticket"}:
        return True
    return role != NOBODY and lane is Lane.PROGRAMME


def said(run: Run, *arguments: str) -> str:
    """Everything a command says, on both streams, its refusal included."""
    result = CliRunner().invoke(coach.commands[arguments[0]], arguments[1:], obj=run)
    extra = "" if result.exception is None else f"{type(result.exception).__name__}: {result.exception}"
    return f"{result.stdout}{result.stderr}{extra}"


def readings(run: WallRun, role: str, folder: Path, drafts: tuple[str, ...]) -> Mapping[str, str]:
    """What a role gets by every way of reading. The words asked for are in every note, never a canary."""
    asked = ("search", "p", "rollback plan sheet report notes", "--limit", "50", "--as", role)
    found = {f"search{flag}": said(run, *asked, *flag) for flag in ((), ("--json",))}
    for form in ("text", "md", "json", "docx", "ics"):
        out = folder / f"{role}.{form}"
        out.unlink(missing_ok=True)  # a page of an earlier state is no reading of this one
        told = said(run, "prep", "p", "--as", role, "--date", "2026-09-21", "--format", form, "--out", str(out))
        found[f"prep {form}"] = told + (_file(out) if out.exists() else "")
    for flag in ((), ("--json",), ("--all",), ("--all", "--json")):
        found[f"commitments{flag}"] = said(run, "commitments", "p", "--as", role, *flag)
    found["criteria"] = said(run, "criteria", "p", "--as", role, "--date", "2026-09-21", "--json")
    found["criteria page"] = said(run, "criteria", "p", "--as", role)
    for form in ("text", "mermaid", "csv", "json"):
        found[f"trace {form}"] = said(run, "trace", "p", "--as", role, "--format", form)
    for form in ("jira", "github", "ics", "csv"):
        found[f"export {form}"] = said(run, "export", "p", "--as", role, "--format", form, "--all")
    found.update(_newer(run, role))
    found["wall"] = said(run, "wall", "preview", "p", "--as", "mentee", "--by", role)
    found["wall json"] = said(run, "wall", "preview", "p", "--as", "sponsor", "--by", role, "--json")
    found["error"] = said(run, "commit", "done", "ffffffff", "--as", role)
    for draft in drafts:
        for item in ("1.1", "2.1", "3.1", "5.1", "5.2", "c1"):
            found[f"why {draft} {item}"] = said(run, "why", draft, item, "--as", role)
    with run.copilot() as copilot:
        found.update(_readers(copilot, copilot.viewer("p", role)))
    return found


def _newer(run: WallRun, role: str) -> Iterator[tuple[str, str]]:
    """Papers, flags, the review queue and the audit log."""
    for kind in ("note", "escalation", "evidence", "sponsor", "blockers"):
        for form in ("text", "md", "json"):
            yield f"draft {kind} {form}", said(run, "draft", kind, "p", "--as", role, "--format", form)
    person = PERSON_OF.get(role, f"x-{role}")
    yield "flags", said(run, "flags", "--as-of", "2026-11-20", "--as", person, "--json")
    for command in (("review", "list"), ("review", "list", "--json"), ("audit", "show", "--json")):
        yield " ".join(command), said(run, *command, "--as", person)


def _grant(who: Principal, permission: type[Permission]) -> Grant[ReadConversation] | Grant[ReadProgramme]:
    if permission is ReadConversation:
        return authorize(who, ReadConversation, "p")
    return authorize(who, ReadProgramme, "p")


def _readers(copilot: Copilot, who: Principal) -> Iterator[tuple[str, str]]:
    """Past the command line: every method of every reader that a grant opens, the search, the drafting itself."""
    ids = [f"{lane}-{kind}-{n}" for lane in Lane for kind in DocumentKind for n in range(6)]
    query, record = mint_redacted("rollback plan sheet report notes"), copilot.record
    for permission in (ReadConversation, ReadProgramme):
        with suppress(NotPermitted):
            grant = _grant(who, permission)
            reader = record.reader(grant)
            yield f"retriever {permission.__name__}", repr(copilot.retriever.search(reader, query, 99, grant=grant))
            passages = [each for each in reader.all_passages() if permission is ReadProgramme or not each.held]
            yield f"reader {permission.__name__}", repr((reader.documents(), passages, reader.mentions()))
            if permission is ReadProgramme:
                yield "lines", repr([reader.lines(f"{a}-{b}", 1, 99) for a in Lane for b in DocumentKind])
                yield "rest", repr((reader.decisions(), reader.sessions(), reader.draft("d")))
                yield (
                    "by id",
                    repr(reader.passages(ids)),
                )
    with suppress(NotPermitted):
        ledger = record.ledger_reader(authorize(who, ReadCommitments, "p"))
        yield "ledger", repr((ledger.mentions(), ledger.decisions(), ledger.all_passages(), ledger.documents()))
    with suppress(NotPermitted):
        yield "sources", repr(record.sources(authorize(who, PreviewWall, "p")))
    try:
        yield "draft", repr(draft_for(copilot, Request("p", date(2026, 9, 21)), principal=who))
    except NotPermitted as error:
        yield "draft refused", str(error)


def stored_vectors(run: WallRun) -> bytes:
    """Every byte of the vector index: ids, names of collections, files."""
    assert run.home is not None
    return b"".join(each.read_bytes() for each in sorted((run.home / "vectors").rglob("*")) if each.is_file())


def checked(folder: Path) -> Iterator[tuple[str, str, str, bool, bool]]:
    """``(state, role, where, canary seen, canary allowed)`` for every state, role, reading and canary."""
    run = home(folder)
    drafts = made_drafts(run)
    for state in STATES:
        bring_to(run, state)
        for role in VIEWERS:
            for where, text in readings(run, role, folder, drafts).items():
                for lane, kind, place in planted():
                    yield state, role, where, canary(lane, kind, place) in text, allowed(role, state, lane, place)


def _file(path: Path) -> str:
    if path.suffix != ".docx":
        return path.read_text("utf-8")
    import zipfile

    with zipfile.ZipFile(path) as parts:
        return " ".join(parts.read(each).decode("utf-8", "replace") for each in parts.namelist())


def made_drafts(run: WallRun) -> tuple[str, ...]:
    """Drafts made by each of the pair before anything was closed."""
    made: list[str] = []
    for role in ("mentor_coach", "mentee"):
        told = said(run, "prep", "p", "--as", role, "--date", "2026-09-21", "--json")
        made.append(str(json.loads(told)["draft"]))
    return tuple(dict.fromkeys(made))
