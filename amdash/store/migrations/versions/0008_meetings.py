"""Meetings, and what was said and decided in them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
    )
    op.create_table(
        "meeting_items",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("meeting_id", sa.Integer, sa.ForeignKey("meetings.id"), nullable=False),
        sa.Column("replaces", sa.Integer, sa.ForeignKey("meeting_items.id")),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("manager", sa.String(300), nullable=False),
        sa.Column("kpi", sa.String(60), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("responsible", sa.String(200), nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("done_on", sa.Date),
        sa.Column("plan_id", sa.Integer, sa.ForeignKey("plans.id")),
        sa.Column("feedback_id", sa.Integer, sa.ForeignKey("feedback.id")),
        sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
        sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
    )
