"""An owner stands in the cited line by name, or by the role that acts there; a role only spoken of owns nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copilot.boxes.lines import NO_OWNER, fact, owner_slot
from copilot.declared import rules_of
from guards.grounding import ground
from guards.text import house, mint_redacted
from knowledge.passages import Citation, RedactedLine
from tests.doubles.snapshots import running

OWNERS = ["ada", "ben", "sam"]


def shown(line: str, owner: str) -> str:
    snapshot = running()
    text = mint_redacted(line)
    cited = Citation("d", house("n.txt"), 1, 1, text)
    promise = replace(snapshot.commitments[0], owner=owner, owner_text=None, aliases=(), citations=(cited,))
    snapshot = replace(snapshot, commitments=(promise,), decisions=(), lines={"d": (RedactedLine(text, 1, 1),)})
    line_ = fact("{who}", snapshot, (cited,), who=owner_slot(snapshot, promise))
    assert line_.claim is not None
    return str(ground(line_.claim, rules=rules_of(snapshot)).text)


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("mentee will send the sponsor the one pager", "ben"),
        ("- Mentee: send the sponsor the one pager", "ben"),
        ("coach to bring the map to the sponsor", "ada"),
        ("the sponsor will answer the mentee by Friday", "sam"),
        ("<PERSON_2> tells the sponsor", "ben"),
    ],
)
def test_the_role_that_acts_is_the_owner_and_no_other(line: str, right: str) -> None:
    people = running().people
    assert shown(line, right) == people[right]
    for other in set(OWNERS) - {right}:
        assert shown(line, other) == NO_OWNER


def test_a_role_that_is_only_spoken_of_owns_nothing() -> None:
    for owner in OWNERS:
        assert shown("send the sponsor what the mentee and the coach wrote", owner) == NO_OWNER
