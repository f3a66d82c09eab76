"""What goes out to be filled in."""

from evaluation.forms.template import entry_template

__all__ = ["entry_template"]
