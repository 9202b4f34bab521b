"""A digest as the JSON that a webhook gets, and its signature."""

import hashlib
import hmac
import json
from datetime import UTC, datetime

from qc_core.notifying.digest import Digest

ID_HEADER, TIME_HEADER, SIGNATURE_HEADER = "X-QC-Portal-Delivery", "X-QC-Portal-Time", "X-QC-Portal-Signature"


def format_body(digest: Digest, delivery: str) -> str:
    """The body of a delivery: what the mail states, as JSON. It stays the same when the delivery is tried again."""
    return json.dumps(
        {
            "version": 1,
            "delivery": delivery,
            "composed": digest.sent_at.astimezone(UTC).isoformat(timespec="seconds"),
            "portal": digest.portal,
            "counts": dict(digest.counts),
            "assets": [
                {
                    "id": asset.record_id,
                    "name": asset.name,
                    "subject": asset.subject or None,
                    "project": asset.project or None,
                    "link": asset.link,
                    "metrics": [
                        {
                            "name": item.metric,
                            "event": item.kind,
                            "since": item.since.astimezone(UTC).isoformat() if item.since else None,
                            "link": item.link,
                        }
                        for item in asset.items
                    ],
                }
                for asset in digest.assets
            ],
            "more": digest.more,
            "queues": [link for _, link in digest.queues],
            "notice": digest.notice or None,
        }
    )


def sign(body: bytes, at: datetime, secret: str, delivery: str) -> dict[str, str]:
    """The headers of one attempt: HMAC-SHA256 over the time in whole seconds since 1970, a full stop and the body.

    >>> sign(b"{}", datetime(2026, 1, 1, tzinfo=UTC), "s" * 32, "1")["X-QC-Portal-Time"]
    '1767225600'
    """
    time = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"{time}.".encode() + body, hashlib.sha256).hexdigest()
    return {ID_HEADER: delivery, TIME_HEADER: time, SIGNATURE_HEADER: f"sha256={digest}"}
