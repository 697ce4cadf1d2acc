"""What a gate of the programme needs and the record does not have: papers, an artefact by week four, a sign-off.

Judges what is on file. A paper that no pair has on file, a stage or notes that cannot be read: unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from copilot.flags.flag import Flag
from copilot.flags.record import PairRecord
from copilot.flags.signals import Reading
from copilot.flags.weighing import weigh
from copilot.programme import Stage

_WEEK_FOUR: Final = timedelta(weeks=4)
_GRACE: Final = 7
_TWO_WEEKS: Final = 14
_GATED: Final = frozenset({Stage.DEPLOYMENT_GATING, Stage.POST_LAUNCH})


def gate(record: PairRecord) -> Iterator[Flag]:
    """Each gate that lacks something."""
    if record.over:
        return
    for flag in (_papers(record), _artefact(record), _sign_off(record)):
        if flag is not None:
            yield flag


def _papers(record: PairRecord) -> Flag | None:
    signed = {name for name, day in record.pair.signed if day <= record.on}
    missing = [each for each in record.papers if each not in signed]
    days = (record.on - record.started).days
    if not missing or days <= _GRACE:
        return None
    found = [
        Reading("missing", min(len(missing), 3), len(missing), record.started),
        Reading("late", min(days / _TWO_WEEKS, 3), days),
    ]
    return weigh("papers", found, pair=record.pair.id, as_of=record.on, since=record.started)


def _artefact(record: PairRecord) -> Flag | None:
    due = record.started + _WEEK_FOUR
    days = (record.on - due).days
    if record.artefacts is None or record.artefacts or days <= _GRACE:
        return None
    found = [
        Reading("none", 1.0, record.template_notes, due),
        Reading("late", min(days / _TWO_WEEKS, 3), days),
    ]
    return weigh("artefact", found, pair=record.pair.id, as_of=record.on, since=due)


def _sign_off(record: PairRecord) -> Flag | None:
    known = record.criteria
    if record.pair.stage not in _GATED or known is None or known.signed or record.pair.sponsor is None:
        return None
    found = [
        Reading("unsigned", 1.0),
        Reading("agreed", float(bool(known.waiting)), len(known.waiting), min(known.waiting, default=None)),
    ]
    return weigh("sign_off", found, pair=record.pair.id, as_of=record.on, since=record.started)
