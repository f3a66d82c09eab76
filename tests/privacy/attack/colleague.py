"""What the curious colleague can get hold of: everything that is published of a store, under every filter."""

import io
import itertools
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

from plotly.offline import get_plotlyjs

from evaluation.definitions import Library
from evaluation.definitions.municipalities import county_of, municipalities_of
from evaluation.exhibits import Exhibit, comparison_report, practice_report
from evaluation.exhibits.table_columns import published_table
from evaluation.findings import Words, limits, sentences
from evaluation.i18n import Translator
from evaluation.measures import Evidence, Policy, Published, publish, read_open_answers
from evaluation.render.formats import makers
from evaluation.render.plain_text import plain_text
from evaluation.render.plotly import figure
from evaluation.store import Selection, Store

Rows = list[dict[str, Any]]


def filters(store: Store) -> list[Selection]:
    """Return every single filter, and every pair of filters, of a store."""
    contents = store.contents()
    parts = {
        "practices": sorted(set(contents["practice"])),
        "municipalities": sorted(set(contents["municipality"])),
        "cohorts": sorted(set(contents["cohort"])),
        "roles": sorted(set(contents["role"])),
        "years": sorted({day.year for day in store.cohort_dates(Selection())["first_on"].dropna()}),
    }
    singles = [(name, value) for name, values in parts.items() for value in values]
    found = [Selection(), *(Selection(**{name: (value,)}) for name, value in singles)]
    counties = {county.id for town in parts["municipalities"] if (county := county_of(str(town))) is not None}
    found += [Selection(municipalities=municipalities_of(county)) for county in sorted(counties)]
    for (one, first), (other, second) in itertools.combinations(singles, 2):
        chosen = {one: (first, second)} if one == other else {one: (first,), other: (second,)}
        found.append(Selection(**chosen))
    return list(dict.fromkeys(found))


def every_row(store: Store, library: Library, policy: Policy, most: int | None = None) -> list[Rows]:
    """Return the rows of ``measures --json`` under every filter, at most ``most`` filters."""
    return [publish(store, library, chosen, policy).rows() for chosen in filters(store)[:most]]


def everything_shown(store: Store, library: Library, policy: Policy, chosen: Selection) -> Iterator[tuple[str, str]]:
    """Yield by name all that is shown of a selection: rows, figures, alternative texts, sentences, reports."""
    evidence = publish(store, library, chosen, policy)
    words = Words(library, Translator("fi"))
    yield "rows", json.dumps(evidence.rows(), sort_keys=True)
    voices = read_open_answers(store, library, chosen, policy)
    yield "open answers", repr(voices)
    for name, published in evidence.tables.items():
        if not published.empty:
            yield f"table {name}", published_table(published, words).to_json()
    for practice in sorted({row["practice"] for row in evidence.rows() if row["practice"]}):
        yield f"sentences {practice}", repr((sentences(evidence, practice, words), limits(evidence, practice, words)))
        for name, exhibit in _exhibits(evidence, practice, words):
            yield f"figure {practice} {name}", figure(exhibit).to_json()
            yield f"plot {practice} {name}", repr(exhibit.plot)
            yield f"alternative text {practice} {name}", exhibit.alternative_text
        report = practice_report(evidence, voices, library, practice, words, date(2020, 1, 1), synthetic=False)
        for kind in ("pptx", "xlsx", "html", "docx", "txt"):
            content = makers()[kind](report, words)
            for name, text in _parts(content) if content.startswith(b"PK") else ((kind, content.decode()),):
                # The program of the charts is the same in every page, and large.
                yield f"report {practice} {kind} {name}", text.replace(get_plotlyjs(), "")
    together = comparison_report(evidence, library, words, date(2020, 1, 1), synthetic=False)
    yield "comparison", plain_text(together, words)


def _exhibits(evidence: Evidence, practice: str, words: Words) -> Iterator[tuple[str, Exhibit]]:
    def exhibit(kind: str, published: Published, beside: tuple[Published, ...] = ()) -> Exhibit:
        return Exhibit(kind, kind, words, published, beside)

    for name in ("enrolment", "sessions", "openings"):
        published = evidence.table(f"participation.{name}").where(practice=practice, level="cohort")
        if not published.empty:
            yield name, exhibit(name, published)
    for level in ("cohort", "practice", "practice_all"):
        for family in ("satisfaction", "conditions"):
            for item, spread in _each(evidence, f"{family}.distribution", practice, level):
                kind = "recommendation" if item == "recommend" else "distribution"
                yield f"{family} {level} {item}", exhibit(kind, spread)
            for item, rated in _each(evidence, f"{family}.favourable", practice, level):
                yield f"favourable {level} {item}", exhibit("favourable", rated)
        for item, paired in _each(evidence, "change.paired", practice, level):
            yield f"change {level} {item}", exhibit("change", paired)
        for item, told in _each(evidence, "change.retrospective", practice, level):
            yield f"retrospective {level} {item}", exhibit("change_bars", told)


def _each(evidence: Evidence, name: str, practice: str, level: str) -> Iterator[tuple[str, Published]]:
    """Yield the rows of one question of one unit or total at a time."""
    published = evidence.table(name).where(practice=practice, level=level)
    keys = ("municipality", "cohort", "questionnaire", "item")
    frame = published.frame.astype(object).where(published.frame.notna(), None)
    for key in dict.fromkeys(zip(*(frame[column] for column in keys), strict=True)):
        one = published
        for column, value in zip(keys, key, strict=True):
            one = one.where(**{column: value}) if value is not None else one
        yield str(key[-1]), one


def _parts(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the parts of a zip file as text, those of the workbooks inside it too; times of saving are left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in sorted(package.namelist()):
            inner = package.read(name)
            if name.endswith(".xlsx"):
                yield from ((f"{name}/{part}", text) for part, text in _parts(inner))
            elif not name.startswith("docProps/"):
                yield name, inner.decode("utf-8", errors="replace")
