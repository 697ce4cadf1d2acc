"""ETags: an API answer that has not changed is not sent again; a write can name the state it was made for.

The tag is a keyed digest of the answer's bytes, so it tells nothing of them to whoever does not hold them.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LARGEST: Final = 4 * 1024 * 1024


def matches(header: str, tag: str) -> bool:
    """Whether an ``If-None-Match`` or ``If-Match`` header names a tag."""
    named = {each.strip().removeprefix("W/") for each in header.split(",")}
    return "*" in named or tag in named


class ETags:
    """ASGI middleware over the API's ``GET``; streams and errors pass as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._key = secrets.token_bytes(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with 304 where the caller holds the same already."""
        if scope["type"] != "http" or scope["method"] != "GET" or not str(scope["path"]).startswith("/api/"):
            await self._app(scope, receive, send)
            return
        held = Headers(scope=scope).get("if-none-match", "")
        start: list[Message] = []

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start" and _taggable(message):
                start.append(message)
                return
            if not start:
                await send(message)
                return
            first = start.pop()
            if message.get("more_body"):  # more than one piece: not ours to hold back
                await send(first)
                await send(message)
                return
            await self._finish(first, message, held, send)

        await self._app(scope, receive, tagged)

    async def _finish(self, first: Message, message: Message, held: str, send: Send) -> None:
        headers = MutableHeaders(scope=first)
        tag = (
            headers.get("etag") or f'"{hmac.new(self._key, message.get("body", b""), hashlib.sha256).hexdigest()[:32]}"'
        )
        headers = MutableHeaders(scope=first)
        headers["ETag"] = tag
        if held and matches(held, tag):
            first["status"] = 304
            del headers["content-length"]
            message = {"type": "http.response.body", "body": b""}
        await send(first)
        await send(message)


def _taggable(message: Message) -> bool:
    found = Headers(raw=message["headers"])
    return message["status"] == 200 and 0 < int(found.get("content-length", "0")) <= _LARGEST
