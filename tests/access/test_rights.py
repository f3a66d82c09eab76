"""Who may do what: from the file of roles and the claims of the provider to one right, with everything that is odd."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from evaluation.access import (
    LAPTOP,
    Access,
    AccessRefused,
    NobodyKnown,
    NotSignedIn,
    Role,
    SignIn,
    access_of,
    load_rules,
    may_listen,
    person_of,
)
from evaluation.definitions import DefinitionsRefused, Library
from evaluation.i18n import Translator, languages
from evaluation.settings import SettingRefused
from evaluation.store import Selection

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
LONGEST = timedelta(hours=10)
RULES = """
claims:
  groups: realm_access.roles
people:
  Maija.Meikalainen@tampere.example: {role: contributor, municipalities: [Tampere]}
  4f1c: {role: viewer, municipalities: [Parkano]}
groups:
  palaute-katselijat: {role: viewer, municipalities: [Tampere, Nokia]}
  palaute-koordinaattorit: {role: coordinator}
"""


@pytest.fixture(scope="module")
def towns(library: Library) -> tuple[str, ...]:
    return library.municipalities


def _written(folder: Path, text: str) -> Path:
    path = folder / "access.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _right(folder: Path, library: Library, text: str = RULES, **claims: Any) -> Access:
    rules = load_rules(_written(folder, text), library)
    said: Mapping[str, Any] = {"is_logged_in": True, "iat": NOW.timestamp() - 60, "sub": "x1"} | claims
    return access_of(person_of(said, rules, NOW, LONGEST), rules)


def test_a_person_is_known_by_a_verified_email_in_any_case(tmp_path: Path, library: Library) -> None:
    found = _right(tmp_path, library, email="MAIJA.meikalainen@TAMPERE.example", email_verified=True, name="Maija M")
    assert (found.identifier, found.name, found.role) == (
        "maija.meikalainen@tampere.example",
        "Maija M",
        Role.CONTRIBUTOR,
    )
    assert (found.municipalities, found.contributes) == (("Tampere",), ("Tampere",))


@pytest.mark.parametrize("verified", [{}, *({"email_verified": each} for each in (False, None, "false", 1, "yes"))])
def test_an_email_that_the_provider_has_not_verified_is_nobodys(
    tmp_path: Path, library: Library, verified: dict[str, object]
) -> None:
    with pytest.raises(NobodyKnown):
        _right(tmp_path, library, email="maija.meikalainen@tampere.example", **verified)


def test_a_mark_that_looks_like_an_email_is_not_taken_for_one(tmp_path: Path, library: Library) -> None:
    with pytest.raises(NobodyKnown, match="maija"):
        _right(tmp_path, library, sub="maija.meikalainen@tampere.example")


def test_a_person_is_known_by_the_lasting_mark(tmp_path: Path, library: Library) -> None:
    found = _right(tmp_path, library, sub="4f1c")
    assert (found.identifier, found.role, found.municipalities) == ("4f1c", Role.VIEWER, ("Parkano",))
    assert found.contributes == ()
    with pytest.raises(NobodyKnown):
        _right(tmp_path, library, sub="4F1C")


def test_grants_add_up_without_lending_a_role_to_another_municipality(tmp_path: Path, library: Library) -> None:
    claims = {"email": "maija.meikalainen@tampere.example", "email_verified": True}
    found = _right(tmp_path, library, realm_access={"roles": ["palaute-katselijat", "muu"]}, **claims)
    assert (found.role, found.municipalities, found.contributes) == (
        Role.CONTRIBUTOR,
        ("Nokia", "Tampere"),
        ("Tampere",),
    )
    assert found.contributes_to("Tampere")
    assert not found.contributes_to("Nokia")


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"realm_access": None},
        {"realm_access": "palaute-koordinaattorit"},
        {"realm_access": {"roles": {"palaute-koordinaattorit": True}}},
        {"realm_access": {"roles": [["palaute-koordinaattorit"], 7, None]}},
        {"realm_access": {"roles": ["Palaute-Koordinaattorit", "coordinator", "administrator"]}},
        {"roles": ["palaute-koordinaattorit"]},
    ],
)
def test_a_claim_that_is_missing_or_of_the_wrong_kind_gives_nothing(
    tmp_path: Path, library: Library, said: dict[str, object]
) -> None:
    with pytest.raises(NobodyKnown):
        _right(tmp_path, library, **said)


def test_groups_may_be_one_text_and_a_claims_name_may_hold_dots(tmp_path: Path, library: Library) -> None:
    found = _right(tmp_path, library, realm_access={"roles": "palaute-koordinaattorit"})
    assert found.role == Role.COORDINATOR
    named = RULES.replace("realm_access.roles", "https://kunta.example/roles")
    found = _right(tmp_path, library, named, **{"https://kunta.example/roles": ["palaute-koordinaattorit"]})
    assert found.everywhere


@pytest.mark.parametrize(
    "claims",
    [
        {"is_logged_in": False},
        {"is_logged_in": "yes"},
        {"iat": None},
        {"iat": "now"},
        {"iat": True},
        {"iat": float("nan")},
        {"iat": (NOW - LONGEST).timestamp()},
        {"iat": (NOW + timedelta(minutes=6)).timestamp()},
        {"sub": None},
        {"sub": "  "},
        {"sub": 17},
    ],
)
def test_nobody_is_signed_in_by_an_old_undated_or_nameless_token(
    tmp_path: Path, library: Library, claims: dict[str, object]
) -> None:
    with pytest.raises(NotSignedIn):
        _right(tmp_path, library, **claims)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("people:\n  a@b: {role: boss}", 2, "boss"),
        ("people:\n  a@b: {role: viewer}", 2, "municipalities"),
        ("people:\n  a@b: {role: coordinator, municipalities: [Tampere]}", 2, "coordinator"),
        ("people:\n  a@b:\n    role: viewer\n    municipalities:\n      - Tampere\n      - tampere", 6, "tampere"),
        ("people:\n  A@b: {role: coordinator}\n  a@B: {role: administrator}", 3, "a@B"),
        ("people:\n  a@b: {role: coordinator}\n  a@b: {role: administrator}", 3, "a@b"),
        ("people:\n  0012: {role: coordinator}", 2, "10"),
        ("groups:\n  g: {role: viewer, municipalities: Tampere}", 2, "Tampere"),
        ("groups:\n  g: {role: coordinator, admin: true}", 2, "admin"),
        ("persons:\n  a@b: {role: coordinator}", 1, "persons"),
        ("people: [", 1, "YAML"),
        ("- people", 1, "people"),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_line(
    tmp_path: Path, library: Library, text: str, line: int, told: str, language: str
) -> None:
    with pytest.raises(DefinitionsRefused) as refused:
        load_rules(_written(tmp_path, text), library)
    message = refused.value.problems[0].message(Translator(language))
    assert message.startswith("access.yaml")
    assert f"{line}:" in message
    assert told in message


def test_an_empty_file_gives_nobody_anything(tmp_path: Path, library: Library) -> None:
    with pytest.raises(NobodyKnown):
        _right(tmp_path, library, "", sub="4f1c")


def test_a_selection_is_narrowed_and_nothing_left_is_refused_never_all() -> None:
    viewer = Access("v", "V", Role.VIEWER, ("Tampere", "Nokia"))
    assert viewer.narrowed(Selection()).municipalities == ("Tampere", "Nokia")
    assert viewer.narrowed(Selection(municipalities=("Nokia", "Parkano"))).municipalities == ("Nokia",)
    for nothing in (viewer.narrowed, Access("v", "V", Role.VIEWER).narrowed):
        with pytest.raises(AccessRefused):
            nothing(Selection(municipalities=("Parkano",)))
    with pytest.raises(AccessRefused):
        Access("v", "V", Role.VIEWER).narrowed(Selection())
    assert LAPTOP.narrowed(Selection()) == Selection()


def test_a_right_that_has_ended_hands_out_nothing() -> None:
    ended = Access("a", "A", Role.ADMINISTRATOR, until=datetime.now(UTC) - timedelta(seconds=1))
    with pytest.raises(AccessRefused):
        ended.require(Role.VIEWER)
    with pytest.raises(AccessRefused):
        ended.narrowed(Selection())


@pytest.mark.parametrize(
    ("address", "headers", "may"),
    [
        ("127.0.0.1", {}, True),
        ("localhost", {"Host": "localhost:8501"}, True),
        ("::1", {"host": "[::1]:8501"}, True),
        ("127.0.0.1", {"Host": "127.0.0.1:8501", "Accept": "*/*"}, True),
        (None, {}, False),
        ("", {}, False),
        ("0.0.0.0", {}, False),  # noqa: S104 - refused
        ("::", {}, False),
        ("192.168.1.7", {}, False),
        ("palvelin.kunta.example", {}, False),
        ("unix:///run/evaluation.sock", {}, False),
        ("127.0.0.1", {"Host": "palaute.kunta.example"}, False),
        ("127.0.0.1", {"Host": "127.0.0.1:8501", "X-Forwarded-For": "10.0.0.7"}, False),
    ],
)
def test_only_what_this_machine_alone_can_reach_may_be_served_without_sign_in(
    address: str | None, headers: dict[str, str], may: bool
) -> None:
    assert may_listen(address, headers) is may


def test_hours_of_a_session_are_a_number_of_hours_of_a_day() -> None:
    assert SignIn.from_environment({}).longest == timedelta(hours=10)
    assert SignIn.from_environment({"EVALUATION_SESSION_HOURS": "7,5"}).longest == timedelta(hours=7.5)
    for wrong in ("0", "-1", "25", "nan", "inf", "kymmenen"):
        with pytest.raises(SettingRefused):
            SignIn.from_environment({"EVALUATION_SESSION_HOURS": wrong})
