"""Shows what the practices of adult social work do for people, from the feedback workbooks that workers keep."""

__version__ = "0.2.0"
