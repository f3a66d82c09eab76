"""Make tables of counts, tables with totals and formulas, error cells, and rows or columns out of sight (23 to 26)."""

from datetime import date

from office import save_written
from raw_xlsx import Book, Error, Formula, Raw, save_raw
from wording import FOLDER, asked, label, labels, texts

Rows = list[list[object]]
SAT = ["sat_access", "sat_arrangements", "sat_encounter", "sat_influence", "sat_usefulness", "sat_group"]
COUNTS = [
    [0, 1, 2, 8, 14, 0],
    [1, 2, 3, 9, 9, 1],
    [0, 0, 1, 5, 19, 0],
    [2, 3, 5, 8, 6, 1],
    [0, 1, 3, 9, 12, 0],
    [0, 0, 2, 7, 16, 0],
]


def counted() -> None:
    """How many gave each answer: numbers as headings, words as headings, and shares alone."""
    rows: Rows = [["Kysymys", 1, 2, 3, 4, 5, "En osaa sanoa"]]
    rows += [[question, *numbers] for question, numbers in zip(texts(SAT), COUNTS, strict=True)]
    save_written("23_counted_codes.xlsx", ("Yhteenveto", rows))
    words = [label("sat_access", code) for code in (5, 4, 3, 2, 1)]
    table: Rows = [["Sisu 2017, loppukyselyn vastaukset"], [], ["Väittämä", *words, "n", "ka"]]
    for number, (question, numbers) in enumerate(zip(texts(SAT[:4]), COUNTS, strict=False), 4):
        counts = numbers[4::-1]
        total = sum(counts)
        mean = sum(code * count for code, count in zip((5, 4, 3, 2, 1), counts, strict=True)) / total
        formula = Formula(f"SUM(B{number}:F{number})", total)
        table.append([question, *counts, formula, round(mean, 2)])
    save_raw(FOLDER / "23_counted_words.xlsx", Book([Raw("Taul1", table)]))
    shares: Rows = [["Väittämä", *words]]
    shares += [[question, "56 %", "32 %", "8 %", "4 %", "0 %"] for question in texts(SAT[:3])]
    save_written("23_shares_only.xlsx", ("Prosentit", shares))


def totals() -> None:
    """Totals and means under the answers, and a row of formulas that looks like one more person."""
    items = asked("neuvonta", "visit_feedback")[:-1]
    people = [[5, 5, 5, 4, 4, 3, 1], [4, 5, 5, 5, 5, 4, 0], [3, 4, 4, 2, 3, 3, 1], [5, 5, 5, 5, 4, 4, 0]]
    rows: Rows = [["Päivä", *texts(items)]]
    rows += [[date(2018, 5, 2 + number), *answers] for number, answers in enumerate(people)]
    letters = "BCDEFGH"
    sums = [
        Formula(f"SUM({letter}2:{letter}5)", sum(row[place] for row in people)) for place, letter in enumerate(letters)
    ]
    means = [
        Formula(f"AVERAGE({letter}2:{letter}5)", sum(row[place] for row in people) / 4)
        for place, letter in enumerate(letters)
    ]
    rows += [[], ["Yhteensä", *sums], ["Keskiarvo", *means]]
    save_raw(FOLDER / "24_totals_below.xlsx", Book([Raw("Taul1", rows)]))
    short = ["state_mood", "state_social_relations", "sat_usefulness"]
    counting: Rows = [["Tunniste", *texts(short)]]
    counting += [["C1", 4, 2, 5], ["C2", 3, 3, None], ["C3", None, 4, 4], ["C4", 2, 4, 3], ["C5", 4, 1, None]]
    blanks = [
        Formula(f'6-COUNTIF({letter}2:{letter}6,">0")', known) for letter, known in (("B", 2), ("C", 1), ("D", 3))
    ]
    counting.append([None, *blanks])
    save_raw(FOLDER / "24_formula_row.xlsx", Book([Raw("Loppukysely", counting)]))


def broken_cells() -> None:
    """Errors of Excel among answers, formulas it never calculated, one it did, an answer it took for a formula."""
    items = [
        "state_mood",
        "state_social_relations",
        "state_taking_part",
        "state_substance_use",
        "recommend",
        "best_thing",
    ]
    rows: Rows = [["Tunniste", *texts(items)]]
    rows += [
        ["E1", 4, 2, 4, 1, 9, "Hyvä"],
        ["E2", Error("#N/A", "VLOOKUP(A3,Taul2!A:B,2,FALSE)"), 2, 3, 2, 8, None],
        ["E3", 3, Formula("Taul2!B4"), 4, 2, 7, None],
        ["E4", Formula("VLOOKUP(A5,Taul2!A:B,2,FALSE)", 4), 3, 3, 2, 8, None],
        ["E5", 3, 3, 3, 3, 6, Error("#NAME?", "-retket olivat hyviä")],
        ["E6", 5, 1, 5, 1, 10, None],
    ]
    save_raw(FOLDER / "25_error_cells.xlsx", Book([Raw("Taul1", rows)]))


def hidden() -> None:
    """Rows hidden by a filter and a column out of sight; LibreOffice and Excel deliver them like the others."""
    items = asked("gruppis", "client_end")
    answers = [4, 2, 4, 3, 5, 4, 4, 4, 5, 5, 5, 4, 5, 5, 9, None, None]
    people = [[f"G{number}", *labels(items, answers)] for number in range(1, 6)]
    rows: Rows = [["Tunniste", *texts(items)], *people]
    save_raw(FOLDER / "26_hidden.xlsx", Book([Raw("Taul1", rows, hidden_rows=[3, 5], hidden_columns=[4])]))


if __name__ == "__main__":
    for make in (counted, totals, broken_cells, hidden):
        make()
