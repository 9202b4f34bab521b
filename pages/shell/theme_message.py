"""The theme in the message that begins each run of the script, built once: Streamlit reads its settings each time.

A verdict takes two runs, and the six sections of the theme were a fifth of the processor time of both.
"""

from collections.abc import Callable

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

PopulateTheme = Callable[..., None]


def cache_theme() -> None:
    """From now on send the theme as it is configured when its first message is built: a change needs a restart."""
    app_session._populate_theme_msg = build_cached(app_session._populate_theme_msg)


def build_cached(populate: PopulateTheme) -> PopulateTheme:
    """A function that fills a message as `populate` does, which is called once for each section."""
    kept: dict[str, bytes] = {}

    def populate_from_cache(message: CustomThemeConfig, section: str = "theme") -> None:
        if section not in kept:
            built = CustomThemeConfig()
            populate(built, section)
            kept[section] = built.SerializeToString()
        if kept[section]:  # merging nothing would say that the section is there
            message.MergeFromString(kept[section])

    return populate_from_cache
