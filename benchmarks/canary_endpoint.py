"""A server on loopback that answers as an OpenAI-compatible one and records every byte it is sent.

What it answers follows a script: right, malformed, an error, slow, cut off, streamed unasked, with placeholders echoed
or made up. It keeps nothing but requests, and answers nobody beyond this machine.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Self, cast

from benchmarks.loopback_endpoint import asked_to_stream, events

REPLIES: Final = (
    *("right", "malformed", "echo", "invented", "right", "right", "no json", "right", "cut off", "right") * 8, "error",
)  # fmt: skip
"""What a well-meaning endpoint does, one after the other."""
FAULTS: Final = (
    "slow",
    "error",
    "too many",
    "malformed",
    "malformed",
    "streamed",
    "hang up",
    "echo",
    "invented",
    "slow",
)
_SLOW_SECONDS: Final = 0.3
_LINE: Final = re.compile(r"^(?:\| )?(\d+): (.+)$", re.MULTILINE)


class Endpoint:
    """Records requests; a context manager. ``requests`` holds address, headers and body of each, as they came."""

    def __init__(self, replies: Sequence[str] = REPLIES) -> None:
        self.requests: list[bytes] = []
        self._replies = list(replies)
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.endpoint = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """The base address to give as ``OPENAI_BASE_URL``."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def script(self, replies: Sequence[str]) -> None:
        """Answer so from now on."""
        with self._lock:
            self._replies = list(replies)

    def took(self, request: bytes) -> str:
        """Keep a request; what to answer."""
        with self._lock:
            self.requests.append(request)
            return self._replies[(len(self.requests) - 1) % len(self._replies)]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    endpoint: Endpoint

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is expected here."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Nothing to the terminal."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        reply = self.server.endpoint.took(f"{self.requestline}\n{self.headers}\n".encode() + body)
        if reply == "hang up":
            self.close_connection = True
            return
        if reply == "slow":
            time.sleep(_SLOW_SECONDS)
        status, kind, content = _reply(reply, body)
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _reply(reply: str, body: bytes) -> tuple[int, str, bytes]:
    if reply in {"error", "too many"}:
        # an unkind server sends back what it was sent: nothing of it may reach a log or a message
        return (500 if reply == "error" else 429), "application/json", b'{"error": {"message": "choked on"}}' + body
    if reply == "streamed":
        return 200, "text/event-stream", b'data: {"choices": [{"delta": {"content": "{}"}}]}\n\ndata: [DONE]\n\n'
    said = {"malformed": '{"found": [{"line": ', "no json": "Sure! Here is what I found."}.get(reply)
    answer = said if said is not None else json.dumps(_said(reply, body))
    finish = "length" if reply == "cut off" else "stop"
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": answer}}
    usage = {"prompt_tokens": 9, "completion_tokens": 9, "total_tokens": 18}
    if asked_to_stream(body):
        return 200, "text/event-stream", events(answer, finish, usage)
    whole = {
        "id": "x",
        "object": "chat.completion",
        "created": 1,
        "model": "canary",
        "choices": [choice],
        "usage": usage,
    }
    return 200, "application/json", json.dumps(whole).encode()


def _said(reply: str, body: bytes) -> dict[str, object]:
    """An answer in the schema asked for; it takes its words from the last line offered."""
    asked = cast("dict[str, Any]", json.loads(body))
    schema = str(asked["response_format"]["json_schema"]["name"])
    user = str(asked["messages"][1]["content"])
    lines = _LINE.findall(user) or [("1", user)]
    number, text = lines[-1]
    owner = {"echo": "<PERSON_1>", "invented": "<PERSON_9999>"}.get(reply, "I")
    if schema == "ChoiceAnswer":
        return {"choice": 1}
    if schema == "ImperativeAnswer":
        return {"action": text[:80]}
    if schema == "SessionAnswer":
        asks = f"What would {owner} need to know before deciding?"
        # three sentences that pass the check of claims, so that they are told while they stream; and one that does not
        offered = _LINE.findall(user.partition("BEGIN LINES")[2].partition("END LINES")[0])
        short = [(at, line.removeprefix("- ")) for at, line in offered if 4 <= len(line.split()) <= 20]
        kept = [{"text": line, "lines": [int(at)]} for at, line in short[:3]]
        return {"summary": [{"text": text, "lines": [1]}, *kept], "questions": [asks], "actions": [], "tool": 0}
    action = text.split(": ")[-1] + (f" with {owner}" if reply == "invented" else "")
    return {"found": [{"line": int(number), "owner": owner, "action": action, "due": None, "ticket": None}]}
