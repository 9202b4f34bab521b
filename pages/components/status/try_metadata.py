"""On `/status`: try test metadata, by the same rules and with the same answers as `POST /upload_metadata`."""

import streamlit as st

from pages.shell import login
from pages.shell.errors import boundary, plain
from pages.shell.formatting import count
from pages.shell.portal import now, person, services
from qc_core.identity.permissions import may_upload, require_confirmed
from qc_core.uploading.metadata import StoredUpload, keep

_MAX_PROBLEMS = 50


@st.fragment(key="try-metadata")
def draw() -> None:
    """The field for a file; after it was sent, its problems and the link to open it."""
    st.header("Try test metadata", anchor=False)
    st.markdown(
        "See how a record will appear here before it is published: a JSON file with `name`, `quality_control` and, so "
        "that its figures are found, `location`. It is kept for a day, never listed, and nothing is signed for it."
    )
    refused = may_upload(person(), services().settings, now())
    if refused is not None:
        st.markdown(f"Only people who may annotate here can do this. {plain(refused.reason)}")
        if refused.log_in:
            login.draw_login_link("Log in", key="log-in-upload")
        return
    with st.form("qc-try", border=True):
        file = st.file_uploader("A record, as JSON", type="json", key="try-file")
        sent = st.form_submit_button("Check it and show it", type="primary")
    if sent and file is None:
        st.warning("Choose a file first.", icon=":material/warning:")
    elif sent and file is not None:
        with boundary("the file"):
            _draw_result(_store(file.getvalue()))


def _store(body: bytes) -> StoredUpload:
    someone = require_confirmed(person(fresh=True))
    return keep(services(), body, someone.key if someone is not None else "")


def _draw_result(kept: StoredUpload) -> None:
    problems = kept.problems
    odd = "" if problems else " No problems were found."
    st.success(f"{plain(kept.name)} can be shown.{odd}", icon=":material/check_circle:")
    st.link_button("Open it", kept.link.removeprefix("/"), icon=":material/open_in_new:")
    if problems:
        lines = [f"- {plain(problem)}" for problem in problems[:_MAX_PROBLEMS]]
        if len(problems) > _MAX_PROBLEMS:
            lines.append(f"- and {len(problems) - _MAX_PROBLEMS} more")
        st.markdown("\n".join([f"**{count(len(problems), 'possible problem')}:**", "", *lines]))
