"""Whether a kept draft may still be shown: to whom, from which versions of its notes, under which consent.

A draft is stamped when it is made. Read again, it is shown only to a role of its audience, while its sources are the
versions it was made from (another redaction policy is another version) and no purpose it rests on was withdrawn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Final

from copilot.boxes.lines import PROGRAMME
from copilot.drafts import Draft
from copilot.programme import Pair
from copilot.stores.protocols import PairReader
from guards.access import Role
from guards.consent import Consents, Purpose
from guards.errors import NotPermitted

_SHOWN_BY: Final = (Purpose.SESSION_PREP, Purpose.SENSITIVE_DRAFTS)
"""Purposes that decide on what a draft may show."""


def stamp(consents: Consents, pair: Pair | None) -> Mapping[str, str]:
    """What the pair allows now, for a draft's provenance."""
    people = (pair.mentor, pair.mentee) if pair else ()
    allowed = [each.value for each in _SHOWN_BY if consents.pair_allows(people, each)]
    endpoint = {} if consents.pair_allows(people, Purpose.ENDPOINT_MODEL) else {"endpoint": "withdrawn"}
    return {"purposes": " ".join(allowed), **endpoint}


def sources_digest(draft: Draft, reader: PairReader) -> str:
    """A digest of the versions of the documents that a draft cites."""
    wanted = set(_cited(draft))
    versions = sorted(f"{row.id} {row.version}" for row in reader.documents() if row.id in wanted)
    return hashlib.sha256("\n".join(versions).encode()).hexdigest()[:16]


def check_draft(draft: Draft, *, role: Role, reader: PairReader, now: Mapping[str, str]) -> None:
    """Refuse a kept draft that may not be shown to this role now.

    Raises:
        NotPermitted: it is not of their audience, its notes were read again since, or consent was withdrawn.
    """
    if role.value not in draft.audience:
        raise NotPermitted(f"draft {draft.id}: its sources are not open to {role.value}")
    gone = set(draft.provenance.get("purposes", "").split()) - set(now.get("purposes", "").split())
    if gone:
        named = " and ".join(sorted(gone))
        raise NotPermitted(f"draft {draft.id}: consent to {named} was withdrawn since: draft the session anew")
    if draft.provenance.get("sources", "") != sources_digest(draft, reader):
        raise NotPermitted(f"draft {draft.id}: its notes changed since it was made: draft the session anew")


def _cited(draft: Draft) -> Iterator[str]:
    cited = [citation for box in draft.boxes for item in box.items for citation in item.citations]
    cited += [citation for each in draft.criteria for citation in each.citations]
    yield from (each.document for each in cited if each.document != PROGRAMME)
