"""`/project?project=…`: the history of a project; without one, the list of projects."""

from pages.components.project import project_list, project_page
from pages.shell import history_address, store_notices
from pages.shell.errors import boundary
from pages.shell.session import navigation

navigation.leave_reviews()
with boundary("the project"), store_notices.handle_store_errors("the project"):
    query = history_address.read_project_address()
    if query.projects:
        project_page.draw(query)
    else:
        project_list.draw()
