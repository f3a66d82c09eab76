"""A county beside its municipalities and the whole tells no more than each unit by itself."""

import random

import pytest

from evaluation.definitions import Library
from evaluation.definitions.municipalities import county_of, municipalities_of
from evaluation.measures import Evidence, Policy, plain_rows, publish, take_counts
from evaluation.store import Selection
from tests.privacy.attack.attack import Attack
from tests.privacy.attack.colleague import Rows
from tests.privacy.attack.test_attack import _leaky
from tests.privacy.attack.worlds import World, in_places, stored

pytestmark = pytest.mark.thorough

# Two municipalities of one county, one of another, and one of none.
PLACES = ("Lempäälä", "Nokia", "Huittinen", "Helsinki")
# The tables of answers, by practice and by county.
TABLES = ("satisfaction.distribution", "satisfaction.favourable", "satisfaction.counties", "change.retrospective",
          "change.counties", "conditions.favourable", "conditions.counties")  # fmt: skip


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return in_places(random.Random(5), library, "sisu", PLACES)


def looks() -> list[Selection]:
    """Return the whole, every county and every municipality."""
    counties = {county.id for place in PLACES if (county := county_of(place)) is not None}
    of_counties = [municipalities_of(county) for county in sorted(counties)]
    return [
        Selection(),
        *(Selection(municipalities=places) for places in of_counties),
        *(Selection(municipalities=(place,)) for place in PLACES),
    ]


def told(evidence: Evidence) -> Rows:
    """Return the rows of answers: of units, practices and counties."""
    return [row for name in TABLES for row in plain_rows(evidence.table(name))]


def test_counties_beside_municipalities_tell_no_more(world: World, library: Library) -> None:
    counts, policy = take_counts(stored(world, library), library), Policy(5)
    tables = [told(publish(counts, library, chosen, policy)) for chosen in looks()]
    of_counties = [row for row in tables[0] if row["level"] == "county_type"]
    assert {row["county"] for row in of_counties} == {"PI", "SA"}
    attack = Attack(world, library, policy, tables)
    assert attack.findings() == []
    assert attack.tried > 100


def test_the_counties_compared_that_count_what_is_suppressed_are_caught(world: World, library: Library) -> None:
    store = stored(world, library)
    careful, raw = (told(publish(store, library, Selection(), policy)) for policy in (Policy(), _leaky(threshold=1)))
    rows = [row for row in careful if row["level"] != "county_type"]
    rows += [row for row in raw if row["level"] == "county_type"]
    plain = [row for row in rows if str(row["item"]).startswith(("sat_", "worker_", "session_"))]
    assert "narrowed" in {finding.kind for finding in Attack(world, library, Policy(), [plain]).findings()}


def test_a_county_that_counts_what_is_suppressed_in_its_municipalities_is_caught(
    world: World, library: Library
) -> None:
    store = stored(world, library)
    county = Selection(municipalities=municipalities_of("PI"))
    careful = told(publish(store, library, county, Policy()))
    raw = told(publish(store, library, county, _leaky(threshold=1)))
    rows = [row for row in careful if row["level"] != "practice_all"]
    rows += [row for row in raw if row["level"] == "practice_all"]
    plain = [row for row in rows if str(row["item"]).startswith(("sat_", "worker_", "session_"))]
    assert "narrowed" in {finding.kind for finding in Attack(world, library, Policy(), [plain]).findings()}
