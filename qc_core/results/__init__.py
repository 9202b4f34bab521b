"""What a pipeline does with its results before anything is uploaded: check them, and append them to earlier ones.

For a script or a capsule: `check(path, at=now)` gives a `Report`, `merge_files(old, new, at=now)` a `Merged`.
"""

from qc_core.results.check import check
from qc_core.results.findings import Checked, Finding, Report, Severity
from qc_core.results.merge import Merged, merge_files

__all__ = ["Checked", "Finding", "Merged", "Report", "Severity", "check", "merge_files"]
