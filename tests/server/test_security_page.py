"""docs/security.md: every requirement once, and every test that it names is there."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

PAGE = Path("docs/security.md").read_text("utf-8")
ROWS = re.findall(r"^\| (V\d+\.\d+\.\d+) \| (.+?) \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)


def test_every_requirement_has_one_row_and_a_state() -> None:
    assert len(ROWS) == 70
    assert len({row[0] for row in ROWS}) == 70
    states = Counter(row[2] for row in ROWS)
    assert set(states) == {"tested", "by reading", "does not apply", "not met"}
    said = [int(each) for each in re.findall(r"(\d+) (?:tested|by reading|that do not apply|not met)", PAGE)]
    assert said == [states[each] for each in ("tested", "by reading", "does not apply", "not met")]


def test_what_is_said_to_be_tested_names_a_test() -> None:
    for number, _, state, reason in ROWS:
        assert ("::" in reason) if state == "tested" else reason, number


def test_every_test_that_is_named_is_there() -> None:
    assert len(NAMED) > 40
    for path, name in NAMED:
        tree = ast.parse(Path(path).read_text("utf-8"))
        assert name in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}, (path, name)
