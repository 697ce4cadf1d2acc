"""The only HTTP code of the product: a transport that asks the door first, and a download that checks its hash."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, cast

import httpx2

from guards.egress import NO_PAIR, EgressDoor
from guards.egress_bounds import AnswerLimits, BoundedTransport
from guards.errors import EgressRefused

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class GuardedTransport(httpx2.BaseTransport):
    """Shows address, headers but for the key, and body of every request to the door before any byte goes.

    Args:
        door: the door.
        pair: says whose call is being made, at the time it is made.
        inner: the transport that sends; the default talks to the network and ignores proxy variables.
    """

    def __init__(self, door: EgressDoor, *, pair: Callable[[], str], inner: httpx2.BaseTransport | None = None) -> None:
        self._door = door
        self._pair = pair
        self._inner = inner if inner is not None else httpx2.HTTPTransport(retries=0)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request that the door lets pass.

        Raises:
            EgressRefused: nothing was sent.
        """
        request.headers["accept-encoding"] = "identity"  # a packed answer could be small and unpack to gigabytes
        where = "loopback" if request.url.host in _LOOPBACK else "endpoint"
        if request.headers.get("content-encoding", "identity") != "identity":
            raise EgressRefused("a call with a packed body was refused: nothing was sent; send it as it is")
        body = request.read()
        self._door.check(_envelope(request) + body, pair=self._pair(), destination=where, texts=_messages(body))
        request.stream = httpx2.ByteStream(body)  # what was scanned is what goes
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close the sending transport."""
        self._inner.close()


def guarded_client(
    door: EgressDoor, *, pair: Callable[[], str], timeout: float, inner: httpx2.BaseTransport | None = None
) -> httpx2.Client:
    """A client for the chat provider that cannot reach anything but through the door.

    ``timeout``, in seconds, holds for each wait and for the call as a whole.
    """
    sending = BoundedTransport(inner or httpx2.HTTPTransport(retries=0), limits=AnswerLimits(timeout))
    transport = GuardedTransport(door, pair=pair, inner=sending)
    return httpx2.Client(transport=transport, timeout=timeout, trust_env=False, follow_redirects=False)


class HttpDoor:
    """The door with its HTTP client, as engines ask for it: every call is scanned for one pair's names."""

    def __init__(self, door: EgressDoor, *, timeout: float, inner: httpx2.BaseTransport | None = None) -> None:
        self._door = door
        self._timeout = timeout
        self._inner = inner

    def client(self, *, pair: str) -> httpx2.Client:
        """A client whose calls are the pair's."""
        return guarded_client(self._door, pair=lambda: pair, timeout=self._timeout, inner=self._inner)


def download(  # noqa: PLR0913 - what to fetch, where to, what it must be, and who is told
    url: str,
    target: Path,
    *,
    sha256: str,
    size: int,
    door: EgressDoor,
    progress: Callable[[int], None],
    inner: httpx2.BaseTransport | None = None,
) -> None:
    """Fetch a file, resuming a part that is there, and keep it only when its hash is right.

    Args:
        url: where it is.
        target: where it goes; ``target.part`` holds what has come so far.
        sha256: what the whole file must be.
        size: its bytes; whatever sends more is cut off there.
        door: logs the call.
        progress: told the bytes so far.
        inner: a transport that stands in for the network in tests.

    Raises:
        EgressRefused: the address cannot be reached, answers an error, or the file is not the one named.
    """
    part = target.with_name(target.name + ".part")
    client = httpx2.Client(
        transport=GuardedTransport(door, pair=lambda: NO_PAIR, inner=inner),
        timeout=30,
        trust_env=False,
        follow_redirects=True,
    )
    try:
        with client:
            _fetch(client, url, part, size=size, progress=progress)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise EgressRefused(f"{target.name} did not arrive ({type(error).__name__}): run it again to resume") from None
    if _digest(part) != sha256:
        part.unlink()
        raise EgressRefused(f"{target.name} is not the file that was pinned: nothing was kept; check the address")
    part.replace(target)


def fetch_document(
    url: str, *, door: EgressDoor, seconds: float, most: int, inner: httpx2.BaseTransport | None = None
) -> bytes:
    """The bytes of a small public document, such as an issuer's keys; nothing is sent but the address.

    Args:
        url: where it is; no redirect is followed.
        door: checks and logs the call.
        seconds: how long it may take in all.
        most: how many bytes it may have.
        inner: a transport that stands in for the network in tests.

    Raises:
        EgressRefused: the door refuses, it does not come in time, is too large, or the answer is not 200.
    """
    limits = AnswerLimits(seconds, most)
    sending = BoundedTransport(inner or httpx2.HTTPTransport(retries=0), limits=limits)
    transport = GuardedTransport(door, pair=lambda: NO_PAIR, inner=sending)
    try:
        with httpx2.Client(transport=transport, timeout=seconds, trust_env=False, follow_redirects=False) as client:
            answer = client.get(url)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise EgressRefused(f"a document did not arrive ({type(error).__name__}): see coach egress") from None
    if answer.status_code != 200:  # a redirect is none
        raise EgressRefused(f"a document did not arrive (status {answer.status_code}): check its address")
    return answer.content


def _envelope(request: httpx2.Request) -> bytes:
    """The request line and headers as they would leave, the host also as people write it.

    Left out are the key and the user of an address, which leaves as a header like it: random by nature, nobody's name.
    """
    shown = [f"{request.method} {request.url.copy_with(username=None, password=None)}", request.url.host]
    shown += [f"{name}: {value}" for name, value in request.headers.items() if name.lower() != "authorization"]
    return "\n".join(shown).encode() + b"\n\n"


def _messages(body: bytes) -> int:
    """How many messages or inputs a JSON body has, for the log; none where it is something else."""
    try:
        document: object = json.loads(body) if body else None
    except (ValueError, RecursionError):
        return 0
    if not isinstance(document, dict):
        return 0
    fields = cast("dict[str, object]", document)
    found = fields.get("messages", fields.get("input"))
    return len(cast("list[object]", found)) if isinstance(found, list) else int(isinstance(found, str))


def _fetch(client: httpx2.Client, url: str, part: Path, *, size: int, progress: Callable[[int], None]) -> None:
    have = part.stat().st_size if part.exists() else 0
    if have >= size:  # stopped between the last byte and the check
        return
    with client.stream("GET", url, headers={"Range": f"bytes={have}-"} if have else {}) as answer:
        answer.raise_for_status()
        resumed = answer.status_code == 206  # partial content
        have = have if resumed else 0
        with part.open("ab" if resumed else "wb") as file:
            for chunk in answer.iter_bytes():
                file.write(chunk[: size - have + 1])
                have += len(chunk)
                progress(have)
                if have > size:
                    break
            file.flush()
            os.fsync(file.fileno())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
