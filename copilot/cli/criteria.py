"""``coach criteria``: the acceptance criteria of a pair, what each still needs, and who agreed and signed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, note, pass_run, say, say_json

if TYPE_CHECKING:
    from copilot.bootstrap import Copilot
    from copilot.criterion_lint import CriterionLinter


class ShowsByDefault(click.Group):
    """``coach criteria PAIR`` shows; a pair that is called like a part of the command is shown with ``show PAIR``."""

    default = "show"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what is no part of the command as the pair to show."""
        if args and args[0] not in {*self.commands, "--help", "-h"}:
            args = [self.default, *args]
        return super().parse_args(ctx, args)


@click.group(cls=ShowsByDefault, subcommand_metavar="PAIR | COMMAND [ARGS]...")
def criteria() -> None:
    """Acceptance criteria of a pair: ``coach criteria PAIR`` shows them; ``agree`` and ``sign`` say who stands by one.

    A criterion keeps its id however often it is drafted. What the notes don't say is asked, not invented.
    """


@criteria.command()
@click.argument("pair")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day of the session; else the next one expected."
)
@click.option(
    "--as", "viewer", type=click.Choice(["mentor_coach", "mentee", "sponsor"]), default="mentor_coach",
    show_default=True, help="Who is looking: a sponsor sees what both of the pair agreed.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@pass_run
def show(run: Run, pair: str, day: datetime | None, viewer: str, as_json: bool) -> None:
    """Show the criteria of PAIR: the first one, that of the decision at hand, and those that decisions state."""
    from copilot.criterion_board import board
    from copilot.rendering.criteria import criterion_page, gone_lines, signed_shape
    from copilot.rendering.shape import restored
    from guards.access import Role

    with run.copilot() as copilot:
        principal = copilot.principal(pair, Role(viewer))
        if principal.roles[pair] is Role.SPONSOR:
            _show_offers(copilot, pair, viewer=viewer, as_json=as_json)
            return
        found = board(copilot, pair, principal=principal, day=day.date() if day else None)
        reveal = copilot.reveal(pair, principal)
        names = {each.id: each.name for each in copilot.programme().people}
        if as_json:
            say_json([restored(signed_shape(each, found.signed[each.id]), reveal) for each in found.criteria])
            return
        for line in criterion_page(found, names=names, linter=_linter(copilot)):
            say(reveal(line))
        for line in gone_lines(found, names=names):
            say(reveal(line))


def _linter(copilot: Copilot) -> CriterionLinter:
    from copilot.criterion_lint import CriterionLinter as Linter

    return Linter.of(copilot.corpus.criterion_words)


def _show_offers(copilot: Copilot, pair: str, *, viewer: str, as_json: bool) -> None:
    from copilot.criterion_board import offers
    from copilot.rendering.criteria import offer_lines, offer_shape
    from guards.access import ReadCriteria, Role, authorize

    found = offers(copilot, authorize(copilot.principal(pair, Role(viewer)), ReadCriteria, pair))
    if as_json:
        say_json([offer_shape(each, signed) for each, signed in found])
        return
    for line in offer_lines(pair, found):
        say(line)


@criteria.command()
@click.argument("pair")
@click.argument("criterion")
@click.option("--as", "viewer", type=click.Choice(["mentor_coach", "mentee"]), default="mentor_coach",
              show_default=True, help="Who agrees; each of the pair does so for themselves.")  # fmt: skip
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day of the session it is drafted for.")
@pass_run
def agree(run: Run, pair: str, criterion: str, viewer: str, day: datetime | None) -> None:
    """Agree CRITERION of PAIR as it reads now.

    Once both agreed, the sponsor sees its text, without note lines or names.
    """
    from copilot.criterion_board import board
    from copilot.criterion_signing import agreement
    from copilot.criterion_views import by_prefix
    from guards.access import AgreeCriteria, Role, authorize
    from guards.audit_log import Act, Entry

    with run.copilot() as copilot:
        principal = copilot.principal(pair, Role(viewer))
        grant = authorize(principal, AgreeCriteria, pair)
        found = board(copilot, pair, principal=principal, day=day.date() if day else None)
        one = by_prefix({each.id: each.aliases for each in found.criteria}, criterion)
        meant = next(each for each in found.criteria if each.id == one)
        word = agreement(meant, grant=grant, at=datetime.now(UTC), day=copilot.today)
        copilot.audit.append(Entry(Act.CRITERION, pair, word.by, word.role, word.id, word.kind.value))
        copilot.record.append_criterion_word(word, grant)
        after = board(copilot, pair, principal=principal, day=day.date() if day else None).signed[one]
        lacks = [ask.removeprefix("[needs: ").split(" - ")[0] for ask in meant.needs]
        say(f"{one} {_told(after.agreed)}: {copilot.reveal(pair, principal)(meant.then or '')}")
        if lacks:
            note(f"it still lacks: {', '.join(lacks)}; once that is answered it needs to be agreed again")


def _told(agreed: tuple[str, ...]) -> str:
    left = [each for each in ("mentor_coach", "mentee") if each not in agreed]
    if not left:
        return "agreed by both: the sponsor sees it and can sign it with coach criteria sign"
    return f"agreed by {agreed[0]}; the sponsor sees it once {left[0]} agrees too"


@criteria.command()
@click.argument("pair")
@click.argument("criterion")
@click.option("--as", "who", default="sponsor", show_default=True, help="Who signs: the sponsor, as role or id.")
@pass_run
def sign(run: Run, pair: str, criterion: str, who: str) -> None:
    """Sign off CRITERION of PAIR, as both of the pair agreed it; a later change of its text needs a new sign-off."""
    from copilot.criterion_signing import offered, sentence, signature
    from copilot.criterion_views import by_prefix
    from copilot.rendering.criteria import bare
    from guards.access import ReadCriteria, SignCriteria, authorize
    from guards.audit_log import Act, Entry

    with run.copilot() as copilot:
        principal = copilot.viewer(pair, who)
        grant = authorize(principal, SignCriteria, pair)
        words = copilot.record.criterion_words(authorize(principal, ReadCriteria, pair))
        known = {each.criterion: () for each in words}
        one = by_prefix(known, criterion)
        word = signature(one, words, grant=grant, at=datetime.now(UTC), day=copilot.today)
        copilot.audit.append(Entry(Act.CRITERION, pair, word.by, word.role, word.id, word.kind.value))
        copilot.record.append_criterion_word(word, grant)
        text = next(each for each in offered(words) if each.criterion == one)
        say(f"{one} signed off by {principal.person} on {word.day.isoformat()}: {bare(sentence(dict(text.parts)))}")
