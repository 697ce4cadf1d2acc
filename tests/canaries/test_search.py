"""The search finds every planted form in every encoding; a search that finds nothing would prove nothing."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from benchmarks.canary_home import without_roster
from benchmarks.canary_scan import Needles
from benchmarks.canary_values import FORMS, Kind, Value, planted

VALUES = planted(220, seed=7)
NEEDLES = Needles((needle, each.no) for each in VALUES for needle in each.needles)
ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-16": lambda text: text.encode("utf-16-le"),
    "utf-16, big end first, at an odd place": lambda text: b"\x05" + text.encode("utf-16-be"),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(text.encode()).rstrip(b"="),
    "percent": lambda text: quote(text).encode(),
    "escapes": lambda text: json.dumps(text).encode(),
    "escapes in escapes": lambda text: json.dumps(json.dumps(text)).encode(),
    "base64 of escapes": lambda text: base64.b64encode(json.dumps(text).encode()),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_form_is_found_in_every_encoding(encoding: str) -> None:
    encode = ENCODINGS[encoding]
    missed = [
        (each.kind, form)
        for each in VALUES
        for form in each.forms
        if each.no not in NEEDLES.found_in(b'{"x": "' + encode(f"said {form} again") + b'"}\x00')
    ]
    assert missed == []


def test_what_was_not_planted_is_not_found() -> None:
    others = planted(400, seed=8)
    text = "\n".join(form for each in others for form in each.forms)
    strangers = NEEDLES.found_in_text(text)
    shared = {each.no for each in VALUES for other in others if set(each.needles) & set(other.needles)}
    assert strangers <= shared


def test_values_are_distinct_and_have_their_forms() -> None:
    many = planted(3300)
    assert len(many) >= 3000
    assert len({each.needles for each in many}) == len(many)
    assert {len(each.forms) for each in many} == {FORMS}
    assert {each.kind for each in many} == set(Kind)


@pytest.mark.parametrize("kind", [each for each in Kind if each is not Kind.HELD])
def test_forms_differ_as_a_rule(kind: Kind) -> None:
    few = [each for each in planted(3300) if each.kind is kind]
    whole = sum(len(set(each.forms)) for each in few) / (FORMS * len(few))
    assert whole > 0.8, f"{kind}: forms repeat"


def test_the_roster_row_is_blanked_and_nothing_else(tmp_path: Path) -> None:
    import sqlite3

    row = json.dumps([{"id": each.no, "name": each.text, "roles": []} for each in VALUES], ensure_ascii=False)
    path = tmp_path / "record.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE programmes (id TEXT, saved INTEGER, body TEXT)")
        connection.execute("INSERT INTO programmes VALUES ('demo', 1, ?)", (row,))
        connection.execute("CREATE TABLE lines (text TEXT)")
    connection.close()
    assert NEEDLES.found_in(path.read_bytes())
    assert NEEDLES.found_in(without_roster(path.read_bytes(), (row.encode(),))) == frozenset()
    leaked = _spoken(VALUES[3])
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO lines VALUES (?)", (leaked,))
    connection.close()
    assert NEEDLES.found_in(without_roster(path.read_bytes(), (row.encode(),))) == {VALUES[3].no}


def _spoken(value: Value) -> str:
    return f"Talked with {value.text} about the threshold."


def test_a_find_is_of_one_value_alone() -> None:
    """A short made-up word once stood within another's, and was counted as a leak of it."""
    values = planted(400, seed=5)
    needles = Needles((needle, each.no) for each in values for needle in each.needles)
    for each in values:
        for form in each.forms:
            assert needles.found_in_text(form) <= {each.no}
