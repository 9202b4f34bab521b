"""Checks of what is not a store of ours: this computer, a folder to write in, AWS, and the login provider."""

import getpass
import os
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from http import HTTPStatus
from pathlib import Path

from qc_core.errors import StoreUnavailable
from qc_core.stores.files.atomic import why

_TIMEOUT = (3.0, 6.0)
"""Seconds to connect, and to answer."""
_REGION = "us-west-2"
_LEAST_FREE = 20_000_000


def writable_folder(folder: Path) -> int:
    """The free bytes on the disk of this folder, which need not exist yet; nothing is written.

    Raises StoreUnavailable where this account may not write there, or the disk is as good as full.
    """
    there = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    try:
        if not os.access(there, os.W_OK | os.X_OK) or not there.is_dir():
            raise StoreUnavailable(f"{there} cannot be written by this account.", "Change its permissions.")
        free = shutil.disk_usage(there).free
    except OSError as error:
        raise StoreUnavailable(f"{there} cannot be used, because {why(error)}.") from error
    if free < _LEAST_FREE:
        raise StoreUnavailable(f"The disk of {there} is full.", "Make room on it.")
    return free


def folder_to_write(wanted: Path) -> Path:
    """`wanted`, made where it is not there; where this account cannot, a folder of its own in the temporary folder.

    Where even that cannot be written it is `wanted`, and who writes there gets the error.
    """
    common = Path(tempfile.gettempdir()) / f"qc-portal-{os.getuid()}"
    for folder in (wanted, common):
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # In the temporary folder another account may have been first, and could read and change what lies there.
            is_ours = folder == wanted or folder.stat().st_uid == os.getuid()
            if is_ours and os.access(folder, os.W_OK | os.X_OK):
                return folder
    with suppress(OSError):
        return Path(tempfile.mkdtemp(prefix="qc-portal-"))
    return wanted


@cache
def login_name() -> str:
    """The name of this account on this computer; "" if it has none. Cached, since every click needs it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run under a number that has no name
        return ""


def ask_aws_identity() -> bool:
    """Ask AWS, within seconds, who the credentials of the environment are; False where it could not be asked.

    That takes no right of its own, and changes nothing. Raises StoreUnavailable where AWS refuses them.
    """
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError

    connect, answer = _TIMEOUT
    once = Config(connect_timeout=connect, read_timeout=answer, retries={"total_max_attempts": 1})
    try:
        session = boto3.Session()
        session.client("sts", region_name=session.region_name or _REGION, config=once).get_caller_identity()
    except ClientError as error:
        content = error.response.get("Error", {})
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") not in {400, 401, 403}:
            return False
        raise StoreUnavailable(
            f"AWS does not accept the portal's credentials ({content.get('Code', 'no reason')}).",
            "Renew them, or the role that gives them.",
        ) from error
    except BotoCoreError:
        return False
    return True


def login_provider(metadata_url: str) -> None:
    """Read the metadata of a login provider. Raises StoreUnavailable if it does not answer with valid metadata.

    The address comes from the settings.
    """
    import requests

    try:
        answer = requests.get(metadata_url, timeout=_TIMEOUT, allow_redirects=False)
        content = answer.json() if answer.status_code == requests.codes.ok else None
    except requests.RequestException as error:  # an answer that is not JSON among them
        raise StoreUnavailable(f"{metadata_url} does not answer as a login provider.") from error
    if not isinstance(content, dict) or not content.get("authorization_endpoint"):
        raise StoreUnavailable(f"{metadata_url} does not describe a login provider (status {answer.status_code}).")


def get_frame_refusal(address: str) -> str | None:
    """Why a site's page may not be shown in a frame of another site, by its headers; None where it may.

    The address comes from the settings. Raises StoreUnavailable where the site does not answer.
    """
    import requests

    try:
        with requests.get(address, timeout=_TIMEOUT, allow_redirects=True, stream=True) as answer:
            status, headers = answer.status_code, answer.headers
    except requests.RequestException as error:
        raise StoreUnavailable(f"{address} does not answer from this computer.") from error
    if status >= HTTPStatus.BAD_REQUEST:
        raise StoreUnavailable(f"{address} answers with the status {status}.")
    frames = headers.get("X-Frame-Options", "").strip().upper()
    if frames in {"DENY", "SAMEORIGIN"}:
        return f"forbids frames (X-Frame-Options: {frames})"
    for directive in headers.get("Content-Security-Policy", "").split(";"):
        name, *sources = directive.split()[:10] or [""]
        if name.lower() == "frame-ancestors" and not {"*", "https:", "http:"} & set(sources):
            return f"allows frames only of {' '.join(sources) or 'nobody'}"
    return None
