"""Figures in an asset's own folder: only from inside it, whatever links and paths say."""

import stat
from pathlib import Path

from qc_core.errors import ReferenceUnreadable

TELL_THE_PIPELINE = "Tell whoever runs the pipeline that wrote the record: the figure was never written, or was moved."


def file_inside(folder: Path, path: str) -> Path:
    """As `find_inside`, and raises ReferenceUnreadable also where nothing is there."""
    found = find_inside(folder, path)
    if found is None:
        raise ReferenceUnreadable(f"The figure {path} is missing from the asset.", TELL_THE_PIPELINE)
    return found


def find_inside(folder: Path, path: str) -> Path | None:
    """The real file at a relative path of a folder, links resolved, or None where nothing is there.

    `results/` may stand between, as in a pipeline's own paths. Nothing in the path is decoded. Raises
    ReferenceUnreadable for what is no file, or outside.
    """
    for start in (folder, folder / "results"):
        try:
            real = (start / path).resolve()
            inside = real.is_relative_to(folder.resolve())
            mode = real.stat().st_mode if inside else 0
        except (OSError, RuntimeError, ValueError):  # gone, a link in circles, a path with a zero byte
            continue
        if not inside:
            raise ReferenceUnreadable(
                f"The figure {path} leads out of its asset, so it is not shown.", "Copy the file into the asset."
            )
        if not stat.S_ISREG(mode):
            raise ReferenceUnreadable(f"The figure {path} is not a file.", TELL_THE_PIPELINE)
        return real
    return None
