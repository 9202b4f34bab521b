"""Figures of a fibre photometry pipeline, as PNG, as PDF and as Vega-Lite."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from demo.canvas import BLUE, GREEN, GREY, RED, blur, dice, figure

SECONDS = np.arange(0, 2400, 0.5)
CHANNELS = {"415 nm": "#7a55b8", "470 nm": GREEN, "560 nm": RED}


def signals(session: str, fiber: int) -> dict[str, np.ndarray]:
    """Raw counts of the three channels: bleaching, movement, and transients in the green one."""
    roll = dice(session, fiber, "signals")
    events = (roll.random(SECONDS.size) < 0.012) * roll.uniform(0.4, 1.6, SECONDS.size)
    neural = np.convolve(events, np.exp(-np.arange(40) / 5.0))[: SECONDS.size] * (1.0 if fiber != 2 else 0.05)
    motion = blur(roll.normal(0, 1, SECONDS.size), 6)
    motion /= motion.std()
    found = {}
    for name, level, weight in (("415 nm", 118.0, 0.0), ("470 nm", 176.0, 5.2), ("560 nm", 141.0, 0.6)):
        bleach = 0.88 + 0.12 * np.exp(-SECONDS / 600)
        found[name] = level * bleach + motion * 0.9 + weight * neural + roll.normal(0, 0.35, SECONDS.size)
    return found


def raw_traces(session: str, fiber: int) -> Figure:
    """The three channels of one fibre over the session."""
    fig = figure(11, 6)
    rows = fig.subplots(3, 1, sharex=True)
    for axis, (name, counts) in zip(rows, signals(session, fiber).items(), strict=True):
        axis.plot(SECONDS / 60, counts, color=CHANNELS[name], lw=0.6)
        axis.set_ylabel(f"{name}\n(counts)")
    rows[0].set_title(f"Fiber {fiber} · raw signals")
    rows[-1].set(xlabel="time (min)", xlim=(0, 40))
    return fig


def motion_correction(session: str, fiber: int) -> Figure:
    """How the isosbestic channel is fitted to the signal and taken away (a page of a PDF)."""
    found = signals(session, fiber)
    iso, green = found["415 nm"], found["470 nm"]
    slope = float(((iso - iso.mean()) * (green - green.mean())).sum() / ((iso - iso.mean()) ** 2).sum())
    fitted = green.mean() + slope * (iso - iso.mean())
    part = np.s_[::6]
    fig = figure(8.3, 7)
    top, bottom = fig.subplots(2, 1, sharex=True)
    top.plot(SECONDS[part] / 60, green[part], color=GREEN, lw=0.6, label="470 nm")
    top.plot(SECONDS[part] / 60, fitted[part], color=GREY, lw=0.6, label="fit of 415 nm")
    top.set(ylabel="counts", title=f"Fiber {fiber} · motion correction, slope {slope:.2f}")
    top.legend()
    bottom.plot(SECONDS[part] / 60, (100 * (green - fitted) / fitted)[part], color=BLUE, lw=0.6)
    bottom.set(xlabel="time (min)", ylabel="ΔF/F (%)", xlim=(0, 40))
    return fig


def sync_check(session: str) -> Figure:
    """Whether the three channels were exposed in turn."""
    roll = dice(session, "exposure")
    fig = figure(9, 3.8)
    axis = fig.subplots()
    for index, hue in enumerate(CHANNELS.values()):
        starts = np.arange(0, 400, 48.0) + index * 16 + roll.normal(0, 0.15, 9)
        axis.broken_barh([(float(start), 12.0) for start in starts], (index - 0.35, 0.7), color=hue)
    axis.set_yticks(range(3), list(CHANNELS))
    axis.set(xlabel="time (ms)", xlim=(0, 400), title="Exposure of the cameras")
    return fig


def responses_chart(session: str, fibers: list[int]) -> dict[str, Any]:
    """A Vega-Lite 6 chart: the mean response to reward of each fibre, with its error."""
    roll = dice(session, "responses")
    rows = []
    for fiber in fibers:
        peak = 0.05 if fiber == 2 else float(roll.uniform(1.6, 3.4))
        for step in range(-20, 61):
            seconds = step / 10
            mean = peak * max(0.0, seconds) / 0.6 * float(np.exp(1 - max(0.0, seconds) / 0.6)) + float(
                roll.normal(0, 0.04)
            )
            row = {"fiber": f"Fiber {fiber}", "time": seconds, "mean": round(mean, 3)}
            rows.append({**row, "low": round(mean - 0.22, 3), "high": round(mean + 0.22, 3)})
    x = {"field": "time", "type": "quantitative", "title": "time from reward (s)"}
    band = {"y": {"field": "low", "type": "quantitative", "title": "ΔF/F (%)"}, "y2": {"field": "high"}}
    line = {"y": {"field": "mean", "type": "quantitative", "title": "ΔF/F (%)"}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": "Response to reward",
        "width": 640,
        "height": 360,
        "data": {"values": rows},
        "encoding": {"x": x, "color": {"field": "fiber", "type": "nominal", "title": None}},
        "layer": [
            {"mark": {"type": "area", "opacity": 0.2}, "encoding": band},
            {"mark": {"type": "line", "tooltip": True}, "encoding": line},
        ],
    }


def noise_chart(session: str, fibers: list[int]) -> dict[str, Any]:
    """A Vega-Lite 5 chart: the noise floor of every channel of every fibre as bars."""
    roll = dice(session, "floor")
    values = [
        {"fiber": f"Fiber {fiber}", "channel": name, "counts": round(float(roll.uniform(262, 271)) + (fiber == 1), 1)}
        for fiber in fibers
        for name in CHANNELS
    ]
    scale = {"domain": list(CHANNELS), "range": list(CHANNELS.values())}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": "CMOS floor before the session",
        "width": {"step": 34},
        "height": 320,
        "data": {"values": values},
        "mark": {"type": "bar", "tooltip": True, "clip": True},
        "encoding": {
            "x": {"field": "fiber", "type": "nominal", "title": None, "axis": {"labelAngle": 0}},
            "xOffset": {"field": "channel"},
            "y": {
                "field": "counts",
                "type": "quantitative",
                "title": "floor (counts)",
                "scale": {"domain": [240, 280]},
            },
            "color": {"field": "channel", "type": "nominal", "scale": scale},
        },
    }
