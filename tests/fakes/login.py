"""A login provider on loopback, and the cookie that Streamlit makes of its answer."""

import json
import re
import time
from threading import Thread
from typing import Any

from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from werkzeug.serving import make_server

COOKIE_SECRET = "a cookie secret that only these tests know, made long enough"
TOKEN = "a-token-that-a-pipeline-has-for-uploads"
COOKIE = "_streamlit_user"

ADA = {"sub": "ada", "name": "Ada Lovelace", "email": "ada@example.org", "email_verified": True}
BOB = {"sub": "bob", "name": "Bob Outside", "email": "bob@elsewhere.org", "email_verified": True}


def _keep_to_this_computer(answer: Any) -> Any:
    """The provider's own page asks a public host for its looks; and browsers ask for an icon, unless one is there."""
    if answer.mimetype == "text/html":
        page = re.sub(rb"<link[^>]*>", b"<link rel='icon' href='data:,'>", answer.get_data())
        answer.set_data(page)
    return answer


class Provider:
    """A real OpenID Connect provider, which knows Ada and Bob."""

    def __init__(self) -> None:
        from oidc_provider_mock import User, app  # heavy, and most who import this module need no provider

        known = [User(sub=str(one["sub"]), claims={k: v for k, v in one.items() if k != "sub"}) for one in (ADA, BOB)]
        provider = app(user_claims=known)
        provider.after_request(_keep_to_this_computer)
        self._server = make_server("localhost", 0, provider, threaded=True)
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.url = f"http://localhost:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def settings(port: int, provider: str = "http://localhost:9", **more: str) -> dict[str, str]:
    """The variables of a portal with a login, at that port."""
    return {
        "QC_PORTAL_OIDC_CLIENT_ID": "qc-portal",
        "QC_PORTAL_OIDC_CLIENT_SECRET": "the client's secret",
        "QC_PORTAL_OIDC_METADATA_URL": f"{provider}/.well-known/openid-configuration",
        "QC_PORTAL_OIDC_COOKIE_SECRET": COOKIE_SECRET,
        "QC_PORTAL_OIDC_REDIRECT": f"http://localhost:{port}/oauth2callback",
        **more,
    }


def cookie(port: int, claims: dict[str, Any] = ADA, *, secret: str = COOKIE_SECRET, **more: Any) -> str:
    """The header of somebody who is logged in, as Streamlit signs it; `more` replaces claims."""
    standard_claims = {
        "iss": "http://localhost:9",
        "iat": int(time.time()),
        "exp": int(time.time()) + 3600,
        "nonce": "n",
        "is_logged_in": True,
        "origin": f"http://localhost:{port}",
        "provider": "default",
    }
    payload = json.dumps(standard_claims | claims | more)
    return f"{COOKIE}={create_signed_value(secret, COOKIE, payload).decode()}"
