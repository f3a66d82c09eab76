"""The command that serves: on this machine only, unless people sign in or it is said that nobody has to."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from evaluation.i18n import Translator

Serve = Callable[..., tuple[int, str]]

T = Translator("fi")
ROOT = Path(__file__).parents[2]
SECRETS = """[auth]
redirect_uri = "https://palaute.kunta.example/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "evaluation"
client_secret = "hunter2"
server_metadata_url = "https://login.example/.well-known/openid-configuration"
"""
ROLES = "people:\n  maija@kunta.example: {role: administrator}\n"


@pytest.fixture
def serve(tmp_path: Path, clean_environment: str) -> Serve:
    """Give a function that serves with a Streamlit that only tells what it was started with."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("EVALUATION_", "STREAMLIT_"))}
    asked = "import os, sys\nprint('SERVED', sys.argv[1:], os.environ.get('EVALUATION_WITHOUT_SIGN_IN'))\n"
    (tmp_path / "fake").mkdir()
    (tmp_path / "fake" / "streamlit.py").write_text(asked, encoding="utf-8")

    def served(*arguments: str, **environment: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "evaluation", "dashboard", "--database", clean_environment, *arguments]
        with_fake = own | {"PYTHONPATH": str(tmp_path / "fake"), "PYTHONUTF8": "1", **environment}
        done = subprocess.run(command, cwd=ROOT, env=with_fake, capture_output=True, encoding="utf-8", check=False)
        told = done.stdout + done.stderr
        assert "hunter2" not in told
        return done.returncode, told

    return served


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("--address", "0.0.0.0"), {}),  # noqa: S104 - refused
        ((), {"STREAMLIT_SERVER_ADDRESS": "::"}),
        ((), {"STREAMLIT_SERVER_ADDRESS": "palvelin.kunta.example", "EVALUATION_WITHOUT_SIGN_IN": "no"}),
    ],
)
def test_it_does_not_listen_to_others_without_sign_in(
    serve: Serve, arguments: tuple[str, ...], environment: Mapping[str, str]
) -> None:
    done, told = serve(*arguments, **environment)
    assert done == 2
    assert "--without-sign-in" in told
    assert "SERVED" not in told


def test_it_listens_to_this_machine_alone_unless_told_otherwise(serve: Serve) -> None:
    done, told = serve()
    assert done == 0
    assert "--server.address=127.0.0.1" in told
    assert "VAROITUS" not in told


@pytest.mark.parametrize("address", ["0.0.0.0", "127.0.0.1"])  # noqa: S104 - what is tried
def test_it_lets_everybody_in_with_a_warning_where_told_so(serve: Serve, address: str) -> None:
    done, told = serve("--address", address, "--without-sign-in")
    assert done == 0
    assert T("access.listen_warned", address=address) in told
    assert "yes" in told.split("SERVED")[1]


def test_it_listens_to_others_where_people_sign_in(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(SECRETS, encoding="utf-8")
    (tmp_path / "a.yaml").write_text(ROLES, encoding="utf-8")
    files = {"EVALUATION_SECRETS": str(tmp_path / "s.toml"), "EVALUATION_ACCESS": str(tmp_path / "a.yaml")}
    done, told = serve("--address", "::", **files)
    assert done == 0
    assert f"--secrets.files={tmp_path / 's.toml'}" in told
    assert told.rstrip().endswith("None")


@pytest.mark.parametrize(
    ("secrets", "roles", "told"),
    [
        (SECRETS, None, "EVALUATION_ACCESS"),
        (None, ROLES, "EVALUATION_SECRETS"),
        (SECRETS.replace("[auth]", "[other]"), ROLES, "[auth]"),
        (SECRETS.replace('client_secret = "hunter2"', ""), ROLES, "client_secret"),
        (SECRETS.replace("0123456789abcdef", ""), ROLES, "cookie_secret"),
        ("[auth", ROLES, "TOML"),
        (SECRETS, ROLES.replace("administrator", "boss"), "access.yaml, rivi 2"),
    ],
)
def test_sign_in_that_is_set_in_part_is_not_served(
    serve: Serve, tmp_path: Path, secrets: str | None, roles: str | None, told: str
) -> None:
    environment = {}
    for name, file, text in (("SECRETS", "secrets.toml", secrets), ("ACCESS", "access.yaml", roles)):
        if text is not None:
            (tmp_path / file).write_text(text, encoding="utf-8")
            environment[f"EVALUATION_{name}"] = str(tmp_path / file)
    done, said = serve(**environment)
    assert done == 2
    assert told in said
    assert "SERVED" not in said


def test_a_file_of_secrets_that_is_not_there_is_named(serve: Serve, tmp_path: Path) -> None:
    gone = str(tmp_path / "gone.toml")
    done, told = serve(EVALUATION_SECRETS=gone, EVALUATION_ACCESS=gone)
    assert done == 2
    assert gone in told
