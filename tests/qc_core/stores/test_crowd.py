"""Many people at once, through time-outs, errors and kills: each acknowledged annotation is in the record exactly
once."""

from pathlib import Path

from tests.fakes.gateway import FakeGateway
from tests.load.soak import Scale, run


def test_a_crowd_through_faults_and_kills_loses_nothing_and_writes_nothing_twice(
    tmp_path: Path, fake_gateway: FakeGateway
) -> None:
    scale = Scale(people=8, submissions=8, assets=3, metrics=12, rate=0.05, kills=3, timeout=2)
    counts = run(tmp_path, scale, fake_gateway)
    assert counts.wrong == ()
    assert (counts.kills, sum(counts.acknowledged.values())) == (3, 64)
    assert counts.found == counts.acknowledged["landed"] > 32
    assert counts.updates_sent >= counts.found
    assert counts.timed_out > 0
