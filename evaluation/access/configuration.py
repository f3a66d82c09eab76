"""What is set of sign-in: the file of its secrets, the file of roles, how long it lasts, and leave to do without."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from evaluation.settings import SettingRefused

SECRETS, ROLES = "EVALUATION_SECRETS", "EVALUATION_ACCESS"
HOURS, WITHOUT = "EVALUATION_SESSION_HOURS", "EVALUATION_WITHOUT_SIGN_IN"
YES = frozenset({"1", "yes", "true"})
# A working day: who signs in again in the morning never meets the end of it.
DEFAULT_HOURS, MOST_HOURS = 10.0, 24.0


@dataclass(frozen=True)
class SignIn:
    """One reading of what is set; ``without`` tells that others may be let in without sign-in."""

    secrets: Path | None
    roles: Path | None
    longest: timedelta
    without: bool

    @property
    def wanted(self) -> bool:
        """Tell whether people are meant to sign in."""
        return self.secrets is not None or self.roles is not None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "SignIn":
        """Read what is set. Raises SettingRefused for hours that are no number above nothing and up to a day."""
        setting = environment.get(HOURS) or str(DEFAULT_HOURS)
        try:
            hours = float(setting.replace(",", "."))
        except ValueError:
            hours = 0.0
        if not 0 < hours <= MOST_HOURS:
            raise SettingRefused("access.hours_refused", value=setting, most=MOST_HOURS)
        without = environment.get(WITHOUT, "").lower() in YES
        return cls(_path(environment, SECRETS), _path(environment, ROLES), timedelta(hours=hours), without)


def _path(environment: Mapping[str, str], name: str) -> Path | None:
    setting = environment.get(name)
    return Path(setting).expanduser().resolve() if setting else None
