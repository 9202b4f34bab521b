"""The contract against a real gateway that QC_PORTAL_LIVE_GATEWAY names: read-only, unless a record is named too."""

import os
from datetime import UTC, datetime

import pytest

from qc_core.doctor import write_test
from qc_core.errors import RecordNotFound
from qc_core.settings import Settings
from qc_core.stores.docdb import DocDbStore
from qc_core.stores.docdb_gateway import Gateway
from qc_core.stores.docdb_validation import Validator

HOST, RECORD = os.environ.get("QC_PORTAL_LIVE_GATEWAY"), os.environ.get("QC_PORTAL_LIVE_RECORD")
pytestmark = pytest.mark.skipif(HOST is None, reason="QC_PORTAL_LIVE_GATEWAY names no gateway to try")


def _now():
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def gateway():
    database = Settings.from_env(os.environ | {"API_GATEWAY_HOST": str(HOST)}, address="localhost").database
    return Gateway(database)


def test_the_newest_records_are_listed_and_one_is_opened_by_id_and_by_name(gateway):
    store = DocDbStore(gateway, _now, Validator(), hurry=120)
    listing = store.listing()
    assert listing.trouble is None and listing.summaries
    summary = listing.summaries[0]
    record = store.fetch(summary.record_id)
    assert record.name == summary.name
    assert summary.record_id in store.ids_named(summary.name)


def test_what_is_not_there_is_not_found(gateway):
    store = DocDbStore(gateway, _now, Validator())
    assert store.ids_named("no asset is named like this") == ()
    with pytest.raises(RecordNotFound):
        store.fetch("no-record-has-this-id")


@pytest.mark.skipif(RECORD is None, reason="QC_PORTAL_LIVE_RECORD names no record to write to")
def test_the_database_does_what_submissions_rest_on(gateway):
    assert [finding.line() for finding in write_test(gateway, str(RECORD), _now()) if not finding.well] == []
