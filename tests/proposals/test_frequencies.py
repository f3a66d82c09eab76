"""Labels that say how often are in order, whatever words say it."""

import random

import pytest

from evaluation.proposals.grades import graded


@pytest.mark.parametrize(
    "labels",
    [
        ("en juuri koskaan", "pari kertaa kuussa", "viikoittain", "lähes joka päivä"),
        ("ei koskaan", "harvemmin", "kerran kuussa", "kerran viikossa", "useita kertoja viikossa", "päivittäin"),
        ("muutaman kerran vuodessa", "kerran kuukaudessa", "muutaman kerran kuukaudessa", "muutaman kerran viikossa"),
        ("harvemmin kuin kerran kuussa", "kerran kuussa", "kerran viikossa"),
        ("1–2 kertaa viikossa", "3–4 kertaa viikossa", "5–7 kertaa viikossa"),
        ("harvoin", "viikoittain", "joka toinen päivä", "päivittäin", "koko ajan"),
        ("aldrig", "sällan", "ett par gånger i månaden", "varje vecka", "nästan varje dag", "varje dag"),
        ("never", "less often", "once a month", "2-3 times a month", "weekly", "daily"),
        ("less than once a week", "once a week", "more than once a week"),
        ("ei ole", "vähän", "riittävästi"),
        ("ei lainkaan", "on vähän", "on riittävästi", "on paljon"),
        ("inte alls", "lite", "tillräckligt", "mycket"),
    ],
)
def test_labels_are_in_order_from_the_least_to_the_most(labels: tuple[str, ...]) -> None:
    for seed in range(3):
        shuffled = random.Random(seed).sample(labels, len(labels))
        grading = graded(shuffled)
        assert grading is not None
        assert (grading.labels, grading.high_is_good) == (labels, None)


@pytest.mark.parametrize(
    "labels",
    [("aamulla", "joka päivä"), ("kävellen", "bussilla"), ("usein", "viikoittain"), ("kerran viikossa", "viikoittain")],
)
def test_labels_that_are_not_all_rates_or_say_the_same_have_no_order(labels: tuple[str, ...]) -> None:
    assert graded(labels) is None
