"""Event traces of single cells: the figures of a curation's objects."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from demo.canvas import dice, figure


def events(name: str, cell: int, noisy: bool) -> Figure:
    """One cell's ΔF/F, and the events found in it."""
    random = dice(name, cell)
    time = np.arange(900) / 30
    starts = np.sort(random.choice(np.arange(20, 860), 7, replace=False))
    trace = sum(np.where(time >= time[one], np.exp(-(time - time[one]) / 0.8), 0.0) for one in starts)
    fig = figure(7, 2.6)
    axis = fig.subplots()
    axis.plot(time, trace + random.normal(0, 0.45 if noisy else 0.06, time.size), color="#0b6e75", linewidth=0.9)
    axis.vlines(time[starts], -0.9, -0.5, color="#b3541e", linewidth=1.6)
    axis.set_title(f"Cell {cell}: ΔF/F, and the events found")
    axis.set_xlabel("time (s)")
    return fig
