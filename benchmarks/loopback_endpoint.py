"""A chat endpoint on loopback that keeps every byte it is sent and answers in the schema it is asked for."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast


class Endpoint:
    """A chat endpoint on loopback that keeps what it is sent."""

    def __init__(self) -> None:
        bodies: list[bytes] = []
        self.bodies = bodies

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", "0")))
                bodies.append(str(self.headers).encode() + self.path.encode() + body)
                streams = asked_to_stream(body)
                answer = events(_said(body)) if streams else json.dumps(_answer(body)).encode()
                self.send_response(200)
                self.send_header("content-type", "text/event-stream" if streams else "application/json")
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"


def _said(body: bytes) -> str:
    said = {
        "FoundAnswer": '{"found": []}',
        "ChoiceAnswer": '{"choice": 1}',
        "ImperativeAnswer": '{"action": "Do it"}',
        "SessionAnswer": '{"summary": [], "questions": ["What would you do?"], "actions": [], "tool": 0}',
    }
    return next((text for name, text in said.items() if name.encode() in body), "{}")


def _answer(body: bytes) -> dict[str, object]:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": _said(body)}}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}


def asked_to_stream(body: bytes) -> bool:
    """Whether a request wants its answer piece by piece."""
    try:
        asked: object = json.loads(body)
    except ValueError:
        return False
    return isinstance(asked, dict) and cast("dict[str, object]", asked).get("stream") is True


def events(content: str, finish: str = "stop", usage: dict[str, int] | None = None, *, size: int = 12) -> bytes:
    """An answer as an OpenAI-compatible server streams it, in pieces of ``size`` characters."""
    pieces = [{"content": content[at : at + size]} for at in range(0, len(content), size)]
    choices: list[list[object]] = [[{"index": 0, "delta": each, "finish_reason": None}] for each in pieces]
    choices.append([{"index": 0, "delta": {}, "finish_reason": finish}])
    made: list[dict[str, object]] = [{"choices": each} for each in choices]
    if usage is not None:
        made.append({"choices": [], "usage": usage})
    head = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    return b"".join(b"data: " + json.dumps({**head, **each}).encode() + b"\n\n" for each in made) + b"data: [DONE]\n\n"
