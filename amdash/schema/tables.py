"""Which tables amdash knows, with their fields. Adding one here and in data/vocabulary is all that ingest needs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from amdash.i18n import N_

Kind = Literal["name", "text", "date", "datetime", "period", "money", "number", "count", "hours", "percent", "score", "flag", "status"]


@dataclass(frozen=True)
class Field:
    """A column of a canonical table. ``title`` is shown to people, ``name`` is used in files and code.

    Kinds: 'name' is compared between sheets (people, customers, numbers of things), 'text' is kept to the letter.
    """

    name: str
    kind: Kind
    title: str
    required: bool = False


@dataclass(frozen=True)
class Table:
    """A canonical table.

    ``dated_by``: the field whose month decides the slot; None for lists that have no month (managers, customers).
    ``key``: fields that identify a row; empty where rows are kept as they are.
    ``rides_along``: its columns may stand in another table's sheet, such as a rating beside each ticket.
    ``one_of``: groups of fields of which a sheet must have at least one each.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    dated_by: str | None = None
    key: tuple[str, ...] = ()
    rides_along: bool = False
    one_of: tuple[tuple[str, ...], ...] = ()

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.required)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    def lacking(self, names: Collection[str]) -> list[Field]:
        """The fields without which columns with these names cannot be the table; of a group of which one would do, the first."""
        lone = [name for name in self.required if name not in names]
        groups = [group[0] for group in self.one_of if not any(name in names for name in group)]
        return [self.field(name) for name in (*lone, *groups)]

    def field(self, name: str) -> Field:
        """The field called ``name``; KeyError when the table has none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name}.{name}")


_MANAGER = Field("manager", "name", N_("Account manager"))
_CUSTOMER = Field("customer", "name", N_("Customer"))
_REGION = Field("region", "name", N_("Region"))
_TEAM = Field("team", "name", N_("Team"))
_STATUS = Field("status", "status", N_("Status"))
_DATE = Field("date", "date", N_("Date"), required=True)
_SCORE = Field("score", "score", N_("Score"), required=True)
_SCALE = Field("scale", "number", N_("Scale"))
_RESOLVED = Field("resolved", "flag", N_("Resolved"))
_EMPLOYEE_NO = Field("employee_no", "name", N_("Employee number"))

_ALL = (
    Table(
        "managers",
        N_("Account managers"),
        (
            Field("name", "name", N_("Name"), required=True),
            _EMPLOYEE_NO,
            _TEAM,
            _REGION,
            Field("email", "name", N_("E-mail")),
            Field("hired_on", "date", N_("Hired on")),
            Field("left_on", "date", N_("Left on")),
        ),
        key=("name",),
    ),
    Table(
        "customers",
        N_("Customers"),
        (
            Field("customer", "name", N_("Customer"), required=True),
            Field("customer_no", "name", N_("Customer number")),
            _MANAGER,
            Field("tier", "name", N_("Tier")),
            _REGION,
            Field("since", "date", N_("Customer since")),
            Field("industry", "text", N_("Industry")),
            Field("tags", "text", N_("Tags")),
        ),
        key=("customer",),
    ),
    Table(
        "sales",
        N_("Sales orders"),
        (
            _DATE,
            Field("amount", "money", N_("Amount"), required=True),
            _MANAGER,
            _CUSTOMER,
            Field("customer_no", "name", N_("Customer number")),
            Field("order_no", "name", N_("Order number")),
            Field("product", "text", N_("Product")),
            Field("quantity", "number", N_("Quantity")),
            _REGION,
            _STATUS,
            Field("opened_on", "date", N_("Deal opened on")),
            Field("returned", "flag", N_("Returned")),
            _EMPLOYEE_NO,
        ),
        dated_by="date",
    ),
    Table(
        "returns",
        N_("Returned orders"),
        (
            Field("order_no", "name", N_("Order number"), required=True),
            Field("returned", "flag", N_("Returned")),
            Field("returned_on", "date", N_("Returned on")),
            Field("reason", "text", N_("Reason")),
        ),
        key=("order_no",),
        one_of=(("returned", "returned_on", "reason"),),
    ),
    Table(
        "products",
        N_("Products"),
        (
            Field("product", "text", N_("Product"), required=True),
            Field("product_no", "name", N_("Product number")),
            Field("product_group", "name", N_("Product group")),
            Field("list_price", "money", N_("List price")),
        ),
        key=("product",),
        one_of=(("list_price", "product_group"),),
    ),
    Table(
        "targets",
        N_("Targets"),
        (
            Field("period", "period", N_("Month"), required=True),
            Field("value", "money", N_("Target"), required=True),
            _MANAGER,
            _TEAM,
            _REGION,
            Field("kpi", "name", N_("KPI")),
            Field("reason", "text", N_("Reason")),
        ),
        dated_by="period",
        key=("period", "manager", "team", "kpi"),
    ),
    Table(
        "tickets",
        N_("Tickets"),
        (
            Field("opened_at", "datetime", N_("Opened at"), required=True),
            _MANAGER,
            _EMPLOYEE_NO,
            Field("first_response_at", "datetime", N_("First response at")),
            Field("response_hours", "hours", N_("Response hours")),
            Field("resolved_at", "datetime", N_("Resolved at")),
            Field("resolution_hours", "hours", N_("Resolution hours")),
            Field("answered", "flag", N_("Answered")),
            _RESOLVED,
            _STATUS,
            _CUSTOMER,
            Field("channel", "text", N_("Channel")),
            Field("ticket_no", "name", N_("Ticket number")),
        ),
        dated_by="opened_at",
        key=("ticket_no",),
    ),
    Table(
        "complaints",
        N_("Complaints"),
        (
            Field("received_on", "date", N_("Received on"), required=True),
            _MANAGER,
            _CUSTOMER,
            Field("resolved_on", "date", N_("Resolved on")),
            _RESOLVED,
            _STATUS,
            Field("category", "text", N_("Category")),
            Field("severity", "text", N_("Severity")),
            Field("complaint_no", "name", N_("Complaint number")),
            _EMPLOYEE_NO,
        ),
        dated_by="received_on",
        key=("complaint_no",),
    ),
    Table(
        "surveys",
        N_("Customer surveys"),
        (
            _DATE,
            _SCORE,
            _SCALE,
            _MANAGER,
            _CUSTOMER,
            Field("product_quality", "score", N_("Product quality")),
            Field("service_attitude", "score", N_("Service attitude")),
            Field("communication", "score", N_("Communication")),
            Field("needs_met", "score", N_("Needs met")),
            Field("likelihood", "score", N_("Likelihood to recommend")),
            Field("comment", "text", N_("Comment")),
            Field("response_no", "name", N_("Response number")),
            _EMPLOYEE_NO,
        ),
        dated_by="date",
        key=("response_no",),
        rides_along=True,
    ),
    Table(
        "staff_surveys",
        N_("Employee surveys"),
        (_DATE, _SCORE, _SCALE, _MANAGER, _TEAM),
        dated_by="date",
    ),
    Table(
        "feedback",
        N_("Feedback"),
        (
            _DATE,
            Field("manager", "name", N_("Account manager"), required=True),
            Field("content", "text", N_("Content"), required=True),
            Field("source", "status", N_("Source")),
            Field("method", "text", N_("Method")),
            Field("criteria", "text", N_("Criteria")),
            Field("rating", "score", N_("Rating")),
            Field("action", "text", N_("Next step")),
            Field("due_on", "date", N_("Due on")),
            Field("recorded_by", "name", N_("Recorded by")),
        ),
        dated_by="date",
    ),
    Table(
        "summary",
        N_("Monthly summary"),
        (
            Field("period", "period", N_("Month"), required=True),
            _MANAGER,
            _EMPLOYEE_NO,
            _TEAM,
            Field("sales_amount", "money", N_("Sales")),
            Field("sales_target", "money", N_("Sales target")),
            Field("new_customers", "count", N_("New customers")),
            Field("active_customers", "count", N_("Active customers")),
            Field("complaints", "count", N_("Complaints")),
            Field("complaints_resolved", "count", N_("Complaints resolved")),
            Field("responses", "count", N_("Survey responses")),
            Field("satisfied", "count", N_("Satisfied responses")),
            Field("satisfaction_pct", "percent", N_("Customer satisfaction")),
            Field("tickets", "count", N_("Tickets")),
            Field("tickets_answered", "count", N_("Tickets answered")),
            Field("response_hours", "hours", N_("Response hours")),
            Field("staff_satisfaction_pct", "percent", N_("Employee satisfaction")),
        ),
        dated_by="period",
        key=("period", "manager", "employee_no", "team"),
        one_of=(
            ("manager", "employee_no"),
            (
                "sales_amount",
                "sales_target",
                "new_customers",
                "active_customers",
                "complaints",
                "complaints_resolved",
                "responses",
                "satisfied",
                "satisfaction_pct",
                "tickets",
                "tickets_answered",
                "response_hours",
                "staff_satisfaction_pct",
            ),
        ),
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _ALL}
