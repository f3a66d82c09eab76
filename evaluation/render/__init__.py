"""Exhibits and reports as they are seen: one module for each file format, and Plotly for the pages."""
