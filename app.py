"""The launcher: the Streamlit script, our own HTTP routes, and the middleware around both, in one process.

`streamlit run app.py` and `uvicorn app:app` both find `app`. The script lies in `pages/`, not here, so that a
cold deep link always goes through the router (a folder named `pages/` next to the main script would not).
"""

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from pages.routes.asset_rows import list_assets
from pages.routes.compare import serve_pair
from pages.routes.comparison import serve_comparison
from pages.routes.compressed import CompressedFiles
from pages.routes.converted import serve_converted
from pages.routes.excerpt import serve_excerpt
from pages.routes.exports import export_assets
from pages.routes.files import serve_files
from pages.routes.frontend import PreloadFrontend, serve_frontend
from pages.routes.headers import SecurityHeaders
from pages.routes.hosts import AllowedHosts
from pages.routes.login import LoginAnswers, serve_login
from pages.routes.logs import RequestLog
from pages.routes.machines import healthz, metrics, readyz
from pages.routes.old_addresses import redirect_old_address
from pages.routes.origins import AllowedOrigins
from pages.routes.rerun import redirect_to_viewer, serve_recording_file
from pages.routes.revision import serve_revision
from pages.routes.sandboxed import serve_sandboxed
from pages.routes.server_address import ServerAddress
from pages.routes.sessions import serve_sessions
from pages.routes.signed_references import get_signed_reference, serve_signed_reference
from pages.routes.streamlit_routes import StreamlitRoutes
from pages.routes.thumbnail import serve_thumbnail
from pages.routes.uploads import upload_metadata
from pages.routes.who import for_readers
from pages.shell.layout_copies import share_copies
from pages.shell.message_batches import batch_messages
from pages.shell.message_hashes import shorten_hashes
from pages.shell.portal import build_login_secrets
from pages.shell.redrawn_parts import draw_in_one_run
from pages.shell.theme_message import cache_theme
from pages.shell.widget_lookups import look_up_widgets
from qc_core.assets.old_addresses import OLD_PAGES

cache_theme()
batch_messages()
share_copies()
draw_in_one_run()
look_up_widgets()
shorten_hashes()
app = st.App(
    "pages/main.py",
    routes=[
        Route("/files/{record_id}/{digest}/{file_name}", for_readers(serve_files)),
        Route("/files/{record_id}/{digest}/{data}/{file_name}", for_readers(serve_files)),
        Route("/converted/{record_id}/{digest}/{file_name}", for_readers(serve_converted)),
        Route("/excerpt/{record_id}/{digest}/{file_name}", for_readers(serve_excerpt)),
        Route("/page/{record_id}/{digest}/{file_name}", for_readers(serve_sandboxed)),
        Route("/rerun/{record_id}/{digest}/{file_name}", for_readers(redirect_to_viewer)),
        Route("/lent/{token}/{file_name}", serve_recording_file, methods=["GET", "OPTIONS"]),
        Route("/compare/{record_id}/{left}/{right}", for_readers(serve_pair)),
        Route("/comparison/{record_id}", for_readers(serve_comparison)),
        Route("/changed/{record_id}", for_readers(serve_revision)),
        Route("/sessions/{record_id}", for_readers(serve_sessions)),
        Route("/thumbnail/{record_id}/{digest}/{file_name}", for_readers(serve_thumbnail)),
        Route("/frontend/{digest}/{name:path}", serve_frontend),
        Route("/login", serve_login),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
        Route("/api/signed-reference", for_readers(serve_signed_reference)),
        Route("/get-signed-reference/{name}", get_signed_reference, methods=["GET", "OPTIONS"]),
        Route("/rows/assets", for_readers(list_assets)),
        Route("/export/assets.{format}", for_readers(export_assets)),
        *(Route(f"/{page}", redirect_old_address) for page in OLD_PAGES),
        Route("/upload_metadata", upload_metadata, methods=["GET", "POST", "PUT"]),
    ],
    middleware=[
        Middleware(RequestLog),
        Middleware(SecurityHeaders),
        Middleware(PreloadFrontend),
        Middleware(ServerAddress),
        Middleware(AllowedHosts),
        Middleware(AllowedOrigins),
        Middleware(StreamlitRoutes),
        Middleware(LoginAnswers),
        Middleware(CompressedFiles),
    ],
    secrets=build_login_secrets(),
)
