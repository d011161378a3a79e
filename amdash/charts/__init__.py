"""Readings to Plotly figures, all in one theme."""
