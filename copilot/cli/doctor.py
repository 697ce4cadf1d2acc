"""``coach doctor``: what is installed, what is wrong and how to mend it."""

from __future__ import annotations

import click


@click.command()
def doctor() -> None:
    """Say what works here, what does not, and how to mend it."""
    click.echo("doctor: not built yet")
