"""The application: routes of every slice, what is opened and closed with it, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.telemetry import TelemetryConfig
from starlette.middleware.trustedhost import TrustedHostMiddleware

from copilot.bootstrap import Copilot
from copilot.tokens import Bearer
from server import (
    commitments,
    drafts,
    evaluations,
    feeds,
    health,
    home,
    jobs,
    notes,
    privacy,
    problems,
    programme,
    reviews,
    signing,
    sponsor,
)
from server.bodies import Bodies
from server.describing import described
from server.etags import ETags
from server.headers import OnlyTls, SafeHeaders
from server.html import STATIC
from server.jobs.runner import Jobs
from server.limits import Limits, Rates, Streams
from server.notes.shelf import Shelf
from server.once import Once

LARGEST: Final = 32 * 1024 * 1024
"""Bytes of a request: ingest's largest file and some room for the form around it."""
_QUIET: Final[TelemetryConfig] = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""The framework would put bodies and rejected values into spans."""

_RATES: Final = Rates()

_SLICES: Final = (
    signing,
    home,
    drafts,
    commitments,
    sponsor,
    feeds,
    notes,
    reviews,
    programme,
    evaluations,
    privacy,
    jobs,
)


def create_app(  # noqa: PLR0913 - what it serves, to whom, by what names and how
    copilot: Copilot, *, hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]"),
    oidc: Callable[[str], Bearer] | None = None, warm: bool = True, rates: Rates = _RATES, tls_only: bool = False,
) -> FastAPI:  # fmt: skip
    """The service over an opened home; whoever opened it closes it afterwards.

    Args:
        copilot: the home.
        hosts: names by which the service may be called; any other is refused.
        oidc: verifies tokens of a company's issuer, where one is set.
        rates: how often somebody may ask.
        tls_only: refuse what did not come by TLS, also where a proxy forgot to say so.
        warm: load the redactor in the background at start, so that the first note need not wait for it.
    """
    running = Jobs()
    _ = copilot.audit, copilot.door, copilot.tokens  # one each: two audit logs made at once would break the chain

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        if warm:
            threading.Thread(target=lambda: copilot.redactor, name="warm", daemon=True).start()
        yield
        running.close()

    app = FastAPI(
        title="Mentor-coaching copilot", version="1", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json",
        lifespan=lifespan, max_body_size=LARGEST, telemetry=_QUIET, separate_input_output_schemas=False,
    )  # fmt: skip
    app.state.copilot, app.state.jobs, app.state.oidc = copilot, running, oidc
    app.state.shelf = Shelf()
    app.state.limits, app.state.once, app.state.streams = Limits(rates), Once(), Streams()
    problems.install(app)
    api = APIRouter(prefix="/api/v1", responses=_REFUSALS)
    for each in _SLICES:
        for router in each.API:
            api.include_router(router)
        for router in each.PAGES:
            app.include_router(router)
    app.include_router(health.router)
    app.include_router(api)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(Bodies, largest=LARGEST)
    app.add_middleware(ETags)
    if tls_only:
        app.add_middleware(OnlyTls)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    app.add_middleware(SafeHeaders)
    described(app)
    return app


_PROBLEM: Final[dict[str, Any]] = {"content": {problems.PROBLEM: {"schema": problems.Problem.model_json_schema()}}}
_REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"description": title, **_PROBLEM} for status, title in problems.TITLES.items()
}
