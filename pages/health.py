"""`/status`: what the portal depends on, checked now; and a field to try a record before it is published."""

import streamlit as st

from pages.components.status import health_list, try_metadata
from pages.shell.errors import boundary
from pages.shell.session import navigation

navigation.leave_reviews()
with boundary("the status of this portal"):
    st.set_page_config(page_title="Status · QC Portal")
    health_list.draw()
with boundary("the field for test metadata"):
    try_metadata.draw()
