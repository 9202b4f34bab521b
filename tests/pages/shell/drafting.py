"""What tests of a person's open review and draft do: open it, decide a metric, take the storage away."""

from pathlib import Path
from typing import Any

from pages.shell import open_review
from pages.shell.address import ReviewAddress
from pages.shell.portal import now, services
from qc_core.assets.query import AssetQuery
from qc_core.identity.permissions import Allowed, Person, Refused
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.status import Generation, Status

ADA = Allowed(Person("Ada Lovelace"))
REFUSED = Refused("This portal is set to read-only.")
RUN_OUT = Refused("Your login has expired.", log_in=True, keeps_drafts=True)


def read_review(before: Any = None) -> Any:
    (summary,) = services().index.query(AssetQuery()).result.rows
    return open_review.read(summary.record_id, "tab", ReviewAddress(), before)


def fail(review: Any, number: int) -> Any:
    metric = review.stored.document.metrics[number]
    key = review.key_of(metric)
    review.keep_all({key: editing.with_status(review.metric_edit(key), metric, Generation.V2, Status.FAIL, now())}, ADA)
    return key


def away(state: Any, tmp_path: Path) -> Any:
    """The folder of drafts is removed; gives how to bring it back."""
    state.rename(tmp_path / "kept")
    state.write_text("")

    def back() -> None:
        state.unlink()
        (tmp_path / "kept").rename(state)

    return back
