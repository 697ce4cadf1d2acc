"""What somebody would see of a pair, and each source kept from them with its reason.

The caller's own rights bound what is told: who may not read the pair's notes gets counts and reasons, never a
source's name and never the page. A source is counted without selecting its name or text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from copilot.bootstrap import Copilot
from copilot.stores.protocols import SourceRow
from guards.access import (
    ALLOWED,
    Grant,
    Permission,
    PreviewWall,
    Principal,
    ReadCommitments,
    ReadConversation,
    ReadProgramme,
    Role,
    authorize,
)
from guards.errors import NotPermitted

Q = TypeVar("Q", bound=Permission)


@dataclass(frozen=True, slots=True)
class Source:
    """A document as a preview tells of it. ``name`` is empty for a caller who may not see it."""

    number: int
    name: str
    lane: str
    kind: str
    day: str
    passages: int
    shown: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What ``who`` sees: sources with what is withheld and why, commitments, and the page if the caller may see it."""

    pair: str
    who: str
    role: str
    sources: tuple[Source, ...]
    commitments: int
    not_shared: int
    refusal: str = ""
    page: tuple[str, ...] = field(default=())


def preview(copilot: Copilot, pair: str, subject: Principal, *, who: str, caller: Principal) -> Preview:
    """The walls of a pair as they stand for the subject.

    Raises:
        NotPermitted: the caller may not preview this pair.
    """
    rows = copilot.record.sources(authorize(caller, PreviewWall, pair))
    names = _names(copilot, pair, caller)
    role = subject.roles.get(pair) or next(iter(sorted(subject.programme_roles)), None)
    sources = tuple(_source(each, number, names, subject, pair) for number, each in enumerate(rows, 1))
    shown, every = _commitments(copilot, pair, subject)
    return Preview(
        pair, who, role.value if role else "none", sources, shown, every - shown, _refusal(subject, pair),
        tuple(_page(copilot, pair, subject, caller)),
    )  # fmt: skip


def as_json(found: Preview) -> dict[str, object]:
    """The preview as one document."""
    return {
        "pair": found.pair, "as": found.who, "role": found.role, "refusal": found.refusal or None,
        "commitments": found.commitments, "commitments_not_shared": found.not_shared, "page": list(found.page),
        "sources": [
            {"number": each.number, "name": each.name or None, "lane": each.lane, "kind": each.kind, "date": each.day,
             "passages": each.passages, "shown": each.shown, "reasons": list(each.reasons)}
            for each in found.sources
        ],
    }  # fmt: skip


def lines(found: Preview) -> Iterator[str]:
    """The preview for people."""
    yield f"{found.pair} as {found.who} ({found.role})"
    yield from filter(None, (found.refusal,))
    yield f"commitments: {found.commitments} shown, {found.not_shared} withheld (not shared)"
    for each in found.sources:
        about = f"{each.name or f'source {each.number}'}, {each.kind} of {each.day}, {each.lane} lane"
        why = f": withheld, {'; '.join(each.reasons)}" if each.reasons else ""
        yield f"- {about}: {each.shown} of {each.passages} passages shown{why}"
    yield from (f"  | {line}" for line in found.page)


def _granted(who: Principal, permission: type[Q], pair: str) -> Grant[Q] | None:
    try:
        return authorize(who, permission, pair)
    except NotPermitted:
        return None


def _names(copilot: Copilot, pair: str, caller: Principal) -> dict[str, str]:
    grant = _granted(caller, ReadConversation, pair)
    if grant is None:
        return {}
    reveal = copilot.reveal(pair, caller)
    return {row.id: reveal(row.name) for row in copilot.record.reader(grant).documents()}


def _source(row: SourceRow, number: int, names: dict[str, str], subject: Principal, pair: str) -> Source:
    held = sum(count for _, count in row.held)
    grants = (_granted(subject, ReadConversation, pair), _granted(subject, ReadProgramme, pair))
    opened = any(grant is not None and row.lane in grant.lanes for grant in grants)
    reasons = () if opened else _why_closed(row, subject, pair)
    reasons += tuple(f"held back: {kind} ({count})" for kind, count in row.held)
    shown = row.passages - held if opened else 0
    return Source(
        number, names.get(row.id, ""), row.lane.value, row.kind.value, row.session_date.isoformat(), row.passages,
        shown, reasons,
    )  # fmt: skip


def _why_closed(row: SourceRow, subject: Principal, pair: str) -> tuple[str, ...]:
    if subject.roles.get(pair) in ALLOWED[ReadConversation]:
        return tuple(each.reason for each in subject.closed.get(pair, ()))
    return (f"lane: {row.lane.value} is the pair's",)


def _refusal(subject: Principal, pair: str) -> str:
    return next((each.line for each in subject.closed.get(pair, ())), "")


def _commitments(copilot: Copilot, pair: str, subject: Principal) -> tuple[int, int]:
    """How many the subject sees, of how many there are; folded over a view that no gate closes."""
    from copilot.ledger import fold  # noqa: PLC0415 - not every command that loads this folds

    mentee = copilot.principal(pair, Role.MENTEE)
    grants = (_granted(subject, ReadCommitments, pair), authorize(_opened(mentee), ReadCommitments, pair))
    counts: list[int] = []
    for grant in grants:
        if grant is None:
            counts.append(0)
            continue
        reader = copilot.record.ledger_reader(grant)
        counts.append(len(fold(reader.mentions(), reader.decisions(), reader.sessions(), as_of=copilot.today)))
    return counts[0], counts[1]


def _opened(principal: Principal) -> Principal:
    """The same person with nothing closed: to count what there is, never to show it."""
    return Principal(principal.person, principal.roles)


def _page(copilot: Copilot, pair: str, subject: Principal, caller: Principal) -> Iterator[str]:
    """The page for a caller of the pair. It is drafted and read by them, and so it stands in the audit log."""
    if _granted(caller, ReadConversation, pair) is None:
        return
    if _granted(subject, ReadConversation, pair) is not None:
        from copilot.composing import draft_for, rendered  # noqa: PLC0415 - drafting is loaded when asked for
        from copilot.snapshot import Request  # noqa: PLC0415 - as above

        draft = draft_for(copilot, Request(pair), principal=caller)
        yield from str(rendered(draft, form="text", reveal=copilot.reveal(pair, caller))).splitlines()
        return
    grant = _granted(subject, ReadCommitments, pair)
    if grant is not None and grant.role is Role.SPONSOR:
        yield from _sponsor_page(copilot, grant)


def _sponsor_page(copilot: Copilot, grant: Grant[ReadCommitments]) -> Iterator[str]:
    from copilot.commitment_pages import Listing, sponsor_page, visible  # noqa: PLC0415 - as above
    from copilot.ledger import fold  # noqa: PLC0415 - as above

    reader = copilot.record.ledger_reader(grant)
    folded = fold(reader.mentions(), reader.decisions(), reader.sessions(), as_of=copilot.today)
    names = {each.id: each.name for each in copilot.programme().people}
    yield from sponsor_page(Listing(grant.pair, copilot.today, visible(folded, every=False), names))
