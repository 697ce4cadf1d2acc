"""The MCP server as a program of its own, with the doubles of the other tests for redactor and engine.

``python -m tests.server.mcp_program HOME PERSON [allow-write] [reveal]``
"""

from __future__ import annotations

import sys
from pathlib import Path

import anyio

from server.mcp import build, serve
from tests.copilot.cli.home import HomeRun


def main(home: str, person: str, *flags: str) -> None:
    run = HomeRun(home=Path(home))
    anyio.run(serve, build(run.copilot, person=person, allow_write="allow-write" in flags, reveal="reveal" in flags))


if __name__ == "__main__":
    main(*sys.argv[1:])
