"""The gallery's charts, pages, texts and files of data: small, and as the libraries write them.

Altair's pages are its own exports; those of Plotly and Bokeh are written here in the form of theirs, which with the
library inside would be as large as half the demo.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from demo.canvas import dice

Json = dict[str, Any]

VEGA_LITE = "https://vega.github.io/schema/vega-lite/v5.json"
VEGA = "https://vega.github.io/schema/vega/v5.json"
UNITS = ["A1", "A2", "B1", "B2", "C1"]
RATES = [4.2, 11.5, 7.3, 2.1, 9.8]

PLOTLY = """<html>
<head><meta charset="utf-8" /></head>
<body>
    <div>
        <script type="text/javascript">window.PlotlyConfig = {MathJaxConfig: 'local'};</script>
        <script charset="utf-8" src="https://cdn.plot.ly/plotly-2.35.2.min.js"></script>
        <div id="plot" class="plotly-graph-div" style="height:100%; width:100%;"></div>
        <script type="text/javascript">
            Plotly.newPlot("plot", [{"type": "bar", "x": UNITS, "y": RATES}],
                           {"title": {"text": "Firing rate"}}, {"responsive": true});
        </script>
    </div>
</body>
</html>
"""
BOKEH = """<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Bokeh Plot</title>
    <script type="text/javascript" src="https://cdn.bokeh.org/bokeh/release/bokeh-3.6.2.min.js"></script>
    <script type="text/javascript" src="https://cdn.bokeh.org/bokeh/release/bokeh-api-3.6.2.min.js"></script>
  </head>
  <body>
    <div id="plot"></div>
    <script type="text/javascript">
      const figure = Bokeh.Plotting.figure({title: "Firing rate", x_range: UNITS});
      figure.vbar({x: UNITS, top: RATES, width: 0.8});
      Bokeh.Plotting.show(figure, "#plot");
    </script>
  </body>
</html>
"""
CANVAS = """<!DOCTYPE html>
<html>
<head><meta charset="utf-8"><style>body { margin: 0; font-family: sans-serif; } p { margin: 8px; }</style></head>
<body>
<p id="said">Move over the bars.</p>
<canvas id="plot" width="640" height="360"></canvas>
<script>
  const units = UNITS, rates = RATES;
  const pen = document.getElementById("plot").getContext("2d");
  rates.forEach((rate, at) => {
    pen.fillStyle = "#2f6db3";
    pen.fillRect(40 + at * 115, 340 - rate * 27, 85, rate * 27);
    pen.fillStyle = "#333";
    pen.fillText(units[at], 75 + at * 115, 355);
  });
  document.getElementById("plot").addEventListener("pointermove", (event) => {
    const at = Math.floor((event.offsetX - 40) / 115);
    if (units[at]) document.getElementById("said").textContent = `${units[at]}: ${rates[at]} Hz`;
  });
</script>
</body>
</html>
"""
SUMMARY = """# Summary of the session

Five units were kept. **B2** fires below 3 Hz; look at it *again* before it is used.

| unit | rate (Hz) | kept |
|---|---|---|
| A1 | 4.2 | yes |
| B2 | 2.1 | perhaps |

- made with the pipeline's defaults
- no HTML is drawn here: <b>this stays as it is written</b>
"""


def make(folder: Path) -> None:
    """Write all of them."""
    charts = {
        "rates.vl.json": _bars({"values": [{"unit": u, "rate": r} for u, r in zip(UNITS, RATES, strict=True)]}),
        "trials.vl.json": _points({"url": "trials.csv"}),
        "elsewhere.vl.json": _points({"url": "https://example.org/data/trials.csv"}),
        "rates.vg.json": _vega(),
        "parameters.json": {"detect_threshold": 5, "bands": {"low": 300, "high": 6000}, "channels": [0, 1, 2, 3]},
    }
    for name, content in charts.items():
        _write(folder / "figures" / name, json.dumps(content, indent=1))
    for name, inline in (("altair.html", False), ("altair-inline.html", True)):
        _write(folder / "figures" / name, _by_altair(inline=inline))
    pages = {"plotly.html": PLOTLY, "bokeh.html": BOKEH, "canvas.html": CANVAS}
    for name, text in pages.items():
        _write(folder / "figures" / name, text.replace("UNITS", json.dumps(UNITS)).replace("RATES", json.dumps(RATES)))
    _write(folder / "figures" / "summary.md", SUMMARY)
    _texts(folder)
    _data(folder)


def _by_altair(*, inline: bool) -> str:
    """What Altair itself writes: with its library from a public address, or the whole of it inside."""
    import altair  # heavy

    chart = altair.Chart.from_dict(
        {
            "data": {"values": [{"unit": unit, "rate": rate} for unit, rate in zip(UNITS, RATES, strict=True)]},
            "mark": "bar",
            "encoding": {
                "x": {"field": "unit", "type": "nominal"},
                "y": {"field": "rate", "type": "quantitative", "title": "rate (Hz)"},
            },
            "width": 480,
            "height": 260,
        }
    )
    return str(chart.to_html(inline=inline))


def _texts(folder: Path) -> None:
    rolled = dice("gallery", "trials")
    trials = "".join(f"{n},{'left' if n % 3 else 'right'},{rolled.uniform(0.2, 0.9):.3f}\n" for n in range(1, 601))
    _write(folder / "figures" / "trials.csv", "trial,side,reaction time (s)\n" + trials)
    rows = "".join(
        f"{unit}\t{rate}\t{'good' if rate > 3 else 'noise'}\n" for unit, rate in zip(UNITS, RATES, strict=True)
    )
    _write(folder / "figures" / "units.tsv", "unit\trate (Hz)\tquality\n" + rows)
    lines = (f"2025-06-02 09:{n // 60 % 60:02d}:{n % 60:02d} INFO block {n} of 2500 done\n" for n in range(1, 2501))
    _write(folder / "logs" / "pipeline.log", "".join(lines))


def _data(folder: Path) -> None:
    """Of HDF5 and recordings the first bytes alone: the portal names them. Of the Zarr there are slices."""
    head = b"\x89HDF\r\n\x1a\n" + bytes(2040)
    files = {"data/spikes.h5": head, "data/session.nwb": head * 2}
    files |= {f"data/volume.zarr/{path}": content for path, content in _make_volume().items()}
    files |= {"recordings/session_v0.19.1.rrd": b"RRF2" + bytes(252), "recordings/session.rrd": b"RRF2" + bytes(60)}
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def _make_volume() -> dict[str, bytes]:
    """The files of an OME-Zarr: six slices through a bright body, at two resolutions, each in one chunk as it is."""
    z, y, x = np.mgrid[0:6, 0:48, 0:64]
    distance = ((z - 2.5) / 2.5) ** 2 + ((y - 24) / 20) ** 2 + ((x - 18 - 5 * z) / 16) ** 2
    volume = (200 + 3000 * np.maximum(0, 1 - distance) + (x * 7 + y * 13) % 50).astype("<u2")
    axes = [{"name": name, "type": "space", "unit": "micrometer"} for name in "zyx"]
    scales = [{"type": "scale", "scale": [2.0, float(step), float(step)]} for step in (1, 2)]
    levels = [{"path": str(level), "coordinateTransformations": [one]} for level, one in enumerate(scales)]
    multiscales = [{"version": "0.4", "name": "volume", "axes": axes, "datasets": levels}]
    files = {".zgroup": _as_json({"zarr_format": 2}), ".zattrs": _as_json({"multiscales": multiscales})}
    for level, values in enumerate((volume, volume[:, ::2, ::2])):
        about = {"zarr_format": 2, "shape": list(values.shape), "chunks": list(values.shape), "dtype": "<u2"}
        about |= {"compressor": None, "fill_value": 0, "order": "C", "filters": None, "dimension_separator": "/"}
        files |= {f"{level}/.zarray": _as_json(about), f"{level}/0/0/0": values.tobytes()}
    return files


def _as_json(content: Json) -> bytes:
    return json.dumps(content, indent=2).encode()


def _bars(data: Json) -> Json:
    encoding = {
        "x": {"field": "unit", "type": "nominal"},
        "y": {"field": "rate", "type": "quantitative", "title": "rate (Hz)"},
    }
    return {"$schema": VEGA_LITE, "title": "Firing rate", "data": data, "mark": "bar", "encoding": encoding}


def _points(data: Json) -> Json:
    encoding = {"x": {"field": "trial", "type": "quantitative"}}
    encoding |= {
        "y": {"field": "reaction time (s)", "type": "quantitative"},
        "color": {"field": "side", "type": "nominal"},
    }
    return {"$schema": VEGA_LITE, "title": "Reaction times", "data": data, "mark": "point", "encoding": encoding}


def _vega() -> Json:
    bars = {
        "x": {"scale": "x", "field": "unit"},
        "width": {"scale": "x", "band": 1},
        "y": {"scale": "y", "field": "rate"},
    }
    bars |= {"y2": {"scale": "y", "value": 0}, "fill": {"value": "#3a9a5b"}}
    return {
        "$schema": VEGA,
        "width": 420,
        "height": 260,
        "padding": 5,
        "data": [{"name": "rates", "values": [{"unit": u, "rate": r} for u, r in zip(UNITS, RATES, strict=True)]}],
        "scales": [
            {
                "name": "x",
                "type": "band",
                "domain": {"data": "rates", "field": "unit"},
                "range": "width",
                "padding": 0.1,
            },
            {"name": "y", "domain": {"data": "rates", "field": "rate"}, "nice": True, "zero": True, "range": "height"},
        ],
        "axes": [{"orient": "bottom", "scale": "x"}, {"orient": "left", "scale": "y", "title": "rate (Hz)"}],
        "marks": [{"type": "rect", "from": {"data": "rates"}, "encode": {"enter": bars}}],
    }


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
