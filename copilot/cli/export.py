"""``coach export``: commitments as tickets or calendar entries for another tool."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, as_role, note, pass_run, say_exactly

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from copilot.ticket_texts import Ticket

_FORMATS = ["jira", "github", "ics", "csv"]


@click.command()
@click.argument("pair")
@click.option("--format", "form", type=click.Choice(_FORMATS), required=True,
              help="jira and github: commitments without a ticket; csv and ics: all that are open.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file, yours alone to read.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="As of this day; else today.")
@click.option("--all", "every", is_flag=True, help="Also those that have a ticket, with jira and github.")
@as_role
@pass_run
def export(run: Run, pair: str, form: str, out: Path | None, day: datetime | None, every: bool, viewer: str) -> None:
    """Export the open commitments of PAIR. Nothing is sent: the file is yours to import.

    jira: columns Summary, Issue Type, Description, Due Date, Assignee, Labels for Jira's CSV importer; set its date
    format to yyyy-MM-dd. Assignee is an e-mail where the programme file has one. github: columns title, body, labels,
    state, as CSV importers of GitHub issues take them; `gh issue create` takes title, body and label of a row.
    """
    from copilot.cli.files import write_private
    from copilot.exporting import tickets
    from guards.access import Role
    from guards.audit_log import Act, Entry

    with run.copilot() as copilot:
        as_of = day.date() if day else copilot.today
        principal = copilot.principal(pair, Role(viewer))
        found = tickets(copilot, pair, principal=principal, as_of=as_of, every=every or form in {"ics", "csv"})
        role = principal.roles[pair].value
        copilot.audit.append(Entry(Act.EXPORT, pair, principal.person, role, detail=form, count=len(found)))
    page = _page(found, form=form, as_of=as_of)
    if not found:
        note(f"{pair} has nothing to export that {viewer} may see; coach export --all takes those with a ticket too")
    if out is None:
        say_exactly(page)
    else:
        write_private(out, page.encode() if isinstance(page, str) else page)
        note(f"wrote {out}: {len(found)} commitments; nothing was sent")


def _page(found: Sequence[Ticket], *, form: str, as_of: date) -> str | bytes:
    from copilot.rendering import tickets as pages

    if form == "ics":
        return pages.calendar(found, as_of=as_of)
    return {"jira": pages.jira, "github": pages.github, "csv": pages.plain}[form](found)
