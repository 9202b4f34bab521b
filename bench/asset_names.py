"""Summaries of made-up assets with realistic names, in any number: seeded, the same every time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from qc_core.assets.index import AssetSummary

_PLATFORMS = ("ecephys", "multiplane-ophys", "behavior", "SmartSPIM", "exaSPIM", "HCR", "single-plane-ophys", "FIP")
_MODALITIES = {
    "ecephys": ("ecephys", "behavior", "behavior-videos"),
    "multiplane-ophys": ("pophys", "behavior-videos"),
    "behavior": ("behavior",),
    "SmartSPIM": ("SPIM",),
    "exaSPIM": ("SPIM",),
    "HCR": ("SPIM", "merfish"),
    "single-plane-ophys": ("pophys",),
    "FIP": ("fib", "behavior"),
}
_PROCESSES = ("sorted", "sorted-ads2.4.0-main", "processed", "stitched", "videoprocessed", "dlc-eye")
_GENOTYPES = ("wt/wt", "Sst-IRES-Cre/wt;Ai148(TIT2L-GC6f-ICL-tTA2)/wt", "Vip-IRES-Cre/wt;Ai32(RCL-ChR2(H134R)_EYFP)/wt")
_FIRST = datetime(2020, 1, 1, 8, tzinfo=UTC)


def make_up_assets(number: int, seed: int = 11) -> Iterator[AssetSummary]:
    """So many assets: raw ones and, of six in ten, one or two that were derived from them."""
    chance = Random(seed)
    areas = ("MFISH", "Learning mFISH", "Thalamus", "Foraging", "Visual", "BCI")
    projects = [f"Project {area} {year}" for area in areas for year in range(2019, 2027)]
    people = [f"{first} {last}" for first in ("Ada", "Grace", "Alan", "Rosa", "Yuki") for last in ("Lovelace", "Hopper",
              "Turing", "Kim", "Silva", "Okafor")]  # fmt: skip
    made = 0
    while made < number:
        subject, project = str(chance.randint(400_000, 830_000)), chance.choice(projects)
        platform, genotype = chance.choice(_PLATFORMS), chance.choice(_GENOTYPES)
        for session in range(chance.randint(1, 12)):
            acquired = _FIRST + timedelta(days=chance.random() * 2400, seconds=session)
            stamp = f"{acquired:%Y-%m-%d_%H-%M-%S}"
            raw = f"{platform}_{subject}_{stamp}"
            names: list[tuple[str, str, tuple[str, ...]]] = [(raw, "raw", ())]
            for process in chance.sample(_PROCESSES, chance.choice((0, 0, 1, 1, 2))):
                later = acquired + timedelta(days=1 + chance.random() * 30)
                names.append((f"{raw}_{process}_{later:%Y-%m-%d_%H-%M-%S}", "derived", (raw,)))
            for name, level, sources in names:
                if made == number:
                    return
                yield _asset(made, name, level, sources, subject, project, platform, genotype, acquired, chance, people)
                made += 1


def _asset(made: int, name: str, level: str, sources: tuple[str, ...], subject: str, project: str, platform: str,
           genotype: str, acquired: datetime, chance: Random, people: list[str]) -> AssetSummary:  # fmt: skip
    metrics = chance.choice((0, 5, 20, 60, 200))
    pending = chance.choice((0, 0, 0, 1, 3, 12)) if metrics else 0
    pending, failed = min(pending, metrics), chance.choice((0, 0, 0, 0, 2)) if metrics > 20 else 0
    changed = acquired + timedelta(days=chance.random() * 90)
    return AssetSummary(
        record_id=f"{chance.getrandbits(64):016x}-{made:08x}",
        name=name,
        subject_id=subject,
        project=project,
        modalities=_MODALITIES[platform],
        acquisition_time=acquired,
        data_level=level,
        status="" if not metrics else "Fail" if failed else "Pending" if pending else "Pass",
        pending=pending,
        metrics=metrics,
        generation=chance.choice(("v1", "v2")),
        problem=None,
        passed=max(0, metrics - pending - failed),
        failed=failed,
        location=f"s3://aind-open-data/{name}",
        genotype=genotype,
        platform=platform,
        instrument=f"323_{platform.upper()}{chance.randint(1, 4)}",
        experimenters=tuple(chance.sample(people, chance.choice((1, 1, 2)))),
        sources=sources,
        code_ocean_id=f"{chance.getrandbits(128):032x}",
        processed_at=changed if level == "derived" else None,
        changed_at=changed if metrics else None,
        changed_by=chance.choice(people) if metrics else None,
    )
