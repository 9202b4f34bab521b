"""README and docs alone lead to a hosted portal: the image, over a database, with a login.

No engine is at hand, so the image's steps are run, in an environment with the packages of the lock and nothing else.
What is typed and set is what the pages say; only the hosts, the secrets and the port are others.
"""

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Witness
from tests.browser.portal_page import PortalPage
from tests.browser.test_login import log_in
from tests.fakes.assets import document, metric
from tests.fakes.gateway import run_gateway
from tests.fakes.login import Provider, settings
from tests.fakes.portal import TIMEOUT, Portal, free_port
from tests.test_deploy import PORTAL_ENV
from tools.image_steps import ROOT, Image, keep_install, stages

README = (ROOT / "README.md").read_text("utf-8")
PAGE = (ROOT / "docs" / "deploy.md").read_text("utf-8")


def commands(text: str, name: str) -> list[Any]:
    """The commands of that name in a document, as words, with lines that go on joined."""
    return [shlex.split(line) for line in re.findall(rf"^{name} .*", text.replace("\\\n", " "), re.M)]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    first, last = stages((ROOT / "Dockerfile").read_text("utf-8"))
    made = Image(tmp_path_factory.mktemp("image"), keep_install(first), last)
    made.copy()
    return made


def test_the_readme_leads_to_the_image_and_to_the_page_on_running_it_for_others() -> None:
    (build,), (run,) = commands(README, "docker build"), commands(README, "docker run")
    assert build == ["docker", "build", "-t", run[-1], "."] and "(docs/deploy.md)" in README
    assert all(words[-1] == run[-1] for words in commands(PAGE, "docker run"))
    assert ["--env-file", "portal.env"] in [words[2:4] for words in commands(PAGE, "docker run")]


def test_somebody_logs_in_and_annotates_with_the_settings_of_the_page(
    image: Image, new_page: Callable[..., PortalPage], tmp_path: Path, witness: Witness
) -> None:
    port, provider = free_port(), Provider()
    with run_gateway(tmp_path) as gateway:
        gateway.put({"_id": "r-1", "name": "a mouse", "quality_control": document(metric("Drift"), metric("Noise"))})
        ours = settings(port, provider.url) | gateway.environment | {"ALLOW_WEBSOCKET_ORIGIN": f"localhost:{port}"}
        del ours["AWS_EC2_METADATA_DISABLED"], ours["AWS_ENDPOINT_URL_STS"]  # there is no AWS here to ask
        assert set(ours) - set(PORTAL_ENV) == {"REQUESTS_CA_BUNDLE"} and "`REQUESTS_CA_BUNDLE`" in PAGE
        with image.running(PORTAL_ENV | ours, port):
            at = Portal(tmp_path, tmp_path, tmp_path / "log", port=port)
            until = monotonic() + TIMEOUT
            while at.ask("/readyz").status != 200:  # the list of the database is read behind the page
                assert monotonic() < until and json.loads(at.ask("/healthz").body) == {"alive": True}
            page = new_page(at)
            page.list_assets()
            page.row("a mouse").get_by_role("link").click()
            expect(page.bar).to_contain_text("You are a guest. Log in to annotate.")
            log_in(page, "ada")
            expect(page.bar).to_contain_text("No changes yet.")
            page.card("Drift").choose("Pass")
            page.expect_changes(1)
            page.submit(1)
            page.page.goto("about:blank")  # an open page would call after its server
        history = gateway.get("r-1")["quality_control"]["metrics"][0]["status_history"]
    provider.stop()
    assert [(one["evaluator"], one["status"]) for one in history[1:]] == [("Ada Lovelace", "Pass")]
