"""Whether the service is up: ``/healthz`` for the process, ``/readyz`` for whether it can serve. Neither says more."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from server.auth import Opened

router: Final = APIRouter(include_in_schema=False)


@router.get("/healthz")
def healthz() -> PlainTextResponse:
    """The process answers."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
def readyz(copilot: Opened) -> PlainTextResponse:
    """The record reads; an error becomes a 503 like everywhere."""
    copilot.record.programmes.load()
    return PlainTextResponse("ready\n")
