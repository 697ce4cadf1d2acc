"""Erasures as jobs, and how each ended under an address that nobody can guess.

Whoever has their own person erased is signed out by it; the address of the certificate is then all that they have.
It holds counts, no name and no id. Kept in memory; the certificate itself is in the home.
"""

from __future__ import annotations

import json
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final

from fastapi import Request

from copilot import erasing, erasure_asking
from copilot.bootstrap import Copilot
from copilot.erasure_records import Target
from copilot.errors import NotFound
from server.jobs.endpoints import jobs_of
from server.jobs.runner import Job, Jobs, Tell

_STEPS: Final[Mapping[str, str]] = {
    "tombstone": "Remembering whom not to take back", "tokens": "Removing sign-ins", "key": "Destroying the key",
    "texts": "Masking texts", "vaults": "Clearing the vaults", "record": "Clearing the record",
    "pages": "Removing pages", "settle": "Settling the database", "index": "Making the search index anew",
    "scan": "Searching every byte", "certificate": "Writing the certificate",
}  # fmt: skip
_KEPT: Final = 200


class Erasures:
    """The erasures of one server, by their tickets."""

    def __init__(self, jobs: Jobs) -> None:
        self._runner = jobs
        self._jobs: OrderedDict[str, Job] = OrderedDict()

    def start(self, copilot: Copilot, target: Target, *, person: str) -> tuple[str, Job]:
        """Erase in the background; the ticket under which its end is found.

        Raises:
            Refused: too many jobs wait already.
        """

        def work(tell: Tell) -> Mapping[str, Any]:
            names = list(_STEPS)

            def at(step: str) -> None:
                if step in _STEPS:
                    tell("step", {"text": _STEPS[step], "done": names.index(step) + 1, "of": len(names)})

            ended = erasing.erase(copilot, target, at=at)
            erasure_asking.done(copilot, target)
            return {
                "kind": target.kind, "found_in": len(ended.found_in), "removed": dict(ended.counts),
                "roles_in": len(ended.roles_in), "not_reached": list(erasing.NOT_REACHED),
                "certificate": json.loads(ended.certificate.read_text("utf-8")) if ended.certificate else None,
            }  # fmt: skip

        job = self._runner.start("erasure", work, person=person)
        ticket = secrets.token_urlsafe(24)
        self._jobs[ticket] = job
        while len(self._jobs) > _KEPT:
            self._jobs.popitem(last=False)
        return ticket, job

    def of(self, ticket: str) -> Job:
        """The erasure behind a ticket.

        Raises:
            NotFound: there is none, or the server was started anew since.
        """
        job = self._jobs.get(ticket)
        if job is None:
            raise NotFound(
                "no erasure has this address (any more): its certificate is kept by whoever runs the service"
            )
        return job


def erasures_of(request: Request) -> Erasures:
    """The server's erasures."""
    state = request.app.state
    found = getattr(state, "erasures", None)
    if not isinstance(found, Erasures):
        found = state.erasures = Erasures(jobs_of(request))
    return found
