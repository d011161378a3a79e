"""What the codes of readings, customers, drivers and feedback are called: one wording for pages, reports and the command line."""

from __future__ import annotations

from amdash.i18n.catalogue import N_, Translator

VERDICTS = {"met": N_("met"), "missed": N_("missed"), "few": N_("too few"), "none": N_("no target"), "absent": N_("no data")}
VARIATIONS = {"improving": N_("improving"), "worsening": N_("worsening"), "ordinary": N_("ordinary"), "unknown": N_("too early to tell")}
ASSURANCES = {
    "will_meet": N_("will meet the target as things are"),
    "will_miss": N_("will miss the target as things are"),
    "hit_or_miss": N_("meets the target by chance"),
    "no_target": N_("no target"),
    "unknown": N_("too early to tell"),
}
TIERS = {"vip": N_("VIP"), "normal": N_("Normal"), "potential": N_("Potential"), "lapsed": N_("Lapsed")}
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
SOURCES = {"supervisor": N_("Supervisor"), "team": N_("Team member"), "customer": N_("Customer")}


def source_words(source: str, _: Translator) -> str:
    """What a source of feedback is called; one that is none of ours is called as it is."""
    return _(SOURCES[source]) if source in SOURCES else source
