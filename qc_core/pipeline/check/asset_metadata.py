"""Check the metadata of the asset: what the list of assets and the links between assets need."""

from collections.abc import Iterator

from qc_core.assets.record import AssetRecord
from qc_core.pipeline.check.findings import CheckFinding, note, warning

_PLACE = "data_description"


def check_asset_metadata(asset: AssetRecord, *, described: bool) -> Iterator[CheckFinding]:
    """The fields that the list of assets, and the way from a derived asset to its source, rest on.

    `described` is whether there is a data description at all.
    """
    if not described:
        yield warning(
            "no-data-description",
            _PLACE,
            "There is no data description: the asset is listed without project and modality, and is hard to find.",
            "Copy data_description.json from the input; for a derived asset, make it derived.",
        )
    elif not asset.project:
        yield warning(
            "no-project",
            f"{_PLACE}.project_name",
            "There is no project: nobody finds the asset by it.",
            "Set project_name.",
        )
    if described and not asset.modalities:
        yield warning(
            "no-modality",
            f"{_PLACE}.modalities",
            "There is no modality: nobody finds the asset by it.",
            "Set modalities (modality, in the first generation).",
        )
    if not asset.subject_id:
        yield warning(
            "no-subject",
            f"{_PLACE}.subject_id",
            "There is no subject: the asset is missing from the history of the animal.",
            "Copy subject.json from the input, or set subject_id.",
        )
    if asset.data_level == "derived" and not asset.source_names:
        yield warning(
            "no-source",
            f"{_PLACE}.source_data",
            "It is derived, and its sources are not recorded: its raw asset cannot be found.",
            "Set source_data (input_data_name, in the first generation) to the names of its inputs.",
        )
    for problem in asset.problems:
        yield note("record", "the record", problem, "Repair it where the record is written, if it should be shown.")
