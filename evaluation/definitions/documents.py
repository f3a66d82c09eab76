"""Definitions that were made on a page: each a document of its own, in the YAML of the definition files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Kind = Literal["scale", "dimension", "type", "notice", "questionnaire", "practice"]
# In the order in which one builds on another.
KINDS: tuple[Kind, ...] = get_args(Kind)
# Under which key of a file the definitions of a kind stand.
SECTION_OF: Mapping[Kind, str] = {
    "scale": "scales",
    "dimension": "dimensions",
    "type": "types",
    "notice": "notices",
    "questionnaire": "questionnaire",
    "practice": "practices",
}
_ID = re.compile(r"^[\s-]*id:\s*['\"]?(\w+)", re.MULTILINE)


@dataclass(frozen=True)
class DefinitionDocument:
    """One version of one definition, as it is kept in a database.

    ``document`` is the text of a definition file that holds this definition and no other. ``created_at`` is in
    universal time; ``created_by`` is "" where there is no sign-in. What is ``retired`` is offered for nothing new; what
    is stored of it is read as before. ``made_by_import`` is the number of the import with which it came, if any.
    """

    kind: Kind
    id: str
    version: int
    document: str
    created_at: datetime
    created_by: str = ""
    retired: bool = False
    made_by_import: int | None = None

    @property
    def key(self) -> tuple[Kind, str]:
        """What it defines, whatever the version."""
        return self.kind, self.id

    @property
    def ids(self) -> frozenset[str]:
        """Its own id and those of its questions, of a text with faults those that can be read."""
        return frozenset({self.id, *_ID.findall(self.document)})

    @property
    def file(self) -> str:
        """The name of the file that would hold it."""
        version = f"_{self.version}" if self.kind == "questionnaire" else ""
        return f"{self.kind}_{self.id}{version}.yaml"
