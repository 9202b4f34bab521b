"""The list over an index of many assets, in a browser: its first rows, letters that are typed, pages, and memory."""

import time
from collections.abc import Iterator
from pathlib import Path

from bench import browser as chrome
from bench import servers
from bench.clicks import measure_bare
from bench.figures import Aim, Figure
from bench.measures import SETTLED, Bench
from pages.shell.asset_rows import ROWS_ON_A_PAGE
from qc_core.assets.query import AssetQuery
from qc_core.services import now
from qc_core.settings.model import Settings
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.open_index import index_path, open_index
from tests.fakes.gateway import run_gateway

_WORDS = ("7", "79", "791")
"""What is typed, letter by letter; each finds fewer assets."""


def asset_list(bench: Bench, path: Path, size: int) -> Iterator[Figure]:
    """What a reader of the list waits for, and the memory of server and tab; the file at `path` is used up."""
    folder = bench.folder / f"list-{size}"
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
            yield from _read(bench, server, totals[""])
            yield Figure("from a letter to its rows", f"{size:,} assets", _type(bench, server, totals),
                         floor=measure_bare(bench), aim=Aim(3, of_floor=True))  # fmt: skip
            yield Figure("memory of the server", f"{size:,} assets", [server.memory()], "MB", digits=0)


def _read(bench: Bench, server: servers.Server, total: int) -> Iterator[Figure]:
    """The first rows after a start and in a further window, pages in the middle of the list, and the tab's memory."""
    record, middle = f"{total:,} assets", -(-total // ROWS_ON_A_PAGE) // 2

    def page_of(number: int) -> chrome.Expected:
        first = (number - 1) * ROWS_ON_A_PAGE + 1
        return chrome.rows(f"{first:,}–{first + ROWS_ON_A_PAGE - 1:,} of {total:,}")

    def open_list(address: str, expected: chrome.Expected) -> float:
        page, taken = chrome.open_page(bench.browser, server.origin + address, expected)
        page.context.close()
        return taken / 1000

    yield Figure("first rows after a start", record, [open_list("", page_of(1))])
    rounds = range(max(2, bench.rounds // 3))
    yield Figure("first rows in a window", record, [open_list("", page_of(1)) for _ in rounds], aim=Aim(3))
    there = f"/?page={middle}"
    yield Figure(
        "the page in the middle, opened", record, [open_list(there, page_of(middle)) for _ in rounds], aim=Aim(3)
    )
    page, _ = chrome.open_page(bench.browser, server.origin + there, page_of(middle))
    following = page.get_by_role("link", name="Next →")
    steps = [chrome.time_click(page, following, page_of(middle + number)) / 1000 for number in range(1, 6)]
    yield Figure("the next page in the middle", record, steps, aim=Aim(1))
    devtools = page.context.new_cdp_session(page)
    devtools.send("HeapProfiler.collectGarbage")
    heap = devtools.send("Runtime.getHeapUsage")["usedSize"] / 2**20
    yield Figure("memory of the tab's script", record, [heap], "MB", digits=0)
    page.context.close()


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
