"""The refusal that every room raises: a message of the catalogue, said in the reader's language where it is caught."""

from evaluation.i18n.translator import Translator


class Refused(Exception):
    """Something cannot be done; ``key`` is the message that says why, and ``values`` fill its gaps."""

    def __init__(self, key: str, **values: object) -> None:
        """Keep the message key and its gaps."""
        super().__init__(f"{key} {values}" if values else key)
        self.key = key
        self.values = values

    def message(self, translator: Translator) -> str:
        """Say why, in the language of ``translator``."""
        return translator(self.key, **self.values)
