"""``coach redact``: mask a text or a stream of JSON lines, with nothing kept."""

from __future__ import annotations

from pathlib import Path

import click

from copilot.cli.output import Run, note, pass_run


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--jsonl", is_flag=True, help='Read {"id","text","roster"?} and write {"id","text","spans"} a line.')
@click.option(
    "--roster",
    "roster_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A programme.yaml, or a YAML or JSON list of people (id, name, also).",
)
@click.option("--transcript", is_flag=True, help="Take Name: at a line's start for a speaker.")
@pass_run
def redact(run: Run, file: Path | None, jsonl: bool, roster_file: Path | None, transcript: bool) -> None:
    """Print FILE (or stdin) with names and numbers of people masked."""
    from copilot.cli.redacting import stream, whole

    if jsonl:
        stream(run, file, roster_file=roster_file, transcript=transcript)
        return
    redaction = whole(run, file, roster_file=roster_file, transcript=transcript)
    click.echo(str(redaction.text), nl=False)
    kinds = len({span.placeholder for span in redaction.spans})
    note(f"{len(redaction.spans)} masked, {kinds} distinct")
