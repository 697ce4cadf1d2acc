"""The session note's field names as data: which heading or label opens which field, and what an empty one needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.errors import CorpusInvalid

_FILE: Final = Path(__file__).parent / "corpus" / "templates" / "session-note-fields.yaml"
TEMPLATE: Final = Path(__file__).parent / "corpus" / "templates" / "session-note.md"


class NoteField(BaseModel):
    """One field: its id, title, spellings, and what to add when it is empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    title: str
    spellings: tuple[str, ...]
    add: str


class NoteSchema(BaseModel):
    """The data file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: int
    fields: tuple[NoteField, ...]
    columns: Mapping[str, tuple[str, ...]]
    blank: tuple[str, ...]
    nothing: tuple[str, ...]

    def field_of(self, label: str) -> str | None:
        """The field that a heading or label opens."""
        plain = normal(label)
        return next((each.name for each in self.fields if plain in {normal(one) for one in each.spellings}), None)

    def column_of(self, label: str) -> str | None:
        """The column that a table's heading cell names."""
        plain = normal(label)
        return next((name for name, spellings in self.columns.items() if plain in map(normal, spellings)), None)

    def says_nothing(self, text: str) -> bool:
        """Whether an entry says there is nothing, also when a remark follows: ``None. Ada is away next week.``"""
        head, parted, _ = re.sub(r"[.;]\s+", "\n", text.strip()).partition("\n")
        plain = normal(head).rstrip(".;")
        return plain in self._nothing() and (not parted or len(plain) > len("no"))

    def _nothing(self) -> frozenset[str]:
        return frozenset(normal(word) for word in (*self.nothing, *self.blank))


def normal(label: str) -> str:
    """A label without case, marks, numbering, brackets' content and hyphens."""
    plain = re.sub(r"\([^)]*\)", " ", label.casefold())
    plain = re.sub(r"^[\s#*_>\-\d.)]+", "", plain)
    return " ".join(re.sub(r"[*_:`\-–—]", " ", plain).split())


@cache
def note_schema(path: Path = _FILE) -> NoteSchema:
    """The schema, checked.

    Raises:
        CorpusInvalid: the file breaks its schema.
    """
    try:
        return NoteSchema.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (ValidationError, yaml.YAMLError):
        raise CorpusInvalid(f"{path.name}: does not follow its schema; compare it with the bundled one") from None
