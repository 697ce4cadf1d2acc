"""What the pair says of its session preps, appended and never edited."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table, and let no row be edited."""
    op.create_table(
        "draft_words",
        sa.Column("pair", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("draft", "at", "body")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER draft_words_are_never_edited BEFORE UPDATE ON draft_words "
            "BEGIN SELECT RAISE(ABORT, 'words on a draft are appended, never edited'); END"
        )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("draft_words")
