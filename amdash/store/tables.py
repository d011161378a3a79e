"""The database tables. Facts are Parquet blobs; a slot says which of them is in force, and over which revisions."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

originals = sa.Table(
    "originals",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

revisions = sa.Table(
    "revisions",
    metadata,
    sa.Column("revision", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("actor", sa.String(200), nullable=False),
    sa.Column("action", sa.String(40), nullable=False),
    sa.Column("import_id", sa.Integer),
)

imports = sa.Table(
    "imports",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
    sa.Column("undone_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
    sa.Column("detail", sa.JSON, nullable=False),
)

import_files = sa.Table(
    "import_files",
    metadata,
    sa.Column("import_id", sa.Integer, sa.ForeignKey("imports.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("file", sa.String(500), nullable=False),
    sa.Column("sha256", sa.String(64), sa.ForeignKey("originals.sha256"), nullable=False),
)

series = sa.Table(
    "series",
    metadata,
    sa.Column("table_name", sa.String(40), primary_key=True),
    sa.Column("name", sa.String(300), primary_key=True),
    sa.Column("stem", sa.String(300), nullable=False),
    sa.Column("headers", sa.JSON, nullable=False),
    sa.Column("import_id", sa.Integer, sa.ForeignKey("imports.id"), nullable=False),
)

facts = sa.Table(
    "facts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("import_id", sa.Integer, sa.ForeignKey("imports.id"), nullable=False),
    sa.Column("table_name", sa.String(40), nullable=False),
    sa.Column("month", sa.String(7), nullable=False),
    sa.Column("series", sa.String(300), nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("parquet", sa.LargeBinary, nullable=False),
)

# What an import says, also where it only said again what another had brought: undoing the other must not lose it.
assertions = sa.Table(
    "assertions",
    metadata,
    sa.Column("import_id", sa.Integer, sa.ForeignKey("imports.id"), primary_key=True),
    sa.Column("fact_id", sa.Integer, sa.ForeignKey("facts.id"), primary_key=True),
)

# A slot's facts hold from one revision until another: any figure can be asked for as at revision N.
slots = sa.Table(
    "slots",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("fact_id", sa.Integer, sa.ForeignKey("facts.id"), nullable=False),
    sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
    sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision"), index=True),
)

feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("manager", sa.String(200), nullable=False),
    sa.Column("source", sa.String(40)),
    sa.Column("method", sa.String(200)),
    sa.Column("criteria", sa.Text),
    sa.Column("rating", sa.Float(53)),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("action", sa.Text),
    sa.Column("due_on", sa.Date),
    sa.Column("recorded_by", sa.String(200), nullable=False),
    # The entry that this one corrects, and the revision that ended it: corrected or taken back, never overwritten.
    sa.Column("replaces", sa.Integer, sa.ForeignKey("feedback.id")),
    sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
)

# Two spellings of one person or customer, merged because a person said so; undone by closing them, never by deleting.
aliases = sa.Table(
    "aliases",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("alias", sa.String(300), nullable=False),
    sa.Column("name", sa.String(300), nullable=False),
    sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
    sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
)

# What was said of a target, from a month on. Never changed: followed by a newer entry, or closed when taken back.
targets = sa.Table(
    "targets",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kpi", sa.String(60), nullable=False),
    sa.Column("scope", sa.String(20), nullable=False),
    sa.Column("subject", sa.String(300), nullable=False),
    sa.Column("from_month", sa.String(7), nullable=False),
    sa.Column("value", sa.Float(53)),
    sa.Column("inherits", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
    sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
)

# What the business has set for itself, as JSON. Followed by a newer document, never changed.
rules = sa.Table(
    "rules",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
)

# The number of a plan; what is said of it is in its entries, of which the newest replaces the one before it and the rest stay.
plans = sa.Table(
    "plans",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
)

plan_entries = sa.Table(
    "plan_entries",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("plan_id", sa.Integer, sa.ForeignKey("plans.id"), nullable=False),
    sa.Column("replaces", sa.Integer, sa.ForeignKey("plan_entries.id")),
    sa.Column("kpi", sa.String(60), nullable=False),
    sa.Column("manager", sa.String(300), nullable=False),
    sa.Column("started", sa.String(7), nullable=False),
    sa.Column("due", sa.String(7), nullable=False),
    sa.Column("baseline", sa.Float(53)),
    sa.Column("goal", sa.Float(53)),
    sa.Column("measure", sa.String(60), nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("responsible", sa.String(200), nullable=False),
    sa.Column("new_process", sa.Boolean, nullable=False),
    sa.Column("closed_on", sa.Date),
    sa.Column("conclusion", sa.Text, nullable=False),
    sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
    sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
)

plan_notes = sa.Table(
    "plan_notes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("plan_id", sa.Integer, sa.ForeignKey("plans.id"), nullable=False),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
    sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
)

# What happened in a month. Closed when taken back, never changed.
month_annotations = sa.Table(
    "annotations",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("month", sa.String(7), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("kpi", sa.String(60), nullable=False),
    sa.Column("scope", sa.String(20), nullable=False),
    sa.Column("subject", sa.String(300), nullable=False),
    sa.Column("new_process", sa.Boolean, nullable=False),
    sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.revision"), nullable=False),
    sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.revision")),
)

# What was decided of a sheet with these headers: next month's sheet is read the same way. ``scope``: the digest of its headers.
decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("import_id", sa.Integer, sa.ForeignKey("imports.id"), nullable=False),
    sa.Column("scope", sa.String(64), nullable=False, index=True),
    sa.Column("subject", sa.String(300), nullable=False),
    sa.Column("choice", sa.String(300), nullable=False),
)
