"""What every store promises to who only reads: in a folder, in a database, and behind a real gateway that is named.

The real one cannot be given a record, so it is asked for its newest; what lies there is read past the store.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from qc_core.assets.query import AssetQuery
from qc_core.errors import RecordNotFound
from qc_core.settings.model import Settings
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.store import DocDbStore
from qc_core.stores.docdb.validation import Validator
from qc_core.stores.ports import AssetIndex, RecordStore
from tests.qc_core.stores.building import docdb_index, document
from tests.qc_core.stores.test_contract import DocDbUnderTest, FolderUnderTest

HOST = os.environ.get("QC_PORTAL_LIVE_GATEWAY")


@dataclass(frozen=True)
class There:
    """A store, and one record as it lies in it."""

    store: RecordStore
    index: AssetIndex
    record_id: str
    name: str
    quality_control: Any


def live_gateway() -> Gateway:
    """The gateway that is named, or a skip where none is named."""
    if HOST is None:
        pytest.skip("QC_PORTAL_LIVE_GATEWAY names no gateway to try")
    database = Settings.from_env(os.environ | {"API_GATEWAY_HOST": HOST}, address="localhost").database
    assert database
    return Gateway(database)


def fill(under_test: Any) -> There:
    raw = document("Pass", "Pending", notes="as read")
    return There(under_test.store, under_test.index, under_test.add("mouse", raw), "mouse", raw)


def live(request: Any) -> There:
    """The newest record of a real gateway, read past the store: by the client's own search, without a projection."""
    gateway = live_gateway()
    store = DocDbStore(gateway, lambda: datetime.now(UTC), Validator(), timeout=120)
    index = docdb_index(gateway, lambda: datetime.now(UTC), request.getfixturevalue("tmp_path"), timeout=120.0)
    index.leave_to(lambda: True)  # so that only the newest records are read
    newest = next(one for one in index.query(AssetQuery()).result.rows if one.metrics)
    (raw,) = gateway._get_reading_client()._find_records({"_id": newest.record_id}, {}, None, 1, 0)
    return There(store, index, newest.record_id, raw["name"], raw["quality_control"])


STORES = {
    "folder": lambda request: fill(FolderUnderTest(request)),
    "docdb": lambda request: fill(DocDbUnderTest(request)),
    "live": live,
}


@pytest.fixture(params=list(STORES.values()), ids=list(STORES))
def there(request: pytest.FixtureRequest) -> Any:
    return request.param(request)


def test_a_record_is_read_as_it_is_stored_and_found_by_its_id_and_its_name(there: Any) -> None:
    record = there.store.get_fresh(there.record_id)
    assert (record.record_id, record.name) == (there.record_id, there.name)
    assert record.quality_control == there.quality_control
    assert there.record_id in there.store.find_ids(there.name)
    assert record.version == there.store.get_fresh(there.record_id).version


def test_its_revision_is_found_without_reading_all_of_it(there: Any) -> None:
    assert there.store.get_revision(there.record_id) == there.store.get_fresh(there.record_id).revision != ""


def test_it_is_listed_with_the_counts_of_its_document(there: Any) -> None:
    page, record = there.index.query(AssetQuery(ids=(there.record_id,))), there.store.get_fresh(there.record_id)
    (summary,) = page.result.rows
    assert page.error is None
    assert (summary.name, summary.subject_id) == (there.name, record.asset.subject_id)
    assert (summary.metrics, summary.generation) == (len(record.document.metrics), record.document.generation)


def test_a_cached_record_is_as_fresh_as_a_fetched_one(there: Any) -> None:
    cached = there.store.get_cached(there.record_id)
    assert (cached.record.quality_control, cached.error, cached.read_at) == (there.quality_control, None, None)


def test_asset_metadata_of_its_name_is_found_without_quality_control(there: Any) -> None:
    assert there.record_id in [one.record_id for one in there.store.get_asset_metadata(there.name)]


def test_nothing_else_is_found(there: Any) -> None:
    assert there.store.find_ids("no asset is named like this") == ()
    assert there.store.get_asset_metadata("no asset is named like this") == ()
    with pytest.raises(RecordNotFound):
        there.store.get_fresh("no-record-has-this-id")
    with pytest.raises(RecordNotFound):
        there.store.get_revision("no-record-has-this-id")
