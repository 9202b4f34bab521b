"""The script that Streamlit runs: the router, the login, and the frame around each page."""

import streamlit as st

from pages.shell import frame, garbage
from pages.shell.errors import boundary

# Streamlit's own "Get help" and "Report a bug" lead to its makers, who know nothing of this portal.
st.set_page_config(
    page_title="QC Portal",
    page_icon=frame.ICON,
    layout="wide",
    menu_items={"Get help": None, "Report a bug": None},
)

assets = st.Page("assets.py", title="Assets", default=True)
review = st.Page("review.py", title="Review", url_path="view", visibility="hidden")
subject = st.Page("subject.py", title="Subject", url_path="subject", visibility="hidden")
project = st.Page("project.py", title="Projects", url_path="project", visibility="hidden")
queue = st.Page("review_queue.py", title="Queue", url_path="queue", visibility="hidden")
grid = st.Page("grid.py", title="Grid", url_path="grid", visibility="hidden")
activity = st.Page("activity.py", title="Activity", url_path="activity", visibility="hidden")
drafts = st.Page("drafts.py", title="Unsubmitted drafts", url_path="drafts", visibility="hidden")
health = st.Page("health.py", title="Status", url_path="status", visibility="hidden")
page = st.navigation([assets, review, queue, grid, activity, subject, project, drafts, health], position="hidden")

with boundary("the page"):
    frame.draw_header(page.url_path)
    if frame.check_access():
        page.run()
frame.draw_footer()
frame.enable_reconnect()

garbage.collect_garbage()
