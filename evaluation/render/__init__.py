"""Exhibits and reports as they are seen: one module per file format, and Plotly for the pages."""
