"""The sample programme, read as production reads it, against what a careful human reader wrote down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from copilot.extraction import PeopleView, read_mentions
from copilot.ledger import fold
from copilot.mentions import Commitment, CommitmentStatus, Mention, MentionKind, ReadBy
from copilot.programme import Programme, SessionRecord, SessionStatus
from copilot.programme_file import load_programme
from copilot.sample.build import build_sample
from guards.access import Lane
from knowledge.chunking import chunk
from knowledge.documents import redact_document
from knowledge.note_template import parse_note
from knowledge.reading import read_document
from tests.copilot.extraction.reading_cases import SilentEngine
from tests.doubles.redaction import MemoryVault, RosterRedactor

PAIRS = ("ada-ben", "kwabena-priya", "yusuf-linh")


@dataclass(frozen=True)
class Read:
    """What was read of one pair, and the ledger on the day of its next session."""

    mentions: tuple[Mention, ...]
    ledger: tuple[Commitment, ...]
    vault: MemoryVault

    def of(self, kind: MentionKind) -> list[Mention]:
        return [each for each in self.mentions if each.kind is kind]

    def shown(self, text: str) -> str:
        """Placeholders as roster ids, so that a row of the file can be looked for."""
        for number in range(9, 0, -1):
            mark = f"<PERSON_{number}>"
            text = text.replace(mark, self.vault.person_of(mark) or mark)
        return text.casefold()


def _expected() -> dict[str, Any]:
    return yaml.safe_load(files("copilot.sample").joinpath("expected.yaml").read_text(encoding="utf-8"))


@cache
def read(pair_id: str) -> Read:
    with TemporaryDirectory() as where:
        sample = build_sample(Path(where))
        programme = load_programme(sample.programme).programme
        return _read(pair_id, programme, dict(sample.notes)[pair_id], sample.folder)


def _read(pair_id: str, programme: Programme, notes: Path, root: Path) -> Read:
    pair = programme.pair(pair_id)
    assert pair is not None
    vault = MemoryVault(pair_id, programme.roster())
    people = PeopleView(vault.person_of, pair.mentor, pair.mentee, pair.sponsor)
    found: list[Mention] = []
    held: list[SessionRecord] = []
    for path in sorted(notes.iterdir()):
        document = read_document(path, root=root)
        assert document.session_date is not None
        redacted = redact_document(
            document, redactor=RosterRedactor(), vault=vault, pair=pair_id, lane=Lane.CONVERSATION,
            session_date=document.session_date,
        )  # fmt: skip
        held.append(SessionRecord(pair_id, document.session_date, SessionStatus.HELD))
        fields = parse_note(redacted)
        given = fields if fields.follows_template else None
        found += read_mentions(redacted, fields=given, passages=chunk(redacted), people=people, engine=SilentEngine())
    ledger = fold(found, (), held, as_of=_expected()[pair_id]["next_session"])
    return Read(tuple(found), ledger, vault)


def _row(each: Commitment) -> tuple[str | None, object, str | None]:
    return each.owner, each.due, each.ticket


@pytest.mark.parametrize("pair", PAIRS)
def test_open_commitments_are_exactly_those_of_the_reader(pair: str) -> None:
    gold, got = _expected()[pair], read(pair)
    rows = [*gold["open"], *gold.get("open_for_sponsor", [])]
    still = [each for each in got.ledger if each.status is CommitmentStatus.OPEN]
    assert sorted(map(_row, still), key=str) == sorted(((r["owner"], r["due"], r["ticket"]) for r in rows), key=str)
    for row in rows:
        (match,) = [each for each in still if _row(each) == (row["owner"], row["due"], row["ticket"])]
        assert row["action"].casefold() in got.shown(match.action)
        assert match.first_agreed == row["first_agreed"]
        assert match.times_carried == row.get("times_carried", match.times_carried)
        assert list(match.moves) == ([row["was_due"]] if "was_due" in row else [])


@pytest.mark.parametrize("pair", PAIRS)
def test_finished_commitments_are_exactly_those_of_the_reader(pair: str) -> None:
    gold, got = _expected()[pair], read(pair)
    done = [each for each in got.ledger if each.status is CommitmentStatus.DONE]
    for row in gold["done"]:
        said = [each for each in done if each.owner == row["owner"] and each.ticket == row["ticket"]]
        assert [each for each in said if _names(each, row["action"], got)], row
    assert len(done) == len(gold["done"])


def _names(each: Commitment, words: str, got: Read) -> bool:
    """In the promise itself or in the line that closed it."""
    return any(words.casefold() in got.shown(text) for text in (each.action, *(c.quote for c in each.citations)))


@pytest.mark.parametrize("pair", PAIRS)
def test_rough_promises_wait_to_be_confirmed(pair: str) -> None:
    gold, got = _expected()[pair], read(pair)
    waiting = [each for each in got.ledger if each.status is CommitmentStatus.CANDIDATE]
    assert [each.owner for each in waiting] == [row["owner"] for row in gold["candidates"]]
    assert all(row["action"] in got.shown(each.action) for each, row in zip(waiting, gold["candidates"], strict=True))


@pytest.mark.parametrize("pair", PAIRS)
def test_blockers_say_what_with_whom_and_since_when(pair: str) -> None:
    gold, got = _expected()[pair], read(pair)
    blockers = got.of(MentionKind.BLOCKER)
    assert bool(blockers) == bool(gold["blockers"])
    for row in gold["blockers"]:
        about = [each for each in blockers if row["what"].casefold() in each.text.casefold()]
        assert about == blockers
        assert min(each.session_date for each in about) == row["since"]
        assert row["with"] in got.shown(about[-1].text)


@pytest.mark.parametrize("pair", PAIRS)
def test_the_open_decision_has_its_options(pair: str) -> None:
    gold, got = _expected()[pair]["open_decision"], read(pair)
    last = max(got.of(MentionKind.OPEN_DECISION), key=lambda each: each.session_date)
    assert all(option.casefold() in got.shown(last.text) for option in gold["options"])
    assert (gold["decider"] or "") in got.shown(last.text)


def test_the_tidy_pair_is_read_by_the_template_alone() -> None:
    kinds = {MentionKind.COMMITMENT, MentionKind.DONE, MentionKind.MOVED, MentionKind.DECISION, MentionKind.ARTIFACT}
    assert {each.read_by for each in read("ada-ben").mentions if each.kind in kinds} == {ReadBy.TEMPLATE}


def test_the_tidy_pair_gives_artifact_and_numbers() -> None:
    gold, got = _expected()["ada-ben"], read("ada-ben")
    assert gold["artifact"] in got.of(MentionKind.ARTIFACT)[-1].text
    latest = str(got.of(MentionKind.METRIC)[-1].text)
    assert all(f"{name} {value}" in latest for name, value in gold["latest_numbers"].items())


def test_a_hidden_instruction_marks_nothing_as_done() -> None:
    note = [each for each in read("kwabena-priya").mentions if each.session_date.isoformat() == "2026-09-22"]
    assert not [each for each in note if "every action" in each.citation.quote]
