"""Commitments against labels: owner, date, nothing lost, nothing finished listed again, nothing made up."""

from __future__ import annotations

from evals.matching import Found, Matched
from evals.score import NOT_APPLICABLE, Score, passed

_OPEN = "open"
_CLOSED = frozenset({"done", "dropped"})
_WAITING = frozenset({"open", "candidate"})


def no_wrong_owner(found: Found) -> Score:
    """Dangerous when 0: a person is named who does not owe it. Unassigned and missed are not wrong."""
    return passed(found.owner != "wrong", "wrong owner") if found.label.status == _OPEN else NOT_APPLICABLE


def owner_right_when_named(found: Found) -> Score:
    """Of those where an owner is named, whether it is the right one."""
    if found.label.status != _OPEN or found.seen is None or found.seen.of.owner is None:
        return NOT_APPLICABLE
    return passed(found.owner == "right", "wrong owner")


def attribution(found: Found) -> Score:
    """Right, or rightly left open; the reason is the cell of the confusion table."""
    if found.label.status != _OPEN:
        return NOT_APPLICABLE
    return Score(float(found.owner in {"right", "rightly unassigned"}), found.owner)


def open_found(found: Found) -> Score:
    """An open commitment is listed, as open or to confirm."""
    if found.label.status != _OPEN:
        return NOT_APPLICABLE
    reason = "held back" if found.held else "shown as not understood" if found.unparsed else "missed"
    return passed(found.status in _WAITING, reason)


def owner_and_due_right(found: Found) -> Score:
    """Owner and the latest due date are both right."""
    if found.label.status != _OPEN:
        return NOT_APPLICABLE
    right = found.owner in {"right", "rightly unassigned"}
    return passed(right and found.due, found.owner if not right else "date")


def nothing_lost(found: Found) -> Score:
    """Dangerous when 0: what is open is shown as done or dropped."""
    return passed(found.status not in _CLOSED, found.status) if found.label.status == _OPEN else NOT_APPLICABLE


def finished_not_listed(found: Found) -> Score:
    """Dangerous when 0: what is done or dropped is listed again as waiting."""
    return passed(found.status not in _WAITING, found.status) if found.label.status in _CLOSED else NOT_APPLICABLE


def nothing_made_up(matched: Matched) -> Score:
    """Dangerous when 0: a commitment is listed as open, with an owner, that no label knows."""
    sure = [each for each in matched.extra if each.of.status.value == _OPEN and each.of.owner is not None]
    return passed(not sure, f"{len(sure)} listed that nobody made")


def no_extra(matched: Matched) -> Score:
    """Nothing beyond the labels is listed, also not to confirm."""
    return passed(not matched.extra, f"{len(matched.extra)} more than labelled")
