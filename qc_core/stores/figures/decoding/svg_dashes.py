"""Estimate the number of dashes in an SVG: a line of a million units in dashes of one is a million small lines.

Estimates, not less than what is drawn: a path is no longer than the way along its points, twice that with closing it,
or twice the sum of its numbers where these are relative. What could be dashed from elsewhere (by a style sheet, by a
`use` around it) counts as dashed.
"""

import re
from collections.abc import Mapping

MAX_OF_ONE = 1_000_000.0
"""Dashes of one shape: Chromium's drawing library draws a line whole that would have more."""
PER_SHAPE = 20
"""Dashes that take about as long as one shape."""
_PATHS = ("d", "points")
_GEOMETRY = ("x1", "x2", "y1", "y2", "x", "y", "width", "height", "r", "rx", "ry", "pathLength")
_POINTS_ALONE = re.compile(r"[\s\d.,eE+MLCQZ-]*")
"""A path of absolute points: corners of lines, and of the polygons that hold curves (w3.org/TR/SVG2/paths.html)."""
_SIGNED = re.compile(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?")
_NUMBER = re.compile(r"[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?")
_DASHES = re.compile(r"stroke-dasharray\s*:\s*([^;}]*)", re.IGNORECASE)
_FINEST = 1e-6
NONE = float("inf")
"""The period of what is not dashed."""


def period_in(style: str) -> float:
    """The least period of the dashes in declarations of CSS, `NONE` without any.

    >>> period_in("stroke: red; stroke-dasharray: 3, 1.5")
    4.5
    """
    return min((_period(value) for value in _DASHES.findall(style)), default=NONE)


def period_of(attributes: Mapping[str, str]) -> float:
    """The period of an element's own dashes, in its attributes or its `style`."""
    own = _period(attributes.get("stroke-dasharray", "none"))
    if attributes.get("attributeName") == "stroke-dasharray":  # an animation of them
        given = ";".join(attributes.get(key, "none") for key in ("to", "from", "by", "values"))
        own = min(map(_period, given.split(";")))
    return min(own, period_in(attributes.get("style", "")))


def reach_of(attributes: Mapping[str, str]) -> float:
    """A length that the outline of a shape does not exceed; without a bound where it depends on its surroundings."""
    given = " ".join(attributes[key] for key in _GEOMETRY if key in attributes)
    if "%" in given or "vector-effect" in attributes or "vector-effect" in attributes.get("style", ""):
        return NONE
    paths = sum(_length(attributes[key]) for key in _PATHS if key in attributes)
    return 2 * (paths + sum(map(float, _NUMBER.findall(given))))


def _length(path: str) -> float:
    """Of the lines from point to point where all points are absolute; else the sum of all numbers.

    >>> _length("M 10 10 L 13 14")
    7.0
    """
    if not _POINTS_ALONE.fullmatch(path):
        return sum(map(float, _NUMBER.findall(path)))
    numbers = [float(number) for number in _SIGNED.findall(path)]
    return sum(abs(later - earlier) for earlier, later in zip(numbers, numbers[2:], strict=False))


def shapes_for(reach: float, period: float) -> float:
    """The dashes of one shape, in shapes.

    >>> shapes_for(reach=4000, period=2)
    100.0
    """
    return 0.0 if period == NONE else min(MAX_OF_ONE, reach / period) / PER_SHAPE


def _period(value: str) -> float:
    """Of one value, such as `5, 2.5`; the finest where it has no number that can be read."""
    if value.strip().lower() in {"", "none", "inherit", "initial", "unset"}:
        return NONE
    numbers = [float(number) for number in _NUMBER.findall(value)]
    if numbers and not any(numbers):
        return NONE
    return max(_FINEST, sum(numbers))
