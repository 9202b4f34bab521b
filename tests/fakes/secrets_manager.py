"""AWS Secrets Manager on loopback, as far as `GetSecretValue` goes: moto's server answers, signatures and all."""

import json
from typing import Any

from tests.fakes.s3 import KEYS, S3


class SecretsManager(S3):
    """A server of its own. `environment` is what a process needs to ask it."""

    @property
    def environment(self) -> dict[str, str]:
        return KEYS | {"AWS_ENDPOINT_URL_SECRETS_MANAGER": self.url, "AWS_DEFAULT_REGION": "us-west-2"}

    def secret(self, name: str, said: Any) -> None:
        import boto3

        secret = {key.lower(): KEYS[key] for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
        client = boto3.client("secretsmanager", endpoint_url=self.url, region_name="us-west-2", **secret)
        client.create_secret(Name=name, SecretString=said if isinstance(said, str) else json.dumps(said))
