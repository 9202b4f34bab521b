"""`python -m tests.fakes.gateway_process FOLDER --rate 0.05`: a gateway in a process of its own.

It serves the records of FOLDER/records.json and says its port on the standard output. A line `heal` on its standard
input ends all faults; the end of its standard input ends it.
"""

import argparse
import json
import random
import sys
from pathlib import Path

from tests.fakes.gateway import Gateway


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--rate", type=float, default=0.0, help="how many of the requests meet a fault, 0 to 1")
    options.add_argument("--seed", type=int, default=4)
    asked = options.parse_args()
    gateway = Gateway(asked.folder, chance=random.Random(asked.seed), remembers=False)
    for record in json.loads((asked.folder / "records.json").read_text()):
        gateway.put(record)
    gateway.rate = asked.rate
    _say(str(gateway.started().port))
    for line in sys.stdin:
        if line.strip() == "heal":
            gateway.heal()
            _say("healed")
    gateway.stop()


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
