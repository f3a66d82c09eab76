"""The command line: the calls of the dashboard, for scripts and for checking."""

from evaluation.cli.parser import main

__all__ = ["main"]
