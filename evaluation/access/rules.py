"""The file of roles: which persons and groups have which role for which municipalities, read and checked."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from rapidfuzz import process

from evaluation.access.access import Role
from evaluation.definitions import DefinitionProblem, DefinitionsRefused, Library
from evaluation.definitions.entries import problem_of_fault
from evaluation.definitions.yaml_source import KeyPath, Source, read_source

# How many names are offered for one that is unknown.
NEAREST = 3
RoleName = Literal["viewer", "contributor", "coordinator", "administrator"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Grant(_Strict):
    """A role, and the municipalities for which a viewer or contributor has it."""

    role: RoleName
    municipalities: list[str] = []

    @property
    def rank(self) -> Role:
        """The role as a value that can be compared."""
        return Role[self.role.upper()]


class Claims(_Strict):
    """Where the provider's token says what: ``groups`` a person's roles or groups, ``identifier`` the lasting mark.

    A name with dots leads to what lies deeper, as ``realm_access.roles``.
    """

    groups: str = "roles"
    identifier: str = "sub"


class Rules(_Strict):
    """Who may do what: ``people`` by e-mail or lasting mark, ``groups`` by what the provider calls them."""

    claims: Claims = Claims()
    people: dict[str, Grant] = {}
    groups: dict[str, Grant] = {}


def load_rules(path: Path, library: Library) -> Rules:
    """Read the file at ``path``, or return what was read before while the file is unchanged.

    Raises DefinitionsRefused, naming file, line and reason of every fault, and OSError where there is no file.
    """
    status = path.stat()
    return _loaded(path, (status.st_mtime_ns, status.st_size), library.municipalities)


@lru_cache(maxsize=8)
def _loaded(path: Path, stamp: tuple[int, int], municipalities: tuple[str, ...]) -> Rules:  # noqa: ARG001 - the key
    source = read_source(path)
    try:
        rules = Rules.model_validate(source.data)
    except ValidationError as error:
        faults = error.errors()
        raise DefinitionsRefused(
            tuple(problem_of_fault(source, _place(fault["loc"]), fault) for fault in faults)
        ) from None
    problems = [*_twice(rules, source), *_misplaced(rules, source, municipalities)]
    if problems:
        raise DefinitionsRefused(tuple(problems))
    return rules


def _place(path: KeyPath) -> KeyPath:
    """Return where a fault stands, without pydantic's word for the key of a mapping."""
    return tuple(part for part in path if part != "[key]")


def _twice(rules: Rules, source: Source) -> list[DefinitionProblem]:
    """Return who stands there twice: an e-mail is the same in capitals."""
    seen: set[str] = set()
    problems = []
    for name in rules.people:
        folded = name.strip().casefold() if "@" in name else name
        if folded in seen:
            problems.append(source.problem(("people", name), "key_twice", key=name))
        seen.add(folded)
    return problems


def _misplaced(rules: Rules, source: Source, known: tuple[str, ...]) -> list[DefinitionProblem]:
    """Return which grants name municipalities that there are none of, lack them, or have no use for them."""
    problems = []
    for section, grants in (("people", rules.people), ("groups", rules.groups)):
        for name, grant in grants.items():
            bounded = grant.rank < Role.COORDINATOR
            if bounded and not grant.municipalities:
                problems.append(source.problem((section, name), "municipalities_needed", role=grant.role, name=name))
            elif not bounded and grant.municipalities:
                place = (section, name, "municipalities")
                problems.append(source.problem(place, "municipalities_idle", role=grant.role, name=name))
            for number, town in enumerate(grant.municipalities):
                if town not in known:
                    line = (section, name, "municipalities", number)
                    nearest = ", ".join(name for name, *_ in process.extract(town, known, limit=NEAREST))
                    values = {"municipality": town, "known": nearest}
                    problems.append(source.problem(line, "unknown_municipality", **values))
    return problems
