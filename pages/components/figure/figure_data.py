"""What the figure's component is given for each kind of figure that it draws by itself: plain values."""

from typing import Any

from qc_core.references.figures import (
    ConvertedFigure,
    DataFigure,
    EmbedFigure,
    ExcerptFigure,
    Figure,
    PageFigure,
    TextFigure,
)
from qc_core.stores.figures.conversions import HIGH, LOW

ELSEWHERE = "This figure is on another server, and can be opened in its own tab only:"


def described(figure: Figure) -> dict[str, Any] | None:
    """The values for one figure; None for kinds that are not drawn by the component alone."""
    match figure:
        case ConvertedFigure(address, original, name):
            stretch = {"low": LOW, "high": HIGH}
            return {"kind": "converted", "address": address, "original": original, "name": name} | stretch
        case PageFigure(address, name):
            return {"kind": "page", "address": address, "name": name}
        case EmbedFigure(address, origin, title):
            return {"kind": "embed", "address": address, "origin": origin, "title": title}
        case ExcerptFigure(address, original, name):
            return {"kind": "excerpt", "address": address, "original": original, "name": name}
        case DataFigure(text, name, data_format, address, measured):
            said = {"text": text, "name": name, "format": data_format, "address": address, "measured": measured}
            return {"kind": "data", **said}
        case TextFigure(text, reason, link):
            usual = "This reference is a link to another site:" if link else "This reference names no figure:"
            return {"kind": "text", "text": text, "reason": reason or usual, "link": link}
    return None


def elsewhere(address: str) -> dict[str, Any]:
    """A figure that takes a script to draw it, and scripts may fetch from the portal alone."""
    return {"kind": "text", "text": address, "reason": ELSEWHERE, "link": address}
