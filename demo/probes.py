"""A made-up silicon probe: where its units sit, how they fire, and how the tissue drifts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demo.canvas import blur, dice

DEPTH = 3840.0  # µm, the recorded length of a Neuropixels probe
LABELS = ("SUA", "MUA", "noise")


@dataclass(frozen=True)
class Probe:
    """One probe in one session."""

    name: str
    minutes: int
    depths: np.ndarray
    amplitudes: np.ndarray
    rates: np.ndarray
    labels: np.ndarray
    seconds: np.ndarray
    drift: np.ndarray  # µm, one row per depth of `drift_depths`
    drift_depths: np.ndarray
    rms_raw: np.ndarray  # µV, per channel
    rms_done: np.ndarray
    bad_channels: list[int]

    @property
    def worst_drift(self) -> float:
        """The largest excursion of the drift, in µm."""
        return round(float(np.abs(self.drift).max()), 1)

    @property
    def drift_rms(self) -> float:
        """The root mean square of the drift, in µm."""
        return round(float(np.sqrt((self.drift**2).mean())), 2)

    def count(self, label: str) -> int:
        """How many units have this label."""
        return int((self.labels == label).sum())


def make_probe(session: str, name: str, units: int, drift: float, noise: float, minutes: int = 72) -> Probe:
    """A probe with so many units, a drift of about so many µm and a noise of about so many µV."""
    roll = dice(session, name, "probe")
    bands = [(3350, 190, 0.34), (2600, 160, 0.2), (1750, 250, 0.26), (750, 280, 0.2)]
    share = np.array([band[2] for band in bands])
    band = roll.choice(len(bands), units, p=share / share.sum())
    depths = np.clip(np.array([roll.normal(bands[i][0], bands[i][1]) for i in band]), 30, DEPTH - 30)
    labels = roll.choice(np.array(LABELS), units, p=[0.52, 0.36, 0.12] if noise < 12 else [0.34, 0.33, 0.33])
    amplitudes = np.exp(roll.normal(np.where(labels == "SUA", 4.55, 4.0), 0.42)).clip(18, 480)
    rates = np.exp(roll.normal(np.where(labels == "MUA", 1.5, 0.8), 1.05)).clip(0.03, 70)
    seconds, drift_depths, moved = make_drift(roll, drift, minutes)
    rms_raw = np.abs(noise * (1 + 0.16 * np.sin(np.arange(384) / 47 + 1)) + roll.normal(0, noise * 0.07, 384))
    rms_raw[310:] *= np.linspace(1, 0.62, 74)  # channels above the brain are quieter
    bad = sorted(int(i) for i in roll.choice(384, int(noise // 4) + 1, replace=False))
    rms_raw[bad] = rms_raw[bad] * roll.uniform(1.9, 3.2, len(bad))
    rms_done = np.abs(rms_raw * 0.55 + roll.normal(0, 0.22, 384))
    return Probe(
        name, minutes, depths, amplitudes, rates, labels, seconds, moved, drift_depths, rms_raw, rms_done, [191, *bad]
    )


def make_drift(roll: np.random.Generator, size: float, minutes: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Slow settling, a random walk and breathing, stronger near the surface."""
    seconds = np.arange(0, minutes * 60, 6.0)
    walk = blur(np.cumsum(roll.normal(0, 1, seconds.size + 400)), 18)[200:-200]
    walk -= np.median(walk)
    settle = -2.2 * np.exp(-seconds / 420)
    common = size * (0.55 * walk / np.abs(walk).max() + 0.3 * settle)
    if size > 15:  # the animal shifted once
        common += size * 0.55 / (1 + np.exp(-(seconds - 37 * 60) / 20))
    depths = np.linspace(200, DEPTH - 200, 7)
    moved = np.array(
        [common * (0.6 + 0.5 * d / DEPTH) + blur(roll.normal(0, size * 0.16, seconds.size), 3) for d in depths]
    )
    return seconds, depths, moved - np.median(moved, axis=1, keepdims=True)
