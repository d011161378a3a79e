"""The tables of what people write on the pages: customers' files, meetings, proposals of targets, and who the business is."""

from __future__ import annotations

import sqlalchemy as sa

from amdash.store.tables import metadata

__all__ = ["metadata"]

# What a person wrote into a customer's file: a note, or a contact that may wait for an answer. Closed when taken back.
customer_notes = sa.Table(
    "customer_notes",
    metadata,
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

customer_tags = sa.Table(
    "customer_tags",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("customer", sa.String(300), nullable=False),
    sa.Column("tag", sa.String(60), nullable=False),
    sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
    sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
)

# A meeting on the figures of a period; what was said and decided in it is in its items, of which the newest replaces the one before it.
meetings = sa.Table(
    "meetings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("period", sa.String(7), nullable=False),
    sa.Column("started_at", sa.DateTime, nullable=False),
    sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
)

# When a meeting was over: closed where it is held on after all, so that at every revision it is as it was then.
meeting_ends = sa.Table(
    "meeting_ends",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("meeting_id", sa.Integer, sa.ForeignKey("meetings.id"), nullable=False),
    sa.Column("ended_at", sa.DateTime, nullable=False),
    sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
    sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
)

meeting_items = sa.Table(
    "meeting_items",
    metadata,
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

# A target that is proposed, with what the manager says of it; once set, the target is acknowledged by the manager.
target_proposals = sa.Table(
    "target_proposals",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kpi", sa.String(60), nullable=False),
    sa.Column("scope", sa.String(20), nullable=False),
    sa.Column("subject", sa.String(300), nullable=False),
    sa.Column("from_month", sa.String(7), nullable=False),
    sa.Column("value", sa.Float(53)),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
    sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
)

# From which proposal a target was set: from the same one again where the target before was taken back. It holds as long as its target.
proposal_targets = sa.Table(
    "proposal_targets",
    metadata,
    sa.Column("target_id", sa.Integer, sa.ForeignKey("targets.id"), primary_key=True),
    sa.Column("proposal_id", sa.Integer, sa.ForeignKey("target_proposals.id"), nullable=False),
)

# What a manager says of a proposal or of a target in force: ``stance`` comment, agreed or disagreed for a proposal, acknowledged for a target.
target_answers = sa.Table(
    "target_answers",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("proposal_id", sa.Integer, sa.ForeignKey("target_proposals.id")),
    sa.Column("target_id", sa.Integer, sa.ForeignKey("targets.id")),
    sa.Column("manager", sa.String(300), nullable=False),
    sa.Column("stance", sa.String(20), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
    sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
)

# Who the business is: name, colours, addresses, as JSON, and its logo. Followed by a newer one, never changed.
company = sa.Table(
    "company",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("logo", sa.LargeBinary),
    sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
)

# What was sent to whom. sending: begun and not known to have ended. It changes no figure, and so makes no revision.
deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("period", sa.String(7), nullable=False),
    sa.Column("manager", sa.String(300), nullable=False),
    sa.Column("address", sa.String(320), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("said", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("actor", sa.String(200), nullable=False),
)
