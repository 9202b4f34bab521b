"""The working copy of the demo: annotating it leaves the checkout as it is."""

import secrets
import shutil
from datetime import UTC, datetime
from pathlib import Path

from qc_core.errors import QcError, StoreUnavailable
from qc_core.settings.model import DEMO, Settings
from qc_core.stores.files.atomic import locked, why
from qc_core.stores.folder.store import FolderStore
from qc_core.stores.state.draft_store import FolderDrafts

_OWN_DATA = "Set QC_PORTAL_ASSETS to a folder of your own assets."
_LOCK_WAIT = 60.0


def prepare_working_copy(settings: Settings, *, demo: Path = DEMO) -> Path:
    """The folder of assets to open: the one that was set, else a copy of the demo, made now if there is none.

    Safe when several processes start at once. Raises StoreUnavailable.
    """
    copy = _copy_of(settings)
    if settings.assets.expanduser() != copy:
        return settings.assets
    try:
        there = copy.is_dir()
    except OSError as error:  # a folder on the way that this account may not enter
        raise _build_error(copy, error) from error
    if not there:
        _make_parent(copy)
        with locked(copy, wait=_LOCK_WAIT, hint=_OWN_DATA):
            if not copy.is_dir():
                _replace(copy, demo)
    return copy


def reset(settings: Settings, *, demo: Path = DEMO) -> str:
    """Replace the worked-on copy of the demo by a fresh one, and remove the drafts for its records.

    Gives a sentence about what was done. Raises StoreUnavailable.
    """
    copy = _copy_of(settings)
    _make_parent(copy)
    with locked(copy, wait=_LOCK_WAIT, hint=_OWN_DATA):
        record_ids = _record_ids(copy)
        _replace(copy, demo)
        FolderDrafts(copy.parent).forget(record_ids)
    return f"The demo in {copy} is as it was at first; drafts for its records are removed."


def _copy_of(settings: Settings) -> Path:
    return settings.state.expanduser() / "demo"


def _make_parent(copy: Path) -> None:
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _build_error(copy, error) from error


def _replace(copy: Path, demo: Path) -> None:
    """Copy to a temporary folder, then rename it, so that the demo is always complete; the caller holds the lock."""
    if not demo.is_dir():
        raise StoreUnavailable(f"The demo is not installed: there is no folder {demo}.", _OWN_DATA)
    try:
        for leftover in copy.parent.glob(f".{copy.name}.*.copy"):
            shutil.rmtree(leftover)
        fresh, old = (copy.with_name(f".{copy.name}.{secrets.token_hex(6)}.copy") for _ in range(2))
        # Only the contents: a read-only checkout should not make a read-only copy.
        shutil.copytree(demo, fresh, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns(".*"))
        if copy.is_dir():
            copy.rename(old)
        fresh.rename(copy)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise _build_error(copy, error) from error


def _record_ids(copy: Path) -> tuple[str, ...]:
    try:
        listing = FolderStore(copy, lambda: datetime.now(UTC)).read_listing()
    except QcError:
        return ()  # no copy yet, or one that cannot be read: nothing was drafted on it
    return tuple(summary.record_id for summary in listing.summaries)


def _build_error(copy: Path, error: OSError) -> StoreUnavailable:
    return StoreUnavailable(
        f"The demo could not be copied to {copy}, because {why(error)}.",
        "Set QC_PORTAL_STATE to a folder that can be written.",
    )
