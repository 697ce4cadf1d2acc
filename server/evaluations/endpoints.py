"""``/api/v1/evals``: runs of the evaluation, for whoever decides on a rollout."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import Depends, Path, Request

from copilot.bootstrap import Copilot
from copilot.eval_runs import EvalRuns
from guards.access import Grant, RunEvals, authorize
from server.auth import Opened, SignedIn
from server.evaluations.schemas import EvalIn, EvalOut, EvalReportOut, StartedOut
from server.jobs.endpoints import Running
from server.jobs.runner import Job, Jobs, Tell
from server.jobs.schemas import JobOut
from server.once import api_router
from server.paging import Page, Paged, page

api: Final = api_router("/evals", "evals")
KIND: Final = "eval"
RunId = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[a-z]+-\d{8}T\d{6}$")]


def runs_of(request: Request) -> EvalRuns:
    """The checkout's runs."""
    found = getattr(request.app.state, "evals", None)
    if not isinstance(found, EvalRuns):
        found = request.app.state.evals = EvalRuns()
    return found


Runs = Annotated[EvalRuns, Depends(runs_of)]


def may_evaluate(copilot: Opened, caller: SignedIn) -> Grant[RunEvals]:
    """A grant on the programme at large.

    Raises:
        NotPermitted: they do not run it.
    """
    return authorize(caller.principal, RunEvals, copilot.programme().id)


Evaluating = Annotated[Grant[RunEvals], Depends(may_evaluate)]


@api.get("")
def every_run(runs: Runs, _: Evaluating, wanted: Paged) -> Page[EvalOut]:
    """Every run, by suite and day."""
    found = sorted(runs.every(), key=lambda each: each.id)
    shown = page(found, wanted, key=lambda each: each.id)
    return Page(items=[EvalOut.of(each) for each in shown.items], next=shown.next)


@api.post("", status_code=202)
def start(runs: Runs, grant: Evaluating, jobs: Running, wanted: EvalIn) -> StartedOut:
    """Run a suite in the background, in a process of its own."""
    run_id, job = begin(runs, jobs, wanted.suite, person=grant.principal.person)
    return StartedOut(run=run_id, job=JobOut.of(job))


@api.get("/{run}")
def one_run(runs: Runs, _: Evaluating, run: RunId) -> EvalReportOut:
    """A run with verdict, reasons, metrics beside the baseline and failing cases."""
    found = runs.one(run)
    return EvalReportOut(**EvalOut.of(found).model_dump(), report=found.report)


def begin(runs: EvalRuns, jobs: Jobs, suite: str, *, person: str) -> tuple[str, Job]:
    """Start a run; its id, and its job.

    Raises:
        BadInput: this installation has no cases.
        Refused: too many jobs wait already.
    """
    run_id = runs.begin(suite)

    def work(tell: Tell) -> Mapping[str, Any]:
        def told(name: str, count: int) -> None:
            tell("step", {"text": f"{name.replace('_', ' ')}: {count} cases"})

        report = runs.run(run_id, tell=told, stopped=jobs.stopping.is_set)
        return {"run": run_id, "verdict": report.verdict}

    return run_id, jobs.start(KIND, work, person=person, beside=True)


def going(copilot: Copilot, jobs: Jobs) -> Job | None:
    """A run that goes on now, of anybody of L&D in this programme."""
    people = [each.id for each in copilot.programme().people]
    return next((job for each in people for job in jobs.mine(each, kind=KIND) if not job.ended), None)
