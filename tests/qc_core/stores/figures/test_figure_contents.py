import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from qc_core.errors import ReferenceUnreadable
from qc_core.references.figures import (
    ChartFigure,
    ConvertedFigure,
    ExcerptFigure,
    PictureFigure,
    SwipeFigure,
    TextFigure,
)
from qc_core.references.shown import reference_digest, resolve_figure
from qc_core.stores.figures.contents import by_content, read_beginning
from qc_core.stores.figures.conversions import Conversions
from tests.qc_core.stores.building import document, put
from tests.qc_core.stores.figures.test_figures import figures_of

VEGA_LITE = "https://vega.github.io/schema/vega-lite/v5.json"


@pytest.fixture
def seen(tmp_path: Path) -> Callable[..., Any]:
    """Writes files, names one reference in a record, and gives how it is shown by its content."""

    def see(reference: str, files: Any) -> Any:
        asset = tmp_path / "assets" / "mouse"
        asset.mkdir(parents=True)
        for name, content in files.items():
            (asset / name).write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        put(asset, metadata={"_id": "mouse", "quality_control": document("Pass", reference=reference)})
        figures = figures_of(asset.parent)
        return by_content(resolve_figure(reference, "mouse"), "mouse", figures), figures

    return see


def png(path: Path, kind: Any) -> Any:
    Image.fromarray(np.ones((4, 4), kind)).save(path)
    return path.read_bytes()


def test_a_png_with_16_bits_is_converted_and_one_with_8_is_not(seen: Callable[..., Any], tmp_path: Path) -> None:
    deep, flat = png(tmp_path / "a.png", np.uint16), png(tmp_path / "b.png", np.uint8)
    figure, figures = seen("a.png;b.png", {"a.png": deep, "b.png": flat})
    assert isinstance(figure, SwipeFigure)
    assert figure.left.address.startswith("/converted/")
    assert figure.right.address.startswith("/files/")
    assert figure.compare_address == f"/compare/mouse/{reference_digest('a.png')}/{reference_digest('b.png')}"
    assert isinstance(by_content(resolve_figure("a.png", "mouse"), "mouse", figures), ConvertedFigure)
    assert isinstance(by_content(resolve_figure("b.png", "mouse"), "mouse", figures), PictureFigure)
    assert isinstance(by_content(resolve_figure("gone.png", "mouse"), "mouse", figures), PictureFigure)


def test_a_chart_is_drawn_and_its_data_has_an_address_that_is_answered(
    seen: Callable[..., Any], tmp_path: Path
) -> None:
    spec = {"$schema": VEGA_LITE, "mark": "bar", "data": {"url": "d.csv"}}
    figure, figures = seen("a.vl.json", {"a.vl.json": spec, "d.csv": b"x\n1\n", "other.csv": b"x\n2\n"})
    assert isinstance(figure, ChartFigure)
    assert figure.fits
    assert figure.data == (figure.spec["data"]["url"],)  # as it is asked for: a table may be refused as rows alone
    chart, data = figure.spec["data"]["url"].split("/")[3:5]
    rows = Conversions(tmp_path / "converted").rows(figures.data_file("mouse", chart, data), "", name="d.csv")
    assert json.loads(rows.path.read_bytes()) == [{"x": 1.0}]
    with pytest.raises(ReferenceUnreadable, match="names no such data"):
        figures.data_file("mouse", chart, reference_digest("other.csv"))
    with pytest.raises(ReferenceUnreadable):
        figures.data_file("mouse", reference_digest("d.csv"), data)


def test_a_chart_cannot_reach_a_file_outside_its_asset(seen: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("x\n1\n")
    figure, figures = seen("a.json", {"a.json": {"$schema": VEGA_LITE, "data": {"url": "link.csv"}}})
    (tmp_path / "assets" / "mouse" / "link.csv").symlink_to(tmp_path / "secret.csv")
    chart, data = figure.spec["data"]["url"].split("/")[3:5]
    with pytest.raises(ReferenceUnreadable, match="leads out of its asset"):
        figures.data_file("mouse", chart, data)


def test_a_chart_with_data_elsewhere_is_reported_with_their_address(seen: Callable[..., Any]) -> None:
    figure, _ = seen("a.json", {"a.json": {"$schema": VEGA_LITE, "data": {"url": "https://h.org/x.csv"}}})
    assert isinstance(figure, TextFigure)
    assert (figure.text, figure.link) == ("https://h.org/x.csv", None)


@pytest.mark.parametrize("content", [{"a": 1}, [1], b"not json", b"\xff", None])
def test_other_json_is_text(seen: Callable[..., Any], content: Any) -> None:
    figure, figures = seen("a.json", {"a.json": content})
    assert isinstance(figure, ExcerptFigure)
    assert read_beginning("mouse", reference_digest("a.json"), "a.json", figures).text


def test_a_chart_with_more_values_than_can_be_drawn_is_shown_as_text(seen: Callable[..., Any]) -> None:
    chart = f'{{"$schema": "{VEGA_LITE}", "mark": "bar", "data": {{"values": [{",".join(["1"] * 1_000_001)}]}}}}'
    figure, figures = seen("a.json", {"a.json": chart.encode()})
    assert isinstance(figure, ExcerptFigure)
    assert (
        read_beginning("mouse", reference_digest("a.json"), "a.json", figures).limit
        == "Shown: the first 100 kB of 2.0 MB."
    )


def test_a_chart_that_changes_is_read_again_for_its_data(seen: Callable[..., Any], tmp_path: Path) -> None:
    spec = {"$schema": VEGA_LITE, "mark": "bar", "data": {"url": "d.csv"}}
    _, figures = seen("a.json", {"a.json": spec, "d.csv": b"x\n1\n", "other.csv": b"x\n2\n"})
    chart, first, second = (reference_digest(name) for name in ("a.json", "d.csv", "other.csv"))
    assert figures.data_file("mouse", chart, first).name == "d.csv"
    changed = json.dumps(spec | {"data": {"url": "other.csv"}})
    (tmp_path / "assets" / "mouse" / "a.json").write_text(changed)
    assert figures.data_file("mouse", chart, second).name == "other.csv"
    with pytest.raises(ReferenceUnreadable, match="names no such data"):
        figures.data_file("mouse", chart, first)


def test_a_chart_that_is_missing_is_reported(seen: Callable[..., Any]) -> None:
    with pytest.raises(ReferenceUnreadable, match=r"a\.json is missing"):
        seen("a.json", {})
