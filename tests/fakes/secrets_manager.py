"""AWS Secrets Manager on loopback, as far as `GetSecretValue` goes: moto's server answers."""

import json
from typing import Any

from tests.fakes.s3 import KEYS, S3


class SecretsManager(S3):
    """A server of its own; what it holds goes with it. `environment` is what a process needs to ask it."""

    @property
    def environment(self) -> dict[str, str]:
        return KEYS | {"AWS_ENDPOINT_URL_SECRETS_MANAGER": self.url, "AWS_DEFAULT_REGION": "us-west-2"}

    def secret(self, name: str, content: Any) -> None:
        text = content if isinstance(content, str) else json.dumps(content)
        self._build_client().create_secret(Name=name, SecretString=text)

    def stop(self) -> None:
        client = self._build_client()
        for secret in client.list_secrets()["SecretList"]:
            client.delete_secret(SecretId=secret["Name"], ForceDeleteWithoutRecovery=True)
        super().stop()

    def _build_client(self) -> Any:
        import boto3

        keys = {key.lower(): KEYS[key] for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
        return boto3.client("secretsmanager", endpoint_url=self.url, region_name="us-west-2", **keys)
