"""The login: `/login?next=…`, and changes to the answers of Streamlit's own login routes.

Streamlit's login always returns to `/`, never marks its cookies as Secure, and has no logout that invalidates a cookie.
So a short-lived cookie keeps the address; this middleware leads back to it after the callback, marks all cookies as
Secure where people come by https, and notes each logout, so that a copied cookie is worth nothing.

Streamlit logs out everybody who asks for `/auth/logout`, also by a picture that another page names. Here only a POST
does, or a page of the portal's own that goes there; everyone else is asked whether they meant it.
"""

import logging

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import encode_provider_token
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from pages.routes.who import claims_of
from pages.shell.login import FAILED, NO_ANSWER
from pages.shell.portal import now, services, settings
from qc_core.errors import BadSetting, StoreUnavailable
from qc_core.identity.permissions import login_of, person_of_claims
from qc_core.identity.return_address import HOME, resolve_return_address
from qc_core.settings.origins import is_visit, may_end_login

log = logging.getLogger("qc_portal")

NEXT = "qc_next"
_SECONDS_TO_LOG_IN, _MESSAGE_SECONDS = 600, 15
_AN_ERROR = 400
_BEGIN, _LOGIN, _CALLBACK, _LOGOUT = "/login", "/auth/login", "/oauth2callback", "/auth/logout"
_ASK = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Log out?</title><meta name="color-scheme" content="light dark">
<style>body { font: 1rem system-ui, sans-serif; margin: 3rem auto; max-width: 34rem; padding: 0 1rem }</style>
<h1>Log out?</h1>
<p>A link outside of the portal led here. You are still logged in.</p>
<form method="post" action="/auth/logout"><button>Log out</button></form>
<p><a href="/">Back to the portal</a></p>
</html>
"""
_ASK_HEADERS = {
    "Cache-Control": "no-store",
    # No `form-action`: it would also hold for the redirect to the provider, whose address is not known here.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",  # with "no-referrer" a browser's POST would say `Origin: null`
}


async def serve_login(request: Request) -> Response:
    """Remember the address for ten minutes, and go where `st.login` goes."""
    if not settings().login:
        return PlainTextResponse("This portal has no login. See docs/deploy.md for its settings.", 404)
    address = resolve_return_address(request.query_params.get("next", ""))
    answer = RedirectResponse(f"{_LOGIN}?provider={encode_provider_token('default')}", 302)
    answer.headers["Cache-Control"] = "no-store"
    answer.set_cookie(NEXT, address, max_age=_SECONDS_TO_LOG_IN, path="/", httponly=True, samesite="lax")
    return answer


class LoginAnswers:
    """Changes the answers of the login routes; passes everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with what it lacks."""
        if scope["type"] != "http" or not _has_login():
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        refused = _refuse(request)
        if refused is not None:
            await refused(scope, receive, send)
            return
        if scope["path"] == _LOGOUT:
            await to_thread.run_sync(lambda: _end(request))
            scope = {**scope, "method": "GET"}  # Streamlit's route knows no other

        failed: Response | None = None

        async def send_with_more(message: Message) -> None:
            nonlocal failed
            if scope["path"] == _LOGIN and message.get("status", 200) >= _AN_ERROR:
                failed = _no_provider(request)
            if failed is not None:
                return
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"] == _CALLBACK:
                    _lead_back(request, headers)
                _secure(headers)
            await send(message)

        await self.app(scope, receive, send_with_more)
        if failed is not None:
            await failed(scope, receive, send)


def _has_login() -> bool:
    try:
        return settings().login
    except BadSetting:  # which the page reports
        return False


def _refuse(request: Request) -> Response | None:
    """The answer to what only resembles a person who logs in or out, such as a picture's address; else None."""
    path = request.scope["path"]
    if path not in {_BEGIN, _LOGIN, _CALLBACK, _LOGOUT}:
        return None
    if not is_visit(request.headers):
        return PlainTextResponse(
            "This address is for a page, not for a part of one.", 403, {"Cache-Control": "no-store"}
        )
    if path == _LOGOUT and not may_end_login(request.method, request.headers, settings().own_origin):
        return HTMLResponse(_ASK, 403, _ASK_HEADERS)
    return None


def _no_provider(request: Request) -> Response:
    """Where the provider cannot be reached: redirect to the page before, with an error, instead of two bare words."""
    answer = RedirectResponse(resolve_return_address(request.cookies.get(NEXT, "")), 302)
    answer.headers["Cache-Control"] = "no-store"
    answer.set_cookie(FAILED, NO_ANSWER, max_age=_MESSAGE_SECONDS, path="/", httponly=True, samesite="lax")
    return answer


def _lead_back(request: Request, headers: MutableHeaders) -> None:
    """Redirect to the stored address after the callback, with an error if the login failed."""
    if headers.get("location") != HOME:
        return
    logged_in = any(_sets_user(value) for value in headers.getlist("set-cookie"))
    asked_back = NEXT in request.cookies
    headers["location"] = resolve_return_address(request.cookies.get(NEXT, ""))
    headers.append("set-cookie", f"{NEXT}=; Path=/; Max-Age=0; HttpOnly; SameSite=lax")
    if asked_back and not logged_in:
        headers.append("set-cookie", f"{FAILED}=1; Path=/; Max-Age={_MESSAGE_SECONDS}; HttpOnly; SameSite=lax")


def _sets_user(cookie: str) -> bool:
    name, _, value = cookie.partition("=")
    return name == USER_COOKIE_NAME and value.partition(";")[0].strip('"') != ""


def _secure(headers: MutableHeaders) -> None:
    if not (settings().own_origin or "").startswith("https://"):
        return
    cookies = headers.getlist("set-cookie")
    if cookies:
        del headers["set-cookie"]
        for cookie in cookies:
            headers.append("set-cookie", cookie if "; secure" in cookie.lower() else f"{cookie}; Secure")


def _end(request: Request) -> None:
    """Note that this login was ended. Where that cannot be noted, this process knows at least."""
    claims = claims_of(request)
    person = person_of_claims(claims, settings())
    if person is not None and person.expires_at is not None:
        try:
            services().ended_logins.end(login_of(claims), person.expires_at, now())
        except StoreUnavailable as error:
            log.warning("a logout could not be noted: %s", error.message)
