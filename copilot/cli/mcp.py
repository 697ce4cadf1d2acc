"""``coach mcp``: the MCP server, a program of the room above, which this one may not import."""

from __future__ import annotations

import os
import sys

import click

from copilot.cli.output import Run, pass_run


@click.command()
@click.option("--as", "person", required=True, help="Whose view it is: a person's id in the programme.")
@click.option("--allow-write", is_flag=True, help="Offer confirm too: a commitment is confirmed in that person's name.")
@click.option("--reveal", is_flag=True, help="Put names in place of placeholders, where that person may see them.")
@pass_run
def mcp(run: Run, person: str, allow_write: bool, reveal: bool) -> None:
    """Serve prep, commitments, why and search to an MCP client on stdin and stdout.

    The client is a model outside this machine: nothing of a pair goes to it unless both people allow endpoint_model.
    Started by the client; docs/mcp.md has what to write in its configuration.
    """
    home = ["--home", str(run.home)] if run.home else []
    flags = [*(["--allow-write"] if allow_write else []), *(["--reveal"] if reveal else [])]
    # -P: a folder of that name where somebody stands is not ours and is not run
    program = [sys.executable, "-P", "-m", "server", *home, "mcp", "--as", person, *flags]
    os.execv(sys.executable, program)  # noqa: S606 - its own interpreter and fixed arguments; becomes it, so that a client ends it
