"""The launcher: the Streamlit script, our own HTTP routes, and the security headers, in one process.

`streamlit run app.py` and `uvicorn app:app` both find `app`. The script lies in `pages/`, not here, so that a
cold deep link always goes through the router (a folder named `pages/` beside the main script would not).
"""

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from pages.routes.compare import compare
from pages.routes.converted import converted
from pages.routes.excerpt import excerpt
from pages.routes.files import files
from pages.routes.headers import SecurityHeaders
from pages.routes.origins import AllowedOrigins
from pages.routes.rerun import lent, rerun
from pages.routes.sandboxed import sandboxed

app = st.App(
    "pages/main.py",
    routes=[
        Route("/files/{record_id}/{digest}/{file_name}", files),
        Route("/files/{record_id}/{digest}/{data}/{file_name}", files),
        Route("/converted/{record_id}/{digest}/{file_name}", converted),
        Route("/excerpt/{record_id}/{digest}/{file_name}", excerpt),
        Route("/page/{record_id}/{digest}/{file_name}", sandboxed),
        Route("/rerun/{record_id}/{digest}/{file_name}", rerun),
        Route("/lent/{token}/{file_name}", lent, methods=["GET", "OPTIONS"]),
        Route("/compare/{record_id}/{left}/{right}", compare),
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(AllowedOrigins)],
)
