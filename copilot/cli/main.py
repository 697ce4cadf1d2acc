"""Entry point of ``coach``: collects the commands."""

from __future__ import annotations

from pathlib import Path

import click

from copilot.cli.audit import audit
from copilot.cli.bench import bench
from copilot.cli.cohort import cohort
from copilot.cli.commit import commit
from copilot.cli.commitments import commitments
from copilot.cli.consent import consent
from copilot.cli.criteria import criteria
from copilot.cli.demo import demo
from copilot.cli.doctor import doctor
from copilot.cli.draft import draft
from copilot.cli.egress import egress
from copilot.cli.erase import erase
from copilot.cli.eval import eval_
from copilot.cli.export import export
from copilot.cli.extract import extract
from copilot.cli.flags import flags
from copilot.cli.import_file import import_
from copilot.cli.ingest import ingest
from copilot.cli.init import init
from copilot.cli.lint import lint
from copilot.cli.mcp import mcp
from copilot.cli.model import model
from copilot.cli.output import Run
from copilot.cli.prep import prep
from copilot.cli.redact import redact
from copilot.cli.refusing import Refusing, run
from copilot.cli.retention import retention
from copilot.cli.review import review
from copilot.cli.search import search
from copilot.cli.serve import serve
from copilot.cli.tickets import tickets
from copilot.cli.token import token
from copilot.cli.trace import trace
from copilot.cli.wall import wall
from copilot.cli.why import why


@click.group(cls=Refusing, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mentor-copilot", prog_name="coach")
@click.option("--home", type=click.Path(path_type=Path), help="Folder of the state; else COACH_HOME.")
@click.option("--offline", is_flag=True, help="Refuse every socket but loopback's; also COACH_OFFLINE=1.")
@click.option("--debug", is_flag=True, help="Show the traceback of a refusal.")
@click.pass_context
def coach(ctx: click.Context, home: Path | None, offline: bool, debug: bool) -> None:
    """Session prep, commitments and follow-through for mentor coaches."""
    _keep_quiet(offline=offline)
    ctx.obj = Run(home=home, debug=debug)


def _keep_quiet(*, offline: bool) -> None:
    """Before any library loads that could trace or report."""
    from copilot.settings import asked_offline, forget_tracing, hand_down_offline

    forget_tracing()
    if offline or asked_offline():
        from guards.offline import stay_on_this_machine

        hand_down_offline()
        stay_on_this_machine()


def main() -> None:
    """Run ``coach``."""
    run(coach)


for command in (
    audit,
    bench,
    cohort,
    commit,
    commitments,
    consent,
    criteria,
    demo,
    doctor,
    draft,
    egress,
    erase,
    eval_,
    export,
    extract,
    flags,
    import_,
    ingest,
    init,
    lint,
    mcp,
    model,
    prep,
    redact,
    retention,
    review,
    search,
    serve,
    token,
    tickets,
    trace,
    wall,
    why,
):
    coach.add_command(command)
