"""The keys with which figures are stored in Kachery: from the environment, or from AWS Secrets Manager.

They are never printed, logged, or part of an error.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from qc_core.errors import BadSetting, NotAllowed, StoreUnavailable
from qc_core.settings import environment as env

SECRET = "/aind/prod/kachery/credentials"
"""The secret of Secrets Manager: a JSON object with the three names below."""
ZONE, CLIENT_ID, PRIVATE_KEY = "KACHERY_ZONE", "KACHERY_CLOUD_CLIENT_ID", "KACHERY_CLOUD_PRIVATE_KEY"
_REGION = "us-west-2"
_BY_HAND = f"Or set {ZONE}, {CLIENT_ID} and {PRIVATE_KEY}."


@dataclass(frozen=True, slots=True)
class KacheryKeys:
    """Who stores, and in which zone; `source` is where they were found."""

    zone: str
    client_id: str
    private_key: str = field(repr=False)
    source: str = ""


def kachery_keys(environment: Mapping[str, str]) -> KacheryKeys:
    """The keys of the environment where both are there, else those of Secrets Manager.

    The zone alone is a setting of the portal's, and not yet a sign that there are keys. Raises BadSetting for keys that
    are incomplete, NotAllowed where the secret may not be read, StoreUnavailable where it cannot be asked for.
    """
    keys = {name: env.text(environment, name) for name in (ZONE, CLIENT_ID, PRIVATE_KEY)}
    if not keys[CLIENT_ID] and not keys[PRIVATE_KEY]:
        return _complete(_secret(), f"the secret {SECRET}", "Ask the people who manage it.")
    return _complete(keys, "the environment", f"Set it, or unset the others: then {SECRET} is asked for.")


def _complete(keys: Mapping[str, object], source: str, hint: str) -> KacheryKeys:
    missing = [name for name in (ZONE, CLIENT_ID, PRIVATE_KEY) if not isinstance(keys.get(name), str) or not keys[name]]
    if missing:
        raise BadSetting(f"The keys of Kachery in {source} lack {', '.join(missing)}.", hint)
    return KacheryKeys(str(keys[ZONE]), str(keys[CLIENT_ID]), str(keys[PRIVATE_KEY]), source)


def _secret() -> Mapping[str, object]:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

    try:
        session = boto3.session.Session()
        client = session.client(
            "secretsmanager",
            region_name=session.region_name or _REGION,
            config=Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 3}),
        )
        text = client.get_secret_value(SecretId=SECRET).get("SecretString")
    except NoCredentialsError:
        raise NotAllowed(
            f"There are no AWS credentials to read {SECRET} with.", f"Run it with the power-user role. {_BY_HAND}"
        ) from None
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        raise NotAllowed(
            f"AWS Secrets Manager does not give {SECRET} ({code}).", f"The power-user role is needed. {_BY_HAND}"
        ) from None
    except BotoCoreError as error:
        raise StoreUnavailable(f"AWS Secrets Manager cannot be asked: {error}.", f"Try again. {_BY_HAND}") from error
    try:
        found = json.loads(text or "")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        # Without the cause: its text would hold the secret.
        raise BadSetting(f"The secret {SECRET} is not a JSON object.", "Ask the people who manage it.") from None
    return found
