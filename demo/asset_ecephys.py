"""Assets of one mouse under Neuropixels: a raw session (v1), its sorting (v2, many metrics), and a later session."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from demo import figures_ecephys as figures
from demo.canvas import save_png
from demo.documents import V1, V2, checkbox, dropdown, write_asset
from demo.histories import (
    ADA,
    DISPUTED,
    FAIL_AUTO,
    FAILED_BY_RAMON,
    GRACE,
    MAY,
    NOBODY,
    PASS_AUTO,
    PASSED_BY_ADA,
    PASSED_BY_GRACE,
    PENDING,
    PENDING_AUTO,
    RAMON,
    REOPENED,
    Entry,
    ran,
)  # fmt: skip
from demo.probes import Probe, make_probe
from demo.records import (
    acquisition_v2,
    description_v1,
    description_v2,
    processing_v2,
    session_v1,
    subject_v1,
    subject_v2,
)  # fmt: skip

Json = dict[str, Any]

SUBJECT, GENOTYPE, BORN = "734812", "Sst-IRES-Cre/wt;Ai32(RCL-ChR2(H134R)_EYFP)/wt", "2024-09-02"
RAW = "ecephys_734812_2025-01-20_13-04-51"
SORTED = RAW + "_sorted_2025-01-21_02-17-44"
LATER = "ecephys_734812_2025-01-27_12-48-09_sorted_2025-01-28_03-51-20"
PROJECT, LEAD = "Learning mFISH-V1omFISH", "Marguerite Vogel"
PIPELINE = "https://github.com/AllenNeuralDynamics/aind-ephys-pipeline"
LINK = "Every dot is a spike; see the [pipeline's notes](https://github.com/AllenNeuralDynamics/aind-ephys-pipeline)."

# How a person judged each probe, by the kind of figure: A is fine, B waits, C drifts, D is noisy.
JUDGED: dict[str, dict[str, list[Entry]]] = {
    "ProbeA": {"Drift": PASSED_BY_ADA, "Spikes": PASSED_BY_ADA, "Amplitude": PASSED_BY_GRACE, "Yield": PASSED_BY_ADA},
    "ProbeB": {"Drift": PENDING, "Spikes": PENDING, "Amplitude": PENDING, "Yield": PASSED_BY_GRACE},
    "ProbeC": {"Drift": FAILED_BY_RAMON, "Spikes": DISPUTED, "Amplitude": PENDING, "Yield": PENDING},
    "ProbeD": {"Drift": PASSED_BY_ADA, "Spikes": REOPENED, "Amplitude": FAILED_BY_RAMON, "Yield": DISPUTED},
}
CHOSEN = {"Pass": 0, "Fail": 1}


def make_sorted(folder: Path) -> None:
    """The sorting of four probes: 71 metrics in two levels of tags."""
    clock = ran("2025-01-21T06:40:12.374216", "space")
    writer = V2(clock)
    probes = [
        make_probe(RAW, "ProbeA", 212, 9, 7.4),
        make_probe(RAW, "ProbeB", 167, 12, 8.1),
        make_probe(RAW, "ProbeC", 143, 88, 9.0),
        make_probe(RAW, "ProbeD", 96, 11, 16.5),
    ]
    metrics = []
    for probe in probes:
        draw_probe(folder, probe, RAW)
        metrics += probe_metrics(writer, probe, JUDGED[probe.name])
    metrics += session_metrics(writer, folder)
    notes = "ProbeC moved at minute 37, when the animal was startled. Units of ProbeC before that are usable."
    quality = writer.document(metrics, ["probe", "type"], notes=notes, key_experimenters=[ADA, RAMON])
    steps = [
        ("Ephys preprocessing", "Preprocessing", "2025-01-21T02:17:44Z", "2025-01-21T03:02:10Z"),
        ("Spike sorting", "Kilosort 4", "2025-01-21T03:02:11Z", "2025-01-21T05:48:30Z"),
        ("Ephys curation", "Curation", "2025-01-21T05:48:31Z", None),
    ]
    parts = {
        "quality_control": quality,
        "data_description": description_v2(
            SORTED, SUBJECT, "2025-01-21T02:17:44.120518Z", PROJECT, LEAD, ["ecephys"], source=[RAW]
        ),
        "subject": subject_v2(SUBJECT, GENOTYPE, "Female", BORN),
        "acquisition": acquisition_v2(
            SUBJECT, "2025-01-20T13:04:51-08:00", "2025-01-20T14:17:03-08:00", "Change detection", "323_EPHYS2", [MAY]
        ),
        "processing": processing_v2(steps, ["AIND Scientific Computing"], PIPELINE),
    }
    write_asset(folder, parts, indent=3)


def draw_probe(folder: Path, probe: Probe, session: str, only: str | None = None) -> None:
    """The six figures of a probe, or one of them."""
    drawn = {
        "drift_map": (figures.drift_map, 200),
        "noise": (lambda p, _: figures.noise(p), 64),
        "raster": (figures.raster, 48),
        "amplitudes": (lambda p, _: figures.amplitudes(p), 64),
        "unit_yield": (lambda p, _: figures.unit_yield(p), 48),
        "firing_rates": (figures.firing_rates, 200),
    }
    for name, (draw, colours) in drawn.items():
        if only in (None, name):
            save_png(draw(probe, session), folder / "quality_control" / probe.name / f"{name}.png", colours)


def verdict(good: bool) -> list[Entry]:
    """What the pipeline decides by itself."""
    return PASS_AUTO if good else FAIL_AUTO


def choice(options: list[str], entries: list[Entry]) -> Json:
    """A dropdown whose first option is good, set as far as a person has decided."""
    status = ["Pass"] + ["Fail"] * (len(options) - 1)
    decided = len(entries) > 1 and entries[-1][0] in CHOSEN
    return dropdown(options, status, options[CHOSEN[entries[-1][0]]] if decided else "")


def probe_metrics(writer: V2, probe: Probe, judged: dict[str, list[Entry]]) -> list[Json]:
    """The seventeen metrics of a probe."""
    rates = round(float(probe.rates.mean()), 2)
    quiet = float(np.median(probe.rms_done))
    labels = {"index": ["SUA", "MUA", "noise"], "units": [probe.count(x) for x in ("SUA", "MUA", "noise")]}
    labels["share"] = [round(n / probe.labels.size, 3) for n in labels["units"]]
    cutoff = 0.04 if quiet < 7 else 0.17
    quality = {"presence ratio": 0.97, "ISI violations ratio": 0.08, "drift ptp (µm)": probe.drift_rms, "sorter": "KS4"}
    busy = ["Bursts", "Silent gaps", "Noise across channels"]
    seen = checkbox(busy, ["Pass", "Pending", "Fail"], ["Silent gaps"] if len(judged["Spikes"]) > 2 else None)
    rows: list[tuple[str, str, str, Any, list[Entry], str]] = [
        ("Drift map", "Drift", "drift_map", choice(["Good", "High drift", "Bad drift estimation"], judged["Drift"]),
         judged["Drift"], "Rastermap of the recording with the estimated motion in red. " + LINK),
        ("Maximum drift", "Drift", "drift_map", probe.worst_drift, verdict(probe.worst_drift < 20),
         r"Pass when below $20\ \mu m$."),
        ("Drift RMS", "Drift", "drift_map", probe.drift_rms, verdict(probe.drift_rms < 10), "Pass when below 10 µm."),
        ("Motion corrected", "Drift", "drift_map", probe.worst_drift < 20, PASS_AUTO,
         "Whether motion was interpolated before sorting."),
        ("Median noise", "Noise", "noise", round(quiet, 2), verdict(quiet < 7),
         "RMS in µV after the common reference."),
        ("Bad channels", "Noise", "noise", probe.bad_channels, verdict(len(probe.bad_channels) < 6),
         "Numbers of the channels left out. Fail from 6 on (191 is the reference)."),
        ("Saturated samples", "Noise", "noise", 0, PASS_AUTO, "Pass when 0."),
        ("Spike raster", "Spikes", "raster", seen, judged["Spikes"], "Tick all that apply."),
        ("Mean rate", "Spikes", "raster", rates, PASS_AUTO, "Mean over all units, in Hz."),
        ("Amplitude distribution", "Amplitude", "amplitudes",
         choice(["Good", "Truncated", "Bimodal"], judged["Amplitude"]), judged["Amplitude"],
         "A cut at the left edge means that spikes are missed."),
        ("Amplitude cutoff", "Amplitude", "amplitudes", {"value": cutoff, "rule": "value < 0.1"}, verdict(cutoff < 0.1),
         "Estimated share of missed spikes, median over SUA."),
        ("Unit yield", "Yield", "unit_yield", choice(["Good", "Low yield", "High noise"], judged["Yield"]),
         judged["Yield"], "Summary of the sorted units with their labels."),
        ("Units by label", "Yield", "unit_yield", labels, PASS_AUTO, "Labels by UnitRefine."),
        ("Units passing default QC", "Yield", "unit_yield", probe.count("SUA") - 11, verdict(probe.count("SUA") > 45),
         "Pass when above 34."),
        ("Remark on rates", "Yield", "firing_rates", "" if rates < 3.4 else "a few fast spikers", PENDING_AUTO,
         "Anything odd in the distribution, in words."),
        ("Unit quality", "Yield", "firing_rates", quality, PASS_AUTO, "Medians over all units."),
    ]  # fmt: skip
    made = [
        writer.metric(
            f"{name} - {probe.name}",
            (
                "ecephys",
                "Raw data" if kind in ("Drift", "Noise") else "Processing",
                {"probe": probe.name, "type": kind},
            ),
            value,
            entries,
            f"quality_control/{probe.name}/{figure}.png",
            text,
        )
        for name, kind, figure, value, entries, text in rows
    ]
    return [*made, curation(writer, probe)]


def curation(writer: V2, probe: Probe) -> Json:
    """Labels of units by the pipeline, then by a person; the second as a JSON text, as the older portal stored it."""
    first = {"format_version": "2", "label_definitions": {"quality": {"label_options": ["good", "noise"]}}}
    first |= {
        "unit_ids": list(range(probe.depths.size)),
        "manual_labels": [{"unit_id": unit, "quality": ["noise"]} for unit in (3, 17, 41)],
        "merge_unit_groups": [],
    }
    second = {**first, "merge_unit_groups": [[8, 12]]}
    by_hand = probe.name == "ProbeA"
    where = ("ecephys", "Processing", {"probe": probe.name, "type": "Curation"})
    value = [first, json.dumps(second)] if by_hand else [first]
    entries = [("Pass", NOBODY, 0.0), ("Pass", GRACE, 6.11)] if by_hand else PENDING
    text = "Labels and merges of the sorted units."
    metric = writer.metric(f"Sorting curation - {probe.name}", where, value, entries, None, text)
    who = [("Ephys pipeline", 0.0), (GRACE, 6.11)] if by_hand else [("Ephys pipeline", 0.0)]
    return writer.curation(metric, "Spike sorting curation", who)


def session_metrics(writer: V2, folder: Path) -> list[Json]:
    """Metrics of the whole session: they have no probe."""
    save_png(figures.synchrony(RAW, ["ProbeA", "ProbeB", "ProbeC", "ProbeD"]), folder / "quality_control/sync.png", 32)
    where: tuple[str, str, Any] = ("ecephys", "Raw data", {})
    offsets, text = [2.91, -5.02, 7.94, 1.46], "Offset of each probe's clock at the end, in ms, before alignment."
    return [
        writer.metric("Clock offsets", where, offsets, PASS_AUTO, "quality_control/sync.png", text),
        writer.metric("Clocks aligned", where, True, PASS_AUTO, "quality_control/sync.png"),
        writer.metric("Stimulus log complete", where, False, REOPENED, None, "Fail when a trial has no end."),
    ]


def make_raw(folder: Path) -> None:
    """The raw session in the first generation."""
    writer = V1(ran("2025-01-20T23:55:01.220871"))
    good = ["Normal", "No spikes", "Noisy"]
    evaluations = []
    for probe, entries in (("ProbeA", PASSED_BY_ADA), ("ProbeB", PENDING)):
        save_png(figures.raw_traces(probe, RAW), folder / "figures" / f"{probe}_raw.png", 64)
        save_png(figures.spectrum(probe, RAW), folder / "figures" / f"{probe}_psd.png", 200)
        text = "Look for noise on all channels, or no spikes at all."
        traces = [
            writer.metric("Raw data", choice(good, entries), entries, f"figures/{probe}_raw.png", text),
            writer.metric("Dead channels", 0, PASS_AUTO, f"figures/{probe}_raw.png", "Pass when 0"),
        ]
        hum = checkbox(["60 Hz", "High frequency", "None"], ["Pending", "Fail", "Pass"], ["60 Hz"])
        power = [
            writer.metric("Line noise", hum, PENDING_AUTO, f"figures/{probe}_psd.png"),
            writer.metric("Power at 60 Hz", 14.3, PASS_AUTO, f"figures/{probe}_psd.png", "µV²/Hz, pass when below 25"),
        ]
        evaluations.append(
            writer.evaluation(f"Raw traces {probe}", "ecephys", "Raw data", traces, tags=[probe, "traces"])
        )
        evaluations.append(
            writer.evaluation(f"Power spectrum {probe}", "ecephys", "Raw data", power, tags=[probe, "psd"])
        )
    save_png(figures.synchrony(RAW, ["ProbeA", "ProbeB", "NI-DAQ"]), folder / "figures/sync.png", 32)
    sync = [writer.metric("Missed sync pulses", {"ProbeA": 0, "ProbeB": 2, "NI-DAQ": 0}, FAIL_AUTO, "figures/sync.png")]
    evaluations.append(writer.evaluation("Synchronisation", "ecephys", "Raw data", sync, allow_failed_metrics=True))
    start, end = "2025-01-20T13:04:51-08:00", "2025-01-20T14:17:03-08:00"
    parts = {
        "quality_control": writer.document(evaluations),
        "data_description": description_v1(RAW, SUBJECT, "2025-01-20T13:04:51-08:00", PROJECT, LEAD, ["ecephys"]),
        "subject": subject_v1(SUBJECT, GENOTYPE, "Female", BORN),
        "session": session_v1(SUBJECT, start, end, "Change detection", "323_EPHYS2", [MAY]),
    }
    write_asset(folder, parts, indent=4)


def make_later(folder: Path) -> None:
    """A week later, one probe: compared with the earlier session, and failures of an unlabelled tag forgiven."""
    writer = V2(ran("2025-01-28T05:02:58.007300", "-07:00"), "2.4.1")
    probe = make_probe(LATER, "ProbeA", 188, 8, 7.9)
    draw_probe(folder, probe, LATER, only="drift_map")
    draw_probe(folder, probe, LATER, only="unit_yield")
    tags = {"probe": "ProbeA"}
    drift, yielded = "quality_control/ProbeA/drift_map.png", "quality_control/ProbeA/unit_yield.png"
    both = writer.metric(
        "Units in both sessions", ("ecephys", "Multi-asset", {**tags, "check": "comparison"}),
        {"values": [103, 96], "options": None, "type": None}, PENDING, yielded,
        "Units with a match in the other session, one number for each asset.",
    )  # fmt: skip
    both["evaluated_assets"] = [SORTED, LATER]
    about = ("ecephys", "Processing", tags)
    metrics = [
        writer.metric("Drift map", about, choice(["Good", "High drift"], PASSED_BY_GRACE), PASSED_BY_GRACE, drift),
        writer.metric("Maximum drift", about, probe.worst_drift, PASS_AUTO, drift, "Pass when below 20 µm"),
        writer.metric("Opto artefacts", ("ecephys", "Analysis", {**tags, "check": "opto"}), None, FAIL_AUTO, None,
                      "No laser in this session: the failure is allowed."),
        both,
    ]  # fmt: skip
    quality = writer.document(metrics, [["probe", "check"], "stage"], allow_tag_failures=["opto"])
    source = ["ecephys_734812_2025-01-27_12-48-09"]
    started, ended = "2025-01-27T12:48:09-08:00", "2025-01-27T13:55:40-08:00"
    parts = {
        "quality_control": quality,
        "data_description": description_v2(
            LATER, SUBJECT, "2025-01-28T03:51:20Z", PROJECT, LEAD, ["ecephys"], source=source, group="ephys"
        ),
        "subject": subject_v2(SUBJECT, GENOTYPE, "Female", BORN),
        "acquisition": acquisition_v2(SUBJECT, started, ended, "Change detection", "323_EPHYS2", [MAY, RAMON]),
    }
    write_asset(folder, parts, indent=3)
