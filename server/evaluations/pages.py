"""``/evals``: may this version be rolled out? Run a suite, read the verdict, look at what failed."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response

from copilot.errors import NotFound
from copilot.eval_runs import FailedCase
from server.auth import Opened
from server.evaluations.endpoints import KIND, Evaluating, RunId, Runs, begin, going
from server.evaluations.schemas import Suite
from server.html import show
from server.jobs.endpoints import Running

pages: Final = APIRouter(include_in_schema=False, prefix="/evals")
Number = Annotated[int, Path(ge=0, le=9999)]


@pages.get("")
def evals(request: Request, copilot: Opened, runs: Runs, grant: Evaluating, jobs: Running) -> Response:
    """The runs, and the way to a new one."""
    person = grant.principal.person
    job = going(copilot, jobs)
    last = next(iter(jobs.mine(person, kind=KIND)), None)
    context = {
        "available": runs.available, "runs": runs.every(), "job": job, "own": job is not None and job.person == person,
        "problem": last.problem if last and last.ended else "",
    }  # fmt: skip
    return show(request, "evals.html", context)


@pages.post("")
def start(copilot: Opened, runs: Runs, grant: Evaluating, jobs: Running, suite: Annotated[Suite, Form()]) -> Response:
    """Run a suite; one at a time."""
    if going(copilot, jobs) is None:
        begin(runs, jobs, suite, person=grant.principal.person)
    return RedirectResponse("/evals", 303)


@pages.get("/{run}")
def one_run(request: Request, runs: Runs, _: Evaluating, run: RunId) -> Response:
    """The verdict of a run with its reasons, metrics beside the baseline, and failing cases."""
    return show(request, "eval-run.html", {"run": runs.one(run)})


@pages.get("/{run}/failing/{group}/{case}")
def failing(request: Request, runs: Runs, _: Evaluating, run: RunId, group: Number, case: Number) -> Response:
    """One failing case: what was expected, what came, and where."""
    found = runs.one(run)
    if found.report is None or group >= len(found.report.failing) or case >= len(found.report.failing[group].rows):
        raise NotFound("no such failing case in this run")
    of = found.report.failing[group]
    row = of.rows[case]
    context = {"run": found, "group": of, "row": row, "parts": _parts(row), "at": case, "number": group}
    return show(request, "eval-case.html", context)


def _parts(row: FailedCase) -> list[tuple[str, bool]]:
    """The text in pieces, with whether each lies in a span."""
    made: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(row.spans):
        first, last = max(at, min(start, len(row.text))), min(end, len(row.text))
        if last > first:
            made += [(row.text[at:first], False), (row.text[first:last], True)]
            at = last
    return [each for each in [*made, (row.text[at:], False)] if each[0]]
