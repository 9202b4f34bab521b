"""`/changed/<record>`: what an open page asks now and then."""

import json
from collections.abc import Callable

from tests.fakes.assets import Asset, three_metrics
from tests.fakes.portal import Portal


def test_the_revision_changes_with_the_record(
    portal: Portal, made: Callable[..., Asset], id_of: Callable[[Asset], str]
) -> None:
    asset = made(three_metrics())
    address = f"/changed/{id_of(asset)}"
    first = portal.ask(address)
    assert (first.status, first.headers["cache-control"]) == (200, "no-store")
    assert portal.ask(address).text == first.text
    written = asset.document()
    written["metrics"][0]["value"] = 2
    asset.rewrite(written)
    assert json.loads(portal.ask(address).text)["revision"] != json.loads(first.text)["revision"]


def test_an_unknown_record_is_not_found(portal: Portal) -> None:
    assert portal.ask("/changed/no-record-has-this-id").status == 404
