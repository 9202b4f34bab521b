"""Start the portal over a folder, as a process of its own, and show it in the browser."""

import os
import signal
import socket
import subprocess
import sys
import webbrowser
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from qc_core.errors import StoreUnavailable

_CHECKOUT = Path(__file__).resolve().parents[2]


_FIRST_PORT, _PORTS = 8501, 50
_OF_ANOTHER_PORTAL = (
    *("ALLOW_WEBSOCKET_ORIGIN", "API_GATEWAY_HOST", "QC_PORTAL_STORE", "QC_PORTAL_GUESTS", "QC_PORTAL_TRUST_NETWORK"),
    *("QC_PORTAL_OIDC_CLIENT_ID", "QC_PORTAL_OIDC_CLIENT_SECRET", "QC_PORTAL_OIDC_METADATA_URL"),
    *("QC_PORTAL_OIDC_COOKIE_SECRET", "QC_PORTAL_OIDC_REDIRECT"),
)
"""Settings of a hosted portal: with them this one would refuse the browser, ask for a login, or open a database.

They are emptied, not left out: a file of secrets next to the portal may hold a login, too.
"""


def open_portal(folder: Path, chosen: int | None, name: str | None) -> None:
    """Show a folder of assets, at the asset of that name if there is one, read-only, until the person ends it.

    `chosen` is the port, None for the first that is free. Raises StoreUnavailable where the portal's pages are not
    installed, or it does not start.
    """
    launcher = _CHECKOUT / "app.py"
    if not launcher.is_file():
        raise StoreUnavailable(
            f"The portal's pages are not installed: there is no {launcher}.", "Run it in a checkout of the portal."
        )
    port = _free_port(chosen)
    path = f"/view?{urlencode({'name': name})}" if name else "/"
    address = f"http://localhost:{port}{path}"
    settings = dict.fromkeys(_OF_ANOTHER_PORTAL, "")
    settings |= {"QC_PORTAL_ASSETS": str(folder.resolve()), "QC_PORTAL_READ_ONLY": "1"}
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended either way, the portal ends with it
    where = ("--server.port", str(port), "--server.address", "localhost")
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", *where],
        cwd=_CHECKOUT,
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
    )
    try:
        while not _answers(port):
            _require_running(server, port)
        sys.stderr.write(f"Open {address}\nCtrl+C ends the portal.\n")
        webbrowser.open(address)
        server.wait()
    except KeyboardInterrupt:
        pass
    finally:
        server.terminate()
        server.wait()


def _free_port(chosen: int | None) -> int:
    for port in [chosen] if chosen is not None else range(_FIRST_PORT, _FIRST_PORT + _PORTS):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except (OSError, OverflowError):
                continue
            return port
    raise StoreUnavailable(f"Port {chosen or _FIRST_PORT} is in use already.", "Choose another one with --port.")


def _require_running(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait a moment; raises StoreUnavailable if the server ended in it."""
    try:
        server.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return
    raise StoreUnavailable(f"The portal did not start on port {port}.", "Choose another one with --port.")


def _answers(port: int) -> bool:
    connection = HTTPConnection("localhost", port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().read() == b"ok"
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
