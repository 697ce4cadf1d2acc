"""The door before an MCP client: a name in a result stops it, also with ``reveal``; without the name model, nothing."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest
from mcp import StdioServerParameters

from copilot.bootstrap import bootstrap
from copilot.demo import read_sample
from copilot.settings import read_settings
from copilot.weights import small_weights, weights_folder
from guards.access import ReadCommitments
from guards.errors import EgressRefused, RedactionFailed
from server.mcp import build
from server.mcp_shapes import WhyGot
from server.mcp_tools import Desk
from tests.copilot.cli.home import filled
from tests.server.mcp_homes import ROOT, Call, got, line, session


@pytest.mark.parametrize("reveal", [False, True])
@pytest.mark.parametrize(
    "text", ["ask Ben Carter", "mail ben@corp.example", "call +49 170 1234567", "B e n  Carter ?Ada"]
)
def test_a_result_with_a_name_or_an_address_never_leaves(tmp_path: Path, text: str, reveal: bool) -> None:
    run = filled(tmp_path)
    with run.copilot() as copilot:
        desk = Desk(copilot, copilot.person("ada"), reveal)
        with pytest.raises(EgressRefused):
            desk.given("why", "p1", WhyGot(lines=["> 3 fine", text]), texts=2)
    assert run.home
    last = json.loads((run.home / "egress.jsonl").read_text().splitlines()[-1])
    assert (last["destination"], last["verdict"].startswith("refused")) == ("mcp", True)


def test_without_the_name_model_nothing_is_given(tmp_path: Path) -> None:
    """Names that no roster lists would stand in the notes."""
    run = filled(tmp_path)
    settings = read_settings(home=run.home, weights=tmp_path / "none", engine="rules")
    with bootstrap(settings) as copilot, pytest.raises(RedactionFailed):
        Desk(copilot, copilot.person("ada")).grant(ReadCommitments, "p1")
    calls: list[Call] = [("commitments", {"pair": "p1"})]
    (refused,) = session(build(lambda: bootstrap(settings), person="ada"), calls)
    assert line(refused).startswith("names cannot be masked reliably here")


@pytest.mark.weights
def test_the_command_serves_the_sample_programme(tmp_path: Path) -> None:
    """The real parts, the real command, the real client: every pair's own mentor reads, and nobody's name leaves."""
    settings = read_settings(home=tmp_path / "home", engine="rules")
    if small_weights(weights_folder(settings)).rampart is None:
        pytest.skip("needs the small model weights: run coach model install --small")
    read_sample(settings, told=lambda _: None)
    with bootstrap(settings) as copilot:
        programme = copilot.programme()
    pair = programme.pairs[0]
    calls: list[Call] = [
        ("prep", {"pair": pair.id, "date": date(2026, 11, 2).isoformat()}),
        ("commitments", {"pair": pair.id}),
        ("search", {"pair": pair.id, "query": "what blocks the release"}),
    ]
    weights = str(settings.weights) if settings.weights else ""
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "copilot", "--home", str(settings.home), "mcp", "--as", pair.mentor],
        cwd=str(ROOT),
        env={"PYTHONPATH": str(ROOT), "COACH_ENGINE": "rules", "COACH_WEIGHTS": weights},
    )
    found = [got(each) for each in session(started, calls)]
    drafted, listed, searched = found
    assert drafted["boxes"]
    assert listed["commitments"]
    assert searched["hits"]
    told = json.dumps(found, ensure_ascii=False)
    assert [each.id for each in programme.people if each.name in told] == []
