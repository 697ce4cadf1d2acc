"""The record's first schema.

Written out rather than taken from ``tables.py``: a released revision must not change when the tables do.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table, and let no decision be edited."""
    _make_programme()
    _make_documents()
    _make_ledger()


def downgrade() -> None:
    """Drop every table, the word indexes of the pairs included."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for number in connection.execute(sa.text("SELECT no FROM pairs")).scalars().all():
            op.execute(f"DROP TABLE IF EXISTS words_{int(number)}")
    for table in ("drafts", "decisions", "mentions", "passages", "lines", "documents", "vaults", "pairs", "programmes"):
        op.drop_table(table)


def _make_programme() -> None:
    op.create_table(
        "programmes",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("saved", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "pairs",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "vaults",
        sa.Column("pair", sa.Text, primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )


def _make_documents() -> None:
    texts = ("pair", "id", "version", "lane", "kind", "session_date", "name", "missing")
    op.create_table(
        "documents",
        sa.Column("no", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("passages", "held")),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in ("current", "indexed")),
    )
    op.create_index("documents_by_version", "documents", ["pair", "id", "version"], unique=True)
    op.create_index("documents_current", "documents", ["pair", "current"])
    op.create_table(
        "lines",
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.no"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("first", "last", "heading")),
        sa.Column("page", sa.Integer),
        sa.Column("turn", sa.Boolean, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "passages",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.no"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("pair", "id", "text", "held")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("first", "last")),
        *(sa.Column(name, sa.Text) for name in ("heading", "speaker")),
    )
    op.create_index("passages_by_id", "passages", ["pair", "id"])
    op.create_index("passages_by_document", "passages", ["document"])


def _make_ledger() -> None:
    op.create_table(
        "mentions",
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.no"), primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )
    for table, extra in (("decisions", ("at", "body")), ("drafts", ("body",))):
        op.create_table(
            table,
            sa.Column("pair", sa.Text, primary_key=True),
            sa.Column("id", sa.Text, primary_key=True),
            *(sa.Column(name, sa.Text, nullable=False) for name in extra),
        )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER decisions_are_never_edited BEFORE UPDATE ON decisions "
            "BEGIN SELECT RAISE(ABORT, 'a decision is appended, never edited'); END"
        )
