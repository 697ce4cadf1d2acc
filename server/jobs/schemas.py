"""Jobs in the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from server.jobs.runner import Job, JobState


class JobOut(BaseModel):
    """A job of the caller; ``result`` is there once it is done, ``problem`` once it failed."""

    id: str
    kind: str
    pair: str | None
    state: JobState
    since: datetime
    told: int
    result: dict[str, Any] | None
    problem: str | None

    @classmethod
    def of(cls, job: Job) -> JobOut:
        """The job as the API shows it."""
        done = job.state is JobState.DONE
        return cls(
            id=job.id, kind=job.kind, pair=job.pair or None, state=job.state, since=job.since, told=len(job.events),
            result=dict(job.result) if done else None, problem=job.problem or None,
        )  # fmt: skip
