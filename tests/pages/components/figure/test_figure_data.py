"""Each kind of figure has one form of data for the browser."""

import json
from typing import Any, get_args

import pytest

from pages.components.figure.figure_data import ON_ANOTHER_SERVER, build_data
from qc_core.references import figures
from qc_core.references.figures import Figure
from qc_core.references.reference import AssetFile

FILE, WEB = "/files/mouse/digest/a", "https://example.org/a"
PICTURE = figures.PictureFigure(FILE, "a")
CONVERTED = figures.PictureFigure("/converted/mouse/digest/a", "a")
VIDEO = figures.VideoFigure(FILE, "a", "video/mp4")
NAMED = {"address": FILE, "name": "a"}
AWAY = {"kind": "text", "text": WEB, "reason": ON_ANOTHER_SERVER, "link": WEB}
STRETCH = {"low": 0.5, "high": 99.5}

CASES: list[tuple[Figure, dict[str, Any] | None]] = [
    (figures.NoFigure(), None),
    (PICTURE, {"kind": "picture"} | NAMED),
    (CONVERTED, {"kind": "picture", "address": CONVERTED.address, "name": "a"} | STRETCH),
    (VIDEO, {"kind": "video"} | NAMED),
    (
        figures.ConvertedFigure("/converted/a", FILE, "a"),
        {"kind": "converted", "address": "/converted/a", "original": FILE, "name": "a"} | STRETCH,
    ),
    (figures.PdfFigure(FILE, "a"), {"kind": "pdf"} | NAMED),
    (figures.PdfFigure(WEB, "a"), AWAY),
    (figures.JsonFigure(None, WEB, "a"), AWAY),
    (figures.JsonFigure(AssetFile("a"), FILE, "a"), None),
    (figures.ChartFigure({}, True, FILE, "a", ("/files/b",)), {"kind": "chart", "name": "a", "data": ["/files/b"]}),
    (figures.PageFigure("/page/a", "a"), {"kind": "page", "address": "/page/a", "name": "a"}),
    (
        figures.EmbedFigure(WEB, "https://example.org", "A view", "text"),
        {"kind": "embed", "address": WEB, "origin": "https://example.org", "title": "A view", "isEphysGui": False},
    ),
    (
        figures.ExcerptFigure("/excerpt/a", FILE, "a"),
        {"kind": "excerpt", "address": "/excerpt/a", "original": FILE, "name": "a"},
    ),
    (figures.MarkdownFigure("digest", FILE, "a"), None),
    (
        figures.DataFigure("a", "a", "NWB", FILE, None),
        {"kind": "data", "text": "a", "name": "a", "format": "NWB", "address": FILE, "measured": None, "sliced": None},
    ),
    (
        figures.DataFigure("a", "a", "NWB", FILE, FILE, "/converted/a"),
        {
            **{"kind": "data", "text": "a", "name": "a", "format": "NWB", "address": FILE, "measured": FILE},
            "sliced": {"address": "/converted/a", "low": 0.5, "high": 99.5},
        },
    ),
    (
        figures.TextFigure("a", "", None),
        {"kind": "text", "text": "a", "reason": "This reference names no figure:", "link": None},
    ),
    (
        figures.SwipeFigure(PICTURE, VIDEO, "/compare/a"),
        {
            "kind": "pair",
            "left": {"kind": "picture"} | NAMED,
            "right": {"kind": "video"} | NAMED,
            "compare": "/compare/a",
        },
    ),
    (figures.PairFigure(PICTURE, figures.PdfFigure(FILE, "a")), None),
]


@pytest.mark.parametrize(("figure", "data"), CASES)
def test_each_figure_has_its_data_and_json_can_hold_it(figure: Figure, data: dict[str, Any] | None) -> None:
    assert build_data(figure) == data
    assert json.loads(json.dumps(build_data(figure))) == data


def test_no_kind_of_figure_is_left_out() -> None:
    assert {type(figure) for figure, _ in CASES} == set(get_args(Figure))
