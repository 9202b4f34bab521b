"""Which figures are the same plot, by their paths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.references.plot import name_plot

SAME = [
    ("figures/ProbeA/drift.png", "figures/ProbeB/drift.png"),
    ("figures/ProbeA_psd.png", "figures/ProbeB_psd.png"),
    ("VISp_6/movie_qc/VISp_6_registered_zdrift.png", "VISp_0/movie_qc/VISp_0_registered_zdrift.png"),
    (
        "quality_control/experiment1_Record Node 109#Neuropix-PXI-100.46116-2_recording1/rms.png",
        "quality_control/experiment2_Record Node 111#Neuropix-PXI-100.50209_recording1/rms.png",
    ),
    (
        "s3://bucket/ecephys_734812_2025-01-20_13-04-51/figures/drift.png",
        "s3://bucket/ecephys_739564_2025-06-17_10-12-06/figures/drift.png",
    ),
    (
        "qc/suite_test_roi_167f8bbaf9ee4daca48dfc1b31e3212a.png",
        "qc/suite_test_roi_97d1e2bcef7a4083b799b422b29cdf80.png",
    ),
    ("probe_1/before.png;probe_1/after.png", "probe_2/before.png; probe_2/after.png"),
]
OTHERS = [
    ("figures/ProbeA/drift.png", "figures/ProbeA/noise.png"),
    ("figures/fig1.png", "figures/fig2.png"),
    ("cells/Ex_488_Em_525.jpeg", "cells/Ex_561_Em_593.jpeg"),
    ("figures/drift.png", "other/drift.png"),
    ("figures/probes.png", "figures/probed.png"),
    ("a.png;b.png", "a.png;c.png"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_plot_of_another_probe_plane_or_session_is_the_same(one: str, other: str) -> None:
    assert name_plot(one) == name_plot(other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_other_names_are_other_plots(one: str, other: str) -> None:
    assert name_plot(one) != name_plot(other)


def test_no_reference_is_no_plot() -> None:
    assert name_plot(None) == name_plot("") == ""


@given(st.text())
def test_any_text_has_a_name(text: str) -> None:
    assert name_plot(text) == name_plot(text)
    assert name_plot(text) or not text.strip()
