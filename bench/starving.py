"""What one person's costly requests do to another person's figures, and what hostile files cost in memory.

`starving`: one person asks for 200 comparisons and conversions of odd widths and percentiles at once; meanwhile another
asks for a picture, a conversion and a comparison of their own, again and again. `decoding`: the peak of memory, the
portal and its processes together, while it answers for two pictures of 100 megapixels and for a table of 20 MB.
"""

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlsplit

import numpy as np
from PIL import Image

from bench import servers
from bench.figures import Aim, Figure
from bench.measures import Bench
from bench.servers import Server
from qc_core.references.charts.vega import data_files
from qc_core.references.reference import AssetFile
from qc_core.references.shown import data_address, file_address, reference_digest
from qc_core.services import now
from qc_core.stores.folder.store import FolderStore

REQUESTS = 200
_NAME = "bench-starving"
_MAX_CHARACTERS = 120.0
_MB = 2**20


def measure_starving(bench: Bench) -> Iterator[Figure]:
    """How long another person waits for each kind of figure, first alone and then during the 200 requests."""
    assets, state = bench.folder / "starving", bench.folder / "starving-state"
    _write_pictures(assets / _NAME)
    server = servers.portal(assets, state, QC_PORTAL_TRUST_NETWORK="1")
    record_id = FolderStore(assets, now).find_ids(_NAME)[0]
    with servers.run_servers(server):
        _ask(server, "B", "/healthz")
        alone = _waits_of_the_other(server, record_id, assets / _NAME, rounds=2, enough=lambda: False)
        with ThreadPoolExecutor(REQUESTS) as pool:
            requests = [pool.submit(_ask, server, "A", path) for path in _odd_requests(record_id)]
            during = _waits_of_the_other(
                server, record_id, assets / _NAME, rounds=8, enough=lambda: all(one.done() for one in requests)
            )
            statuses = sorted(status for status, _ in (one.result() for one in requests))
    counts = ", ".join(f"{statuses.count(one)} × {one}" for one in sorted(set(statuses)))
    print(f"  the {REQUESTS} requests were answered: {counts}", flush=True)
    for what, values in during.items():
        yield Figure(f"{what}, another person's", f"during {REQUESTS}", values, floor=alone[what], aim=Aim(1))
        yield Figure(f"{what}, the longest of these", f"during {REQUESTS}", [max(values)], aim=Aim(1))


def measure_decoding(bench: Bench) -> Iterator[Figure]:
    """The peak of memory above what the portal held before, for each hostile file, and the time to its answer."""
    assets = bench.folder / "decoding"
    chart = _write_bombs(assets / _NAME)
    record_id = FolderStore(assets, now).find_ids(_NAME)[0]
    left, right = (reference_digest(name) for name in ("left.png", "right.png"))
    table = next(iter(data_files(chart, AssetFile("chart.vl.json")).values()))
    paths = {
        "two PNGs of 100 megapixels": f"/compare/{record_id}/{left}/{right}?width=700",
        "a CSV of 20 MB": data_address(table, reference_digest("chart.vl.json"), record_id) + "?rows=",
    }
    for what, path in paths.items():
        server = servers.portal(assets, bench.folder / f"decoding-{len(what)}")
        with servers.run_servers(server):
            _ask(server, "A", file_address(AssetFile("small.png"), record_id))
            before = server.memory()
            peak, (status, seconds) = _peak_while(server, partial(_ask, server, "A", path))
        print(f"  {what}: answered {status}", flush=True)
        yield Figure(f"{what}, memory", "hostile files", [peak - before], "MB", digits=0)
        yield Figure(f"{what}, answer", "hostile files", [seconds])


def _odd_requests(record_id: str) -> list[str]:
    left, right = reference_digest("left.png"), reference_digest("right.png")
    compared = [
        f"/compare/{record_id}/{left}/{right}?width={401 + 7 * at}&at={at % 100}" for at in range(REQUESTS // 2)
    ]
    converted = file_address(AssetFile("deep.tif"), record_id, "converted")
    return compared + [f"{converted}?low={at / 10 + 0.03:.2f}&high={99 - at / 10:.2f}" for at in range(REQUESTS // 2)]


def _waits_of_the_other(
    server: Server, record_id: str, folder: Path, rounds: int, enough: Callable[[], bool]
) -> dict[str, list[float]]:
    """Seconds for each kind of figure; the TIFF and the pair are written again each time, so that nothing is kept."""
    own, pair = reference_digest("own-left.png"), reference_digest("own-right.png")
    paths = {
        "a PNG": file_address(AssetFile("small.png"), record_id),
        "a 16-bit TIFF, converted": file_address(AssetFile("own.tif"), record_id, "converted"),
        "a pair, compared": f"/compare/{record_id}/{own}/{pair}?width=700",
    }
    taken: dict[str, list[float]] = {what: [] for what in paths}
    for number in range(rounds):
        _deep(folder / "own.tif", 500, number)
        _flat(folder / "own-left.png", 500, number)
        for what, path in paths.items():
            status, seconds = _ask(server, "B", path)
            taken[what].append(seconds if status == http.HTTPStatus.OK else _MAX_CHARACTERS)
        if number and enough():
            break
    return taken


def _ask(server: Server, who: str, path: str) -> tuple[int, float]:
    """The status and the seconds until all bytes are there; status 0 where it did not answer in two minutes."""
    begun = time.monotonic()
    line = http.client.HTTPConnection(urlsplit(server.origin).netloc, timeout=_MAX_CHARACTERS)
    try:
        line.request("GET", path, headers={"Cookie": f"qc_name={quote(who)}"})
        answer = line.getresponse()
        answer.read()
        return answer.status, time.monotonic() - begun
    except (OSError, http.client.HTTPException):
        return 0, time.monotonic() - begun
    finally:
        line.close()


def _peak_while(server: Server, act: Callable[[], tuple[int, float]]) -> tuple[float, tuple[int, float]]:
    """The most memory in MB that was seen, every few milliseconds, until `act` ended; and what it gave."""
    peak = server.memory()
    done: Future[tuple[int, float]] = Future()
    thread = threading.Thread(target=lambda: done.set_result(act()))
    thread.start()
    while not done.done():
        peak = max(peak, server.memory())
        wait([done], timeout=0.01)
    thread.join()
    return peak, done.result()


def _deep(path: Path, side: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(100, 4000, (side, side), dtype=np.uint16)
    Image.fromarray(pixels).save(path, compression="tiff_lzw")


def _flat(path: Path, side: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 255, (side, side), dtype=np.uint8)
    Image.fromarray(pixels).save(path)


def _write_pictures(asset: Path) -> None:
    asset.mkdir(parents=True)
    for at, name in enumerate(("small.png", "own-left.png", "own-right.png")):
        _flat(asset / name, 500, at)
    for at, name in enumerate(("left.png", "right.png")):
        _flat(asset / name, 3000, at)
    _deep(asset / "deep.tif", 3000, 1)
    _deep(asset / "own.tif", 500, 1)
    _write_record(asset, ["small.png", "own-left.png;own-right.png", "left.png;right.png", "deep.tif", "own.tif"])


def _write_bombs(asset: Path) -> dict[str, object]:
    """Gives the chart; its table has ten million rows of one column."""
    asset.mkdir(parents=True)
    _flat(asset / "small.png", 500, 0)
    for name in ("left.png", "right.png"):
        Image.new("1", (10_000, 10_000)).save(asset / name, optimize=True)
    (asset / "data.csv").write_text("x\n" + "1\n" * 9_950_000)
    chart: dict[str, object] = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "mark": "point",
        "data": {"url": "data.csv"},
    }
    (asset / "chart.vl.json").write_text(json.dumps(chart))
    _write_record(asset, ["small.png", "left.png;right.png", "chart.vl.json"])
    return chart


def _write_record(asset: Path, references: list[str]) -> None:
    metrics = [
        {
            "object_type": "QC metric",
            "name": f"Check {reference}",
            "modality": {"name": "Behavior", "abbreviation": "behavior"},
            "stage": "Raw data",
            "value": 1,
            "reference": reference,
            "status_history": [{"evaluator": "", "status": "Pending", "timestamp": "2025-03-04T12:00:00Z"}],
            "tags": {"kind": reference},
        }
        for reference in references
    ]
    written = {"name": _NAME, "quality_control": {"metrics": metrics, "default_grouping": ["kind"], "status": {}}}
    (asset / "metadata.nd.json").write_text(json.dumps(written, indent=2), "utf-8")
