"""The review queue: findings and people's words on them, appended and never edited."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables, and let no row be edited."""
    for table in ("findings", "review_words"):
        op.create_table(
            table,
            sa.Column("pair", sa.Text, primary_key=True),
            sa.Column("id", sa.Text, primary_key=True),
            *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "body")),
        )
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE TRIGGER {table}_are_never_edited BEFORE UPDATE ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the review queue is appended to, never edited'); END"
            )


def downgrade() -> None:
    """Drop them."""
    for table in ("review_words", "findings"):
        op.drop_table(table)
