"""What tests of figures share."""

from pathlib import Path

import pytest


@pytest.fixture
def asset(tmp_path: Path) -> Path:
    """An asset with a figure, next to a secret."""
    (tmp_path / "secret.png").write_bytes(b"secret")
    asset = tmp_path / "assets" / "mouse"
    (asset / "figures").mkdir(parents=True)
    (asset / "figures" / "drift #1 50%.png").write_bytes(b"drift")
    return asset
