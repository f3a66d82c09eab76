"""The dashboard: thin Streamlit pages that choose a selection, call, and show."""
