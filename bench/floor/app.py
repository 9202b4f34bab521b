"""The floor's launcher: an empty Streamlit page, started just as the portal is."""

import os
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

FIGURE = Path(os.environ["QC_BENCH_FIGURE"])


async def figure(_: Request) -> FileResponse:
    """The same picture as in the portal, under whatever name."""
    return FileResponse(FIGURE, media_type="image/png", headers={"Cache-Control": "private, no-cache"})


app = st.App("page.py", routes=[Route("/figure/{name}", figure)])
