"""What holds for any ledger: minutes sum, one to three commitments, every fact cited, nothing open is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.drafts import ItemKind
from copilot.mentions import Commitment, CommitmentStatus
from copilot.pipeline import prep
from copilot.rendering import text
from copilot.snapshot import Snapshot
from tests.doubles.snapshots import DAY, HELD, PlainEngine, leave, promise, running

OWNERS = st.sampled_from(["ada", "ben", "sam", "tom", None])
DAYS = st.one_of(st.none(), st.dates(date(2026, 9, 1), date(2026, 12, 1)))


@st.composite
def commitments(draw: st.DrawFn) -> Commitment:
    line = draw(st.sampled_from([6, 7, 8]))
    words = {6: "Add the alert reason codes", 7: "Start the shadow run", 8: "Put a cost on a missed case"}[line]
    made = promise(line, words, owner=draw(OWNERS), due=draw(DAYS), ticket=draw(st.sampled_from([None, "CLM-140"])))
    first = HELD - timedelta(days=draw(st.integers(0, 60)))
    return replace(
        made, id=f"c{draw(st.integers(0, 10**6))}", status=draw(st.sampled_from(CommitmentStatus)), first_agreed=first,
        age_days=(DAY - first).days, times_carried=draw(st.integers(0, 9)), closed=draw(st.sampled_from([None, HELD])),
    )  # fmt: skip


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    base = draw(st.sampled_from([running(), leave()]))
    ledger = draw(st.lists(commitments(), max_size=12, unique_by=lambda each: each.id))
    kept = tuple(each for each in base.mentions if draw(st.booleans()))
    blueprint = draw(st.sampled_from(base.corpus.blueprints))
    return replace(base, commitments=tuple(ledger), mentions=kept, blueprint=blueprint)


@settings(max_examples=120, deadline=None)
@given(snapshots())
def test_any_draft_keeps_its_promises(snapshot: Snapshot) -> None:
    draft = prep(snapshot, PlainEngine())
    assert sum(box.to_min - box.from_min for box in draft.boxes) == snapshot.blueprint.minutes
    assert 1 <= len(draft.commitments) <= 3
    facts = [item for box in draft.boxes for item in box.items if item.kind is ItemKind.FACT]
    assert all(item.citations for item in facts)
    assert len({item.id for box in draft.boxes for item in box.items}) == sum(len(box.items) for box in draft.boxes)
    finished = {CommitmentStatus.DONE, CommitmentStatus.DROPPED, CommitmentStatus.DENIED}
    assert not any(each.status in finished for each in (*draft.commitments, *draft.carried))
    still = {each.id for each in snapshot.commitments if each.status is CommitmentStatus.OPEN}
    assert {each.id for each in draft.carried} == still
    shown = sum(each.id in still for each in draft.commitments)
    more = next((int(item.text.split()[0]) for item in draft.boxes[4].items if " more open" in item.text), 0)
    assert shown + more == len(still)
    page = text.render(draft, reveal=str)
    assert "overdue since [needs" not in page
    assert max(map(len, page.splitlines())) <= 100
    assert page.count("\n") <= text.LINES
