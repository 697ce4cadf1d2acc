"""One prep from a home's parts: authorise, collect, draft, keep. The command line and the server call this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from copilot.draft_wall import sources_digest
from copilot.drafts import Draft
from copilot.engines.protocol import Engine, Told
from copilot.pipeline import prep
from copilot.programme import Programme
from copilot.snapshot import Fold, Near, Request, collect
from copilot.stores.protocols import Record
from guards.access import Principal, ReadConversation, WriteNotes, authorize
from knowledge.corpus_files import Corpus


def prep_pair(  # noqa: PLR0913 - the parts a home is made of, each replaceable
    request: Request,
    *,
    principal: Principal,
    record: Record,
    programme: Programme,
    engine: Engine,
    corpus: Corpus,
    fold: Fold,
    near: Near | None = None,
    policy: str = "",
    stamp: Mapping[str, str] | None = None,
    opted_in: bool = False,
    told: Told | None = None,
) -> Draft:
    """Draft a session for somebody of the pair and keep the draft for ``why``.

    ``opted_in`` says that the pair has opened its sensitive passages to drafts by this engine.

    Raises:
        NotPermitted: the principal is not of this pair.
        NotFound: the programme has no such pair.
    """
    reader = record.reader(authorize(principal, ReadConversation, request.pair))
    writer = record.writer(authorize(principal, WriteNotes, request.pair))
    with record.vaults.open(request.pair) as vault:
        snapshot = collect(
            request, programme=programme, reader=reader, vault=vault, corpus=corpus, fold=fold,
            near=near, policy=policy, opted_in=opted_in,
        )  # fmt: skip
    draft = prep(snapshot, engine, told=told)
    sources = {"sources": sources_digest(draft, reader)}
    draft = replace(draft, provenance={**draft.provenance, **sources, **(stamp or {})})
    writer.put_draft(draft)
    return draft
