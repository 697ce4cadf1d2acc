"""Whether the service is up: ``/healthz`` for the process, ``/readyz`` for whether it can serve. Neither says more."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from copilot.errors import StoreUnavailable
from server.auth import Opened

router: Final = APIRouter(include_in_schema=False)


@router.get("/healthz")
def healthz() -> PlainTextResponse:
    """The process answers."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
def readyz(copilot: Opened) -> PlainTextResponse:
    """The record reads."""
    try:
        copilot.record.programmes.load()
    except StoreUnavailable:  # its line names files, and anybody may ask here
        return PlainTextResponse("not ready\n", 503)
    return PlainTextResponse("ready\n")
