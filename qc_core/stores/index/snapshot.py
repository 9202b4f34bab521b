"""The columns of an index as an Arrow file next to it: with it a start reads only the rows that were written since."""

import logging
import tempfile
from pathlib import Path

import pyarrow as pa

from qc_core.stores.index.columns import Columns
from qc_core.stores.index.names import CHUNK

log = logging.getLogger("qc_portal")


def snapshot_path(path: Path) -> Path:
    """Where the columns of the index at a path are kept."""
    return path.with_name(f"{path.name}.columns")


def read_snapshot(path: Path, identity: str) -> tuple[Columns, int] | None:
    """The columns of the index file with that identity, as of the write whose number comes with them.

    None where there are none that can be used.
    """
    try:
        with pa.OSFile(str(snapshot_path(path))) as file:
            table = pa.ipc.open_file(file.read_buffer()).read_all()
        columns, stated = Columns.from_table(table)
        return (columns, int(stated["seq"])) if identity and stated["identity"] == identity else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:  # pyarrow raises kinds of OSError and ValueError
        log.warning("the kept columns of the index of assets cannot be used: %s", error)
        return None


def write_snapshot(path: Path, table: pa.Table) -> None:
    """Keep the table of columns next to the index at a path. That this fails only costs the next start time."""
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as made:
            fresh = Path(made) / "columns"
            with pa.OSFile(str(fresh), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
                writer.write_table(table, max_chunksize=CHUNK)
            fresh.chmod(0o600)
            fresh.replace(snapshot_path(path))
    except OSError as error:
        log.warning("the columns of the index of assets cannot be kept: %s", error)
