"""A paper from an opened home: authorise, collect what this kind of paper may rest on, draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from copilot.bootstrap import Copilot
from copilot.errors import NotFound
from copilot.ledger import fold
from copilot.papers import blockers, escalation, evidence_pack, session_note, sponsor_update
from copilot.papers.paper import Paper, PaperKind
from copilot.snapshot import Request, Snapshot, collect
from copilot.stores.protocols import DocumentRow, PairReader
from guards.access import Principal, ReadCommitments, ReadConversation, Role, authorize
from guards.audit_log import Act, Entry
from knowledge.passages import DocumentKind

_SESSIONS = frozenset({DocumentKind.NOTE, DocumentKind.TRANSCRIPT})


@dataclass(frozen=True, slots=True)
class PaperRequest:
    """Which paper of which pair, as of the evening of which day; ``source`` is part of a note's file name."""

    kind: PaperKind
    pair: str
    day: date
    source: str | None = None


def paper_for(copilot: Copilot, request: PaperRequest, *, principal: Principal) -> Paper:
    """Draft a paper for somebody of the pair; a sponsor update also for the sponsor; the audit log says so.

    Raises:
        NotPermitted: the principal may not, or the charter gives no authority to escalate.
        NotFound: no such pair or note, or the pair has no sponsor.
    """
    paper = _made(copilot, request, principal)
    role = principal.roles.get(request.pair)
    said = Entry(Act.PAPER, request.pair, principal.person, role.value if role else "", detail=request.kind.value)
    copilot.audit.append(said)
    return paper


def _made(copilot: Copilot, request: PaperRequest, principal: Principal) -> Paper:
    if request.kind is PaperKind.SPONSOR:
        authorize(principal, ReadCommitments, request.pair)
        sponsor = copilot.principal(request.pair, Role.SPONSOR)
        # The sponsor's own grant: what it cannot read cannot get into the update, whoever asks for it.
        reader = copilot.record.ledger_reader(authorize(sponsor, ReadCommitments, request.pair))
        return sponsor_update.build(_snapshot(copilot, request, reader))
    reader = copilot.record.reader(authorize(principal, ReadConversation, request.pair))
    if request.kind is PaperKind.ESCALATION:
        known = copilot.programme().pair(request.pair)
        if known is not None:
            escalation.check_authority(known)
    snapshot = _snapshot(copilot, request, reader)
    if request.kind is PaperKind.NOTE:
        return session_note.build(snapshot, document=_document(reader, request).id)
    build = {
        PaperKind.ESCALATION: escalation.build,
        PaperKind.EVIDENCE: evidence_pack.build,
        PaperKind.BLOCKERS: blockers.build,
    }[request.kind]
    return build(snapshot)


def _snapshot(copilot: Copilot, request: PaperRequest, reader: PairReader) -> Snapshot:
    with copilot.record.vaults.open(request.pair) as vault:
        return collect(
            Request(request.pair, request.day), programme=copilot.programme(), reader=reader, vault=vault,
            corpus=copilot.corpus, fold=fold, opted_in=copilot.opted_in(request.pair), through=True,
        )  # fmt: skip


def _document(reader: PairReader, request: PaperRequest) -> DocumentRow:
    """The latest note or transcript of the day or before it, or the one whose name holds ``source``."""
    found = [each for each in reader.documents() if each.kind in _SESSIONS and each.session_date <= request.day]
    if request.source is not None:
        found = [each for each in found if request.source.casefold() in each.name.casefold()]
    if not found:
        raise NotFound(
            f"pair {request.pair}: no note or transcript up to {request.day.isoformat()}"
            f"{' with that name' if request.source else ''}; ingest one, or give another --date or --source"
        )
    return found[-1]
