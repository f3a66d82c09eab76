"""A file of definitions that is too large, too deep or entangled is refused in a sentence, before anything is built."""

import tracemalloc
from pathlib import Path

import pytest

from evaluation.definitions import DefinitionsRefused, inspect_library, load_library
from evaluation.definitions.yaml_limits import DEEPEST, MOST_CHARACTERS, MOST_NODES
from evaluation.definitions.yaml_source import read_source, source_of
from evaluation.i18n import Translator, languages

LAUGHS = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)
MAPS = "a0: &a0 {x: 1}\n" + "".join(
    f"a{n}: &a{n} {{{', '.join(f'k{m}: *a{n - 1}' for m in range(10))}}}\n" for n in range(1, 10)
)
CHAIN = "a0: &a0 [1]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 40))
REFUSED = [
    ("yaml_too_large", LAUGHS, 5),
    ("yaml_too_large", MAPS, 5),
    ("yaml_too_large", "x: [" + "1, " * (MOST_NODES + 1) + "1]", 1),
    ("yaml_too_large", "x: '" + "y" * MOST_CHARACTERS + "'", 1),
    ("yaml_too_deep", "[" * 100_000, 1),
    ("yaml_too_deep", "{a: " * 50_000, 1),
    ("yaml_too_deep", "\n".join("  " * n + f"k{n}:" for n in range(200)), DEEPEST + 1),
    ("yaml_too_deep", "- " * 5_000 + "x", 1),
    ("yaml_too_deep", CHAIN, DEEPEST),
    ("yaml_recursive", "scales: &all\n  own: *all\n", 2),
    ("yaml_recursive", "a: &a [1, [2, *a]]", 1),
    ("not_yaml", "scales: *nowhere", 1),
    ("not_yaml", "? [a, b]\n: 1", 1),
    ("not_yaml", "day: 2018-13-45", 1),
    ("not_yaml", "number: " + "9" * 5000, 1),
    ("not_yaml", "code: !!python/name:os.system ls", 1),
    ("not_yaml", "text: a\x01b", 1),
    ("not_yaml", "<<: {a: 1}", 1),
]


@pytest.mark.parametrize(("code", "text", "line"), REFUSED, ids=[f"{n}-{each[0]}" for n, each in enumerate(REFUSED)])
def test_hostile_yaml_is_refused_in_one_sentence(code: str, text: str, line: int, tmp_path: Path) -> None:
    tracemalloc.start()
    with pytest.raises(DefinitionsRefused) as refused:
        source_of(text, "own.yaml")
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()
    (problem,) = refused.value.problems
    assert problem.code == code
    assert code == "not_yaml" or abs(problem.line - line) <= 1
    for language in languages():
        message = problem.message(Translator(language))
        assert message.startswith("own.yaml")
        assert "\n" not in message
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    inspected = inspect_library(tmp_path)
    assert [fault.code for fault in inspected.faults] == [code]
    assert inspected.library.practices == load_library().practices


def test_a_huge_file_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    with path.open("wb") as target:
        target.truncate(4 * MOST_CHARACTERS + 1)
    with pytest.raises(DefinitionsRefused) as refused:
        read_source(path)
    assert [problem.code for problem in refused.value.problems] == ["yaml_too_large"]


def test_a_folder_called_like_a_file_and_a_file_in_another_code_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "latin.yaml").write_bytes("scales: {ä: 1}".encode("latin-1"))
    inspected = inspect_library(tmp_path)
    assert [(fault.file, fault.code) for fault in inspected.faults] == [("latin.yaml", "not_yaml")]


def test_aliases_as_in_the_built_in_files_are_read() -> None:
    assert source_of("a: &x {b: [1]}\nc: [*x, *x]", "own.yaml").data == {"a": {"b": [1]}, "c": [{"b": [1]}] * 2}
