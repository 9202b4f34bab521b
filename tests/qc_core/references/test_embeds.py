from urllib.parse import parse_qs, urlsplit

import pytest

from qc_core.references.embeds import Embeds, is_ephys_gui, rerun_version, rerun_view, resolve_link, session_name
from qc_core.references.figures import EmbedFigure, TextFigure
from qc_core.references.shown import resolve_figure

NEUROGLANCER = "https://neuroglancer-demo.appspot.com/#!s3://bucket/ng.json"


def test_the_state_in_the_fragment_is_untouched() -> None:
    assert resolve_figure(NEUROGLANCER, "r") == EmbedFigure(
        NEUROGLANCER, "https://neuroglancer-demo.appspot.com", "Neuroglancer", NEUROGLANCER
    )


def test_a_view_is_named_by_the_label_in_its_address() -> None:
    figure = resolve_figure("https://figurl.org/f?v=gs://figurl/x&d=sha1://0f&label=Unit%20summary", "r")
    assert isinstance(figure, EmbedFigure)
    assert figure.title == "FigURL: Unit summary"


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/?figurl.org",
        "https://figurl.org.example.org/f",
        "https://example.org/figurl.org/#!neuroglancer",
        "http://figurl.org/f",
        "https://figurl.org:8443/f",
        "https://figurl.org./f",
    ],
)
def test_only_the_very_origin_may_be_framed(link: str) -> None:
    assert resolve_figure(link, "r") == TextFigure(link, "", link)


def test_hosts_of_the_settings_may_be_framed_too() -> None:
    figure = resolve_link("https://lab.org:8443/view", "x", "", Embeds(origins=("https://lab.org:8443",)))
    assert isinstance(figure, EmbedFigure)
    assert figure.origin == "https://lab.org:8443"


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("eyes_v0.19.1.rrd", "0.19.1"),
        ("eyes_V0.20.0.RRD", "0.20.0"),
        ("a_v0.18.0_v0.19.1.rrd", "0.19.1"),
        ("my_video_v0.19.rrd", None),
        ("v0.19.1.rrd", None),
        ("eyes_v0.19.1.rrd.txt", None),
        ("eyes.rrd", None),
    ],
)
def test_the_version_of_a_recording_is_read_by_its_pattern(name: str, version: str | None) -> None:
    assert rerun_version(name, Embeds()) == version


def test_the_recordings_address_is_encoded_whole() -> None:
    recording = "https://host.org/lent/a.b/eyes v1 #2_v0.19.1.rrd?x=1&y=2"
    view = rerun_view(recording, "eyes_v0.19.1.rrd", Embeds())
    assert view is not None
    assert view.startswith("https://app.rerun.io/version/0.19.1/index.html?url=https%3A%2F%2Fhost.org%2Flent%2F")
    assert parse_qs(urlsplit(view).query) == {"url": [recording]}


def test_a_viewer_of_ones_own_needs_no_version_if_its_address_has_none() -> None:
    own = Embeds(rerun_viewer="https://rerun.lab.org/?hide=1")
    assert (
        rerun_view("https://h.org/a.rrd", "a.rrd", own)
        == "https://rerun.lab.org/?hide=1&url=https%3A%2F%2Fh.org%2Fa.rrd"
    )
    assert own.frame_origins[-1] == "https://rerun.lab.org"
    assert rerun_view("https://h.org/a.rrd", "a.rrd", Embeds()) is None


@pytest.mark.parametrize(
    ("address", "is_gui"),
    [
        ("https://ephys.allenneuraldynamics.org/ephys_gui_app?analyzer_path=s3://b/a.zarr", True),
        ("http://10.0.0.5:5006/ephys_gui_app", True),
        ("https://lab.org/panel/ephys_gui_app/#x", True),
        ("https://ephys.allenneuraldynamics.org/", False),
        ("https://figurl.org/f?v=ephys_gui_app", False),
        ("https://lab.org/#/ephys_gui_app", False),
    ],
)
def test_the_ephys_gui_is_known_by_the_path_of_its_address(address: str, is_gui: bool) -> None:
    assert is_ephys_gui(address) == is_gui
    assert getattr(resolve_figure(address, "r"), "is_ephys_gui", False) == (is_gui and "allenneural" in address)


@pytest.mark.parametrize(
    ("location", "session"),
    [
        ("s3://bucket/a_sorted", "a_sorted"),
        ("s3://bucket/x/y/", "x/y"),
        ("s3://bucket", ""),
        ("/data/a", ""),
        (None, ""),
    ],
)
def test_the_session_of_the_ephys_gui_is_the_prefix_of_the_asset(location: str | None, session: str) -> None:
    assert session_name(location) == session
