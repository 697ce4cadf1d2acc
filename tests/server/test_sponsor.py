"""The sponsor's page and API: shared lines, what waits, the measure, criteria to sign; for the sponsor alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from copilot.criterion_board import board
from copilot.criterion_signing import agreement
from copilot.programme import Kpi
from guards.access import AgreeCriteria, authorize
from server.sponsor.chart import kpi_view
from tests.server.conftest import Service

API = "/api/v1/pairs/p1/commitments"


def agree(service: Service) -> str:
    """Both of the pair agree the first criterion; its id."""
    copilot = service.copilot
    name = ""
    for person in ("ada", "ben"):
        principal = copilot.person(person)
        first = next(each for each in board(copilot, "p1", principal=principal).criteria if each.first)
        grant = authorize(principal, AgreeCriteria, "p1")
        copilot.record.append_criterion_word(
            agreement(first, grant=grant, at=datetime.now(UTC), day=copilot.today), grant
        )
        name = first.id
    return name


def seen(service: Service) -> dict[str, Any]:
    (pair,) = service.client.get("/api/v1/sponsor", headers=service.token("sam")).json()["items"]
    return pair


def share(service: Service, owner: str) -> str:
    every = service.client.get(API, headers=service.token("ben")).json()["items"]
    one = next(each["id"] for each in every if each["owner"] == owner)
    made = service.client.post(f"{API}/{one}/words", headers=service.token("ben"), json={"kind": "share"})
    assert made.status_code == 201
    return one


def test_before_anything_is_shared_there_is_the_measure_alone(service: Service) -> None:
    found = seen(service)
    assert (found["waiting"], found["shared"], found["criteria"]) == ([], [], [])
    assert found["kpi"]["id"] == "lead-time"
    page = service.browser("sam").get("/sponsor").text
    assert "Nothing is shared with you yet" in page
    assert "Lead time" in page
    assert "halve the review time" not in page


def test_what_waits_for_the_sponsor_is_told_with_its_age(service: Service) -> None:
    waiting, other = share(service, "sam"), share(service, "ben")
    found = seen(service)
    assert [each["id"] for each in found["waiting"]] == [waiting]
    assert [each["id"] for each in found["shared"]] == [other]
    assert found["waiting"][0]["age_days"] > 0
    page = service.browser("sam").get("/sponsor").text
    assert f"{found['waiting'][0]['age_days']} days old" in page
    assert ".md" not in page


def test_the_measure_is_drawn_with_a_text_beside_it(service: Service) -> None:
    page = service.browser("sam").get("/sponsor").text
    (label,) = re.findall(r'<svg [^>]*aria-label="([^"]+)"', page)
    assert label == "Lead time: baseline 98 days, agreed threshold at most 70 days; lower is better."
    assert "style=" not in page


@pytest.mark.parametrize(
    ("baseline", "target", "better"),
    [(98, 70, "lower"), (31, 45, "higher"), (5, 5, "lower"), (0, 0, "higher"), (1e9, -3, "lower")],
)
def test_a_picture_stays_within_its_frame(baseline: float, target: float, better: str) -> None:
    view = kpi_view(Kpi("k", "Name", "delivery", "days", baseline, target, better, "sam", "log"))
    assert view.chart is not None
    assert 16 <= view.chart.met_from <= view.chart.met_to <= 304
    assert all(16 <= each <= 304 for each in (view.chart.baseline, view.chart.target))
    assert (view.chart.baseline < view.chart.target) == (baseline < target)


@pytest.mark.parametrize(("baseline", "target"), [(None, 70.0), (98.0, None), (None, None)])
def test_half_a_measure_is_told_and_not_drawn(baseline: float | None, target: float | None) -> None:
    view = kpi_view(Kpi("k", "Name", "delivery", "days", baseline, target, "lower", "sam", "log"))
    assert view.chart is None
    assert "not given" in view.text


def test_a_criterion_both_agreed_is_signed_as_shown_and_once(service: Service) -> None:
    name = agree(service)
    (offer,) = seen(service)["criteria"]
    assert (offer["id"], offer["signed_on"]) == (name, None)
    assert "Sam Reyes" not in offer["text"]
    path = f"/api/v1/pairs/p1/criteria/{name}/signature"
    token = service.token("sam")
    stale = service.client.post(path, headers=token, json={"mark": "0" * 16})
    assert stale.status_code == 422
    assert "another text" in stale.json()["detail"]
    assert seen(service)["criteria"][0]["signed_on"] is None
    assert service.client.post(path, headers=token, json={"mark": offer["mark"]}).status_code == 201
    assert seen(service)["criteria"][0]["signed_on"] == service.copilot.today.isoformat()
    assert service.client.post(path, headers=token, json={"mark": offer["mark"]}).status_code == 422


def test_signing_by_form(service: Service) -> None:
    name, sam = agree(service), service.browser("sam")
    (mark,) = re.findall(r'name="mark" value="([0-9a-f]+)"', sam.get("/sponsor").text)
    assert sam.post(f"/pairs/p1/criteria/{name}/signature", {"mark": mark}, csrf="x").status_code == 403
    sent = sam.post(f"/pairs/p1/criteria/{name}/signature", {"mark": mark})
    assert sent.headers["location"] == "/sponsor?said=signed#p1-criteria"
    page = sam.get("/sponsor?said=signed").text
    assert "signed off" in page
    assert 'name="mark"' not in page


def test_a_half_agreed_criterion_is_not_the_sponsors_to_see(service: Service) -> None:
    copilot = service.copilot
    principal = copilot.person("ada")
    first = next(each for each in board(copilot, "p1", principal=principal).criteria if each.first)
    grant = authorize(principal, AgreeCriteria, "p1")
    copilot.record.append_criterion_word(agreement(first, grant=grant, at=datetime.now(UTC), day=copilot.today), grant)
    assert seen(service)["criteria"] == []
    path = f"/api/v1/pairs/p1/criteria/{first.id}/signature"
    assert service.client.post(path, headers=service.token("sam"), json={"mark": "0" * 16}).status_code == 422


@pytest.mark.parametrize("person", ["ada", "ben"])
def test_the_pair_has_no_sponsors_page_and_signs_nothing(service: Service, person: str) -> None:
    name, token = agree(service), service.token(person)
    assert service.client.get("/sponsor", headers=token).status_code == 403
    assert service.client.get("/api/v1/sponsor", headers=token).status_code == 403
    path = f"/api/v1/pairs/p1/criteria/{name}/signature"
    assert service.client.post(path, headers=token, json={"mark": "0" * 16}).status_code == 403


def test_a_name_in_a_shared_line_is_told_as_person(service: Service) -> None:
    """The history of the programme file names the mentee; the coach's line is shared by the mentee."""
    every = service.client.get(f"{API}?all=true", headers=service.token("ben")).json()["items"]
    one = next(each for each in every if "hypothesis sheet" in each["action"])
    assert "Ben Carter" in one["action"]
    path = f"{API}/{one['id']}/words"
    assert service.client.post(path, headers=service.token("ben"), json={"kind": "share"}).status_code == 201
    (line,) = seen(service)["shared"]
    assert line["action"] == "Send [person] the hypothesis sheet"
