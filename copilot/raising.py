"""Raises every kind of flag over a home and joins them to the review queue: one card for one episode.

What somebody dismissed is not told again, nor what belongs to a category that muted itself. Changes nothing but the
queue; a card's state is people's to change.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from copilot.bootstrap import Copilot
from copilot.finding import Finding
from copilot.flag_records import pair_records
from copilot.flagging import known_histories, seen_by
from copilot.flags.blockers import Across, across, blockers
from copilot.flags.flag import Flag, FlagKind, State
from copilot.flags.gate import gate
from copilot.flags.record import PairRecord
from copilot.flags.roles import roles
from copilot.flags.sponsor import sponsor
from copilot.flags.stalled import stalled
from copilot.flags.tickbox import tickbox
from copilot.reviewing import board, enqueue
from guards.access import Role, WriteNotes, authorize
from guards.audit_log import Act, Entry
from guards.roster_mask import mask_known
from guards.text import RedactedText

Rule = Callable[[PairRecord], Iterator[Flag]]
RULES: Final[Mapping[FlagKind, tuple[Rule, ...]]] = {
    FlagKind.BLOCKER: (blockers, sponsor),
    FlagKind.TICKBOX: (tickbox,),
    FlagKind.ROLE: (roles,),
    FlagKind.GATE: (gate,),
}
"""What makes the flags of each kind; ``stalled`` has its own history, and language is ``coach lint``'s."""
MADE: Final = frozenset({FlagKind.STALLED, *RULES})


def raised(
    copilot: Copilot, *, days: Sequence[date], kinds: Collection[str], remark: Callable[[str], None],
    seen: Callable[[str, FlagKind], bool] = lambda _pair, _kind: True,
) -> dict[date, list[Flag]]:  # fmt: skip
    """Every flag of these kinds on each day, the strongest first; ``seen`` says of which pairs and kinds."""
    wanted = [each for each in RULES if each in kinds]
    ids = [pair.id for pair in copilot.programme().pairs if any(seen(pair.id, kind) for kind in wanted)]
    records = pair_records(copilot, days=days, pairs=ids if wanted else ())
    made: dict[date, list[Flag]] = {}
    for day in days:
        found: list[Flag] = []
        if FlagKind.STALLED in kinds:
            known = known_histories(
                copilot, as_of=day, remark=remark, seen=lambda pair: seen(pair, FlagKind.STALLED)
            )  # what somebody may not see leaves no remark either
            found += [flag for each in known if (flag := stalled(each, as_of=day)) is not None]
        for record in records.get(day, ()):
            rules = [rule for kind in wanted if seen(record.pair.id, kind) for rule in RULES[kind]]
            found += [flag for rule in rules for flag in rule(record)]
        made[day] = sorted(found, key=lambda flag: (-flag.score, flag.pair, flag.id))
    return made


def queued(copilot: Copilot, flags: Iterable[Flag]) -> int:
    """Put flags into the review queue; those whose episode has a card already make none. Returns how many are new.

    Raises:
        NotFound: a flag's pair is not of the programme.
    """
    return len(enqueue(copilot, [each for mine in _findings(copilot, flags).values() for _, each in mine]))


def muted(copilot: Copilot, *, as_of: date) -> tuple[str, ...]:
    """Categories that muted themselves by a day, as reviewers dismissed too many of their cards."""
    found = copilot.record.reviews.precisions(as_of=as_of)
    return tuple(sorted(name for name, each in found.items() if each.muted))


def as_they_stand(copilot: Copilot, flags: Iterable[Flag], *, as_of: date) -> list[Flag]:
    """The flags with their cards' ids and states on a day, without those dismissed and those of muted categories."""
    every = list(flags)
    quiet = muted(copilot, as_of=as_of)
    standing: dict[tuple[str, str], Flag] = {}
    for pair, mine in _findings(copilot, every).items():
        grant = authorize(copilot.principal(pair, Role.MENTEE), WriteNotes, pair)
        cards = copilot.record.reviews.standing([each for _, each in mine], grant, as_of=as_of)
        for flag, finding in mine:
            if (card := cards.get(finding.id)) is not None:
                standing[pair, flag.id] = replace(flag, card=card.finding.id, state=card.state)
    made = [standing.get((each.pair, each.id), each) for each in every]
    return [each for each in made if each.state is not State.DISMISSED and category_of(each) not in quiet]


def blockers_across(copilot: Copilot, person: str) -> tuple[Across, ...]:
    """Blockers over the pairs whose cards a person may judge, without those dismissed or expired; small cells hidden.

    Raises:
        NotFound: the programme has no such person.
    """
    gone = {State.DISMISSED, State.EXPIRED}
    cards = [each for each in board(copilot, person).cards if each.state not in gone]
    mine = [each.finding for each in cards if each.finding.kind is FlagKind.BLOCKER]
    return across((each.category, each.pair, (copilot.today - (each.since or each.as_of)).days) for each in mine)


def category_of(flag: Flag) -> str:
    """What reviewers' precision is counted by."""
    return flag.category or flag.kind.value


def _findings(copilot: Copilot, flags: Iterable[Flag]) -> dict[str, list[tuple[Flag, Finding]]]:
    """Each pair's flags as findings: every text masked by the roster's forms, every point with its sign."""
    found: dict[str, list[Flag]] = {}
    for each in flags:
        found.setdefault(each.pair, []).append(each)
    made: dict[str, list[tuple[Flag, Finding]]] = {}
    for pair, mine in found.items():
        with copilot.record.vaults.open(pair) as vault:
            opened = vault
        made[pair] = [(each, _finding(each, lambda text, vault=opened: mask_known(text, vault=vault))) for each in mine]
    return made


def _finding(flag: Flag, mask: Callable[[str], RedactedText]) -> Finding:
    return Finding(
        id=flag.id, kind=flag.kind, category=category_of(flag), pair=flag.pair, as_of=flag.as_of,
        evidence=tuple(mask(f"{each.points:+.1f} {each.text}") for each in flag.evidence),
        alternatives=tuple(mask(f"{each.text} ({each.tested})") for each in flag.alternatives),
        clears_when=mask(flag.clears_when), next_step=mask(flag.next_step), tier=flag.tier,
        since=flag.since,
    )  # fmt: skip


def look_today(copilot: Copilot, person: str, *, remark: Callable[[str], None] = lambda _: None) -> int:
    """Judge today's record for somebody, queue what is found and log the look; how many cards are new.

    Raises:
        NotFound: the programme has no such person.
        NotPermitted: they review flags of no pair.
    """
    day = copilot.today
    made = raised(copilot, days=[day], kinds=MADE, remark=remark, seen=seen_by(copilot, person))[day]
    new = queued(copilot, made)
    standing = as_they_stand(copilot, made, as_of=day)
    copilot.audit.append(Entry(Act.FLAG, who=person, detail="seen", count=len(standing)))
    return new
