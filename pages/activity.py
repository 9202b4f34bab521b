"""`/activity`: what changed, by whom, over all assets, by day."""

import streamlit as st

from pages.components.activity import activity_list
from pages.shell import address, store_notices
from pages.shell.errors import boundary
from pages.shell.session import navigation, visits
from qc_core.assets.activity import parse_activity_query

navigation.leave_reviews()
with boundary("the activity"), store_notices.handle_store_errors("the activity"):
    st.set_page_config(page_title="Activity · QC Portal")
    activity_list.draw(parse_activity_query(address.read_pairs()), visits.get_last_visit("activity"))
