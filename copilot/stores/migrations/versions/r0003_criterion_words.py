"""People's words on acceptance criteria, appended and never edited."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table, and let no word be edited."""
    op.create_table(
        "criterion_words",
        sa.Column("pair", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "body")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER criterion_words_are_never_edited BEFORE UPDATE ON criterion_words "
            "BEGIN SELECT RAISE(ABORT, 'a word on a criterion is appended, never edited'); END"
        )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("criterion_words")
