"""The JavaScript modules and styles of our browser components, read once, and the address that each is served at.

The address has a digest of all of them in it (`/frontend/0f3a…/figure/zoom.js`). So an answer may be kept for ever, and
an upgrade of the portal leads to new addresses. Modules import one another by relative paths, which stay below the
same digest.
"""

import hashlib
import json
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "components" / "frontend"

MODULES = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in sorted(FOLDER.rglob("*.js"))}
"""The text of each module by its path below `frontend/`, such as `figure/zoom.js`."""
STYLES = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.css")) if path.name != "page.css"}
"""The styles of components by name. Those of the page itself, `page.css`, are part of it."""
SERVED = {**MODULES, "styles.js": f"export default {json.dumps(STYLES)};\n".encode()}
"""What is served: the modules, and one that holds all styles."""


def _digest() -> str:
    found = hashlib.sha256()
    for name, text in SERVED.items():
        found.update(f"{name}\0{len(text)}\0".encode() + text)
    return found.hexdigest()[:16]


DIGEST = _digest()


def module_address(name: str) -> str:
    """The path on this server at which a module is served: `module_address("figure.js")`."""
    return f"/frontend/{DIGEST}/{name}"


def preload_header() -> str:
    """The value of a `Link` header that lets a browser fetch all modules while it loads Streamlit's own scripts."""
    return ", ".join(f"<{module_address(name)}>; rel=modulepreload" for name in SERVED)
