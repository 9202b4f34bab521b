"""`/view?name=…` or `?id=…`: the review of one asset, each metric next to its figure."""

import streamlit as st

from pages.components.assets import choose_record
from pages.components.review import asset_links, change_bar, record_header, review_dialog, status_reasons, workspace
from pages.shell import address, frame, store_notices
from pages.shell.errors import boundary
from pages.shell.portal import now
from pages.shell.session import arrangements, page_permissions, reviews

with boundary("this review"), store_notices.handle_store_errors("this review"):
    there = address.read_review_address()
    record_id = choose_record.draw(there)
    if record_id is not None:
        review_dialog.resume_submission(reviews.get_requested_record(record_id))
        at = now()
        opened = reviews.open_record(record_id)
        arrangements.use_kept_arrangement(opened)
        stored = opened.stored
        st.set_page_config(page_title=f"{stored.name} · QC Portal")
        store_notices.draw_record_notice(opened.review)
        change_bar.draw_draft_notices(opened.review)
        with frame.get_page_line():
            links = record_header.draw(opened, annotatable=page_permissions.get_refusal(stored) is None)
        if stored.document.metrics:
            workspace.draw(opened, at)
            change_bar.draw(stored, opened.get_navigator(at).root)
            status_reasons.draw(record_id)
        else:
            st.info("This record has no metrics to review. The pipeline that wrote it may not have finished.")
        with links:
            asset_links.draw(stored, there.origin)
