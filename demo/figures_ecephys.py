"""Figures of an extracellular electrophysiology pipeline: noise, drift, spikes and sorted units."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from demo.canvas import BLUE, GREEN, GREY, ORANGE, RED, blur, dice, figure
from demo.probes import DEPTH, LABELS, Probe

COLOURS = dict(zip(LABELS, (GREEN, BLUE, GREY), strict=True))


def drift_map(probe: Probe, session: str) -> Figure:
    """Every spike as a dot over time and depth, with the motion that was estimated."""
    roll = dice(session, probe.name, "drift map")
    fig = figure(12, 6.6)
    left, right = fig.subplots(1, 2, width_ratios=[2.3, 1])
    chance = probe.rates**0.6 * (probe.labels != "noise")
    unit = roll.choice(probe.depths.size, 26000, p=chance / chance.sum())
    when = roll.uniform(0, probe.minutes * 60, unit.size)
    nearest = np.abs(probe.depths[unit][:, None] - probe.drift_depths).argmin(axis=1)
    moved = probe.drift[nearest, (when / 6).astype(int)]
    where = probe.depths[unit] + moved + roll.normal(0, 5, unit.size)
    shade = np.clip(1 - probe.amplitudes[unit] / 150, 0.02, 0.8)
    order = np.argsort(-shade, kind="stable")
    left.scatter(when[order] / 60, where[order], s=2.6, c=shade[order], cmap="gray", vmin=0, vmax=1, linewidths=0)
    for depth, trace in zip(probe.drift_depths, probe.drift, strict=True):
        left.plot(probe.seconds / 60, depth + trace, color=RED, lw=1.1, alpha=0.85)
    left.set(xlim=(0, probe.minutes), ylim=(0, DEPTH), xlabel="time (min)", ylabel="depth from tip (µm)")
    left.set_title(f"{probe.name} · spikes and estimated motion")
    hues = ["#1b3a6b", "#2f6db3", "#5a9bc9", "#58a88f", "#8cb35a", "#d9a23b", "#d0662e"]
    for depth, trace, hue in zip(probe.drift_depths, probe.drift, hues, strict=True):
        right.plot(probe.seconds / 60, trace, color=hue, lw=1, label=f"{depth:.0f} µm")
    right.axhspan(-10, 10, color=GREEN, alpha=0.1, lw=0)
    reach = max(16.0, probe.worst_drift * 1.15)
    right.set(xlim=(0, probe.minutes), ylim=(-reach, reach), xlabel="time (min)", ylabel="displacement (µm)")
    right.set_title(f"Motion by depth · max {probe.worst_drift:.1f} µm")
    right.legend(ncols=2, loc="lower right", title="depth from tip", fontsize=8)
    return fig


def raster(probe: Probe, session: str) -> Figure:
    """Thirty seconds of sorted spikes by depth, and the rate of the population."""
    roll = dice(session, probe.name, "raster")
    fig = figure(12, 6.6)
    top, bottom = fig.subplots(2, 1, sharex=True, height_ratios=[4, 1])
    steps = np.arange(0, 30, 0.01)
    state = np.clip(1 + 0.75 * blur(roll.normal(0, 9, steps.size), 35), 0.12, 3)
    total = np.zeros(steps.size)
    for label in LABELS:
        times, depths = [], []
        for index in np.flatnonzero(probe.labels == label):
            fired = steps[roll.random(steps.size) < probe.rates[index] * 0.01 * state]
            times.append(fired)
            depths.append(np.full(fired.size, probe.depths[index]))
            total += np.isin(steps, fired)
        colour = COLOURS[label]
        top.plot(np.concatenate(times), np.concatenate(depths), "|", color=colour, ms=3.4, mew=0.55, label=label)
    bottom.fill_between(steps, blur(total, 4) / 0.01 / probe.depths.size, color=GREY, lw=0)
    top.set(xlim=(0, 30), ylim=(0, DEPTH), ylabel="depth from tip (µm)")
    top.set_title(f"{probe.name} · spikes of {probe.depths.size} units, 30 s from minute 20")
    top.legend(ncols=3, loc="lower right", markerscale=3, bbox_to_anchor=(1, 1.0))
    bottom.set(xlabel="time (s)", ylabel="mean rate (Hz)", ylim=(0, None))
    return fig


def amplitudes(probe: Probe) -> Figure:
    """How large the spikes are, by label, and where along the probe."""
    fig = figure(11, 5)
    left, right = fig.subplots(1, 2, width_ratios=[1.35, 1])
    bins = np.arange(0, 401, 12.5)
    parts = [probe.amplitudes[probe.labels == label] for label in LABELS]
    left.hist(parts, bins, stacked=True, color=[COLOURS[label] for label in LABELS], label=LABELS, ec="white", lw=0.4)
    median = float(np.median(probe.amplitudes))
    left.axvline(median, color="black", ls="--", lw=1)
    left.text(median + 6, 0.98, f"median {median:.0f} µV", transform=left.get_xaxis_transform(), va="top")
    left.set(xlabel="median spike amplitude (µV)", ylabel="units", xlim=(0, 400))
    left.set_title(f"{probe.name} · amplitude of units")
    left.legend()
    for label, part in zip(LABELS, parts, strict=True):
        right.scatter(part, probe.depths[probe.labels == label], s=11, color=COLOURS[label], alpha=0.75, lw=0)
    right.set(xlabel="amplitude (µV)", ylabel="depth from tip (µm)", xlim=(0, 400), ylim=(0, DEPTH))
    right.set_title("by depth")
    return fig


def noise(probe: Probe) -> Figure:
    """Noise per channel, before and after the preprocessing."""
    fig = figure(11, 5)
    left, right = fig.subplots(1, 2, width_ratios=[1.35, 1])
    bins = np.linspace(0, max(26.0, float(probe.rms_raw.max()) * 1.03), 60)
    left.hist(probe.rms_raw, bins, color=GREY, alpha=0.75, label="raw, band 300–6000 Hz")
    left.hist(probe.rms_done, bins, color=BLUE, alpha=0.8, label="after common reference")
    left.axvline(12, color=RED, ls="--", lw=1, label="limit 12 µV")
    left.set(xlabel="RMS (µV)", ylabel="channels")
    left.set_title(f"{probe.name} · noise of 384 channels")
    left.legend()
    depth = np.arange(384) * 10.0
    right.plot(probe.rms_raw, depth, color=GREY, lw=0.8)
    right.plot(probe.rms_done, depth, color=BLUE, lw=0.8)
    right.plot(probe.rms_raw[probe.bad_channels], depth[probe.bad_channels], "x", color=RED, label="labelled bad")
    right.axhspan(3100, DEPTH, color=ORANGE, alpha=0.12, lw=0, label="out of brain")
    right.set(xlabel="RMS (µV)", ylabel="depth from tip (µm)", ylim=(0, DEPTH), xlim=(0, None))
    right.set_title("by depth")
    right.legend(loc="lower right")
    return fig


def unit_yield(probe: Probe) -> Figure:
    """How many units of each label, and where."""
    fig = figure(11, 5)
    left, right = fig.subplots(1, 2, width_ratios=[1, 1.5])
    counts = [probe.count(label) for label in LABELS]
    bars = left.bar(LABELS, counts, color=[COLOURS[label] for label in LABELS], width=0.62)
    left.bar_label(bars, padding=2)
    left.set(ylabel="units", ylim=(0, max(counts) * 1.15))
    left.set_title(f"{probe.name} · {sum(counts)} units")
    bins = np.arange(0, DEPTH + 1, 160)
    parts = [probe.depths[probe.labels == label] for label in LABELS]
    right.hist(parts, bins, stacked=True, color=[COLOURS[label] for label in LABELS], ec="white", lw=0.4)
    for edge, area in ((3050, "VISp"), (2250, "CA1"), (1300, "LP"), (0, "PO")):
        right.axvline(edge, color="black", lw=0.6, ls=":")
        right.annotate(area, (edge + 40, 0.97), xycoords=("data", "axes fraction"), va="top", color="#444")
    right.set(xlabel="depth from tip (µm)", ylabel="units in 160 µm", xlim=(0, DEPTH))
    right.set_ylim(0, right.get_ylim()[1] * 1.12)
    right.set_title("Yield along the probe")
    return fig


def firing_rates(probe: Probe, session: str) -> Figure:
    """The distribution of firing rates, and how they change over the session."""
    roll = dice(session, probe.name, "rates")
    fig = figure(11, 5)
    left, right = fig.subplots(1, 2, width_ratios=[1, 1.35])
    bins = np.round(np.logspace(-2, 2, 33), 6)
    for label in LABELS[:2]:
        left.hist(probe.rates[probe.labels == label], bins, color=COLOURS[label], alpha=0.7, label=label)
    left.axvline(0.1, color=RED, ls="--", lw=1, label="limit 0.1 Hz")
    left.set(xscale="log", xlabel="firing rate (Hz)", ylabel="units")
    left.set_title(f"{probe.name} · firing rates")
    left.legend()
    kept = np.flatnonzero(probe.labels == "SUA")
    kept = kept[np.argsort(probe.depths[kept], kind="stable")]
    noisy = roll.normal(0, 1, (kept.size, probe.minutes))
    score = np.array([blur(row, 2.5) for row in noisy]) * 2.4 + 0.5 * blur(roll.normal(0, 2, probe.minutes), 4)
    extent = (0, probe.minutes, 0, kept.size)
    shown = right.imshow(score, aspect="auto", cmap="RdBu_r", vmin=-2.5, vmax=2.5, extent=extent, origin="lower")
    right.set(xlabel="time (min)", ylabel="SUA, by depth")
    right.set_title("Rate over the session")
    fig.colorbar(shown, ax=right, label="z-score", shrink=0.8)
    return fig


def raw_traces(name: str, session: str) -> Figure:
    """A snippet of raw data next to the same after filtering."""
    roll = dice(session, name, "traces")
    fig = figure(12, 5.6)
    axes = fig.subplots(1, 3, width_ratios=[1, 1, 1])
    span = np.linspace(0, 200, 700)
    hum = 26 * np.sin(span * 2 * np.pi / 16.67) + blur(roll.normal(0, 220, 700), 9)
    raw = roll.normal(0, 9, (96, 700)) + hum * (1 + 0.1 * roll.normal(0, 1, (96, 1)))
    spikes = np.zeros((96, 700))
    for _ in range(70):
        row, column, size = roll.integers(4, 92), roll.integers(5, 690), roll.uniform(40, 170)
        shape = np.exp(-0.5 * ((np.arange(96) - row) / 1.6) ** 2)[:, None]
        spikes[:, column : column + 4] -= size * shape * np.array([0.4, 1, 0.35, -0.3])
    done = blur(roll.normal(0, 9, (96, 700)), 0.6) + spikes
    for axis, data, title, reach in (
        (axes[0], raw + spikes, "raw", 90),
        (axes[1], done, "filtered, common reference", 45),
        (axes[2], raw - raw.mean(axis=0) - done + spikes, "difference", 45),
    ):
        axis.imshow(data, aspect="auto", cmap="gray", vmin=-reach, vmax=reach, extent=(0, 200, 0, 3840), origin="lower")
        axis.set(xlabel="time (ms)", title=title)
    axes[0].set_ylabel("depth from tip (µm)")
    fig.suptitle(f"{name} · AP band, 200 ms at minute 12 · ±45 µV", x=0.01, ha="left", fontsize=11)
    return fig


def spectrum(name: str, session: str) -> Figure:
    """Power spectral density by channel, with mains hum where there is some."""
    roll = dice(session, name, "psd")
    fig = figure(11, 5)
    left, right = fig.subplots(1, 2)
    frequency = np.linspace(1, 500, 500)
    base = 420 / (1 + (frequency / 9) ** 1.55) + 0.25
    hum = sum(np.exp(-0.5 * ((frequency - 60 * k) / 0.9) ** 2) * 9 / k for k in (1, 2, 3, 5))
    power = base * np.exp(roll.normal(0, 0.06, (96, 500)) + 0.3 * np.sin(np.arange(96) / 15)[:, None]) + hum
    for row in power[::4]:
        left.plot(frequency, row, color=BLUE, lw=0.5, alpha=0.35)
    left.plot(frequency, power.mean(axis=0), color="black", lw=1.1, label="mean of 384 channels")
    left.set(yscale="log", xlabel="frequency (Hz)", ylabel="power (µV²/Hz)", xlim=(0, 400))
    left.set_title(f"{name} · LFP power")
    left.legend()
    extent = (0, 500, 0, 3840)
    shown = right.imshow(
        10 * np.log10(power), aspect="auto", origin="lower", extent=extent, cmap="viridis", vmin=-6, vmax=27
    )
    right.set(xlabel="frequency (Hz)", ylabel="depth from tip (µm)", xlim=(0, 400), title="by depth")
    fig.colorbar(shown, ax=right, label="dB re 1 µV²/Hz", shrink=0.8)
    return fig


def synchrony(session: str, streams: list[str]) -> Figure:
    """How the clocks of the streams run apart before they are aligned."""
    roll = dice(session, "sync")
    fig = figure(10, 4.4)
    axis = fig.subplots()
    minutes = np.linspace(0, 72, 145)
    for stream, slope, hue in zip(streams, (0.04, -0.07, 0.11, 0.02), (BLUE, ORANGE, GREEN, GREY), strict=False):
        axis.plot(minutes, slope * minutes + np.cumsum(roll.normal(0, 0.012, 145)), color=hue, label=stream)
    axis.axhline(0, color="black", lw=0.6)
    axis.set(xlabel="time (min)", ylabel="offset to the Harp clock (ms)", xlim=(0, 72))
    axis.set_title("Clock drift before alignment")
    axis.legend()
    return fig
