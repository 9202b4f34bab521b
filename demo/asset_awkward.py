"""Everything that has ever tripped up a reader, in one asset (v2). It is not valid, and nothing in it states that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from demo import figures_ecephys as figures
from demo.canvas import save_png
from demo.documents import V2, checkbox, dropdown, write_asset
from demo.histories import ADA, FAIL_AUTO, GRACE, PASS_AUTO, PASSED_BY_ADA, PENDING, PENDING_AUTO, Entry, ran
from demo.probes import make_probe

Json = dict[str, Any]

NAME = "behavior_000000_2025-03-03_03-03-03"

LONG = r"""**Drift of the probe**, in $\mu m$. Read it *with* the figure:

1. Look at the upper third, near $z > 2500\ \mu m$.
2. Compare with the limit: $\max_t |d(t)| < 20\ \mu m$.
3. In doubt, ask in the [forum](https://github.com/AllenNeuralDynamics/aind-qc-portal/discussions).

| depth | usual |
|---|---|
| cortex | 5–12 µm |
| thalamus | 2–6 µm |

A probe that moves by more than its pitch (20 µm) mixes the units of neighbouring rows. `drift_correct=False` keeps the
data as they were recorded. Prices such as $5 and $6 are no formulas."""


def make(folder: Path) -> None:
    """The whole asset."""
    writer = V2(ran("2025-03-03T12:00:00"))
    metrics = [*references(writer, folder), *values(writer), *texts(writer), *build_broken_metrics(writer)]
    quality = writer.document(metrics, ["where", "no such key"], notes="", allow_tag_failures=[])
    description = {
        "schema_version": "2.3.0",
        "name": NAME,
        "subject_id": None,
        "data_level": "raw",
        "creation_time": None,
        "modalities": [{"name": "Laser speckle imaging", "abbreviation": "speckle"}],
        "investigators": [],
        "source_data": None,
    }
    write_asset(folder, {"quality_control": quality, "data_description": description, "subject": None}, indent=2)


def references(writer: V2, folder: Path) -> list[Json]:
    """References of every odd kind."""
    hard, shank = "figures/probe A #1 100% drift.PNG", "figures/s3/shank0_drift_http.png"
    probe = make_probe(NAME, "probe A #1", 80, 14, 8)
    save_png(figures.noise(probe), folder / hard, 48)
    save_png(figures.amplitudes(probe), folder / shank, 48)
    given: list[tuple[str, str | None]] = [
        ("Spaces, hash, percent, capitals", hard),
        ("Looks like a bucket, a hash and an address", shank),
        ("Pair with a space after the semicolon", f"{hard}; {shank}"),
        ("Pair with one half missing", f"{shank};figures/absent.png"),
        ("No such file", "figures/absent.png"),
        ("Leaves the asset", "../745306_2025-04-15_09-38-55/behavior/licks.png"),
        ("Leaves it further in", "figures/../../../README.md"),
        ("Null", None),
        ("Empty", ""),
        ("Bare word", "ecephys-drift-map"),
        ("Placeholder", "__empty__0"),
        ("On another host", "https://example.org/figures/drift%20map.png?size=large#top"),
        ("A script", "javascript:alert(1)"),
        ("A notebook, which no browser shows", "figures/analysis.ipynb"),
    ]
    where: tuple[str, str, Any] = ("ecephys", "Raw data", {"where": "references"})
    return [writer.metric(name, where, 1, PASS_AUTO, reference) for name, reference in given]


def values(writer: V2) -> list[Json]:
    """Values that are easily taken for others, and two metrics that nothing distinguishes."""
    options, status = ["Low", "High"], ["Pass", "Fail"]
    given: list[tuple[str, Any, list[Entry]]] = [
        ("Zero", 0, PENDING),
        ("Zero with a point", 0.0, PENDING),
        ("Minus a lot", -1.5e-12, PASS_AUTO),
        ("Beyond exact numbers", 9007199254740993, PASS_AUTO),
        ("False", False, PENDING),
        ("Empty text", "", PENDING),
        ("The text 0", "0", PENDING),
        ("Null", None, PENDING_AUTO),
        ("Empty list", [], PENDING_AUTO),
        ("Empty dictionary", {}, PENDING_AUTO),
        ("Mixed list", [1, "two", None, True], PASS_AUTO),
        ("Columns of unequal length", {"a": [1, 2, 3], "b": [1]}, FAIL_AUTO),
        ("Nested", {"fit": {"slope": 1.2, "ok": True, "at": [0, {"x": None}]}, "units": "µV"}, PASS_AUTO),
        ("Dropdown: no such option", dropdown(options, status, "Medium"), PENDING),
        ("Dropdown: a list", dropdown(options, status, ["Low"]), PENDING),
        ("Dropdown: no statuses", dropdown(options, None, "Low"), PASSED_BY_ADA),
        ("Dropdown: fewer statuses than options", dropdown(["a", "b", "c"], ["Pass"], "c"), PENDING),
        ("Checkbox: one is no option", checkbox(options, status, ["Low", "Odd"]), PENDING),
        ("Checkbox: a text", {**checkbox(options, status), "value": "High"}, PENDING),
        ("Type that no one knows", {"value": 3, "type": "slider", "min": 0, "max": 5}, PENDING),
        ("Rule", {"value": 5, "rule": "value > 3"}, PASS_AUTO),
        ("Rule that is code", {"value": 5, "rule": "__import__('os').getcwd()"}, PENDING),
        ("Twin", 1, PENDING),
        ("Twin", 2, [("Pending", "", 0.5), ("Pass", GRACE, 2.25)]),
    ]
    where: tuple[str, str, Any] = ("ecephys", "Processing", {"where": "values"})
    return [writer.metric(name, where, value, entries) for name, value, entries in given]


def texts(writer: V2) -> list[Json]:
    """Descriptions, names and tags that want to be something else. These have no tag that the grouping knows."""
    code = 'Not markup: <script>alert(1)</script> <img src=x onerror="alert(2)"> <b>bold?</b>'
    where: tuple[str, str, Any] = ("behavior", "Analysis", {})
    odd: tuple[str, str, Any] = ("behavior", "Analysis", {"where": "a/b=c&d #é", "": "empty key"})
    script = "<script>alert(3)</script>"
    return [
        writer.metric("Long description", where, 12.4, PENDING, None, LONG),
        writer.metric("HTML in the description", where, script, [("Pending", script, 0)], None, code),
        writer.metric("*Stars* _and_ `ticks` :smile: $x$ [link](javascript:alert(4))", where, 1, PASS_AUTO),
        writer.metric("", where, 1, PASS_AUTO, None, ""),
        writer.metric("Odd tags", odd, "x" * 400, PASS_AUTO, None, "One long word as the value."),
        writer.metric("Many lines", where, "first\nsecond\n\tthird", [("Pass", ADA, 0)]),
    ]


def build_broken_metrics(writer: V2) -> list[Any]:
    """Metrics with something missing, and one that is none."""
    where: tuple[str, str, Any] = ("ecephys", "Raw data", {"where": "broken"})
    no_history = writer.metric("No status history", where, 3, PASS_AUTO)
    del no_history["status_history"]
    empty_history = {**writer.metric("Empty status history", where, 3, PASS_AUTO), "status_history": []}
    unknown = writer.metric("Unknown modality", where, 3, FAIL_AUTO)
    unknown["modality"] = {"name": "Laser speckle imaging", "abbreviation": "speckle"}
    nothing = {**writer.metric("No modality", where, 3, PASS_AUTO), "modality": None}
    tagless = {**writer.metric("Tags are null", where, 3, PASS_AUTO), "tags": None}
    bad_status = writer.metric("Status that no one knows", where, 3, PASS_AUTO)
    bad_status["status_history"] = [{"evaluator": "Automated", "status": "Perhaps", "timestamp": "last Tuesday"}]
    return [no_history, empty_history, unknown, nothing, tagless, bad_status, "this is not a metric", None]
