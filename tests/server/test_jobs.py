"""Long work: told as it goes, found again after a reload, nobody else's to see."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from typing import Any

import pytest

from copilot.errors import BadInput
from server.jobs.runner import MINE, WAITING, Job, Jobs, JobState, Tell
from server.problems import Refused
from tests.server.conftest import Service


def jobs_of(service: Service) -> Jobs:
    found = service.client.app.state.jobs  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType, reportFunctionMemberAccess]
    assert isinstance(found, Jobs)
    return found


def until_ended(job: Job) -> Job:
    deadline = time.monotonic() + 10
    while not job.ended and time.monotonic() < deadline:
        time.sleep(0.01)
    assert job.ended
    return job


def three(tell: Tell) -> Mapping[str, Any]:
    for number in range(1, 4):
        tell("file", {"done": number, "of": 3})
    return {"added": 3}


def test_a_stream_goes_on_after_the_last_event_that_came(service: Service) -> None:
    job = until_ended(jobs_of(service).start("sample", three, person="ada"))
    headers = service.token("ada")
    whole = service.client.get(f"/api/v1/jobs/{job.id}/events", headers=headers).text
    assert [line for line in whole.splitlines() if line.startswith("id:")] == ["id: 1", "id: 2", "id: 3", "id: 3"]
    rest = service.client.get(f"/api/v1/jobs/{job.id}/events", headers={**headers, "Last-Event-ID": "2"}).text
    assert [line for line in rest.splitlines() if line.startswith("id:")] == ["id: 3", "id: 3"]
    last = [line for line in rest.splitlines() if line.startswith("data:")][-1]
    assert json.loads(last.removeprefix("data:"))["result"] == {"added": 3}


def test_a_job_is_its_persons_alone(service: Service) -> None:
    job = until_ended(jobs_of(service).start("sample", three, person="ada"))
    assert service.client.get(f"/api/v1/jobs/{job.id}", headers=service.token("ada")).json()["state"] == "done"
    for path in (f"/api/v1/jobs/{job.id}", f"/api/v1/jobs/{job.id}/events"):
        assert service.client.get(path, headers=service.token("ben")).status_code == 404


def test_a_refusal_is_told_and_a_bug_is_told_without_its_words() -> None:
    jobs = Jobs()

    def refuses(_: Tell) -> Mapping[str, Any]:
        raise BadInput("3 files could not be read")

    def breaks(_: Tell) -> Mapping[str, Any]:
        raise ZeroDivisionError("Zebulon Quartermaine")

    refused = until_ended(jobs.start("ingest", refuses, person="ada"))
    broken = until_ended(jobs.start("ingest", breaks, person="ada"))
    after = until_ended(jobs.start("ingest", three, person="ada"))
    assert (refused.state, refused.problem) == (JobState.FAILED, "3 files could not be read")
    assert broken.state is JobState.FAILED
    assert "Zebulon" not in broken.problem
    assert after.state is JobState.DONE
    jobs.close()


def test_more_than_can_wait_is_refused() -> None:
    jobs, go = Jobs(), threading.Event()

    def waits(_: Tell) -> Mapping[str, Any]:
        go.wait(10)
        return {}

    for _ in range(MINE):
        jobs.start("ingest", waits, person="ada")
    with pytest.raises(Refused):  # so that others find a place
        jobs.start("ingest", waits, person="ada")
    for number in range(WAITING - MINE):
        jobs.start("ingest", waits, person=f"p{number}")
    with pytest.raises(Refused):
        jobs.start("ingest", waits, person="ben")
    go.set()
    jobs.close()
