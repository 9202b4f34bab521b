"""Find the record of a review by its id, or by a name that several records may share."""

import streamlit as st

from pages.shell import browser_components
from pages.shell.address import ReviewAddress
from pages.shell.errors import plain
from pages.shell.portal import services
from pages.shell.session import reviews
from qc_core.errors import QcError, RecordNotFound
from qc_core.stores.state.uploads import is_upload


def draw(address: ReviewAddress) -> str | None:
    """The id of the record to open. If several share the name, draw a choice and return None.

    Raises RecordNotFound where the address names none.
    """
    if address.record_id:
        return address.record_id
    if not address.name:
        raise RecordNotFound("This address names no asset.", "Choose one from the list of assets.")
    found = reviews.get_known_ids(address.name) or services().records.find_ids(address.name, to_open=True)
    reviews.store_known_ids(address.name, found)
    if not found:
        raise RecordNotFound(
            f"There is no asset named {address.name}.",
            "It may have been renamed, or is kept elsewhere: see the list of assets.",
        )
    real = [record_id for record_id in found if not is_upload(record_id)]
    if len(found) == 1 or len(real) == 1:
        uploaded = [record_id for record_id in found if record_id != found[0]]
        if uploaded:
            there = [
                {
                    "text": "A test record of this name was uploaded.",
                    "href": ReviewAddress(uploaded[0], origin=address.origin).href(),
                }
            ]
            browser_components.links(key="uploaded", data={"links": there, "belowEachOther": True})
        return found[0]
    st.markdown(f"{len(found)} records are named **{plain(address.name)}**. Which one?")
    offered = [
        {"text": _describe_location(record_id), "href": ReviewAddress(record_id, origin=address.origin).href()}
        for record_id in found
    ]
    browser_components.links(key="choices", data={"links": offered, "belowEachOther": True})
    return None


def _describe_location(record_id: str) -> str:
    """The location of a record, which distinguishes it from others of its name; also if it cannot be read."""
    try:
        where = services().records.get_recent(record_id).asset.location or record_id
        return f"{where} (a test record)" if is_upload(record_id) else where
    except QcError:
        return f"{record_id} (cannot be read)"
