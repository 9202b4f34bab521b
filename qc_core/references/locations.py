"""What is needed of an asset to parse its references: its location, and the names of figures that contain a `;`.

References hold placeholders for locations in S3: `{derived_asset_location}` and `{raw_asset_location}`.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote

_PLACEHOLDER = re.compile(r"\{(derived|raw)_asset_location\}")
RAW_PLACEHOLDER = re.compile(r"(?:\{|%7B)raw_asset_location(?:\}|%7D)", re.IGNORECASE)
"""As written in an address, or percent-encoded: where an address has it, the record of the raw asset has to be
found."""


@dataclass(frozen=True, slots=True)
class Locations:
    """Where an asset is, and the raw asset that it was made from: `s3://bucket/prefix`, or None where not known.

    `semicolon_names` are the texts that are the name of one figure of the asset in spite of the `;` in them, which
    otherwise joins two references: `reference.semicolon_names` finds them.
    """

    derived: str | None = None
    raw: str | None = None
    semicolon_names: frozenset[str] = frozenset()


NO_LOCATIONS = Locations()


def has_placeholder(text: str) -> bool:
    """Whether a text holds one of the two placeholders."""
    return _PLACEHOLDER.search(text) is not None


def fill_path(text: str, locations: Locations) -> str:
    """The text with the locations as they are, for what is not an http(s) address."""
    return _PLACEHOLDER.sub(lambda found: _location(found, locations) or found[0], text)


def fill_address(address: str, locations: Locations) -> str:
    """An http(s) address with the locations in it, encoded so that they stay within their part of it."""
    return _PLACEHOLDER.sub(lambda found: quote(_location(found, locations) or "", safe=":/") or found[0], address)


def describe_unfilled(text: str) -> str:
    """What is missing for the placeholders that are left in a text, as a sentence; "" if none is left."""
    left = {found[1] for found in _PLACEHOLDER.finditer(text)}
    if "derived" in left:
        return "It needs the location of this asset, which the record does not give."
    if "raw" in left:
        return "It needs the location of the raw asset, and no record that gives it was found."
    return ""


def _location(found: re.Match[str], locations: Locations) -> str | None:
    location = locations.derived if found[1] == "derived" else locations.raw
    return location.rstrip("/") if location else None
