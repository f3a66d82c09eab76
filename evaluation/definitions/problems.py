"""What can be wrong in a definition, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from evaluation.definitions.documents import DefinitionDocument
from evaluation.i18n import Refused, Translator

# Section and id; of a questionnaire "questionnaire" and "id:version".
EntryKey = tuple[str, str]


@dataclass(frozen=True)
class DefinitionProblem:
    """One fault: the file and line it stands on, the message key ``definitions.<code>`` and its gaps.

    ``document`` is set where it stands in one that a database keeps, and ``entry`` where it is known in which
    definition.
    """

    file: str
    line: int
    code: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    document: DefinitionDocument | None = None
    entry: EntryKey | None = None

    def message(self, translator: Translator) -> str:
        """Say the fault in one line: file or document, line and reason."""
        reason = translator(f"definitions.{self.code}", **self.values)
        if self.document is None:
            return translator("definitions.at", file=self.file, line=self.line, reason=reason)
        kind = translator(f"definitions.kind_{self.document.kind}")
        place = {"kind": kind, "id": self.document.id, "version": self.document.version, "line": self.line}
        return translator("definitions.at_document", **place, reason=reason)


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
