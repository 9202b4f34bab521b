"""What a field makes of what is entered, where that could be several things, with a note about it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.shell.errors import plain
from qc_core.quality_control.status import Status
from tests.fakes.assets import document, made, metric
from tests.pages.screen import Screen


@pytest.fixture
def drafts(state: Path) -> Callable[[], str]:
    def read() -> str:
        return "".join(path.read_text("utf-8") for path in (state / "drafts").glob("*/*/*.json"))

    return read


@pytest.mark.parametrize(
    ("entered", "stored", "text", "status"),
    [
        ("5", 5, "5 is read as a number.", Status.PASS),
        ("false", False, "false is read as yes or no.", Status.FAIL),
        ("5 µm", "5 µm", '"5 µm" is read as a text.', None),
    ],
)
def test_entry_for_a_rule_without_a_value_shows_its_type(
    screen: Callable[..., Screen],
    tmp_path: Path,
    drafts: Callable[[], str],
    entered: str,
    stored: bool | int | str,
    text: str,
    status: Any,
) -> None:
    asset = made(document(metric("Drift", {"value": None, "rule": "value > 3"})), tmp_path / "assets")
    shown = screen(asset.folder.parent).review(name=asset.name)
    assert "taken as" not in shown.words
    shown.field("text_input", "Value of Drift").set_value(entered)
    assert text in shown.run().words
    assert shown.field("button_group", "Status of Drift").value == (status or Status.PENDING)
    assert f'"value": {json.dumps(stored)}' in json.dumps(json.loads(drafts()))


def test_emptied_number_field_keeps_the_value_and_shows_a_note(
    screen: Callable[..., Screen], tmp_path: Path, drafts: Callable[[], str]
) -> None:
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


def test_a_table_with_a_column_of_several_kinds_is_edited_as_json(
    screen: Callable[..., Screen], tmp_path: Path, drafts: Callable[[], str]
) -> None:
    asset = made(document(metric("Fit", {"a": [1, "x", None], "b": [1, 2, 3]})), tmp_path / "assets")
    shown = screen(asset.folder.parent).review(name=asset.name)
    assert "Its column “a” holds values of several kinds." in shown.words
    field = shown.field("text_area", "Value of Fit")
    field.set_value(field.value.replace('"x"', '"y"'))
    assert "1 change, saved as draft" in shown.run().words.replace("*", "")
    assert '"y"' in drafts()


def test_a_table_with_a_number_that_a_field_would_alter_has_a_note(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    asset = made(document(metric("Fit", {"a": [1, 2], "b": [2**60, 3]})), tmp_path / "assets")
    assert "Shown, not edited: “b”." in screen(asset.folder.parent).review(name=asset.name).words


@pytest.mark.parametrize(
    ("entered", "stored"),
    [("7850.5", 7850.5), ("0", 0), ("-3.5", -3.5), ("true", True), ("5 µm", "5 µm"), ("007", "007")],
)
def test_entry_for_no_value_is_stored_by_its_form(
    screen: Callable[..., Screen], tmp_path: Path, drafts: Callable[[], str], entered: str, stored: Any
) -> None:
    asset = made(document(metric("Depth", None)), tmp_path / "assets")
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.field("text_input", "Value of Depth").set_value(entered)
    shown.run()
    assert f'"value": [{json.dumps(stored)}]' in json.dumps(json.loads(drafts()))


def test_number_entered_for_no_value_can_become_a_text_and_back(
    screen: Callable[..., Screen], tmp_path: Path, drafts: Callable[[], str]
) -> None:
    asset = made(document(metric("Depth", None)), tmp_path / "assets")
    shown = screen(asset.folder.parent).review(name=asset.name)
    assert not [one for one in shown.app.get("button_group") if one.label.startswith("Type of")]
    shown.field("text_input", "Value of Depth").set_value("7850.5")
    assert "(no value) → 7850.5" in shown.run().words
    shown.field("button_group", "Type of Value of Depth").set_value("Text")
    assert '(no value) → "7850.5"' in shown.run().words
    assert '"7850.5"' in json.dumps(json.loads(drafts()))
    again = screen(asset.folder.parent).review(name=asset.name)  # drawn again from the draft
    again.field("text_input", "Value of Depth").set_value("7851")
    assert '(no value) → "7851"' in again.run().words
    again.field("button_group", "Type of Value of Depth").set_value("Number or yes/no")
    assert "(no value) → 7851" in again.run().words
    third = screen(asset.folder.parent).review(name=asset.name)
    assert third.field("number_input", "Value of Depth").value == 7851
    third.field("button_group", "Type of Value of Depth").set_value("Text")
    assert '(no value) → "7851"' in third.run().words


def test_a_stored_empty_text_stays_a_text_unless_a_number_is_chosen(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    asset = made(document(metric("Depth", "")), tmp_path / "assets")
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.field("text_input", "Value of Depth").set_value("5")
    assert '"" → "5"' in shown.run().words
    shown.field("button_group", "Type of Value of Depth").set_value("Number or yes/no")
    assert '"" → 5' in shown.run().words


def test_a_stored_text_that_is_no_option_is_no_answer_of_a_checkbox(
    screen: Callable[..., Screen], tmp_path: Path, drafts: Callable[[], str]
) -> None:
    value = {"value": "Integrity", "options": ["A", "B", "C", "D"], "status": ["Pass"] * 4, "type": "checkbox"}
    asset = made(document(metric("Summary", value)), tmp_path / "assets")
    shown = screen(asset.folder.parent).review(name=asset.name)
    field = shown.field("button_group", "Value of Summary")
    assert field.value == []
    assert "0 of 4 chosen." in shown.words
    assert 'Stored: **"Integrity"**. Not among the options.' in shown.words
    assert "No changes yet" in shown.words
    field.set_value([1])
    assert "1 change, saved as draft" in shown.run().words.replace("*", "")
    assert '"value": ["B"]' in json.dumps(json.loads(drafts()))


@pytest.mark.parametrize(("kind", "value"), [("dropdown", ""), ("checkbox", [])])
def test_text_of_an_option_is_shown_as_it_is(
    screen: Callable[..., Screen], tmp_path: Path, kind: str, value: Any
) -> None:
    option = "![p](https://x.org/p.png) **b**"
    choice = {"value": value, "options": [option, "Bad"], "status": ["Pass", "Fail"], "type": kind}
    asset = made(document(metric("Yield", choice)), tmp_path / "assets")
    shown = screen(asset.folder.parent).review(name=asset.name)
    [label, _] = (one.content for one in shown.field("button_group", "Value of Yield").proto.options)
    assert label == plain(f"{option}  →  Pass")
    assert "![" not in label and "**" not in label


def test_further_keys_of_a_choice_are_shown_and_kept(
    screen: Callable[..., Screen], tmp_path: Path, drafts: Callable[[], str]
) -> None:
    value = {
        "units": {"n": 212, "sua": 80},
        "value": "",
        "options": ["Good", "Bad"],
        "status": ["Pass", "Fail"],
        "type": "dropdown",
        "series": "https://figurl.org/f?v=x_(1)&b=2",
        "script": "javascript:alert(1)",
        "plain": "http://figurl.org",
        "bins": [0, 1, 2],
    }
    asset = made(document(metric("Yield", value)), tmp_path / "assets")
    shown = screen(asset.folder.parent).review(name=asset.name)
    assert "| units · n | 212 |" in shown.words and "| units · sua | 80 |" in shown.words
    assert "(<https://figurl.org/f?v=x_%281%29&amp;b=2>)" in "".join(one.value for one in shown.app.markdown)
    assert "](<javascript" not in shown.words and "](<http:" not in shown.words
    assert "| script | javascript:alert(1) |" in shown.words
    assert [json.loads(one.value) for one in shown.app.json] == [[0, 1, 2]]
    shown.field("button_group", "Value of Yield").set_value(1)
    shown.run()
    assert json.dumps({**value, "value": "Bad"}) in json.dumps(json.loads(drafts()))


def test_status_that_contradicts_a_dropdown_answer_is_marked(screen: Callable[..., Screen], tmp_path: Path) -> None:
    value = {"value": "", "options": ["Good", "Bad"], "status": ["Pass", "Fail"], "type": "dropdown"}
    asset = made(document(metric("Yield", value)), tmp_path / "assets")
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.field("button_group", "Value of Yield").set_value(1)
    assert "They differ" not in shown.run().words
    shown.field("button_group", "Status of Yield").set_value(Status.PASS)
    words = shown.run().words
    assert "They differ:** the answer means" in words and "you chose" in words
    shown.field("button_group", "Status of Yield").set_value(Status.FAIL)
    assert "They differ" not in shown.run().words


def test_a_stored_status_that_contradicts_the_stored_answer_is_marked(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    value = {"value": "Bad", "options": ["Good", "Bad"], "status": ["Pass", "Fail"], "type": "dropdown"}
    asset = made(document(metric("Yield", value, "Pass")), tmp_path / "assets")
    words = screen(asset.folder.parent).review(name=asset.name).words
    assert "They differ" in words and "is stored" in words
