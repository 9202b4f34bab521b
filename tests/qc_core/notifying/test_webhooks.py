"""Notifying a webhook, with a real receiver: each delivery once, whatever fails."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from qc_core.notifying.run import CLAIM_HOLDS, Report, notify
from qc_core.stores.state.notified import NotifiedStore
from qc_core.stores.state.objects import FolderObjects
from tests.fakes.webhook_receiver import WebhookReceiver
from tests.qc_core.notifying.cron import START, Cron, Killed, raise_killed


def test_a_receiver_that_is_down_for_a_while_gets_each_delivery_once(cron: Cron, receiver: WebhookReceiver) -> None:
    cron.subscribe(f"{receiver.address} at-once")
    receiver.status = 503
    cron.add("Drift")
    assert cron.run(receiver.address) == Report("nothing sent, 1 to be tried again", failed=True)
    cron.now += timedelta(hours=2)
    cron.add("Noise", "Fail")
    assert cron.run(receiver.address) == Report("nothing sent, 2 to be tried again", failed=True)
    assert len(set(receiver.attempts)) == 1, "the second one waits for the first"
    receiver.status = 302
    assert cron.run(receiver.address).failed, "no redirect is followed"
    receiver.status = 200
    cron.now += timedelta(hours=20)
    assert cron.run(receiver.address) == Report("2 sent")
    assert cron.run(receiver.address) == Report("nothing new")
    [[first], [second]] = receiver.taken.values()
    assert first["delivery"] != second["delivery"] and first["counts"] == {"Pending": 1}
    assert second["assets"][0]["metrics"][0] | {"link": ""} == {
        "name": "Noise",
        "event": "Fail",
        "since": (START + timedelta(hours=1)).isoformat(),
        "link": "",
    }


def test_a_delivery_that_nobody_takes_for_a_day_is_given_up_and_the_next_one_says_so(
    cron: Cron, receiver: WebhookReceiver
) -> None:
    cron.subscribe(f"{receiver.address} at-once")
    receiver.status = 500
    cron.add("Drift")
    cron.run(receiver.address)
    cron.now += timedelta(days=1)
    receiver.status = 200
    assert cron.run(receiver.address) == Report("nothing new")
    cron.add("Noise")
    assert cron.run(receiver.address) == Report("1 sent")
    [[body]] = receiver.taken.values()
    assert body["notice"] == "1 earlier messages were not taken for a day and are not sent again."
    assert [item["name"] for asset in body["assets"] for item in asset["metrics"]] == ["Noise"]


def test_a_run_that_is_killed_delivers_again_under_the_same_id(cron: Cron, receiver: WebhookReceiver) -> None:
    cron.subscribe(f"{receiver.address} at-once")
    cron.add("Drift")
    notifier, subscriptions = cron.open()
    with pytest.raises(Killed):
        notify(replace(notifier, send_webhook=raise_killed), receiver.address, subscriptions)
    cron.now += CLAIM_HOLDS
    assert cron.run(receiver.address) == Report("1 sent")
    [[body]] = receiver.taken.values()
    kept = NotifiedStore(FolderObjects(Path(cron.environment["QC_PORTAL_STATE"]))).read(receiver.address)[0]
    assert body["counts"] == {"Pending": 1} and kept.waiting == () and kept.claim is None
