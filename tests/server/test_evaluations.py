"""Evals over HTTP: for L&D, run as a process with progress, verdict and reasons, failing cases, no text kept apart."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from copilot.errors import BadInput
from copilot.eval_runs import EvalRuns
from evals.gate import Finding, Gated, Verdict
from evals.reporting import report_shape
from evals.results import Metric, Results, Row
from tests.server.conftest import Service
from tests.server.wider import widened

PROGRAM = """
import json, pathlib, sys, time
folder = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
print("commitments: 50 cases", file=sys.stderr, flush=True)
print("pages: taken over from the folder", flush=True)
if sys.argv[4] == "rollout":
    sys.exit(3)
(folder / "report.json").write_text(json.dumps(json.loads(pathlib.Path(sys.argv[1]).read_text())))
sys.exit(1)
"""


def results() -> Results:
    rows = (
        Row(set="commitments", scorer="no_wrong_owner", unit="c1", cluster="c", value=0.0, reason="owner is another",
            text="<b>Ben</b> labels", spans=((0, 10),), wanted="ben", got="ada"),
        Row(set="commitments_kept", scorer="no_wrong_owner", unit="k1", cluster="k", value=0.0, reason="hidden words",
            text="hidden words", wanted="hidden words", got="hidden words"),
    )  # fmt: skip
    metric = Metric(set="commitments", scorer="no_wrong_owner", n=1, errors=0, clusters=1, mean=0, low=0, high=1, bad=1)
    return Results(suite="rollout", engine="rules", seed=0, digests={}, rows=rows, metrics=(metric,))


GATED = Gated(Verdict.REFUSED, (
    Finding("commitments/no_wrong_owner", 1, 0, 0.0, 0.0, 1.0, base=1.0, reasons=("1 dangerous error",)),
))  # fmt: skip


@pytest.fixture
def wide(tmp_path: Path) -> Iterator[Service]:
    (tmp_path / "program.py").write_text(PROGRAM, "utf-8")
    (tmp_path / "made.json").write_text(json.dumps(report_shape(results(), GATED)), "utf-8")
    command = (sys.executable, str(tmp_path / "program.py"), str(tmp_path / "made.json"))
    with widened(tmp_path) as service:
        app = service.client.app
        assert isinstance(app, FastAPI)
        app.state.evals = EvalRuns(tmp_path / "runs", command=(*command,))
        yield service


def ended(service: Service, job: str) -> dict[str, object]:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = service.client.get(f"/api/v1/jobs/{job}", headers=service.token("lou")).json()
        if found["state"] in {"done", "failed"}:
            return found
        time.sleep(0.05)
    raise AssertionError("the run did not end")


def test_lnd_alone_runs_and_reads(wide: Service) -> None:
    for person in ("ada", "ben", "sam", "cara"):
        headers = wide.token(person)
        assert wide.client.get("/api/v1/evals", headers=headers).status_code == 403
        assert wide.client.post("/api/v1/evals", headers=headers, json={"suite": "smoke"}).status_code == 403
        assert wide.client.get("/api/v1/evals/smoke-20260101T000000", headers=headers).status_code == 403
        assert wide.browser(person).get("/evals").status_code == 403
        assert wide.browser(person).post("/evals", {"suite": "smoke"}).status_code == 403
    assert "No run yet" in wide.browser("lou").get("/evals").text


def test_a_run_tells_how_far_it_is_and_leaves_a_verdict_with_reasons(wide: Service) -> None:
    headers, browser = wide.token("lou"), wide.browser("lou")
    begun = wide.client.post("/api/v1/evals", headers=headers, json={"suite": "smoke"})
    assert begun.status_code == 202
    done = ended(wide, begun.json()["job"]["id"])
    assert (done["state"], done["told"]) == ("done", 1)
    run = begun.json()["run"]
    (listed,) = wide.client.get("/api/v1/evals", headers=headers).json()["items"]
    assert (listed["id"], listed["verdict"]) == (run, "refused")
    report = wide.client.get(f"/api/v1/evals/{run}", headers=headers).json()["report"]
    assert report["findings"][0]["reasons"] == ["1 dangerous error"]
    assert "hidden words" not in json.dumps(report)
    page = browser.get(f"/evals/{run}").text
    assert "Do not roll out" in page
    assert "1 dangerous error" in page
    assert "-1.000" in page
    first = next(at for at, each in enumerate(report["failing"]) if each["name"] == "commitments/no_wrong_owner")
    case = browser.get(f"/evals/{run}/failing/{first}/0").text
    assert "<mark>&lt;b&gt;Ben&lt;/b&gt;</mark>" in case
    for bad in ("9/0", "0/9", "-1/0", "x/0"):
        assert browser.get(f"/evals/{run}/failing/{bad}").status_code in {404, 422}


def test_a_run_that_ends_without_a_report_says_so(wide: Service) -> None:
    browser = wide.browser("lou")
    assert browser.post("/evals", {"suite": "rollout"}, csrf="0" * 64).status_code == 403
    begun = wide.client.post("/api/v1/evals", headers=wide.token("lou"), json={"suite": "rollout"}).json()
    done = ended(wide, begun["job"]["id"])
    assert done["state"] == "failed"
    assert "status 3" in str(done["problem"])
    assert "no verdict" in browser.get("/evals").text
    assert "There is no report" in browser.get(f"/evals/{begun['run']}").text


def test_hostile_input_is_refused(wide: Service) -> None:
    headers = wide.token("lou")
    bad: list[dict[str, str]] = [{"suite": "all"}, {}, {"suite": "smoke", "engine": "endpoint"}, {"suite": "../x"}]
    for sent in bad:
        assert wide.client.post("/api/v1/evals", headers=headers, json=sent).status_code == 422
    for run in ("smoke-1", "..%2f..", "smoke-20260101T000000%2f..", "x" * 99):
        assert wide.client.get(f"/api/v1/evals/{run}", headers=headers).status_code in {404, 422}
    assert wide.client.get("/api/v1/evals/smoke-20260101T000000", headers=headers).status_code == 404


def test_without_cases_there_is_one_clear_line(wide: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copilot.eval_runs._ROOT", tmp_path / "installed")
    app = wide.client.app
    assert isinstance(app, FastAPI)
    app.state.evals = EvalRuns(tmp_path / "none")
    assert "no evaluation cases" in wide.browser("lou").get("/evals").text
    sent = {"suite": "smoke"}
    assert wide.client.post("/api/v1/evals", headers=wide.token("lou"), json=sent).status_code == 422
    with pytest.raises(BadInput):
        EvalRuns(tmp_path / "none").begin("smoke")
