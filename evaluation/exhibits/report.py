"""What a report holds, whatever file it becomes: sections of sentences, exhibits and open answers."""

from dataclasses import dataclass
from datetime import date

from evaluation.exhibits.exhibit import Exhibit
from evaluation.findings.answer_card import AnswerLine
from evaluation.findings.key_figures import KeyFigure
from evaluation.findings.quotes import Quotes


@dataclass(frozen=True)
class Section:
    """A part of a report.

    The ids are key, reached, satisfaction, change, choices, conditions, voices, comparison, together, develop, method.

    The sentences begin with the most important; ``questions`` names the items and how many answered.
    """

    id: str
    title: str
    sentences: tuple[str, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    quotes: tuple[Quotes, ...] = ()
    questions: tuple[str, ...] = ()

    @property
    def general(self) -> tuple[str, ...]:
        """The sentences that are the finding of no exhibit."""
        findings = {f"{exhibit.title}. {text}" for exhibit in self.exhibits for text in exhibit.sentences}
        findings |= {f"{exhibit.title}. {exhibit.headline}. {exhibit.explanation}." for exhibit in self.exhibits}
        return tuple(text for text in self.sentences if text not in findings)

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.sentences or self.exhibits or self.quotes)


@dataclass(frozen=True)
class Report:
    """One report; ``synthetic`` if any of it is sample data, ``threshold`` the least people behind a figure.

    ``card`` are the three answers of one practice; reports of several have none.
    """

    subject: str
    subtitle: str
    day: date
    language: str
    synthetic: bool
    threshold: int
    key: tuple[KeyFigure, ...]
    sections: tuple[Section, ...]
    card: tuple[AnswerLine, ...] = ()
