"""What the library calls its questions and answers: any text → the questions, columns or answers it names."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Literal

from evaluation.definitions import Library
from evaluation.definitions.columns import SESSION_ITEM, SYSTEM_COLUMNS, system_headings
from evaluation.intake.aliases import COLUMN_ALIASES, heads_personal_data
from evaluation.intake.folding import fold, fold_heading

# A shorter beginning may be a word that any heading begins with.
SHORTEST_QUESTION = 12

How = Literal["exact", "normalised", "id"]

# What the option for own words is called, by people and by survey tools.
OTHER = re.compile(r"^(?:other|muu|annat|jokin muu|något annat)\b|_other$")

_SENTENCE_END = re.compile(r"[.?!:](?= )| \(")


class Known:
    """Every way the library's questions, columns and answers may be written, in all languages.

    ``texts`` are the folded texts of the questions, with the ids of the questions each may mean.
    """

    def __init__(self, library: Library) -> None:
        """Learn ids, texts and short texts of all questions, the columns every form has, and all labels of scales."""
        self._exact: dict[str, set[str]] = {}
        self._folded: dict[str, set[str]] = {}
        self._system: dict[str, str] = dict(COLUMN_ALIASES)
        for column in SYSTEM_COLUMNS:
            for text in (column, *system_headings(column).values()):
                self._system[fold_heading(text)] = column
        self._ids = frozenset(library.items)
        self._counts = frozenset(item.id for item in library.items.values() if item.kind == "number")
        self._times: dict[str, set[str]] = {}
        for form in map(library.questionnaire, library.questionnaire_ids):
            for item in form.items:
                self._times.setdefault(item.id, set()).add(form.timing)
        # A form may come back when its next version is there already: a question is known by its words of any time.
        for item in (item for form in library.questionnaires for item in form.items):
            if item.id == SESSION_ITEM:
                continue
            for text in (*item.text.values(), *item.short.values()):
                self._exact.setdefault(text.strip(), set()).add(item.id)
                self._folded.setdefault(fold_heading(text), set()).add(item.id)
        self._other_labels = {
            item.id: frozenset(fold(text) for text in (*option.label.values(), *option.aliases, name))
            for item in library.items.values()
            for name, option in item.options.items()
            if option.other
        }
        self.texts: Mapping[str, frozenset[str]] = {text: frozenset(ids) for text, ids in self._folded.items()}
        # Digits alone are answers of any scale, so they tell nothing.
        self._answers = frozenset(
            folded
            for scale in library.answer_scales.values()
            for answer in scale.answers
            for text in (*answer.label.values(), *answer.aliases)
            if not (folded := fold(text)).isdigit()
        )

    def find(self, text: str) -> Mapping[str, How]:
        """Return the ids of the questions that ``text`` names, and how; several where a text is shared."""
        exact = self._exact.get(text.strip())
        if exact:
            return dict.fromkeys(sorted(exact), "exact")
        folded = fold_heading(text)
        # A question may be followed by its instruction: the sentence that it is decides.
        for part in (folded, *_beginnings(folded)):
            same = self._folded.get(part)
            if same:
                return dict.fromkeys(sorted(same), "normalised")
        return {folded: "id"} if folded in self._ids else {}

    def system(self, text: str) -> str | None:
        """Return the column every form has that ``text`` names (participant, answered_on, timing, …), or None."""
        return self._system.get(fold_heading(text))

    def is_heading(self, text: str) -> bool:
        """Tell whether ``text`` names a question or a column that every form has."""
        return bool(self.find(text)) or self.system(text) is not None

    def is_whole_heading(self, text: str) -> bool:
        """Tell whether all of ``text`` names a question or a column, not only the sentence that it begins with."""
        folded = fold_heading(text)
        return text.strip() in self._exact or folded in self._folded or folded in self._ids or folded in self._system

    @property
    def items(self) -> frozenset[str]:
        """The ids of all questions."""
        return self._ids

    def is_count(self, item: str) -> bool:
        """Tell whether the question with this id asks how many."""
        return item in self._counts

    def is_asked_at(self, item: str, times: Collection[str]) -> bool:
        """Tell whether the question with this id belongs to all ``times`` (start, end, …)."""
        return self._times.get(item, set()).issuperset(times)

    def is_personal(self, text: str) -> bool:
        """Tell whether ``text`` heads a column of names, addresses or other personal data."""
        return heads_personal_data(text)

    def is_answer(self, text: str) -> bool:
        """Tell whether ``text`` is an answer of some scale, written as a label."""
        return fold(text) in self._answers

    def is_own_words(self, question: str, option: str) -> bool:
        """Tell whether ``option`` of ``question`` is the one for answers in people's own words."""
        folded, items = fold(option), [item for item in self.find(question) if item in self._other_labels]
        return any(folded in self._other_labels[item] for item in items) or bool(items and OTHER.search(folded))


def _beginnings(folded: str) -> Iterator[str]:
    """Yield the beginnings of a folded heading that end where a sentence does, the longest first."""
    ends = [match.start() for match in _SENTENCE_END.finditer(folded)]
    yield from (folded[:end].strip(" .:?!*") for end in reversed(ends) if end >= SHORTEST_QUESTION)
