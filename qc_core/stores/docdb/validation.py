"""Validate v2 documents with aind-data-schema, in a process of its own.

Validating changes the object it is given, and takes seconds for a document with many distinct tags: here it works on
a copy, the document's JSON text, and never on a thread of the pages. The process reads pairs of documents from its
standard input, a line each, and ends with it, so that it outlives no portal. `python -m
qc_core.stores.docdb.validation` is that process.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Timer
from typing import Protocol

from qc_core.json_document.value import JsonValue

log = logging.getLogger("qc_portal")
_ROOT = Path(__file__).resolve().parents[3]
_TIME_LIMIT = 60.0
_MAX_ERRORS = 20


class Validates(Protocol):
    """Finds what an edit makes invalid in a document."""

    def new_errors(self, before: JsonValue, after: JsonValue) -> tuple[str, ...]:
        """What is wrong in `after` and not in `before`."""
        ...


@dataclass(slots=True)
class Validator:
    """Compares how the schema validates a document before and after an edit. Safe for many threads, one at a time."""

    time_limit: float = _TIME_LIMIT
    _lock: Lock = field(default_factory=Lock)
    _process: "subprocess.Popen[str] | None" = None

    def new_errors(self, before: JsonValue, after: JsonValue) -> tuple[str, ...]:
        """What the schema finds wrong in `after` and not in `before`, as sentences; () where it could not be asked.

        If a document cannot be checked (too slow, or the schema is not installed), that is logged and does not prevent
        the write.
        """
        line = json.dumps([before, after])
        with self._lock:
            process = self._get_process()
            timer = Timer(self.time_limit, process.kill)
            timer.start()
            try:
                assert process.stdin and process.stdout
                process.stdin.write(line + "\n")
                process.stdin.flush()
                answer = process.stdout.readline()
            except OSError:
                answer = ""
            finally:
                timer.cancel()
            if not answer:
                process.kill()
                process.wait()
                self._process = None
                log.warning("a document could not be validated within %.0f s, or at all", self.time_limit)
                return ()
        return tuple(json.loads(answer))

    def close(self) -> None:
        """End the process, if it runs."""
        with self._lock:
            if self._process is not None:
                self._process.kill()
                self._process.wait()
                self._process = None

    def _get_process(self) -> "subprocess.Popen[str]":
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__],
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        return self._process


def errors(document: JsonValue) -> Iterator[tuple[str, str, str]]:
    """What the schema finds wrong with a document, each with its path and the kind of error; changes its argument."""
    from aind_data_schema.core.quality_control import QualityControl
    from pydantic import ValidationError

    try:
        QualityControl.model_validate(document)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False, include_context=False):
            yield ".".join(map(str, each["loc"])), each["type"], each["msg"]
    except (IndexError, KeyError, TypeError, AttributeError, ValueError) as error:
        # The validators raise errors of their own over some documents (docs/formats.md#second-generation).
        yield "", type(error).__name__, str(error)


def compare(before: JsonValue, after: JsonValue) -> list[str]:
    """Sentences about what is wrong in `after` alone."""
    known = {(path, kind) for path, kind, _ in errors(before)}
    fresh = [(path, words) for path, kind, words in errors(after) if (path, kind) not in known]
    return [f"{path or 'the document'}: {words}" for path, words in fresh[:_MAX_ERRORS]]


def main() -> None:
    """Answer each line, a JSON pair of documents, with a line: the JSON list of what is newly wrong."""
    for line in sys.stdin:
        before, after = json.loads(line)
        try:
            found = compare(before, after)
        except ImportError:
            found = []
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
