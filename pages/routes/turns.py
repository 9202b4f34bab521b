"""Run costly work of a request in a fair, bounded queue; it is dropped if the client disconnects before it starts."""

import asyncio
import time
from collections.abc import Callable, Hashable
from typing import TypeVar
from urllib.parse import unquote

from starlette.requests import Request

from pages.routes.who import claims_of
from pages.shell.portal import TYPED_NAME, services
from qc_core.errors import TooBusy
from qc_core.stores.figures.fair_pool import FairPool

MAX_SECONDS = 55.0
"""Seconds that a request waits for its turn and its work; a page waits a minute for an answer."""
_GLANCE = 0.5
"""Seconds between two checks whether the reader is still there."""
Result = TypeVar("Result")


async def in_turn(request: Request, pool: FairPool, figure: str, key: Hashable, act: Callable[[], Result]) -> Result:
    """The result of `act`, run by the pool. `figure` and the person who asks decide the order.

    Requests with the same `key` share one result. Raises TooBusy, and what `act` raises.
    """
    until = time.monotonic() + MAX_SECONDS
    job = pool.submit(asker(request), figure, key, act)
    done = asyncio.wrap_future(job.future)
    try:
        while not done.done():
            await asyncio.wait({done}, timeout=_GLANCE)
            if done.done():
                break
            if await request.is_disconnected():
                raise TooBusy("The request was cancelled.")
            if time.monotonic() > until:
                raise TooBusy(f"This {pool.makes} could not be made in time.", "Try again in a moment.")
        result: Result = done.result()
    finally:
        pool.leave(job)
    return result


def asker(request: Request) -> str:
    """Who asks, for fairness alone: the account; without one the address, and in a trusted network the typed name."""
    settings = services().settings
    address = request.client.host if request.client else ""
    if settings.login:
        claims = claims_of(request)
        return f"{claims.get('iss')} {claims.get('sub')}" if claims.get("is_logged_in") else address
    return f"{address} {unquote(request.cookies.get(TYPED_NAME, ''))}" if settings.trust_network else address
