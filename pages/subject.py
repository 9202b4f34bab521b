"""`/subject?subject=…`, or `?id=…` or `?name=…` of an asset: the history of a subject."""

from pages.components.subject import subject_page
from pages.shell import store_notices
from pages.shell.errors import boundary
from pages.shell.session import navigation

navigation.leave_reviews()
with boundary("this subject"), store_notices.handle_store_errors("this subject"):
    subject_page.draw()
