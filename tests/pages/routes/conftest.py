"""What tests of our routes share: the address of a figure, as the page would write it."""

from collections.abc import Callable

import pytest

from qc_core.references.reference import AssetFile
from qc_core.references.shown import file_address, reference_digest
from qc_core.services import now
from qc_core.stores.folder.store import FolderStore
from tests.fakes.assets import Asset
from tests.fakes.portal import Portal


@pytest.fixture
def id_of(portal: Portal) -> Callable[[Asset], str]:
    """The id that the portal knows an asset by."""
    store = FolderStore(portal.assets, now)
    return lambda asset: store.find_ids(asset.name)[0]


@pytest.fixture
def address_of(id_of: Callable[[Asset], str]) -> Callable[[Asset, str], str]:
    """The address of a file of an asset: `address_of(asset, "figures/drift.png")`."""
    return lambda asset, path: file_address(AssetFile(path), id_of(asset))


@pytest.fixture
def frame_of(id_of: Callable[[Asset], str]) -> Callable[..., str]:
    """The address of the frame that compares two files of an asset."""
    return lambda asset, left, right: f"/compare/{id_of(asset)}/{reference_digest(left)}/{reference_digest(right)}"
