"""A sent note: looked at without a trace, kept through ingest, its promises decided by whoever keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from copilot.bootstrap import Copilot
from copilot.errors import BadInput, Usage
from copilot.home import INBOX
from copilot.keeping import PromiseWord, keep
from copilot.ledger import fold, orphans
from copilot.mentions import Commitment, CommitmentStatus
from copilot.previewing import Preview, preview
from copilot.sent_notes import Sent, placed, with_fields
from guards.access import Grant, ReadCommitments, ReadConversation, Role, WriteNotes, authorize
from guards.errors import RedactionFailed
from knowledge.errors import Unreadable
from tests.copilot.cli.home import filled

NOTE = b"""# 28 Sept

Date: 2026-09-28

- Ben: I'll write the rollback plan by 2026-10-05 (CLM-140).
- Ben: I'll try to ask Sam about quizzaciously odd figures.
- Off the record: Sam may leave the zymurgy team.
"""
TEMPLATE = b"""## Objective

Agree the pilot.

## Artifacts reviewed

- Sheet.

## Decisions

- Two people label.

## Micro-commitments

- Ben: Label 90 claims. Due 2026-10-05. Ticket CLM-141.
"""


@pytest.fixture
def copilot(tmp_path: Path) -> Iterator[Copilot]:
    with filled(tmp_path).copilot() as opened:
        yield opened


def may_write(copilot: Copilot, role: Role = Role.MENTOR_COACH) -> Grant[WriteNotes]:
    return authorize(copilot.principal("p1", role), WriteNotes, "p1")


def looked_at(copilot: Copilot, content: bytes, name: str = "note.md", day: date | None = None) -> Preview:
    return preview(copilot, Sent(content, name, day), grant=may_write(copilot))


def ledger(copilot: Copilot) -> dict[str, Commitment]:
    reader = copilot.record.ledger_reader(authorize(copilot.principal("p1"), ReadCommitments, "p1"))
    found = fold(reader.mentions(), reader.decisions(), reader.sessions(), as_of=date.max)
    return {str(each.action): each for each in found}


def contents(home: Path) -> dict[str, bytes]:
    return {str(each.relative_to(home)): each.read_bytes() for each in sorted(home.rglob("*")) if each.is_file()}


def test_a_preview_says_what_ingest_would_find(copilot: Copilot) -> None:
    seen = looked_at(copilot, NOTE)
    assert (seen.day, seen.people, seen.informal, len(seen.promises)) == (date(2026, 9, 28), 2, 1, 2)
    assert set(seen.names.values()) == {"Ben Carter", "Sam Reyes"}
    assert [(each.first, each.kind) for each in seen.held] == [(7, "off the record")]
    assert not any("Ben" in line.text or "Sam" in line.text for line in seen.lines)
    assert not seen.replaces


def test_a_preview_leaves_no_trace(copilot: Copilot) -> None:
    before = contents(copilot.home.path)
    looked_at(copilot, NOTE)
    after = contents(copilot.home.path)
    assert after == before
    assert not [name for name, held in after.items() for word in (b"quizzaciously", b"zymurgy") if word in held]


def test_what_a_preview_learns_is_forgotten(copilot: Copilot) -> None:
    with copilot.record.vaults.open("p1") as vault:
        before = vault.kept()
    looked_at(copilot, b"Date: 2026-09-28\n\nAda Nwosu met Ben Carter.\n")
    with copilot.record.vaults.open("p1") as vault:
        assert vault.kept() == before


def test_keeping_goes_through_ingest_and_takes_the_words_down(copilot: Copilot) -> None:
    seen = looked_at(copilot, NOTE)
    plan, figures = sorted(seen.promises, key=lambda each: each.citations[0].first)
    said = [PromiseWord(plan.id, True, owner="ada", due=date(2026, 10, 9)), PromiseWord(figures.id, False)]
    steps: list[str] = []
    kept = keep(copilot, seen.placed, grant=may_write(copilot), words=said, at=steps.append)
    assert (kept.confirmed, kept.denied, kept.left) == (1, 1, 0)
    assert kept.document == seen.document
    assert kept.result.passages == seen.passages
    assert kept.result.held_lines == seen.held
    assert steps == ["reading", "indexing", "deciding"]
    now = {each.id: each for each in ledger(copilot).values()}
    assert (now[plan.id].confirmed, now[plan.id].owner, now[plan.id].due) == (True, "ada", date(2026, 10, 9))
    assert now[figures.id].status is CommitmentStatus.DENIED


def test_nothing_of_a_kept_note_lies_in_the_clear(copilot: Copilot) -> None:
    seen = looked_at(copilot, b"Date: 2026-09-28\n\nBen Carter saw the quizzaciously odd sheet.\n")
    keep(copilot, seen.placed, grant=may_write(copilot))
    home = contents(copilot.home.path)
    assert not [name for name in home if name.startswith(INBOX)]
    assert not [name for name, held in home.items() if b"Ben Carter saw" in held]


def test_the_file_goes_also_when_ingest_fails(copilot: Copilot, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = looked_at(copilot, NOTE)

    def fails(*_: object, **__: object) -> None:
        raise RedactionFailed("stopped for the test")

    monkeypatch.setattr(copilot.redactor, "redact", fails)
    with pytest.raises(BadInput, match="stopped for the test"):
        keep(copilot, seen.placed, grant=may_write(copilot))
    assert not list(copilot.home.path.glob(f"{INBOX}*"))


def test_what_a_killed_process_left_goes_when_the_home_is_opened(tmp_path: Path) -> None:
    run = filled(tmp_path)
    left = run.settings().home / f"{INBOX}abc" / "p1"
    left.mkdir(parents=True)
    (left / "note.md").write_bytes(NOTE)
    with run.copilot():
        assert not left.parent.exists()


def test_the_same_name_replaces_and_another_day_stands_beside_it(copilot: Copilot) -> None:
    grant = may_write(copilot)
    keep(copilot, placed(Sent(NOTE, "talk.md"), pair="p1"), grant=grant)
    again = looked_at(copilot, NOTE.replace(b"rollback", b"recovery"), "talk.md")
    assert again.replaces
    keep(copilot, again.placed, grant=grant)
    keep(copilot, placed(Sent(NOTE, "talk.md", date(2026, 10, 5)), pair="p1"), grant=grant)
    reader = copilot.record.reader(authorize(copilot.principal("p1"), ReadConversation, "p1"))
    rows = [each for each in reader.documents() if "talk" in each.name]
    assert [each.session_date.isoformat() for each in rows] == ["2026-09-28", "2026-10-05"]
    assert not any("rollback" in each for each in ledger(copilot))


def test_a_promise_of_an_earlier_note_is_not_denied_with_this_one(copilot: Copilot) -> None:
    text = b"Date: 2026-09-28\n\n- Ben: I will label 200 claims by 2026-10-21 (CLM-118).\n- Ben: I will call Sam.\n"
    seen = looked_at(copilot, text)
    first = keep(copilot, seen.placed, grant=may_write(copilot))
    assert first.left == 0
    again = looked_at(copilot, text.replace(b"2026-09-28", b"2026-10-05").replace(b"call Sam", b"ring Sam"))
    repeated = next(each for each in again.promises if each.ticket == "CLM-118")
    kept = keep(copilot, again.placed, grant=may_write(copilot), words=[PromiseWord(repeated.id, False)])
    assert (kept.denied, kept.left) == (0, 1)
    assert not [each for each in ledger(copilot).values() if each.status is CommitmentStatus.DENIED]


def test_a_word_that_names_nobody_is_refused_before_anything_is_kept(copilot: Copilot) -> None:
    seen = looked_at(copilot, NOTE)
    with pytest.raises(Usage):
        keep(copilot, seen.placed, grant=may_write(copilot), words=[PromiseWord("x" * 16, True, owner="nobody")])
    assert not looked_at(copilot, NOTE).replaces


def test_an_unknown_promise_is_left_and_said(copilot: Copilot) -> None:
    seen = looked_at(copilot, NOTE)
    kept = keep(copilot, seen.placed, grant=may_write(copilot), words=[PromiseWord("0" * 16, True)])
    assert (kept.confirmed, kept.left) == (0, 1)
    assert not orphans([], [])


def test_a_missing_field_is_filled_right_there(copilot: Copilot) -> None:
    sent = Sent(TEMPLATE, "note.md", date(2026, 9, 28))
    before = preview(copilot, sent, grant=may_write(copilot))
    assert [each.field for each in before.missing] == ["escalations"]
    filled_in = with_fields(sent, {"escalations": "Access to the data; Sam is told."})
    after = preview(copilot, filled_in, grant=may_write(copilot))
    assert not after.missing
    assert [each.id for each in after.promises] == [each.id for each in before.promises]


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "note.md", "empty"),
        (b" \n\t ", "note.md", "empty"),
        (b"text", "note.exe", "of no kind"),
        (b"text", "..", "of no kind"),
        (b"no day here", "note.md", "no session date"),
        (b"not a zip", "2026-09-28.docx", "the file"),
        (b"%PDF-1.7 cut", "2026-09-28.pdf", "the file"),
        (b"\x00" * (20 * 1024 * 1024 + 1), "2026-09-28.md", "over 20 MB"),
        (b"---\npair: other\ndate: 2026-09-28\n---\ntext", "note.md", "another pair"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_line(content: bytes, name: str, says: str) -> None:
    with pytest.raises((Unreadable, BadInput), match=says) as refused:
        placed(Sent(content, name), pair="p1")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("2026-09-28.md", "p1/2026-09-28.md"),
        ("../../etc/passwd.txt", "p1/2026-09-28-passwd.txt"),
        ("C:\\notes\\..\\talk.md", "p1/2026-09-28-talk.md"),
        ("...hidden.md", "p1/2026-09-28-hidden.md"),
        ("a\x00b\nc.md", "p1/2026-09-28-a b c.md"),
        ("n" * 5000 + ".md", "p1/2026-09-28-" + "n" * 97 + ".md"),
    ],
)
def test_a_name_stays_in_the_pairs_folder(name: str, kept: str) -> None:
    assert placed(Sent(b"text", name, date(2026, 9, 28)), pair="p1").name == kept
