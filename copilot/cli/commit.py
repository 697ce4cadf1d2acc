"""``coach commit``: a person's word on commitments: confirm, deny, done, drop, share, unshare, move."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, pass_run, say

if TYPE_CHECKING:
    from copilot.bootstrap import Copilot
    from copilot.deciding import Decided
    from copilot.mentions import Commitment, Decision, DecisionKind
    from guards.access import Principal, Role
    from guards.text import RedactedText

    _Found = tuple[str, Principal, tuple[Commitment, ...], tuple[Decision, ...]]

_KINDS = ["confirm", "deny", "done", "drop", "share", "unshare", "move"]


@click.command()
@click.argument("what", type=click.Choice(_KINDS))
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--reason", help="Why; needed to drop or deny. Names in it are masked before it is kept.")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="The new due date, with move or confirm.")
@click.option("--owner", help="Who takes it: a person's id, with move or confirm.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day it counts from; else today.")
@click.option("--as", "viewer", type=click.Choice(["mentor_coach", "mentee"]), default="mentor_coach",
              show_default=True, help="Who says so.")  # fmt: skip
@pass_run
def commit(
    run: Run, what: str, ids: tuple[str, ...], reason: str | None, due: datetime | None, owner: str | None,
    day: datetime | None, viewer: str,
) -> None:  # fmt: skip
    """Say what became of commitments. ID is the start of one, as ``coach commitments`` prints it."""
    from copilot.deciding import Word, checked_word, decide
    from copilot.mentions import DecisionKind
    from guards.access import DecideCommitments, Role, WriteNotes, authorize
    from guards.audit_log import Act, Entry

    now = datetime.now(UTC)
    kind, until = DecisionKind(what), due.date() if due else None
    with run.copilot() as copilot:
        people = [each.id for each in copilot.programme().people]
        checked_word(kind, has_reason=bool(reason and reason.strip()), due=until, owner=owner, known=people)
        pair, principal, found, said = _pair_of(copilot, ids, Role(viewer))
        why = _redacted(copilot, pair, reason) if reason else None
        word = Word(kind, day.date() if day else now.date(), why, until, owner)
        grant = authorize(principal, DecideCommitments, pair)
        decided = decide(ids, word, commitments=found, said=said, grant=grant, at=now)
        writer = copilot.record.writer(authorize(principal, WriteNotes, pair))
        for each in (decision for one in decided for decision in one.decisions):
            said_by = Entry(Act.DECISION, pair, each.by, grant.role.value, each.id, each.kind.value)
            copilot.audit.append(said_by)
            writer.append_decision(each)
        _report(copilot, pair, principal, decided, kind=kind, due=until)


def _pair_of(copilot: Copilot, ids: tuple[str, ...], role: Role) -> _Found:
    """The one pair that knows all ids; the principal is whoever holds the role in it."""
    from copilot.errors import NotFound, Usage
    from copilot.ledger import fold
    from copilot.ledger_views import by_prefix
    from guards.access import ReadCommitments, authorize
    from guards.errors import NotPermitted

    fits: list[_Found] = []
    closed: NotPermitted | None = None
    for pair in copilot.programme().pairs:
        principal = copilot.principal(pair.id, role)
        try:
            reader = copilot.record.ledger_reader(authorize(principal, ReadCommitments, pair.id))
        except NotPermitted as error:
            closed = closed or error
            continue
        said = reader.decisions()
        found = fold(reader.mentions(), said, reader.sessions(), as_of=date.max)
        try:
            for each in ids:
                by_prefix(found, each)
        except NotFound:
            continue
        fits.append((pair.id, principal, found, said))
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise Usage(f"these ids fit commitments of {len(fits)} pairs; give more of their characters")
    if closed is not None:
        raise closed
    raise NotFound("no pair has all these commitments; see `coach commitments PAIR --all` for their ids")


def _redacted(copilot: Copilot, pair: str, reason: str) -> RedactedText:
    from guards.text import RawText

    with copilot.record.vaults.open(pair) as vault:
        return copilot.redactor.redact([RawText(" ".join(reason.split()))], vault=vault)[0].text


def _report(
    copilot: Copilot, pair: str, principal: Principal, decided: tuple[Decided, ...], *, kind: DecisionKind,
    due: date | None,
) -> None:  # fmt: skip
    shown = copilot.reveal(pair, principal)
    for one in decided:
        until = f", due {due.isoformat()}" if due else ""
        say(f"{kind.value} {one.commitment.id[:8]}{until}: {shown(one.commitment.action)}")
    _conflicts(copilot, pair, principal, decided)


def _conflicts(copilot: Copilot, pair: str, principal: Principal, decided: tuple[Decided, ...]) -> None:
    """Say where somebody else spoke meanwhile: both words are kept, and the later one counts."""
    from copilot.ledger import at_once, fold
    from guards.access import ReadCommitments, authorize

    reader = copilot.record.ledger_reader(authorize(principal, ReadCommitments, pair))
    folded = fold(reader.mentions(), reader.decisions(), reader.sessions(), as_of=date.max)
    ids = {one.commitment.id for one in decided}
    for each in folded:
        if at_once(each) and ids & {each.id, *each.aliases}:
            say(
                f"note: {each.id[:8]} was decided on by somebody else meanwhile; both words are kept: coach commitments"
            )
