"""``coach init``: a folder to start from."""

from __future__ import annotations

from pathlib import Path

import click

from copilot.cli.output import say


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Write a commented programme.yaml and note templates into DIR.

    Nothing that is there already is overwritten.
    """
    from datetime import UTC, datetime

    from copilot.starting import EXAMPLE_PAIR, start_programme

    for path in start_programme(folder, today=datetime.now(UTC).date()):
        say(f"wrote {path}")
    say("")
    say(f"Next: put your people and pairs into {folder / 'programme.yaml'},")
    say(f"drop notes into {folder / 'notes' / EXAMPLE_PAIR} (name the folder after your pair), then:")
    say(f"  coach ingest {folder / 'notes'}")
    say(f"  coach prep {EXAMPLE_PAIR}")
