"""What ``coach doctor`` says of a home: who holds it, whether its databases are whole, whether its index is complete.

The home is opened only where nobody holds it and a record is there, so looking makes nothing and waits for nobody.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from copilot.bootstrap import Copilot, bootstrap
from copilot.errors import CopilotError, HomeInUse
from copilot.settings import Settings
from guards.access import ReadConversation, Role, authorize
from guards.errors import GuardError, NotPermitted
from knowledge.errors import KnowledgeError

_LARGEST_FOR_FULL_CHECK: Final = 64 << 20
"""Above this a database's schema is read instead of every page: a check of 1 GB takes ten seconds."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``mend`` says what to do; a finding may be fine and still have something to offer."""

    what: str
    ok: bool
    says: str
    mend: str = ""


def home_findings(settings: Settings) -> list[Finding]:
    """Folder, databases, owner, and what only an opened home can tell."""
    home = settings.home
    if not home.is_dir():
        return [Finding("home", True, f"{home} is not there yet; the first command makes it")]
    found = [_mode(home), _databases(home)]
    if not (home / "record.db").exists() or not all(each.ok for each in found):
        return found
    return [*found, *_opened(settings)]


def _mode(home: Path) -> Finding:
    mode = home.stat().st_mode & 0o777
    if mode & 0o077:
        return Finding("home", False, f"{home} can be read by others (mode {mode:04o})", f"chmod 700 '{home}'")
    return Finding("home", True, f"{home} (mode {mode:04o})")


def _databases(home: Path) -> Finding:
    files = sorted(each for end in ("*.db", "*.sqlite", "*.sqlite3") for each in home.glob(end))
    bad = [f"{file.name}: {fault}" for file in files if (fault := _fault(file))]
    if bad:
        return Finding("database", False, "; ".join(bad), "restore the file from a backup; notes can be ingested again")
    return Finding("database", True, f"{len(files)} file(s), all whole; SQLite {sqlite3.sqlite_version}")


def _fault(file: Path) -> str:
    """What is wrong with an SQLite file, or nothing; a file that another process is writing is not at fault."""
    check = "PRAGMA quick_check(1)" if file.stat().st_size <= _LARGEST_FOR_FULL_CHECK else "PRAGMA schema_version"
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=1)) as database:
            said = database.execute(check).fetchone()[0]
    except sqlite3.OperationalError as error:
        return "" if "locked" in str(error) else "cannot be opened"
    except sqlite3.DatabaseError:
        return "not an SQLite file, or damaged"
    return "" if said == "ok" or isinstance(said, int) else "damaged"


def _opened(settings: Settings) -> list[Finding]:
    try:
        with bootstrap(settings, purpose="coach doctor") as copilot:
            return [Finding("lock", True, "nobody else uses this home"), _index(copilot)]
    except HomeInUse as held:
        return [Finding("lock", True, str(held))]
    except (CopilotError, GuardError, KnowledgeError) as error:
        return [Finding("record", False, str(error), "look at the file's rights, or restore the home from a backup")]


def _index(copilot: Copilot) -> Finding:
    programme = copilot.record.programmes.load()
    if programme is None:
        return Finding("index", True, "no programme was read yet")
    if copilot.index is None:
        return Finding("index", True, "not used: without its model, search goes by words", "coach model install minilm")
    wanted = there = refused = 0
    for pair in programme.pairs:
        try:
            grant = authorize(copilot.principal(pair.id, Role.MENTEE), ReadConversation, pair.id)
        except NotPermitted:
            refused += 1
            continue
        wanted += sum(not passage.held for passage in copilot.record.reader(grant).all_passages())
        there += copilot.index.count(pair.id)
    says = f"{there} of {wanted} passages of {len(programme.pairs) - refused} pair(s)"
    if there == wanted:
        return Finding("index", True, says)
    # Some passages are never embedded: the door refuses one in which it still sees a known form.
    mend = "coach ingest the notes again completes it; what the door refuses to embed is found by words alone"
    return Finding("index", 0 < there < wanted, says, mend)
