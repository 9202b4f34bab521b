import json
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from qc_core.assets.links import AssetLink, build_links, list_link_values
from qc_core.assets.record import read_record
from qc_core.settings.links import PLACEHOLDERS, LinkTemplate, read_link_templates
from tests.paths import ROOT

RECORD = {
    "_id": "7d1",
    "name": "ecephys_1_2025-01-01_00-00-00_sorted_2025-01-02_00-00-00",
    "location": "s3://bucket/a folder/ecephys_1",
    "other_identifiers": {"Code Ocean": ["0c-8e"]},
    "subject": {"subject_id": "1"},
}


def test_values_of_the_asset_are_percent_encoded() -> None:
    values = list_link_values(read_record(RECORD, folder_name="f"), "7d1", "name & more")
    templates = [
        LinkTemplate("S3", "https://h/{bucket}?prefix={prefix}/"),
        LinkTemplate("M", "https://h/v?name={name}"),
    ]
    assert build_links(templates, values) == (
        AssetLink("S3", "https://h/bucket?prefix=a%20folder%2Fecephys_1/"),
        AssetLink("M", "https://h/v?name=name%20%26%20more"),
    )


def test_a_link_without_its_value_is_left_out() -> None:
    values = list_link_values(read_record({"name": "x"}, folder_name="x"), "x", "x")
    assert build_links([LinkTemplate("Code Ocean", "https://h/{code_ocean_id}")], values) == ()
    assert build_links([LinkTemplate("Help", "https://h/")], values) == (AssetLink("Help", "https://h/"),)


def test_every_placeholder_has_a_value_in_the_table() -> None:
    values = list_link_values(read_record(RECORD, folder_name="f"), "7d1", "n")
    assert set(values) == set(PLACEHOLDERS)
    assert values["code_ocean_id"] == "0c-8e" and values["raw_name"] == "ecephys_1_2025-01-01_00-00-00"


@given(st.text(min_size=1))
def test_no_value_leads_to_another_host_or_path(value: str) -> None:
    value = value.encode("utf-8", "replace").decode()
    (link,) = build_links([LinkTemplate("A", "https://h/a/{name}/b")], {"name": value})
    parts = urlsplit(link.address)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("https", "h", "", "")
    assert parts.path.startswith("/a/") and parts.path.endswith("/b") and parts.path.count("/") == 3


def test_the_example_in_the_documents_can_be_used() -> None:
    text = (ROOT / "docs" / "deploy.md").read_text("utf-8")
    example = text.split("QC_PORTAL_LINKS='", 1)[1].split("'", 1)[0]
    assert len(read_link_templates({"L": example}, "L")) >= 3 and json.dumps(example)
