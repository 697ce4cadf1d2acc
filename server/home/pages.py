"""``/`` for whoever is signed in, ``/start`` for whoever runs the server: the sample programme or one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from copilot import intake
from copilot.bootstrap import Copilot
from copilot.ingest import Options
from copilot.programme import Pair, Programme
from copilot.sample.build import build_sample
from guards.access import Role
from server.auth import OWNER, OWNER_ONLY, Opened, SignedIn
from server.home.taking import take_programme
from server.html import show, words
from server.jobs.endpoints import Running
from server.jobs.runner import Tell

pages: Final = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Seat:
    """A pair as somebody in it sees it."""

    pair: Pair
    role: str
    other: str


@pages.get("/")
def home(request: Request, copilot: Opened, caller: SignedIn) -> Response:
    """This week's places of whoever is signed in."""
    programme = copilot.programme()
    seats = [_seat(programme, pair, caller.principal.roles[pair.id].value)
             for pair in programme.pairs if pair.id in caller.principal.roles]  # fmt: skip
    return show(request, "home.html", {"programme": programme, "seats": seats})


def _seat(programme: Programme, pair: Pair, role: str) -> Seat:
    other = {Role.MENTOR_COACH.value: pair.mentee, Role.MENTEE.value: pair.mentor}.get(role, pair.mentee)
    found = programme.person(other)
    return Seat(pair, role, found.name if found else other)


@pages.get("/start", dependencies=[OWNER_ONLY])
def start(request: Request, copilot: Opened, jobs: Running) -> Response:
    """What to do first, and as whom to look once there is a programme."""
    programme = copilot.record.programmes.load()
    running = next((each for each in jobs.mine(OWNER) if not each.ended), None)
    last = next(iter(jobs.mine(OWNER)), None)
    context = {
        "programme": programme, "running": running, "last": last, "csrf": request.state.owner_csrf,
        "people": _people(programme) if programme else [],
    }  # fmt: skip
    return show(request, "start.html", context)


def _people(programme: Programme) -> list[tuple[str, str, str]]:
    """Id, name and roles of everybody who has something to see, coaches first."""
    order = list(Role)
    found: list[tuple[int, str, str, str]] = []
    for person in programme.people:
        held = set(person.roles)
        for pair in programme.pairs:
            seats = ((pair.mentor, Role.MENTOR_COACH), (pair.mentee, Role.MENTEE), (pair.sponsor, Role.SPONSOR))
            held |= {role for holder, role in seats if holder == person.id}
        named = sorted(held - {Role.OTHER}, key=order.index)
        if named:
            roles = ", ".join(words(each.value) for each in named)
            found.append((order.index(named[0]), person.id, person.name, roles))
    return [each[1:] for each in sorted(found)]


@pages.post("/start/sample", dependencies=[OWNER_ONLY])
def start_sample(copilot: Opened, jobs: Running) -> Response:
    """Read the sample programme into this home; twice changes nothing."""

    def work(tell: Tell) -> Mapping[str, Any]:
        sample = build_sample(copilot.home.path / "sample")
        return read_folder(copilot, [sample.folder], tell)

    jobs.start("sample", work, person=OWNER)
    return RedirectResponse("/start", 303)


@pages.post("/start/programme", dependencies=[OWNER_ONLY])
def start_programme(copilot: Opened, file: Annotated[UploadFile, ...]) -> Response:
    """Take a programme file over; notes come afterwards, from the people of it or by ``coach ingest``."""
    take_programme(copilot, file.file.read())
    return RedirectResponse("/start", 303)


def read_folder(copilot: Copilot, paths: list[Path], tell: Tell) -> dict[str, int]:
    """Ingest files and tell of each by number and outcome alone."""
    ready = intake.prepare(copilot, paths)
    counts: dict[str, int] = {}
    for number, each in enumerate(intake.run(copilot, ready, options=Options()), 1):
        counts[each.outcome.value] = counts.get(each.outcome.value, 0) + 1
        tell("file", {"done": number, "of": len(ready.files), "outcome": each.outcome.value})
    return counts
