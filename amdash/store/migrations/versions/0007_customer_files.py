"""Notes and tags in a customer's file."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customer_notes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("customer", sa.String(300), nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("next_step", sa.Text, nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
        sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
    )
    op.create_table(
        "customer_tags",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("customer", sa.String(300), nullable=False),
        sa.Column("tag", sa.String(60), nullable=False),
        sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
        sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
    )
