"""``/api/v1/jobs``: how long work stands, and its events as they come."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Header, Path, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from server.auth import Acting
from server.jobs.runner import Job, Jobs
from server.jobs.schemas import JobOut
from server.limits import Streams

api: Final = APIRouter(prefix="/jobs", tags=["jobs"])
_LONGEST: Final = 600.0
"""Seconds of a stream; a browser then asks again, from the last event on, and is looked at anew who it is."""
_EVERY: Final = 0.2
"""Seconds between looks at a job; nobody sees a difference below that."""

JobId = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


def jobs_of(request: Request) -> Jobs:
    """The server's jobs."""
    found = request.app.state.jobs
    assert isinstance(found, Jobs)  # noqa: S101 - create_app put it there
    return found


Running = Annotated[Jobs, Depends(jobs_of)]


@api.get("/{job}")
def one_job(job: JobId, jobs: Running, person: Acting) -> JobOut:
    """A job of the caller."""
    return JobOut.of(jobs.of(person, job))


async def _found(job: JobId, request: Request, jobs: Running, person: Acting) -> AsyncGenerator[Job]:
    found = jobs.of(person, job)
    streams: Streams = request.app.state.streams
    with streams.one(person):  # until the last event is out
        yield found


@api.get("/{job}/events", response_class=EventSourceResponse)
async def events(
    found: Annotated[Job, Depends(_found)],
    last: Annotated[int, Header(alias="Last-Event-ID", ge=0, le=10**9)] = 0,
) -> AsyncIterator[ServerSentEvent]:
    """What a job tells, as server-sent events; after a lost connection from the last event that was received.

    The stream ends with an event ``end`` that holds the job as it stands then.
    """
    told, until = last, time.monotonic() + _LONGEST
    while time.monotonic() < until:
        ended = found.ended
        for each in found.after(told):
            yield ServerSentEvent(data=dict(each.data), event=each.kind, id=str(each.number))
            told = each.number
        if ended:
            yield ServerSentEvent(data=JobOut.of(found).model_dump(mode="json"), event="end", id=str(told))
            return
        await asyncio.sleep(_EVERY)
