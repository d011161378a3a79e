"""A bare Streamlit page with the elements that ours are made of, in Streamlit's own look: what it does to readers is not ours to mend."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

st.set_page_config(page_title="Bare", layout="wide")


def body() -> None:
    """One of each."""
    st.markdown("## Bare")
    st.selectbox("Choice", ["a", "b"])
    st.segmented_control("Part", ["a", "b"], default="a")
    st.text_input("Text", placeholder="Search")
    st.text_area("Long text")
    st.number_input("Number")
    st.date_input("Day", value=dt.date(2026, 11, 24))
    st.multiselect("Several", ["a", "b"], default=["a"])
    st.slider("Share", 0, 100, 50)
    st.toggle("Switch")
    st.checkbox("Tick")
    st.radio("One of", ["a", "b"])
    st.color_picker("Colour")
    st.file_uploader("File")
    st.button("Do it", type="primary")
    st.button("Or not", type="tertiary", icon=":material/undo:", help="What it does")
    st.download_button("Save", b"", file_name="a.txt")
    with st.popover("More"):
        st.markdown("More")
    with st.expander("Below"):
        st.markdown("Below")
    first, second = st.tabs(["One", "Two"])
    first.markdown(":gray[One]")
    second.markdown("Two")
    st.dataframe(pd.DataFrame({"a": [1, 2]}), hide_index=True)
    st.plotly_chart(go.Figure(go.Scatter(x=[1, 2], y=[1, 3])), config={"displayModeBar": False}, alt="A line")
    st.info("Said")
    st.warning("Said")


st.navigation(
    {"": [st.Page(body, title="Bare", default=True)], "More": [st.Page(lambda: None, title="Empty", url_path="empty")]}, position="top"
).run()
