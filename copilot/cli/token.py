"""``coach token``: access tokens and one-time sign-in links of people in the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, note, pass_run, say, say_json
from copilot.errors import Usage

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from copilot.bootstrap import Copilot
    from copilot.tokens import Issued, Scope, Token, TokenKind

_MINUTE = "%Y-%m-%d %H:%M UTC"


@click.group()
def token() -> None:
    """Issue, list and revoke access tokens; of each, the home keeps a hash alone.

    This needs the home to itself: while coach serve has it, the command is refused, and people find the same in the
    server's pages.
    """


@token.command("issue")
@click.option("--person", required=True, help="Whose it is: a person's id.")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice(["read", "write"]), help="What it allows; else read alone."
)
@click.option("--days", type=click.IntRange(1, 365), help="How long it is good; else 30 days.")
@click.option("--label", default="", help="A word to know it by; not a name. 40 letters, digits, spaces and . _ -")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@pass_run
def issue_(run: Run, person: str, scopes: tuple[str, ...], days: int | None, label: str, as_json: bool) -> None:
    """Issue an API token for a person and show it, this once.

    It allows what its scopes and the person's own roles both allow.
    """
    from datetime import timedelta

    from copilot.tokens import Scope, TokenKind

    asked = frozenset(Scope(each) for each in scopes or ("read",))
    lifetime = timedelta(days=days) if days else None
    made = _issued(run, person, TokenKind.API, asked, lifetime=lifetime, label=label)
    if as_json:
        say_json({"id": made.id, "token": made.secret, "expires": made.expires.isoformat()})
        return
    say(made.secret)
    note(f"token {made.id} of {person}, good until {made.expires:{_MINUTE}}; it is not shown again")


@token.command()
@click.option("--person", required=True, help="Who signs in with it: a person's id.")
@pass_run
def link(run: Run, person: str) -> None:
    """Print the path of a sign-in link, good once and for 15 minutes.

    Put it behind the server's address; start coach serve within that time.
    """
    from copilot.tokens import Scope, TokenKind

    made = _issued(run, person, TokenKind.LINK, frozenset({Scope.READ, Scope.WRITE}))
    say(f"/sign-in/{made.secret}")
    note(f"link {made.id} of {person}, good once until {made.expires:{_MINUTE}}; it is not shown again")


@token.command("list")
@click.option("--person", help="Of this person alone.")
@click.option("--all", "every", is_flag=True, help="Also those that ended or were revoked.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@pass_run
def list_(run: Run, person: str | None, every: bool, as_json: bool) -> None:
    """List tokens that are good now, with the day of their last use."""
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    with run.copilot() as copilot:
        if person is not None:
            copilot.person(person)
        found = [each for each in copilot.tokens.tokens(person) if every or each.live(now)]
    if as_json:
        say_json([_row(each, now) for each in found])
        return
    for each in found:
        row = _row(each, now)
        may = " ".join(sorted(each.scopes))
        told = f"{each.id}  {each.person:<16} {each.kind.value:<8} {row['state']:<8} {may:<11}"
        say(f"{told} until {each.expires:{_MINUTE}}  used {row['used'] or 'never'}  {each.label}".rstrip())
    if not found:
        say("No token is good now.")


@token.command("revoke")
@click.argument("token_id", metavar="ID", required=False)
@click.option("--person", help="Every token of this person instead of one.")
@pass_run
def revoke_(run: Run, token_id: str | None, person: str | None) -> None:
    """Take a token, or all of a person's, back; it counts at once."""
    from copilot.tokens import revoke, revoke_all

    if (token_id is None) == (person is None):
        raise Usage("name one token by its id (coach token list) or a person by --person")
    with run.copilot() as copilot:
        if token_id is not None:
            changed = revoke(copilot.tokens, token_id, by="")
            say(f"Token {token_id} is revoked" if changed else f"Token {token_id} was revoked before")
            return
        many = revoke_all(copilot.tokens, person or "")  # also of somebody whom the programme no longer lists
    say(f"{person}: 1 token was revoked" if many == 1 else f"{person}: {many} tokens were revoked")


def _issued(
    run: Run,
    person: str,
    kind: TokenKind,
    scopes: frozenset[Scope],
    *,
    lifetime: timedelta | None = None,
    label: str = "",
) -> Issued:
    from datetime import UTC, datetime

    from copilot.tokens import issue

    now = datetime.now(UTC)
    with run.copilot() as copilot:
        _known(copilot, person)
        store = copilot.tokens
        return issue(store, person=person, kind=kind, scopes=scopes, now=now, lifetime=lifetime, label=label)


def _known(copilot: Copilot, person_id: str) -> None:
    """Somebody who was erased keeps an id where a pair needs one; nobody signs in as that."""
    from copilot.errors import NotFound
    from guards.roster import ERASED

    copilot.person(person_id)
    person = copilot.programme().person(person_id)
    if person is None or person.name == ERASED:
        raise NotFound(f"{person_id} was erased here: nobody can be let in as them")


def _row(token: Token, now: datetime) -> dict[str, object]:
    return {
        "id": token.id, "person": token.person, "kind": token.kind.value, "scopes": sorted(token.scopes),
        "state": "revoked" if token.revoked else "good" if token.live(now) else "ended", "label": token.label,
        "created": token.created.isoformat(), "expires": token.expires.isoformat(),
        "used": token.used.isoformat() if token.used else None,
    }  # fmt: skip
