"""The trace: every node on a whole path or listed, Mermaid that parses, tables that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.criteria import all_criteria
from copilot.criterion_links import links
from copilot.declared import rules_of
from copilot.mentions import CommitmentStatus
from copilot.rendering.tables import safe_cell, table
from copilot.rendering.trace import mermaid, rows, shape, text
from copilot.snapshot import Snapshot
from copilot.tracing import GATE, SIGNED, Loose, NodeKind, Trace, trace
from guards.text import RedactedText, mint_redacted
from tests.doubles.snapshots import DAY, promise, running

NODE = re.compile(
    r'  n\d+(?:\["[^"\[\]{}<>|`]*"\]|\("[^"\[\]{}<>|`]*"\)|\[\["[^"\[\]{}<>|`]*"\]\]|\{\{"[^"\[\]{}<>|`]*"\}\})'
)
EDGE = re.compile(r'  n\d+ -->\|"[^"\[\]{}<>|`]*"\| n\d+')
STYLE = re.compile(r"  classDef loose stroke-dasharray: 5 5|  class n\d+(?:,n\d+)* loose")
HOSTILE = st.text(alphabet=st.sampled_from("ab \"'[](){}<>|`#;%&=+-@\t-->endsubgraph\n:\\"), max_size=40)
TEXT = st.one_of(HOSTILE, st.text(max_size=40))


def traced(snapshot: Snapshot, *, states: dict[str, str] | None = None) -> Trace:
    criteria = all_criteria(snapshot, rules=rules_of(snapshot))
    return trace(snapshot, criteria, links(snapshot.commitments, criteria), states=states)


def redacted(words: str) -> RedactedText:
    return mint_redacted(words)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """A pair with any commitments, with and without KPI, of any layer."""
    base = running()
    actions = draw(st.lists(TEXT, max_size=5))
    made = tuple(
        replace(
            promise(7, "x", owner=draw(st.sampled_from(["ben", "sam", None, "nobody"])),
                    due=draw(st.sampled_from([DAY, None])), ticket=draw(st.sampled_from([None, "CLM-140"]))),
            id=f"p{number}", action=redacted(words), status=draw(st.sampled_from(list(CommitmentStatus))),
        )
        for number, words in enumerate(actions)
    )  # fmt: skip
    kpi = base.kpi
    assert kpi is not None
    layer = draw(st.sampled_from(["delivery", "people", "financial"]))
    owner = draw(st.sampled_from(["sam", "gone"]))
    chosen = draw(st.sampled_from([None, replace(kpi, kpi=replace(kpi.kpi, layer=layer, owner=owner))]))
    keep = draw(st.booleans())
    return replace(base, commitments=made, kpi=chosen, mentions=base.mentions if keep else ())


def on_a_whole_path(found: Trace, node: str, kind: NodeKind) -> bool:
    """By walking: whether a commitment leads through the node to a KPI, or a KPI leads to the gate, which is met."""
    kinds = {each.id: each.kind for each in found.nodes}
    after = {each.id: [edge.target for edge in found.edges if edge.source == each.id] for each in found.nodes}
    before = {each.id: [edge.source for edge in found.edges if edge.target == each.id] for each in found.nodes}

    def reaches(start: str, steps: dict[str, list[str]], wanted: NodeKind) -> bool:
        return kinds[start] is wanted or any(reaches(each, steps, wanted) for each in steps[start])

    if kind is NodeKind.GATE:
        return any(each.id == node and each.status == "met" for each in found.nodes)
    if kind is NodeKind.KPI:
        return any(kinds[each] is NodeKind.CRITERION for each in before[node])
    return reaches(node, after, NodeKind.KPI) and reaches(node, before, NodeKind.COMMITMENT)


@settings(max_examples=80, deadline=None)
@given(snapshots())
def test_every_node_is_on_a_whole_path_or_listed(snapshot: Snapshot) -> None:
    found = traced(snapshot)
    ids = [each.id for each in found.nodes]
    loose = {each.about for each in found.loose}
    assert len(set(ids)) == len(ids)
    assert all(edge.source in ids and edge.target in ids for edge in found.edges)
    broken_above = {edge.source for edge in found.edges if edge.target in loose}
    for each in found.nodes:
        assert each.id in loose or each.id in broken_above or on_a_whole_path(found, each.id, each.kind), each
    assert all(each.ask for each in found.loose)


@settings(max_examples=80, deadline=None)
@given(snapshots(), TEXT)
def test_mermaid_parses_whatever_is_in_the_words(snapshot: Snapshot, name: str) -> None:
    found = traced(snapshot)
    drawn = mermaid(found, reveal=lambda words: words + name)
    first, *rest = drawn.rstrip("\n").split("\n")
    assert first == "flowchart LR"
    for line in rest:
        assert NODE.fullmatch(line) or EDGE.fullmatch(line) or STYLE.fullmatch(line), line


@settings(max_examples=80, deadline=None)
@given(snapshots(), TEXT)
def test_the_table_reads_back_and_runs_nothing(snapshot: Snapshot, name: str) -> None:
    written = rows(traced(snapshot), reveal=lambda words: name + words)
    read = list(csv.reader(io.StringIO(written, newline=""), strict=True))
    assert {len(row) for row in read} == {10}
    assert not any(
        cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for row in read[1:] for cell in row
    )
    assert written.endswith("\r\n")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_a_formula_is_written_as_text(cell: str) -> None:
    assert safe_cell(cell).startswith("'")


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_a_table_keeps_quotes_commas_and_lines(cells: list[str]) -> None:
    (row,) = list(csv.reader(io.StringIO(table(["x"] * len(cells), [cells]), newline="")))[1:]
    assert row == [safe_cell(each) for each in cells]


def test_what_hangs_loose_is_named_and_asked() -> None:
    snapshot = replace(running(), commitments=(replace(promise(7, "buy a cake", owner="ben", due=DAY, ticket=None)),))
    kinds = {each.kind for each in traced(snapshot).loose}
    assert {Loose.NO_CRITERION, Loose.NO_COMMITMENT, Loose.GATE_SHUT} <= kinds
    page = text(traced(snapshot), reveal=str)
    assert "commitment without criterion" in page
    assert "which criterion does it serve? Ask <PERSON_2>" in page


def test_a_kpi_whose_owner_is_gone_is_listed() -> None:
    kpi = running().kpi
    assert kpi is not None
    snapshot = replace(running(), kpi=replace(kpi, kpi=replace(kpi.kpi, owner="gone"), source=redacted(" ")))
    kinds = {each.kind for each in traced(snapshot).loose}
    assert {Loose.NO_OWNER, Loose.NO_SOURCE} <= kinds


def test_the_gate_is_met_only_by_a_signed_criterion_that_a_delivery_kpi_counts() -> None:
    snapshot = running()
    first = all_criteria(snapshot, rules=rules_of(snapshot))[0]
    kpi = snapshot.kpi
    assert kpi is not None
    people = replace(snapshot, kpi=replace(kpi, kpi=replace(kpi.kpi, layer="people")))

    def gate(given: Snapshot, state: str) -> str:
        return next(each.status for each in traced(given, states={first.id: state}).nodes if each.id == GATE)

    assert gate(snapshot, SIGNED) == "met"
    assert gate(snapshot, "agreed by the pair") == "not met"
    assert gate(snapshot, "changed since sign-off") == "not met"
    assert gate(people, SIGNED) == "not met"


def test_a_session_without_a_commitment_is_listed() -> None:
    found = traced(replace(running(), commitments=()))
    assert [each.text for each in found.loose if each.kind is Loose.EMPTY_SESSION] == ["Mon 12 Oct"]


def test_the_shape_has_every_node_edge_and_loose_end() -> None:
    found = traced(running())
    said = shape(found)
    ids = [each["id"] for each in json.loads(json.dumps(said))["nodes"]]
    assert ids == [each.id for each in found.nodes]
    counts = {name: len(json.loads(json.dumps(said))[name]) for name in ("edges", "loose_ends")}
    assert counts == {"edges": len(found.edges), "loose_ends": len(found.loose)}
