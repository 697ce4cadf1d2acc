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


@server.command("http")
@click.option("--host", default="127.0.0.1")
@click.option("--port", type=click.IntRange(0, 65535), default=8765)
@click.option("--name", "names", multiple=True)
@click.option("--certificate", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--behind-tls", is_flag=True)
@click.pass_obj
def http(  # noqa: PLR0913, PLR0917 - the options of a server
    run: Run, host: str, port: int, names: tuple[str, ...], certificate: Path | None, key: Path | None,
    behind_tls: bool,
) -> None:  # fmt: skip
    """Serve the API and the pages."""
    from copilot.bootstrap import bootstrap  # noqa: PLC0415 - as above
    from server.serving import Address, check, serve  # noqa: PLC0415 - as above

    address = Address(host, port, names, certificate, key, behind_tls)
    check(address)
    with bootstrap(run.settings(), purpose="coach serve") as copilot:
        status = serve(copilot, address)
    raise SystemExit(status)


if __name__ == "__main__":
    run_program(server, name="coach")
