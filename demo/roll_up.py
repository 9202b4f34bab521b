"""The roll-up of status that a document stores. Histories of the demo are in time order and never in the future,
so the last entry is the latest under the rules of both generations."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def worst(statuses: list[str]) -> str:
    """Fail if any Fail, else Pending if any Pending, else Pass."""
    return next((status for status in ("Fail", "Pending") if status in statuses), "Pass")


def status_map(metrics: list[Json], allow_tag_failures: list[str], pairs: bool) -> dict[str, str]:
    """The v2 map by tag, modality and stage; `pairs` writes tags as `key:value` (from QC version 2.4.0)."""
    found: dict[str, list[str]] = {}
    for metric in metrics:
        tags = metric["tags"]
        values = list(tags.values()) if isinstance(tags, dict) else tags
        named = [f"{key}:{value}" for key, value in tags.items()] if isinstance(tags, dict) else []
        status = metric["status_history"][-1]["status"]
        if status == "Fail" and any(tag in allow_tag_failures for tag in [*values, *named]):
            status = "Pass"
        for key in [*(named if pairs else values), metric["modality"]["abbreviation"], metric["stage"]]:
            found.setdefault(key, []).append(status)
    return {key: worst(statuses) for key, statuses in found.items()}


def evaluation_status(evaluation: Json) -> str:
    """The v1 `latest_status`: `allow_failed_metrics` forgives Fail, not Pending."""
    latest = [metric["status_history"][-1]["status"] for metric in evaluation["metrics"]]
    return worst([s for s in latest if s != "Fail"] if evaluation["allow_failed_metrics"] else latest)
