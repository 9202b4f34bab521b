"""The room for a comparison on the cards: an address for the number as stored or drafted, and nothing read for it."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from pages.components.cards.comparison import build_address
from pages.shell.portal import services
from tests.fakes.assets import document, made, metric
from tests.pages.screen import Screen


def number_of(address: str) -> list[str]:
    return parse_qs(urlsplit(address).query).get("number", [])


def test_each_number_has_its_address_once_the_reader_compares(screen: Callable[..., Screen], tmp_path: Path) -> None:
    ruled = {"value": 12.5, "rule": "value < 20"}
    asset = made(document(metric("Drift", 3.5), metric("Ruled", ruled), metric("Remark", "odd")), tmp_path)
    shown = screen(tmp_path).review(name=asset.name)
    assert shown.data("comparison-switch") == {"on": False}
    assert shown.data("comparison-card-metrics/0") is None, "until the reader asks, the cards hold nothing of it"
    shown.app.session_state["qc-compare"] = True
    shown.run()
    assert shown.errors == []
    first, second, third = (shown.data(f"comparison-card-metrics/{number}") for number in range(3))
    assert (first["name"], number_of(first["address"])) == ("Drift", ["3.5"])
    assert number_of(second["address"]) == ["12.5"]
    assert third is None
    assert services().metrics_in_background._readings._held == {}, "nothing is read until the reader asks"

    field = shown.field("number_input", "Value of Drift")
    field.set_value(9.25)
    assert number_of(shown.run().data("comparison-card-metrics/0")["address"]) == ["9.25"], "the draft's"


def test_a_page_without_numbers_has_no_switch(screen: Callable[..., Screen], tmp_path: Path) -> None:
    asset = made(document(metric("Remark", "odd"), metric("Sure", True)), tmp_path)
    shown = screen(tmp_path).review(name=asset.name)
    assert shown.data("comparison-switch") is None and shown.errors == []


def test_an_address_takes_any_id_and_key() -> None:
    assert build_address("a/b ü", "metrics/3", 1e-05) == "/comparison/a%2Fb%20%C3%BC?metric=metrics%2F3&number=1e-05"
