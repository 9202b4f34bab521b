"""Rules by origin and host: which web pages may connect to the portal, and under which names it answers."""

import ipaddress
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
ANYONE = "*"


def read_origins(value: str) -> tuple[str, ...]:
    """The hosts of a list with commas between, in lower case; `https://qc.example.org/` counts as its host."""
    words = (word.strip().lower() for word in value.split(","))
    return tuple(word.partition("://")[2].rstrip("/") if "://" in word else word for word in words if word)


def may_connect(origin: str | None, allowed: Collection[str]) -> bool:
    """Whether a page of this origin (the header that browsers send, None without one) may open a connection.

    `allowed` are hosts, with their port unless it is the scheme's own; `*` lets everyone in, and an empty list
    names none: then Streamlit's own rule holds, which refuses other hosts' pages.
    """
    if not allowed or ANYONE in allowed:
        return True
    return not list_allowed_hosts(origin).isdisjoint(allowed)


def may_read_answers(origin: str | None, allowed: Collection[str]) -> bool:
    """Whether scripts of this origin (the header that browsers send) may read an answer: where it is listed.

    `allowed` are whole origins, such as `https://data.example.org`.
    """
    return bool(origin) and origin in allowed


def list_allowed_hosts(origin: str | None) -> set[str]:
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


def is_loopback(name: str) -> bool:
    """Whether a host name, as `host_name` gives it, always means this computer: `localhost`, `127.0.0.1`, `::1`.

    Only such names are safe against DNS rebinding: any other name may be pointed at this computer by its owner.
    """
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def may_ask_for(hosts: Collection[str], own: str | None) -> bool:
    """Whether a portal on loopback answers a request with these `Host` headers.

    `own` is the portal's own origin, where a login makes it known. A program may send no header (HTTP/1.0); browsers
    always send one, and nobody sends two.
    """
    if not hosts:
        return True
    if len(hosts) > 1:
        return False
    name = host_name(next(iter(hosts)))
    return is_loopback(name) or (own is not None and name != "" and name == urlsplit(own).hostname)


def is_own_page(origin: str | None, own: str | None, host: str, *, on_loopback: bool) -> bool:
    """Whether a request that changes something comes from a page of the portal's own, by its `Origin` header.

    `own` is the portal's origin where a login makes it known; else that of the request's `Host`. Browsers send the
    header with each such request; a program that sends none counts on this computer alone, where there is no cookie
    that it could have been tricked into sending. There a host of another name is a page that points here (rebinding).
    """
    if own is not None:
        return origin == own
    if on_loopback and not is_loopback(host_name(host)):
        return False
    if origin is None:
        return on_loopback
    return urlsplit(origin).netloc.lower() == host.lower()


def is_visit(headers: Mapping[str, str]) -> bool:
    """Whether a request may be a person going to a page: no picture, frame, script or prefetch of a page.

    Browsers say so in `Sec-Fetch-Dest`, to https and loopback addresses (W3C Fetch Metadata); programs say nothing.
    """
    return headers.get("sec-fetch-dest", "document") == "document" and "sec-purpose" not in headers


def may_end_login(method: str, headers: Mapping[str, str], own: str | None) -> bool:
    """Whether a request to log out was meant by the person: sent by POST, or by a page of the portal's as a visit.

    `headers` have names in lower case; `own` is the portal's origin. A POST from another site's page is refused by its
    `Sec-Fetch-Site` or `Origin`, and one without either comes from no browser. A GET without `Sec-Fetch-Site` is
    refused, since an old browser sends one for any picture.
    """
    site = headers.get("sec-fetch-site")
    if method != "POST":
        return site == "same-origin" and "sec-fetch-dest" in headers and is_visit(headers)
    return site == "same-origin" if site is not None else headers.get("origin", own) == own
