"""Scripts and styles are sent compressed, and everything else as it was."""

import gzip
import re
from pathlib import Path

import streamlit

from pages.shell.frontend_modules import MODULES, module_address
from tests.fakes.portal import Portal
from tests.fakes.session import session

STATIC = Path(streamlit.__file__).parent / "static"
GZIP = {"Accept-Encoding": "gzip, br"}


def script_of_the_page() -> str:
    found = re.search(r'src="\./(static/js/[^"]+\.js)"', (STATIC / "index.html").read_text("utf-8"))
    assert found
    return found[1]


def test_streamlits_script_is_compressed_and_kept_for_ever(portal: Portal) -> None:
    path = script_of_the_page()
    text = (STATIC / path).read_bytes()
    for _ in range(2):  # made, and from the cache
        answer = portal.ask(f"/{path}", headers=GZIP)
        assert (answer.status, answer.headers["content-encoding"]) == (200, "gzip")
        assert gzip.decompress(answer.body) == text and len(answer.body) < len(text) / 2
        assert int(answer.headers["content-length"]) == len(answer.body)
        assert "immutable" in answer.headers["cache-control"] and "Accept-Encoding" in answer.headers["vary"]
        assert answer.headers["x-content-type-options"] == "nosniff" and "content-security-policy" in answer.headers


def test_our_modules_are_compressed(portal: Portal) -> None:
    answer = portal.ask(module_address("figure.js"), headers=GZIP)
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body) == MODULES["figure.js"]


def test_a_browser_that_takes_no_gzip_gets_the_file_as_it_is(portal: Portal) -> None:
    portal.ask(module_address("figure.js"), headers=GZIP)
    answer = portal.ask(module_address("figure.js"))
    assert "content-encoding" not in answer.headers and answer.body == MODULES["figure.js"]


def test_a_part_of_a_file_and_what_is_not_there_are_passed_on(portal: Portal) -> None:
    part = portal.ask(f"/{script_of_the_page()}", headers=GZIP | {"Range": "bytes=0-9"})
    assert (part.status, len(part.body)) == (206, 10) and "content-encoding" not in part.headers
    absent = portal.ask("/frontend/0123456789abcdef/figure.js", headers=GZIP)
    assert absent.status == 404 and "content-encoding" not in absent.headers


def test_scripts_and_styles_of_a_page_are_compressed(portal: Portal) -> None:
    with session(portal) as opened:
        assert [extension.name for extension in opened.line.protocol.extensions] == ["permessage-deflate"]
