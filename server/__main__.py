"""The programs of this room, each behind a command of ``coach`` that may not import it."""

from __future__ import annotations

from pathlib import Path

import click

from copilot.cli.output import Run
from copilot.cli.refusing import Refusing
from copilot.cli.refusing import run as run_program
from copilot.settings import asked_offline, forget_tracing
from guards.offline import stay_on_this_machine


@click.group("server", cls=Refusing, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", type=click.Path(path_type=Path))
@click.pass_context
def server(ctx: click.Context, home: Path | None) -> None:
    """Run a server of coach."""
    forget_tracing()
    if asked_offline():
        stay_on_this_machine()
    ctx.obj = Run(home=home)


@server.command("mcp")
@click.option("--as", "person", required=True)
@click.option("--allow-write", is_flag=True)
@click.option("--reveal", is_flag=True)
@click.pass_obj
def mcp(run: Run, person: str, allow_write: bool, reveal: bool) -> None:
    """Serve one MCP client on stdin and stdout."""
    import anyio  # noqa: PLC0415 - a program loads its own

    from copilot.bootstrap import bootstrap  # noqa: PLC0415 - as above
    from server.mcp import build, serve  # noqa: PLC0415 - as above

    settings = run.settings()
    with bootstrap(settings, purpose="coach mcp") as copilot:
        copilot.person(person)  # refuses here, in one line, who is nobody of this programme
    opened = build(
        lambda: bootstrap(settings, purpose="coach mcp"), person=person, allow_write=allow_write, reveal=reveal
    )
    anyio.run(serve, opened)


if __name__ == "__main__":
    run_program(server, name="coach")
