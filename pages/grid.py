"""`/grid?metric=…&subject=…`: many metrics as small pictures at once, each with its verdict, to be judged by keys."""

import streamlit as st

from pages.components.grid import grid_page
from pages.shell import address, store_notices
from pages.shell.errors import boundary
from pages.shell.session import grids, navigation
from qc_core.assets.grid import is_open_ended, parse_grid_query

navigation.leave_reviews()
with boundary("the grid"), store_notices.handle_store_errors("the grid"):
    st.set_page_config(page_title="Grid · QC Portal")
    query = parse_grid_query(address.read_pairs())
    if is_open_ended(query):
        grid_page.draw_start()
    else:
        grid_page.draw(grids.open_grid_of(query))
