"""The JavaScript modules and styles of our browser components, read once, and the address that each is served at.

The address has a digest of all of them in it (`/frontend/0f3a…/figure/zoom.js`). So an answer may be kept for ever, and
an upgrade of the portal leads to new addresses. Modules import one another by relative paths, which stay below the
same digest.

A page needs more than a hundred of them, and as many requests took a quarter of the time in which it opens. So a file
has all of them, `frontend_bundle.js`, which `make bundle` writes. While somebody works on the modules, it is of an
older state; then each module is loaded by itself, and nothing has to be built.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "components" / "frontend"
BUNDLE = FOLDER.with_name("frontend_bundle.js")

MODULES = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in sorted(FOLDER.rglob("*.js"))}
"""The text of each module by its path below `frontend/`, such as `figure/zoom.js`."""
STYLES = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.css")) if path.name != "page.css"}
"""The styles of components by name. Those of the page itself, `page.css`, are part of it."""
_STYLES_MODULE = {"styles.js": f"export default {json.dumps(STYLES)};\n".encode()}
"""One module that holds all styles."""


def digest(texts: Mapping[str, bytes]) -> str:
    """A digest of the names and texts of modules: 16 hexadecimal digits."""
    found = hashlib.sha256()
    for name, text in texts.items():
        found.update(f"{name}\0{len(text)}\0".encode() + text)
    return found.hexdigest()[:16]


def bundle_heading(modules: Mapping[str, bytes]) -> bytes:
    """The first line of a bundle, which states of which modules it is made."""
    return f"// All modules of frontend/ in one, written by `make bundle`, digest {digest(modules)}\n".encode()


def choose_loaded(modules: Mapping[str, bytes], bundle: bytes) -> dict[str, bytes]:
    """What a page loads, by name; the first is the one that Streamlit's stub imports, the one that loads components.

    It is the bundle where that is made of these very modules, and all modules otherwise.
    """
    if bundle.startswith(bundle_heading(modules)):
        return {"bundle.js": bundle, **_STYLES_MODULE}
    return {"load.js": modules["load.js"], **modules, **_STYLES_MODULE}


LOADED = choose_loaded(MODULES, BUNDLE.read_bytes() if BUNDLE.exists() else b"")
"""What a page loads: the bundle and the styles, or each module."""
SERVED = {**MODULES, **LOADED}
"""What is served."""
DIGEST = digest(SERVED)


def module_address(name: str) -> str:
    """The path on this server at which a module is served: `module_address("figure.js")`."""
    return f"/frontend/{DIGEST}/{name}"


def loader_address() -> str:
    """The path of the module that loads components."""
    return module_address(next(iter(LOADED)))


def preload_header() -> str:
    """The value of a `Link` header that lets a browser fetch all that it loads besides Streamlit's own scripts."""
    return ", ".join(f"<{module_address(name)}>; rel=modulepreload" for name in LOADED)
