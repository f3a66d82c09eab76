"""Chores of a database: backup, copying, health, retiring old answers, searching for a code."""
