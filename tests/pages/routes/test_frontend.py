"""The modules of our browser components: who is given which, for how long, and that nothing else is."""

import json
import re

import pytest

from pages.shell.frontend_modules import DIGEST, FOLDER, LOADED, MODULES, STYLES, module_address
from tests.fakes.portal import Portal


@pytest.mark.parametrize("name", MODULES)
def test_every_module_is_served_as_javascript_and_kept_for_ever(portal: Portal, name: str) -> None:
    answer = portal.ask(module_address(name))
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.body == (FOLDER / name).read_bytes()


def test_the_styles_are_served_as_one_module_and_kept_for_ever(portal: Portal) -> None:
    answer = portal.ask(module_address("styles.js"))
    assert (answer.status, answer.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    served = json.loads(answer.text.removeprefix("export default ").removesuffix(";\n"))
    assert served == STYLES and served["figure"] == (FOLDER / "figure.css").read_text("utf-8")
    assert "page" not in served


def test_head_gives_the_headers_without_the_text(portal: Portal) -> None:
    answer = portal.ask(module_address("figure.js"), "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert int(answer.headers["content-length"]) == len(MODULES["figure.js"])


@pytest.mark.parametrize(
    "path",
    [
        "/frontend/0123456789abcdef/figure.js",
        f"/frontend/{DIGEST}/absent.js",
        f"/frontend/{DIGEST}/types.d.ts",
        f"/frontend/{DIGEST}/figure.css",
        f"/frontend/{DIGEST}/../frontend/figure.js",
        f"/frontend/{DIGEST}/../../../../app.py",
        f"/frontend/{DIGEST}/%2e%2e/%2e%2e/shell/login.py",
        f"/frontend/{DIGEST}/..%2f..%2fshell%2flogin.py",
        f"/frontend/{DIGEST}//etc/passwd",
        f"/frontend/{DIGEST}/figure.js%00",
        f"/frontend/{DIGEST}/",
    ],
)
def test_other_versions_and_other_files_are_not_found_and_not_kept(portal: Portal, path: str) -> None:
    answer = portal.ask(path)
    assert answer.status in {400, 404}  # Streamlit answers 400 to a path that leads upwards
    assert b"import" not in answer.body
    assert "max-age" not in answer.headers.get("cache-control", "")


def test_other_methods_are_refused(portal: Portal) -> None:
    assert portal.ask(module_address("figure.js"), "POST").status == 405


def test_the_page_names_all_that_it_loads_for_the_browser_to_fetch_at_once(portal: Portal) -> None:
    link = portal.ask("/view?name=x").headers["link"]
    assert re.findall(r"<([^>]+)>; rel=modulepreload", link) == [module_address(name) for name in LOADED]
    assert "link" not in portal.ask("/healthz").headers
    assert "link" not in portal.ask("/compare/x/y/z").headers


@pytest.mark.parametrize("name", MODULES)
def test_every_import_names_a_module_that_is_served(name: str) -> None:
    for path in re.findall(r'^import [^"]*"([^"]+)";$', MODULES[name].decode(), flags=re.M):
        assert path.startswith(("./", "../")), path
        assert (FOLDER / name).parent.joinpath(path).resolve().relative_to(FOLDER).as_posix() in MODULES
