"""The menu of saved views: lists that a person keeps by name, each also a plain link."""

from collections.abc import Callable
from urllib.parse import urlencode

import streamlit as st

from pages.shell import browser_components
from pages.shell.errors import plain
from pages.shell.portal import person_key, services
from pages.shell.session import widget_state
from qc_core.assets.list_view import AssetListView, format_view
from qc_core.errors import QcError

_MESSAGE, _NAME, _CHOSEN, _NEW_NAME = "qc-view-message", "view-name", "view-chosen", "view-new-name"
_FOR_GUESTS = "Log in to keep lists by name. The address of this page is a link to this list as it is."


def draw(view: AssetListView) -> None:
    """The menu: the views as links, a field to save this list, and fields to rename or delete a view."""
    with st.popover("Views", icon=":material/bookmark:", key="saved-views"):
        person = person_key()
        if not person:
            st.markdown(_FOR_GUESTS)
            return
        try:
            views = services().views.read(person)
        except QcError as error:
            st.error(plain(str(error)))
            return
        query = urlencode(format_view(view))
        if views:
            links = [
                {"text": f"✓ {saved.name}" if saved.query == query else saved.name, "href": f"?{saved.query}"}
                for saved in views
            ]
            browser_components.links(key="views", data={"links": links, "belowEachOther": True})
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input("Save this list as", key=_NAME, max_chars=80, placeholder="A name")
            st.button("Save", key="save-view", type="primary", on_click=_save, args=(person, query))
        if views:
            _draw_changes(person, [saved.name for saved in views])
        if message := widget_state.get_value(_MESSAGE):
            st.warning(plain(str(message)))
        st.caption("A view is also a plain link: copy it, or the address of this page, to share it.")


def _draw_changes(person: str, names: list[str]) -> None:
    if widget_state.get_value(_CHOSEN) not in (None, *names):
        widget_state.set_value(_CHOSEN, None)
    chosen = st.selectbox("Rename or delete", names, index=None, key=_CHOSEN, placeholder="Choose a view")
    if chosen is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("New name", key=_NEW_NAME, max_chars=80, placeholder=chosen)
        st.button("Rename", key="rename-view", on_click=_rename, args=(person, chosen))
        st.button("Delete", key="delete-view", icon=":material/delete:", on_click=_delete, args=(person, chosen))


def _save(person: str, query: str) -> None:
    _report(lambda: services().views.save(person, str(widget_state.get_value(_NAME) or ""), query), _NAME)


def _rename(person: str, name: str) -> None:
    _report(
        lambda: services().views.rename(person, name, str(widget_state.get_value(_NEW_NAME) or "")), _NEW_NAME, _CHOSEN
    )


def _delete(person: str, name: str) -> None:
    _report(lambda: services().views.delete(person, name), _CHOSEN)


def _report(change: Callable[[], object], *fields: str) -> None:
    """Make a change of the views. Show the error if it fails, else clear the fields of the form."""
    try:
        change()
    except QcError as error:
        widget_state.set_value(_MESSAGE, str(error))
        return
    widget_state.set_value(_MESSAGE, None)
    for field in fields:
        widget_state.set_value(field, None if field == _CHOSEN else "")
