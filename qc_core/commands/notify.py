"""`notify`: send people what became Pending, Fail or overdue; for cron."""

import argparse
import os
import sys
from typing import TYPE_CHECKING

from qc_core.errors import BadSetting, QcError
from qc_core.settings.model import Settings
from qc_core.settings.notifications import Subscription
from qc_core.settings.secrets_file import with_secrets

if TYPE_CHECKING:
    from qc_core.notifying.run import Notifier


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "notify",
        help="send people what became Pending, Fail or overdue",
        description="Sends each address of QC_PORTAL_NOTIFY what is new for it, in one message, by mail or to a "
        "webhook; nothing is sent twice. To be run by cron, such as every ten minutes. Exit code: 0 where all went "
        "well, 1 where something could not be sent, which the next run tries again.",
    )
    parser.add_argument("--to", metavar="ADDRESS", help="only this address of the settings")
    parser.add_argument("--dry-run", action="store_true", help="print what would be sent; send and remember nothing")
    parser.add_argument(
        "--wait", type=float, default=120.0, metavar="SECONDS", help="for metrics that are still being read (120)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Notify the addresses, one after the other; 1 where one of them could not be. Raises QcError."""
    from qc_core.notifying.making import make_notifier
    from qc_core.notifying.queries import read_query
    from qc_core.services import build

    settings = Settings.from_env(with_secrets(os.environ), address="localhost")
    addresses = _group_by_address(settings, arguments.to)
    if not addresses:
        sys.stdout.write("QC_PORTAL_NOTIFY names nobody.\n")
        return 0
    for one in settings.subscriptions:  # all of them before anything is sent
        read_query(one)
    notifier = make_notifier(build(settings), settings, wait=arguments.wait, is_preview=arguments.dry_run)
    notify_one = _preview if arguments.dry_run else _notify
    results = [notify_one(notifier, address, subscriptions) for address, subscriptions in addresses.items()]
    return 0 if all(results) else 1


def _group_by_address(settings: Settings, only: str | None) -> dict[str, list[Subscription]]:
    grouped: dict[str, list[Subscription]] = {}
    for one in settings.subscriptions:
        grouped.setdefault(one.address, []).append(one)
    if only is None:
        return grouped
    if only not in grouped:
        raise BadSetting(f"QC_PORTAL_NOTIFY does not name {only!r}.", "Add it there, or leave out --to.")
    return {only: grouped[only]}


def _notify(notifier: "Notifier", address: str, subscriptions: list[Subscription]) -> bool:
    """Whether it went well; an error is that of this address, and the others are still notified."""
    from qc_core.notifying.queries import name_address
    from qc_core.notifying.run import notify

    try:
        report = notify(notifier, address, subscriptions)
    except QcError as error:
        sys.stderr.write(f"{name_address(address)}: {error}\n")
        return False
    sys.stdout.write(f"{name_address(address)}: {report.text}\n")
    return not report.failed


def _preview(notifier: "Notifier", address: str, subscriptions: list[Subscription]) -> bool:
    from qc_core.notifying.mail_text import format_text
    from qc_core.notifying.queries import name_address
    from qc_core.notifying.run import preview

    digest = preview(notifier, address, subscriptions)
    sys.stdout.write(f"To {name_address(address)}:\n\n{format_text(digest) if digest else 'Nothing new.'}\n")
    return True
