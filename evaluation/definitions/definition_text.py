"""Writes a single definition as the text of the definition file that would hold it and no other."""

from collections.abc import Mapping
from typing import Any

import yaml

from evaluation.definitions.documents import SECTION_OF, Kind


class _NoAliases(yaml.SafeDumper):
    """What stands twice is written twice: whoever reads the file has to look nothing up."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Use no alias, whatever the value."""
        return True


def definition_text(kind: Kind, body: Mapping[str, Any]) -> str:
    """Return a definition as YAML.

    Args:
        kind: what it is.
        body: its fields as plain values, ``id`` among them, as they stand in a definition file.
    """
    section = SECTION_OF[kind]
    if kind != "questionnaire":
        body = {body["id"]: {name: value for name, value in body.items() if name != "id"}}
    plain: str = yaml.dump(
        {section: dict(body)},
        Dumper=_NoAliases,
        allow_unicode=True,
        sort_keys=False,
        width=120,
        default_flow_style=None,
    )
    return plain
