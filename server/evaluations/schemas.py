"""Runs of the evaluation in the API."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from copilot.eval_runs import EvalReport, EvalRun
from server.jobs.schemas import JobOut

Suite = Literal["smoke", "redteam", "rollout"]


class EvalIn(BaseModel):
    """Which suite to run."""

    model_config = ConfigDict(extra="forbid")
    suite: Suite


class EvalOut(BaseModel):
    """A run; ``verdict`` is null while it goes on, or where it was cut off."""

    id: str
    suite: str
    began: datetime
    verdict: str | None

    @classmethod
    def of(cls, run: EvalRun) -> EvalOut:
        """The run in a list."""
        return cls(id=run.id, suite=run.suite, began=run.began, verdict=run.report.verdict if run.report else None)


class EvalReportOut(EvalOut):
    """A run with its report."""

    report: EvalReport | None


class StartedOut(BaseModel):
    """A run that was begun, and the job to watch it by."""

    run: str
    job: JobOut
