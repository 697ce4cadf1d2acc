"""The programme's board: for L&D alone, days and categories, small groups hidden, no word of a note and no name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.flags.flag import FlagKind
from copilot.programme import Kpi
from copilot.reviewing import enqueue
from guards.consent import Purpose
from server.programme.charts import WIDTH, chart
from tests.doubles.reviews import finding
from tests.server.conftest import Service
from tests.server.wider import allow, nothing_inside, widened

NAMES = ("Ada Nwosu", "Ben Carter", "Sam Reyes", "Dan Okoro", "Cara Lindqvist")
KPI = Kpi("k", "Lead time", "delivery", "days", 98, 70, "lower", "sam", "tickets.csv", 90)


@pytest.fixture
def wide(tmp_path: Path) -> Iterator[Service]:
    with widened(tmp_path) as service:
        yield service


def test_lnd_alone_sees_it(wide: Service) -> None:
    for person in ("ada", "ben", "sam", "cara", "dan"):
        assert wide.client.get("/api/v1/programme", headers=wide.token(person)).status_code == 403
        assert wide.browser(person).get("/programme").status_code == 403
    assert wide.client.get("/api/v1/programme", headers=wide.token("lou")).status_code == 200


def test_the_board_says_week_sessions_papers_and_blockers_with_age_by_consent(wide: Service) -> None:
    today = wide.copilot.today
    card = replace(
        finding("aaaa1111", FlagKind.BLOCKER, pair="p1", day=today, category="data_access"),
        since=today - timedelta(days=20),
    )
    assert enqueue(wide.copilot, [card])
    before = wide.client.get("/api/v1/programme", headers=wide.token("lou"))
    assert not [row for row in before.json()["rows"] if row["blockers"]]
    allow(wide.copilot, Purpose.PROGRAMME_REVIEW, "ada", "ben")
    found = wide.client.get("/api/v1/programme", headers=wide.token("lou"))
    rows = {row["pair"]: row for row in found.json()["rows"]}
    assert [(each["category"], each["days"]) for each in rows["p1"]["blockers"]] == [("data_access", 20)]
    assert next(iter(rows)) == "p1"
    assert (rows["p1"]["last"], rows["p1"]["last_status"], rows["p1"]["next"]) == ("2026-09-28", "held", "2026-10-05")
    assert {each["name"]: each["signed"] for each in rows["p1"]["papers"]} == {
        "mentor_agreement": None, "coach_charter": "2026-09-01", "data_access": "2026-09-02",
    }  # fmt: skip
    assert {each["pairs"] for each in found.json()["across"]} == {None}
    page = wide.browser("lou").get("/programme")
    assert "20 days" in page.text
    assert "fewer than 10 pairs" in page.text
    assert "No measured value is on record" in page.text
    assert 'role="img"' in page.text
    for text in (found.text, page.text.partition("<main")[2]):
        assert nothing_inside(text)
        assert not [each for each in NAMES if each in text]


def test_an_ended_programme_asks_for_nothing(wide: Service) -> None:
    found = wide.client.get("/api/v1/programme", headers=wide.token("lou")).json()
    asked = wide.copilot.corpus.week_ask(found["week"])
    assert all(bool(row["asks"]) == (asked is not None) for row in found["rows"])
    assert date.fromisoformat(found["on"]) == wide.copilot.today


@given(
    baseline=st.none() | st.floats(-1e9, 1e9, allow_nan=False),
    target=st.none() | st.floats(-1e9, 1e9, allow_nan=False),
)
def test_a_chart_stays_on_its_paper_and_says_what_is_missing(baseline: float | None, target: float | None) -> None:
    made = chart(replace(KPI, baseline=baseline, target=target))
    assert "No measured value" in made.text
    if baseline is None or target is None:
        assert made.missing
        assert made.baseline is None
        return
    assert made.baseline is not None
    assert made.target is not None
    assert all(0 <= mark.x <= WIDTH for mark in (made.baseline, made.target))
    if baseline - target > 1e-3:
        assert made.baseline.x >= made.target.x
