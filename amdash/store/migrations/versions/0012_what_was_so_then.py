"""The end of a meeting, and which target came from a proposal, as they were at every revision."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# A meeting ended in the revision that was made at that moment.
_ENDS = """
    INSERT INTO meeting_ends (meeting_id, ended_at, from_revision)
    SELECT meetings.id, meetings.ended_at, COALESCE(MIN(revisions.revision), meetings.revision)
    FROM meetings LEFT JOIN revisions ON revisions.at >= meetings.ended_at AND revisions.revision >= meetings.revision
    WHERE meetings.ended_at IS NOT NULL
    GROUP BY meetings.id, meetings.ended_at, meetings.revision
"""
_SET = "INSERT INTO proposal_targets (target_id, proposal_id) SELECT target_id, id FROM target_proposals WHERE target_id IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "meeting_ends",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("meeting_id", sa.Integer, sa.ForeignKey("meetings.id"), nullable=False),
        sa.Column("ended_at", sa.DateTime, nullable=False),
        sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
        sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
    )
    op.create_table(
        "proposal_targets",
        sa.Column("target_id", sa.Integer, sa.ForeignKey("targets.id"), primary_key=True),
        sa.Column("proposal_id", sa.Integer, sa.ForeignKey("target_proposals.id"), nullable=False),
    )
    op.execute(_ENDS)
    op.execute(_SET)
    op.drop_column("meetings", "ended_at")
    # SQLite cannot drop a column that points to another table in place.
    with op.batch_alter_table("target_proposals") as proposals:
        proposals.drop_column("target_id")
