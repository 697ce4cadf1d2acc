"""Bounds an answer: how many bytes and how long in all, whatever the server sends and how slowly.

Wraps the transport it is given and opens no connection itself. Asks no door: that was done before, in the thread of
the caller, who may be holding the pair's vault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import Final

import httpx2

_EVENTS: Final = "text/event-stream"


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """How much an answer may be and how long the whole call may take."""

    seconds: float
    bytes: int = 4 << 20


class BoundedTransport(httpx2.BaseTransport):
    """Sends in a thread that nobody waits for any longer than the limit or the request's read time-out, whichever is
    less, and reads the answer to its end there.

    A client's time-out bounds one wait only: a server that sends a byte now and then never meets it. An answer of
    events is handed on piece by piece as it comes, within the same bounds.
    """

    def __init__(self, inner: httpx2.BaseTransport, *, limits: AnswerLimits) -> None:
        self._inner = inner
        self._limits = limits

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send, and read the answer.

        Raises:
            httpx2.TransportError: no answer, or one that is too large, too slow or packed.
        """
        ended: SimpleQueue[httpx2.Response | Exception] = SimpleQueue()
        given_up = Event()
        asked: float | None = request.extensions.get("timeout", {}).get("read")
        seconds = min(self._limits.seconds, asked if asked is not None else self._limits.seconds)
        until = monotonic() + seconds
        Thread(target=self._send, args=(request, ended, given_up, until), daemon=True).start()
        try:
            came = ended.get(timeout=seconds)
        except Empty:
            given_up.set()
            raise httpx2.ReadTimeout(f"the answer took more than {seconds:g} seconds") from None
        if isinstance(came, httpx2.Response):
            return came
        raise came

    def close(self) -> None:
        """Close the sending transport."""
        self._inner.close()

    def _send(
        self, request: httpx2.Request, ended: SimpleQueue[httpx2.Response | Exception], given_up: Event, until: float
    ) -> None:
        came: httpx2.Response | Exception | None = httpx2.ReadError("the call ended without an answer")
        try:
            answer = self._inner.handle_request(request)
            if answer.headers.get("content-type", "").startswith(_EVENTS):
                pieces = SimpleQueue[bytes | Exception | None]()
                stream, came = _Pieces(pieces, given_up, until), None
                headers = _headers(answer)
                ended.put(
                    httpx2.Response(answer.status_code, headers=headers, stream=stream, extensions=answer.extensions)
                )
                self._pump(answer, pieces, given_up)
            else:
                came = self._read(answer, given_up)
        except (httpx2.HTTPError, httpx2.StreamError, OSError, RuntimeError, ValueError) as error:
            came = error
        finally:
            if came is not None:
                ended.put(came)

    def _pump(self, answer: httpx2.Response, pieces: SimpleQueue[bytes | Exception | None], given_up: Event) -> None:
        """Hand the pieces on; the end or the error is the last of them."""
        last: Exception | None = httpx2.ReadError("the answer broke off")
        try:
            _refuse_packed(answer)
            for piece in self._within(answer.stream, given_up):
                pieces.put(piece)
            last = None
        except (httpx2.HTTPError, httpx2.StreamError, OSError, RuntimeError, ValueError) as error:
            last = error
        finally:
            answer.close()
            pieces.put(last)

    def _read(self, answer: httpx2.Response, given_up: Event) -> httpx2.Response:
        try:
            _refuse_packed(answer)
            content = b"".join(self._within(answer.stream, given_up))
        finally:
            answer.close()
        return httpx2.Response(
            answer.status_code, headers=_headers(answer), content=content, extensions=answer.extensions
        )

    def _within(self, stream: object, given_up: Event) -> Iterator[bytes]:
        if not isinstance(stream, httpx2.SyncByteStream):
            raise httpx2.ReadError("the answer is no plain stream of bytes")
        size = 0
        for chunk in stream:
            size += len(chunk)
            if size > self._limits.bytes:
                raise httpx2.ReadError(f"the answer is larger than {self._limits.bytes} bytes")
            if given_up.is_set():
                raise httpx2.ReadTimeout("nobody waits for the answer any longer")
            yield chunk


class _Pieces(httpx2.SyncByteStream):
    """The pieces of an answer as they come, none waited for beyond ``until``, a moment of the monotonic clock."""

    def __init__(self, pieces: SimpleQueue[bytes | Exception | None], given_up: Event, until: float) -> None:
        self._pieces = pieces
        self._given_up = given_up
        self._until = until

    def __iter__(self) -> Iterator[bytes]:
        while True:
            try:
                piece = self._pieces.get(timeout=max(self._until - monotonic(), 0.0))
            except Empty:
                self._given_up.set()
                raise httpx2.ReadTimeout("the answer took too long to come to its end") from None
            if isinstance(piece, Exception):
                raise piece
            if piece is None:
                return
            yield piece

    def close(self) -> None:
        """Nobody reads on."""
        self._given_up.set()


def _headers(answer: httpx2.Response) -> list[tuple[str, str]]:
    return [(name, value) for name, value in answer.headers.items() if name.lower() != "transfer-encoding"]


def _refuse_packed(answer: httpx2.Response) -> None:
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise httpx2.ReadError("the answer is packed, which was not asked for")
