"""A `MetricIndex` that reads the record of every asset that matches: for a folder, and for few assets."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from qc_core.assets.metrics import ChangeQuery, MetricQuery, select_metrics
from qc_core.errors import QcError
from qc_core.stores.listing import AssetPage, ChangePage, IndexState, MetricPage
from qc_core.stores.ports import AssetIndex, StoredRecord
from qc_core.stores.summary import metric_changes, metric_rows

log = logging.getLogger("qc_portal")


class MetricReader:
    """Answers from records that `read` gives. As safe for threads as that is."""

    def __init__(
        self, index: AssetIndex, read: Callable[[str], StoredRecord], clock: Callable[[], datetime], *, most: int = 1000
    ) -> None:
        """`most` is how many assets are read at most for one answer; where more match, `limited_to` states it.

        A query with a smaller `limit` of its own gives the page of assets that it asks for.
        """
        self._index, self._read, self._clock, self._most = index, read, clock, most

    def find_metrics(self, query: MetricQuery) -> MetricPage:
        """The metrics of the records that can be read. Raises what the index raises."""
        page, at = self._page(query), self._clock()
        records = list(self._records(page))
        rows = tuple(row for stored in records for row in select_metrics(query, metric_rows(stored, at)))
        return MetricPage(
            rows=rows, assets=page.result.total, assets_read=len(records), **self._state(page, query.assets.limit)
        )

    def find_changes(self, query: ChangeQuery) -> ChangePage:
        """The changes of the records that can be read. Raises what the index raises."""
        page, at = self._page(query.metrics), self._clock()
        found = [
            change
            for stored in self._records(page)
            for change in metric_changes(stored, at)
            if query.matches(change) and query.metrics.matches(replace(change.metric, status=change.status))
        ]
        found.sort(key=lambda change: change.time, reverse=True)
        return ChangePage(
            changes=tuple(found[: query.limit]), total=len(found), **self._state(page, query.metrics.assets.limit)
        )

    def _page(self, query: MetricQuery) -> AssetPage:
        limit = query.assets.limit
        if limit is None or limit > self._most:
            return self._index.query(replace(query.assets, limit=self._most, page=1))
        return self._index.query(query.assets)

    def _records(self, page: AssetPage) -> Iterator[StoredRecord]:
        for asset in page.result.rows:
            try:
                yield self._read(asset.record_id)
            except QcError as error:
                log.warning("the metrics of %s could not be read: %s", asset.record_id, error)

    def _state(self, page: AssetPage, asked: int | None) -> dict[str, Any]:
        state = {field.name: getattr(page, field.name) for field in fields(IndexState)}
        is_limited = page.result.total > self._most and (asked is None or asked > self._most)
        return state | ({"limited_to": self._most} if is_limited else {})
