"""What can go wrong in the store, with its message in the catalogue."""


class StoreError(Exception):
    """The store cannot do what it should; ``key`` is the message and ``values`` fill its gaps."""

    def __init__(self, key: str, **values: object) -> None:
        """Keep the message key and its gaps."""
        super().__init__(f"{key} {values}" if values else key)
        self.key = key
        self.values = values


class StoreBusyError(StoreError):
    """Another program holds the database file."""


class UnknownImportError(StoreError):
    """There is no import of that number."""
