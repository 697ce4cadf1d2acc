"""A chat endpoint on loopback that keeps every byte it is sent and answers in the schema it is asked for."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Endpoint:
    """A chat endpoint on loopback that keeps what it is sent."""

    def __init__(self) -> None:
        bodies: list[bytes] = []
        self.bodies = bodies

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", "0")))
                bodies.append(str(self.headers).encode() + self.path.encode() + body)
                answer = json.dumps(_answer(body)).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"


def _answer(body: bytes) -> dict[str, object]:
    said = {
        "FoundAnswer": '{"found": []}',
        "ChoiceAnswer": '{"choice": 1}',
        "ImperativeAnswer": '{"action": "Do it"}',
        "QuestionAnswer": '{"question": "What would you do?"}',
    }
    content = next((text for name, text in said.items() if name.encode() in body), "{}")
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
