"""Looks through the installed packages for Streamlit components once a process, not once a portal or tab."""

import functools

from streamlit.components.v2 import manifest_scanner


def scan_packages_once() -> None:
    """Keep the first answer for this process, and those that it forks: finding it takes 0.2 s of processor."""
    manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)
