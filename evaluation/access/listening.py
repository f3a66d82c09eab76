"""Whether the dashboard may be served without sign-in: only where nobody but this machine can reach it."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def may_listen(address: str | None, host: str | None) -> bool:
    """Tell whether only this machine can reach a server that listens on ``address`` and was asked for as ``host``.

    Args:
        address: as Streamlit's ``server.address``; where there is none it listens on every address, and a socket file
            is for a program that passes on what others ask.
        host: the header ``Host`` of a request, where there is one: another name than this machine's own inner one
            tells that something in front of the server passes on what others ask.
    """
    return _loopback(address) and (host is None or _loopback(urlsplit(f"//{host}").hostname))


def _loopback(name: str | None) -> bool:
    if name == "localhost":
        return True
    try:
        return name is not None and ip_address(name).is_loopback
    except ValueError:
        return False
