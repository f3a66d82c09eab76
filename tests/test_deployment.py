"""What is told to those who run a server is in step with the code."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from evaluation.settings import Settings
from evaluation.store import DEEDS
from evaluation.store.schema import audit

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
OWN = "EVALUATION_"


class Recorded(Mapping[str, str]):
    """An environment that knows what it was asked for."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return False

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def test_every_variable_that_is_read_stands_in_the_table_and_no_other(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    read = Recorded()
    Settings.from_environment(read)
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "evaluation").rglob("*.py"))
    named = set(re.findall(rf"\b{OWN}[A-Z_]*[A-Z]\b", code))
    told = set(re.findall(rf"^\| `({OWN}[A-Z_]+)` \|", PAGE, re.MULTILINE))
    assert told == {name for name in read.asked if name.startswith(OWN)} | named


def test_every_deed_and_every_column_of_the_trail_is_told() -> None:
    assert [name for name in (*DEEDS, *audit.c.keys()) if f"`{name}`" not in PAGE] == []


def test_the_files_that_the_page_names_are_there_and_no_other() -> None:
    named = set(re.findall(r"\(deployment/([\w.-]+)\)", PAGE))
    assert named == {path.name for path in (ROOT / "docs" / "deployment").iterdir()}


def test_the_container_holds_what_the_program_reads_and_runs_as_nobody() -> None:
    told = (ROOT / "docs" / "deployment" / "Containerfile").read_text(encoding="utf-8")
    copied = set(re.findall(r"^COPY (\S+) ", told, re.MULTILINE))
    assert all((ROOT / name).exists() for name in copied)
    assert {"app.py", "evaluation", "questionnaires", ".streamlit", "requirements/server.txt"} <= copied
    assert "USER 65534:65534" in told
    assert "--require-hashes" in told
