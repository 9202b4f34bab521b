"""`/status`: what the portal rests on, each part asked now."""

import streamlit as st

from pages.components import health_list, session
from pages.components.errors import boundary

session.leave()
with boundary("the status of this portal"):
    st.set_page_config(page_title="Status · QC Portal")
    health_list.draw()
