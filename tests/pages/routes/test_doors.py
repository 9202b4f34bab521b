"""Each door of ours, tried by those who may not pass: no login, a forged or old cookie, another site's page."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pages.shell.frontend_modules import module_address
from tests.fakes.assets import OPHYS, Asset, demo, document, metric
from tests.fakes.login import ADA, BOB, TOKEN, cookie, settings
from tests.fakes.portal import Portal, free_port
from tests.fakes.session import session

FORGED = {
    "nothing": lambda port: "",
    "rubbish": lambda port: "_streamlit_user=rubbish",
    "foreign-secret": lambda port: cookie(port, secret="another secret that is long enough, but not this one"),
    "changed": lambda port: cookie(port) + "x",
    "other-portal": lambda port: cookie(port, origin="https://another-portal.example.org"),
    "run-out": lambda port: cookie(port, exp=1_700_000_000),
    "endless": lambda port: cookie(port, exp=None),
    "not-logged-in": lambda port: cookie(port, is_logged_in=False),
    "nobody": lambda port: cookie(port, sub=""),
    "typed": lambda port: "qc_name=Ada%20Lovelace",
}
"""What a browser might send as its cookie that proves nothing."""
FIGURES = ["files", "converted", "excerpt", "page", "rerun", "thumbnail"]
DOORS = ["files", "thumbnail", "compare", "comparison", "sessions", "changed", "signed", "upload"]


@pytest.fixture(scope="module")
def closed(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal with a login, which shows nothing to guests."""
    from tests.fakes.portal import Portal

    folder, port = tmp_path_factory.mktemp("closed"), free_port()
    more = settings(port, QC_PORTAL_GUESTS="0", QC_PORTAL_ANNOTATORS="example.org", QC_PORTAL_UPLOAD_TOKENS=TOKEN)
    running = Portal(portal.assets, folder / "state", folder / "log", more=more, port=port)
    yield running.started()
    running.stop()


@pytest.fixture
def knock(
    closed: Portal,
    portal: Portal,
    address_of: Callable[[Asset, str], str],
    frame_of: Callable[..., str],
    id_of: Callable[[Asset], str],
) -> Callable[..., Any]:
    """Asks at a door with these headers: `knock("files", cookie=…)`; gives the status."""
    asset = demo(OPHYS, portal.assets)
    references = [one["reference"] for one in asset.document()["metrics"] if str(one["reference"]).endswith(".png")]
    figure = references[0]
    record = json.dumps({"name": "test", "quality_control": document(metric("m"))}).encode()

    def ask(door: str, **headers: str) -> Any:
        json_type = {"Content-Type": "application/json", "Origin": closed.url} | headers
        answers_by_door = {
            "compare": lambda: closed.ask(frame_of(asset, figure, figure), headers=headers),
            "changed": lambda: closed.ask(f"/changed/{id_of(asset)}", headers=headers),
            "comparison": lambda: closed.ask(f"/comparison/{id_of(asset)}?metric=metrics/0", headers=headers),
            "sessions": lambda: closed.ask(f"/sessions/{id_of(asset)}?metric=metrics/0", headers=headers),
            "signed": lambda: closed.ask(
                f"/api/signed-reference?name={asset.name}&reference={figure}", headers=headers
            ),
            "upload": lambda: closed.ask("/upload_metadata", "POST", json_type, record),
        }
        if door in FIGURES:
            return closed.ask(address_of(asset, figure).replace("/files/", f"/{door}/"), headers=headers)
        return answers_by_door[door]()

    return ask


@pytest.mark.parametrize("door", DOORS)
def test_logged_in_person_passes(knock: Callable[..., Any], closed: Portal, door: Any) -> None:
    assert knock(door, Cookie=cookie(closed.port)).status in {200, 201}


@pytest.mark.parametrize("door", dict.fromkeys([*DOORS, *FIGURES]))
@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_nobody_else_does(knock: Callable[..., Any], closed: Portal, door: Any, forged: Any) -> None:
    answer = knock(door, Cookie=forged(closed.port))
    assert answer.status == 401
    assert answer.headers["content-type"] == "application/json" and json.loads(answer.body)["error"]


def test_a_guest_is_given_the_modules_that_draw_the_login_page(closed: Portal) -> None:
    assert closed.ask(module_address("log_in.js")).status == 200


BY_THE_PAGE = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
"""What a browser adds where a page of the portal's own goes to another address of it."""
PAGES = {"": "Visual Behavior", "view": "Visual Behavior", "drafts": "drafts", "status": "can be written"}
"""Words on each page that only its readers see."""


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_page_is_not_shown_over_the_websocket_without_login(closed: Portal, portal: Portal, forged: Any) -> None:
    query = f"name={demo(OPHYS, portal.assets).name}"
    with session(closed, "view", query, cookie=forged(closed.port)) as page:
        for page.page in PAGES:
            page.run()
        assert "Log in to continue" in page.text
        assert "Visual Behavior" not in page.text and "can be written" not in page.text
        assert not [label for label in page.controls if label.startswith("Status of")]


@pytest.mark.parametrize("page_path", PAGES)
def test_and_is_to_who_is_logged_in(closed: Portal, portal: Portal, page_path: Any) -> None:
    query = f"name={demo(OPHYS, portal.assets).name}"
    with session(closed, page_path, query, cookie=cookie(closed.port)) as page:
        assert PAGES[page_path] in page.text and "Log in to continue" not in page.text


def test_an_outsider_who_sends_what_an_annotators_page_sent_writes_nothing(
    closed: Portal, made: Callable[..., Asset]
) -> None:
    asset = made(document(metric("Drift")))
    before = asset.file.read_bytes()

    query = f"name={asset.name}"
    with session(closed, "view", query, cookie=cookie(closed.port)) as page:
        status = page.controls["Status of Drift"]
        page.press(status, status.options[0], then="saved as draft")
        page.press(page.controls["Review and submit"], then="Submit 1 change")
        page.press(page.controls["Submit 1 change"], then="0 of 1")  # this session draws the list then, with no Pending
    assert asset.metric("Drift")["status_history"][-1]["evaluator"] == "Ada Lovelace"
    asset.file.write_bytes(before)
    drafts = {file: file.read_bytes() for file in closed.state.glob("drafts/*/*/*.json")}
    with session(closed, "view", query, cookie=cookie(closed.port, BOB)) as outsider:
        outsider.run(status, status.options[0])
        for label in ("Review and submit", "Submit 1 change"):
            outsider.run(page.controls[label])
        assert "who may view this portal but not annotate" in outsider.text.replace("\\", "")
    assert asset.file.read_bytes() == before
    assert {file: file.read_bytes() for file in closed.state.glob("drafts/*/*/*.json")} == drafts


def test_streamlits_own_door_for_programs_stays_shut(closed: Portal) -> None:
    answer = closed.ask("/_stcore/agent/interact", "POST", {"Content-Type": "application/json"}, b"{}")
    assert answer.status == 403


def test_a_cookie_that_was_copied_before_the_logout_is_worth_nothing_after_it(
    closed: Portal, knock: Callable[..., Any]
) -> None:
    copied = cookie(closed.port, nonce="this login alone")
    assert knock("files", Cookie=copied).status == 200
    left = closed.ask("/auth/logout", headers={"Cookie": copied} | BY_THE_PAGE)
    assert left.status == 302 and any("_streamlit_user=" in one for one in left.cookies)
    assert {knock(door, Cookie=copied).status for door in DOORS} == {401}
    assert knock("files", Cookie=cookie(closed.port, nonce="another login")).status == 200


def test_a_logout_holds_after_a_restart_and_in_other_containers(
    closed: Portal, knock: Callable[..., Any], start_portal: Callable[..., Portal]
) -> None:
    copied = cookie(closed.port, nonce="ended elsewhere")
    other = start_portal(more=closed.more, state=closed.state)
    other.ask("/auth/logout", headers={"Cookie": copied} | BY_THE_PAGE)
    assert knock("files", Cookie=copied).status == 401


def test_guests_may_view_where_the_settings_do_not_forbid_it(
    portal: Portal, start_portal: Callable[..., Portal], address_of: Callable[[Asset, str], str]
) -> None:
    port = free_port()
    open_portal = start_portal(port=port, more=settings(port))
    asset = demo(OPHYS, portal.assets)
    figure = next(one["reference"] for one in asset.document()["metrics"] if str(one["reference"]).endswith(".png"))
    assert open_portal.ask(address_of(asset, figure)).status == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1", None])
def test_no_other_site_uploads_with_the_cookie_of_who_is_logged_in(closed: Portal, origin: str | None) -> None:
    headers = {"Cookie": cookie(closed.port), "Content-Type": "application/json"} | (
        {"Origin": origin} if origin else {}
    )
    assert closed.ask("/upload_metadata", "POST", headers, b"{}").status == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_no_form_uploads_with_the_cookie_of_who_is_logged_in(closed: Portal, kind: str) -> None:
    headers = {"Cookie": cookie(closed.port), "Content-Type": kind, "Origin": closed.url}
    assert closed.ask("/upload_metadata", "POST", headers, b"{}").status == 403


def test_person_who_may_only_view_sees_figures_and_uploads_nothing(knock: Callable[..., Any], closed: Portal) -> None:
    assert knock("files", Cookie=cookie(closed.port, BOB)).status == 200
    refused = knock("upload", Cookie=cookie(closed.port, BOB))
    assert refused.status == 403 and "who may view this portal but not annotate" in json.loads(refused.body)["error"]
    assert str(ADA["email"]).endswith("example.org")


@pytest.mark.parametrize(
    "page_path", ["//evil.example", "/\\evil.example", "https://evil.example", "/%09/evil.example", "x"]
)
def test_the_login_leads_back_to_no_other_site(closed: Portal, page_path: str) -> None:
    answer = closed.ask(f"/login?next={page_path}")
    assert answer.status == 302 and answer.headers["location"].startswith("/auth/login?provider=")
    (kept,) = [one for one in answer.cookies if one.startswith("qc_next=")]
    assert kept.partition(";")[0] in {"qc_next=/", 'qc_next="/"'}
    assert "HttpOnly" in kept and "Max-Age=600" in kept
    callback = closed.ask("/oauth2callback", headers={"Cookie": f"qc_next={page_path}"})
    assert callback.headers["location"] in {"/", "/%09/evil.example"}  # encoded like that it is a path of our own


def test_cookies_are_secure_behind_https(portal: Portal, start_portal: Callable[..., Portal]) -> None:
    more = settings(1) | {"QC_PORTAL_OIDC_REDIRECT": "https://qc.example.org/oauth2callback"}
    behind = start_portal(more=more)
    for path in ("/login?next=/view", "/oauth2callback?state=x", "/auth/logout"):
        answer = behind.ask(path, headers=BY_THE_PAGE)
        assert answer.cookies and all("; secure" in one.lower() for one in answer.cookies), path


def test_the_log_is_one_object_a_line_and_opens_no_door(closed: Portal, knock: Callable[..., Any]) -> None:
    copied = cookie(closed.port)
    knock("upload", Cookie=copied)
    closed.ask("/oauth2callback?code=the-code-of-a-login&state=the-state", headers={"Cookie": copied})
    closed.ask("/upload_metadata", "POST", {"Authorization": f"Bearer {TOKEN}"}, b'{"note": "what somebody wrote"')
    logged = [json.loads(line) for line in closed.log_text().splitlines()]
    assert logged[0]["message"] == f"The portal is on http://localhost:{closed.port}"
    asked = [one for one in logged if one.get("path") == "/upload_metadata"]
    assert asked and all(one["request"] and one["status"] for one in asked)
    for secret in (TOKEN, copied.partition("=")[2], "the-code-of-a-login", "what somebody wrote"):
        assert secret not in closed.log_text()


@pytest.mark.parametrize("page", ["", "view", "drafts", "status", "health"])
def test_no_page_of_a_cold_portal_is_sent_without_login(
    start_portal: Callable[..., Portal], portal: Portal, page: str
) -> None:
    """Not even to a script of one's own; `health` is the name of a file of pages, and has no address."""
    port = free_port()
    at = start_portal(port=port, more=settings(port, QC_PORTAL_GUESTS="0"))
    asset = demo(OPHYS, portal.assets)
    with session(at, page, f"name={asset.name}") as opened:
        assert "This portal shows its assets to people who are logged in" in opened.text
        for hidden in (asset.name, "Nothing is wrong", "Kachery"):
            assert hidden not in opened.text
    assert json.loads(at.ask("/healthz").body) == {"alive": True}
