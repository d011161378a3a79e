"""Who the business is; feedback may be corrected and taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("logo", sa.LargeBinary),
        sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
    )
    # A foreign key cannot be added to a table of SQLite in place.
    with op.batch_alter_table("feedback") as feedback:
        feedback.add_column(sa.Column("replaces", sa.Integer, sa.ForeignKey("feedback.id", name="feedback_replaces")))
        feedback.add_column(sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision", name="feedback_until")))
