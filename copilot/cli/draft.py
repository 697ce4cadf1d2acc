"""``coach draft``: papers other than the session prep."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from copilot.cli.output import Run, as_role, note, pass_run, say, say_json

_KINDS = ["note", "escalation", "evidence", "sponsor", "blockers"]


@click.command()
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("pair")
@as_role
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="As of the evening of this day; else today.")
@click.option("--source", help="For note: part of the file's name; else the latest note or transcript.")
@click.option("--format", "form", type=click.Choice(["text", "md", "json"]), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Same as --format json.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of stdout.")
@pass_run
def draft(
    run: Run,
    kind: str,
    pair: str,
    viewer: str,
    day: datetime | None,
    source: str | None,
    form: str,
    as_json: bool,
    out: Path | None,
) -> None:
    """Draft a paper of KIND for PAIR; every line is cited, what the notes don't say is asked, nothing is sent.

    note: a session note from rough notes or a transcript. escalation: to the sponsor, by the mentor agreement's rules
    of engagement; refused where the coach charter gives no authority. evidence: a pack for a review board, names
    masked. sponsor: what was confirmed and shared, and nothing else. blockers: a register with ages.
    """
    from copilot.cli.files import write_private
    from copilot.paper_drafting import PaperRequest, paper_for
    from copilot.papers.paper import PaperKind
    from copilot.rendering import papers
    from guards.access import Role

    as_of = (day or datetime.now(UTC)).date()
    with run.copilot() as copilot:
        principal = copilot.principal(pair, Role(viewer))
        request = PaperRequest(PaperKind(kind), pair, as_of, source)
        made = paper_for(copilot, request, principal=principal)
        reveal = copilot.reveal(pair, principal) if made.named else made.sanitised
        if as_json or form == "json":
            shape = papers.shape(made, reveal=reveal)
            page = json.dumps(shape, ensure_ascii=False, indent=2) + "\n"
        else:
            page = (papers.md if form == "md" else papers.text)(made, reveal=reveal)
    if out is not None:
        write_private(out, page.encode())
        note(f"wrote {out}")
    elif as_json or form == "json":
        say_json(json.loads(page))
    else:
        say(page.rstrip())
