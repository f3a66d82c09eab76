"""Access: who somebody is and what that person may see and change."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import IntEnum

from evaluation.store import Selection, StoreError


class Role(IntEnum):
    """What somebody may do; every role may do what those before it may."""

    VIEWER = 1
    CONTRIBUTOR = 2
    COORDINATOR = 3
    ADMINISTRATOR = 4


class AccessRefused(StoreError):
    """The person has no right to this; ``key`` is the message and ``values`` fill its gaps."""


@dataclass(frozen=True)
class Access:
    """One person's right.

    ``identifier`` is by what the person is known to whoever reads the audit, ``name`` what the person is called.
    ``municipalities`` are those whose published results may be seen, ``contributes`` those among them for which forms
    may be brought in. They bound viewers and contributors: coordinators and administrators see and contribute to all.
    The right ends at ``until``: what was made ready on a page that stays open is not handed out after that.
    """

    identifier: str
    name: str
    role: Role
    municipalities: tuple[str, ...] = ()
    contributes: tuple[str, ...] = ()
    until: datetime | None = None

    @property
    def everywhere(self) -> bool:
        """Tell whether every municipality may be seen and contributed to."""
        return self.role >= Role.COORDINATOR

    def at_least(self, role: Role) -> bool:
        """Tell whether the person may do what ``role`` may."""
        return self.role >= role

    def require(self, role: Role) -> None:
        """Raise AccessRefused unless the person may do what ``role`` may, and still may."""
        if self.until is not None and datetime.now(UTC) >= self.until:
            raise AccessRefused("access.sign_in_old")
        if not self.at_least(role):
            raise AccessRefused("access.role_refused")

    def sees(self, municipality: str) -> bool:
        """Tell whether published results of ``municipality`` may be seen."""
        return self.everywhere or municipality in self.municipalities

    def contributes_to(self, municipality: str) -> bool:
        """Tell whether the person may bring in forms of ``municipality``, and undo their imports of them."""
        return self.everywhere or (self.role >= Role.CONTRIBUTOR and municipality in self.contributes)

    def covers(self, other: "Access") -> bool:
        """Tell whether the person may do and see all that ``other`` lets somebody do and see."""
        if self.role < other.role or (other.everywhere and not self.everywhere):
            return False
        towns = set(self.municipalities) >= set(other.municipalities)
        return self.everywhere or (towns and set(self.contributes) >= set(other.contributes))

    def foreign(self, municipalities: Collection[str]) -> tuple[str, ...]:
        """Return those of ``municipalities`` to which the person may not contribute."""
        return tuple(sorted(town for town in set(municipalities) if not self.contributes_to(town)))

    def narrowed(self, selection: Selection) -> Selection:
        """Return the part of ``selection`` that the person may see.

        Raises AccessRefused where nothing of it is left: a selection without municipalities means all of them.
        """
        self.require(Role.VIEWER)
        if self.everywhere:
            return selection
        wanted = selection.municipalities or self.municipalities
        left = tuple(town for town in wanted if town in self.municipalities)
        if not left:
            raise AccessRefused("access.municipality_refused")
        return replace(selection, municipalities=left)


# Whoever sits at a laptop without sign-in has the file of answers anyway.
LAPTOP = Access("", "", Role.ADMINISTRATOR)
