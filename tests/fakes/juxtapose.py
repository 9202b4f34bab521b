"""JuxtaposeJS, which the image-comparison component loads from a public address, answered from this computer."""

import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Route

VERSION = "1.1.6"
HOST = "https://cdn.knightlab.com"
PATH = "/libs/juxtapose/latest/"
TYPES = {".css": "text/css", ".js": "text/javascript"}


def package(cache: Path) -> Path:
    """The built files of the npm package, fetched once; skips the test where npm is missing, or reaches nothing."""
    built = cache / VERSION / "node_modules" / "juxtaposejs" / "build"
    if not built.is_dir():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("npm is missing, which fetches JuxtaposeJS for this test")
        command = [npm, "install", "--prefix", str(cache / VERSION), "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run([*command, f"juxtaposejs@{VERSION}"], capture_output=True, text=True, timeout=180)
        if done.returncode:
            pytest.skip(f"npm could not fetch JuxtaposeJS: {done.stderr.strip()[-300:]}")
    return built


def answered_from(built: Path, context: BrowserContext) -> list[str]:
    """Answer what the component asks of that host; the paths that were asked for."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        asked.append(path)
        file = built / path.removeprefix(PATH)
        if path.startswith(PATH) and file.is_file() and file.resolve().is_relative_to(built.resolve()):
            route.fulfill(body=file.read_bytes(), content_type=TYPES.get(file.suffix, "application/octet-stream"))
        else:
            route.abort()

    context.route(f"{HOST}/**", answer)
    return asked
