"""The MCP server: the tools of ``mcp_tools.py`` over stdio, for one person of one home.

Holds the protocol and nothing else: schemas, one call at a time in a thread, and refusals as one line of fixed words.
An error text goes to the same outside model as a result, so the line itself, which may hold ids, stays on stderr.
Writing is offered only where the person who starts the server said so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import anyio
import mcp_types as types
from anyio import to_thread
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from pydantic import BaseModel, ValidationError

from copilot import errors as copilot_errors
from copilot.bootstrap import Copilot
from copilot.cli.exits import EXPLAINED
from guards import errors as guard_errors
from server import mcp_tools
from server.mcp_shapes import (
    NOTICE,
    CommitmentsGiven,
    CommitmentsGot,
    ConfirmGiven,
    ConfirmGot,
    PrepGiven,
    PrepGot,
    SearchGiven,
    SearchGot,
    WhyGiven,
    WhyGot,
)

Opener = Callable[[], Copilot]

_BUGS: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
_CLOSED: Final = (
    "an MCP client is a model outside this machine, and this pair allows none: both people of it must allow"
    " endpoint_model (coach consent)"
)
_LINES: Final[tuple[tuple[type[Exception], str], ...]] = (
    (guard_errors.ClosedToModels, _CLOSED),
    (guard_errors.NotPermitted, "not permitted for this person, or closed to them for now"),
    (guard_errors.EgressRefused, "refused at the egress door: something that must not leave was in the result"),
    (guard_errors.RedactionFailed, "names cannot be masked reliably here, so nothing is given: run coach doctor"),
    (guard_errors.AuditUnwritable, "the audit log cannot be kept, so nothing is given: run coach audit verify"),
    (copilot_errors.HomeInUse, "another program owns the home: stop it, or try again when it is done"),
    (copilot_errors.NotFound, "there is no such pair, draft, item or commitment for this person"),
    (copilot_errors.Usage, "it cannot be done so: it is closed, or the id fits several"),
    (copilot_errors.ModelUnavailable, "the engine could not serve: run coach doctor, or set COACH_ENGINE=rules"),
)  # fmt: skip
"""What a client is told; the first that fits."""
_OTHERWISE: Final = "it could not be done: the server's stderr says why"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A tool as it is told to a client, and what runs it."""

    name: str
    says: str
    given: type[BaseModel]
    got: type[BaseModel]
    run: Callable[[mcp_tools.Desk, Any], dict[str, object]]
    writes: bool = False


TOOLS: Final = (
    Spoken("prep", "Draft the next session of a pair: six timed boxes, every fact with the note lines it rests on. The"
           " draft is kept, for why.", PrepGiven, PrepGot, mcp_tools.prep),
    Spoken("commitments", "List a pair's open commitments and those to be confirmed.",
           CommitmentsGiven, CommitmentsGot, mcp_tools.commitments),
    Spoken("why", "Show the note lines behind one item of a draft.", WhyGiven, WhyGot, mcp_tools.why_),
    Spoken("search", "Find passages of a pair's notes near a query.", SearchGiven, SearchGot, mcp_tools.search),
    Spoken("confirm", "WRITES, for good and in the person's name: say that a commitment stands as it reads. Ask the"
           " person first, each time.", ConfirmGiven, ConfirmGot, mcp_tools.confirm, writes=True),
)  # fmt: skip
_INSTRUCTIONS: Final = (
    "Session prep and commitments of mentoring pairs. Names are placeholders such as <PERSON_1>: keep them as they are."
    f" {NOTICE}"
)


def build(opener: Opener, *, person: str, allow_write: bool = False, reveal: bool = False) -> Server[dict[str, Any]]:
    """The server for one person (an id of the programme); ``opener`` opens the home, once for each call."""
    offered = {each.name: each for each in TOOLS if allow_write or not each.writes}
    turn = anyio.Lock()

    async def listed(_: ServerRequestContext[Any], __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_told(each) for each in offered.values()])

    async def called(_: ServerRequestContext[Any], params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = offered.get(params.name)
        if tool is None:
            return _refused("there is no such tool here; one that writes needs coach mcp --allow-write")
        try:
            given = tool.given.model_validate(params.arguments or {})
        except ValidationError as error:
            return _refused(_wrong(error))
        async with turn:  # a home has one owner at a time; a call that was begun is ended, also when it is cancelled
            return await to_thread.run_sync(partial(_answer, opener, tool, given, person=person, reveal=reveal))

    return Server(
        "mentor-copilot", instructions=_INSTRUCTIONS, on_list_tools=listed, on_call_tool=called,
        get_tool_input_schema=lambda name: offered[name].given.model_json_schema() if name in offered else None,
    )  # fmt: skip


async def serve(server: Server[dict[str, Any]]) -> None:
    """Serve one client on stdin and stdout until it closes them."""
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


def _told(tool: Spoken) -> types.Tool:
    hints = types.ToolAnnotations(
        read_only_hint=not tool.writes, destructive_hint=tool.writes, idempotent_hint=True, open_world_hint=False
    )
    return types.Tool(
        name=tool.name, description=f"{tool.says} {NOTICE}", input_schema=tool.given.model_json_schema(),
        output_schema=tool.got.model_json_schema(), annotations=hints,
    )  # fmt: skip


def _answer(opener: Opener, tool: Spoken, given: BaseModel, *, person: str, reveal: bool) -> types.CallToolResult:
    try:
        with opener() as copilot:
            desk = mcp_tools.Desk(copilot, copilot.person(person), reveal)
            try:
                found = tool.run(desk, given)
            except EXPLAINED:
                desk.refused(getattr(given, "pair", ""))
                raise
    except EXPLAINED as error:
        _aside(f"{tool.name}: {error}")
        return _refused(next((line for kind, line in _LINES if isinstance(error, kind)), _OTHERWISE))
    except _BUGS as error:
        _aside(f"{tool.name}: unexpected {type(error).__name__}; this is our fault, nothing was given")
        return _refused(_OTHERWISE)
    return types.CallToolResult(content=[types.TextContent(type="text", text=_text(found))], structured_content=found)


def _text(found: Mapping[str, object]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1)


def _refused(line: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=line)], is_error=True)


def _wrong(error: ValidationError) -> str:
    """Which arguments, never what was in them."""
    fields = sorted({str(each["loc"][0]) if each["type"] != "extra_forbidden" else "one it does not know"
                     for each in error.errors(include_input=False, include_url=False) if each["loc"]})  # fmt: skip
    return f"wrong arguments: {', '.join(fields)}; see the tool's input schema"


def _aside(line: str) -> None:
    sys.stderr.write(f"coach mcp: {line}\n")
    sys.stderr.flush()
