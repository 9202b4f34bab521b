"""Figures of a behaviour pipeline: the wheel, licking, the cameras and the pupil."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from demo.canvas import BLUE, GREEN, GREY, ORANGE, RED, blur, dice, figure
from demo.mouse import simulate_speed


def wheel_artifacts(session: str) -> tuple[Figure, int]:
    """The speed of the wheel with the jumps of the encoder that cannot be true, and how many there are."""
    roll = dice(session, "artifacts")
    seconds = np.arange(0, 3600, 0.25)
    true = simulate_speed(session, seconds.size, 4)
    jumps = np.sort(roll.choice(seconds.size, 14, replace=False))
    shown = true.copy()
    shown[jumps] += roll.choice(np.array([-1, 1]), 14) * roll.uniform(70, 190, 14)
    fig = figure(12, 5.4)
    top, bottom = fig.subplots(2, 1, height_ratios=[1.5, 1])
    top.plot(seconds / 60, shown, color=GREY, lw=0.5)
    top.plot(seconds[jumps] / 60, shown[jumps], "o", ms=5, mfc="none", color=RED, label=f"{jumps.size} artefacts")
    top.axhspan(-10, 70, color=GREEN, alpha=0.08, lw=0)
    top.set(xlim=(0, 60), xlabel="time (min)", ylabel="speed (cm/s)", title="Wheel encoder")
    top.legend(loc="upper right")
    near = slice(jumps[5] - 60, jumps[5] + 60)
    bottom.plot(seconds[near], shown[near], color=GREY, label="encoder")
    bottom.plot(seconds[near], true[near], color=BLUE, label="after removal")
    bottom.set(xlabel="time (s)", ylabel="speed (cm/s)", title="One artefact close up", xlim=seconds[near][[0, -1]])
    bottom.legend(ncols=2)
    return fig, int(jumps.size)


def licks(session: str) -> Figure:
    """Licks around the reward, trial by trial, and their rate."""
    roll = dice(session, "licks")
    fig = figure(10, 6)
    top, bottom = fig.subplots(2, 1, sharex=True, height_ratios=[2.6, 1])
    every = []
    for trial in range(160):
        eager = 7 if trial < 130 else 3
        burst = 0.18 + np.cumsum(roll.normal(0.15, 0.018, roll.poisson(eager + 1) + 1))
        early = roll.uniform(-1, 0, roll.poisson(0.7))
        times = np.concatenate([early, burst])
        every.append(times)
        top.plot(times, np.full(times.size, trial), "|", color="black", ms=3, mew=0.7)
    top.axvspan(0, 0.05, color=BLUE, alpha=0.5, lw=0)
    top.set(ylabel="trial", xlim=(-1, 2.5), ylim=(0, 160), title="Licks around the reward")
    bins = np.arange(-1, 2.51, 0.05)
    rate = np.histogram(np.concatenate(every), bins)[0] / 160 / 0.05
    bottom.stairs(rate, bins, fill=True, color=BLUE)
    bottom.set(xlabel="time from reward (s)", ylabel="licks/s")
    return fig


def frame_intervals(session: str, cameras: list[str], dropped: int) -> Figure:
    """The time between frames of each camera; a dropped frame takes twice as long."""
    roll = dice(session, "intervals")
    fig = figure(11, 4.6)
    for number, (axis, camera) in enumerate(zip(fig.subplots(1, len(cameras), sharey=True), cameras, strict=True)):
        interval = 1000 / 60 + roll.normal(0, 0.05, 4000)
        if number == 1 and dropped:
            interval[roll.choice(4000, dropped, replace=False)] *= 2
        colour = RED if number == 1 and dropped else BLUE
        axis.plot(np.linspace(0, 62, 4000), interval, ".", ms=2, color=colour)
        axis.set(title=camera, xlabel="time (min)", ylim=(10, 40))
        if number == 0:
            axis.set_ylabel("interval (ms)")
    return fig


def pupil(session: str) -> Figure:
    """The area of the pupil and the speed of running."""
    roll = dice(session, "pupil")
    seconds = np.arange(0, 600, 0.1)
    pace = simulate_speed(session + "pupil", seconds.size, 10)
    area = 900 + 34 * blur(pace, 22) + blur(roll.normal(0, 90, seconds.size), 2)
    hidden = np.convolve(roll.random(seconds.size) < 0.004, np.ones(3), "same") > 0
    area[hidden] = np.nan
    fig = figure(11, 4.8)
    top, bottom = fig.subplots(2, 1, sharex=True, height_ratios=[1.4, 1])
    top.plot(seconds, area, color=ORANGE, lw=0.8)
    top.set(ylabel="pupil area (px²)", title=f"Eye camera · {100 * hidden.mean():.1f} % of frames hidden by blinks")
    bottom.fill_between(seconds, pace, color=GREY, lw=0)
    bottom.set(xlabel="time (s)", ylabel="speed (cm/s)", xlim=(0, 600))
    return fig
