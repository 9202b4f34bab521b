"""Whether a request to the fake gateway is signed as Amazon's gateway wants it (SigV4, `execute-api`)."""

from typing import Any

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

KEY_ID, SECRET, REGION = "AKIDFAKEGATEWAY", "a secret of the tests", "us-west-2"


def refusal_of(scope: Any, body: bytes, secret: str) -> str:
    """What is wrong with the request's signature: it is made again, with the secret that only we two know."""
    headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
    sent = headers.get("authorization", "")
    if not sent.startswith("AWS4-HMAC-SHA256 ") or "x-amz-date" not in headers:
        return "Missing Authentication Token"
    parts = dict(part.strip().split("=", 1) for part in sent.removeprefix("AWS4-HMAC-SHA256 ").split(","))
    request = AWSRequest("POST", f"https://{headers['host']}{scope['path']}", data=body)
    for name in parts["SignedHeaders"].split(";"):
        if name != "host":
            request.headers[name] = headers[name]
    request.context["timestamp"] = headers["x-amz-date"]
    auth = SigV4Auth(Credentials(KEY_ID, secret), "execute-api", REGION)
    canonical = auth.canonical_request(request)
    signature = auth.signature(auth.string_to_sign(request, canonical), request)
    if parts["Signature"] == signature:
        return ""
    return "The security token included in the request is expired"
