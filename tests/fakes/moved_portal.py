"""The portal with a clock that a test can move: `python -m tests.fakes.moved_portal <port> <file with seconds>`.

The seconds in the file are added to the time whenever the portal asks for it. Everything else is the portal as it is.
"""

import functools
import sys
from datetime import datetime, timedelta
from pathlib import Path

import botocore.auth
import uvicorn

from pages.shell import portal
from qc_core.services import Services, build, now


@functools.cache
def _services() -> Services:
    ahead = Path(sys.argv[2])

    def clock() -> datetime:
        seconds = ""
        while not seconds:  # it may just be written anew
            seconds = ahead.read_text()
        return now() + timedelta(seconds=float(seconds))

    botocore.auth.get_current_datetime = lambda: clock().replace(tzinfo=None)  # addresses are signed as of then
    return build(portal.settings(), clock=clock)


if __name__ == "__main__":
    portal.services = _services  # before anything has taken it from there
    from app import app

    uvicorn.run(app, host="localhost", port=int(sys.argv[1]), log_level="warning")
