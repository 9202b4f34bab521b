"""Whether the sites whose views may be framed answer, asked of real servers."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from qc_core.__main__ import main
from qc_core.health import frames
from qc_core.health.checks import Finding, State
from qc_core.settings.model import Settings

ASKED: list[str] = []


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    servers: list[HTTPServer] = []

    def start(status: int = 200, **headers: str) -> str:
        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                ASKED.append(self.path)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Log nothing."""

        server = HTTPServer(("127.0.0.1", 0), Answer)
        servers.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def examine(origin: str, tmp_path: Path) -> Finding:
    settings = Settings(
        tmp_path, tmp_path, reviewer="Ada", read_only=False, contact=None, address="localhost", frame_origins=(origin,)
    )
    return next(iter(frames.examine_frames(settings)))


@pytest.mark.parametrize(
    ("status", "headers", "state", "words"),
    [
        (200, {}, State.WELL, "answers."),
        (200, {"Content_Security_Policy": "default-src 'self'; frame-ancestors *"}, State.WELL, "answers."),
        (200, {"X_Frame_Options": "sameorigin"}, State.TROUBLE, "forbids frames (X-Frame-Options: SAMEORIGIN)"),
        (200, {"Content_Security_Policy": "frame-ancestors 'self'"}, State.TROUBLE, "allows frames only of 'self'"),
        (503, {}, State.DOUBT, "answers with the status 503"),
    ],
)
def test_a_site_answers_and_allows_frames_or_not(
    serve: Callable[..., str], tmp_path: Path, status: int, headers: dict[str, str], state: State, words: str
) -> None:
    found = examine(serve(status, **headers), tmp_path)
    assert found.state is state and words in found.words
    assert bool(found.meaning) == (state is not State.WELL)


def test_a_site_that_cannot_be_reached_is_a_note_and_no_failure(tmp_path: Path) -> None:
    found = examine("http://127.0.0.1:9", tmp_path)
    assert found.state is State.DOUBT and found.well and "does not answer from this computer" in found.words


def test_doctor_asks_them_only_with_its_option(
    serve: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    origin = serve()
    (tmp_path / "assets").mkdir()
    more = {"ASSETS": tmp_path / "assets", "STATE": tmp_path / "state", "FRAME_HOSTS": origin}
    for name, value in {**more, "KACHERY_GATEWAY": origin}.items():
        monkeypatch.setenv(f"QC_PORTAL_{name}", str(value))
    monkeypatch.setattr(frames, "embeds_of", lambda settings: type("Only", (), {"frame_origins": (origin,)}))
    ASKED.clear()
    main(["doctor"])
    assert "Frames of" not in capsys.readouterr().out
    main(["doctor", "--frames"])
    assert f"ok   Frames of {origin}: {origin}/ answers." in capsys.readouterr().out
