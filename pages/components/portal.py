"""The portal's services, one set a process: shared by the pages and by our HTTP routes."""

import functools
import getpass
import os
from datetime import UTC, datetime

import streamlit as st

from qc_core.identity import Person, local_person
from qc_core.services import Services, build, keep_drafts_tidy
from qc_core.settings import Settings


@functools.cache
def settings() -> Settings:
    """What the environment says. Raises BadSetting."""
    return Settings.from_env(os.environ, address=st.get_option("server.address") or "")


@functools.cache
def services() -> Services:
    """Everything the settings in the environment lead to. Raises BadSetting."""
    built = build(settings())
    keep_drafts_tidy(built)
    return built


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
