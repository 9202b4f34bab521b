"""The theme that is sent from the cache is the one that Streamlit builds."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from pages.shell.theme_message import PopulateTheme, build_cached

SECTIONS: dict[str, Callable[[Any], Any]] = {
    "theme": lambda message: message,
    "theme.light": lambda message: message.light,
    "theme.dark": lambda message: message.dark,
    "theme.sidebar": lambda message: message.sidebar,
    "theme.light.sidebar": lambda message: message.light.sidebar,
    "theme.dark.sidebar": lambda message: message.dark.sidebar,
}
"""The sections that a message has, and the part of it for each, as `AppSession` fills them."""


def build(populate: PopulateTheme) -> CustomThemeConfig:
    message = CustomThemeConfig()
    for section, find_part in SECTIONS.items():
        populate(find_part(message), section)
    return message


@pytest.fixture
def themed() -> None:
    """The settings of the portal itself, which this process has from .streamlit/config.toml."""
    assert config.get_option("theme.light.primaryColor") == "#0a666d"


@pytest.mark.usefixtures("themed")
def test_the_cached_theme_equals_the_one_that_is_built_each_time() -> None:
    cached = build_cached(app_session._populate_theme_msg)
    built = build(app_session._populate_theme_msg)
    assert built.light.primary_color == "#0a666d" and not built.HasField("sidebar")
    assert [build(cached) for _ in range(3)] == [built] * 3
    assert build(cached).SerializeToString(deterministic=True) == built.SerializeToString(deterministic=True)


def test_each_section_is_built_once() -> None:
    sections: list[str] = []
    cached = build_cached(lambda _message, section: sections.append(section))
    for _ in range(2):
        build(cached)
    assert sections == list(SECTIONS)
