"""Entry point of ``coach``: collects the commands and turns refusals into one line and an exit status."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import click

from copilot.cli.audit import audit
from copilot.cli.bench import bench
from copilot.cli.commit import commit
from copilot.cli.commitments import commitments
from copilot.cli.consent import consent
from copilot.cli.criteria import criteria
from copilot.cli.demo import demo
from copilot.cli.doctor import doctor
from copilot.cli.draft import draft
from copilot.cli.egress import egress
from copilot.cli.erase import erase
from copilot.cli.exits import EXPLAINED, OUR_FAULT, USAGE, exit_status
from copilot.cli.export import export
from copilot.cli.extract import extract
from copilot.cli.flags import flags
from copilot.cli.import_file import import_
from copilot.cli.ingest import ingest
from copilot.cli.init import init
from copilot.cli.lint import lint
from copilot.cli.model import model
from copilot.cli.output import Run, note
from copilot.cli.prep import prep
from copilot.cli.redact import redact
from copilot.cli.retention import retention
from copilot.cli.review import review
from copilot.cli.search import search
from copilot.cli.trace import trace
from copilot.cli.wall import wall
from copilot.cli.why import why


class _Coach(click.Group):
    """Runs a command; a refusal becomes one line, a bug says so without a traceback unless ``--debug``."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except EXPLAINED as error:
            if ctx.params.get("debug"):
                raise
            note(f"coach: {error}")
            ctx.exit(exit_status(error))


@click.group(cls=_Coach, context_settings={"help_option_names": ["-h", "--help"]})
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


def _place(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"unexpected {type(error).__name__} in {Path(last.filename).stem}, line {last.lineno}"


def main() -> None:
    """Run ``coach``; usage errors exit 64 where click would say 2, Ctrl-C 130, a bug of ours 70 without a traceback.

    A bug's message may hold what it choked on, so only its type and place are shown unless ``--debug``.
    """
    try:
        status = coach.main(standalone_mode=False)
    except click.UsageError as error:
        error.show()
        sys.exit(USAGE)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except click.Abort:
        note("coach: stopped")
        sys.exit(130)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        note(f"coach: {_place(error)}; this is our fault, nothing was sent; run again with --debug to see where")
        sys.exit(OUR_FAULT)
    sys.exit(status if isinstance(status, int) else 0)


for command in (
    audit,
    bench,
    commit,
    commitments,
    consent,
    criteria,
    demo,
    doctor,
    draft,
    egress,
    erase,
    export,
    extract,
    flags,
    import_,
    ingest,
    init,
    lint,
    model,
    prep,
    redact,
    retention,
    review,
    search,
    trace,
    wall,
    why,
):
    coach.add_command(command)
