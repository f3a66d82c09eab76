"""The published tables as a data package for analysts: CSV files and their description (https://datapackage.org)."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from evaluation import __version__
from evaluation.definitions.questionnaire_lock import library_fingerprint
from evaluation.findings import Words
from evaluation.measures import REGISTRY, Evidence, Published, plain_rows
from evaluation.render.csv_fields import columns_of, field

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DESCRIPTION, FOLDER = "datapackage.json", "data"
# A text that begins so would be a formula where the file is opened in a spreadsheet.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
METHODS = ("share", "change", "effect", "comparison", "units")

Row = dict[str, Any]


def data_package(evidence: Evidence, words: Words, day: date, synthetic: bool = False) -> bytes:
    """Return a zip of every published table as CSV, what the codes in them mean, and ``datapackage.json``.

    All tables are there, also those without rows, always with the same columns. Shares are numbers from 0 to 1;
    a withheld row has no figures. ``synthetic`` says that the answers are the sample's, and the package says so too.
    """
    files = [*_tables(evidence, words), *_codebooks(words)]
    threshold = evidence.table("satisfaction.favourable").threshold
    t = words.t
    mark = (f"{t('common.synthetic')}.",) if synthetic else ()
    about = (t("files.package_text"), t("files.package_suppressed", threshold=threshold), t("files.package_shares"))
    described = {
        "$schema": PROFILE,
        "name": "practice-evaluation",
        "title": t("files.package_title"),
        "description": " ".join((*mark, *about)),
        "synthetic": synthetic,
        "created": f"{day.isoformat()}T00:00:00Z",
        "language": t.language,
        "threshold": threshold,
        "version": __version__,
        "definitions": library_fingerprint(words.library),
        "coverage": _coverage(evidence, words),
        "methods": [t(f"reports.method_{name}", threshold=threshold) for name in METHODS],
        "resources": [resource | _checked(content) for resource, content in files],
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            (DESCRIPTION, json.dumps(described, ensure_ascii=False, indent=2).encode()),
            *((resource["path"], content) for resource, content in files),
        ):
            # The time of saving is the day of the package, so that the same content is the same file.
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return target.getvalue()


def _coverage(evidence: Evidence, words: Words) -> Row:
    """Return by practice from when its answers are, and how many cohorts are behind its figures or left out."""
    coverage = {practice: evidence.coverage([practice]) for practice in words.library.practices}
    return {
        practice: {
            "first": covered.first and covered.first.strftime("%Y-%m"),
            "last": covered.last and covered.last.strftime("%Y-%m"),
            "cohorts": covered.cohorts,
            "cohorts_left_out": covered.left_out,
        }
        for practice, covered in coverage.items()
        if covered.cohorts or covered.left_out
    }


def _checked(content: bytes) -> Row:
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _tables(evidence: Evidence, words: Words) -> Iterator[tuple[Row, bytes]]:
    for name, published in evidence.items():
        columns = columns_of(name)
        row = REGISTRY[name]
        title = f"{words.t(f'common.family_{row.family}')}: {words.t(row.title_key)}"
        described = _resource(name.replace(".", "-"), title, [field(column, words) for column in columns])
        yield described, _csv(columns, _rows(published))


def _rows(published: Published) -> list[Row]:
    """Return the rows as plain values, as the command ``measures --json`` prints them."""
    return list(plain_rows(published))


def _codebooks(words: Words) -> Iterator[tuple[Row, bytes]]:
    """Yield what the ids in the tables mean: practices, questions and answers."""
    t, library = words.t, words.library
    practices = [
        {
            "id": practice.id,
            "name": words.practice(practice.id),
            "type": t.label(library.types[practice.type].label.root),
        }
        for practice in library.practices.values()
    ]
    questions = [
        {
            "questionnaire": form.id, "title": words.form(form.id), "id": item.id, "short": t.label(item.short.root),
            "text": t.label(item.text.root), "scale": scale and scale.id, "dimension": item.dimension,
        }
        for form in library.questionnaires
        for question in form.items
        for item in (question, *question.option_items)
        for scale in [library.scale_of(item)]
    ]  # fmt: skip
    answers = [
        {"scale": scale.id, "value_code": value.code, "name": t.label(value.label.root),
         "value_class": value.value_class}
        for scale in (*library.answer_scales.values(), library.chosen)
        for value in scale.values
    ]  # fmt: skip
    for name, rows in (("practices", practices), ("questions", questions), ("answers", answers)):
        fields = [field(column, words) for column in rows[0]]
        yield _resource(name, t(f"files.codebook_{name}"), fields), _csv(list(rows[0]), rows)


def _resource(name: str, title: str, fields: list[Row]) -> Row:
    return {
        "name": name,
        "path": f"{FOLDER}/{name}.csv",
        "type": "table",
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return target.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value
