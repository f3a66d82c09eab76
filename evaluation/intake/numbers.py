"""Questions that ask for a number: what the cells say, and what only the worker can decide.

A blank in somebody's form is a missing answer. The first number of a head count is what the row is about, so a row
without it is rejected, and a guess waits for the worker.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluation.definitions import Item
from evaluation.i18n import languages
from evaluation.intake.context import FileSettings
from evaluation.intake.folding import fold
from evaluation.intake.gathering import Gathered
from evaluation.intake.personal_data import as_text, mask, show
from evaluation.intake.values import Read, read_number
from evaluation.intake.values.cell_values import LARGEST_COUNT
from evaluation.records import Choice, OpenQuestion
from evaluation.spreadsheets import EMPTY, CellFault, Content

EMPTY_CHOICE = "empty"
_MOST_CHOICES = 4
# 0.3 is three steps of 0.1, whatever the last digit says.
_ROUNDING = 1e-6
_NO_NUMBER = re.compile(r"[-.]+")
_ABOUT = (
    r"(?:noin|n\.|n(?= )|ca\.?|c\.|circa|suunnilleen|arviolta|arvio|ehkä|ungefär|cirka|kring|about|approx\.?|"
    r"approximately|around|~|≈)"
)
_TIMES = r"(?:kertaa|kerran|krt|kpl|x|gånger|ggr|st|times?)"
_WORDED = re.compile(rf"(?P<about>{_ABOUT})? ?(?P<number>[^a-zåäö]*?)(?: ?{_TIMES}\.?)?")
_NUMBERS = re.compile(r"[0-9]+(?: [0-9]{3})*(?:[.,][0-9]+)?")


@dataclass(frozen=True, eq=False)
class NumberAnswers:
    """The numbers row by row (MISSING where there is none), and the questions about cells without a clear number."""

    values: npt.NDArray[np.int32]
    questions: tuple[OpenQuestion, ...] = ()


def read_numbers(gathered: Gathered, column: int, item: Item, required: bool, settings: FileSettings) -> NumberAnswers:
    """Return the answers to a question that asks for a number; name in their cells those that cannot be understood.

    Args:
        gathered: the rows; an error spoils its row.
        column: the column of the question.
        item: the question.
        required: whether a row without the number is none.
        settings: the worker's word, with the decisions on the questions.
    """
    codes, gaps = gathered.codes(column), {"item": item.short.root}
    reads = gathered.read_contents(column, lambda content: _read(content, required, item.step))
    questions = []
    for code, read in enumerate(reads):
        if read is None or read.fault != "not_a_count":
            continue
        question = _question(gathered, column, code, item, required, settings)
        if question is not None:
            questions.append(question)
            if question.decision is not None:
                reads[code] = Read(_decided(question.decision, item))
                continue
        if not required:
            between = item.step != 1 and isinstance(gathered.sheet.columns[column].values[code], (int, float))
            problem = "number_between_steps" if between else "number_left_empty"
            gathered.say("warning", problem, column, codes == code, {**gaps, "step": item.step})
            reads[code] = Read()
    gathered.name_faults(column, reads, gaps)
    for code in (code for code, read in enumerate(reads) if read is not None and read.values.get("about")):
        gathered.say("warning", "number_about", column, codes == code, {**gaps, **_plain_values(reads[code], item)})
    if required:
        blank = [code for code, read in enumerate(reads) if read is not None and read == Read()]
        gathered.say("error", "count_missing", column, (codes == EMPTY) | np.isin(codes, blank), gaps)
    return NumberAnswers(gathered.numbers(column, reads), tuple(questions))


def _plain_values(read: Read[int] | None, item: Item) -> dict[str, object]:
    return {"number": _written(read.value, item) if read and read.value is not None else None}


def _written(steps: int, item: Item) -> str:
    return f"{steps * item.step:g}"


def _decided(decision: str, item: Item) -> int | None:
    return None if decision == EMPTY_CHOICE else round(float(decision) / item.step)


def _read(content: Content, required: bool, step: float) -> Read[int]:
    """Read a number in whole steps, in a form also one with a word for "about" or "times"; a dash means none."""
    read = read_number(content, step)
    if read.fault != "not_a_count" or not isinstance(content, str):
        return read
    text = fold(content)
    if _NO_NUMBER.fullmatch(text):
        return Read()
    match = None if required else _WORDED.fullmatch(text)
    number = read_number(match["number"].strip(), step) if match else read
    if match is None or number.value is None:
        return read
    return Read(number.value, values={"about": True}) if match["about"] else number


def _question(
    gathered: Gathered, column: int, code: int, item: Item, required: bool, settings: FileSettings
) -> OpenQuestion | None:
    """Ask which number a content means; None where it holds none that it could be."""
    content = gathered.sheet.columns[column].values[code]
    if isinstance(content, (CellFault, bool)):
        return None
    text = as_text(content)
    numbers = tuple(dict.fromkeys(_likely(content, item.step)))[:_MOST_CHOICES]
    if not numbers or mask(text).kinds:
        return None
    key = f"number_value {item.id} {fold(text)}"
    choices = tuple(_choice(number, item) for number in numbers)
    if not required:
        choices = (*choices, Choice(EMPTY_CHOICE))
    rows = gathered.rows[gathered.codes(column) == code]
    return OpenQuestion(
        key=key,
        kind="number_value",
        choices=choices,
        sheet=gathered.sheet.name,
        cell=gathered.sheet.address(int(rows[0]), column),
        rows=len(rows),
        values={"item": item.short.root, "value": show(content)},
        suggested=choices[0].id if len(numbers) == 1 else None,
        blocking=required,
        decision=settings.decisions.get(key),
    )


def _choice(steps: int, item: Item) -> Choice:
    plain = _written(steps, item)
    return Choice(plain, {language: plain if language == "en" else plain.replace(".", ",") for language in languages()})


def _likely(content: Content, step: float) -> Iterator[int]:
    """Yield the whole steps that a content may mean: those of the numbers it holds, and those around a fraction."""
    texts: Iterable[str] = _NUMBERS.findall(fold(as_text(content))) if not isinstance(content, CellFault) else ()
    for text in texts:
        plain = text.replace(" ", "").replace(",", ".")
        number = float(plain)
        whole, _, decimals = plain.partition(".")
        # "1.000" is one in Finland and a thousand in England.
        likely = [number, *([float(whole + decimals)] if len(decimals) == 3 else [])]
        for candidate in likely:
            if candidate <= LARGEST_COUNT:
                yield from (math.floor(candidate / step + _ROUNDING), math.ceil(candidate / step - _ROUNDING))
