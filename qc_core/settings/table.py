"""The one table of settings: what each is called, means and defaults to, and how its variable is read.

`Settings.from_env` reads by it, docs/settings.md is made from it, and tests compare the documents with it.
"""

from qc_core.settings.access_settings import ACCESS_SETTINGS
from qc_core.settings.data_settings import DATA_SETTINGS
from qc_core.settings.notify_settings import NOTIFY_SETTINGS
from qc_core.settings.setting import Setting

SETTINGS: tuple[Setting, ...] = (*DATA_SETTINGS, *ACCESS_SETTINGS, *NOTIFY_SETTINGS)
