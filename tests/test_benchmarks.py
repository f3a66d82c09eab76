"""The benchmarks, which nobody runs every day, still find what they measure."""

import importlib
import re
from pathlib import Path

import pytest

import benchmarks
from benchmarks.sentences import sample_reader
from benchmarks.withheld import table
from evaluation.measures import Policy
from evaluation.store import Store

MODULES = sorted(path.stem for path in Path(benchmarks.__path__[0]).glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", MODULES)
def test_a_benchmark_can_be_started(name: str) -> None:
    assert importlib.import_module(f"benchmarks.{name}").__doc__


@pytest.mark.thorough
def test_the_sentences_of_the_samples_reports_say_what_its_workbooks_say() -> None:
    reader = sample_reader()
    texts = {practice: reader.sentences(practice) for practice in reader.library.practices}
    states = [state for practice, text in texts.items() for state, _ in reader.lines(practice, text)]
    assert states.count("equal") > 300
    assert not [state for state in states if state.startswith("DIFFERENT")]
    falsified = re.sub(
        r"(\d) / (\d+) vastasi", lambda found: f"{int(found[1]) + 1} / {found[2]} vastasi", texts["sisu"]
    )
    assert any(state.startswith("DIFFERENT") for state, _ in reader.lines("sisu", falsified))


@pytest.mark.thorough
def test_a_higher_threshold_withholds_more_panels(sample_store: Store) -> None:
    def withheld(threshold: int) -> int:
        *_, total = table(sample_store, Policy(threshold=threshold))
        return int(total.split("|")[3])

    assert 0 < withheld(5) < withheld(12)
