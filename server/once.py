"""Writes that are sent twice are done once: ``Idempotency-Key`` on the API's unsafe methods.

The key is a person's own. What a route answered is kept in memory for a day, so a repetition after a restart is done
again: the record's own writes are idempotent where that matters, and an answer holds names that may lie on no disk. A
repetition passes every check of its first time again before it is answered. Refuses the same key for another request,
and a second one while the first is still at work.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import json
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Header, Request, Response, UploadFile
from fastapi.routing import APIRoute
from pydantic import BaseModel

from server.auth import SAFE, SignedIn
from server.problems import Conflict, Refused

KEPT_SECONDS: Final = 24 * 3600.0
MOST: Final = 10_000
MINE: Final = 200
"""Answers that are kept for one person; the oldest go first. An answer can hold a whole draft."""
_KEY: ContextVar[tuple[str, str] | None] = ContextVar("idempotency key", default=None)


@dataclass(slots=True)
class _Done:
    asked: str
    at: float
    finished: bool = False
    value: Any = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


class Once:
    """What was done under which key, for one server."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._done: OrderedDict[tuple[str, str], _Done] = OrderedDict()
        self._lock = threading.Lock()
        self._clock = clock

    def begin(self, key: tuple[str, str], asked: str) -> _Done | None:
        """What was answered to the same request before, or ``None`` for a new one, which now is at work.

        Raises:
            Refused: the key belongs to another request.
            Conflict: the first is still at work.
        """
        with self._lock:
            self._forget()
            known = self._done.get(key)
            if known is None:
                self._make_room(key[0])
                self._done[key] = _Done(asked, self._clock())
                return None
            if known.asked != asked:
                raise Refused("this Idempotency-Key was used for another request: take a new one", status=422)
            if not known.finished:
                raise Conflict("the first request with this Idempotency-Key is still at work: ask again in a moment")
            return known

    def finish(self, key: tuple[str, str], value: Any, headers: Mapping[str, str]) -> None:
        """Keep the answer."""
        with self._lock:
            if key in self._done:
                done = self._done[key]
                done.value, done.headers, done.finished = value, headers, True

    def drop(self, key: tuple[str, str]) -> None:
        """A request that was refused or failed may be sent again."""
        with self._lock:
            self._done.pop(key, None)

    def _make_room(self, person: str) -> None:
        theirs = [each for each, done in self._done.items() if each[0] == person and done.finished]
        for each in theirs[: max(0, len(theirs) - MINE + 1)]:
            del self._done[each]

    def _forget(self) -> None:
        old = self._clock() - KEPT_SECONDS
        while self._done:
            first = next(iter(self._done))
            if self._done[first].at > old and len(self._done) <= MOST:
                return
            del self._done[first]


async def _keyed(
    caller: SignedIn,
    key: Annotated[str, Header(alias="Idempotency-Key", max_length=200, pattern=r"^[\x21-\x7e]*$")] = "",
) -> AsyncGenerator[None]:  # fmt: skip
    token = _KEY.set((caller.person, key) if key else None)
    try:
        yield
    finally:
        _KEY.reset(token)


class OnceRoute(APIRoute):
    """A route whose unsafe methods honour the key. The endpoint is called after every dependency has passed."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        if not set(options.get("methods") or {"GET"}) <= SAFE and not inspect.iscoroutinefunction(endpoint):
            endpoint = _once(endpoint)
            options["dependencies"] = [*(options.get("dependencies") or ()), Depends(_keyed)]
        super().__init__(path, endpoint, **options)


def api_router(prefix: str, tag: str) -> APIRouter:
    """A router of the API."""
    return APIRouter(prefix=prefix, tags=[tag], route_class=OnceRoute)


def _once(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """The endpoint, asked only for a key that is new; every route that takes the key also takes the request."""
    signature = inspect.signature(endpoint, eval_str=True)
    extra = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind)
        for name, kind in (("once_request", Request), ("once_response", Response))
    ]

    @functools.wraps(endpoint)
    def done_once(*, once_request: Request, once_response: Response, **given: Any) -> Any:
        found = _KEY.get()
        if found is None:
            return endpoint(**_with_response(signature, given, once_response))
        once: Once = once_request.app.state.once
        key = (found[0], found[1])
        before = once.begin(key, _asked(once_request, given))
        if before is not None:
            once_response.headers.update({**before.headers, "Idempotency-Replayed": "true"})
            return before.value
        try:
            value = endpoint(**_with_response(signature, given, once_response))
        except BaseException:
            once.drop(key)
            raise
        once.finish(key, value, {name: each for name, each in once_response.headers.items() if name == "location"})
        return value

    own = [each for each in signature.parameters.values() if each.annotation is not Response]
    done_once.__signature__ = signature.replace(parameters=[*own, *extra])  # pyright: ignore[reportAttributeAccessIssue]
    return done_once


def _with_response(signature: inspect.Signature, given: Mapping[str, Any], response: Response) -> dict[str, Any]:
    """The endpoint's own arguments; the response it may set headers on is the one that is kept."""
    own = {name: response for name, each in signature.parameters.items() if each.annotation is Response}
    return {**given, **own}


def _asked(request: Request, given: Mapping[str, Any]) -> str:
    """A digest of what was asked: method, address, and every field and file of the body."""
    body: dict[str, object] = {
        name: value.model_dump(mode="json") if isinstance(value, BaseModel) else value
        for name, value in given.items()
        if isinstance(value, BaseModel | str | int | float | bool | list)
    }
    files = {name: (value.filename, _digest(value)) for name, value in given.items() if isinstance(value, UploadFile)}
    text = json.dumps([request.method, request.url.path, str(request.query_params), body, files], default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _digest(file: UploadFile) -> str:
    found = hashlib.file_digest(file.file, "sha256").hexdigest()  # pyright: ignore[reportArgumentType] - a file
    file.file.seek(0)
    return found
