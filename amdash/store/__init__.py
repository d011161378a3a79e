"""The workspace: originals, facts and ledger in one database, so that one transaction covers an import."""

from amdash.store.database import open_store
from amdash.store.feedback import FeedbackRow, NewFeedback
from amdash.store.ledger import Store
from amdash.store.rows import ImportRow
from amdash.store.slots import NewFacts, Slot, SlotKey

__all__ = ["FeedbackRow", "ImportRow", "NewFacts", "NewFeedback", "Slot", "SlotKey", "Store", "open_store"]
