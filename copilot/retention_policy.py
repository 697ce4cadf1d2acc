"""How long each class of data is kept: the schema of ``retention.yaml``, and which table belongs to which class.

Refuses unknown classes and values it would have to guess at. A class that the file does not name is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from copilot.errors import BadInput
from copilot.plain_data import read_plain

FILE: Final = "retention.yaml"

Days = Annotated[int, Field(strict=True, ge=1, le=36_500)] | Literal["keep"]


class RetentionPolicy(BaseModel):
    """Days after which data of a class goes, or ``keep``."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    conversation: Days = "keep"
    """Lines, passages, vectors and whatever was read from a note but promises, counted from the session's day."""
    commitments: Days = "keep"
    """Closed commitments with people's decisions on them, counted from the last word on them; open ones stay.
    Words on criteria go in the same way."""
    drafts: Days = "keep"
    """Session preps with people's words on them, counted from the session's day."""
    vault_unlinked: Days = "keep"
    """Forms behind placeholders that no text of the pair has any more, counted from the run that first saw that."""
    call_log: Days = "keep"
    """Lines of the call log; the chain of what is left still verifies."""
    certificates: Days = "keep"
    """Certificates of erasure."""
    tokens: Days = "keep"
    """Access tokens that are good no more, counted from their end or their revocation, whichever came first."""

    @property
    def limits(self) -> dict[str, int]:
        """The classes that have a limit."""
        days = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: value for name, value in days.items() if value != "keep"}


TABLES: Final[Mapping[str, str]] = {
    "findings": "drafts",
    "review_words": "drafts",
    "documents": "conversation",
    "lines": "conversation",
    "passages": "conversation",
    "mentions": "commitments",
    "decisions": "commitments",
    "criterion_words": "commitments",
    "drafts": "drafts",
    "draft_words": "drafts",
    "vaults": "vault_unlinked",
    "tokens": "tokens",
}
"""The class of each table of the record. A document's own row goes with its last mention."""

EXEMPT: Final[Mapping[str, str]] = {
    "programmes": "what programme.yaml says; the file is the user's, and the next ingest replaces the row",
    "consents": "a withdrawal must outlast what it was about, or the default would open it again; ids and moments only",
    "pairs": "a number for each pair's word index, no text; goes when the pair is erased",
}
"""Tables without a limit, and why."""


def read_policy(path: Path) -> RetentionPolicy:
    """Read a policy file.

    Raises:
        BadInput: it is no plain YAML or names a class or value that there is not.
    """
    plain = read_plain(path)
    try:
        return RetentionPolicy.model_validate({} if plain is None else plain)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = str(first["loc"][0]) if first["loc"] else "the file"
        known = ", ".join(RetentionPolicy.model_fields)
        raise BadInput(f"{path.name}: {where}: write days or keep; the classes are {known}") from None


def starter_policy() -> str:
    """The commented file that ``coach init`` writes."""
    return files("copilot.starter").joinpath(FILE).read_text(encoding="utf-8")
