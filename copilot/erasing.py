"""Takes a pair or a person out of a home, looks through every byte of it afterwards, and certifies what was done.

Each step may be stopped anywhere and is finished by running it again: a sealed plan, kept until the end, remembers
what to search for when the record no longer knows. Refuses to certify while a form is found. What lies outside the
home (source files, exports, other backups, the file system's own remains) is not reached, and is named to the person.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from copilot.bootstrap import Copilot
from copilot.byte_scan import ENCODINGS, ByteScan
from copilot.erasure_forms import (
    Forms,
    Scrubber,
    pair_forms,
    pairs_of,
    person_forms,
    pieces,
    without_pair,
    without_person,
)
from copilot.erasure_records import Plan, Plans, Target, Tombstones, keep_certificate
from copilot.errors import NotFound
from copilot.programme import Programme
from copilot.reindexing import rebuild_index
from copilot.stores.erasing import ErasingStore, open_erasing, values_in
from guards.audit_log import Act, Entry, forget
from guards.log_reading import last_calls
from guards.names import folded
from guards.roster import ERASED
from guards.vault import Kept

NOT_REACHED: Final = (
    "your own notes and programme.yaml",
    "pages, exports and backups that were copied elsewhere",
    "what the file system, its snapshots and the system's logs keep",
)
"""What lies outside the home."""

_METHOD: Final = "erase-1"
_DEMO: Final = ("sample", "read-by.txt")


@dataclass(frozen=True, slots=True)
class Erasure:
    """How it ended. ``found_in`` names files that still hold a form; only without any is there a certificate."""

    target: Target
    counts: dict[str, int]
    found_in: tuple[str, ...]
    certificate: Path | None
    roles_in: tuple[str, ...] = ()
    logged: int = 0


def erase(copilot: Copilot, target: Target, *, at: Callable[[str], None] = lambda _: None) -> Erasure:
    """Erase, going on where an earlier run of the same erasure stopped.

    Args:
        copilot: the opened home.
        target: a pair or a person.
        at: hears every step before it is done and before that is noted.

    Raises:
        NotFound: the home knows no such pair or person.
    """
    with open_erasing(copilot.settings.database_url or copilot.home.database) as store:
        return _Eraser(copilot, store).run(target, at)


def allow_return(copilot: Copilot, target: Target) -> None:
    """Let somebody who was erased come back with the next ingest."""
    Tombstones(copilot.home.path, copilot.keyring).allow(target)


def refuse_erased(copilot: Copilot, programme: Programme) -> None:
    """Refuse a programme file that would bring back who was erased.

    Raises:
        BadInput: it lists them; the message says what to do.
    """
    Tombstones(copilot.home.path, copilot.keyring).refuse(programme)


class _Eraser:
    """One erasure over one home."""

    def __init__(self, copilot: Copilot, store: ErasingStore) -> None:
        self._copilot = copilot
        self._store = store
        self._keyring = copilot.keyring
        self._home = copilot.home.path
        self._plans = Plans(self._home, copilot.keyring)
        self._steps: dict[str, Callable[[Plan], dict[str, int]]] = {
            "tombstone": self._bury,
            "tokens": self._remove_tokens,
            "key": self._destroy_key,
            "texts": self._scrub,
            "vaults": self._forget,
            "record": self._remove,
            "pages": self._remove_pages,
            "settle": self._settle,
            "index": self._reindex,
        }

    def run(self, target: Target, at: Callable[[str], None]) -> Erasure:
        plan = next((each for each in self._plans.pending() if each.target == target), None) or self._planned(target)
        for name, step in self._steps.items():
            if name not in plan.done:
                at(name)
                counts = step(plan)
                at(f"{name} is done")
                plan = plan.after(name, **counts)
                self._plans.keep(plan)
        at("scan")
        scan = look_through(self._home, self._store.database.file, plan)
        roles = pairs_of(self._copilot.programme(), target.id) if target.kind == "person" else ()
        logged = plan.stays.get("call_log_lines", 0)
        done = Erasure(target, dict(plan.counts), scan.found_in, None, roles, logged)
        if scan.found_in:
            return done
        # Before the certificate: a run that is stopped here writes a second line, never none.
        self._copilot.audit.append(Entry(Act.ERASE, detail=target.kind, count=sum(plan.counts.values())))
        certificate = keep_certificate(self._home, f"erase-{plan.id}", _certificate(plan, scan))
        at("certificate")
        self._plans.drop(plan)
        return replace(done, certificate=certificate)

    def _planned(self, target: Target) -> Plan:
        programme = self._copilot.programme()
        forms, counts = (self._of_pair if target.kind == "pair" else self._of_person)(target.id, programme)
        stays = {"call_log_lines": self._logged(target.id)} if target.kind == "pair" else {}
        now = datetime.now(UTC).isoformat(timespec="seconds")
        plan = Plan(os.urandom(6).hex(), target, now, forms.needles, forms.gone, forms.left_out, counts, stays)
        self._plans.keep(plan)
        return plan

    def _of_person(self, person_id: str, programme: Programme) -> tuple[Forms, dict[str, int]]:
        person = programme.person(person_id)
        if person is None or person.name == ERASED:
            raise NotFound(f"no person {person_id} in this home: see people in programme.yaml; nothing was erased")
        kept = [each for pair in self._store.vaults() for each in self._kept(pair)]
        forms = person_forms(person, programme, kept)
        return forms, {"people": 1, "forms": len({folded(form) for form in (person.name, *person.also)})}

    def _of_pair(self, pair: str, programme: Programme) -> tuple[Forms, dict[str, int]]:
        if pair not in self._store.pairs() and programme.pair(pair) is None:
            raise NotFound(f"no pair {pair} in this home: see pairs in programme.yaml; nothing was erased")
        rest = without_pair(programme, pair)
        others = [each for other in self._store.vaults() if other != pair for each in self._kept(other)]
        staying = "\n".join(text for other in self._store.pairs() if other != pair for text in self._store.texts(other))
        forms = pair_forms(self._kept(pair), others, rest, staying)
        found = pieces(list(self._store.texts(pair)), staying)
        return replace(forms, needles=(*forms.needles, *found)), self._store.counts(pair)

    def _kept(self, pair: str) -> tuple[Kept, ...]:
        with self._copilot.record.vaults.open(pair) as vault:
            return vault.kept()

    def _logged(self, pair: str) -> int:
        return sum(call.pair == pair for call in last_calls(self._copilot.home.egress_log, most=10**9))

    def _bury(self, plan: Plan) -> dict[str, int]:
        person = self._copilot.programme().person(plan.target.id) if plan.target.kind == "person" else None
        unique = {folded(each.text) for each in plan.needles}
        names = (person.name,) if person and folded(person.name) in unique else ()
        Tombstones(self._home, self._keyring).add(plan.target, names=names)
        return {}

    def _remove_tokens(self, plan: Plan) -> dict[str, int]:
        """Before anything else of a person goes: with what they hold, nobody gets in from here on."""
        count = self._store.remove_tokens(plan.target.id) if plan.target.kind == "person" else 0
        self._store.clear_labels(Scrubber(plan.needles).needed)
        return {"tokens": count} if count else {}

    def _destroy_key(self, plan: Plan) -> dict[str, int]:
        forget(self._keyring, kind=plan.target.kind, id_=plan.target.id)
        return {"keys": int(plan.target.kind == "pair" and self._keyring.erase(plan.target.id))}

    def _scrub(self, plan: Plan) -> dict[str, int]:
        """Forms of a person that stand openly in a text; the placeholder is in the vault before any text uses it."""
        if plan.target.kind == "pair":
            return {}
        for pair in self._store.pairs():
            with self._copilot.record.vaults.open(pair) as vault:
                if not any(Scrubber(plan.needles).needed(text) for text in self._store.texts(pair)):
                    continue
                mark = vault.placeholder_of(plan.target.id)
            scrubber = Scrubber(plan.needles, mark)
            self._store.scrub(pair, scrubber.needed, scrubber.mask)
        return {}

    def _forget(self, plan: Plan) -> dict[str, int]:
        if plan.target.kind == "pair":
            return {}

        def gone(kept: Kept) -> bool:
            unlisted = kept.person is None and kept.kind != "LITERAL" and folded(kept.form) in plan.gone
            return unlisted or kept.person == plan.target.id

        count = 0
        for pair in self._store.vaults():
            with self._copilot.record.vaults.open(pair) as vault:
                count += vault.forget(gone)
        return {"vault_forms": count}

    def _remove(self, plan: Plan) -> dict[str, int]:
        target = plan.target
        plain = Scrubber(plan.needles).plain

        def changed(programme: Programme) -> Programme:
            if target.kind == "pair":
                return without_pair(programme, target.id)
            return without_person(programme, target.id, plain)

        if target.kind == "pair":
            self._store.remove_pair(target.id)
        self._store.change_programmes(changed)
        self._copilot.record.programmes.save(changed(self._copilot.programme()))
        return {}

    def _remove_pages(self, plan: Plan) -> dict[str, int]:
        """Pages and the sample that ``coach demo`` wrote into the home; it writes them again."""
        wanted = f"{plan.target.id}.*" if plan.target.kind == "pair" else "*"
        gone = list((self._home / "pages").glob(wanted))
        gone += [self._home / name for name in _DEMO if (self._home / name).exists()]
        for each in gone:
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        return {"pages": len(gone)} if gone else {}

    def _settle(self, plan: Plan) -> dict[str, int]:  # noqa: ARG002 -- every step takes the plan
        self._store.database.settle()
        return {}

    def _reindex(self, plan: Plan) -> dict[str, int]:
        return {"index_rebuilt_passages": rebuild_index(self._copilot, self._store, without=plan.target)}


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking through a home gave."""

    files: int
    size: int
    values: int
    found_in: tuple[str, ...]


def look_through(home: Path, record: Path | None, plan: Plan) -> Looked:
    """Search every file of the home, and every value of its databases, for what the plan wants gone."""
    scan = ByteScan(plan.needles)
    size = values = 0
    found: list[str] = []
    paths = list(_files(home, record))
    for path in paths:
        looked = scan.file(path)
        named = scan.found_in_text(str(path.relative_to(home)) if path.is_relative_to(home) else path.name)
        size += looked.size
        finds = looked.finds + len(named)
        if path.suffix in {".db", ".sqlite", ".sqlite3"}:
            for value in values_in(path):
                values += 1
                finds += len(scan.found_in_text(value) if isinstance(value, str) else scan.found_in(value))
        if finds:
            found.append(str(path))
    return Looked(len(paths), size, values, tuple(found))


def _files(home: Path, record: Path | None) -> Iterator[Path]:
    yield from sorted(path for path in home.rglob("*") if path.is_file() and not path.is_symlink())
    if record is not None and not record.is_relative_to(home):
        yield from sorted(path for path in record.parent.glob(f"{record.name}*") if path.is_file())


def _certificate(plan: Plan, looked: Looked) -> dict[str, object]:
    salt = os.urandom(16)
    digest = hashlib.sha256(salt + f"{plan.target.kind}\0{plan.target.id}".encode()).hexdigest()
    return {
        "certificate": f"erase-{plan.id}",
        "method": _METHOD,
        "software": f"mentor-copilot {version('mentor-copilot')}",
        "kind": plan.target.kind,
        "subject": {"salt": salt.hex(), "sha256": digest},
        "started": plan.started,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "removed": {name: count for name, count in sorted(plan.counts.items()) if name != "index_rebuilt_passages"},
        "index_rebuilt_passages": plan.counts.get("index_rebuilt_passages", 0),
        "stays": dict(plan.stays),
        "searched": {
            "files": looked.files,
            "bytes": looked.size,
            "database_values": looked.values,
            "forms": len(plan.needles),
            "forms_by_exact_case": sum(each.exact for each in plan.needles),
            "encodings": list(ENCODINGS),
            "left_out": dict(plan.left_out),
            "finds": len(looked.found_in),
        },
        "not_reached": list(NOT_REACHED),
    }
