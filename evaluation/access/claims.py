"""From what the provider's token says of a person to that person's right; what it leaves open grants nothing."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from evaluation.access.access import Access, AccessRefused, Role
from evaluation.access.rules import Grant, Rules

# Clocks of two machines may differ by so much.
SLACK = timedelta(minutes=5)


class NotSignedIn(Exception):
    """Nobody is signed in, or not any more; ``key`` is the message that says so."""

    def __init__(self, key: str) -> None:
        """Keep the message key."""
        super().__init__(key)
        self.key = key


class NobodyKnown(AccessRefused):
    """Somebody is signed in who stands nowhere in the rules: ``person``."""

    def __init__(self, person: "Person") -> None:
        """Keep who it is, with the message for the administrator."""
        named = "" if person.name == person.identifier else f"{person.name}, "
        super().__init__("access.nobody", who=f"{named}{person.identifier}")
        self.person = person


@dataclass(frozen=True)
class Person:
    """Whom the provider says it is: lasting mark, e-mail where it is verified, groups.

    The person is signed in ``until`` then, by this one ``sign_in`` among those of the same person.
    """

    mark: str
    name: str
    email: str | None
    groups: tuple[str, ...]
    until: datetime
    sign_in: str

    @property
    def identifier(self) -> str:
        """By what the person is known to others: the e-mail, else the lasting mark."""
        return self.email or self.mark


def person_of(claims: Mapping[str, Any], rules: Rules, now: datetime, longest: timedelta) -> Person:
    """Return whom ``claims`` tell of.

    Raises NotSignedIn where nobody is signed in, the sign-in is older than ``longest`` or not dated, and where the
    token has no lasting mark.
    """
    if claims.get("is_logged_in") is not True:
        raise NotSignedIn("access.sign_in_text")
    issued: Any = claims.get("iat")
    mark = _claim(claims, rules.claims.identifier)
    if not _is_moment(issued) or not isinstance(mark, str) or not mark.strip():
        raise NotSignedIn("access.token_incomplete")
    age = timedelta(seconds=now.timestamp() - issued)
    if not -SLACK <= age < longest:
        raise NotSignedIn("access.sign_in_old")
    until = datetime.fromtimestamp(issued, UTC) + longest
    email = _email(claims)
    name = next((claim for key in ("name", "preferred_username") if (claim := _text(claims.get(key)))), email or mark)
    groups, sign_in = _groups(_claim(claims, rules.claims.groups)), f"{mark} {issued} {claims.get('nonce')}"
    return Person(mark.strip(), name, email, groups, until, sign_in)


def access_of(person: Person, rules: Rules) -> Access:
    """Return the right of ``person`` from all that the rules grant; raise NobodyKnown where that is nothing."""
    grants = _grants(person, rules)
    if not grants:
        raise NobodyKnown(person)
    return Access(
        identifier=person.identifier,
        name=person.name,
        role=max(grant.rank for grant in grants),
        municipalities=_towns(grants),
        contributes=_towns([grant for grant in grants if grant.rank >= Role.CONTRIBUTOR]),
        until=person.until,
    )


def _grants(person: Person, rules: Rules) -> list[Grant]:
    grants = []
    for name, grant in rules.people.items():
        # What looks like an e-mail is one, so that nobody gets another's right by a mark that looks like it.
        if name.strip().casefold() == person.email if "@" in name else name.strip() == person.mark:
            grants.append(grant)
    return grants + [rules.groups[group] for group in person.groups if group in rules.groups]


def _towns(grants: list[Grant]) -> tuple[str, ...]:
    return tuple(sorted({town for grant in grants for town in grant.municipalities}))


def _email(claims: Mapping[str, Any]) -> str | None:
    """Return the e-mail that the provider has verified: one that it has not may be anybody's."""
    email, verified = _text(claims.get("email")), claims.get("email_verified")
    return email.casefold() if email and (verified is True or verified == "true") else None


def _groups(claim: Any) -> tuple[str, ...]:
    """Return the groups of a claim: texts in a list, or one text; of anything else, none."""
    if isinstance(claim, str):
        return (claim,)
    return tuple(dict.fromkeys(group for group in claim if isinstance(group, str))) if isinstance(claim, list) else ()


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """Return the claim ``name``, or what lies under the parts of it between dots; None where there is no such."""
    if name in claims:
        return claims[name]
    value: Any = claims
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _is_moment(claim: Any) -> bool:
    return isinstance(claim, int | float) and not isinstance(claim, bool) and math.isfinite(claim)


def _text(claim: Any) -> str:
    return claim.strip() if isinstance(claim, str) else ""
