"""``coach serve``: the API and the pages, run as the program of the room above, which this one may not import."""

from __future__ import annotations

import subprocess
import sys

import click

from copilot.cli.output import Run, pass_run


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--about"]})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@pass_run
@click.pass_context
def serve(ctx: click.Context, run: Run, arguments: tuple[str, ...]) -> None:
    """Serve the pages and the API of the home, on this machine alone unless told otherwise.

    Prints a link that signs you in once. A fresh home offers the sample programme. --help lists host, port and TLS.
    """
    home = ("--home", str(run.home)) if run.home is not None else ()
    # -P: a folder of that name where somebody stands is not ours and is not run
    process = subprocess.Popen([sys.executable, "-P", "-m", "server", *home, *arguments])  # noqa: S603
    while True:
        try:
            ctx.exit(process.wait())
        except KeyboardInterrupt:
            continue  # it heard the same and is closing the home
