"""People's words on consent, appended and never edited."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table, and let no word be edited."""
    op.create_table(
        "consents",
        sa.Column("no", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("person", "purpose", "at")),
        sa.Column("given", sa.Boolean, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER consents_are_never_edited BEFORE UPDATE ON consents "
            "BEGIN SELECT RAISE(ABORT, 'consent is appended, never edited'); END"
        )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("consents")
