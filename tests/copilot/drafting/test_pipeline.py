"""The draft holds its promises on three small snapshots, and no changed fact survives the check."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from copilot.boxes import commitments, decision, escalation, evidence, status, tool
from copilot.criteria import parts_of
from copilot.declared import rules_of
from copilot.drafts import ItemKind
from copilot.engines.protocol import Usage
from copilot.engines.wording import Narrow
from copilot.mentions import CommitmentStatus
from copilot.pipeline import prep
from copilot.rendering import docx, ics, md, shape, text
from copilot.snapshot import Snapshot
from guards.errors import Unsupported
from guards.grounding import Grounded, ground
from guards.text import RedactedText, house, mint_redacted
from tests.doubles.snapshots import PlainEngine, first, leave, running

ALL = [running(), first(), leave()]


@pytest.mark.parametrize("snapshot", ALL)
def test_promises_of_a_draft(snapshot: Snapshot) -> None:
    draft = prep(snapshot, PlainEngine())
    assert [box.from_min for box in draft.boxes] + [60] == [0] + [box.to_min for box in draft.boxes]
    assert 1 <= len(draft.commitments) <= 3
    assert all(item.citations for box in draft.boxes for item in box.items if item.kind is ItemKind.FACT)
    assert all(box.items for box in draft.boxes)
    assert draft == prep(snapshot, PlainEngine())
    assert draft.dropped == ()
    open_now = {each.id for each in snapshot.commitments if each.status is CommitmentStatus.OPEN}
    assert {each.id for each in draft.carried} == open_now
    assert not any(each.status is CommitmentStatus.DONE for each in draft.commitments)


@pytest.mark.parametrize("snapshot", ALL)
def test_one_page_in_every_format(snapshot: Snapshot) -> None:
    draft = prep(snapshot, PlainEngine())
    page = text.render(draft, reveal=str)
    assert page.count("\n") <= 60
    assert max(map(len, page.splitlines())) <= 100
    assert docx.render(draft, reveal=str).startswith(b"PK")
    assert b"BEGIN:VEVENT" in ics.render(draft, reveal=str)
    assert all(box.title in md.render(draft, reveal=str) for box in draft.boxes)
    assert shape.draft_shape(draft, reveal=str)["draft"] == draft.id


class Metered(PlainEngine):
    """Has spent something before, and spends more with each choice."""

    def __init__(self) -> None:
        self.spent = Usage(calls=5, prompt_tokens=500, completion_tokens=50, cost=1.0)

    def choose(self, question: RedactedText, candidates: Sequence[RedactedText]) -> int | None:
        self.spent += Usage(calls=1, prompt_tokens=120, completion_tokens=4, cost=0.25)
        return 0

    def usage(self) -> Usage:
        return self.spent


def test_provenance_says_what_this_draft_spent_and_nothing_where_no_model_was_called() -> None:
    assert "model_calls" not in prep(running(), PlainEngine()).provenance
    found = prep(running(), Metered()).provenance
    spent = {name: found[name] for name in ("model_calls", "prompt_tokens", "completion_tokens", "cost")}
    assert spent == {"model_calls": "1", "prompt_tokens": "120", "completion_tokens": "4", "cost": "0.250000"}


def test_a_mentor_on_leave_comes_first() -> None:
    items = prep(leave(), PlainEngine()).boxes[0].items
    assert "is away on this day, until Fri 23 Oct" in items[0].text
    assert "Move the session to Mon 26 Oct" in items[1].text


def test_an_unsupported_owner_becomes_a_blank_and_is_said() -> None:
    snapshot = running()
    wrong = tuple(replace(each, owner="ada") if each.id == "c7" else each for each in snapshot.commitments)
    draft = prep(replace(snapshot, commitments=wrong), PlainEngine())
    assert any("who not in the cited lines" in each.reason for each in draft.dropped)
    assert "[needs: owner]: Start the shadow run" in draft.boxes[4].items[0].text


def _mutants(line: str) -> set[str]:
    found = {re.sub(r"<PERSON_\d>", f"<PERSON_{n}>", line) for n in range(1, 10)}
    found |= {
        line[: m.start()] + str(int(m.group()) + by) + line[m.end() :]
        for m in re.finditer(r"\d+", line)
        for by in (1, 2, 7)
    }
    found |= {line.replace(month, other) for month in ("Oct", "Sep") for other in ("Nov", "Jan")}
    found |= {line.replace(" the ", " not the ", 1), line.replace(" not ", " ", 1), line.replace("CLM", "DF")}
    return found - {line}


def test_every_mutant_is_refused() -> None:
    snapshot, count = leave(), 0
    claims = [part.claim for part in parts_of(snapshot).values()]
    assert {"given", "then", "source", "threshold", "verified_by"} <= parts_of(snapshot).keys()
    said = Narrow(PlainEngine())
    lines = [*commitments.build(snapshot, said).lines, *decision.build(snapshot, said), *tool.build(snapshot, said)]
    for box in (status, evidence, escalation):
        lines += box.build(snapshot)
    for claim in [*claims, *(line.claim for line in lines if line.claim is not None)]:
        ground(claim, rules=rules_of(snapshot))
        for changed in _mutants(claim.text):
            count += 1
            with pytest.raises(Unsupported):
                ground(replace(claim, text=mint_redacted(changed)), rules=rules_of(snapshot))
        for name, slot in claim.slots.items():
            for changed in _mutants(slot.text):
                count += 1
                slots = {**claim.slots, name: replace(slot, text=mint_redacted(changed), fallback=None)}
                made = replace(claim, slots=slots)
                made = replace(made, text=mint_redacted(claim.template.format(**{k: s.text for k, s in slots.items()})))
                with pytest.raises(Unsupported):
                    ground(made, rules=rules_of(snapshot))
    assert count >= 400


def test_the_proof_cannot_be_constructed() -> None:
    with pytest.raises(Unsupported):
        Grounded(house("Ben promised it"))
