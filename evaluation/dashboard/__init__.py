"""The dashboard: thin Streamlit pages that choose a selection, call, and show."""

import gc

import pandas as pd

# Pages ask many small tables for a few rows each, which takes longer from Arrow's texts than from Python's.
pd.set_option("mode.string_storage", "python")
# A page makes many objects that are gone when it is there: scanning all that stays for them every time is waste.
gc.set_threshold(50_000, 20, 50)
