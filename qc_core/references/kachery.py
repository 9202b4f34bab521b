"""Files in Kachery, a store in which the SHA-1 of a file's bytes is its address: `sha1://<hash>?label=name.ext`."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs

_KACHERY = re.compile(r"sha1://", re.IGNORECASE)
_ADDRESS = re.compile(
    r"sha1://(?P<sha1>[0-9a-f]{40})(?P<suffix>(?:\.[a-z0-9]{1,10}){0,2})(?:/(?P<path>[^?#]*))?(?:\?(?P<query>[^#]*))?(?:#.*)?",
    re.IGNORECASE | re.DOTALL,
)
_SUFFIX = re.compile(r".*[^/]\.[A-Za-z0-9]{1,10}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class KacheryFile:
    """A file by the SHA-1 of its bytes (40 small hexadecimal digits), with the name that the reference gives it."""

    sha1: str
    name: str

    @property
    def identity(self) -> str:
        """What its short name in our addresses is made of; never the same as that of another kind of file."""
        return f"sha1://{self.sha1}/{self.name}"


def is_kachery(text: str) -> bool:
    """Whether a text means to be an address in Kachery."""
    return _KACHERY.match(text) is not None


def read_kachery(text: str) -> KacheryFile | str:
    """The file that `sha1://hash?label=name.ext` or `sha1://hash.ext` names, or a sentence with the reason why it names
    none.

    Of the rest of the address only the label counts. Kachery's own `location=`, a path on the machine that stored the
    file, is dropped: the portal would open it on its own machine.
    """
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return "It names no file in Kachery: that takes a SHA-1 of 40 hexadecimal digits."
    sha1 = found["sha1"].lower()
    labels = parse_qs(found["query"] or "").get("label", [])
    named = [_last(text) for text in (*labels, found["path"] or "")]
    plain = sha1 + found["suffix"]
    with_suffix = (name for name in (*named, plain) if _SUFFIX.fullmatch(name))
    return KacheryFile(sha1, next(with_suffix, next(filter(None, named), plain)))


def _last(path: str) -> str:
    name = path.rstrip("/").rpartition("/")[2]
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)
