"""Links of an asset to other sites, by templates in the settings: `Label=https://…{placeholder}…`, with `|` between.

For example AIND's::

    Code Ocean=https://codeocean.allenneuraldynamics.org/data-assets/{code_ocean_id} |
    S3=https://us-west-2.console.aws.amazon.com/s3/buckets/{bucket}?prefix={prefix}/ |
    Metadata=https://metadata-portal.allenneuraldynamics.org/view?name={name}
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from qc_core.errors import BadSetting
from qc_core.settings.setting import Environment

PLACEHOLDERS = (
    *("name", "id", "location", "bucket", "prefix", "code_ocean_id", "subject_id", "project", "instrument"),
    *("raw_name", "acquisition_date"),
)
"""What of an asset a template may hold, in braces."""
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MOST_LINKS = 20
_UNUSABLE = re.compile('[\\s\x00-\x20\x7f-\x9f\\\\<>"`]')


@dataclass(frozen=True, slots=True)
class LinkTemplate:
    """A link of every asset: its label, and its address with placeholders in it."""

    label: str
    address: str


def read_link_templates(environment: Environment, name: str) -> tuple[LinkTemplate, ...]:
    """The templates that a variable holds. Raises BadSetting that names which cannot be used, and why."""
    entries = [entry.strip() for entry in environment.get(name, "").split("|") if entry.strip()]
    if len(entries) > _MOST_LINKS:
        raise BadSetting(f"{name} has {len(entries)} links.", f"At most {_MOST_LINKS} are shown.")
    return tuple(_read(entry, name) for entry in entries)


def _read(entry: str, name: str) -> LinkTemplate:
    label, mark, address = (part.strip() for part in entry.partition("="))
    if not mark or not label or "://" in label:
        raise BadSetting(f"{name} holds {entry!r}.", "Write Label=https://…, with | between two links.")
    unknown = [found for found in PLACEHOLDER.findall(address) if found not in PLACEHOLDERS]
    if unknown:
        known = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
        raise BadSetting(f"The link “{label}” in {name} has the placeholder {{{unknown[0]}}}.", f"There are {known}.")
    if not _is_usable(address):
        raise BadSetting(
            f"The address of the link “{label}” in {name} cannot be used.",
            "It has to begin with https:// and a host, without spaces, and with placeholders behind the host only.",
        )
    return LinkTemplate(label, address)


def _is_usable(address: str) -> bool:
    if _UNUSABLE.search(address) or not address.startswith("https://"):
        return False
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        return False
    return bool(parts.hostname) and "@" not in parts.netloc and not set("{}") & set(parts.netloc)
