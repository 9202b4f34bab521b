"""`/queue`: what is Pending over all assets, a row a metric, and the way to work it off."""

import streamlit as st

from pages.components.queue import queue_list
from pages.shell import address, open_queue, store_notices
from pages.shell.errors import boundary
from pages.shell.session import navigation, queues
from qc_core.assets.queue import parse_queue_query

navigation.leave_reviews()
with boundary("the queue"), store_notices.handle_store_errors("the queue"):
    st.set_page_config(page_title="Queue · QC Portal")
    query = parse_queue_query(address.read_pairs())
    queue_list.draw(queues.open_queue_of(open_queue.format_text(query), fresh=True))
