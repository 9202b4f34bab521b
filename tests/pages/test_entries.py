"""What a field makes of what is entered, where that could be several things, and says it."""

import json

import pytest

from qc_core.quality_control.status import Status
from tests.fakes.assets import document, made, metric


@pytest.fixture
def drafts(state):
    def read() -> str:
        return "".join(path.read_text("utf-8") for path in (state / "drafts").glob("*/*/*.json"))

    return read


@pytest.mark.parametrize(
    ("entered", "stored", "said", "status"),
    [
        ("5", 5, "5 is taken as a number.", Status.PASS),
        ("false", False, "false is taken as yes or no.", Status.FAIL),
        ("5 µm", "5 µm", '"5 µm" is taken as a text.', None),
    ],
)
def test_where_a_rule_waits_for_a_value_it_is_said_what_an_entry_became(
    screen, tmp_path, drafts, entered, stored, said, status
) -> None:
    asset = made(document(metric("Drift", {"value": None, "rule": "value > 3"})), tmp_path / "assets")
    shown = screen(asset.folder.parent).review(name=asset.name)
    assert "taken as" not in shown.words
    shown.field("text_input", "Value of Drift").set_value(entered)
    assert said in shown.run().words
    assert shown.field("button_group", "Status of Drift").value == (status or Status.PENDING)
    assert f'"value": {json.dumps(stored)}' in json.dumps(json.loads(drafts()))


def test_an_emptied_number_stays_and_that_is_said(screen, tmp_path, drafts) -> None:
    asset = made(document(metric("Drift", 0.004)), tmp_path / "assets")
    shown = screen(asset.folder.parent).review(name=asset.name)
    field = shown.field("number_input", "Value of Drift")
    assert field.value == 0.004
    field.set_value(None)
    assert "Empty: the value stays 0.004." in shown.run().words
    assert "No changes yet" in shown.words
    shown.field("number_input", "Value of Drift").set_value(0.5)
    assert "Empty" not in shown.run().words
    shown.field("number_input", "Value of Drift").set_value(None)
    assert "Empty: the value stays 0.5." in shown.run().words
    assert "1 change, saved as draft" in shown.words.replace("*", "")
    again = screen(asset.folder.parent).review(name=asset.name)
    assert again.field("number_input", "Value of Drift").value == 0.5


def test_a_table_with_a_column_of_several_kinds_is_edited_as_json(screen, tmp_path, drafts) -> None:
    asset = made(document(metric("Fit", {"a": [1, "x", None], "b": [1, 2, 3]})), tmp_path / "assets")
    shown = screen(asset.folder.parent).review(name=asset.name)
    assert "Its column “a” holds values of several kinds." in shown.words
    field = shown.field("text_area", "Value of Fit")
    field.set_value(field.value.replace('"x"', '"y"'))
    assert "1 change, saved as draft" in shown.run().words.replace("*", "")
    assert '"y"' in drafts()


def test_a_table_with_a_number_that_a_field_would_alter_says_so(screen, tmp_path) -> None:
    asset = made(document(metric("Fit", {"a": [1, 2], "b": [2**60, 3]})), tmp_path / "assets")
    assert "Shown, not edited: “b”." in screen(asset.folder.parent).review(name=asset.name).words
