"""``coach ingest``: files and folders into the home, a line for each."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copilot.cli.exits import BAD_INPUT
from copilot.cli.output import Run, note, pass_run, progress, say, say_json

if TYPE_CHECKING:
    from copilot.ingest import FileResult, HeldLines
    from copilot.intake import Intake


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--programme", type=click.Path(path_type=Path), help="Programme file; else one in or above the paths.")
@click.option("--pair", help="Whose notes these are, when files and folders do not say.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Session date, when files do not say.")
@click.option("--kind", type=click.Choice(["note", "transcript", "template", "charter", "agreement"]))
@click.option("--lane", type=click.Choice(["conversation", "commitment", "programme"]), default="conversation")
@click.option(
    "--engine", type=click.Choice(["auto", "rules", "local", "endpoint"]), help="Who reads; else COACH_ENGINE."
)
@click.option("--reread", is_flag=True, help="Read unchanged files again, with the engine of now.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@pass_run
@click.pass_context
def ingest(
    ctx: click.Context,
    run: Run,
    paths: tuple[Path, ...],
    programme: Path | None,
    pair: str | None,
    day: datetime | None,
    kind: str | None,
    lane: str,
    engine: str | None,
    reread: bool,
    as_json: bool,
) -> None:
    """Read notes, transcripts and templates into the home.

    Every file is redacted, kept, indexed and read for commitments. The same file again changes nothing; a changed
    one replaces its older version. A file that cannot be read leaves no trace and the others go on.
    """
    from copilot import intake
    from copilot.ingest import Options
    from copilot.retention import run_if_due
    from guards.access import Lane
    from knowledge.passages import DocumentKind

    options = Options(
        pair=pair,
        day=day.date() if day else None,
        kind=DocumentKind(kind) if kind else None,
        lane=Lane(lane),
        reread=reread,
    )
    with run.copilot(**({"engine": engine} if engine else {})) as copilot:
        ready = intake.prepare(copilot, paths, programme_path=programme)
        for each in run_if_due(copilot, datetime.now(UTC).date()):
            if each.counts:
                note(f"retention: {each.name} before {each.before.isoformat()} went, as retention.yaml says")
        with progress(unit="files") as bar:
            task = bar.add_task("reading", total=len(ready.files))
            results: list[FileResult] = []
            for result in intake.run(copilot, ready, options=options, remark=note):
                results.append(result)
                bar.advance(task)
                if not as_json:
                    bar.console.print(_line(result), markup=False, highlight=False) if not bar.disable else note(
                        _line(result)
                    )
    _close(ready, results, as_json=as_json)
    if any(each.problem for each in results) or not ready.files:
        ctx.exit(BAD_INPUT)


def _line(result: FileResult) -> str:
    if result.problem:
        return f"failed     {result.path.name}: {result.problem}"
    held = "; ".join(_held(each) for each in result.held_lines)
    extra = f"; held back: {held}" if held else ""
    extra += f"; add {', '.join(result.missing)}" if result.missing else ""
    return f"{result.outcome.value:<10} {result.path.name}: {result.passages} passages for {result.pair}{extra}"


def _held(each: HeldLines) -> str:
    lines = f"line {each.first}" if each.first == each.last else f"lines {each.first}-{each.last}"
    return f"{lines} {each.kind}"


def _help(results: list[FileResult]) -> str:
    """The fixed help card where a line that was held back shows signs of crisis."""
    from guards.held import CRISIS, help_card

    return help_card() if any(one.kind == CRISIS for each in results for one in each.held_lines) else ""


def _close(ready: Intake, results: list[FileResult], *, as_json: bool) -> None:
    counts: dict[str, int] = {}
    for each in results:
        counts[each.outcome.value] = counts.get(each.outcome.value, 0) + 1
    card = _help(results)
    if as_json:
        files = [
            {
                "file": each.path.name,
                "outcome": each.outcome.value,
                "pair": each.pair or None,
                "passages": each.passages,
                "mentions": each.mentions,
                "held": each.held,
                "held_back": [
                    {"line_from": one.first, "line_to": one.last, "kind": one.kind} for one in each.held_lines
                ],
                "missing": list(each.missing),
                "problem": each.problem or None,
            }
            for each in results
        ]
        skipped = [{"file": each.path.name, "reason": each.reason} for each in ready.skipped]
        say_json(
            {
                "files": files,
                "skipped": skipped,
                "counts": counts,
                "imported": ready.imported,
                **({"help": card} if card else {}),
            }
        )
        return
    if card:
        note(card)
    for each in ready.skipped:
        note(f"skipped    {each.path.name}: {each.reason}")
    said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())) or "no file to read"
    say(f"{said}; programme {ready.programme.name}, {len(ready.programme.pairs)} pairs")
