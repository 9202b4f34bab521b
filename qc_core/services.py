"""What the pages work with. The only file that picks concrete stores."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from qc_core.demo import working_copy
from qc_core.settings import Settings
from qc_core.stores.conversions import Conversions
from qc_core.stores.drafts import FolderDrafts
from qc_core.stores.figure_copies import FigureCopies
from qc_core.stores.figures import Figures
from qc_core.stores.figures_kachery import KacheryFigures
from qc_core.stores.figures_s3 import S3Figures
from qc_core.stores.folder import FolderStore
from qc_core.stores.loans import Loans
from qc_core.stores.ports import DraftStore, FigureStore, RecordStore


@dataclass(frozen=True, slots=True)
class Services:
    """The settings, the stores, and the clock; `settings.assets` is the folder that is really open."""

    settings: Settings
    records: RecordStore
    drafts: DraftStore
    figures: FigureStore
    conversions: Conversions
    loans: Loans
    clock: Callable[[], datetime]


def now() -> datetime:
    """The aware time."""
    return datetime.now(UTC)


def build(settings: Settings, *, clock: Callable[[], datetime] = now) -> Services:
    """The stores for these settings; makes the working copy of the demo where no assets are set.

    Raises StoreUnavailable when that cannot be made.
    """
    settings = replace(settings, assets=working_copy(settings))
    records = FolderStore(settings.assets, clock)
    copies = FigureCopies(settings.state / "figures")
    figures = Figures(
        records,
        S3Figures(settings, copies, clock),
        KacheryFigures(settings, copies, clock),
        folder_of=records.folder_of,
    )
    return Services(
        settings=settings,
        records=records,
        drafts=FolderDrafts(settings.state),
        figures=figures,
        conversions=Conversions(settings.state / "converted"),
        loans=Loans(settings.state, clock),
        clock=clock,
    )
