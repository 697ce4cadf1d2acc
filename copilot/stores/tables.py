"""The tables of the record. Text columns hold redacted text only; vaults are sealed; raw lines are not kept.

Passages of superseded versions go; their mentions stay as history, not current. Everything of a pair is found by
an index that starts with the pair.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

METADATA: Final = MetaData()

PROGRAMMES: Final = Table(
    "programmes",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("saved", Integer, nullable=False),
    Column("body", Text, nullable=False),
)
PAIRS: Final = Table(
    "pairs",
    METADATA,
    Column("no", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
)
VAULTS: Final = Table(
    "vaults",
    METADATA,
    Column("pair", Text, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
DOCUMENTS: Final = Table(
    "documents",
    METADATA,
    Column("no", Integer, primary_key=True),
    Column("pair", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("session_date", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("missing", Text, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("indexed", Boolean, nullable=False),
    Index("documents_by_version", "pair", "id", "version", unique=True),
    Index("documents_current", "pair", "current"),
)
LINES: Final = Table(
    "lines",
    METADATA,
    Column("document", Integer, ForeignKey("documents.no"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("heading", Integer, nullable=False),
    Column("page", Integer),
    Column("turn", Boolean, nullable=False),
    Column("text", Text, nullable=False),
)
PASSAGES: Final = Table(
    "passages",
    METADATA,
    Column("no", Integer, primary_key=True),
    Column("document", Integer, ForeignKey("documents.no"), nullable=False),
    Column("pair", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("heading", Text),
    Column("speaker", Text),
    Column("held", Text, nullable=False),
    Index("passages_by_id", "pair", "id"),
    Index("passages_by_document", "document"),
)
MENTIONS: Final = Table(
    "mentions",
    METADATA,
    Column("document", Integer, ForeignKey("documents.no"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("body", Text, nullable=False),
)
DECISIONS: Final = Table(
    "decisions",
    METADATA,
    Column("pair", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
)
DRAFTS: Final = Table(
    "drafts",
    METADATA,
    Column("pair", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("body", Text, nullable=False),
)
CONSENTS: Final = Table(
    "consents",
    METADATA,
    Column("no", Integer, primary_key=True),
    Column("person", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("given", Boolean, nullable=False),
)
CRITERION_WORDS: Final = Table(
    "criterion_words",
    METADATA,
    Column("pair", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
)
FINDINGS: Final = Table(
    "findings",
    METADATA,
    Column("pair", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
)
REVIEW_WORDS: Final = Table(
    "review_words",
    METADATA,
    Column("pair", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
)
DRAFT_WORDS: Final = Table(
    "draft_words",
    METADATA,
    Column("pair", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("draft", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
)
TOKENS: Final = Table(
    "tokens",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("expires", Text, nullable=False),
    Column("used", Text),
    Column("revoked", Text),
    Index("tokens_by_digest", "digest", unique=True),
    Index("tokens_of_person", "person"),
)

IMPORTED: Final = "import"
"""Kind of the row that stands for imported history: it carries mentions, has no lines and is no document."""
