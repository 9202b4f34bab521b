"""The launcher: the Streamlit script, our own HTTP routes, and the middleware around both, in one process.

`streamlit run app.py` and `uvicorn app:app` both find `app`. The script lies in `pages/`, not here, so that a
cold deep link always goes through the router (a folder named `pages/` next to the main script would not).
"""

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from pages.routes.compare import compare
from pages.routes.comparison import comparison
from pages.routes.compressed import CompressedFiles
from pages.routes.converted import converted
from pages.routes.excerpt import excerpt
from pages.routes.exports import export_assets
from pages.routes.files import files
from pages.routes.frontend import PreloadFrontend, frontend
from pages.routes.headers import SecurityHeaders
from pages.routes.hosts import AllowedHosts
from pages.routes.login import LoginAnswers, login
from pages.routes.logs import RequestLog
from pages.routes.machines import healthz, metrics, readyz
from pages.routes.old_addresses import redirect_old_address
from pages.routes.origins import AllowedOrigins
from pages.routes.rerun import lent, rerun
from pages.routes.revision import revision
from pages.routes.sandboxed import sandboxed
from pages.routes.server_address import ServerAddress
from pages.routes.sessions import sessions
from pages.routes.signed_references import get_signed_reference, signed
from pages.routes.streamlit_routes import StreamlitRoutes
from pages.routes.thumbnail import thumbnail
from pages.routes.uploads import upload_metadata
from pages.routes.who import for_readers
from pages.shell.portal import build_login_secrets
from qc_core.assets.old_addresses import OLD_PAGES

app = st.App(
    "pages/main.py",
    routes=[
        Route("/files/{record_id}/{digest}/{file_name}", for_readers(files)),
        Route("/files/{record_id}/{digest}/{data}/{file_name}", for_readers(files)),
        Route("/converted/{record_id}/{digest}/{file_name}", for_readers(converted)),
        Route("/excerpt/{record_id}/{digest}/{file_name}", for_readers(excerpt)),
        Route("/page/{record_id}/{digest}/{file_name}", for_readers(sandboxed)),
        Route("/rerun/{record_id}/{digest}/{file_name}", for_readers(rerun)),
        Route("/lent/{token}/{file_name}", lent, methods=["GET", "OPTIONS"]),
        Route("/compare/{record_id}/{left}/{right}", for_readers(compare)),
        Route("/comparison/{record_id}", for_readers(comparison)),
        Route("/changed/{record_id}", for_readers(revision)),
        Route("/sessions/{record_id}", for_readers(sessions)),
        Route("/thumbnail/{record_id}/{digest}/{file_name}", for_readers(thumbnail)),
        Route("/frontend/{digest}/{name:path}", frontend),
        Route("/login", login),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
        Route("/api/signed-reference", for_readers(signed)),
        Route("/get-signed-reference/{name}", get_signed_reference, methods=["GET", "OPTIONS"]),
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
