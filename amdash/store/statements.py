"""What people say of the business, each word a revision: names, targets, rules, plans, annotations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from amdash.store import aliases as alias_rows
from amdash.store import annotations as annotation_rows
from amdash.store import plans as plan_rows
from amdash.store import rules as rule_rows
from amdash.store import targets as target_rows
from amdash.store.aliases import AliasRow
from amdash.store.annotations import AnnotationRow, NewAnnotation
from amdash.store.plans import NewPlan, NoteRow, PlanRow
from amdash.store.session import Connected, new_revision, newest
from amdash.store.targets import NewTarget, TargetRow


class Statements(Connected):
    """Followed by newer words or closed when taken back, never changed: every revision can be read again."""

    def aliases(self, revision: int | None = None) -> list[AliasRow]:
        """The aliases in force at a revision (the newest by default), also those of the kinds 'apart:...'."""
        with self._reading() as connection:
            return alias_rows.in_force(connection, self.revision() if revision is None else revision)

    def add_alias(self, *, kind: str, alias: str, name: str, actor: str, at: dt.datetime, check: Callable[[list[AliasRow]], None]) -> int:
        """Put an alias in force; returns the new revision. ``check`` sees what stands, inside the transaction, and raises where it forbids this."""
        with self._writing() as connection:
            check(alias_rows.in_force(connection, newest(connection)))
            revision = new_revision(connection, at, actor, "alias")
            alias_rows.add(connection, revision, kind=kind, alias=alias, name=name)
        return revision

    def close_alias(self, alias_id: int, *, actor: str, at: dt.datetime) -> int:
        """Take an alias back; returns the new revision. Errors: alias_missing, alias_undone_already."""
        with self._writing() as connection:
            alias_rows.standing(connection, alias_id)
            revision = new_revision(connection, at, actor, "alias")
            alias_rows.close(connection, alias_id, revision)
        return revision

    def targets(self, revision: int | None = None) -> list[TargetRow]:
        """The target entries that stand at a revision (the newest by default), in the order in which they were made."""
        with self._reading() as connection:
            return target_rows.standing(connection, self.revision() if revision is None else revision)

    def add_targets(self, make: Callable[[list[TargetRow]], Sequence[NewTarget]], *, actor: str, at: dt.datetime) -> int:
        """Set targets; returns the new revision. ``make`` sees what stands, inside the transaction, and says what comes on top."""
        with self._writing() as connection:
            new = make(target_rows.standing(connection, newest(connection)))
            revision = new_revision(connection, at, actor, "target")
            target_rows.add(connection, revision, new)
        return revision

    def rules(self, revision: int | None = None) -> str | None:
        """The rules (JSON) as at a revision (the newest by default); None where none had been set."""
        with self._reading() as connection:
            return rule_rows.in_force(connection, self.revision() if revision is None else revision)

    def set_rules(self, make: Callable[[str | None], str | None], *, actor: str, at: dt.datetime) -> int:
        """Set rules; returns the revision from which they hold. ``make`` sees those in force and says the new ones, None for no change."""
        with self._writing() as connection:
            before = newest(connection)
            content = make(rule_rows.in_force(connection, before))
            if content is None:
                return before
            revision = new_revision(connection, at, actor, "rules")
            rule_rows.add(connection, revision, content)
        return revision

    def close_targets(self, target_id: int, *, actor: str, at: dt.datetime) -> int:
        """Take an entry back, and what was set together with it; returns the new revision. Errors: target_missing, target_undone_already."""
        with self._writing() as connection:
            set_at = target_rows.revision_of(connection, target_id)
            revision = new_revision(connection, at, actor, "target")
            target_rows.close(connection, set_at, revision)
        return revision

    def plans(self, revision: int | None = None) -> list[PlanRow]:
        """The improvement plans that stand at a revision (the newest by default), closed ones too, by number."""
        with self._reading() as connection:
            return plan_rows.standing(connection, self.revision() if revision is None else revision)

    def plan_notes(self, revision: int | None = None) -> list[NoteRow]:
        """The notes on plans that stand at a revision (the newest by default), in the order in which they were written."""
        with self._reading() as connection:
            return plan_rows.notes(connection, self.revision() if revision is None else revision)

    def add_plan(self, new: NewPlan, *, actor: str, at: dt.datetime) -> tuple[int, int]:
        """Open a plan; returns its number and the new revision."""
        with self._writing() as connection:
            revision = new_revision(connection, at, actor, "plan")
            plan_id = plan_rows.begin(connection, revision, new)
        return plan_id, revision

    def change_plan(self, plan_id: int, make: Callable[[PlanRow], NewPlan | None], *, actor: str, at: dt.datetime) -> int:
        """Change a plan; returns the new revision. ``make`` sees what stands, inside the transaction, and says what takes its place.

        None for no change leaves the workspace at its revision. Errors: plan_missing, plan_undone_already, and what ``make`` raises.
        """
        with self._writing() as connection:
            before = newest(connection)
            row = plan_rows.one(connection, plan_id, before)
            new = make(row)
            if new is None:
                return before
            revision = new_revision(connection, at, actor, "plan")
            plan_rows.change(connection, revision, row, new)
        return revision

    def undo_plan(self, plan_id: int, *, actor: str, at: dt.datetime) -> int:
        """Take the last word on a plan back, its opening at the last; returns the new revision. Errors: plan_missing, plan_undone_already."""
        with self._writing() as connection:
            row = plan_rows.one(connection, plan_id, newest(connection))
            revision = new_revision(connection, at, actor, "plan")
            plan_rows.take_back(connection, revision, row)
        return revision

    def add_plan_note(self, plan_id: int, date: dt.date, text: str, *, actor: str, at: dt.datetime) -> int:
        """Write a note on a plan; returns the new revision. Errors: plan_missing, plan_undone_already."""
        with self._writing() as connection:
            plan_rows.one(connection, plan_id, newest(connection))
            revision = new_revision(connection, at, actor, "plan")
            plan_rows.note(connection, revision, plan_id, date, text)
        return revision

    def undo_plan_note(self, plan_id: int, note_id: int, *, actor: str, at: dt.datetime) -> int:
        """Take a note of a plan back; returns the new revision. Errors: plan_note_missing, plan_note_undone_already."""
        with self._writing() as connection:
            plan_rows.standing_note(connection, plan_id, note_id)
            revision = new_revision(connection, at, actor, "plan")
            plan_rows.take_back_note(connection, revision, note_id)
        return revision

    def annotations(self, revision: int | None = None) -> list[AnnotationRow]:
        """The annotations that stand at a revision (the newest by default), in the order in which they were made."""
        with self._reading() as connection:
            return annotation_rows.standing(connection, self.revision() if revision is None else revision)

    def add_annotation(self, new: NewAnnotation, *, actor: str, at: dt.datetime) -> tuple[int, int]:
        """Annotate a month; returns the number of the annotation and the new revision."""
        with self._writing() as connection:
            revision = new_revision(connection, at, actor, "annotation")
            annotation_id = annotation_rows.add(connection, revision, new)
        return annotation_id, revision

    def close_annotation(self, annotation_id: int, *, actor: str, at: dt.datetime) -> int:
        """Take an annotation back; returns the new revision. Errors: annotation_missing, annotation_undone_already."""
        with self._writing() as connection:
            annotation_rows.require(connection, annotation_id)
            revision = new_revision(connection, at, actor, "annotation")
            annotation_rows.close(connection, annotation_id, revision)
        return revision
