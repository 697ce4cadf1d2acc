"""Child process that serves a GGUF file on a loopback port until its standard input closes.

Run by ``local.py``. The parent's pipe is the leash: when the parent ends, however it ends, the pipe closes and
this process goes too. A fresh key per start keeps other users of the machine, and web pages, out.
"""

from __future__ import annotations

import json
import secrets
import sys
from typing import Any

import xllamacpp

from copilot.settings import asked_offline
from guards.offline import stay_on_this_machine

_xllamacpp: Any = xllamacpp
"""Untyped: everything below this line is checked by running it."""

CONTEXT_TOKENS = 4096


def serve(model: str) -> None:
    """Serve ``model``; write address and key as one line of JSON, then wait for the pipe to close."""
    if asked_offline():
        stay_on_this_machine()
    key = secrets.token_urlsafe(24)
    params = _xllamacpp.CommonParams()
    params.model.path = model
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1  # one slot: the constant start of our prompts stays in its cache
    params.verbosity = 0
    params.warmup = False
    params.ui = False
    server = _xllamacpp.Server(params)
    sys.stdout.write(json.dumps({"url": server.listening_address, "key": key}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    serve(sys.argv[1])
