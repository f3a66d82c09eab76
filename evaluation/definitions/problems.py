"""What can be wrong in a definition, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from evaluation.i18n import Refused, Translator


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


class DefinitionsRefused(Refused):
    """The definitions do not make sense; ``problems`` says why, one entry a fault."""

    def __init__(self, problems: tuple[DefinitionProblem, ...]) -> None:
        """Keep the faults."""
        super().__init__("definitions.at", problems=problems)
        self.problems = problems

    def __str__(self) -> str:
        """Say every fault in English, for whoever develops."""
        return self.message(Translator("en"))

    def message(self, translator: Translator) -> str:
        """Say every fault, one a line."""
        return "\n".join(problem.message(translator) for problem in self.problems)
