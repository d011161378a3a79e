"""Feedback written in amdash may carry a rating, as uploaded feedback does."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feedback", sa.Column("rating", sa.Float(53)))
