"""What goes with every answer: the policy of what a page may load, and what no cache, frame or other site may do."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.problems import problem

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
_ALWAYS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "X-Robots-Tag": "noindex",
}
_SECURE: Final = "max-age=31536000"


class SafeHeaders:
    """ASGI middleware that adds the headers; outermost, so that errors have them too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    found.setdefault(name, value)
                if scope["scheme"] == "https":
                    found.setdefault("Strict-Transport-Security", _SECURE)
                if not str(scope["path"]).startswith("/static/"):
                    found["Cache-Control"] = "no-store"  # a stream would come with less
            await send(message)

        await self._app(scope, receive, with_headers)


class OnlyTls:
    """ASGI middleware that refuses what came readable over the network; whether we are up may be asked by anybody."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a problem unless the scheme is https."""
        if scope["type"] == "http" and scope["scheme"] != "https" and scope["path"] not in {"/healthz", "/readyz"}:
            said = "this service is behind TLS: open its https address; its proxy sends X-Forwarded-Proto"
            await problem(Request(scope), 403, said)(scope, receive, send)
            return
        await self._app(scope, receive, send)
