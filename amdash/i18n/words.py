"""What the codes of readings, customers, drivers and feedback are called: one wording for pages, reports and the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from amdash.i18n.catalogue import N_, Translator

# How something agreed stands on a day; open: nobody has said by when.
Standing = Literal["done", "overdue", "today", "due", "open"]
VERDICTS = {"met": N_("met"), "missed": N_("missed"), "few": N_("undecided"), "none": N_("no target"), "absent": N_("no data")}
# Of an undecided figure with fewer cases than its KPI needs.
TOO_FEW = N_("too few")
VARIATIONS = {"improving": N_("improving"), "worsening": N_("worsening"), "ordinary": N_("ordinary"), "unknown": N_("too early to tell")}
ASSURANCES = {
    "will_meet": N_("will meet the target as things are"),
    "will_miss": N_("will miss the target as things are"),
    "hit_or_miss": N_("meets the target by chance"),
    "no_target": N_("no target"),
    "unknown": N_("too early to tell"),
}
# The same in two words, beside a mark.
ASSURED = {"will_meet": N_("reliably met"), "will_miss": N_("reliably missed"), "hit_or_miss": N_("hit or miss")}
# What each of these words means, in a sentence.
VERDICT_MEANINGS = {
    "met": N_("The figure reaches its target, and there are enough cases to say so."),
    "missed": N_("The figure does not reach its target, and it is not for want of cases."),
    "few": N_(
        "Whether the target is met cannot be told yet. Either there are fewer cases than the KPI needs: then it says “too few” with their "
        "number. Or there are enough, and the figure is too close to its target: luck alone could have put it on either side."
    ),
    "none": N_("Nobody has set a target. The figure is there to be looked at."),
    "absent": N_("Nothing was measured: a sheet is missing, or there was no case. It never counts as 0."),
}
VARIATION_MEANINGS = {
    "improving": N_(
        "Better than the ordinary ups and downs of this person's own figure, whichever way it moved. A month that is merely better than the "
        "one before does not count."
    ),
    "worsening": N_("Worse than its ordinary ups and downs, not merely than the month before. Worth asking what has changed."),
    "ordinary": N_("The ups and downs that this figure always has. No reason has to be looked for."),
    "unknown": N_("Too few periods to know what is ordinary, or the period is not over yet."),
}
ASSURED_MEANINGS = {
    "will_meet": N_("Everything that is ordinary for this figure lies on the good side of the target."),
    "will_miss": N_("Everything that is ordinary lies on the wrong side: as work is done now, the target is out of reach."),
    "hit_or_miss": N_("The target lies within what is ordinary: it is met in one month and missed in another."),
}
# Which rule a point breaks.
FLAGS = {
    "outside": N_("beyond its ordinary ups and downs"),
    "trend": N_("seven periods running, each higher or each lower than the one before"),
    "two_of_three": N_("two periods of three at the edge of its ordinary ups and downs"),
    "run": N_("seven periods running above its average, or below it"),
}
FAMILIES = {"business": N_("Business KPIs"), "service": N_("Service KPIs"), "people": N_("People KPIs")}
TIERS = {"vip": N_("VIP"), "normal": N_("Normal"), "potential": N_("Potential"), "lapsed": N_("Lapsed")}
CUSTOMER_EVENTS = {
    "order": N_("Order"),
    "deal": N_("Deal"),
    "ticket": N_("Ticket"),
    "complaint": N_("Complaint"),
    "survey": N_("Survey"),
    "feedback": N_("Mentioned"),
    "note": N_("Note"),
}
# What became of it; those of a note are its kinds.
CUSTOMER_STATES = {
    ("order", "returned"): N_("returned"),
    ("order", "refund"): N_("refund"),
    ("order", "cancelled"): N_("cancelled"),
    ("deal", "open"): N_("deal open"),
    ("deal", "lost"): N_("deal lost"),
    ("ticket", "open"): N_("not answered"),
    ("ticket", "answered"): N_("answered, not resolved"),
    ("ticket", "resolved"): N_("resolved"),
    ("complaint", "open"): N_("not resolved"),
    ("complaint", "resolved"): N_("resolved"),
}
CUSTOMER_NOTES = {"contacted": N_("We contacted"), "wrote": N_("The customer wrote"), "note": N_("Note")}
SEGMENTS = {
    "champions": N_("Champions"),
    "loyal_customers": N_("Loyal"),
    "potential_loyalist": N_("Becoming loyal"),
    "new_customers": N_("New"),
    "promising": N_("Promising"),
    "need_attention": N_("Needs attention"),
    "about_to_sleep": N_("Falling asleep"),
    "at_risk": N_("At risk"),
    "cannot_lose_them": N_("Not to be lost"),
    "lost": N_("Lost"),
    "others": N_("Others"),
}
TIER_REASONS = {
    "first_order": N_("first order"),
    "deal_opened": N_("a deal was opened"),
    "listed": N_("entered in the customer list"),
    "deal_lost": N_("the only deal was lost"),
    "no_order_for_days": N_("no order for a long time"),
    "ordered_again": N_("ordered again"),
    "no_longer_new": N_("no longer new"),
    "revenue_rose": N_("buys more"),
    "revenue_fell": N_("buys less"),
    "rank_rose": N_("others buy less"),
    "rank_fell": N_("others buy more"),
    "orders_rose": N_("orders more often"),
    "orders_fell": N_("orders less often"),
    "tenure_reached": N_("a customer for long enough"),
}
DRIVERS = {
    "product_quality": N_("Product quality"),
    "service_attitude": N_("Service attitude"),
    "communication": N_("Communication"),
    "needs_met": N_("Needs met"),
}
# The four fields of an importance-performance chart.
FIELDS = {
    "concentrate_here": N_("Work on this first"),
    "keep_up": N_("Keep it up"),
    "low_priority": N_("Can wait"),
    "possible_overkill": N_("Good already, matters less"),
}
STRATEGIES = {
    "optimise_product": N_("improve products and service quality"),
    "train_attitude": N_("train a warm, patient, professional manner"),
    "train_communication": N_("train prompt and effective communication"),
    "feedback_loop": N_("set up a customer feedback loop"),
    "crm_personal_service": N_("keep a file on every customer and serve each one personally"),
}
REFUSALS = {
    "too_few_responses": N_("No driver is named: fewer than 30 complete responses."),
    "constant_score": N_("No driver is named: everybody gave the same score."),
    "constant_drivers": N_("No driver is named: the answers to the questions hardly differ."),
    "noise": N_("No driver is named: what the answers explain is no more than chance would."),
}
DIRECTIONS = {"improvement": N_("real improvement"), "concern": N_("real decline")}
# What became of a deal or a case, as rows say it once they are understood.
STATUSES = {
    "won": N_("deal won"),
    "lost": N_("deal lost"),
    "open": N_("still open"),
    "cancelled": N_("called off"),
    "resolved": N_("has been resolved"),
}
SOURCES = {"supervisor": N_("Supervisor"), "team": N_("Team member"), "customer": N_("Customer")}
# How feedback is given, as the method names it; whatever else people write stands beside it.
METHODS = {"face_to_face": N_("Face to face"), "meeting": N_("Meeting"), "phone": N_("Phone"), "email": N_("By e-mail")}
RECURRENCES = {"week": N_("every week"), "month": N_("every month"), "quarter": N_("every quarter"), "year": N_("every year"), "never": N_("never")}
CADENCE_STATUSES = {"done": N_("done"), "due": N_("due soon"), "overdue": N_("overdue"), "not_due": N_("not due yet")}
GRADES = {
    "too_early": N_("too early"),
    "not_measured": N_("not measured"),
    "too_few": N_("too few months before"),
    "worked": N_("worked"),
    "promising": N_("promising"),
    "no_change": N_("no change"),
    "worse": N_("got worse"),
}
PLAN_STATES = {"open": N_("running"), "due": N_("due this month"), "overdue": N_("past due"), "closed": N_("closed")}
ANNOTATION_KINDS = {
    "training": N_("Training"),
    "process": N_("Way of working"),
    "people": N_("People"),
    "market": N_("Market"),
    "data": N_("Way of counting"),
    "other": N_("Other"),
}
# What stands in charts: annotations, and the starts of plans.
HAPPENINGS = {**ANNOTATION_KINDS, "plan": N_("Plan")}
TARGET_ORIGINS = {"default": N_("default"), "ledger": N_("set here"), "sheet": N_("from a sheet")}
# What speaks against a target, by the five principles of the method.
TARGET_FINDINGS = {
    "not_measurable": N_("Nothing was measured: nobody will know whether it is met."),
    "too_few_months": N_("Fewer than six months were measured: too few to say whether it is within reach."),
    "not_attainable": N_("Nobody ever met it: it is out of reach as things are."),
    "not_challenging": N_("Nobody ever missed it: it asks for nothing."),
    "not_aligned": N_("It does not count in the weighted score: what is it for?"),
    "hard_to_understand": N_("It is hard to keep in mind: a round number, and few targets at once, are remembered."),
}
STANCES = {"agreed": N_("agrees"), "disagreed": N_("does not agree"), "comment": N_("comments")}
# The five principles of the method for a KPI and its target.
PRINCIPLES = {
    "aligned": N_("Aligned with the business"),
    "measurable": N_("Measurable"),
    "relevant": N_("Relevant to the job"),
    "challenging": N_("Challenging"),
    "understandable": N_("Understandable"),
}
# What would make an entry more useful: said of the entry, never of a person.
HINTS = {
    "late": N_("Written down {days} days later. What is fresh can still be talked through."),
    "too_short": N_("Very short. What happened, when, with which effect?"),
    "not_specific": N_("Nothing in it can be looked up. Name a day, a number, a customer or an order."),
    "emotional": N_("Words that judge: {words}. Say what happened instead."),
    "vague": N_("Vague words: {words}. How often, how much, since when?"),
    "no_action": N_("No next step was agreed."),
    "no_due": N_("The next step has no date."),
}


def hint_words(code: str, words: Sequence[str], days: int | None, _: Translator) -> str:
    """A hint on a feedback entry as a sentence, with the words found in it and how many days late it was written."""
    return _(HINTS[code], words=_.comma.join(words), days=days)


def row_words(name: str, value: object, _: Translator) -> object:
    """A value of a row behind a figure as people say it; ``name``: its field. Numbers, dates and what people wrote stay as they are."""
    if not isinstance(value, str):
        return value
    known = STATUSES if name == "status" else SOURCES if name == "source" else {}
    return _(known[value]) if value in known else value


def tier_words(tier: object, _: Translator) -> str:
    """A customer's tier in words, also where there is none."""
    return _(TIERS[str(tier)]) if tier in TIERS else _("no tier yet")


def tier_move_words(before: object, after: object, _: Translator) -> str:
    """'VIP → Normal': from which tier to which; who had none is a new customer."""
    was = _(TIERS[str(before)]) if before in TIERS else _("new customer")
    then = _(TIERS[str(after)]) if after in TIERS else _("no tier any more")
    return f"{was} → {then}"


def standing_words(standing: Standing, days: int, _: Translator) -> str:
    """How something agreed stands; ``days``: by how many it is overdue, or is still to go."""
    if standing == "overdue":
        return _.plural("{n} day overdue", "{n} days overdue", days)
    if standing == "due":
        return _.plural("{n} day left", "{n} days left", days)
    return {"done": _("done"), "today": _("due today"), "open": _("no date set")}[standing]


def source_words(source: str, _: Translator) -> str:
    """What a source of feedback is called; one that is none of ours is called as it is."""
    return _(SOURCES[source]) if source in SOURCES else source


# What is to become, or has become, of a report that is sent.
DELIVERY_STATES: dict[str, str] = {
    "ready": N_("would be sent"),
    "sent": N_("sent"),
    "uncertain": N_("may have arrived: the run broke off while it was on its way; --again sends it once more"),
    "failed": N_("not sent: the mail server refused it"),
    "no_address": N_("not sent: no e-mail address in the list of managers"),
    "bad_address": N_("not sent: this is no e-mail address"),
    "shared_address": N_("not sent: the list gives several people this address"),
}
