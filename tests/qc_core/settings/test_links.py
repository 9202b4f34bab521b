import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.errors import BadSetting
from qc_core.settings.links import LinkTemplate, read_link_templates

AIND = (
    "Code Ocean=https://codeocean.allenneuraldynamics.org/data-assets/{code_ocean_id} | "
    "S3=https://us-west-2.console.aws.amazon.com/s3/buckets/{bucket}?prefix={prefix}/ | "
    "Metadata=https://metadata-portal.allenneuraldynamics.org/view?name={name}"
)


def read(text: str) -> tuple[LinkTemplate, ...]:
    return read_link_templates({"LINKS": text}, "LINKS")


def test_templates_have_a_label_and_an_address() -> None:
    assert [one.label for one in read(AIND)] == ["Code Ocean", "S3", "Metadata"]
    assert read(AIND)[1].address.endswith("/buckets/{bucket}?prefix={prefix}/")
    assert read("") == () == read(" | ")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("https://h/{name}", "Write Label=https"),
        ("Label", "Write Label=https"),
        ("A=http://h/{name}", "begin with https"),
        ("A=javascript:alert(1)", "begin with https"),
        ("A=https://{bucket}.h/x", "behind the host"),
        ("A=https://user@h/x", "begin with https"),
        ("A=https://h/a b", "without spaces"),
        ("A=https://h:port/", "begin with https"),
        ("A=https://h/{subject}", "{subject_id}"),
        ("A=https://h/{}", "placeholder"),
        ("|".join(["A=https://h/"] * 21), "At most 20"),
    ],
)
def test_a_link_that_cannot_be_used_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(BadSetting) as raised:
        read(text)
    assert why in str(raised.value)


@given(st.text())
def test_any_text_gives_links_at_https_or_is_refused(text: str) -> None:
    try:
        found = read(text)
    except BadSetting:
        return
    assert all(one.address.startswith("https://") for one in found)
