"""A query for metrics as the parameters of an address, and back: `?project=Ephys&stage=Raw+data&tag=probe:A&q=drift`.

Of the metric: `q` (words of its name or tags), `metric` (name), `tag`, `stage`, `modality`. Of its asset: `asset`
(words of its name, subject or project) and all other keys of `query_text`, such as `project`, `subject` and `id`.
Statuses and the page of a list belong to the page that asks, and are no part of such an address.
"""

from collections.abc import Iterable
from dataclasses import replace

from qc_core.assets import query_text
from qc_core.assets.metrics import CONDITION_OF_KEY, MetricQuery

_OF_THE_PAGE = {"status", "pending", "page"}


def format_metric_query(query: MetricQuery) -> list[tuple[str, str]]:
    """The query as pairs of key and value, for `urllib.parse.urlencode`; what is at its default is left out."""
    of_asset = replace(query.assets, text="", modalities=(), statuses=(), pending=False, page=1)
    pairs = [("q", query.text), ("asset", query.assets.text)]
    pairs += [(key, value) for key, name in CONDITION_OF_KEY.items() for value in getattr(query, name)]
    return [(key, value) for key, value in (*pairs, *query_text.format_query(of_asset)) if value]


def parse_metric_query(pairs: Iterable[tuple[str, str]]) -> MetricQuery:
    """The query that an address states. Never raises: a key or value that is not understood counts as absent."""
    text = ""
    lists: dict[str, tuple[str, ...]] = {}
    of_asset: list[tuple[str, str]] = []
    for key, value in pairs:
        if key == "q":
            text = value
        elif key == "asset":
            of_asset.append(("q", value))
        elif key in CONDITION_OF_KEY:
            if value:
                lists[CONDITION_OF_KEY[key]] = tuple(dict.fromkeys((*lists.get(CONDITION_OF_KEY[key], ()), value)))
        elif key not in _OF_THE_PAGE:
            of_asset.append((key, value))
    query = MetricQuery(query_text.parse_query(of_asset), text=text)
    return replace(query, **lists)  # type: ignore[arg-type]  # each of these conditions is a tuple of texts
