"""Bounds an answer: how many bytes and how long in all, whatever the server sends and how slowly.

Wraps the transport it is given and opens no connection itself. Asks no door: that was done before, in the thread of
the caller, who may be holding the pair's vault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Thread

import httpx2


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """How much an answer may be and how long the whole call may take."""

    seconds: float
    bytes: int = 4 << 20


class BoundedTransport(httpx2.BaseTransport):
    """Sends in a thread that nobody waits for any longer than the limit or the request's read time-out, whichever is
    less, and reads the answer to its end there.

    A client's time-out bounds one wait only: a server that sends a byte now and then never meets it. Of no use for
    answers that are streamed.
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
        Thread(target=self._send, args=(request, ended, given_up), daemon=True).start()
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

    def _send(self, request: httpx2.Request, ended: SimpleQueue[httpx2.Response | Exception], given_up: Event) -> None:
        came: httpx2.Response | Exception = httpx2.ReadError("the call ended without an answer")
        try:
            came = self._read(self._inner.handle_request(request), given_up)
        except (httpx2.HTTPError, httpx2.StreamError, OSError, RuntimeError, ValueError) as error:
            came = error
        finally:
            ended.put(came)

    def _read(self, answer: httpx2.Response, given_up: Event) -> httpx2.Response:
        try:
            if answer.headers.get("content-encoding", "identity") != "identity":
                raise httpx2.ReadError("the answer is packed, which was not asked for")
            content = b"".join(self._within(answer.stream, given_up))
        finally:
            answer.close()
        headers = [(name, value) for name, value in answer.headers.items() if name.lower() != "transfer-encoding"]
        return httpx2.Response(answer.status_code, headers=headers, content=content, extensions=answer.extensions)

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
