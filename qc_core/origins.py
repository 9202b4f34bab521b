"""Which web pages may open a connection to the portal."""

from collections.abc import Collection
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
ANYONE = "*"


def read_origins(said: str) -> tuple[str, ...]:
    """The hosts of a list with commas between, in lower case; `https://qc.example.org/` counts as its host."""
    words = (word.strip().lower() for word in said.split(","))
    return tuple(word.partition("://")[2].rstrip("/") if "://" in word else word for word in words if word)


def may_connect(origin: str | None, allowed: Collection[str]) -> bool:
    """Whether a page of this origin (the header that browsers send, None without one) may open a connection.

    `allowed` are hosts, with their port unless it is the scheme's own; `*` lets everyone in, and an empty list
    says nothing: then Streamlit's own rule stands, which refuses other hosts' pages.
    """
    if not allowed or ANYONE in allowed:
        return True
    return not allowed_hosts(origin).isdisjoint(allowed)


def allowed_hosts(origin: str | None) -> set[str]:
    """The ways in which a list may name the host of an origin; none where it has no host that can be read."""
    try:
        address = urlsplit((origin or "").strip().lower())
        host, port = address.hostname, address.port
    except ValueError:
        return set()
    usual = _DEFAULT_PORTS.get(address.scheme)
    if not host or usual is None:
        return set()
    name = f"[{host}]" if ":" in host else host
    return {f"{name}:{port or usual}"} | ({name} if port in (None, usual) else set())


def host_name(named: str) -> str:
    """The name of a host in a list, without its port and without brackets; "" where it has none."""
    try:
        return urlsplit(f"//{named}").hostname or ""
    except ValueError:
        return ""
