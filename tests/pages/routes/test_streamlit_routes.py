"""Streamlit's own routes under the portal's rules: uploads, and the counts."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.fakes.login import BOB, cookie, settings
from tests.fakes.portal import Portal, free_port
from tests.fakes.session import session

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def closed(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal with a login, which shows nothing to guests."""
    folder, port = tmp_path_factory.mktemp("closed"), free_port()
    more = settings(port, QC_PORTAL_GUESTS="0", QC_PORTAL_ANNOTATORS="example.org")
    running = Portal(portal.assets, folder / "state", folder / "log", more=more, port=port)
    yield running.started()
    running.stop()


def upload(at: Portal, session_id: str, size: int, cookies: str = "", file_id: str = "", method: str = "PUT") -> Any:
    """Send a file as Streamlit's upload field does; gives the status of the answer."""
    token = next(one for one in at.ask("/_stcore/health").cookies if one.startswith("_streamlit_xsrf="))
    xsrf = token.partition("=")[2].partition(";")[0]
    headers = {
        "Cookie": "; ".join(one for one in (f"_streamlit_xsrf={xsrf}", cookies) if one),
        "X-Xsrftoken": xsrf,
        "Content-Type": "multipart/form-data; boundary=b",
    }
    head = b'--b\r\nContent-Disposition: form-data; name="f"; filename="f.json"\r\n\r\n'
    url = f"/_stcore/upload_file/{session_id}/{file_id or uuid.uuid4()}"
    return at.ask(url, method, headers, head + b"x" * size + b"\r\n--b--\r\n").status


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_only_those_who_may_upload_reach_the_upload_route(closed: Portal, method: str) -> None:
    def status(cookies: str) -> Any:
        return upload(closed, "no-such-session", 10, cookies, method=method)

    assert status("") == status("_streamlit_user=forged") == status(cookie(closed.port, exp=1_700_000_000)) == 401
    assert status(cookie(closed.port, BOB)) == 403
    # Streamlit's own answers, for a session that does not exist.
    assert status(cookie(closed.port)) == {"PUT": 400, "DELETE": 204}[method]


def test_a_guest_with_a_session_stores_nothing(closed: Portal) -> None:
    with session(closed, "status") as page:
        page.run()
        assert upload(closed, page.id, 10) == 401


def test_a_session_has_a_limit_on_number_and_bytes(portal: Portal) -> None:
    with session(portal, "status") as page:
        page.run()
        assert [upload(portal, page.id, 1) for _ in range(5)] == [204, 204, 204, 204, 429]
    with session(portal, "status") as page:
        page.run()
        sizes = [4 * MEGABYTE, 4 * MEGABYTE, 4 * MEGABYTE]
        assert [upload(portal, page.id, size) for size in sizes] == [204, 204, 429]
        assert upload(portal, page.id, 6 * MEGABYTE) == 413


def test_an_upload_that_is_removed_makes_room(portal: Portal) -> None:
    with session(portal, "status") as page:
        page.run()
        files = [str(uuid.uuid4()) for _ in range(4)]
        assert [upload(portal, page.id, 1, file_id=one) for one in files] == [204] * 4
        assert upload(portal, page.id, 1) == 429
        assert upload(portal, page.id, 1, file_id=files[0], method="DELETE") == 204
        assert upload(portal, page.id, 1) == 204


@pytest.mark.parametrize("url", ["/_stcore/metrics", "/_stcore/%6detrics", "/_stcore/metrics?families=x"])
def test_counts_of_streamlit_obey_the_setting_for_counts(portal: Portal, url: str) -> None:
    answer = portal.ask(url)
    assert (answer.status, answer.text) == (404, "QC_PORTAL_METRICS is not set.")


def test_counts_of_streamlit_are_given_where_the_setting_asks_for_them(start_portal: Callable[..., Portal]) -> None:
    at = start_portal(more={"QC_PORTAL_METRICS": "1"})
    assert "# EOF" in at.ask("/_stcore/metrics").text
