"""Check that the sites whose views may be framed answer and allow frames, for `python -m qc_core doctor --frames`."""

import time
from collections.abc import Iterator

from qc_core.errors import StoreUnavailable
from qc_core.health.checks import Finding, State
from qc_core.references.embeds import EPHYS_GUI, embeds_of
from qc_core.settings.model import Settings
from qc_core.stores.reachable import get_frame_refusal

_EPHYS_HOST = "https://ephys."
_MEANING = (
    "Its views stay empty for readers whose browsers cannot reach it either. They may reach it where this computer "
    "cannot, so open one in a browser."
)


def examine_frames(settings: Settings) -> Iterator[Finding]:
    """A finding for each site of the settings; none but these are asked, and nothing is sent to them."""
    for origin in embeds_of(settings).frame_origins:
        yield _examine(origin)


def _examine(origin: str) -> Finding:
    what, address = f"Frames of {origin}", f"{origin}/{EPHYS_GUI if origin.startswith(_EPHYS_HOST) else ''}"
    begun = time.monotonic()
    try:
        refusal = get_frame_refusal(address)
    except StoreUnavailable as error:
        return Finding(what, State.DOUBT, error.message, _MEANING, time.monotonic() - begun)
    seconds = time.monotonic() - begun
    if refusal:
        meaning = "Its views stay empty: its administrators have to allow this portal's address."
        return Finding(what, State.TROUBLE, f"{address} answers, but {refusal}.", meaning, seconds)
    return Finding(what, State.WELL, f"{address} answers.", seconds=seconds)
