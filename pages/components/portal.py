"""The portal's services, one set a process: shared by the pages and by our HTTP routes."""

import functools
import getpass
import os
from datetime import UTC, datetime

import streamlit as st

from qc_core.errors import BadSetting
from qc_core.identity import Person, local_person
from qc_core.references.embeds import embeds_of
from qc_core.services import Services, build
from qc_core.settings import Settings


@functools.cache
def services() -> Services:
    """Everything the settings in the environment lead to. Raises BadSetting."""
    return build(Settings.from_env(os.environ, address=st.get_option("server.address") or ""))


def frame_origins() -> tuple[str, ...]:
    """Every origin whose pages may be framed. Where a setting cannot be used there is none; the page says why."""
    try:
        return embeds_of(Settings.from_env(os.environ, address="")).frame_origins
    except BadSetting:
        return ()


def person() -> Person:
    """Who is here: at a portal without login the configured name, else the login name of the computer."""
    try:
        login_name = getpass.getuser()
    except (OSError, KeyError):  # a container may run under a number that has no name
        login_name = ""
    return local_person(services().settings, login_name)


def now() -> datetime:
    """The time, aware UTC."""
    return datetime.now(UTC)
