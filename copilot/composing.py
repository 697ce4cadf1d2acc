"""A draft from an opened home, and its page: what ``coach prep``, the demo, the benches and the server share."""

from __future__ import annotations

from collections.abc import Callable

from copilot.bootstrap import Copilot
from copilot.draft_wall import stamp
from copilot.drafting import prep_pair
from copilot.drafts import Draft
from copilot.engines.protocol import Told
from copilot.ledger import fold
from copilot.snapshot import Request
from guards.access import Principal, ReadConversation, authorize
from guards.audit_log import Act, Entry
from guards.text import RedactedText
from knowledge.passages import Passage

Reveal = Callable[[str], str]


def draft_for(
    copilot: Copilot, request: Request, *, principal: Principal, told: Told | None = None, outside: bool = False
) -> Draft:
    """Draft a session for somebody of the pair; the draft is kept for ``why``.

    ``told`` hears what a strong model words as it comes in, each item checked. ``outside`` says that the draft goes to
    a model elsewhere, whichever engine makes it: what the pair opened to its own drafts alone stays out.

    Raises:
        NotFound: no such pair.
        NotPermitted: the principal is not of this pair.
    """
    grant = authorize(principal, ReadConversation, request.pair)
    reader = copilot.record.reader(grant)
    engine = copilot.engine(request.pair)
    opted_in = copilot.opted_in(request.pair, engine="endpoint" if outside else engine.name)

    def near(query: RedactedText, k: int) -> list[Passage]:
        return [
            each.passage for each in copilot.retriever.search(reader, query, k, grant=grant, opted_in=opted_in).hits
        ]

    draft = prep_pair(
        request,
        principal=principal,
        record=copilot.record,
        programme=copilot.programme(),
        engine=engine,
        corpus=copilot.corpus,
        fold=fold,
        near=near,
        stamp=stamp(copilot.consents, copilot.programme().pair(request.pair)),
        opted_in=opted_in,
        told=told,
    )
    copilot.audit.append(Entry(Act.DRAFT, request.pair, principal.person, grant.role.value, draft.id, "prep"))
    return draft


def rendered(draft: Draft, *, form: str, reveal: Reveal) -> str | bytes | dict[str, object]:
    """The draft in a format: ``text`` and ``md`` are strings, ``docx`` and ``ics`` bytes, ``json`` a document."""
    if form == "json":
        from copilot.rendering.shape import draft_shape  # noqa: PLC0415 - one format is loaded, not five

        return draft_shape(draft, reveal=reveal)
    if form == "docx":
        from copilot.rendering import docx  # noqa: PLC0415 - as above

        return docx.render(draft, reveal=reveal)
    if form == "ics":
        from copilot.rendering import ics  # noqa: PLC0415 - as above

        return ics.render(draft, reveal=reveal)
    from copilot.rendering import md, text  # noqa: PLC0415 - as above

    return (md if form == "md" else text).render(draft, reveal=reveal)
