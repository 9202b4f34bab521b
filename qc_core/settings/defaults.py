"""The defaults of settings, where they are more than nothing."""

from datetime import timedelta

FRAME_ORIGINS = (
    "https://figurl.org",
    "https://www.figurl.org",
    "https://neuroglancer-demo.appspot.com",
    "https://ephys.allenneuraldynamics.org",
)
SCRIPT_ORIGINS = ("https://cdn.jsdelivr.net", "https://cdn.plot.ly", "https://cdn.bokeh.org")
DEFAULT_RERUN_VIEWER = "https://app.rerun.io/version/{version}/index.html"
DEFAULT_REGION = "us-west-2"
DEFAULT_ZONE, DEFAULT_GATEWAY = "default", "https://kachery-gateway.figurl.org"
DEFAULT_INDEX_EVERY = timedelta(seconds=60)
"""After what time the index of assets asks the database what changed."""
