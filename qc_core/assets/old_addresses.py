"""Addresses of the pages of AIND's own portal, and the pages here that show the same.

Its pages of 2024 and 2025 were `/qc_app?id=…` (an asset by the id of its record), `/qc_asset_app?id=…` (the subject of
that asset), `/qc_project_app?project=…` (or `project_name=…`) and `/qc_portal_app`; since then there is
`/portal?projects=['…']`, with a list as Python or JSON writes it. `/view?name=…` is the same here.
"""

import json
import re
from collections.abc import Iterable
from urllib.parse import urlencode

OLD_PAGES = ("qc_app", "qc_asset_app", "qc_project_app", "qc_portal_app", "portal")
_LONGEST = 5_000
_QUOTED = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""")


def resolve_old_address(page: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The address here of a page of AIND's portal, relative to the portal's root. Never raises.

    >>> resolve_old_address("portal", [("projects", "['Learning mFISH']")]) == "project?project=Learning+mFISH"
    """
    given = dict(pairs)
    record_id = given.get("id", "").strip()
    match page:
        case "qc_app":
            return _link("view", [("id", record_id)]) if record_id else "."
        case "qc_asset_app":
            return _link("subject", [("id", record_id)]) if record_id else "."
        case "qc_project_app":
            return _of_projects(_read_list(given.get("project") or given.get("project_name", "")))
        case "portal":
            return _of_projects(_read_list(given.get("projects", "")))
        case _:
            return "."


def _of_projects(projects: list[str]) -> str:
    if len(projects) == 1:
        return _link("project", [("project", projects[0])])
    return _link(".", [("project", project) for project in projects]) if projects else "."


def _link(page: str, pairs: list[tuple[str, str]]) -> str:
    return f"{page}?{urlencode(pairs, errors='replace')}"


def _read_list(text: str) -> list[str]:
    """The texts of a list such as `['A', 'B']`; of any other text that text itself."""
    text = text.strip()
    if not text.startswith("[") or not text.endswith("]"):
        return [text] if text else []
    try:
        found = json.loads(text[:_LONGEST])
    except (ValueError, RecursionError):  # as Python writes it
        quoted = _QUOTED.finditer(text[:_LONGEST])
        found = [re.sub(r"\\(.)", r"\1", match[1] if match[1] is not None else match[2]) for match in quoted]
    return list(dict.fromkeys(item for item in found if isinstance(item, str) and item))
