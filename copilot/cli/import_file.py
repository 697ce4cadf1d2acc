"""``coach import``: a programme file with its history into the home, whole or as an update."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from copilot.cli.output import Run, note, pass_run, say, say_json


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@pass_run
def import_(run: Run, file: Path, as_json: bool) -> None:
    """Import FILE, a programme file in YAML or JSON, whole or only the rows that are new or changed.

    Rows are merged by id: what FILE leaves out stays as it is. The same file again changes nothing.
    """
    from copilot.importing import import_file

    with run.copilot() as copilot:
        done = import_file(copilot, file)
    for line in done.warnings:
        note(line)
    if as_json:
        sections = {name: asdict(each) for name, each in done.counts.items()}
        say_json({"programme": done.programme.id, "sections": sections, "warnings": list(done.warnings)})
        return
    for name, each in done.counts.items():
        kept = f", {each.kept} not in the file and kept" if each.kept else ""
        say(f"{name:<12} {each.new} new, {each.changed} changed, {each.unchanged} unchanged{kept}")
    if not any(each.new or each.changed for each in done.counts.values()):
        say(f"No row of programme {done.programme.id} changed.")
