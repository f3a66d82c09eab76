"""What can go wrong in the store, with its message in the catalogue."""

from evaluation.i18n import Refused


class StoreError(Refused):
    """The store cannot do what it should."""


class StoreBusyError(StoreError):
    """Another program holds the database file."""


class UnknownImportError(StoreError):
    """There is no import of that number."""
