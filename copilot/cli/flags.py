"""``coach flags``: what may be worth a person's look in the pairs' processes, with evidence and other explanations."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, note, pass_run, say, say_json

if TYPE_CHECKING:
    from copilot.flags.flag import Flag


@click.command()
@click.option("--as-of", "days", type=click.DateTime(["%Y-%m-%d"]), multiple=True,
              help="Judge by what was logged by this day; may be given often; else today.")  # fmt: skip
@click.option("--kind", "kinds", default="stalled", show_default=True, help="Kinds, with commas between.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@pass_run
def flags(run: Run, days: tuple[datetime, ...], kinds: str, as_json: bool) -> None:
    """Flag pairs whose process seems to have stopped, for people to judge. Nothing acts on a flag by itself."""
    from copilot.errors import Usage
    from copilot.flagging import known_histories
    from copilot.flags.flag import FlagKind
    from copilot.flags.flag import as_json as shape
    from copilot.flags.stalled import stalled

    asked = {each.strip() for each in kinds.split(",") if each.strip()}
    if unknown := sorted(asked - set(FlagKind)):
        raise Usage(f"no kind {unknown[0]}: there are {', '.join(FlagKind)}")
    if missing := sorted(asked - {FlagKind.STALLED}):
        note(f"not made yet: {', '.join(missing)}; only stalled is judged")
    found: list[Flag] = []
    with run.copilot() as copilot:
        for each in sorted({day.date() for day in days} or {datetime.now(UTC).date()}):
            known = known_histories(copilot, as_of=each, remark=note) if FlagKind.STALLED in asked else ()
            made = [flag for history in known if (flag := stalled(history, as_of=each)) is not None]
            found += sorted(made, key=lambda flag: (-flag.score, flag.pair))
    if as_json:
        say_json([shape(each) for each in found])
        return
    if not found:
        say("nothing to look at")
    for each in found:
        _print(each)


def _print(flag: Flag) -> None:
    say(f"{flag.id}  {flag.pair}  {flag.kind.value}, {flag.tier.value}, score {flag.score:.2f}, as of {flag.as_of}")
    for each in flag.evidence:
        say(f"  {each.points:+.1f}  {each.text}")
    say(f"  could also be: {'; '.join(f'{each.text} ({each.tested})' for each in flag.alternatives)}")
    say(f"  clears when: {flag.clears_when}")
    say(f"  next step: {flag.next_step}")
