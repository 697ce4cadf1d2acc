"""The development cases of many styles, read with the roster alone: few lines missed, and long lines stay quick."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import yaml

from guards.roster import Roster, RosterPerson
from tests.copilot.extraction.reading_cases import mentions

_CASES = Path(__file__).parent / "cases" / "styles.yaml"


def _single() -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load(_CASES.read_text(encoding="utf-8"))
    return [case for case in cases if len(case["documents"]) == 1 and case["documents"][0]["kind"] != "transcript"]


def test_a_line_with_a_promise_names_its_owner() -> None:
    right = total = 0
    for case in _single():
        roster = Roster(tuple(RosterPerson(p["id"], p["name"], tuple(p["also"])) for p in case["roster"]))
        document = case["documents"][0]
        found = mentions(document["text"], on=document["date"], roster=roster)
        for row in case["expect"]:
            on_line = {each.owner for each in found if each.citation.first <= row["line"] <= each.citation.last}
            right += row["owner"] in on_line
            total += 1
    assert total >= 200
    assert right / total >= 0.9


def test_a_long_list_of_names_is_read_in_seconds() -> None:
    began = time.process_time()
    mentions("Ben and " * 1000)
    assert time.process_time() - began < 10
