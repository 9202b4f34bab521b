"""Statuses in charts differ by colour and by shape, in both themes."""

from datetime import UTC, datetime

import pytest

from pages.components import status_chart


def _luminance(color: str) -> float:
    """By WCAG 2.2, of a colour such as "#1f9361"."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("background", ["#ffffff", "#11191c"])
@pytest.mark.parametrize("color", status_chart.COLORS)
def test_colors_of_statuses_are_seen_in_both_themes(color: str, background: str) -> None:
    low, high = sorted((_luminance(color), _luminance(background)))
    assert (high + 0.05) / (low + 0.05) >= 3


def test_no_two_statuses_share_a_shape_or_a_color() -> None:
    assert len(set(status_chart.SHAPES)) == len(set(status_chart.COLORS)) == len(status_chart.STATUSES)


def test_mark_without_a_status_is_named_so() -> None:
    mark = status_chart.build_mark("", "view?name=a", datetime(2025, 1, 20, 12, tzinfo=UTC), asset="a")
    assert mark["status"] == status_chart.NO_STATUS and mark["when"] == "2025-01-20 12:00 UTC"
    assert list(status_chart.build_frame([], ("status", "time")).columns) == ["status", "time"]
