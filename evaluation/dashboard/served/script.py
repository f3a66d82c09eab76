"""The dashboard's script: sets the page up and lets the reader choose a page."""

from evaluation.dashboard import navigation

navigation.run()
