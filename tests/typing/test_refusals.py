"""The type checker refuses what the types promise to refuse, and nothing else: run over snippets that must not pass."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

REFUSED = Path(__file__).parent / "refused"
_MARK = re.compile(r"# refused: (\w+)$")

Reports = dict[tuple[str, int], set[str]]


def checked(folder: Path) -> Reports:
    """The rules strict basedpyright reports, by file name and line, counted from 1."""
    call = [sys.executable, "-m", "basedpyright", "--outputjson", "--pythonpath", sys.executable, "-p", str(folder)]
    ended = subprocess.run(call, capture_output=True, text=True, check=False, timeout=240)
    assert ended.returncode in {0, 1}, ended.stderr or ended.stdout
    reports: Reports = {}
    for each in json.loads(ended.stdout)["generalDiagnostics"]:
        at = (Path(each["file"]).name, each["range"]["start"]["line"] + 1)
        reports.setdefault(at, set()).add(each.get("rule", "syntax"))
    return reports


def marked(folder: Path) -> dict[tuple[str, int], str]:
    """The rule that each comment asks for; the checker may have more to say about the line."""
    return {
        (file.name, number): found[1]
        for file in sorted(folder.glob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if (found := _MARK.search(line))
    }


@pytest.fixture(scope="module")
def reported() -> Reports:
    return checked(REFUSED)


def test_there_are_snippets_for_both_texts_and_grants() -> None:
    assert {name for name, _ in marked(REFUSED)} == {"texts.py", "grants.py"}
    assert len(marked(REFUSED)) >= 30


def test_every_marked_line_is_refused_for_its_reason(reported: Reports) -> None:
    assert {at: rule for at, rule in marked(REFUSED).items() if rule not in reported.get(at, set())} == {}


def test_no_unmarked_line_is_refused(reported: Reports) -> None:
    assert {at: rules for at, rules in reported.items() if at not in marked(REFUSED)} == {}
