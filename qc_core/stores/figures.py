"""Figures of assets in folders: only what a record names, and only from inside its own folder."""

import stat
from pathlib import Path

from qc_core.errors import BadRecord, ReferenceUnreadable
from qc_core.json_text import parse
from qc_core.json_value import JsonValue
from qc_core.references.charts import data_files
from qc_core.references.shown import files_named
from qc_core.stores.cache import BoundedCache
from qc_core.stores.folder import FolderStore
from qc_core.stores.ports import StoredRecord

_TELL_THE_PIPELINE = "Tell whoever runs the pipeline that wrote the record: the figure was never written, or was moved."
_RECORDS = 64
_LARGEST_SPECIFICATION = 20_000_000


class FolderFigures:
    """The figure store beside a folder store."""

    def __init__(self, store: FolderStore) -> None:
        """What a record names is kept for the records asked for last, by their version."""
        self._store = store
        self._named: BoundedCache[tuple[str, str], dict[str, str]] = BoundedCache(_RECORDS)

    def local_file(self, record_id: str, digest: str) -> Path:
        """The file of a figure that the record's references name, links resolved.

        Raises ReferenceUnreadable when the record does not name it, it is gone, it is no file, or it leads out of
        the asset's folder; RecordNotFound, BadRecord or StoreUnavailable when there is no such record to ask.
        """
        record = self._store.fetch(record_id)
        path = self._named_by(record).get(digest)
        if path is None:
            raise ReferenceUnreadable(
                f"The record {record.name} names no such figure.", "It may have changed: open the page again."
            )
        return file_inside(self._store.folder_of(record_id), path)

    def specification(self, record_id: str, digest: str) -> dict[str, JsonValue] | None:
        """The JSON object in such a file, perhaps a chart; None where it holds none, or is too large to draw.

        Raises as `local_file` does.
        """
        path = self.local_file(record_id, digest)
        try:
            if path.stat().st_size > _LARGEST_SPECIFICATION:
                return None
            found = parse(path.read_bytes(), what=path.name)
        except BadRecord:
            return None
        except OSError as error:
            raise ReferenceUnreadable(f"The figure {path.name} cannot be read.", _TELL_THE_PIPELINE) from error
        return found if isinstance(found, dict) else None

    def data_file(self, record_id: str, digest: str, data_digest: str) -> Path:
        """A file that such a chart loads its data from, by the digest of its path: inside the asset, links resolved.

        Raises as `local_file` does, also when the chart names no such file.
        """
        record = self._store.fetch(record_id)
        chart = self._named_by(record).get(digest)
        named = data_files(self.specification(record_id, digest), chart) if chart else {}
        if data_digest not in named:
            raise ReferenceUnreadable("The chart names no such data.", "It may have changed: open the page again.")
        return file_inside(self._store.folder_of(record_id), named[data_digest])

    def _named_by(self, record: StoredRecord) -> dict[str, str]:
        named = self._named.get((record.record_id, record.version))
        if named is None:
            named = files_named(metric.reference for metric in record.document.metrics)
            self._named.put((record.record_id, record.version), named, 1)
        return named


def file_inside(folder: Path, path: str) -> Path:
    """The real file at a relative path of a folder; `results/` may stand between, as in a pipeline's own paths.

    Nothing in the path is decoded. Raises ReferenceUnreadable for what is missing, no file, or outside.
    """
    missing = ReferenceUnreadable(f"The figure {path} is missing from the asset.", _TELL_THE_PIPELINE)
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
            raise ReferenceUnreadable(f"The figure {path} is not a file.", _TELL_THE_PIPELINE)
        return real
    raise missing
