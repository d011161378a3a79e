"""Targets: what was said of each KPI, from which month on."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "targets",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kpi", sa.String(length=60), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("from_month", sa.String(length=7), nullable=False),
        sa.Column("value", sa.Float(precision=53), nullable=True),
        sa.Column("inherits", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("from_revision", sa.Integer(), nullable=False),
        sa.Column("until_revision", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["from_revision"], ["revisions.revision"]),
        sa.ForeignKeyConstraint(["until_revision"], ["revisions.revision"]),
        sa.PrimaryKeyConstraint("id"),
    )
