from typing import Any

import pytest

from qc_core.uploading.limits import Held, TooManyUploadsError, UploadLimits


def limits() -> UploadLimits:
    return UploadLimits(one=10, session=Held(3, 20), process=Held(5, 50))


def test_one_upload_may_be_no_larger_than_the_limit() -> None:
    limits().begin("s", 10, {})
    with pytest.raises(TooManyUploadsError, match="larger"):
        limits().begin("s", 11, {})


@pytest.mark.parametrize("stored", [Held(3, 0), Held(1, 15)])
def test_a_session_has_a_limit_on_number_and_bytes(stored: Any) -> None:
    with pytest.raises(TooManyUploadsError, match="This page"):
        limits().begin("s", 6, {"s": stored})
    limits().begin("another", 6, {"s": stored})


@pytest.mark.parametrize("stored", [{str(n): Held(1, 0) for n in range(5)}, {str(n): Held(1, 15) for n in range(3)}])
def test_the_process_has_a_limit_on_number_and_bytes(stored: Any) -> None:
    with pytest.raises(TooManyUploadsError, match="The portal"):
        limits().begin("s", 6, stored)


def test_uploads_on_their_way_count_until_they_end() -> None:
    counted = limits()
    first, second = counted.begin("s", 10, {}), counted.begin("s", None, {})
    assert (first, second) == (10, 10)
    with pytest.raises(TooManyUploadsError):
        counted.begin("s", 1, {})
    counted.end("s", first)
    counted.begin("s", 1, {})
