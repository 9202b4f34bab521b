"""Views of other sites in a frame: which hosts may be framed, and the address of Rerun's viewer."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from qc_core.references.figures import EmbedFigure, TextFigure
from qc_core.settings.defaults import DEFAULT_RERUN_VIEWER, FRAME_ORIGINS
from qc_core.settings.environment import origin_of
from qc_core.settings.model import Settings

_RERUN_VERSION = re.compile(r"_v(\d+\.\d+\.\d+(?:-[0-9A-Za-z.]+)?)\.rrd$", re.IGNORECASE)
EPHYS_GUI = "ephys_gui_app"
"""The name of AIND's ephys GUI in its address (docs/formats.md#the-ephys-gui)."""
_TITLES = {
    "neuroglancer-demo.appspot.com": "Neuroglancer",
    "figurl.org": "FigURL",
    "www.figurl.org": "FigURL",
    "ephys.allenneuraldynamics.org": "Ephys curation",
}


@dataclass(frozen=True, slots=True)
class Embeds:
    """What the page may show of other sites.

    origins: those that may be framed, such as `https://figurl.org`.
    rerun_viewer: an address with `{version}` in the position of the version.
    rerun_version: the version for recordings whose name has none; None: they are not shown.
    figure_origins: those at `http:` from which pictures and videos are loaded, besides all at https.
    """

    origins: tuple[str, ...] = FRAME_ORIGINS
    rerun_viewer: str = DEFAULT_RERUN_VIEWER
    rerun_version: str | None = None
    figure_origins: tuple[str, ...] = ()

    def may_load(self, url: str) -> bool:
        """Whether the page's policy lets the browser load a picture or video from an http(s) address."""
        return url.lower().startswith("https:") or origin_of(url) in self.figure_origins

    @property
    def rerun_origin(self) -> str:
        """The origin of Rerun's viewer."""
        return origin_of(self.rerun_viewer)

    @property
    def frame_origins(self) -> tuple[str, ...]:
        """Every origin that the page may put into a frame."""
        return tuple(dict.fromkeys((*self.origins, self.rerun_origin)))


def embeds_of(settings: Settings) -> Embeds:
    """What the settings allow to be framed, and from where pictures come."""
    return Embeds(settings.frame_origins, settings.rerun_viewer, settings.rerun_version, settings.figure_origins)


def resolve_link(link: str, text: str, reason: str, embeds: Embeds) -> EmbedFigure | TextFigure:
    """A frame where the link's own origin may be framed, its address untouched; else a link to a new tab."""
    parts = urlsplit(link)
    origin = origin_of(link)
    if origin not in embeds.origins:
        return TextFigure(text, reason, link)
    label = parse_qs(parts.query).get("label", [""])[0].strip()
    title = _TITLES.get(parts.hostname or "", parts.hostname or "")
    return EmbedFigure(link, origin, f"{title}: {label}" if label else title, text, is_ephys_gui(link))


def is_ephys_gui(address: str) -> bool:
    """Whether an address opens AIND's ephys GUI, on whichever host: its path ends with `ephys_gui_app`."""
    return urlsplit(address).path.rstrip("/").rpartition("/")[2] == EPHYS_GUI


def session_name(location: str | None) -> str:
    """What the ephys GUI is given as `session`: the prefix of the asset, "" where its location in S3 is not known.

    `s3://bucket/ecephys_1_sorted` gives `ecephys_1_sorted`.
    """
    parts = urlsplit(location or "")
    return parts.path.strip("/") if parts.scheme == "s3" else ""


def rerun_version(name: str, embeds: Embeds) -> str | None:
    """The version of Rerun that reads a recording: from its name (`name_v0.19.1.rrd`), else from the settings."""
    match = _RERUN_VERSION.search(name)
    return match[1] if match else embeds.rerun_version


def rerun_view(recording: str, name: str, embeds: Embeds) -> str | None:
    """The address of Rerun's viewer on a recording at an absolute address; None where no version is known."""
    version = rerun_version(name, embeds)
    if version is None and "{version}" in embeds.rerun_viewer:
        return None
    viewer = embeds.rerun_viewer.replace("{version}", quote(version or "", safe=""))
    return f"{viewer}{'&' if '?' in viewer else '?'}url={quote(recording, safe='')}"


def without_version(text: str, name: str, link: str | None) -> TextFigure:
    """The text for a recording whose name lacks the version of Rerun that wrote it."""
    stem = name[: -len(".rrd")] or "name"
    return TextFigure(
        text,
        "This is a Rerun recording, and each version of Rerun reads only its own. Its name must contain the version, "
        f"as in “{stem}_v0.19.1.rrd”.",
        link,
    )
