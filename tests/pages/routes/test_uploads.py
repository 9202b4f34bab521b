"""`POST /upload_metadata`, and where a test record is seen and where never."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.fakes.assets import Asset, document, metric
from tests.fakes.login import TOKEN, settings
from tests.fakes.portal import Portal, free_port

OTHER_TOKEN = "another-token-of-enough-letters"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def at(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    folder, port = tmp_path_factory.mktemp("uploads"), free_port()
    running = Portal(
        portal.assets,
        folder / "state",
        folder / "log",
        more=settings(port, QC_PORTAL_UPLOAD_TOKENS=f"{TOKEN},{OTHER_TOKEN}"),
        port=port,
    )
    yield running.started()
    running.stop()


def upload(at: Any, record: Any, headers: Any = BEARER) -> Any:
    body = record if isinstance(record, bytes) else json.dumps(record).encode()
    answer = at.ask("/upload_metadata", "POST", dict(headers), body)
    return answer.status, json.loads(answer.body)


def record(name: str = "a_test", **more: Any) -> Any:
    return {"name": name, "quality_control": document(metric("Drift", reference="drift.png"))} | more


def test_a_pipeline_uploads_and_gets_the_link_and_what_is_odd(at: Portal) -> None:
    status, answer_body = upload(at, record("mouse"))
    assert status == 201
    assert answer_body["link"] == f"{at.url}/view?name=mouse" and answer_body["name"] == "mouse"
    assert any("does not state where its asset is" in one for one in answer_body["problems"])


def test_record_named_with_a_lone_surrogate_is_refused_in_json(at: Portal) -> None:
    status, answer_body = upload(at, record("bad\ud800name"))
    assert status == 422 and r"bad\ud800name" in answer_body["error"]


def test_record_that_holds_a_lone_surrogate_elsewhere_is_kept(at: Portal) -> None:
    held = record("surrogate_inside", quality_control=document(metric("a\ud800b", description="\udc00")))
    assert upload(at, held)[0] == 201


def test_two_pipelines_with_tokens_of_their_own_do_not_overwrite_each_other(at: Portal) -> None:
    first, again, other = (
        upload(at, record("shared"), {"Authorization": f"Bearer {token}"})[1]["id"]
        for token in (TOKEN, TOKEN, OTHER_TOKEN)
    )
    assert first == again != other


def test_the_link_names_the_id_where_a_real_record_has_the_name(at: Portal, made: Callable[..., Asset]) -> None:
    asset = made(document(metric("m")))
    status, answer_body = upload(at, record(asset.name))
    assert status == 201 and answer_body["link"] == f"{at.url}/view?id={answer_body['id']}"


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"{", 400, "not JSON"),
        (b"\xff\xfe", 400, "UTF-8"),
        (b"", 400, ""),
        (b"[]", 422, "not an object"),
        (b"{}", 422, "no name"),
        ({"name": "", "quality_control": {}}, 422, "no name"),
        ({"name": "x" * 301, "quality_control": {}}, 422, "no name"),
        ({"name": 5}, 422, "no name"),
        ({"name": "x"}, 422, "no quality control"),
        ({"name": "x", "quality_control": "none"}, 422, "no quality control"),
        ({"name": "x", "quality_control": {"nothing": "known"}}, 422, "cannot be shown"),
        (b'{"a":' * 200 + b"1" + b"}" * 200, 422, "too deeply"),
        (b"[" * 100_000, 400, ""),
        (b" " * 5_000_001, 413, "5 MB"),
    ],
)
def test_wrong_input_is_answered_with_what_to_do(at: Portal, body: Any, status: int, words: str) -> None:
    answered, answer_body = upload(at, body)
    assert answered == status
    assert words in answer_body["error"] and answer_body["hint"]


@pytest.mark.parametrize("header", [None, "Bearer a-wrong-token-of-some-length", f"Basic {TOKEN}", "Bearer", TOKEN])
def test_upload_without_a_known_token_or_a_login_is_refused(at: Portal, header: Any) -> None:
    status, answer = upload(at, record(), {"Authorization": header} if header else {})
    assert status == 401 and "QC_PORTAL_UPLOAD_TOKENS" in answer["hint"]


def test_more_than_is_allowed_is_refused_whatever_length_is_claimed(at: Portal) -> None:
    import socket

    with socket.create_connection(("localhost", at.port)) as line:
        head = f"POST /upload_metadata HTTP/1.1\r\nHost: localhost:{at.port}\r\nTransfer-Encoding: chunked\r\n"
        line.sendall(f"{head}Authorization: Bearer {TOKEN}\r\n\r\n".encode())
        chunk = b"%x\r\n%s\r\n" % (100_000, b" " * 100_000)
        try:
            for _ in range(60):
                line.sendall(chunk)
            line.sendall(b"0\r\n\r\n")
        except OSError:  # the server does not have to listen to the end
            pass
        assert b" 413 " in line.recv(4096)


def test_only_post_is_answered(at: Portal) -> None:
    for method in ("GET", "PUT"):
        assert at.ask("/upload_metadata", method, BEARER).status == 405


def test_a_figure_of_an_uploaded_record_leads_nowhere_on_this_computer(at: Portal) -> None:
    upload(at, record("escape", quality_control=document(metric("m", reference="../../../etc/passwd.png"))))
    answer = at.ask("/api/signed-reference?name=escape&reference=../../../etc/passwd.png")
    assert answer.status == 403
    upload(at, record("inside", quality_control=document(metric("m", reference="figures/x.png"))))
    assert at.ask("/api/signed-reference?name=inside&reference=figures/x.png").status == 404
