"""The program behind ``coach eval``: the suites, the gate beside a baseline, the report."""

from __future__ import annotations

from pathlib import Path

import click

from copilot.cli.output import note
from copilot.cli.refusing import Refusing
from copilot.cli.refusing import run as run_program

_SUITES = ("smoke", "rollout", "redteam")
_ENGINES = ("rules", "local", "endpoint")
_BASELINES = Path(__file__).resolve().parent / "baselines"
_REVIEWED = Path(__file__).resolve().parent / "cases" / "reviewed.jsonl"


@click.group("eval", cls=Refusing, context_settings={"help_option_names": ["-h", "--help"]})
def eval_() -> None:
    """Score the production pipeline on labelled cases, and say whether it may be rolled out.

    The cases are of a source checkout. 0: pass; 1: a reason not to roll out; 2: too few cases to say.
    """


@eval_.command("run")
@click.option("--suite", type=click.Choice(_SUITES), default="smoke", show_default=True)
@click.option("--engine", type=click.Choice(_ENGINES), default="rules", show_default=True)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder of the results; else eval-SUITE-ENGINE."
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True,
              help="Of the draws that a comparison with the baseline makes.")  # fmt: skip
@click.option("--accept", is_flag=True, help="Make this run the committed baseline of its suite and engine.")
@click.pass_context
def run(ctx: click.Context, suite: str, engine: str, out: Path | None, seed: int, accept: bool) -> None:
    """Run a suite and write results.json and report.html; a run that was cut off goes on in its folder."""
    from evals.baselines import accept as accepted
    from evals.baselines import baseline_of
    from evals.case import Suite
    from evals.gate import gate
    from evals.reporting import write_report
    from evals.running import run_suite

    folder = out or Path(f"eval-{suite}-{engine}")
    seen: set[str] = set()

    def progress(name: str, count: int) -> None:
        if name not in seen or count % 50 == 0:
            seen.add(name)
            note(f"{name}: taken over from the folder" if count == 0 else f"{name}: {count} cases")

    results = run_suite(Suite(suite), folder, engine=engine, seed=seed, progress=progress)
    gated = gate(baseline_of(suite, engine, folder=_BASELINES), results)
    page = write_report(results, gated, folder)
    _print(gated)
    click.echo(f"Report: {page}")
    if accept:
        click.echo(f"Baseline: {accepted(results, folder=_BASELINES).name}")
    ctx.exit(int(gated.verdict))


@eval_.command("gate")
@click.option("--run", "run_", type=click.Path(path_type=Path), required=True, help="Folder of the run to judge.")
@click.option(
    "--baseline", type=click.Path(path_type=Path), help="Folder or file of the accepted run; else the committed one."
)
@click.option("--junit", type=click.Path(path_type=Path, dir_okay=False), help="Write the verdict as JUnit XML too.")
@click.pass_context
def gate_(ctx: click.Context, run_: Path, baseline: Path | None, junit: Path | None) -> None:
    """Judge a run beside a baseline: dangerous errors, floors, and nothing shown to be worse."""
    from evals.baselines import baseline_of
    from evals.gate import gate
    from evals.reporting import junit as junit_of
    from evals.results import read

    results = read(run_)
    base = read(baseline) if baseline else baseline_of(results.suite, results.engine, folder=_BASELINES)
    gated = gate(base, results)
    if junit:
        junit.write_text(junit_of(results, gated), "utf-8")
    _print(gated)
    ctx.exit(int(gated.verdict))


@eval_.command("report")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--baseline", type=click.Path(path_type=Path), help="Folder or file of the accepted run; else the committed one."
)
def report(folder: Path, baseline: Path | None) -> None:
    """Write the report of a run anew: report.html, report.md, gate.json and junit.xml."""
    from evals.baselines import baseline_of
    from evals.gate import gate
    from evals.reporting import write_report
    from evals.results import read

    results = read(folder)
    base = read(baseline) if baseline else baseline_of(results.suite, results.engine, folder=_BASELINES)
    into = folder if folder.is_dir() else folder.parent
    click.echo(f"Report: {write_report(results, gate(base, results), into)}")


@eval_.command("compare")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--against", type=click.Path(path_type=Path), required=True, help="Folder or file of the other run; any engine."
)
def compare_(folder: Path, against: Path) -> None:
    """Compare the run in FOLDER with another of its suite, case by case; worse and better only where shown at 5 %."""
    from evals.comparing import compare
    from evals.results import read

    new, old = read(folder), read(against)
    click.echo(f"{new.suite}: {new.engine} against {old.engine}, on the cases that both have")
    for each in compare(old, new):
        moved = f"{each.change.worse} worse, {each.change.better} better of {each.change.n}"
        click.echo(f"  {each.word:7}{each.metric:42}{each.old:.3f} -> {each.new:.3f}  {moved}")


@eval_.command("cases")
@click.option("--home", type=click.Path(path_type=Path, file_okay=False), help="Folder of the state; else COACH_HOME.")
@click.option("--as", "person", required=True, help="Who decided: a person's id; what they may not see is left out.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=_REVIEWED, help="File to add them to.")
def cases_(home: Path | None, person: str, out: Path) -> None:
    """Make decided flags cases of the evaluation: days and numbers of pairs that allow it, no word of a note."""
    from copilot.bootstrap import bootstrap
    from copilot.settings import read_settings
    from evals.reviewed import add_cases, learnt

    settings = read_settings(**({"home": home} if home else {}))
    with bootstrap(settings) as copilot:
        made, lost = learnt(copilot, person)
    held = add_cases(out, made)
    click.echo(f"{len(made)} decided flags are cases now; {out.name} holds {held}.")
    if lost:
        note(
            f"{lost} could not be made: the record no longer shows what they were raised from, or cards are on language"
        )


def _print(gated: object) -> None:
    from evals.gate import Gated, Verdict

    if not isinstance(gated, Gated):
        return
    words = {Verdict.PASS: "PASS", Verdict.REFUSED: "DO NOT ROLL OUT", Verdict.TOO_FEW: "TOO FEW CASES"}
    click.echo(f"{words[gated.verdict]}   (! marks errors that are dangerous: none is allowed)")
    for each in gated.findings:
        mark = "no" if each.reasons else "few" if each.too_few else "ok"
        mark = f"{mark}!" if each.dangerous else mark
        base = "" if each.base is None else f"  baseline {each.base:.3f}"
        click.echo(f"  {mark:4}{each.metric:42}{each.mean:.3f} [{each.low:.3f}, {each.high:.3f}] n={each.n}{base}")
        for reason in (*each.reasons, *((each.too_few,) if each.too_few else ())):
            click.echo(f"        {reason}")
    for each in gated.notes:
        click.echo(f"  {each}")
    if gated.changed:
        click.echo(f"  changed since the baseline: {', '.join(gated.changed)}")


if __name__ == "__main__":
    run_program(eval_, name="coach eval")
