"""The dashboard: sets the page up and lets the reader choose a page."""

from evaluation import logs

logs.set_up()

from evaluation.dashboard import navigation  # noqa: E402 - whatever goes wrong in it is to be logged without values

navigation.run()
