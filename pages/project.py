"""`/project?project=…`: the history of a project; without one, the list of projects."""

from pages.components.project import project_list
from pages.shell import store_notices
from pages.shell.errors import boundary
from pages.shell.session import navigation

navigation.leave_reviews()
with boundary("the projects"), store_notices.handle_store_errors("the projects"):
    project_list.draw()
