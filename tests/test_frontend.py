"""The front-end's JavaScript and the lock of what checks it."""

import json
import re

from pages.shell.frontend_modules import BUNDLE, FOLDER, LOADED, MODULES, bundle_heading, choose_loaded
from tests.paths import ROOT

CHECKS = ROOT / "tools" / "frontend"


def test_the_lock_pins_every_package_by_its_digest_and_names_no_registry() -> None:
    text = (CHECKS / "package-lock.json").read_text("utf-8")
    assert "://" not in text
    packages = json.loads(text)["packages"]
    pinned = {name: entry for name, entry in packages.items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in pinned.values())
    wanted = json.loads((CHECKS / "package.json").read_text("utf-8"))["devDependencies"]
    assert packages[""]["devDependencies"] == wanted
    assert all(pinned[f"node_modules/{name}"]["version"] == version for name, version in wanted.items())


def test_the_bundle_is_made_of_the_present_modules() -> None:
    assert BUNDLE.read_bytes().startswith(bundle_heading(MODULES)), "`make bundle` writes it again"
    assert list(LOADED) == ["bundle.js", "styles.js"]


def test_modules_that_were_changed_since_the_bundle_was_made_are_loaded_by_themselves() -> None:
    changed = MODULES | {"tree.js": MODULES["tree.js"] + b"// more"}
    loaded = choose_loaded(changed, BUNDLE.read_bytes())
    assert next(iter(loaded)) == "load.js"
    assert loaded.keys() - {"styles.js"} == MODULES.keys() and loaded["tree.js"].endswith(b"// more")
    assert choose_loaded(MODULES, b"").keys() == loaded.keys()


def test_modules_share_nothing_through_the_window() -> None:
    for name, text in MODULES.items():
        assert not re.search(r"(window|globalThis)\.qc", text.decode()), name


def test_every_check_that_is_switched_off_has_its_reason_next_to_it() -> None:
    off = re.compile(r"@ts-(ignore|expect-error|nocheck)|(ox|es)lint-disable")
    for path in [*FOLDER.rglob("*.js"), *(ROOT / "tests" / "frontend").glob("*.js")]:
        for line in path.read_text("utf-8").splitlines():
            assert not off.search(line) or " -- " in line, f"{path}: {line}"


def test_every_module_of_pure_functions_is_tested_by_node() -> None:
    tested = {path.name.removesuffix(".test.js") for path in (ROOT / "tests" / "frontend").glob("*.test.js")}
    pure = {name for name in MODULES if re.search(r"(_arithmetic|/keys|/format|/tree_filter|/percentiles)\.js$", name)}
    assert {name.rpartition("/")[2].removesuffix(".js") for name in pure} <= tested
