"""Whether the dashboard may be served without sign-in: only where nobody but this machine can reach it."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

# What a program in front of the server tells of whom it asks for.
PASSED_ON = frozenset({"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"})


def may_listen(address: str | None, headers: Mapping[str, str]) -> bool:
    """Tell whether only this machine can reach a server.

    Args:
        address: Streamlit's ``server.address``. Without one it listens on every address; a socket file is for a
            program that passes on what others ask.
        headers: those of a request to it: they may tell that it was passed on, or asked for by the name of a server.
    """
    said = {name.lower(): value for name, value in headers.items()}
    host = said.get("host")
    asked_here = host is None or _loopback(urlsplit(f"//{host}").hostname)
    return _loopback(address) and asked_here and not PASSED_ON & said.keys()


def _loopback(name: str | None) -> bool:
    if name == "localhost":
        return True
    try:
        return name is not None and ip_address(name).is_loopback
    except ValueError:
        return False
