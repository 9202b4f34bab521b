"""Another site, for real: a server on loopback with a view to embed, and one that fetches a recording."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

VIEWER = """<!doctype html><meta charset="utf-8"><p id="said">fetching</p><script>
const address = new URLSearchParams(location.search).get("url");
fetch(address, { headers: { Range: "bytes=0-3" } })
  .then(async (answer) => { said.textContent = `${answer.status} ${await answer.text()}`; })
  .catch((error) => { said.textContent = `failed: ${error}`; });
</script>"""
CURATION = """<!doctype html><meta charset="utf-8"><input id="work" aria-label="work">
<button id="send">Send</button><button id="named">Send for Second</button>
<button id="odd">Send what is none</button><iframe src="/inner"></iframe><script>
const curation = { labelsByUnit: { 1: ["noise"] }, mergeGroups: [[2, 3]] };
send.onclick = () => parent.postMessage({ curation }, "*");
named.onclick = () => parent.postMessage({ type: "curation-data", identifier: "Second", data: curation }, "*");
odd.onclick = () => {
  parent.postMessage({ hello: 1 }, "*");
  parent.postMessage("curation", "*");
  parent.postMessage({ curation: new Map([[1, 2]]) }, "*");
  parent.postMessage({ curation: "x".repeat(3000000) }, "*");
};
</script>"""
INNER = """<!doctype html><button id="send">Send from further in</button><script>
send.onclick = () => top.postMessage({ curation: { labelsByUnit: {} } }, "*");
</script>"""
WINDOWS = """<!doctype html><button id="opens">Open a window</button><a href="/inner" target="_blank">A tab</a>
<a href="/inner" target="_top">Lead away</a><p id="said"></p><script>
opens.onclick = () => { said.textContent = String(window.open("/inner")); };
</script>"""
PAGES = {"/curation": CURATION, "/inner": INNER, "/windows": WINDOWS}
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>'


class Site:
    """Serves until it is stopped. Another site is another origin: `127.0.0.1`, where portals are at `localhost`."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        markup = PICTURE if path.endswith(".svg") else PAGES.get(path, VIEWER).encode()
        self.send_response(200)
        self.send_header("Content-Type", "image/svg+xml" if path.endswith(".svg") else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(markup)))
        self.end_headers()
        self.wfile.write(markup)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
