"""The time of a person's last visit to a page; not kept for guests, and constant while the tab is open."""

from contextlib import suppress
from datetime import datetime

import streamlit as st

from pages.shell.portal import now, person_key, services
from qc_core.errors import QcError
from qc_core.times import parse_time

_NAME = "visits"


def get_last_visit(page: str) -> datetime | None:
    """The time of the person's visit to a page before the present one, None where there was none or it is not kept.

    The present visit is kept, for the next one.
    """
    owner = person_key()
    known: dict[tuple[str, str], datetime | None] = st.session_state.setdefault("qc-visits", {})
    if owner and (owner, page) not in known:
        known[owner, page] = None
        with suppress(QcError):  # nothing that anyone works on depends on it
            kept = services().personal.read(owner, _NAME)
            visits = dict(kept) if isinstance(kept, dict) else {}
            parsed = parse_time(visits.get(page))
            known[owner, page] = parsed.instant if parsed is not None else None
            services().personal.write(owner, _NAME, visits | {page: now().isoformat()})
    return known.get((owner, page))
