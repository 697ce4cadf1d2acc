"""What each MCP tool does, for one person and under the same grants as the command line.

An MCP client is a model outside this machine. So nothing of a pair is given to one unless both of the pair allow such a
model and unlisted names can be masked; held passages stay out, also those that the pair opened to its own drafts; names
are placeholders; and the exact bytes pass the egress door, which logs them. With ``reveal`` names are put back after
that, for who may see them. The home is opened for each call, so that a withdrawal counts at once and ``coach`` can be
used in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from pydantic import BaseModel

from copilot.bootstrap import Copilot
from copilot.commitment_pages import masked, visible
from copilot.composing import draft_for
from copilot.deciding import Word, decide
from copilot.draft_wall import check_draft, stamp
from copilot.errors import NotFound, Usage
from copilot.ledger import fold
from copilot.ledger_views import by_prefix
from copilot.mentions import Commitment, CommitmentStatus, DecisionKind
from copilot.rendering.shape import restored
from copilot.snapshot import Request
from copilot.why import why
from guards.access import (
    ALLOWED,
    DecideCommitments,
    Grant,
    Permission,
    Principal,
    ReadCommitments,
    ReadConversation,
    ReadProgramme,
    RevealNames,
    Role,
    WriteNotes,
    authorize,
)
from guards.audit_log import Act, Entry
from guards.errors import ClosedToModels, NotPermitted, RedactionFailed
from guards.text import RawText
from knowledge.passages import Citation
from knowledge.retrieval import Hit as Scored
from server.mcp_shapes import (
    CommitmentGot,
    CommitmentsGiven,
    CommitmentsGot,
    ConfirmGiven,
    ConfirmGot,
    Hit,
    Place,
    PrepGiven,
    SearchGiven,
    SearchGot,
    WhyGiven,
    WhyGot,
    place_of,
    prep_of,
)

P = TypeVar("P", bound=Permission)

DESTINATION = "mcp"
"""The class of destination in the call log."""


@dataclass(frozen=True, slots=True)
class Desk:
    """An opened home and for whom. ``reveal`` asks for names in the results."""

    copilot: Copilot
    principal: Principal
    reveal: bool = False

    def grant(self, permission: type[P], pair: str) -> Grant[P]:
        """The person's grant, where something of the pair may be given to a model outside at all.

        Raises:
            NotFound: no such pair.
            NotPermitted: the person may not.
            ClosedToModels: one of the two does not allow it.
            RedactionFailed: names that no roster lists could not be masked.
        """
        if self.copilot.programme().pair(pair) is None:
            raise NotFound("no such pair: see pairs in programme.yaml")
        grant = authorize(self.principal, permission, pair)  # first: a stranger does not learn what the pair allows
        if not self.copilot.endpoint_allowed(pair):
            raise ClosedToModels("an MCP client is a model outside this machine, and the pair allows none")
        if not self.copilot.masks_unlisted_names:
            raise RedactionFailed("the name model is missing: run coach model install --small, then coach ingest again")
        return grant

    def readable(self, permission: type[P]) -> Iterator[Grant[P]]:
        """Grants on the person's own pairs, those that are closed to them left out."""
        for pair in sorted(self.principal.roles):
            try:
                yield authorize(self.principal, permission, pair)
            except NotPermitted:
                continue

    def given(self, tool: str, pair: str, result: BaseModel, *, texts: int) -> dict[str, object]:
        """The result as it leaves: checked at the door masked, logged, and with names only where they were asked for.

        Raises:
            EgressRefused: a known name or somebody's number is in it; nothing is given.
            NotPermitted: names were asked for by somebody who may not see them.
        """
        role = self.principal.roles.get(pair)
        shape = result.model_dump(mode="json")
        self.copilot.door.check(result.model_dump_json().encode(), pair=pair, destination=DESTINATION, texts=texts)
        entry = Entry(
            Act.EXPORT, pair, self.principal.person, role.value if role else "", detail=f"mcp.{tool}", count=texts
        )
        self.copilot.audit.append(entry)
        if not self.reveal or role not in ALLOWED[RevealNames]:
            return shape
        shown = self.copilot.reveal(pair, self.principal)
        return {key: restored(value, shown) for key, value in shape.items()}

    def refused(self, pair: str) -> None:
        """Log that a call was refused, by the pair where the programme has it."""
        known = self.copilot.programme().pair(pair)
        role = self.principal.roles.get(pair)
        entry = Entry(
            Act.EXPORT, known.id if known else "", self.principal.person, role.value if role else "",
            detail="mcp.refused",
        )  # fmt: skip
        self.copilot.audit.append(entry)


def prep(desk: Desk, given: PrepGiven) -> dict[str, object]:
    """Draft a session."""
    pair = desk.grant(ReadConversation, given.pair).pair
    draft = draft_for(desk.copilot, Request(pair, given.date), principal=desk.principal, outside=True)
    return desk.given("prep", pair, prep_of(draft), texts=sum(len(box.items) for box in draft.boxes))


def commitments(desk: Desk, given: CommitmentsGiven) -> dict[str, object]:
    """What is open; a sponsor gets what was shared, without its places and pseudonyms."""
    grant = desk.grant(ReadCommitments, given.pair)
    shown = masked if grant.role is Role.SPONSOR else str
    listed = visible(_folded(desk.copilot, grant), every=False)
    got = [_commitment(desk.copilot, each, shown) for each in listed]
    return desk.given("commitments", grant.pair, CommitmentsGot(commitments=got), texts=len(got))


def why_(desk: Desk, given: WhyGiven) -> dict[str, object]:
    """The lines behind an item of a draft of the person's own pairs."""
    copilot = desk.copilot
    for found in desk.readable(ReadConversation):
        draft = copilot.record.reader(found).draft(given.draft)
        if draft is None:
            continue
        grant = desk.grant(ReadConversation, found.pair)
        reader = copilot.record.reader(grant)
        now = stamp(copilot.consents, copilot.programme().pair(grant.pair))
        check_draft(draft, role=grant.role, reader=reader, now=now)
        opened = copilot.opted_in(grant.pair, engine="endpoint")
        lines = why(draft, given.item, reader=reader, reveal=str, opted_in=opened).split("\n")
        return desk.given("why", grant.pair, WhyGot(lines=lines), texts=len(lines))
    raise NotFound("no such draft: prep gives the id of each")


def search(desk: Desk, given: SearchGiven) -> dict[str, object]:
    """Passages near a query; who is not of the pair finds its programme lane alone, without pseudonyms."""
    copilot, pair = desk.copilot, given.pair
    of_pair = desk.principal.roles.get(pair) in ALLOWED[ReadConversation]
    grant = desk.grant(ReadConversation, pair) if of_pair else desk.grant(ReadProgramme, pair)
    with copilot.record.vaults.open(pair) as vault:
        asked = copilot.redactor.redact([RawText(given.query)], vault=vault)[0].text
    opened = copilot.opted_in(pair, engine="endpoint")
    found = copilot.retriever.search(copilot.record.reader(grant), asked, given.limit, grant=grant, opted_in=opened)
    hits = [_hit(each, str if of_pair else masked) for each in found.hits]
    return desk.given("search", pair, SearchGot(hits=hits, by_words_alone=bool(found.by_words_alone)), texts=len(hits))


def confirm(desk: Desk, given: ConfirmGiven) -> dict[str, object]:
    """Confirm what is to be confirmed, as the person's own word. What was closed or denied is for people to open."""
    for grant in desk.readable(DecideCommitments):
        found = _folded(desk.copilot, authorize(desk.principal, ReadCommitments, grant.pair))
        try:
            each = by_prefix((one for one in found if one.status is not CommitmentStatus.DENIED), given.commitment)
        except NotFound:
            continue
        desk.grant(DecideCommitments, grant.pair)
        if each.status not in {CommitmentStatus.CANDIDATE, CommitmentStatus.OPEN}:
            raise Usage("it is closed: whether it opens again is for people to say, with coach commit confirm")
        if changed := not each.confirmed:
            _say(desk, grant.pair, each, found)
        return desk.given("confirm", grant.pair, ConfirmGot(id=each.id, status="open", changed=changed), texts=0)
    raise NotFound("no such commitment: commitments gives their ids")


def _say(desk: Desk, pair: str, each: Commitment, found: tuple[Commitment, ...]) -> None:
    copilot = desk.copilot
    grant = authorize(desk.principal, DecideCommitments, pair)
    said = copilot.record.ledger_reader(authorize(desk.principal, ReadCommitments, pair)).decisions()
    word = Word(DecisionKind.CONFIRM, copilot.today)
    decided = decide([each.id], word, commitments=found, said=said, grant=grant, at=datetime.now(UTC))
    writer = copilot.record.writer(authorize(desk.principal, WriteNotes, pair))
    for decision in (decision for one in decided for decision in one.decisions):
        copilot.audit.append(Entry(Act.DECISION, pair, decision.by, grant.role.value, decision.id, decision.kind.value))
        writer.append_decision(decision)


def _folded(copilot: Copilot, grant: Grant[ReadCommitments]) -> tuple[Commitment, ...]:
    reader = copilot.record.ledger_reader(grant)
    return fold(reader.mentions(), reader.decisions(), reader.sessions(), as_of=copilot.today)


def _commitment(copilot: Copilot, each: Commitment, shown: Callable[[str], str]) -> CommitmentGot:
    programme = copilot.programme()
    pair, owner, role = programme.pair(each.pair), each.owner_text, None
    if each.owner and pair and programme.person(each.owner):
        with copilot.record.vaults.open(pair.id) as vault:
            owner = vault.placeholder_of(each.owner)
        roles = {pair.sponsor: Role.SPONSOR, pair.mentee: Role.MENTEE, pair.mentor: Role.MENTOR_COACH}
        role = roles.get(each.owner, Role.OTHER).value
    return CommitmentGot(
        id=each.id, action=shown(each.action), owner=shown(owner) if owner else None, owner_is=role,
        status=each.status.value, confirmed=each.confirmed, due=each.due.isoformat() if each.due else None,
        ticket=each.ticket, first_agreed=each.first_agreed.isoformat(), times_carried=each.times_carried,
        question=shown(each.question) if each.question else None,
        places=[_place(one, shown) for one in each.citations if one.source],
    )  # fmt: skip


def _hit(found: Scored, shown: Callable[[str], str]) -> Hit:
    at = found.passage
    where = Citation(at.document, at.source, at.first, at.last, at.text)
    return Hit(date=at.session_date.isoformat(), score=round(found.score, 3), place=_place(where, shown))


def _place(each: Citation, shown: Callable[[str], str]) -> Place:
    found = place_of(each)
    return found.model_copy(update={"source": shown(found.source), "quote": shown(found.quote)})
