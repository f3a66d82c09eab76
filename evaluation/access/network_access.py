"""Who may reach the dashboard's server: only its pages, by one of its names, and only this machine without sign-in.

Any page open in the same browser can send requests to a server on this machine, and any site can let its name lead
here. So a request is judged by the two headers that a page cannot forge: ``Host``, the name it goes to, and ``Origin``,
the page that sends it.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

LOCAL = "localhost"
# What a program in front of the server says about who asks.
PASSED_ON = frozenset({"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"})
# Addresses by which a server listens on all addresses of the machine.
TO_ALL = frozenset({"", "::", "0.0.0.0"})  # noqa: S104 - recognised, not bound


@dataclass(frozen=True)
class ServerNames:
    """The names of a server beside the addresses of this machine.

    ``names`` are host names, in small letters; ``*.`` before one stands for anything, ``*`` alone for any name.
    ``origins`` are whole ones (``https://palaute.example.fi``), as a browser writes them.
    """

    names: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Collection[str], addresses: Collection[str]) -> "ServerNames":
        """Return what a server is known by.

        Args:
            names: host names, or patterns of them.
            addresses: web addresses of pages of the server; what follows the host is left out.
        """
        whole = frozenset(origin for address in addresses if (origin := _origin(address)))
        hosts = {host for origin in whole if (host := _host(urlsplit(origin).netloc))}
        return cls(frozenset(name.strip().lower().rstrip(".") for name in names if name.strip()) | hosts, whole)

    def has_host(self, host: str | None) -> bool:
        """Tell whether a request's ``Host`` names this server.

        A number is one: a name that somebody has lead here is never sent as a number.
        """
        name = _host(host)
        return name is not None and (
            _is_number(name) or name == LOCAL or any(_fits(name, pattern) for pattern in self.names)
        )

    def has_origin(self, origin: str, host: str | None) -> bool:
        """Tell whether the page that asks, ``origin``, is one of the server that it asks by ``host``."""
        page_origin = _origin(origin)
        if page_origin is None or not self.has_host(host):
            return False
        if page_origin in self.origins:
            return True
        # Where the whole origin is set, a page of the same name without TLS is another.
        asking = urlsplit(page_origin)
        named = {urlsplit(address).hostname for address in self.origins}
        return asking.hostname not in named and asking.netloc == str(host).lower()


def _origin(address: str) -> str | None:
    """Return scheme, host and port of a web address in small letters; None for what is none."""
    try:
        parts = urlsplit(address.strip().lower())
        _ = parts.port
    except ValueError:
        return None
    plain = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return f"{parts.scheme}://{parts.netloc}" if plain else None


def _host(host: str | None) -> str | None:
    """Return the name in a ``Host`` in small letters, without its port; None where it is not well formed."""
    if not host or re.search(r"[\s/@?#\\]", host):
        return None
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return None
    return parts.hostname.rstrip(".") if parts.hostname else None


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _fits(name: str, pattern: str) -> bool:
    return pattern in ("*", name) or (pattern.startswith("*.") and name.endswith(pattern[1:]))


def may_listen(address: str | None, headers: Mapping[str, str]) -> bool:
    """Tell whether only this machine can reach a server.

    Args:
        address: Streamlit's ``server.address``. Without one it listens on every address; a socket file is for a
            program that passes on what others ask.
        headers: those of a request to it: they may tell that a proxy passed it on, or that it went to a server's name.
    """
    fields = {name.lower(): value for name, value in headers.items()}
    host = fields.get("host")
    asked_here = host is None or _loopback(urlsplit(f"//{host}").hostname)
    return _loopback(address) and asked_here and not PASSED_ON & fields.keys()


def _loopback(name: str | None) -> bool:
    if name == "localhost":
        return True
    try:
        return name is not None and ip_address(name).is_loopback
    except ValueError:
        return False
