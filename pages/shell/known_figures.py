"""The figures of a review after a look at their contents, cached so that a step to the next figure asks no store."""

from collections.abc import Iterable
from contextlib import suppress
from functools import partial

from pages.shell.portal import services
from qc_core.errors import QcError
from qc_core.references.figures import ChartFigure, Figure, PictureFigure, SwipeFigure
from qc_core.stores.background import start_thread
from qc_core.stores.figures.contents import by_content

MAX_KNOWN = 200
"""Figures of a review whose contents are known; beyond that they are read again."""


class KnownFigures:
    """Caches the results of `by_content` for as long as a review is open.

    Charts are not kept: their data can be large.
    """

    def __init__(self) -> None:
        self._known: dict[Figure, Figure] = {}

    def get(self, figure: Figure, record_id: str) -> Figure:
        """The figure as `by_content` gives it, read the first time. Raises as `by_content` does."""
        known = self._known.get(figure)
        if known is None:
            known = by_content(figure, record_id, services().figures)
            if not isinstance(known, ChartFigure):
                self._keep(figure, known)
        return known

    def read_ahead(self, figures: Iterable[Figure], record_id: str) -> None:
        """Read, behind the page, what is not known of the pictures among these."""
        unknown = [one for one in figures if isinstance(one, PictureFigure | SwipeFigure) and one not in self._known]
        if unknown:
            with suppress(QcError):  # no thread is free: they are read when they are drawn
                start_thread("reading figures ahead", partial(self._read, unknown, record_id))

    def _read(self, figures: Iterable[Figure], record_id: str) -> None:
        for figure in figures:
            with suppress(QcError):  # which is reported when it is drawn
                self.get(figure, record_id)

    def _keep(self, figure: Figure, known: Figure) -> None:
        if len(self._known) >= MAX_KNOWN:
            self._known.clear()
        self._known[figure] = known
