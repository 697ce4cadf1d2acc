"""Access tokens, each by the hash of its secret."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    texts = ("digest", "person", "kind", "scopes", "label", "created", "expires")
    op.create_table(
        "tokens",
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        *(sa.Column(name, sa.Text) for name in ("used", "revoked")),
    )
    op.create_index("tokens_by_digest", "tokens", ["digest"], unique=True)
    op.create_index("tokens_of_person", "tokens", ["person"])


def downgrade() -> None:
    """Drop it: everybody has to sign in again."""
    op.drop_table("tokens")
