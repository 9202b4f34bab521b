"""The portal's services, one set a process, shared by the pages and by our HTTP routes; the person; the time."""

import functools
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from pages.shell import meters
from qc_core.assets.people import format_person
from qc_core.errors import BadSetting, StoreUnavailable
from qc_core.identity.permissions import (
    NOT_VERIFIED,
    Person,
    draft_owner,
    local_person,
    login_of,
    make_typed_person,
    person_of_claims,
)
from qc_core.json_document.value import JsonValue
from qc_core.services import Services, build, keep_tidy, start_indexing
from qc_core.settings.model import Settings
from qc_core.settings.reasons import find_reasons
from qc_core.settings.secrets_file import AUTH_KEYS, with_secrets
from qc_core.stores.reachable import login_name

TYPED_NAME = "qc_name"
"""The cookie with the name that somebody typed, where the network is trusted; the page's own script sets it."""


@functools.cache
def settings() -> Settings:
    """The settings of the environment and of `.streamlit/secrets.toml`. Raises BadSetting."""
    return Settings.from_env(with_secrets(os.environ), address=st.get_option("server.address") or "")


@functools.cache
def services() -> Services:
    """Everything the settings in the environment lead to. Raises BadSetting."""
    built = build(settings(), observe=meters.observe_store, observe_request=meters.observe_gateway)
    keep_tidy(built)
    start_indexing(built)
    return built


def person(*, fresh: bool = False) -> Person | None:
    """Who is here, None for a guest: from the login, from the typed name, or the user who started the portal.

    `fresh` as in `person_logged_in`.
    """
    configured = services().settings
    if configured.login:
        return person_logged_in(dict(st.user), fresh=fresh)
    if configured.trust_network:
        return _read_typed_name(st.context.cookies.get(TYPED_NAME, ""))
    return person_at_the_computer()


@functools.lru_cache(maxsize=512)  # each part of a page asks who reads it
def _read_typed_name(cookie: str) -> Person | None:
    return make_typed_person(unquote(cookie))


def person_key() -> str:
    """Whose drafts are shown and kept; "" for a guest, who has none."""
    return draft_owner(person(), services().settings)


def person_name() -> str:
    """The name that is signed; "" for a guest."""
    someone = person()
    return someone.name if someone is not None else ""


def person_in_queries() -> str:
    """The person as a query for "mine" names them, by name and address (`people.format_person`); "" for a guest."""
    someone = person()
    if someone is None or not person_key():
        return ""
    return format_person(someone.name.removesuffix(NOT_VERIFIED).strip(), someone.address)


def person_logged_in(claims: Mapping[str, JsonValue], *, fresh: bool = False) -> Person | None:
    """The person of a verified cookie's claims; whether they logged out is looked up, for a write `fresh`."""
    if not claims.get("is_logged_in"):
        return None
    ended, unconfirmed = False, False
    try:
        ended = services().ended_logins.has_ended(login_of(claims), fresh=fresh)
    except StoreUnavailable:
        unconfirmed = True
    return person_of_claims(claims, services().settings, ended=ended, unconfirmed=unconfirmed)


def person_at_the_computer() -> Person:
    """At a portal without login the configured name, else the login name of the computer."""
    return local_person(services().settings, login_name())


def now() -> datetime:
    """The time, aware UTC: that of the services, which a test may move."""
    return services().clock().astimezone(UTC)


def list_reasons(modality: str) -> tuple[str, ...]:
    """The short reasons that are offered for a Fail of a modality, in the order of their keys."""
    return find_reasons(services().settings.fail_reasons, modality)


def build_login_secrets() -> dict[str, Any] | None:
    """The settings of Streamlit's own login, as a section `auth`; None without login, or if a setting is invalid."""
    try:
        configured = settings()
    except BadSetting:  # which the page reports
        return None
    if not configured.login:
        return None
    auth = {key: getattr(configured, field) for key, field in AUTH_KEYS.items()}
    return {"auth": {**_auth_section(), **auth}}


def _auth_section() -> dict[str, Any]:
    """All of `[auth]` in `.streamlit/secrets.toml`, for what only Streamlit knows of; {} where there is none."""
    try:
        return dict(st.secrets.get("auth", {}))
    except (FileNotFoundError, StreamlitSecretNotFoundError):
        return {}
