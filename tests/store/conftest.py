"""Stores of every kind, and drafts made straight from values, so that these tests need no reading of files."""

import datetime
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from evaluation.records import ANSWER_COLUMNS, ATTENDANCE_COLUMNS, RESPONSE_COLUMNS, TEXT_COLUMNS, Draft
from evaluation.store import Store, open_store
from tests.postgres import DUCKDB, KINDS, MAKER

MakeDraft = Callable[..., Draft]
NewDatabase = Callable[[], str]


@pytest.fixture(params=KINDS)
def kind(request) -> str:
    return request.param


@pytest.fixture
def new_database(kind: str, request) -> NewDatabase:
    """Give a function that makes an empty database and returns its address."""
    if kind == DUCKDB:
        return lambda: "duckdb:///:memory:"
    return request.getfixturevalue("cluster").new_database


@pytest.fixture
def store(new_database: NewDatabase) -> Store:
    return open_store(new_database())


@dataclass(frozen=True)
class Kept:
    """A database that stays when it is left, and the folder of its files."""

    url: str
    folder: Path
    # An address of the same server by which its files may be brought up to date.
    maker: str | None = None

    def traces(self, text: str) -> int:
        """Count the places of the files in which ``text`` stands."""
        if self.maker is not None:
            with create_engine(self.maker, poolclass=NullPool).connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("CHECKPOINT")
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return sum(path.read_bytes().count(text.encode()) for path in files)


@pytest.fixture
def kept(kind: str, tmp_path: Path, request) -> Kept:
    return _kept(kind, tmp_path / "kept", request)


@pytest.fixture
def kept_too(kind: str, tmp_path: Path, request) -> Kept:
    return _kept(kind, tmp_path / "too", request)


def _kept(kind: str, folder: Path, request) -> Kept:
    if kind == DUCKDB:
        folder.mkdir()
        return Kept(f"duckdb:///{(folder / 'own.duckdb').as_posix()}", folder)
    cluster = request.getfixturevalue("cluster")
    url = cluster.new_database()
    with create_engine(url, poolclass=NullPool).connect() as connection:
        number = connection.exec_driver_sql("SELECT oid FROM pg_database WHERE datname = current_database()").scalar()
    folder = cluster.folder / "data" / "base" / str(number)
    return Kept(url, folder, cluster.address("postgres", MAKER))


@dataclass(frozen=True)
class Form:
    """One filled form of a draft, at its place on the sheet."""

    participant: str | None = None
    answers: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[int, int] = field(default_factory=dict)
    timing: str = "start"
    questionnaire: str | None = None
    cohort: str = "Kevät 2018"
    municipality: str = "Lempäälä"
    answered_on: datetime.date | None = None
    counted: bool = False
    # The number that a survey tool gave it.
    tool: str | None = None

    @property
    def person(self) -> tuple[object, ...] | None:
        """What a person gives once."""
        if self.participant is None:
            return None
        day = self.answered_on if self.timing in ("session", "visit") else None
        return self.municipality, self.cohort, self.form, self.timing, self.participant, day

    @property
    def form(self) -> str:
        return self.questionnaire or f"client_{self.timing}"


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()


@pytest.fixture(scope="session")
def draft() -> MakeDraft:
    """Give a function that makes a draft of forms (the fields of Form), on rows 2, 3, … of the sheet Taul1."""

    def made(*filled: Mapping[str, Any], file: str = "alku.xlsx", **more: Any) -> Draft:
        forms = [Form(**each) for each in filled]
        responses: list[tuple[object, ...]] = []
        for number, form in enumerate(forms):
            row = 0 if form.counted else number + 2
            responses.append((
                number, "sisu", form.municipality, form.cohort, "client", form.form, 1, form.timing, form.participant,
                form.answered_on, "Taul1", row, form.tool, form.person and _digest(form.person),
            ))  # fmt: skip
        answers = [(number, *each) for number, form in enumerate(forms) for each in form.answers.items()]
        texts = [(number, *each) for number, form in enumerate(forms) for each in form.texts.items()]
        marks = [
            (number, session, None, mark) for number, form in enumerate(forms) for session, mark in form.marks.items()
        ]
        values: dict[str, Any] = {
            "file": file,
            "sha256": _digest((file, forms)),
            "layout": "plain_table",
            "questionnaires": tuple(sorted({form.form for form in forms})),
            "responses": pd.DataFrame(responses, columns=list(RESPONSE_COLUMNS)),
            "answers": pd.DataFrame(answers, columns=list(ANSWER_COLUMNS)),
            "texts": pd.DataFrame(texts, columns=list(TEXT_COLUMNS)),
            "attendance": pd.DataFrame(marks, columns=list(ATTENDANCE_COLUMNS)),
            "rows": len(forms),
            "rejected": 0,
        }
        return Draft(**{**values, **more})

    return made
