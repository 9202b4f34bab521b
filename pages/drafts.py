"""`/drafts`: the drafts that wait to be submitted, of everyone: for whoever looks after the portal. Read-only."""

from pages.components import session, waiting, waiting_drafts
from pages.components.errors import boundary

session.leave()
with boundary("the list of drafts"), waiting.for_store("the list of drafts"):
    waiting_drafts.draw()
