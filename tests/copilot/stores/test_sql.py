"""What only the record on disk promises: it is there again, sealed, whole after a kill, and its schema moves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from copilot.errors import StoreUnavailable
from copilot.programme import Pair, Period, Person, Programme, SessionRecord, SessionStatus
from copilot.stores.database import migrate, open_database
from copilot.stores.sql import SqlRecord
from guards.access import RevealNames, Role, authorize
from guards.errors import VaultUnreadable
from guards.keys import Keyring
from guards.text import RawText
from tests.doubles.record_samples import ADA, DAY, document, opened, passages, reader, writer


@pytest.fixture
def record(tmp_path: Path) -> Iterator[SqlRecord]:
    with opened(tmp_path) as record:
        yield record


def test_the_programme_reads_back_later(record: SqlRecord, tmp_path: Path) -> None:
    away = (Period(DAY, DAY, "leave"),)
    people = (Person("ada", "Ada Nwosu", ("@ada",), frozenset({Role.MENTOR_COACH}), away), Person("ben", "Ben O"))
    cancelled = SessionRecord("p", date(2026, 9, 7), SessionStatus.CANCELLED, Role.MENTOR_COACH)
    pairs = (Pair("p", "ada", "ben", signed=(("charter", DAY),)),)
    programme = Programme("demo", "Demo", DAY, 12, 7, "60", people, pairs, sessions=(cancelled,), mask_words=("Acme",))
    assert record.programmes.load() is None
    record.programmes.save(programme)
    with opened(tmp_path) as again:
        assert again.programmes.load() == programme
        note = document("x")
        writer(again).put_document(note, passages(note))
        assert reader(again).sessions() == (cancelled, SessionRecord("p", DAY, SessionStatus.HELD))


def test_a_vault_is_kept_sealed_and_shared_while_open(record: SqlRecord, tmp_path: Path) -> None:
    with record.vaults.open("p") as vault:
        mark = vault.placeholder(RawText("Zoë Quill"), entity_type="PERSON")
        assert "Zoë Quill" in record.vaults.forms("p")
    with record.vaults.open("p") as vault:
        assert vault.restore(mark, authorize(ADA, RevealNames, "p")) == "Zoë Quill"
    record.close()
    for file in tmp_path.rglob("*"):
        assert file.is_dir() or b"Quill" not in file.read_bytes()
    Keyring(tmp_path / "keys").erase("p")
    with opened(tmp_path) as again, pytest.raises(VaultUnreadable), again.vaults.open("p"):
        pass


_KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from tests.doubles.record_samples import document, opened, passages, writer
record, at = opened(Path(sys.argv[1])), int(sys.argv[2])
count = 0
def die(*_):
    global count
    count += 1
    if count == at:
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(Engine, "before_cursor_execute", die)
new = document("new words", "more", version="v2")
writer(record).put_document(new, passages(new))
print("done", count)
"""


@pytest.mark.parametrize("at", [4, 8, 12])
def test_a_killed_put_leaves_the_old_version_whole(tmp_path: Path, at: int) -> None:
    old = document("old words")
    with opened(tmp_path) as record:
        writer(record).put_document(old, passages(old))
    call = [sys.executable, "-c", _KILLED, str(tmp_path), str(at)]
    ended = subprocess.run(call, cwd=Path(__file__).parents[3], env={**os.environ}, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stdout
    with opened(tmp_path) as record:
        assert reader(record).all_passages() == tuple(passages(old))
        assert [each for each, _ in reader(record).search_words("words", 5)] == [passages(old)[0].id]
        new = document("new words", "more", version="v2")
        assert writer(record).put_document(new, passages(new))
        assert reader(record).all_passages() == tuple(passages(new))


def test_the_schema_goes_up_and_down_and_matches_the_tables(tmp_path: Path) -> None:
    from sqlalchemy import create_engine, inspect

    from copilot.stores.tables import METADATA

    database = open_database(tmp_path / "record.db")
    engine = create_engine(f"sqlite:///{tmp_path / 'record.db'}")
    for table in METADATA.sorted_tables:
        made = {column["name"] for column in inspect(engine).get_columns(table.name)}
        assert made == {column.name for column in table.columns}
    migrate(database, revision="base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate(database, revision="head")
    assert "documents" in inspect(engine).get_table_names()
    database.close()
    engine.dispose()


def test_what_is_no_record_says_so(tmp_path: Path) -> None:
    (tmp_path / "record.db").write_bytes(b"not a database, but long enough to look like one" * 50)
    with pytest.raises(StoreUnavailable, match="not a database"):
        opened(tmp_path)
    with pytest.raises(StoreUnavailable, match="SQLite"):
        open_database("postgresql://user:secret@host/db")
    with pytest.raises(StoreUnavailable, match="cannot be made"):
        open_database(tmp_path / "no" / "such" / "record.db")
