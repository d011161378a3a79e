"""Improvement plans with their notes, and annotations of months."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["revision"], ["revisions.revision"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "plan_entries",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("kpi", sa.String(length=60), nullable=False),
        sa.Column("manager", sa.String(length=300), nullable=False),
        sa.Column("started", sa.String(length=7), nullable=False),
        sa.Column("due", sa.String(length=7), nullable=False),
        sa.Column("baseline", sa.Float(precision=53), nullable=True),
        sa.Column("goal", sa.Float(precision=53), nullable=True),
        sa.Column("measure", sa.String(length=60), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("responsible", sa.String(length=200), nullable=False),
        sa.Column("new_process", sa.Boolean(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("from_revision", sa.Integer(), nullable=False),
        sa.Column("until_revision", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"]),
        sa.ForeignKeyConstraint(["replaces"], ["plan_entries.id"]),
        sa.ForeignKeyConstraint(["from_revision"], ["revisions.revision"]),
        sa.ForeignKeyConstraint(["until_revision"], ["revisions.revision"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "plan_notes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("from_revision", sa.Integer(), nullable=False),
        sa.Column("until_revision", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"]),
        sa.ForeignKeyConstraint(["from_revision"], ["revisions.revision"]),
        sa.ForeignKeyConstraint(["until_revision"], ["revisions.revision"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "annotations",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("kpi", sa.String(length=60), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("new_process", sa.Boolean(), nullable=False),
        sa.Column("from_revision", sa.Integer(), nullable=False),
        sa.Column("until_revision", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["from_revision"], ["revisions.revision"]),
        sa.ForeignKeyConstraint(["until_revision"], ["revisions.revision"]),
        sa.PrimaryKeyConstraint("id"),
    )
