"""From a letter in the field of the list to its rows, in a browser, over an index of many assets."""

import time
from collections.abc import Iterator
from pathlib import Path

from bench import browser as chrome
from bench import servers
from bench.clicks import measure_bare
from bench.figures import Aim, Figure
from bench.measures import SETTLED, Bench
from qc_core.assets.query import AssetQuery
from qc_core.services import now
from qc_core.settings.model import Settings
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.open_index import index_path, open_index
from tests.fakes.gateway import run_gateway

_WORDS = ("7", "79", "791")
"""What is typed, letter by letter; each finds fewer assets."""


def letters(bench: Bench, path: Path, size: int) -> Iterator[Figure]:
    """The seconds for each letter, next to the bare round trip; the file at `path` is used up."""
    folder = bench.folder / f"letters-{size}"
    folder.mkdir()
    with run_gateway(folder) as gateway:
        database = Settings.from_env(gateway.environment, address="localhost").database
        assert database
        there = index_path(folder / "state", database)
        there.parent.mkdir(parents=True)
        for file in path.parent.glob(f"{path.name}*"):  # with its columns
            file.rename(there.with_name(there.name + file.name.removeprefix(path.name)))
        index = open_index(there, Gateway(database), now, every=3600)
        index.leave_to(lambda: True)
        totals = {word: index.query(AssetQuery(text=word, limit=0)).result.total for word in ("", *_WORDS)}
        server = servers.portal(folder, folder / "state", **gateway.environment)
        with servers.run_servers(server):
            yield Figure("from a letter to its rows", f"{size:,} assets", _type(bench, server, totals),
                         floor=measure_bare(bench), aim=Aim(3, of_floor=True))  # fmt: skip


def _type(bench: Bench, server: servers.Server, totals: dict[str, int]) -> list[float]:
    def rows(word: str) -> chrome.Expected:
        return chrome.rows(f"1–50 of {totals[word]:,}")

    page, _ = chrome.open_page(bench.browser, server.origin, rows(""))
    field, taken = page.get_by_label("Filter assets"), list[float]()
    for _ in range(max(2, bench.rounds // 3)):
        for word in _WORDS:
            time.sleep(SETTLED)
            taken.append(chrome.time_key(page, field, word[-1], rows(word)) / 1000)
        field.fill("")
        page.get_by_text(f"1–50 of {totals['']:,}", exact=True).wait_for()
    page.context.close()
    return taken
