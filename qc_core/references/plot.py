"""Name the plot of a figure by its path: pipelines write the same plot for each probe, plane, camera or session."""

import re
from pathlib import PurePosixPath

_PROBE = re.compile(r"([Pp]robe)(?:[ _-][A-Za-z]|[A-Z]|[ _-]?\d+)(?![a-z])")
_LONG_ID = re.compile(r"[0-9a-f]{32,}|\d{4}-\d{2}-\d{2}(?:[T_]\d{2}-\d{2}-\d{2})?|\d{5,}(?:-\d+)*", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[-.]\d+)*")
_ID = "#"


def name_plot(reference: str | None) -> str:
    """The path of a reference without the ids in it: two figures with the same one are the same plot; "" for none.

    In the names of folders every number is an id. In the name of a file only what a folder above it is called as well,
    the letter or number of a probe, dates, and numbers of five or more digits: `fig1.png` and `fig2.png` are two plots.

    >>> name_plot("VISp_6/movie_qc/VISp_6_registered_zdrift.png")
    'VISp_#/movie_qc/#_registered_zdrift.png'
    >>> name_plot("quality_control/experiment1_ProbeC-AP/psd.png")
    'quality_control/experiment#_Probe#-AP/psd.png'
    """
    return ";".join(_name_file(part.strip()) for part in (reference or "").split(";"))


def _name_file(path: str) -> str:
    folders, _, name = path.rpartition("/")
    for folder in dict.fromkeys(PurePosixPath(folders).parts):
        if _NUMBER.search(folder) or _PROBE.search(folder):
            name = name.replace(folder, _ID)
    stem, dot, suffix = name.rpartition(".")
    shown = f"{_remove_ids(stem)}{dot}{suffix}" if dot else _remove_ids(name)
    above = _NUMBER.sub(_ID, _remove_ids(folders))
    return f"{above}/{shown}" if folders else shown


def _remove_ids(text: str) -> str:
    return _PROBE.sub(rf"\1{_ID}", _LONG_ID.sub(_ID, text))
