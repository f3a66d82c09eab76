"""Make tables with personal data of people who cannot exist: numbers 900 to 999 are given to nobody (33)."""

from office import save_written
from raw_xlsx import Book, Raw, save_raw
from wording import FOLDER, asked, labels, text, texts

Rows = list[list[object]]
CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def invented(day: str, sign: str, number: int) -> str:
    """Return an identity code with a true check character for the day ddmmyy; ``number`` must be 900 to 999."""
    return f"{day}{sign}{number}{CHECKS[int(f'{day}{number}') % 31]}"


def invented_account(digits: str) -> str:
    """Return an account number with true check digits for 14 digits of no bank."""
    rest = int(f"{digits}151800") % 97
    return f"FI{98 - rest:02d}{digits}"


def masked() -> None:
    """Open answers with identity codes of many centuries, an e-mail address, telephone numbers and an account."""
    account = invented_account("12345600000785")
    spaced = " ".join(account[place : place + 4] for place in range(0, len(account), 4))
    comments = [
        f"Olin mukana, hetu {invented('010190', '-', 901)}",
        f"Poikani {invented('020305', 'A', 902)} jonotti, tytär {invented('030406', 'B', 903)} ei",
        f"Isoäiti {invented('040499', '+', 904)} ja minä {invented('050570', 'Y', 905).lower()}",
        f"soittakaa {invented('060680', 'X', 906)} asiasta",
        f"Uusi tunnus {invented('070710', 'F', 907)}. Kiitos!",
        "Laittakaa viesti osoitteeseen matti.esimerkki@posti.example",
        "Soittakaa 040 123 4567 tai +358 50 1234567",
        f"Palauttakaa rahat tilille {spaced}",
        "Kävin 12.3.2018 klo 14.00, jono oli 45 min ja vuokra 1 250,50 euroa",
    ]
    items = ["visit_useful", "visit_heard", "visit_comment"]
    rows: Rows = [["Päivä", *texts(items)], *(["14.3.2018", 5, 4, comment] for comment in comments)]
    save_raw(FOLDER / "33_personal_in_comments.xlsx", Book([Raw("Taul1", rows)]))


def columns() -> None:
    """Columns of names, addresses, telephones and identity codes beside the answers."""
    items = [*asked("gruppis", "client_end")[:4], "sat_usefulness"]
    heads: list[object] = ["Tunniste", "Sukunimi", "Etunimi", "Henkilötunnus", "Osoite", "Puhelin", "Sähköposti"]
    people = [
        [
            "P1",
            "Esimerkki",
            "Matti",
            invented("110185", "-", 911),
            "Mallikatu 1 A 2",
            "050 765 4321",
            "m@posti.example",
        ],
        ["P2", "Malli", "Maija", invented("120290", "W", 912), "Keksitie 5", "040-7654321", "maija@posti.example"],
    ]
    rows: Rows = [[*heads, *texts(items)]]
    rows += [[*person, *labels(items, [4, 2, 4, 3, 5])] for person in people]
    save_written("33_personal_columns.xlsx", ("Loppukysely", rows))


def codes() -> None:
    """Identity codes and names where a code should stand, and one typed into a closed question by a slip."""
    items = ["state_mood", "state_social_relations", "sat_usefulness"]
    rows: Rows = [["Tunniste", *texts(items)]]
    rows += [
        ["Q1", 4, 2, 5],
        [invented("150175", "-", 915), 3, 3, 4],
        [invented("160201", "C", 916).lower(), 4, 3, 4],
        ["Virtanen Matti", 2, 4, 3],
        ["Q5", invented("170170", "U", 917), 3, 4],
        [f"Q6 {invented('180180', 'V', 918)}", 3, 3, 4],
        ["010101-9999", 3, 3, 4],
    ]
    save_written("33_identity_as_code.xlsx", ("Loppukysely", rows))


def names_of_things() -> None:
    """The file, the sheet and a heading hold an identity code; the answers themselves do not."""
    ours = invented("190190", "-", 919)
    items = ["meeting_useful", "meeting_heard", "meeting_next_step"]
    rows: Rows = [["Päivä", *texts(items), f"Muistiin {ours}"], ["6.3.2018", 5, 5, 4, "x"]]
    save_written(f"33_palaute_{ours}.xlsx", (f"Asiakas {ours}", rows))


def unseen_column() -> None:
    """A column without a heading holds names, and an unknown column identity codes."""
    rows: Rows = [["Päivä", text("session_useful"), text("session_heard"), None, "lisätieto"]]
    rows += [
        ["2.5.2018", 5, 4, "Matti Esimerkki", invented("200199", "-", 920)],
        ["2.5.2018", 4, 4, "Maija Malli", None],
    ]
    save_written("33_names_without_heading.xlsx", ("Taul1", rows))


if __name__ == "__main__":
    for make in (masked, columns, codes, names_of_things, unseen_column):
        make()
