"""Labels in order though Finnish inflects them, and though a small group uses one side of a scale only."""

import pytest

from evaluation.proposals.families import asks_for_wishes
from evaluation.proposals.grades import graded, tell_of_change


@pytest.mark.parametrize(
    ("labels", "high_is_good"),
    [
        (("siltä väliltä", "hyvältä", "oikein hyvältä"), True),
        (("todella huonolta", "huonolta", "siltä väliltä", "hyvältä", "oikein hyvältä"), True),
        (("ei muutosta", "vähän parempaan suuntaan", "paljon parempaan suuntaan"), True),
        (("paljon huonommaksi", "vähän huonommaksi", "ennallaan", "vähän paremmaksi"), True),
        (("ei muutosta", "hieman paremmalta", "paljon paremmalta"), True),
        (("dålig", "bra", "mycket bra"), True),
        (("no change", "a little better", "much better"), True),
    ],
)  # fmt: skip
def test_labels_are_in_order_with_their_good_end(labels: tuple[str, ...], high_is_good: bool) -> None:
    for shuffled in (labels, labels[::-1], sorted(labels)):
        grading = graded(shuffled)
        assert grading is not None
        assert (grading.labels, grading.high_is_good) == (labels, high_is_good)


@pytest.mark.parametrize("labels", [("kahvi", "tee"), ("hyvä", "huono"), ("kiva", "tylsä"), ("good", "very red")])
def test_labels_without_a_common_measure_have_no_order(labels: tuple[str, ...]) -> None:
    assert graded(labels) is None


def test_labels_of_one_side_and_no_change_tell_of_change() -> None:
    assert tell_of_change(("ei muutosta", "vähän parempaan suuntaan"))
    assert not tell_of_change(("hyvältä", "huonolta"))


@pytest.mark.parametrize(
    ("heading", "wishes"),
    [
        ("Mitä toivoisit lisää?", True), ("Mitä muuta haluat sanoa?", True), ("Terveisiä työntekijöille", True),
        ("Vad önskar du mer av?", True), ("What would you improve?", True), ("Mikä on elämäntilanteesi?", False),
        ("Mikä sinut tuo tänne?", False),
    ],
)  # fmt: skip
def test_a_question_for_wishes_is_answered_in_own_words(heading: str, wishes: bool) -> None:
    assert asks_for_wishes(heading) is wishes


@pytest.mark.parametrize(
    "labels",
    [
        ("huonosti", "välttävästi", "ihan ok", "hyvin", "tosi hyvin"),
        ("huono", "tyydyttävä", "hyvä", "kiitettävä"),
        ("surkeasti", "menettelee", "mainiosti"),
        ("kurjaa", "siedettävää", "mukavaa", "loistavaa"),
        ("dåligt", "okej", "bra", "utmärkt"),
        ("poor", "fair", "good", "very good", "excellent"),
    ],
)
def test_words_that_say_how_good_something_is_have_an_order(labels: tuple[str, ...]) -> None:
    grading = graded(sorted(labels))
    assert grading is not None
    assert (grading.labels, grading.high_is_good) == (labels, True)
