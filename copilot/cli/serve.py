"""``coach serve``: the API and the pages, a program of the room above, which this one may not import."""

from __future__ import annotations

import os
import sys

import click

from copilot.cli.output import Run, pass_run


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; others need TLS.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes a free one.")
@click.option("--name", "names", multiple=True, help="Host name by which it may be called; repeatable.")
@click.option("--certificate", type=click.Path(exists=True, dir_okay=False), help="TLS certificate file.")
@click.option("--key", type=click.Path(exists=True, dir_okay=False), help="TLS key file.")
@click.option("--behind-tls", is_flag=True, help="A proxy on this machine ends TLS in front of it.")
@pass_run
def serve(
    run: Run, host: str, port: int, names: tuple[str, ...], certificate: str | None, key: str | None, behind_tls: bool
) -> None:
    """Serve the pages and the API of the home, on this machine alone unless told otherwise.

    Prints a link that signs you in once. A fresh home offers the sample programme. docs/service.md says how to serve
    more than one person.
    """
    home = ["--home", str(run.home)] if run.home else []
    flags = ["--host", host, "--port", str(port), *(part for name in names for part in ("--name", name))]
    flags += ["--certificate", certificate] if certificate else []
    flags += ["--key", key] if key else []
    flags += ["--behind-tls"] if behind_tls else []
    # -P: a folder of that name where somebody stands is not ours and is not run
    program = [sys.executable, "-P", "-m", "server", *home, "http", *flags]
    os.execv(sys.executable, program)  # noqa: S606 - its own interpreter and fixed arguments; becomes it, so that Ctrl-C stops it
