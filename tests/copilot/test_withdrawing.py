"""Withdrawing one note: it goes whole, nothing else changes, and it can be stopped and run again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, inspect, text

from copilot.bootstrap import Copilot
from copilot.composing import draft_for
from copilot.errors import NotFound
from copilot.keeping import PromiseWord, keep
from copilot.ledger import orphans
from copilot.previewing import preview
from copilot.sent_notes import Sent, placed
from copilot.snapshot import Request
from copilot.withdrawing import withdraw
from guards.access import Grant, ReadConversation, Role, WriteNotes, authorize
from guards.audit_log import Act
from guards.errors import AuditUnwritable
from knowledge.documents import document_id
from tests.copilot.cli.home import filled

_LINES: Final = (
    "- Ben: I'll write the rollback plan by 2026-10-05 (CLM-140).",
    "- Ben: I'll try to ask Sam about the quizzaciously odd figures.",
    "- Off the record: Sam may leave.",
    "We decided that two people label.",
    "- Ada will send the sheet by 2026-10-09.",
    "The zymurgy sheet was looked at.",
)


@pytest.fixture
def copilot(tmp_path: Path) -> Iterator[Copilot]:
    with filled(tmp_path).copilot() as opened:
        yield opened


def may_write(copilot: Copilot) -> Grant[WriteNotes]:
    return authorize(copilot.principal("p1", Role.MENTEE), WriteNotes, "p1")


def sent(copilot: Copilot, lines: str, name: str) -> str:
    note = placed(Sent(lines.encode(), name, date(2026, 9, 28)), pair="p1")
    keep(copilot, note, grant=may_write(copilot))
    return document_id("p1", note.document.name)


def rows(copilot: Copilot) -> dict[str, list[tuple[str, ...]]]:
    """Every table's rows without the numbers that the database hands out, and without vaults, which are sealed anew."""
    engine = create_engine(f"sqlite:///{copilot.home.database}")
    found: dict[str, list[tuple[str, ...]]] = {}
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            if table == "vaults" or table.startswith("words_"):
                continue
            got = connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 - a table's own name
            found[table] = sorted(_plain(dict(zip(got.keys(), row, strict=True))) for row in got)
    engine.dispose()
    return found


def _plain(row: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(value) for name, value in row.items() if name not in {"no", "document"})


def searched(copilot: Copilot, word: str) -> int:
    reader = copilot.record.reader(authorize(copilot.principal("p1"), ReadConversation, "p1"))
    return len(reader.search_words(word, 20))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    other=st.lists(st.sampled_from(_LINES), min_size=1, max_size=4),
    mine=st.lists(st.sampled_from(_LINES), min_size=1, max_size=6),
    changed=st.booleans(),
)
def test_nothing_else_changes(copilot: Copilot, other: list[str], mine: list[str], changed: bool) -> None:
    first = sent(copilot, "\n".join(other), "other.md")
    before, found = rows(copilot), searched(copilot, "zymurgy")
    document = sent(copilot, "\n".join(mine), "mine.md")
    if changed:
        assert sent(copilot, "\n".join([*mine, "More."]), "mine.md") == document
    withdraw(copilot, document, grant=may_write(copilot))
    assert rows(copilot) == before
    assert searched(copilot, "zymurgy") == found
    withdraw(copilot, first, grant=may_write(copilot))


def test_the_words_leave_every_byte_of_the_home(copilot: Copilot) -> None:
    document = sent(copilot, "\n".join(_LINES), "mine.md")
    assert searched(copilot, "quizzaciously")
    counts = withdraw(copilot, document, grant=may_write(copilot)).counts
    assert (counts["versions"], counts["lines"]) == (1, len(_LINES))
    held = [each for each in copilot.home.path.rglob("*") if each.is_file() and b"quizzaciously" in each.read_bytes()]
    assert held == []


def test_a_decision_is_kept_without_its_line(copilot: Copilot) -> None:
    seen = preview(copilot, Sent(_LINES[0].encode(), "mine.md", date(2026, 9, 28)), grant=may_write(copilot))
    kept = keep(copilot, seen.placed, grant=may_write(copilot), words=[PromiseWord(seen.promises[0].id, True)])
    withdraw(copilot, kept.document, grant=may_write(copilot))
    reader = copilot.record.reader(authorize(copilot.principal("p1"), ReadConversation, "p1"))
    assert [each.commitment for each in orphans(reader.mentions(), reader.decisions())] == [seen.promises[0].id]


def test_it_is_logged_before_anything_goes(copilot: Copilot, monkeypatch: pytest.MonkeyPatch) -> None:
    document = sent(copilot, _LINES[0], "mine.md")
    before = rows(copilot)

    def full(*_: object) -> None:
        raise AuditUnwritable("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(copilot.audit, "append", full)
        with pytest.raises(AuditUnwritable):
            withdraw(copilot, document, grant=may_write(copilot))
    assert rows(copilot) == before
    withdraw(copilot, document, grant=may_write(copilot))
    last = (copilot.home.path / "audit.jsonl").read_text("utf-8").splitlines()[-1]
    assert f'"{Act.WITHDRAW.value}"' in last
    assert document not in last


def test_what_is_not_there_cannot_be_withdrawn(copilot: Copilot) -> None:
    for document in ("0" * 20, "import:p1"):
        with pytest.raises(NotFound):
            withdraw(copilot, document, grant=may_write(copilot))


def test_a_draft_that_cites_it_goes_too(copilot: Copilot) -> None:
    principal = copilot.principal("p1")
    draft = draft_for(copilot, Request("p1", date(2026, 10, 5)), principal=principal)
    reader = copilot.record.reader(authorize(principal, ReadConversation, "p1"))
    cited = next(place.document for box in draft.boxes for item in box.items for place in item.citations
                 if place.document in {row.id for row in reader.documents()})  # fmt: skip
    assert reader.draft(draft.id) is not None
    assert withdraw(copilot, cited, grant=may_write(copilot)).counts["drafts"] == 1
    assert reader.draft(draft.id) is None
