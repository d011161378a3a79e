"""Customers: tiers, who moved and what is at stake, all of them in a table, who has not bought yet; and the file of one."""

import streamlit as st

from amdash.errors import AmdashError
from amdash.i18n.messages import error_text
from amdash.ui import customer_file, customers, filters, frame, potential_customers, reads, session
from amdash.ui.markup.markdown import literal

frame.begin()
frame.stop_without()
_ = session.words()
period = session.current_period(reads.months())
asked, file = session.kept("customer"), None
if asked:
    try:
        file = reads.customer_file(str(asked), period)
    except AmdashError as error:
        st.warning(literal(error_text(_, error)), icon=":material/person_off:")
        customer_file.close()

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    if file:
        st.button(_("All customers"), key="back", icon=":material/arrow_back:", type="tertiary", on_click=customer_file.close)
    st.markdown(f"## {literal(file.customer) if file else _('Customer base')}", width="stretch")
    filters.pick_period()
    if not file:
        customers.pick_whose(_)
    frame.language_switch()

if file:
    customer_file.figures_of(file, _)
    left, right = st.columns([64, 36], gap="large")
    with left:
        customer_file.revenue(file, _)
        customer_file.history(file, _)
    with right:
        customer_file.contact(file, _)
        customer_file.tags(file, _)
        customer_file.write(file, _)
        customer_file.keepers(file, _)
else:
    whose = customers.managers()
    found = reads.customers(period).of(whose)
    customers.summary(found, _)
    view = customers.chosen_view()
    if view == "moves":
        customers.pick_view(found, _)
        customers.moved(found, _)
    else:
        left, right = st.columns([68, 32], gap="large")
        with left:
            if view == "potential":
                customers.pick_view(found, _)
                potential_customers.listed(period, whose, _)
            elif view == "risk":
                customers.at_risk(found, _)
            else:
                customers.everyone(found, _)
        with right:
            if view == "potential":
                potential_customers.converted(period, whose, _)
            else:
                customers.beside(found, _)
session.show_said()
