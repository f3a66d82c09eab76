"""What can be wrong in a definition, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from evaluation.i18n import Translator


@dataclass(frozen=True)
class DefinitionProblem:
    """One fault: the file and line it stands on, the message key ``definitions.<code>`` and its gaps."""

    file: str
    line: int
    code: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def message(self, translator: Translator) -> str:
        """Say the fault in one line: file, line and reason."""
        reason = translator(f"definitions.{self.code}", **self.values)
        return translator("definitions.at", file=self.file, line=self.line, reason=reason)


class DefinitionsRefused(Exception):
    """The definitions do not make sense; ``problems`` says why, one entry a fault."""

    def __init__(self, problems: tuple[DefinitionProblem, ...]) -> None:
        """Keep the faults, and say them in English for a log."""
        self.problems = problems
        super().__init__("; ".join(problem.message(Translator("en")) for problem in problems))
