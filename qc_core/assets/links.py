"""The links of one asset to other sites, from the templates of the settings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from qc_core.assets.record import AssetRecord
from qc_core.settings.links import PLACEHOLDER, LinkTemplate


@dataclass(frozen=True, slots=True)
class AssetLink:
    """A link with the asset's values in it."""

    label: str
    address: str


def build_links(templates: Iterable[LinkTemplate], values: Mapping[str, str]) -> tuple[AssetLink, ...]:
    """The links for which every placeholder has a value; values are percent-encoded, slashes too.

    `https://h/{name}` and `{"name": "a b/c"}` give `https://h/a%20b%2Fc`.
    """
    found = []
    for template in templates:
        names = PLACEHOLDER.findall(template.address)
        if all(values.get(name) for name in names):
            address = PLACEHOLDER.sub(lambda match: quote(values[match[1]], safe=""), template.address)
            found.append(AssetLink(template.label, address))
    return tuple(found)


def list_link_values(asset: AssetRecord, record_id: str, name: str) -> dict[str, str]:
    """What of an asset a template can hold; what the record does not give is "".

    `raw_name` is the first asset that it was made from, or for a raw asset its own name; `bucket` and `prefix` are the
    parts of its location in S3.
    """
    location = asset.location or ""
    parts = urlsplit(location) if location.startswith("s3://") else urlsplit("")
    return {
        "name": name,
        "id": record_id,
        "location": location,
        "bucket": parts.netloc,
        "prefix": parts.path.strip("/"),
        "code_ocean_id": asset.code_ocean_id or "",
        "subject_id": asset.subject_id or "",
        "project": asset.project or "",
        "instrument": asset.instrument or "",
        "raw_name": next(iter(asset.source_names), name),
        "acquisition_date": f"{asset.acquisition_time:%Y-%m-%d}" if asset.acquisition_time else "",
    }
