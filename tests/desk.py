"""A worker's desk: files are dropped into a database, and the questions about them are answered by their kind."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from openpyxl import Workbook

from evaluation.definitions import Library
from evaluation.importing import understand
from evaluation.intake import FileSettings, open_file
from evaluation.records import Receipt
from evaluation.store import Selection, Store

CASES = Path(__file__).parent / "cases"
ALL = Selection()
SISU = FileSettings(practice="sisu", cohort="Kevät 2024", questionnaire="client_end")
GRUPPIS = replace(SISU, practice="gruppis", questionnaire="session_feedback")
DIARY = replace(SISU, practice="passeli", questionnaire="visit_diary")
REGISTER = replace(SISU, questionnaire="attendance_register")
PASSELI = FileSettings(practice="passeli", municipality="Huittinen")
SOLMUT = FileSettings(practice="solmut_auki", cohort="Kevät 2026", questionnaire="client_end")
ACCESS, ARRANGED, MET = (
    "Mukaan oli helppo päästä.",
    "Paikka ja aika sopivat minulle.",
    "Työntekijät kohtelivat minua arvostavasti.",
)


@dataclass
class Desk:
    """A worker's database: files are dropped in, and questions answered by their kind."""

    store: Store
    library: Library

    def drop(self, file: Path | tuple[str, bytes], given: FileSettings, **decided: str) -> Receipt:
        """Save a file; the choices for its questions are given by kind."""
        name, content = (file.name, file.read_bytes()) if isinstance(file, Path) else file
        opened = open_file(content, name)
        draft, _ = understand(opened, self.store, self.library, given)
        asked = self.store.preview(draft).questions
        if decided:
            decisions = {question.key: decided[question.kind] for question in asked}
            draft, _ = understand(opened, self.store, self.library, replace(given, decisions=decisions))
        receipt = self.store.accept(draft)
        assert receipt.rows == receipt.accepted + receipt.rejected + receipt.duplicates + receipt.set_aside
        return receipt

    def forms(self) -> int:
        return int(self.store.contents()["responses"].sum())

    def said(self, item: str) -> list[int]:
        found = self.store.answer_counts(ALL)
        found = found[found["item"] == item]
        return sorted(found["value"].repeat(found["n"]).tolist())


def case(name: str) -> Path:
    return CASES / "import" / name


def security(name: str) -> Path:
    return CASES / "security" / name


def kinds(receipt: Receipt) -> list[str]:
    return [question.kind for question in receipt.questions]


def codes(receipt: Receipt) -> set[str]:
    return {problem.code for problem in receipt.problems}


def table(*rows: Sequence[object], sheet: str = "Taul1", **more: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook of rows on its first sheet, and of further sheets by name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in {sheet: rows, **more}.items():
        page = book.create_sheet(name)
        for line in lines:
            page.append(list(line))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def text(*rows: Sequence[object]) -> bytes:
    return "\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in rows).encode()
