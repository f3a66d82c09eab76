"""The answer card: three answers in a screen, said no surer than they are, and nothing of what is withheld."""

from collections.abc import Mapping
from datetime import date

import pytest

from evaluation.definitions import Library
from evaluation.findings import Words
from evaluation.findings.answer_card import AnswerLine, Parts, answer_card, how_many
from evaluation.i18n import Translator
from evaluation.measures import Evidence, Policy, publish
from evaluation.store import Selection
from tests.conftest import EVERY_LANGUAGE
from tests.privacy.attack.worlds import Form, stored

T = Translator("fi")


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_every_practice_of_the_sample_has_three_lines_in_words(
    sample_evidence: Evidence, library: Library, language: str
) -> None:
    words = Words(library, Translator(language))
    for practice in sample_evidence.table("satisfaction.favourable").frame["practice"].unique():
        lines = answer_card(sample_evidence, practice, words, sample_evidence)
        assert [line.family for line in lines] == ["participation", "satisfaction", "change"]
        for line in lines:
            assert line.figure
            assert line.finding.endswith(".")
            assert "card." not in repr(line)
            assert "nan" not in repr(line)


def test_marks_are_the_people_of_the_figure(sample_evidence: Evidence, library: Library) -> None:
    reached, satisfied, changed = answer_card(sample_evidence, "sisu", Words(library, T))
    # Counted by hand in the sample's workbooks: 12 on the register, 8 to the end; 7 answered, 7 matched.
    assert (reached.figure, reached.of, reached.parts) == ("8", "/ 12", Parts(8, 0, 4))
    assert (satisfied.figure, satisfied.of, satisfied.parts) == ("6", "/ 7", Parts(6, 1, 0))
    assert (changed.figure, changed.of, changed.parts) == ("6", "/ 7", Parts(6, 1, 0))
    assert reached.likely == T("card.likely", low=4, high=9)


@pytest.mark.parametrize(
    ("value", "interval", "said"),
    [
        (1.0, (0.57, 1.0), "all"),
        (0.9, (0.6, 0.98), "most"),
        (0.7, (0.4, 0.9), "most_here"),
        (0.5, (0.2, 0.8), "half_here"),
        (0.3, (0.1, 0.6), "few_here"),
        (0.1, (0.02, 0.3), "few"),
        (0.8, None, "most_here"),
    ],
)
def test_most_is_said_only_where_the_interval_says_so(
    value: float, interval: tuple[float, float] | None, said: str
) -> None:
    assert how_many(value, interval) == said


def test_where_people_may_repeat_nothing_is_said_of_people(sample_evidence: Evidence, library: Library) -> None:
    _, satisfied, _ = answer_card(sample_evidence, "asumisneuvonta", Words(library, T))
    assert satisfied.finding == T("card.forms_most")
    assert T("card.repeated") in satisfied.notes
    assert satisfied.parts is None
    assert not satisfied.likely


def _lines(answers: Mapping[str, int], people: int, library: Library) -> tuple[AnswerLine, ...]:
    forms = [
        Form("lape", "Parkano", "2018", "family_feedback", f"P{n}", f"P{n}", date(2018, 3, 1), dict(answers))
        for n in range(people)
    ]
    return answer_card(publish(stored(forms, library), library, Selection(), Policy()), "lape", Words(library, T))


def test_of_few_people_the_card_says_that_they_are_few_and_not_what_they_answered(library: Library) -> None:
    favourable, unfavourable = (
        _lines({"family_useful": value, "change_taking_part": value}, people=3, library=library) for value in (5, 1)
    )
    assert favourable == unfavourable
    assert {line.figure for line in favourable[1:]} == {T("common.not_available")}
    assert {line.parts for line in favourable} == {None}


@pytest.mark.parametrize("practice", ["fyrkkaa", "sisu", "gruppis"])
def test_a_figure_stands_beside_other_practices_of_its_type(
    sample_evidence: Evidence, library: Library, practice: str
) -> None:
    of_type = [one.id for one in library.practices.values() if one.type == library.practices[practice].type]
    rows = sample_evidence.table("satisfaction.favourable").where(
        practice=tuple(one for one in of_type if one != practice),
        level="practice",
        item="sat_usefulness",
        method="wilson",
    )
    n, favourable = int(rows.with_figures["n"].sum()), int(rows.with_figures["favourable"].sum())
    (beside,) = [
        one
        for one in answer_card(sample_evidence, practice, Words(library, T), sample_evidence)[1].beside
        if one.name.startswith(str(rows.with_figures["practice"].nunique()))
    ]
    assert Words(library, T).share((favourable, favourable), n) == beside.figure
