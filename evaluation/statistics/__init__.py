"""Statistics from counts: plain functions that know of no practice, question or person."""
