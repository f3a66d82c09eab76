"""Make files that are no answers, or cannot be opened, or lack what nobody can guess (35, 40); needs msoffcrypto."""

import io
import zipfile
from datetime import date

import msoffcrypto.format.ooxml
from docx import Document
from office import save_written
from raw_xlsx import HEAD, TRANSITIONAL, Book, Raw, raw_bytes, save_raw
from wording import FOLDER, ITEMS, SCALES, asked, label, text, texts

from evaluation.cli import main as evaluation

Rows = list[list[object]]
SAT = ["sat_access", "sat_arrangements", "sat_encounter", "sat_influence", "sat_usefulness", "sat_group"]


def forms_and_lists() -> None:
    """An XLSForm, a codebook, an answer key, a report's means, our own template still empty."""
    survey: Rows = [["type", "name", "label::Suomi (fi)", "required"], ["text", "participant", "Tunniste", "yes"]]
    survey += [[f"select_one {ITEMS[item]['scale']}", item, text(item), None] for item in SAT]
    choices: Rows = [["list_name", "name", "label::Suomi (fi)"]]
    choices += [["agreement5", str(value["code"]), value["label"]["fi"]] for value in SCALES["agreement5"]["values"]]
    settings: Rows = [["form_title", "form_id", "version"], ["Loppukysely", "sisu_end", "1"]]
    save_written("35_xlsform.xlsx", ("survey", survey), ("choices", choices), ("settings", settings))
    book: Rows = [["Muuttuja", "Kysymys", "Arvo", "Selite"]]
    for item in SAT[:3]:
        for code in (1, 2, 3, 4, 5):
            first = code == 1
            book.append([item if first else None, text(item) if first else None, code, label(item, code)])
    save_written("35_codebook.xlsx", ("Koodikirja", book))
    key: Rows = [["Kysymys", "Oikea vastaus", "Pisteet"], ["Mihin saat hakea toimeentulotukea?", "Kelasta", 1]]
    key += [
        ["Kuka tekee vuokrasopimuksen?", "Vuokranantaja ja vuokralainen", 1],
        ["Mistä saat velkaneuvontaa?", "Oikeusaputoimistosta", 2],
    ]
    save_written("35_answer_key.xlsx", ("Vastausavain", key))
    means: Rows = [["Loppukyselyn tulokset 2018"], [], ["Väittämä", "n", "Keskiarvo", "Keskihajonta", "Mediaani"]]
    means += [[question, 25, 4.1 + number / 10, 0.8, 4] for number, question in enumerate(texts(SAT))]
    save_raw(FOLDER / "35_report_means.xlsx", Book([Raw("Tulokset", means)]))
    path = str(FOLDER / "35_empty_template.xlsx")
    evaluation(
        ["template", "--practice", "gruppis", "--questionnaire", "client_end", "--cohort", "kevät 2019", "-o", path]
    )


def not_to_be_opened() -> None:
    """A letter, a locked workbook, half a workbook, nothing at all, empty sheets, a bomb, an outside entity."""
    letter = Document()
    letter.add_paragraph("Hei! Liitteenä ryhmän palautteet, terveisin Ryhmäohjaaja")
    letter.save(str(FOLDER / "35_letter.xlsx"))
    plain = raw_bytes(Book([Raw("Taul1", [["Tunniste", *texts(SAT)], ["A1", 5, 5, 4, 5, 4, 5]])]))
    locked = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(plain)).encrypt("salainen", locked)
    (FOLDER / "35_locked.xlsx").write_bytes(locked.getvalue())
    (FOLDER / "35_truncated.xlsx").write_bytes(plain[: len(plain) * 2 // 3])
    (FOLDER / "35_zero_bytes.xlsx").write_bytes(b"")
    save_raw(FOLDER / "35_empty_sheets.xlsx", Book([Raw("Taul1", []), Raw("Taul2", [[None]])]))
    name = "xl/worksheets/sheet1.xml"
    blanks = b'<row r="1"><c r="A1"><v>1</v></c></row>' + b" " * 48_000_000
    bomb = f'{HEAD}<worksheet xmlns="{TRANSITIONAL}"><sheetData>'.encode() + blanks + b"</sheetData></worksheet>"
    (FOLDER / "35_bomb.xlsx").write_bytes(_with_part(plain, name, bomb))
    doctype = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    outside = f'{HEAD}{doctype}<sst xmlns="{TRANSITIONAL}"><si><t>&secret;</t></si></sst>'
    (FOLDER / "35_outside_entity.xlsx").write_bytes(_with_part(plain, "xl/sharedStrings.xml", outside.encode()))


def _with_part(content: bytes, name: str, part: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            archive.writestr(
                entry.filename, part if entry.filename == name else source.read(entry.filename), compresslevel=9
            )
    return target.getvalue()


def strangers() -> None:
    """Surveys of other people, alone and beside a sheet of ours; answers of which the practice or form is not said."""
    lunch: Rows = [
        ["Ajankohta", "Mikä oli päivän paras ruoka?", "Montako kertaa viikossa syöt täällä?", "Arvosana 4-10"]
    ]
    lunch += [["ma", "Kalakeitto", 3, 9], ["ti", "Pinaattiohukaiset", 5, 8], ["ti", "Salaatti", 1, 7]]
    save_written("40_lunch_survey.xlsx", ("Ruokala", lunch))
    staff: Rows = [
        [
            "ID",
            "Start time",
            "Completion time",
            "Email",
            "Name",
            "My team meets every week",
            "I would recommend the cafeteria",
        ]
    ]
    staff += [[number, date(2018, 5, number), date(2018, 5, number), "anonymous", None, 5, 4] for number in (1, 2)]
    save_written("40_other_forms_export.xlsx", ("Sheet1", staff))
    ours: Rows = [["Päivä", *texts(["meeting_useful", "meeting_heard"])], ["6.3.2018", 5, 4], ["7.3.2018", 4, 4]]
    shopping: Rows = [["Tarvike", "Määrä"], ["Kahvi", 4], ["Maito", 6]]
    save_written("40_one_sheet_of_two.xlsx", ("Palautteet", ours), ("Ostokset", shopping))
    start = asked("sisu", "client_start")
    rows: Rows = [["Tunniste", *texts(start)], ["A1", 4, 2, 4, 1], ["A2", 3, 3, 3, 2]]
    save_raw(FOLDER / "40_no_practice.xlsx", Book([Raw("Taul1", rows)]))
    save_raw(FOLDER / "40_unclear_form.xlsx", Book([Raw("Taul2", rows)]))
    nobody: Rows = [["Päivä", *texts(start)], ["10.1.2018", 4, 2, 4, 1], ["10.1.2018", 3, 3, 3, 2]]
    save_raw(FOLDER / "40_no_codes.xlsx", Book([Raw("Taul1", nobody)]))
    table: Rows = [
        ["Kunta", *texts(["family_useful", "family_heard"])],
        ["Parkano", 5, 4],
        [None, 4, 4],
        ["Kihniö", 3, 5],
    ]
    save_raw(FOLDER / "40_municipality_gap.xlsx", Book([Raw("Taul1", table)]))


if __name__ == "__main__":
    for make in (forms_and_lists, not_to_be_opened, strangers):
        make()
