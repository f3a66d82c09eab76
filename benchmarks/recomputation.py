"""Computes the published figures of the sample anew, from the rows of its workbooks, and prints which differ.

    python -m benchmarks.recomputation

Nothing of the toolkit reads a row here: openpyxl opens the workbooks, the definitions are plain YAML, and figures come
from formulas written out below. The toolkit's own figures are those of ``evaluation measures --json``.
"""

import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from statistics import NormalDist, mean, stdev
from typing import Any

import yaml
from openpyxl import load_workbook

from evaluation.bundled_files import QUESTIONNAIRES, SAMPLE_DATA
from evaluation.definitions import load_library
from evaluation.measures import Policy, publish
from evaluation.store import Selection, open_store, unpack

Z = NormalDist().inv_cdf(0.975)
JOINT = " + "
TOLERANCE = 1e-8
STARTS = {
    "client_end": "client_start",
    "client_follow_up": "client_start",
    "functioning_end": "functioning_start",
}
YES, PRESENT, CANCELLED = ("kyllä", "1"), ("paikalla", "1"), ("perui", "2")
Row = dict[str, Any]


@dataclass(frozen=True)
class Form:
    """One row of a workbook: whose, when, and the code of every answer by item."""

    practice: str
    municipality: str
    cohort: str
    questionnaire: str
    code: str | None
    day: datetime | None
    answers: dict[str, int] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    completed: str = ""


class Definitions:
    """The definitions as YAML: items by the text of their heading, scales with their labels."""

    def __init__(self) -> None:
        """Read every file."""
        data = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(QUESTIONNAIRES.glob("*.yaml"))]
        self.scales = {key: scale for part in data for key, scale in part.get("scales", {}).items()}
        modules = {part["module"]["id"]: part["module"]["items"] for part in data if "module" in part}
        self.forms = {part["questionnaire"]["id"]: part["questionnaire"] for part in data if "questionnaire" in part}
        self.items: dict[str, dict[str, Row]] = {}
        for name, form in self.forms.items():
            every = [item for entry in form["items"] for item in modules.get(entry.get("module"), [entry])]
            self.items[name] = {item["id"]: item for item in every}

    def code(self, item: Row, content: object) -> int | None:
        """Return the code of what stands in a cell; None for nothing that counts."""
        if content is None:
            return None
        if isinstance(content, int | float):
            return int(content)
        scale = self.scales.get(item.get("scale", ""), {})
        every = [*scale.get("values", []), *scale.get("outside", [])]
        labels = {plain(value["label"]["fi"]): int(value["code"]) for value in every}
        return labels.get(plain(content))

    def classes(self, item: str, form: str) -> dict[int, str]:
        """Return the class of every code on the scale of an item."""
        scale = self.scales[self.items[form][item]["scale"]]
        return {value["code"]: value["class"] for value in scale["values"]}

    def direction(self, item: str, form: str) -> int:
        """Return 1 where a greater code is better, −1 where it is worse."""
        return -1 if self.scales[self.items[form][item]["scale"]]["better"] == "low" else 1


def plain(content: object) -> str:
    """Return what stands in a cell without blanks around it and in small letters: the workbooks are a worker's."""
    return "" if content is None else str(content).strip().casefold()


def read_forms(definitions: Definitions) -> Iterator[Form]:
    """Yield every row of every workbook of the sample."""
    for path in sorted(SAMPLE_DATA.glob("*.xlsx")):
        book = load_workbook(path)
        about = dict(book["_evaluation"].iter_rows(values_only=True, max_col=2))
        heading, *rows = book.worksheets[0].iter_rows(values_only=True)
        form = str(about["questionnaire"])
        by_text = {item["text"]["fi"]: item for item in definitions.items[form].values()}
        columns = {place: by_text[name] for place, name in enumerate(heading) if name in by_text}
        places = {str(name).removesuffix(" *"): place for place, name in enumerate(heading)}
        for row in rows:
            if not any(content is not None for content in row):
                continue

            def named(name: str, row: tuple[Any, ...] = row, places: dict[str, int] = places) -> Any:
                return row[places[name]] if name in places else None

            answers = {item["id"]: definitions.code(item, row[place]) for place, item in columns.items()}
            register = "Kävi loppuun" in places
            yield Form(
                str(about["practice"]),
                str(named("Kunta") or about["municipality"]),
                str(named("Toteutuskerta") or about["cohort"] or "").strip(),
                form,
                named("Tunniste"),
                named("Päivä"),
                {item: code for item, code in answers.items() if code is not None},
                tuple(map(plain, row[places["Kävi loppuun"] + 1 :])) if register else (),
                plain(named("Kävi loppuun")),
            )


def wilson(count: float, n: float) -> tuple[float, float]:
    """Return the interval of a share (Wilson 1927)."""
    p, z2 = count / n, Z * Z
    centre, spread = p + z2 / (2 * n), Z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return (centre - spread) / (1 + z2 / n), (centre + spread) / (1 + z2 / n)


class Recomputation:
    """The figures of published rows, computed from the forms."""

    def __init__(self, definitions: Definitions, forms: list[Form], published: list[Row]) -> None:
        """Index the forms, and the cohorts of which each table has figures: totals are of these."""
        self.definitions = definitions
        self.by_questionnaire: dict[tuple[str, str], list[Form]] = defaultdict(list)
        for form in forms:
            self.by_questionnaire[form.practice, form.questionnaire].append(form)
        self.published: dict[tuple[str, ...], set[tuple[str, str]]] = defaultdict(set)
        for row in published:
            if not row["suppressed"] and row["level"] == "cohort":
                units = {(row["municipality"], cohort) for cohort in row["cohort"].split(JOINT)}
                self.published[self._table(row)] |= units

    @staticmethod
    def _table(row: Row) -> tuple[str, ...]:
        kind = row["measure"] if row["family"] == "participation" else ""
        kind = "answers" if kind in ("", "favourable", "distribution", "mean") else kind
        if row["family"] == "change":
            kind = row["measure"]
        return row["family"], kind, row["practice"], row["questionnaire"], str(row["item"])

    def forms_of(self, row: Row, questionnaire: str | None = None) -> list[Form]:
        """Return the forms of the cohorts that a row is of; totals leave suppressed units out."""
        every = self.by_questionnaire[row["practice"], questionnaire or row["questionnaire"]]
        if row["municipality"]:
            every = [form for form in every if form.municipality == row["municipality"]]
        if row["level"] == "cohort":
            return [form for form in every if form.cohort in row["cohort"].split(JOINT)]
        units = self.published[self._table(row)]
        return [form for form in every if (form.municipality, form.cohort) in units]

    def answers(self, row: Row) -> tuple[list[int], int]:
        """Return the answers on the scale of a row's item, and how many could not say."""
        codes = [form.answers[row["item"]] for form in self.forms_of(row) if row["item"] in form.answers]
        return [code for code in codes if code < 98], codes.count(98)

    def figures(self, row: Row) -> Row:
        """Return the figures of a row by their columns; nothing where they are not recomputed here."""
        name = f"_{row['family']}_{row['measure']}"
        how = getattr(self, name, None) or getattr(self, f"_any_{row['measure']}", None)
        return how(row) if how else {}

    def _any_favourable(self, row: Row) -> Row:
        codes, dont_know = self.answers(row)
        classes = self.definitions.classes(row["item"], row["questionnaire"])
        count = sum(classes[code] == "favourable" for code in codes)
        share = {"n": len(codes), "favourable": count, "value": count / len(codes), "dont_know": dont_know}
        return share | _interval(row, count, len(codes))

    def _any_distribution(self, row: Row) -> Row:
        codes, _ = self.answers(row)
        classes = self.definitions.classes(row["item"], row["questionnaire"])
        if row["value"] is None:
            return {}
        if row["value_code"] is None:
            count = sum(classes[code] == row["value_class"] for code in codes)
        else:
            count = codes.count(row["value_code"])
        return {"n": len(codes), "count": count, "value": count / len(codes)}

    def _any_mean(self, row: Row) -> Row:
        codes, _ = self.answers(row)
        return {"n": len(codes), "value": mean(codes), "sd": stdev(codes)}

    def _satisfaction_recommendation(self, row: Row) -> Row:
        codes, dont_know = self.answers(row)
        above, below = sum(code >= 9 for code in codes), sum(code <= 6 for code in codes)
        counts = {"favourable": above, "unfavourable": below, "neutral": len(codes) - above - below}
        average = {} if row["mean_answer"] is None else {"mean_answer": mean(codes)}
        return {"n": len(codes), "value": (above - below) / len(codes), "dont_know": dont_know} | counts | average

    def _change_retrospective(self, row: Row) -> Row:
        codes, dont_know = self.answers(row)
        better, worse = sum(code > 3 for code in codes), sum(code < 3 for code in codes)
        n = len(codes)
        changes = {"improved": better, "worsened": worse, "same": n - better - worse, "dont_know": dont_know}
        return {"n": n, "value": better / n, "net": (better - worse) / n} | changes | _interval(row, better, n)

    def steps(self, row: Row) -> list[int]:
        """Return the steps towards the good end of those who answered at start and later."""
        start = self.by_questionnaire[row["practice"], STARTS[row["questionnaire"]]]
        before = {(form.municipality, form.cohort, form.code): form for form in start if form.code}
        direction = self.definitions.direction(row["item"], row["questionnaire"])
        steps = []
        for form in self.forms_of(row):
            earlier = before.get((form.municipality, form.cohort, form.code)) if form.code else None
            if earlier and row["item"] in earlier.answers and row["item"] in form.answers:
                pair = earlier.answers[row["item"]], form.answers[row["item"]]
                if max(pair) < 98:
                    steps.append((pair[1] - pair[0]) * direction)
        return steps

    def _change_paired(self, row: Row) -> Row:
        if row["questionnaire"] not in STARTS:
            return {}
        steps = self.steps(row)
        better, worse, n = sum(step > 0 for step in steps), sum(step < 0 for step in steps), len(steps)
        changes = {"improved": better, "worsened": worse, "same": n - better - worse}
        return {"n": n, "value": better / n, "net": (better - worse) / n} | changes | _interval(row, better, n)

    _change_follow_up = _change_paired

    def _change_balance(self, row: Row) -> Row:
        """Return the people by their questions that got better less those that got worse, of half of them or more."""
        if row["questionnaire"] not in STARTS:
            return {}
        start = self.by_questionnaire[row["practice"], STARTS[row["questionnaire"]]]
        before = {(form.municipality, form.cohort, form.code): form for form in start if form.code}
        balances = []
        for form in self.forms_of(row):
            earlier = before.get((form.municipality, form.cohort, form.code)) if form.code else None
            pairs = {
                item: (earlier.answers[item], code)
                for item, code in form.answers.items()
                if earlier and item in earlier.answers
            }
            signs = [
                (end > begin) - (end < begin) if self.definitions.direction(item, row["questionnaire"]) > 0 else
                (end < begin) - (end > begin)
                for item, (begin, end) in pairs.items()
                if max(begin, end) < 98
            ]  # fmt: skip
            if 2 * len(signs) >= row["questions"]:
                balances.append(sum(signs))
        better, worse, n = sum(b > 0 for b in balances), sum(b < 0 for b in balances), len(balances)
        changes = {"improved": better, "worsened": worse, "same": n - better - worse}
        return {"n": n, "value": better / n, "net": (better - worse) / n} | changes | _interval(row, better, n)

    def _participation_registered(self, row: Row) -> Row:
        return {"n": len(self.forms_of(row)), "count": len(self.forms_of(row))}

    def _participation_started(self, row: Row) -> Row:
        forms = self.forms_of(row)
        started = sum(bool({*PRESENT} & {*form.marks}) or form.completed in YES for form in forms)
        return {"at_least": started, "at_most": started} if row["count"] is not None else {}

    def _participation_completed(self, row: Row) -> Row:
        completed = sum(form.completed in YES for form in self.forms_of(row))
        exact = {"at_least": completed} if row["at_least"] == row["at_most"] else {}
        return {"in_range": row["at_least"] <= completed <= row["at_most"]} | exact

    def _participation_attendance_rate(self, row: Row) -> Row:
        marks = Counter(mark for form in self.forms_of(row) for mark in form.marks if mark)
        present = sum(marks[name] for name in PRESENT)
        return {"marks": marks.total(), "present": present, "value": present / marks.total()}

    def _participation_cancellation_rate(self, row: Row) -> Row:
        marks = [mark for form in self.forms_of(row) for mark in form.marks if mark]
        return {"marks": len(marks), "value": sum(mark in CANCELLED for mark in marks) / len(marks)}

    def _participation_present_per_session(self, row: Row) -> Row:
        present: Counter[tuple[str, str, int]] = Counter()
        for form in self.forms_of(row):
            for number, mark in enumerate(form.marks):
                if mark:
                    present[form.municipality, form.cohort, number] += mark in PRESENT
        sessions = present.values()
        return {"sessions": len(sessions), "value": mean(sessions), "low": min(sessions), "high": max(sessions)}

    def _participation_visits_per_person(self, row: Row) -> Row:
        forms = self.forms_of(row)
        present = sum(mark in PRESENT for form in forms for mark in form.marks)
        return {"present": present, "n": len(forms), "value": present / len(forms)}

    def _participation_visits(self, row: Row) -> Row:
        visits = sum(form.answers.get("visits", 0) for form in self.forms_of(row))
        return {"value": visits, "visits": visits}

    def _participation_visits_per_opening(self, row: Row) -> Row:
        kind = row["occasion"]
        days = [form.answers["visits"] for form in self.forms_of(row) if kind in (None, form.answers.get("occasion"))]
        return {"n": len(days), "visits": sum(days), "value": mean(days), "low": min(days), "high": max(days)}

    def _participation_newcomers(self, row: Row) -> Row:
        days = [form.answers for form in self.forms_of(row) if "visits_new" in form.answers]
        new, visits = sum(day["visits_new"] for day in days), sum(day["visits"] for day in days)
        return {"count": new, "n": visits, "value": new / visits}

    def _participation_waiting(self, row: Row) -> Row:
        waits = [form.answers["waiting_minutes"] for form in self.forms_of(row) if "waiting_minutes" in form.answers]
        return {"n": len(waits), "value": mean(waits), "low": min(waits), "high": max(waits)}

    def _participation_response_rate(self, row: Row) -> Row:
        answered = {(form.municipality, form.cohort, form.code) for form in self.forms_of(row)}
        cohorts = self.published[self._table(row)]
        registers = self.by_questionnaire[row["practice"], "attendance_register"]
        registered = sum((form.municipality, form.cohort) in cohorts for form in registers)
        return {} if row["level"] == "cohort" else {"n": registered, "count": len(answered)}

    def _change_matched(self, row: Row) -> Row:
        if row["questionnaire"] != "client_end":
            return {}
        start = self.by_questionnaire[row["practice"], "client_start"]
        known = {(form.municipality, form.cohort, form.code) for form in start if form.code}
        forms = self.forms_of(row)
        return {"n": len(forms), "count": sum((form.municipality, form.cohort, form.code) in known for form in forms)}


def _interval(row: Row, count: int, n: int) -> Row:
    """Return the interval of a share where the row is of different people."""
    if row["method"] != "wilson":
        return {}
    low, high = wilson(count, n)
    return {"low": low, "high": high}


def differences(row: Row, figures: Row) -> list[str]:
    """Return the columns whose published figure is not the one computed anew."""
    wrong = []
    for name, value in figures.items():
        published = True if name == "in_range" else row[name]
        if published is None or abs(float(published) - float(value)) > TOLERANCE * max(1.0, abs(float(value))):
            wrong.append(f"{name}: {published} published, {value} computed")
    return wrong


def main() -> int:
    """Print by table how many figures were compared, and every one that differs."""
    store = open_store("duckdb:///:memory:")
    store.fill_with_sample(unpack((SAMPLE_DATA / "sample.zip").read_bytes()), "sample")
    published = publish(store, load_library(), Selection(), Policy()).rows()
    definitions = Definitions()
    recomputed = Recomputation(definitions, list(read_forms(definitions)), published)
    compared, different, rows_left = Counter[str](), 0, Counter[str]()
    for row in published:
        table = f"{row['family']}.{row['measure']}"
        if row["suppressed"]:
            continue
        figures = recomputed.figures(row)
        if not figures:
            rows_left[table] += 1
        compared[table] += len(figures)
        for text in differences(row, figures):
            different += 1
            place = [row[name] for name in ("level", "practice", "municipality", "cohort", "questionnaire", "item")]
            sys.stdout.write(f"{table} {json.dumps(place, ensure_ascii=False)} {text}\n")
    for table, number in sorted(compared.items()):
        sys.stdout.write(f"{table:40} {number:6} figures compared, {rows_left[table]:5} rows not computed here\n")
    sys.stdout.write(f"{compared.total()} figures compared, {different} different\n")
    return int(different > 0)


if __name__ == "__main__":
    sys.exit(main())
