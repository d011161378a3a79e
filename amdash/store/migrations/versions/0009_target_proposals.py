"""Targets that are proposed, and what managers say of them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "target_proposals",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kpi", sa.String(60), nullable=False),
        sa.Column("scope", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("from_month", sa.String(7), nullable=False),
        sa.Column("value", sa.Float(53)),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
        sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
        sa.Column("target_id", sa.Integer, sa.ForeignKey("targets.id")),
    )
    op.create_table(
        "target_answers",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("proposal_id", sa.Integer, sa.ForeignKey("target_proposals.id")),
        sa.Column("target_id", sa.Integer, sa.ForeignKey("targets.id")),
        sa.Column("manager", sa.String(300), nullable=False),
        sa.Column("stance", sa.String(20), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
        sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
    )
