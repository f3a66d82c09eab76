"""What is told of each practice, as plans for the sample: runs, people, sessions and openings."""

from dataclasses import dataclass
from datetime import date

WEEKDAYS = (0, 1, 2, 3, 4)


@dataclass(frozen=True)
class Run:
    """One run: people registered, started and completed, the days of its sessions, and how many come at a time.

    ``offsets`` are days from the first session. ``uncoded``: end forms are filled in without a participant code.
    """

    cohort: str
    first_on: date
    registered: int
    started: int
    completed: int
    offsets: tuple[int, ...]
    present: tuple[int, int]
    municipality: str = ""
    cancels: float = 0.3
    uncoded: bool = False
    answers_session: float = 0.9


@dataclass(frozen=True)
class OpenDoor:
    """A period of an open-door practice: on which weekdays it is open and how many come."""

    cohort: str
    first_on: date
    openings: int
    weekdays: tuple[int, ...]
    visits: tuple[int, int]
    special_every: int = 0
    special_visits: tuple[int, int] = (0, 0)
    answers: float = 0.3


@dataclass(frozen=True)
class Plan:
    """Everything of one practice; ``workers``, ``partners`` and ``supervisors`` answer once in each municipality."""

    runs: tuple[Run, ...]
    open_doors: tuple[OpenDoor, ...] = ()
    workers: int = 2
    partners: int = 6
    supervisors: int = 1


def weekly(times: int) -> tuple[int, ...]:
    """Return the offsets of sessions a week apart."""
    return tuple(range(0, 7 * times, 7))


def fortnightly(times: int) -> tuple[int, ...]:
    """Return the offsets of sessions two weeks apart."""
    return tuple(range(0, 14 * times, 14))


PLANS = {
    # Weekly four hours, four or five clients at a time.
    "gruppis": Plan((
        Run("Kevät 2018", date(2018, 1, 17), 7, 7, 6, weekly(12), (4, 5)),
        Run("Syksy 2018", date(2018, 9, 5), 6, 6, 5, weekly(12), (4, 5)),
    )),
    # About five visitors an afternoon, many times that on food-aid days.
    "passeli": Plan(
        (),
        (
            OpenDoor("Kevät 2018", date(2018, 1, 11), 20, (3,), (4, 6), 4, (16, 24), 0.5),
            OpenDoor("Syksy 2018", date(2018, 8, 9), 18, (3,), (4, 6), 4, (17, 26), 0.5),
        ),
    ),
    "hameenkyro_groups": Plan((
        Run("Kevät 2018", date(2018, 2, 6), 9, 9, 7, weekly(10), (5, 8)),
        Run("Syksy 2018", date(2018, 9, 4), 8, 8, 7, weekly(10), (5, 7)),
    ), partners=8),
    # Five to ten young people, four or five days a week; the register lists two weeks and a half.
    "musapaja": Plan((
        Run("Kevät 2018", date(2018, 3, 5), 10, 10, 8, (0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15), (5, 10)),
        Run("Syksy 2018", date(2018, 10, 1), 9, 9, 7, (0, 1, 2, 3, 7, 8, 9, 10, 14, 15, 16, 17), (5, 9)),
    )),
    # Advice on three days a week.
    "asumisneuvonta": Plan(
        (),
        (
            OpenDoor("Kevät 2018", date(2018, 1, 8), 45, (0, 1, 3), (2, 7), answers=0.4),
            OpenDoor("Syksy 2018", date(2018, 8, 13), 42, (0, 1, 3), (2, 8), answers=0.4),
        ),
    ),
    # Three months, weekly four hours: twelve started, eight stayed to the end.
    "sisu": Plan((Run("Kevät 2018", date(2018, 2, 7), 12, 12, 8, weekly(12), (6, 9)),)),
    # Periods of three months, about three clients a year for a worker.
    "yksilollinen": Plan((
        Run("2016", date(2016, 2, 1), 3, 3, 3, weekly(12), (3, 3)),
        Run("2017", date(2017, 2, 6), 3, 3, 2, weekly(12), (3, 3)),
        Run("2018", date(2018, 2, 5), 4, 4, 3, weekly(12), (3, 4)),
    )),
    # Eight weeks, two or three clients at a time, many cancellations.
    "solmut_auki": Plan((
        Run("Kevät 2018", date(2018, 3, 7), 5, 5, 4, weekly(8), (2, 3), cancels=0.7),
        Run("Syksy 2018", date(2018, 9, 12), 5, 5, 4, weekly(8), (2, 3), cancels=0.7),
    )),
    "lape": Plan((
        Run("2018", date(2018, 2, 12), 8, 8, 7, fortnightly(6), (6, 8), "Parkano"),
        Run("2018", date(2018, 3, 5), 7, 7, 7, fortnightly(6), (5, 7), "Kihniö"),
    ), workers=5),
    # A short question after every meeting; few are cancelled.
    "asiakas_edella": Plan((
        Run("Kevät 2018", date(2018, 1, 15), 20, 20, 13, weekly(10), (6, 8), cancels=0.1, uncoded=True),
        Run("Syksy 2018", date(2018, 9, 3), 18, 18, 12, weekly(10), (6, 8), cancels=0.1, uncoded=True),
    )),
    # Five to fifteen visitors a day, five to eight of them in work activity.
    "kostiakeskus": Plan(
        (
            Run("Kevät 2018", date(2018, 2, 5), 9, 9, 7, weekly(12), (5, 8)),
            Run("Syksy 2018", date(2018, 9, 3), 9, 9, 8, weekly(12), (5, 8)),
        ),
        (
            OpenDoor("Kevät 2018", date(2018, 2, 5), 60, WEEKDAYS, (5, 15), answers=0.2),
            OpenDoor("Syksy 2018", date(2018, 9, 3), 55, WEEKDAYS, (5, 15), answers=0.2),
        ),
    ),
    # Once a week, three to five clients a day.
    "neuvonta": Plan(
        (),
        (
            OpenDoor("Kevät 2018", date(2018, 1, 10), 20, (2,), (3, 5), answers=0.9),
            OpenDoor("Syksy 2018", date(2018, 8, 15), 18, (2,), (3, 5), answers=0.9),
        ),
    ),
    # Meidän ryhmä: weekly four hours, ten participants; the other groups beside it.
    "riihimaki_groups": Plan((
        Run("Meidän ryhmä 2018", date(2018, 1, 16), 10, 10, 8, weekly(12), (6, 9)),
        Run("Elämäni 2018", date(2018, 3, 1), 9, 8, 7, weekly(8), (5, 8)),
        Run("Työriihi 2018", date(2018, 9, 6), 11, 10, 8, weekly(10), (6, 9)),
    ), workers=7),
    # Four times a year, about ten clients.
    "asiakasraati": Plan((
        Run("2017", date(2017, 2, 14), 11, 11, 9, (0, 91, 203, 287), (9, 10), uncoded=True),
        Run("2018", date(2018, 2, 13), 10, 10, 9, (0, 91, 203, 287), (9, 10), uncoded=True),
    )),
    # Five days running, seven to twelve people, four times a year.
    "fyrkkaa": Plan((
        Run("Talvi 2018", date(2018, 1, 22), 8, 8, 7, (0, 1, 2, 3, 4), (7, 8)),
        Run("Kevät 2018", date(2018, 4, 16), 12, 12, 10, (0, 1, 2, 3, 4), (9, 12)),
        Run("Syksy 2018", date(2018, 9, 17), 9, 9, 8, (0, 1, 2, 3, 4), (7, 9)),
        Run("Loppusyksy 2018", date(2018, 11, 12), 10, 10, 9, (0, 1, 2, 3, 4), (8, 10)),
    )),
    # Twice a month for three months: ten registered, four to seven present at a time.
    "ylojarvi_group": Plan((Run("Kevät 2018", date(2018, 2, 13), 10, 10, 8, fortnightly(6), (4, 7)),)),
}  # fmt: skip
