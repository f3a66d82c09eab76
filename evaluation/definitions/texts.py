"""A text of a definition in every language; where a language lacks it, that of another stands there."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, RootModel, model_serializer

from evaluation.i18n import in_every_language, languages


class Multilingual(dict[str, str]):
    """A text by language code; in ``missing`` languages it is that of another language."""

    def __init__(self, written: Mapping[str, str]) -> None:
        """Complete what was written. Raises ValueError where nothing was."""
        self.missing = frozenset(code for code in languages() if not written.get(code, "").strip())
        super().__init__(in_every_language(written))

    def __reduce__(self) -> tuple[Any, ...]:
        """Be copied as what was written, so that what is missing is still known."""
        return Multilingual, ({code: text for code, text in self.items() if code not in self.missing},)


class Texts(RootModel[Annotated[Mapping[str, str], AfterValidator(Multilingual)]]):
    """One text by language code; where a language lacks it, the text of another stands there."""

    model_config = ConfigDict(frozen=True)

    @property
    def missing(self) -> frozenset[str]:
        """The languages in which it was not written."""
        return self.root.missing if isinstance(self.root, Multilingual) else frozenset()

    @property
    def written(self) -> Mapping[str, str]:
        """The text in the languages in which it was written."""
        return {code: text for code, text in self.root.items() if code not in self.missing}

    @model_serializer
    def _as_written(self) -> dict[str, str]:
        """Leave out the languages in which it was not written, so that a definition that is saved again lacks them."""
        return dict(self.written)

    def __getitem__(self, language: str) -> str:
        """Return the text in ``language``."""
        return self.root[language]

    def values(self) -> tuple[str, ...]:
        """Return the text in every language."""
        return tuple(self.root.values())
