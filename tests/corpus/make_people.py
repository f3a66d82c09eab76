"""Make tables with the same person twice, codes that nearly agree, and headings not quite ours (31, 32, 36)."""

from office import save_written
from raw_xlsx import Book, Raw, save_raw
from wording import FOLDER, asked, text, texts

Rows = list[list[object]]
NBSP = "\N{NO-BREAK SPACE}"


def doubles() -> None:
    """One row keyed in twice, one code with two different end forms; and two people without codes who agree."""
    items = ["state_mood", "state_social_relations", "sat_usefulness", "recommend"]
    rows: Rows = [["Tunniste", "Päivä", *texts(items)]]
    rows += [["D1", "5.12.2018", 4, 2, 5, 9], ["D2", "5.12.2018", 3, 3, 4, 7], ["D1", "5.12.2018", 4, 2, 5, 9]]
    rows += [["D3", "5.12.2018", 2, 4, 3, 5], ["D3", "5.12.2018", 5, 1, 5, 10]]
    save_written("31_same_code_twice.xlsx", ("Loppukysely", rows))
    visit = ["visit_useful", "visit_access", "visit_heard"]
    table: Rows = [["Päivä", *texts(visit)], *([["6.3.2018", 5, 5, 5]] * 3), ["6.3.2018", 4, 5, 5]]
    save_raw(FOLDER / "31_same_answers_no_codes.xlsx", Book([Raw("Taul1", table)]))


def near_codes() -> None:
    """Start and end forms of a run: one code in another case, one with a figure too many."""
    items = ["state_mood", "state_social_relations", "state_taking_part"]
    start: Rows = [["Tunniste", *texts(items)]]
    start += [["AN12", 2, 4, 2], ["PONGO1", 3, 3, 3], ["KI07", 2, 3, 2]]
    end: Rows = [["Tunniste", *texts(items), text("recommend")]]
    end += [["AN12", 4, 2, 4, 9], ["PONGO21", 4, 3, 3, 8], ["ki07", 3, 3, 3, 7]]
    save_written("32_near_codes.xlsx", ("Alkukysely", start), ("Loppukysely", end))


def misspelt() -> None:
    """A heading with slips of the pen, one that could be either of two questions, columns of the worker's own."""
    items = ["state_mood", "state_social_relations", "sat_usefulness", "recommend"]
    heads = texts(items)
    heads[0] = "Miten voit mielialasi puolest tällä hetkelä?"
    rows: Rows = [["Tunniste", *heads, "Osallisuus", "Ikäryhmä", "Kuka kirjasi"]]
    rows += [
        ["H1", 4, 2, 5, 9, 4, "30-39", "vk"],
        ["H2", 3, 3, 4, 7, 5, "40-49", "vk"],
        ["H3", 2, 4, 3, 6, 2, None, "tt"],
    ]
    save_written("36_misspelt.xlsx", ("Loppukysely", rows))


def dressed_headings() -> None:
    """Headings with numbers, line breaks, hard spaces, explanations, and one that stands there twice."""
    items = asked("ylojarvi_group", "client_end")[:9]
    heads = [f"{place}. {question}" for place, question in enumerate(texts(items), 1)]
    heads[1] = f"2) {text(items[1])}".replace(" ", NBSP)
    heads[2] = "3. Miten hyvin pääset mukaan asioihin,\njotka ovat sinulle\ntärkeitä?"
    heads[4] = f"  {heads[4].upper()}  "
    heads[6] = f"7. {text(items[6]).removesuffix('.')} *"
    heads.append(f"1. {text(items[0])}")
    people = [["Y1", 4, 2, 4, 5, 4, 4, 5, 4, 5, 1], ["Y2", 3, 3, 3, 4, 3, 4, 4, 4, 4, 1]]
    save_raw(FOLDER / "36_dressed_headings.xlsx", Book([Raw("Loppukysely", [["Tunniste", *heads], *people])]))


def short_names() -> None:
    """Columns headed by the short names of our charts, on a sheet that says it is the start."""
    rows: Rows = [["Tunniste", "Mieliala", "Yksinäisyys", "Osallisuus", "Päihteiden haitat"]]
    rows += [["Z1", 2, 4, 2, 3], ["Z2", 3, 3, 3, 1]]
    save_written("36_short_names.xlsx", ("Alkukysely", rows))


def long_headings() -> None:
    """The instruction of the question stands in the heading with it, well over 150 characters."""
    items = ["family_useful", "family_heard", "family_safe", "recommend"]
    note = " Valitkaa yksi vaihtoehto, joka kuvaa perheenne kokemusta parhaiten."
    note += " Voitte jättää kysymyksen väliin, jos ette halua vastata siihen."
    rows: Rows = [["Kunta", *(question + note for question in texts(items[:3])), text(items[3])]]
    rows += [["Parkano", 5, 5, 4, 9], ["Kihniö", 4, 3, 4, 8], ["Pori", 5, 5, 5, 10]]
    save_written("36_long_headings.xlsx", ("Perheet", rows))


if __name__ == "__main__":
    for make in (doubles, near_codes, misspelt, dressed_headings, short_names, long_headings):
        make()
