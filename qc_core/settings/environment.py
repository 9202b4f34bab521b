"""Reading one variable of an environment: each function gives a typed value, or raises BadSetting that names it.

Variables that end up in a Content-Security-Policy may hold only letters without a meaning of their own there.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from qc_core.errors import BadSetting

Environment = Mapping[str, str]

_HOST_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?")
_WORD = re.compile(r"[A-Za-z0-9_.-]+")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_BUCKET_PREFIX = re.compile(rf"s3://{_BUCKET.pattern}(?:/[A-Za-z0-9!_.*'()-]+)*/?")
_REGION = re.compile(r"[a-z0-9-]+")
_SERVICE = re.compile(r"https?://[A-Za-z0-9._-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?")
_ORIGIN = re.compile(r"(https?://)?([a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?)/?", re.IGNORECASE)
_OF_A_LOGIN = re.compile(
    r"(?:https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?|http://(?:localhost|127\.0\.0\.1)(?::[0-9]{1,5})?)/\S*"
)
"""A login crosses no network in plain text."""
_LOGIN_FIELDS = ("oidc_client_id", "oidc_client_secret", "oidc_metadata_url", "oidc_cookie_secret", "oidc_redirect")
_SHORTEST_SECRET, _SHORTEST_TOKEN = 32, 20
_VERSION = re.compile(r"\d+\.\d+\.\d+[0-9A-Za-z.-]*")


def text(environment: Environment, name: str) -> str | None:
    """Its value without spaces at both ends; None where it is empty or not set."""
    return environment.get(name, "").strip() or None


def read_list(environment: Environment, name: str) -> list[str]:
    """Words with commas or spaces between them."""
    return environment.get(name, "").replace(",", " ").split()


def yes_or_no(environment: Environment, name: str, *, usual: bool = False) -> bool:
    """`1` or `0`; not set is `usual`."""
    value = environment.get(name, "").strip().lower()
    if not value:
        return usual
    if value in {"0", "no", "false"}:
        return False
    if value in {"1", "yes", "true"}:
        return True
    raise BadSetting(f"{name} is {value!r}.", "Set it to 1 or 0.")


def days(environment: Environment, name: str) -> timedelta | None:
    """A number of days."""
    value = text(environment, name)
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 100_000):
        raise BadSetting(
            f"{name} is {value!r}.", "Set it to a number of days, or leave it out to keep drafts for ever."
        )
    return timedelta(days=int(value))


def seconds(environment: Environment, name: str, usual: timedelta) -> timedelta:
    """A number of seconds, a day at most."""
    value = text(environment, name)
    if value is None:
        return usual
    if not (value.isascii() and value.isdigit() and 0 < int(value) <= 86_400):
        raise BadSetting(f"{name} is {value!r}.", "Set it to a number of seconds from 1 to 86400.")
    return timedelta(seconds=int(value))


def path(environment: Environment, name: str) -> Path | None:
    """A path; `~` is the home folder."""
    value = text(environment, name)
    try:
        return Path(value).expanduser() if value else None
    except RuntimeError as error:  # "~nobody"
        raise BadSetting(f"{name} is {value!r}, whose home folder is not known.", "Write the path out.") from error


def bucket_prefix(environment: Environment, name: str) -> str | None:
    """`s3://bucket/prefix` without a slash at its end; None where it is not set, or a path."""
    value = text(environment, name)
    if value is None or not value.startswith("s3:"):
        return None
    if not _BUCKET_PREFIX.fullmatch(value):
        raise BadSetting(f"{name} is {value!r}, which names no bucket.", "Write it as s3://bucket/prefix.")
    return value.rstrip("/")


def buckets(environment: Environment, name: str) -> frozenset[str]:
    """Names of buckets with commas between them."""
    value = read_list(environment, name)
    for bucket in value:
        if not _BUCKET.fullmatch(bucket):
            raise BadSetting(
                f"{name} names the bucket {bucket!r}, which cannot be one.", "Set it to names with commas between them."
            )
    return frozenset(value)


def tables(environment: Environment, name: str) -> tuple[str, ...]:
    """Paths of Parquet tables, or addresses of such in S3, with commas between them."""
    found = tuple(one.strip() for one in environment.get(name, "").split(",") if one.strip())
    for one in found:
        key = one.removeprefix("s3://").partition("/")
        is_object = one.startswith("s3://") and _BUCKET.fullmatch(key[0]) and key[2]
        if not one.endswith(".parquet") or ("://" in one and not is_object):
            raise BadSetting(f"{name} names {one!r}.", "Write paths, or s3://bucket/key, that end with .parquet.")
    return found


def region(environment: Environment, name: str, usual: str) -> str:
    """A region of AWS."""
    value = text(environment, name) or usual
    if not _REGION.fullmatch(value):
        raise BadSetting(f"{name} is {value!r}.", "Set it to the name of a region, such as us-west-2.")
    return value


def host(environment: Environment, name: str) -> str:
    """The name of a host, perhaps with a port; it must be set."""
    value = text(environment, name)
    if value is None or not _HOST_NAME.fullmatch(value):
        raise BadSetting(
            f"{name} is {value!r}, so the document database cannot be reached.",
            "Set it to the host alone, such as api.allenneuraldynamics.org, without https:// and without a path.",
        )
    return value


def word(environment: Environment, name: str, usual: str) -> str:
    """The name of a database or collection."""
    value = text(environment, name) or usual
    if not _WORD.fullmatch(value):
        raise BadSetting(f"{name} is {value!r}, which is not a name of a database or collection.", f"Such as {usual}.")
    return value


def service(environment: Environment, name: str) -> str | None:
    """The address of a service, without a slash at its end: scheme, host, port, and maybe a path."""
    value = text(environment, name)
    if value and not _SERVICE.fullmatch(value):
        raise BadSetting(f"{name} is {value!r}.", "Set it to an address that begins with https:// or http://.")
    return value.rstrip("/") if value else None


def origins(environment: Environment, name: str, *, scheme: str = "https") -> tuple[str, ...]:
    """Hosts with commas between them, as origins: `example.org`, `example.org:8443`, `http://localhost:8080`.

    `scheme` is that of a host that names none.
    """
    found = []
    for entry in read_list(environment, name):
        read = _ORIGIN.fullmatch(entry)
        origin = origin_of((read[1] or f"{scheme}://").lower() + read[2]) if read else ""
        if not origin:
            raise BadSetting(
                f"{name} holds {entry!r}, which is not a host.", "Write hosts with commas between, such as example.org."
            )
        found.append(origin)
    return tuple(found)


def viewer(environment: Environment, name: str, usual: str) -> str:
    """The address of a viewer, with `{version}` in the position of its version."""
    value = text(environment, name) or usual
    if not origin_of(value) or re.search(r"[\s;,'\"#]", value):
        raise BadSetting(f"{name} is {value!r}.", "Set it to an https address, with {version} where the version goes.")
    return value


def version(environment: Environment, name: str) -> str | None:
    """A version of three numbers."""
    value = text(environment, name)
    if value and not _VERSION.fullmatch(value):
        raise BadSetting(f"{name} is {value!r}.", "Set it to a version such as 0.24.1.")
    return value


def login(environment: Environment) -> dict[str, str]:
    """The fields of the login: all of them, or none. Errors do not show the value, which may be a secret."""
    fields = {name: text(environment, f"QC_PORTAL_{name.upper()}") for name in _LOGIN_FIELDS}
    missing = [f"QC_PORTAL_{name.upper()}" for name, value in fields.items() if not value]
    if len(missing) == len(fields):
        return {}
    if missing:
        raise BadSetting(
            f"The login lacks {', '.join(missing)}.",
            "Set all five of its variables, or none; or all five keys of [auth] in .streamlit/secrets.toml.",
        )
    found = {name: value for name, value in fields.items() if value}
    if len(found["oidc_cookie_secret"]) < _SHORTEST_SECRET:
        raise BadSetting(
            f"QC_PORTAL_OIDC_COOKIE_SECRET is shorter than {_SHORTEST_SECRET} letters.",
            'Make one: python -c "import secrets; print(secrets.token_hex(32))".',
        )
    for name, ends_with in (("oidc_metadata_url", ""), ("oidc_redirect", "/oauth2callback")):
        if not _OF_A_LOGIN.fullmatch(found[name]) or not found[name].endswith(ends_with):
            how = f"Set it to an https address{f' that ends with {ends_with}' if ends_with else ''}"
            raise BadSetting(f"QC_PORTAL_{name.upper()} is {found[name]!r}.", f"{how}; http is for this computer only.")
    return found


def tokens(environment: Environment, name: str) -> tuple[str, ...]:
    """Secrets with commas between them, none of them short. Errors do not show them."""
    tokens = tuple(read_list(environment, name))
    if any(len(token) < _SHORTEST_TOKEN for token in tokens):
        raise BadSetting(
            f"{name} holds a token that is shorter than {_SHORTEST_TOKEN} letters.",
            'Make one: python -c "import secrets; print(secrets.token_urlsafe(32))".',
        )
    return tokens


def origin_of(address: str) -> str:
    """The origin of an http(s) address, as browsers write it: `https://figurl.org`; "" where it has none."""
    try:
        parts = urlsplit(address.replace("{version}", "0"))
        port = parts.port
    except ValueError:
        return ""
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    if usual is None or not parts.hostname:
        return ""
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{name}" + ("" if port in (None, usual) else f":{port}")
