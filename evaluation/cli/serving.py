"""Serving the dashboard: on this machine only, unless people sign in or it is said that nobody has to."""

import argparse
import importlib.util
import os
import runpy
import signal
import sys
import threading
import time
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from evaluation.access import SignIn, load_rules, may_listen
from evaluation.access.configuration import ROLES, SECRETS, WITHOUT
from evaluation.bundled_files import APP, HOME
from evaluation.cli.command import Command
from evaluation.cli.definitions_in_use import library_of
from evaluation.cli.output import DONE, UserError, complain
from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.settings import Settings

HERE = "127.0.0.1"
# What Streamlit needs of the provider, and how long the secret that its cookies are signed with is at least.
OF_PROVIDER = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
LEAST_SECRET = 32
# So many seconds a server that is to end has for it.
PATIENCE = 10


def add_dashboard_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the arguments of the command ``dashboard``."""
    parser.add_argument("--port", type=int, metavar="N", help=translator("cli.port_help"))
    parser.add_argument("--address", metavar="ADDRESS", help=translator("cli.address_help"))
    parser.add_argument("--without-sign-in", action="store_true", help=translator("cli.without_sign_in_help"))
    # For a program that starts this one and is to take it along when it ends, however it ends.
    parser.add_argument("--until-input-ends", action="store_true", help=argparse.SUPPRESS)


def open_dashboard(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Serve the dashboard until it is stopped."""
    library, sign_in = library_of(settings, translator), SignIn.from_environment()
    address = options.address or os.environ.get("STREAMLIT_SERVER_ADDRESS") or HERE
    environment = {"EVALUATION_DATABASE": settings.database}
    if options.lang:
        environment["EVALUATION_LANGUAGE"] = options.lang
    if settings.definitions:
        environment["EVALUATION_DEFINITIONS"] = str(settings.definitions.resolve())
    arguments = ["run", str(APP), f"--server.address={address}"]
    if sign_in.wanted:
        _check(sign_in, library, translator)
        arguments.append(f"--secrets.files={sign_in.secrets}")
    elif not may_listen(address, {}):
        if not (options.without_sign_in or sign_in.without):
            raise UserError(translator("access.listen_refused", address=address))
        environment[WITHOUT] = "yes"
    if not sign_in.wanted and (options.without_sign_in or WITHOUT in environment):
        complain(translator("access.listen_warned", address=address))
        environment[WITHOUT] = "yes"
    if options.port:
        arguments.append(f"--server.port={options.port}")
    if options.until_input_ends:
        threading.Thread(target=_end_with_input, daemon=True).start()
    return _serve(arguments, environment)


def _serve(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Become Streamlit's command, in this very process: what ends this process ends the server."""
    os.environ.update(environment)
    # Streamlit reads its settings from the folder it is started in. Its own defaults would send statistics of use and
    # show what errors say, so it is not started without ours.
    os.chdir(HOME)
    sys.argv[1:] = arguments
    try:
        runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
    except KeyboardInterrupt:
        return DONE
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else DONE
    return DONE


def _end_with_input() -> None:
    """End this process when its input does: whoever holds the other end of that pipe has ended."""
    sys.stdin.buffer.read()
    signal.raise_signal(signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(DONE)


def _check(sign_in: SignIn, library: Library, translator: Translator) -> None:
    """Refuse to serve where sign-in is set in part only; raise DefinitionsRefused for faults in the file of roles."""
    for name, path in ((SECRETS, sign_in.secrets), (ROLES, sign_in.roles)):
        if path is None:
            raise UserError(translator("access.half", missing=name))
        if not os.access(path, os.R_OK) or not path.is_file():
            raise UserError(translator("access.no_file", file=path, name=name))
    if sign_in.secrets is not None and (missing := _missing(sign_in.secrets)):
        raise UserError(translator("access.half", missing=f"{sign_in.secrets}: {missing}"))
    if importlib.util.find_spec("authlib") is None:
        raise UserError(translator("access.no_authlib"))
    if sign_in.roles is not None:
        load_rules(sign_in.roles, library)


def _missing(secrets: Path) -> str:
    """Return what the file of secrets lacks; nothing that stands in it is told."""
    try:
        provider = tomllib.loads(secrets.read_text(encoding="utf-8")).get("auth")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return "TOML"
    if not isinstance(provider, dict):
        return "[auth]"
    lacking = [name for name in OF_PROVIDER if not isinstance(provider.get(name), str) or not provider[name].strip()]
    if "cookie_secret" not in lacking and len(provider["cookie_secret"]) < LEAST_SECRET:
        lacking.append(f"cookie_secret ({LEAST_SECRET})")
    return ", ".join(lacking)


COMMANDS = {"dashboard": Command(open_dashboard, add_dashboard_arguments)}
