"""Which commitment of the ledger answers which label: by words, then line, then owner; each at most once.

A label is found where a commitment is cited from its line, or from at most two lines away, and shares its words; or
where one commitment and one label are left on a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from copilot.mentions import CommitmentStatus
from copilot.similarity import content
from evals.case import DraftingCase, Expected
from evals.outcomes import Outcomes, Seen

WAITING: Final = frozenset({CommitmentStatus.OPEN, CommitmentStatus.CANDIDATE})
_NEAR: Final = 2
"""Lines between where a label stands and where the promise was read: a request and its answer are turns apart."""
_ALIKE: Final = 0.5
"""Share of the label's content words that a commitment must hold."""
_BARE: Final = 0.3
"""What a label without words counts as sharing, and must reach."""


@dataclass(frozen=True, slots=True)
class Found:
    """A label of a case and the commitment that answers it, if any; ``unparsed`` and ``held`` say what its line is."""

    case: DraftingCase
    label: Expected
    seen: Seen | None
    unparsed: bool = False
    held: bool = False

    @property
    def owner(self) -> str:
        """``right``, ``rightly unassigned``, ``wrong``, ``unassigned`` or ``missed``."""
        if self.seen is None:
            return "missed"
        if self.seen.of.owner is None:
            return "unassigned" if self.label.owner else "rightly unassigned"
        return "right" if self.seen.of.owner == self.label.owner else "wrong"

    @property
    def due(self) -> bool:
        """Whether the due date is as wanted; text such as "end of sprint" is no date."""
        return self.seen is not None and self.seen.of.due == self.label.due

    @property
    def status(self) -> str:
        """The status shown, or ``missed``."""
        return self.seen.of.status.value if self.seen else "missed"

    @property
    def listed(self) -> bool:
        """Whether it is on the list of what is open or to be confirmed."""
        return self.seen is not None and self.seen.of.status in WAITING

    @property
    def asked(self) -> bool:
        """Whether the list asks of it what a later line made of it; still counted as listed."""
        return self.seen is not None and bool(self.seen.of.unsettled)


@dataclass(frozen=True, slots=True)
class Matched:
    """All labels of a case, and what was shown beyond them and beyond what is optional."""

    found: tuple[Found, ...]
    extra: tuple[Seen, ...]


def match(outcome: Outcomes) -> Matched:
    """Answer each label of a case."""
    labels = outcome.case.expect
    taken = _taken(labels, outcome.seen)
    found = tuple(
        Found(outcome.case, label, outcome.seen[taken[n]] if n in taken else None,
              covers(outcome.unparsed, label, 0), covers(outcome.held, label, 0))
        for n, label in enumerate(labels)
    )  # fmt: skip
    left = [seen for n, seen in enumerate(outcome.seen) if n not in taken.values()]
    extra = tuple(
        seen for seen in left
        if seen.of.status in WAITING and not any(_fit(each, seen) for each in outcome.case.optional)
    )  # fmt: skip
    return Matched(found, extra)


def covers(places: Iterable[tuple[str, int, int]], label: Expected, near: int) -> bool:
    """Whether a place lies on a label's line, or so many lines off."""
    return any(doc == label.document and first - near <= label.line <= last + near for doc, first, last in places)


def _taken(labels: Sequence[Expected], seen: Sequence[Seen]) -> dict[int, int]:
    scored = [(_fit(label, each), n, m) for n, label in enumerate(labels) for m, each in enumerate(seen)]
    found: dict[int, int] = {}
    for score, n, m in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if score and n not in found and m not in found.values():
            found[n] = m
    for n, label in enumerate(labels):
        alone = [m for m, each in enumerate(seen) if m not in found.values() and covers(each.places, label, 0)]
        others = [k for k, each in enumerate(labels) if k not in found and _place(each) == _place(label)]
        if n not in found and len(alone) == 1 and others == [n]:
            found[n] = alone[0]
    return found


def _place(label: Expected) -> tuple[str, int]:
    return label.document, label.line


def _fit(label: Expected, seen: Seen) -> float:
    """How well a commitment fits a label: words first, then its line, then its owner; 0 for another promise."""
    near = [at for at in (0, _NEAR) if covers(seen.places, label, at)]
    if not near:
        return 0.0
    wanted, said = content(label.words), content(seen.action)
    alike = _BARE
    if label.words.casefold() in seen.action.casefold():
        alike = 1.0
    elif wanted:
        alike = len(wanted & said) / len(wanted)
    if alike < (_ALIKE if wanted else _BARE):
        return 0.0
    on_line = 1.0 if near[0] == 0 else 0.0
    return 4 * alike + 2 * on_line + (label.names_owner and seen.of.owner == label.owner)
