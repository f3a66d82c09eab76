"""A county beside its municipalities and the whole tells no more than each unit by itself."""

import random

import pytest

from evaluation.definitions import Library
from evaluation.definitions.municipalities import county_of, municipalities_of
from evaluation.measures import Policy, publish
from evaluation.store import Selection
from tests.privacy.attack.attack import Attack
from tests.privacy.attack.test_attack import _leaky
from tests.privacy.attack.worlds import World, in_places, stored

pytestmark = pytest.mark.thorough

# Three municipalities of one county, one of another, and one of none.
PLACES = ("Lempäälä", "Nokia", "Ylöjärvi", "Huittinen", "Helsinki")


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return in_places(random.Random(5), library, "sisu", PLACES)


def looks() -> list[Selection]:
    """Return the whole, every county, every municipality, and the counties together."""
    counties = {county.id for place in PLACES if (county := county_of(place)) is not None}
    of_counties = [municipalities_of(county) for county in sorted(counties)]
    together = tuple(place for places in of_counties for place in places)
    return [
        Selection(),
        *(Selection(municipalities=places) for places in (*of_counties, together)),
        *(Selection(municipalities=(place,)) for place in PLACES),
    ]


def test_counties_beside_municipalities_tell_no_more(world: World, library: Library) -> None:
    store, policy = stored(world, library), Policy(3)
    attack = Attack(world, library, policy, [publish(store, library, chosen, policy).rows() for chosen in looks()])
    assert attack.findings() == []
    assert attack.tried > 100


def test_a_county_that_counts_what_is_suppressed_in_its_municipalities_is_caught(
    world: World, library: Library
) -> None:
    store = stored(world, library)
    county = Selection(municipalities=municipalities_of("PI"))
    careful = publish(store, library, county, Policy()).rows()
    raw = publish(store, library, county, _leaky(threshold=1)).rows()
    rows = [row for row in careful if row["level"] != "practice_all"]
    rows += [row for row in raw if row["level"] == "practice_all"]
    plain = [row for row in rows if str(row["item"]).startswith(("sat_", "worker_", "session_"))]
    assert "narrowed" in {finding.kind for finding in Attack(world, library, Policy(), [plain]).findings()}
