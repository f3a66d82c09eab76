"""Open answers question by question, as the gate let them through, in quotation marks."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from evaluation.findings.words import Words
from evaluation.measures import OpenAnswers

FUTURE = "future"


@dataclass(frozen=True)
class Quotes:
    """Open answers to one question."""

    question: str
    texts: tuple[str, ...]


def quotes(answers: Iterable[OpenAnswers], words: Words, future: bool) -> Iterator[Quotes]:
    """Yield the open answers question by question; ``future``: those about what should be otherwise, or the rest.

    An answer that several gave stands once, with how many times.
    """
    order = words.library.questionnaire_ids
    chosen = [unit for unit in answers if _looks_ahead(unit, words) == future]
    chosen.sort(key=lambda unit: (order.index(unit.questionnaire), unit.item))
    for (form, item), units in groupby(chosen, key=lambda unit: (unit.questionnaire, unit.item)):
        times = Counter(" ".join(text.split()) for unit in units for text in unit.texts)
        texts = [_quote(text, times[text], words) for text in sorted(times, key=lambda text: (-times[text], text))]
        yield Quotes(question_title(form, item, words), tuple(texts))


def question_title(questionnaire: str, item: str, words: Words) -> str:
    """Return the form and the words of a question."""
    return f"{words.form(questionnaire)}: {words.t.label(words.library.items[item].text.root)}"


def _looks_ahead(answers: OpenAnswers, words: Words) -> bool:
    """Whether the question is what should be otherwise; one put time after time takes greetings instead."""
    form = words.library.questionnaire(answers.questionnaire)
    return words.library.items[answers.item].theme == FUTURE and form.timing in ("end", "once")


def _quote(text: str, times: int, words: Words) -> str:
    quote = words.t("reports.quoted", text=text)
    return quote if times == 1 else words.t("reports.quoted_times", text=quote, n=words.t.number(times))
