"""The short reasons that a Fail can have: `ecephys=drift, noise|*=artifact`, with a bar between modalities."""

from qc_core.errors import BadSetting
from qc_core.settings.setting import Environment

Reasons = tuple[tuple[str, tuple[str, ...]], ...]
"""Modalities by their abbreviation, "*" for any other, with their reasons."""

DEFAULT_REASONS: Reasons = (
    ("*", ("artifact", "missing data", "wrong file", "processing failed")),
    ("ecephys", ("drift", "noise", "few units", "bad electrode", "artifact", "missing data")),
    ("pophys", ("motion", "bleaching", "low signal", "out of focus", "artifact", "missing data")),
    ("fib", ("bleaching", "low signal", "motion", "disconnected", "artifact", "missing data")),
    ("behavior-videos", ("dropped frames", "out of focus", "lighting", "camera moved", "missing data")),
    ("behavior", ("few trials", "disengaged", "hardware", "synchronization", "missing data")),
    ("SPIM", ("misalignment", "saturation", "out of focus", "tissue damage", "artifact", "missing data")),
)
MAX_REASONS = 9
"""Reasons of one modality: each has a digit as its key."""


def find_reasons(reasons: Reasons, modality: str) -> tuple[str, ...]:
    """The reasons to offer for a modality: its own, else those of any other."""
    known = dict(reasons)
    return known.get(modality) or known.get("*", ())


def read_reasons(environment: Environment, name: str) -> Reasons:
    """The reasons that a variable gives, in addition to the default ones of other modalities. Raises BadSetting."""
    found = dict(DEFAULT_REASONS)
    for entry in filter(None, (part.strip() for part in environment.get(name, "").split("|"))):
        modality, sign, listed = entry.partition("=")
        reasons = tuple(dict.fromkeys(part for one in listed.split(",") if (part := one.strip())))
        is_plain = reasons and not any(mark in listed for mark in ";.") and len(reasons) <= MAX_REASONS
        if not (sign and modality.strip() and is_plain):
            raise BadSetting(
                f"{name} has {entry!r}.",
                f"Write `modality=reason, reason`, with a bar between modalities, at most {MAX_REASONS} reasons each, "
                "and none with a full stop or a semicolon.",
            )
        found[modality.strip()] = reasons
    return tuple(found.items())
