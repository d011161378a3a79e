"""A minimal Streamlit app: pages of as many charts as ours have, and nothing else, to measure beside ours."""

from functools import partial

import plotly.graph_objects as go
import streamlit as st

MOST = 4

st.set_page_config(page_title="Bare", layout="wide")


def body(charts: int) -> None:
    """A heading and so many charts of twelve months."""
    st.markdown(f"## Charts {charts}")
    for number in range(charts):
        figure = go.Figure(go.Scatter(x=list(range(12)), y=[(month * 7 + number) % 5 for month in range(12)], mode="lines+markers"))
        st.plotly_chart(figure.update_layout(height=300), key=f"chart{number}", config={"displayModeBar": False})


pages = [st.Page(partial(body, count), title=f"Charts {count}", url_path=f"charts{count}") for count in range(MOST + 1)]
st.navigation([st.Page(lambda: st.markdown("## Start"), title="Start", default=True), *pages], position="top").run()
