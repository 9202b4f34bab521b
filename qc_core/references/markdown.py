"""Make Markdown of records and `.md` figures safe: limit what it makes the browser load or open.

A picture is loaded as soon as the text is shown, with the reader's login. So of the portal's own addresses only figures
stay pictures, and no link leads to the login or logout. Everything else that Markdown can say stays as it is.

What is taken out stays readable as it was written: an invisible word joiner (U+2060) between two of its signs keeps
Markdown from seeing a picture or a link, in code blocks too.
"""

import html
import re
from collections.abc import Collection, Mapping
from urllib.parse import unquote, urlsplit

from qc_core.identity.return_address import leads_into_login
from qc_core.settings.origins import host_name, is_loopback

_BREAK = "\u2060"
_PICTURE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]"
    r"(?:\([ \t]*(?P<inline><[^<>\n]*>|[^\s()<>]+)(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\)"
    r"|\[(?P<label>[^\[\]\n]*)\])?"
)
_INLINE = re.compile(r"!?\[(?P<label>[^\[\]\n]*)\]\([^()\s]*\)")
_DEFINITION = re.compile(r"^[ >]*\[(?P<label>[^\[\]\n]+)\]:[ \t]*\n?[ \t]*(?P<to><[^<>\n]*>|\S+)", re.MULTILINE)
_LINK = re.compile(r"(?<=\])(?P<open>\(|:)(?P<to>\s*(?:<[^<>\n]*>|[^\s)]*))")
_BARE = re.compile(r"(?P<scheme>https?|www)(?P<rest>(?:://|\.)[^\s<>]+)", re.IGNORECASE)
_STRUCTURE = re.compile(r"[\[\]<>`$\\]")
"""Signs in the words of a picture that could end it early, or begin something else in it."""
_ABROAD = re.compile(r"https?://(?P<host>[A-Za-z0-9.-]+)(?::[0-9]+)?(?:[/?#][^\s\\`$<>()]*)?", re.IGNORECASE)
_FIGURE = re.compile(r"/(?:files|converted)/(?P<path>[A-Za-z0-9%._~/-]*)(?:\?[A-Za-z0-9=&._-]*)?")


def with_safe_addresses(text: str, own_hosts: Collection[str] = ()) -> str:
    """The Markdown without pictures and links to addresses of the portal that are not allowed.

    `own_hosts` are the names under which people reach the portal, in lower case; those of this computer count always.
    """
    defined: dict[str, str] = {}
    for definition in _DEFINITION.finditer(text):
        defined.setdefault(_label(definition["label"]), definition["to"])
    pieces, at = [], 0
    while (opens := text.find("![", at)) >= 0:
        pieces.append(_with_safe_links(text[at:opens], own_hosts))
        found = _PICTURE.match(text, opens)
        kept = _keep_picture(found, defined, own_hosts) if found else None
        if found and kept:
            pieces.append(kept)
            at = found.end()
        elif found:
            words = re.sub(r"\]([(\[])", rf"]{_BREAK}\1", found[0][1:])
            pieces.append(f"!{_BREAK}{_with_safe_links(words, own_hosts)}")
            at = found.end()
        else:
            pieces.append(f"!{_BREAK}[")
            at = opens + 2
    pieces.append(_with_safe_links(text[at:], own_hosts))
    return "".join(pieces)


def remove_links(text: str) -> str:
    """The text with the label in the place of each inline link or picture, for where no Markdown is drawn.

    >>> remove_links("see the [pipeline's notes](https://example.org/notes).")
    "see the pipeline's notes."
    """
    return _INLINE.sub(r"\g<label>", text)


def _keep_picture(found: re.Match[str], defined: Mapping[str, str], own_hosts: Collection[str]) -> str | None:
    """The picture, written out so that it can mean nothing else; None where its address may not be loaded."""
    address = found["inline"] or defined.get(_label(found["label"] or found["alt"]), "")
    address = address.removeprefix("<").removesuffix(">")
    if not may_be_loaded(address, own_hosts):
        return None
    return f"![{_STRUCTURE.sub(' ', found['alt'])}]({address})"


def may_be_loaded(address: str, own_hosts: Collection[str] = ()) -> bool:
    """Whether a picture in a text may have this address: a figure of the portal's, or another host's."""
    figure = _FIGURE.fullmatch(address)
    if figure:
        return not {".", ".."} & set(re.split(r"[/\\]", unquote(unquote(figure["path"]))))
    abroad = _ABROAD.fullmatch(address)
    return abroad is not None and not is_own_host(abroad["host"], own_hosts)


def is_own_host(host: str, own_hosts: Collection[str]) -> bool:
    """Whether a host of an address may be the portal's: one of its names, or a spelling of this computer's.

    Browsers read `127.1`, `0x7f.1` and `2130706433` as addresses too: a name whose last part begins with a digit counts
    as ours unless it is written out, such as `192.168.1.5`.
    """
    name = host.lower().rstrip(".")
    if name in own_hosts or is_loopback(name) or name.endswith(".localhost") or name in {"", "0.0.0.0"}:
        return True
    return name.rpartition(".")[2][:1].isdigit() and not re.fullmatch(r"[1-9]\d{0,2}(?:\.(?:0|[1-9]\d{0,2})){3}", name)


def _with_safe_links(text: str, own_hosts: Collection[str]) -> str:
    def link(found: re.Match[str]) -> str:
        return f"{_BREAK}{found[0]}" if _logs_in_or_out(found["to"], own_hosts) else found[0]

    def bare(found: re.Match[str]) -> str:
        address = found[0] if found["rest"].startswith(":") else f"http://{found[0]}"
        return f"{found['scheme']}{_BREAK}{found['rest']}" if _logs_in_or_out(address, own_hosts) else found[0]

    return _BARE.sub(bare, _LINK.sub(link, text))


def _logs_in_or_out(written: str, own_hosts: Collection[str]) -> bool:
    """Whether an address, as Markdown writes it (with escapes and entities), is one of the portal's login."""
    address = re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", html.unescape(written.strip().removeprefix("<").removesuffix(">")))
    address = re.sub(r"[\x00-\x20]", "", address).replace("\\", "/")
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    ours = is_own_host(host_name(parts.netloc), own_hosts) if parts.netloc else parts.scheme in {"", "http", "https"}
    return ours and leads_into_login(f"/{parts.path}")


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()
