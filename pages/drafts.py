"""`/drafts`: the unsubmitted drafts of everyone, for administrators. Read-only."""

from pages.components.review import unsubmitted_drafts
from pages.shell import store_notices
from pages.shell.errors import boundary
from pages.shell.session import navigation

navigation.leave_reviews()
with boundary("the list of drafts"), store_notices.handle_store_errors("the list of drafts"):
    unsubmitted_drafts.draw()
