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
send.onclick = () => {
  const curation = { labelsByUnit: {} };
  const identifier = new URLSearchParams(parent.location.search).get("identifier");
  top.postMessage(identifier ? { type: "curation-data", identifier, data: curation } : { curation }, "*");
};
</script>"""
WINDOWS = """<!doctype html><button id="opens">Open a window</button><a href="/inner" target="_blank">A tab</a>
<a href="/inner" target="_top">Lead away</a><p id="said"></p><script>
opens.onclick = () => { said.textContent = String(window.open("/inner")); };
</script>"""
EPHYS_GUI = """<!doctype html><meta charset="utf-8"><p id="state">loading</p><p id="named"></p>
<p>received <span id="count">0</span>: <code id="received"></code></p><input id="work" aria-label="work">
<button id="label">Label a unit</button><button id="submit">Submit to parent</button>
<button id="stranger">Submit with another identifier</button><iframe src="/inner"></iframe><script>
const given = new URLSearchParams(location.search);
const identifier = given.get("identifier");
named.textContent = `${identifier} ${given.get("session")} ${given.get("analyzer_path")}`;
let curation = {
  format_version: "2", unit_ids: [1, 2, 3, 4],
  label_definitions: { quality: { label_options: ["good", "noise"], exclusive: true } },
  manual_labels: [], removed: [], merges: [], splits: [],
};
let number = 0;
function receive({ data: message }) {
  if (message?.type !== "curation-data" || message.identifier !== identifier) return;
  if (typeof message.data !== "object" || message.data === null) return;
  curation = structuredClone(message.data);
  received.textContent = JSON.stringify(curation.manual_labels);
  count.textContent = String(++number);
}
// The real one takes seconds until it listens, and answers nothing. Without an identifier it is mute and deaf.
setTimeout(() => {
  state.textContent = "ready";
  if (identifier) window.addEventListener("message", receive);
}, 900);
function send(as) {
  if (as) parent.postMessage({ type: "curation-data", identifier: as, data: curation }, "*");
}
document.querySelector("#label").onclick = () => {
  const unit_id = curation.unit_ids[curation.manual_labels.length];
  curation.manual_labels.push({ unit_id, labels: { quality: ["noise"] } });
};
submit.onclick = () => send(identifier);
stranger.onclick = () => send("someone-else");
</script>"""
PAGES = {"/ephys_gui_app": EPHYS_GUI, "/curation": CURATION, "/inner": INNER, "/windows": WINDOWS}
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
