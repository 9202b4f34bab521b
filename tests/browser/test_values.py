"""Each kind of value, edited with clicks and keys: what is stored has the right type, and the value that was
entered."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.portal_page import PortalPage
from tests.fakes.assets import Asset, document, metric


def dropdown(
    value: Any, options: Any = ("Low", "High"), status: Any = ("Pass", "Fail"), kind: str = "dropdown"
) -> dict[str, Any]:
    return {"value": value, "options": list(options), "status": list(status), "type": kind}


def yes(card: Any) -> None:
    card.box.get_by_role("radio", name="Yes").click()


def edit_two_columns(card: Any) -> None:
    """One of the columns on screen, and one that has to be found."""
    card.type_in_cell(0, 1, "25")
    card.expect_mark("Saved as draft")
    find = card.box.get_by_label("Find columns of wide")
    find.fill("COLUMN 99")
    find.press("Enter")
    expect(card.box).to_contain_text("Shown: 1 column named like “COLUMN 99”, of 100 in all.")
    card.type_in_cell(1, 0, "26")


WIDE = {f"column {number}": [number, number] for number in range(100)}
FIELDS = {
    "integer": (12, lambda card: card.enter("15"), 15),
    "integer to nought": (3, lambda card: card.enter("0"), 0),
    "float": (0.0042, lambda card: card.enter("0.00425"), 0.00425),
    "float that becomes whole": (2.5, lambda card: card.enter("3"), 3.0),
    "text": ("quiet", lambda card: card.enter("loud"), "loud"),
    "text emptied": ("quiet", lambda card: card.enter(""), ""),
    "boolean": (False, yes, True),
    "null": (None, lambda card: card.enter("seen by eye"), "seen by eye"),
    "dropdown": (dropdown(""), lambda card: card.pick("High"), dropdown("High")),
    "dropdown emptied": (dropdown("Low"), lambda card: card.pick("None chosen"), dropdown("")),
    "checkbox": (dropdown([], kind="checkbox"), lambda card: card.tick("Low"), dropdown(["Low"], kind="checkbox")),
}
TABLES = {
    "numbers": ([1, 2, 3], lambda card: card.type_in_cell(1, 0, "25"), [1, 25, 3]),
    "numbers with one more": ([191, 8], lambda card: card.type_in_cell(2, 0, "381", new_row=True), [191, 8, 381]),
    "texts": (["a", "b"], lambda card: card.type_in_cell(0, 0, "z"), ["z", "b"]),
    "columns": (
        {"Index": ["soma", "dendrite"], "ROIs": [7, 3], "SNR": [5.2, 2.7]},
        lambda card: card.type_in_cell(1, 2, "2.85"),
        {"Index": ["soma", "dendrite"], "ROIs": [7, 3], "SNR": [5.2, 2.85]},
    ),
    "wide": (WIDE, edit_two_columns, WIDE | {"column 1": [25, 1], "column 99": [99, 26]}),
    "scalars": ({"rows": 3, "columns": 4}, lambda card: card.type_in_cell(1, 1, "5"), {"rows": 3, "columns": 5}),
}


@pytest.mark.parametrize("kinds", [FIELDS, TABLES], ids=["fields", "tables"])
def test_a_value_of_each_kind_is_edited_by_hand_and_stored_with_its_type(
    page: PortalPage, made: Callable[..., Asset], kinds: Any
) -> None:
    asset = made(document(*(metric(name, stored, "Pass") for name, (stored, _, _) in kinds.items())))
    page.open(asset)
    for number, (name, (_, edit, _)) in enumerate(kinds.items(), start=1):
        edit(page.card(name))
        page.expect_changes(number)
    page.submit(len(kinds))
    stored = {name: asset.metric(name)["value"] for name in kinds}
    wanted = {name: value for name, (_, _, value) in kinds.items()}
    assert stored == wanted
    assert json.dumps(stored) == json.dumps(wanted)  # for 3 == 3.0, and True == 1


def test_falsy_values_are_shown_unchanged_and_one_too_large_for_a_field_as_json(
    page: PortalPage, made: Callable[..., Asset]
) -> None:
    falsy = (metric(f"is {value!r}", value) for value in (0, 0.0, False, "", [], None))  # type: ignore[var-annotated]  # JSON of mixed types
    asset = made(document(*falsy, metric("Fit", {"fit": {"slopes": [[n] for n in range(3000)]}})))
    page.open(asset)
    expect(page.card("is 0").field).to_have_value("0")
    expect(page.card("is 0.0").field).to_have_value("0")
    expect(page.card("is False").box.get_by_role("radio", name="No", exact=True)).to_be_checked()
    expect(page.card("is ''").field).to_have_attribute("placeholder", "empty text")
    expect(page.card("is []").box.locator('[data-testid="stDataFrame"]')).to_be_visible()
    expect(page.card("is None").field).to_have_attribute("placeholder", "no value: type to set one")
    large = page.card("Fit")
    expect(large.box.locator('[data-testid="stJson"]')).to_contain_text("fit")
    expect(large.box).to_contain_text("too large to be edited here")
    page.expect_changes(0)


def test_options_set_a_status_but_keep_one_chosen_by_hand_and_a_value_alone_keeps_it(
    page: PortalPage, made: Callable[..., Asset]
) -> None:
    asset = made(
        document(
            metric("Drift", dropdown("", ("Low", "Middle", "High"), ("Pass", "Pending", "Fail"))),
            metric("Trace", dropdown([], ("Fine", "Odd", "Broken"), ("Pass", "Pending", "Fail"), "checkbox")),
            metric("Measure", 1, "Pass"),
        )
    )
    page.open(asset)
    drift = page.card("Drift")
    drift.pick("High")
    drift.expect_status("Fail")
    drift.pick("Low")
    drift.expect_status("Pass")
    drift.choose("Fail")
    drift.expect_status("Fail")
    drift.pick("Middle")
    drift.expect_mark("Middle")
    drift.expect_status("Fail")
    page.expect_changes(1)

    # A checkbox list takes the worst status of what is ticked.
    trace = page.card("Trace")
    for option, status in (("Fine", "Pass"), ("Odd", "Pending"), ("Broken", "Fail")):
        trace.tick(option)
        trace.expect_status(status)
    page.expect_changes(2)

    # A value alone is signed with the status that it had.
    page.card("Measure").enter("2")
    page.expect_changes(3)
    page.submit(3)
    assert asset.metric("Drift")["value"]["value"] == "Middle"
    assert asset.metric("Drift")["status_history"][-1]["status"] == "Fail"
    assert asset.metric("Trace")["value"]["value"] == ["Fine", "Odd", "Broken"]
    assert [entry["status"] for entry in asset.metric("Measure")["status_history"]] == ["Pass", "Pass"]


def test_value_outside_the_options_stays_until_someone_chooses(page: PortalPage, made: Callable[..., Asset]) -> None:
    asset = made(document(metric("Drift", dropdown("Medium"))))
    page.open(asset)
    drift = page.card("Drift")
    expect(drift.box).to_contain_text("Medium")
    expect(drift.box).to_contain_text("Not among the options")
    drift.choose("Pass")
    page.expect_changes(1)
    page.submit()
    page.expect_changes(0)  # the card is drawn again by then
    assert asset.metric("Drift")["value"] == dropdown("Medium")
    drift.pick("High")
    page.expect_changes(1)
    page.submit()
    assert asset.metric("Drift")["value"] == dropdown("High")
