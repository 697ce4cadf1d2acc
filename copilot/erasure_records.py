"""What an erasure keeps of itself: the sealed plan while it runs, the tombstone, and the certificate at its end.

The plan holds the forms to search for, sealed under a key of its own that is destroyed with it; tombstones are keyed
digests; a certificate holds counts. None of them says a name.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Final

from copilot.byte_scan import Needle
from copilot.errors import BadInput
from copilot.programme import Programme
from guards.keys import Keyring
from guards.names import folded
from guards.roster import ERASED
from guards.sealing import seal, unsealed

CERTIFICATES: Final = "certificates"
_TOMBSTONES: Final = "erased.json"
_KEY: Final = "tombstones:"
"""No pair's id holds a colon, so no pair has this key."""


@dataclass(frozen=True, slots=True)
class Target:
    """Who or what is to be erased: ``pair`` or ``person``, and the id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Plan:
    """An erasure under way: what to search for, what stood there when it began, and which steps are done."""

    id: str
    target: Target
    started: str
    needles: tuple[Needle, ...] = ()
    gone: frozenset[str] = frozenset()
    left_out: Mapping[str, int] = field(default_factory=dict[str, int])
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    stays: Mapping[str, int] = field(default_factory=dict[str, int])
    done: tuple[str, ...] = ()

    def after(self, step: str, **counts: int) -> Plan:
        """The plan when a step is done; counts of a step that ran twice are the larger ones."""
        larger = {name: max(count, self.counts.get(name, 0)) for name, count in counts.items()}
        return replace(self, done=(*self.done, step), counts={**self.counts, **larger})


class Plans:
    """Plans of a home, sealed, a file each."""

    def __init__(self, home: Path, keyring: Keyring) -> None:
        self._folder = home / "erasures"
        self._keyring = keyring

    def pending(self) -> tuple[Plan, ...]:
        """Erasures that were begun and not finished, oldest first."""
        files = sorted(self._folder.glob("*.plan")) if self._folder.is_dir() else []
        return tuple(sorted((self._read(each) for each in files), key=lambda plan: plan.started))

    def keep(self, plan: Plan) -> None:
        """Write the plan so that it is there whole or as it was before."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        shape = asdict(plan) | {"gone": sorted(plan.gone)}
        name = _context(plan.id)
        write_whole(self._folder / f"{plan.id}.plan", seal(_json(shape), key=self._keyring.key(name), context=name))

    def drop(self, plan: Plan) -> None:
        """Destroy the plan and its key."""
        (self._folder / f"{plan.id}.plan").unlink(missing_ok=True)
        self._keyring.erase(_context(plan.id))
        if self._folder.is_dir() and not any(self._folder.iterdir()):
            self._folder.rmdir()

    def _read(self, path: Path) -> Plan:
        name = _context(path.stem)
        shape = json.loads(unsealed(path.read_bytes(), key=self._keyring.key(name), context=name))
        return Plan(
            id=shape["id"],
            target=Target(**shape["target"]),
            started=shape["started"],
            needles=tuple(Needle(**each) for each in shape["needles"]),
            gone=frozenset(shape["gone"]),
            left_out=shape["left_out"],
            counts=shape["counts"],
            stays=shape["stays"],
            done=tuple(shape["done"]),
        )


class Tombstones:
    """Whom a home has erased, as keyed digests: enough to know them again, not to name them."""

    def __init__(self, home: Path, keyring: Keyring) -> None:
        self._path = home / _TOMBSTONES
        self._keyring = keyring

    def add(self, target: Target, *, names: Sequence[str] = ()) -> None:
        """Remember an id and full names; once is enough."""
        erased, allowed = self._read()
        mine = self._mark(target.kind, target.id)
        marks = [mine, *(self._mark("name", folded(name)) for name in names)]
        self._write(
            [*erased, *(each for each in marks if each not in erased)], [each for each in allowed if each != mine]
        )

    def allow(self, target: Target) -> None:
        """Let an id come back, under whatever name."""
        erased, allowed = self._read()
        self._write(erased, list(dict.fromkeys([*allowed, self._mark(target.kind, target.id)])))

    def refuse(self, programme: Programme) -> None:
        """Let a programme pass only if it brings nobody back.

        Raises:
            BadInput: it lists an erased pair, or an erased person under a name.
        """
        erased, allowed = self._read()
        if not erased:
            return
        for pair in programme.pairs:
            self._check(Target("pair", pair.id), "take it out of pairs", erased, allowed)
        for person in programme.people:
            if person.name != ERASED or person.also:
                stub = f"{{id: {person.id}, name: '{ERASED}'}}"
                mend = f"take them out of people, or leave {stub} where a pair needs the id"
                self._check(Target("person", person.id), mend, erased, allowed, name=person.name)

    def _check(
        self, target: Target, mend: str, erased: Sequence[str], allowed: Sequence[str], *, name: str | None = None
    ) -> None:
        marks = {self._mark(target.kind, target.id)}
        if name:
            marks.add(self._mark("name", folded(name)))
        if not marks.isdisjoint(erased) and marks.isdisjoint(allowed):
            raise BadInput(
                f"programme.yaml brings back the {target.kind} {target.id}, who was erased: {mend};"
                f" to bring them back on purpose: coach erase --{target.kind} {target.id} --allow-return"
            )

    def _read(self) -> tuple[list[str], list[str]]:
        if not self._path.is_file():
            return [], []
        shape = json.loads(self._path.read_text(encoding="utf-8"))
        return list(shape["erased"]), list(shape["allowed"])

    def _write(self, erased: Sequence[str], allowed: Sequence[str]) -> None:
        write_whole(self._path, _json({"erased": erased, "allowed": allowed}))

    def _mark(self, kind: str, name: str) -> str:
        return hmac.new(self._keyring.key(_KEY), f"{kind}\0{name}".encode(), hashlib.sha256).hexdigest()


def keep_certificate(home: Path, name: str, shape: Mapping[str, object]) -> Path:
    """Write a certificate that its owner alone may read."""
    folder = home / CERTIFICATES
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{name}.json"
    write_whole(path, _json(shape, indent=2) + b"\n")
    return path


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file of mode 0600 in one step, durable before it returns."""
    draft = path.with_name(f".{path.name}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _context(plan: str) -> str:
    return f"erasure:{plan}"


def _json(shape: object, *, indent: int | None = None) -> bytes:
    return json.dumps(shape, ensure_ascii=False, indent=indent).encode()
