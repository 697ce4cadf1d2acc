"""What a request's body may be before anything reads it: how large for its kind, in which letters, and how slow.

Bodies are read before it is known who sent them, and JSON and plain forms on the event loop, so their limits are far
below that of an uploaded file. A form in other letters than UTF-8 is refused: some encodings make half characters.
"""

from __future__ import annotations

import asyncio
import time
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.problems import problem

JSON_BYTES: Final = 1024 * 1024
"""Ours: parsing as much takes about a tenth of a second, in which nobody else is answered."""
FORM_BYTES: Final = 4 * 1024 * 1024
"""Ours: a note of 400 000 letters in a script whose letters take nine bytes in a form."""
SECONDS: Final = 120.0
"""In which a body must have come; ours, 32 MiB at two megabits a second."""
_FILES: Final = "multipart/form-data"
_FORM: Final = "application/x-www-form-urlencoded"


class Bodies:
    """ASGI middleware that refuses bodies; ``largest`` is that of an upload, in bytes."""

    def __init__(self, app: ASGIApp, *, largest: int, seconds: float = SECONDS) -> None:
        self._app = app
        self._seconds = seconds
        self._limits: Final = {_FILES: largest, _FORM: FORM_BYTES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a problem, or let the body through as long as it stays within its limits."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        kind, _, parameters = headers.get("content-type", "").casefold().partition(";")
        limit = self._limits.get(kind.strip(), JSON_BYTES)
        length = headers.get("content-length", "0")
        status, refused = 200, ""
        if length.isascii() and length.isdigit() and int(length[:20]) > limit:
            status, refused = 413, f"a body of this type has at most {limit} bytes here: send less"
        elif kind.strip() in self._limits and "charset" in parameters and "utf-8" not in parameters.split("charset")[1]:
            status, refused = 415, "a form is read as UTF-8 here: send it so"
        if refused:
            await problem(Request(scope), status, refused)(scope, receive, send)
            return
        await self._app(scope, _Watched(receive, limit=limit, seconds=self._seconds), send)


class _Watched:
    """Receives for the application, and counts bytes and seconds until the body has come."""

    def __init__(self, receive: Receive, *, limit: int, seconds: float) -> None:
        self._receive = receive
        self._left = limit
        self._until = time.monotonic() + seconds
        self._whole = False

    async def __call__(self) -> Message:
        if self._whole:
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, self._until - time.monotonic()))
        except TimeoutError:
            raise HTTPException(408) from None
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(413)
        self._whole = not message.get("more_body", False)
        return message
