"""Holds the numbers in the sentences of the sample's reports against figures computed anew from its workbooks.

    python -m benchmarks.sentences [--all]

Prints every sentence whose numbers differ, and those with a number that no pattern here reads; with ``--all`` every
sentence that was read. Figures come from ``benchmarks.recomputation``; the reports are the Finnish text ones.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain

from benchmarks.recomputation import Definitions, Recomputation, Row, read_forms
from evaluation.bundled_files import SAMPLE_DATA
from evaluation.definitions import Library, load_library
from evaluation.exhibits import practice_report
from evaluation.findings import Words
from evaluation.i18n import Translator
from evaluation.measures import Evidence, Policy, publish
from evaluation.render.plain_text import plain_text
from evaluation.store import Selection, open_store, unpack

ITEM, QUOTED = r"(?P<item>[^.:”]+?)", r"”(?P<item>[^”]+)”"
FIGURE = r"(?: \((?:(?P<percent>\d+) %)?(?:, )?(?:95 %:n luottamusväli (?P<low>\d+)–(?P<high>\d+) %)?\))?"
CHANGED = r"(?P<same>\d+) (?:pysyneen|pysynyt) ennallaan ja (?P<worsened>\d+) huonontu(?:neen|nut)"
UNSURE = r"(?:\.(?: Sama ihminen on voinut vastata monta kertaa\.)? En osaa sanoa: (?P<dont_know>\d+))?"
# The measure that a sentence is of, and its pattern; a group is named as the column whose figure it is.
PATTERNS: tuple[tuple[str, str], ...] = (
    ("favourable", rf"{QUOTED}: (?P<favourable>\d+) / (?P<n>\d+) [^.(]+{FIGURE}{UNSURE}\."),
    ("retrospective", rf"{ITEM}, koettu muutos: (?P<improved>\d+) / (?P<n>\d+) [^.]*?, {CHANGED}{UNSURE}\."),
    ("paired", rf"{ITEM}, alku ja loppu[^:]*: (?P<improved>\d+) / (?P<n>\d+) [^,]*, "
               r"(?P<same>\d+) samoin ja (?P<worsened>\d+) huonommin kuin alussa\."),
    ("balance", r"muutos kokonaisuutena: (?P<improved>\d+) / (?P<n>\d+) [^,]*, (?P<same>\d+) yhtä moneen[^.]*? ja "
                r"(?P<worsened>\d+) useampaan huonommin\."),
    ("matched", r"oppukyselyyn vastasi (?P<n>\d+) ihmistä\. Heistä (?P<count>\d+) voitiin yhdistää"),
    ("recommendation", r"\(NPS\) on (?P<points>[+−]?\d+) \((?:95 %:n luottamusväli [^,]+, )?n = (?P<n>\d+)\)[^.]*\."
                       r"(?: En osaa sanoa: (?P<dont_know>\d+)\.)?"
                       r"(?: Keskiarvo asteikolla 0–10 on (?P<mean_answer>[\d,]+)\.)?"),
    ("completed", r"Aloittaneista (?P<n>\d+) ihmisestä loppuun asti kävi (?P<at_least>\d+)(?:–(?P<at_most>\d+))?"
                  r"(?: \((?:\d+–)?(?P<percent>\d+) %\))?"),
    ("registered", r"Mukaan ilmoittautui (?P<count>\d+) ihmistä"),
    ("started", r"(?P<at_least>\d+) ihmistä, ja he kaikki aloittivat"),
    ("started", r"heistä aloitti (?P<at_least>\d+)\b"),
    ("present_per_session", r"Ryhmä kokoontui (?P<sessions>\d+) kertaa\. Kerralla oli läsnä keskimäärin "
                            r"(?P<value>[\d,]+) ihmistä \(vähimmillään (?P<low_end>\d+), enimmillään "
                            r"(?P<high_end>\d+)\)"),
    ("visits_per_person", r"osallistui keskimäärin (?P<value>[\d,]+) kertaan \(läsnäoloja yhteensä (?P<present>\d+)\)"),
    ("cancellation_rate", r"Läsnäolomerkinnöistä (?P<percent>\d+) % oli peruutuksia"),
    ("response_rate", r"(?P<n>\d+) ilmoittautuneesta (?P<count>\d+) vastasi(?: \((?P<percent>\d+) %\))?"),
    ("visits_per_opening", r"Aukiolopäiviä oli (?P<n>\d+) ja käyntejä (?P<visits>\d+): keskimäärin "
                           r"(?P<value>[\d,]+) päivässä \((?P<low_end>\d+)–(?P<high_end>\d+)\)"),
    ("visits_per_opening", r"keskimäärin (?P<value>[\d,]+) kävijää päivässä \((?P<low_end>\d+)–(?P<high_end>\d+)\), "
                           r"päiviä (?P<n>\d+), käyntejä (?P<visits>\d+)"),
    ("newcomers", r"Käynneistä (?P<percent>\d+) % oli ensikäyntejä \((?P<count>\d+) / (?P<n>\d+)\): eri ihmisiä "
                  r"kävi siis vähintään \d+"),
    ("waiting", r"odotus oli keskimäärin (?P<value>\d+) minuuttia \((?P<low_end>\d+)–(?P<high_end>\d+)\)"),
)  # fmt: skip
# Sections whose sentences are of other practices, of open answers, or of methods.
LEFT_OUT = frozenset({"key", "voices", "comparison", "method"})


class Reader:
    """Reads the sentences of reports, and knows what their numbers should be."""

    def __init__(self, library: Library, evidence: Evidence) -> None:
        """Compute every total anew."""
        definitions, published = Definitions(), evidence.rows()
        recomputed = Recomputation(definitions, list(read_forms(definitions)), published)
        everywhere = {row["practice"] for row in published if row["level"] == "practice_all"}
        totals = [
            row for row in published
            if not row["suppressed"]
            and row["level"] == ("practice_all" if row["practice"] in everywhere else "practice")
        ]  # fmt: skip
        self.evidence, self.library = evidence, library
        self.totals = [(row, recomputed.figures(row)) for row in totals]
        self.names = {
            item: {entry["short"]["fi"] for form in definitions.items.values() for entry in [form.get(item)] if entry}
            for item in {name for form in definitions.items.values() for name in form}
        }
        self.read, self.wrong = 0, 0

    def sentences(self, practice: str) -> str:
        """Return the sentences of a practice's report as they stand in its text, without line breaks."""
        words = Words(self.library, Translator("fi"))
        report = practice_report(self.evidence, (), self.library, practice, words, date(2026, 1, 1), synthetic=True)
        sections = tuple(section for section in report.sections if section.id not in LEFT_OUT)
        text = plain_text(type(report)(**(vars(report) | {"sections": sections, "key": (), "subtitle": ""})), words)
        paragraphs = text.replace("\N{NO-BREAK SPACE}", " ").split("\n\n")[1:]
        joined = " ".join(" ".join(paragraph.split()) for paragraph in paragraphs)
        return re.sub(r"(?<=\d) (?=\d{3}\b)", "", joined)

    def lines(self, practice: str, text: str) -> Iterator[tuple[str, str]]:
        """Yield every sentence that was read with how it stands, and what has a number and was not read."""
        rest = text
        for measure, pattern in PATTERNS:
            for match in re.finditer(pattern, text):
                expected = [pair for pair in self.totals if self._is_of(pair[0], practice, measure, match)]
                self.read += 1
                right = any(_agree(match, figures) for _, figures in expected)
                self.wrong += not right
                yield "equal" if right else f"DIFFERENT from {[figures for _, figures in expected]}", match.group()
            rest = re.sub(pattern, "…", rest)
        yield from (("not read", part) for part in re.split(r"(?<=[.…]) ", rest) if re.search(r"\d", part))

    def _is_of(self, row: Row, practice: str, measure: str, match: re.Match[str]) -> bool:
        name = match.groupdict().get("item")
        named = name is None or name.strip().removesuffix(" (vähemmän on parempi)") in self.names.get(row["item"], ())
        return bool(row["practice"] == practice and row["measure"] == measure and named)


def _agree(match: re.Match[str], figures: Row) -> bool:
    """Whether every number of a sentence is the one computed anew, as it is rounded; those not computed are left."""
    for name, text in match.groupdict().items():
        column, factor = {
            "percent": ("value", 100), "points": ("value", 100), "low": ("low", 100), "high": ("high", 100),
            "low_end": ("low", 1), "high_end": ("high", 1),
        }.get(name, (name, 1))  # fmt: skip
        if text is None or name == "item" or column not in figures:
            continue
        number = float(text.replace(",", ".").replace("\N{MINUS SIGN}", "-"))
        half = 0.05 if "," in text else 0.5
        if abs(number - factor * figures[column]) > half + 1e-9:
            return False
    return bool(figures)


def sample_reader() -> Reader:
    """Return the reader of the sample's reports."""
    store, library = open_store("duckdb:///:memory:"), load_library()
    store.fill_with_sample(unpack((SAMPLE_DATA / "sample.zip").read_bytes()), "sample")
    return Reader(library, publish(store, library, Selection(), Policy()))


def main(every: bool) -> int:
    """Print what differs and what was not read; return 1 where anything differs."""
    reader = sample_reader()
    practices = reader.library.practices
    lines = chain.from_iterable(
        ((name, *line) for line in reader.lines(name, reader.sentences(name))) for name in practices
    )
    not_read = Counter[str]()
    for practice, state, sentence in lines:
        not_read[practice] += state == "not read"
        if every or state != "equal":
            sys.stdout.write(f"{practice}: {state}: {sentence}\n")
    sys.stdout.write(f"{reader.read} sentences held, {reader.wrong} different, {not_read.total()} not read\n")
    return int(reader.wrong > 0)


if __name__ == "__main__":
    sys.exit(main("--all" in sys.argv[1:]))
