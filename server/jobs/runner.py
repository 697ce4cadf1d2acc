"""Runs long work one piece after another and keeps what it tells, so that a page may go away and come back.

One worker: two that read notes would wait for the same two cores, and the notes of a pair keep their order. A job and
its events are whose it was alone; but for what a model words in somebody's own draft, they hold ids and counts, never
a note's words. Refuses more than fits the waiting room. Forgets jobs when the process ends: what a job had finished is
in the record, and it can be started again.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from copilot.errors import CopilotError, NotFound
from guards.errors import GuardError
from knowledge.errors import KnowledgeError
from server.problems import Refused

KEPT: Final = 200
"""Ended jobs that are remembered; the oldest go first."""
WAITING: Final = 20
"""Jobs that may wait or run at once over everybody."""
MINE: Final = 8
"""Of these, one person's, so that others find a place."""
_LOG: Final = logging.getLogger("server.jobs")

Tell = Callable[[str, Mapping[str, Any]], None]
Work = Callable[[Tell], Mapping[str, Any]]


class JobState(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class JobEvent:
    """Something a job told, numbered from 1."""

    number: int
    kind: str
    data: Mapping[str, Any]


@dataclass(slots=True)
class Job:
    """A piece of work of one person."""

    id: str
    kind: str
    person: str
    pair: str
    since: datetime
    state: JobState = JobState.WAITING
    events: list[JobEvent] = field(default_factory=list[JobEvent])
    result: Mapping[str, Any] = field(default_factory=dict[str, Any])
    problem: str = ""

    @property
    def ended(self) -> bool:
        """Whether nothing more will be told."""
        return self.state in {JobState.DONE, JobState.FAILED}

    def after(self, number: int) -> Sequence[JobEvent]:
        """What was told after an event."""
        return self.events[max(number, 0) :]


class Jobs:
    """The jobs of one server."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="job")
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="job-beside")
        self.stopping = threading.Event()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()

    def start(self, kind: str, work: Work, *, person: str, pair: str = "", beside: bool = False) -> Job:
        """Queue work; ``beside`` is for what only waits for a process of its own, so that notes need not wait for it.

        Raises:
            Refused: too many jobs wait already, of everybody or of this person.
        """
        job = Job(secrets.token_urlsafe(12), kind, person, pair, datetime.now(UTC))
        with self._lock:
            waiting = [each.person for each in self._jobs.values() if not each.ended]
            if len(waiting) >= WAITING or waiting.count(person) >= MINE:
                raise Refused("too many jobs wait: try again in a minute", status=429, headers={"Retry-After": "60"})
            self._jobs[job.id] = job
            ended = [each.id for each in self._jobs.values() if each.ended]
            for each in ended[: max(0, len(self._jobs) - KEPT)]:
                del self._jobs[each]
        worker = self._beside if beside else self._worker
        worker.submit(self._run, job, work).add_done_callback(lambda done: _look_for_bug(job, done))
        return job

    def of(self, person: str, job_id: str) -> Job:
        """A person's job.

        Raises:
            NotFound: there is none of theirs by that id (any more).
        """
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None or job.person != person:
            raise NotFound("no such job of yours: it ended long ago or before a restart; what it did is kept")
        return job

    def mine(self, person: str, *, kind: str = "") -> tuple[Job, ...]:
        """A person's jobs, newest first."""
        with self._lock:
            found = [each for each in self._jobs.values() if each.person == person and kind in {"", each.kind}]
        return tuple(reversed(found))

    def close(self) -> None:
        """Let what runs finish, and start nothing more."""
        self.stopping.set()
        for each in (self._worker, self._beside):
            each.shutdown(wait=True, cancel_futures=True)

    def _run(self, job: Job, work: Work) -> None:
        job.state = JobState.RUNNING

        def tell(kind: str, data: Mapping[str, Any]) -> None:
            job.events.append(JobEvent(len(job.events) + 1, kind, data))

        try:
            job.result = work(tell)
            job.state = JobState.DONE  # last: whoever watches reads the result once it says so
        except (CopilotError, GuardError, KnowledgeError, Refused) as error:
            job.problem, job.state = str(error), JobState.FAILED


def _look_for_bug(job: Job, done: Future[None]) -> None:
    """A job that broke in a way nobody foresaw is said to have failed; the message may hold anybody's words."""
    error = None if done.cancelled() else done.exception()
    if error is not None or done.cancelled():
        job.problem, job.state = "something of ours failed; what was finished before is kept", JobState.FAILED
        _LOG.error("job %s of kind %s failed: %s", job.id, job.kind, type(error).__name__)
