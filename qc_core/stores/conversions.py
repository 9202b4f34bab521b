"""Pictures that no browser shows as they are, made into PNG: in processes of their own, kept in a bounded cache."""

import hashlib
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

from qc_core.errors import ReferenceUnreadable, StoreUnavailable

LOW, HIGH = 0.5, 99.5
"""The percentiles that become black and white unless somebody asks for others."""
_SCRIPT = Path(__file__).with_name("converting.py")
_FORM = 1
"""Raised whenever the same file would give other pixels."""
_HINT = "Tell whoever runs the pipeline that wrote it, or download the file and open it in another program."


@dataclass(frozen=True, slots=True)
class Limits:
    """What a conversion may take. The cache holds `cached` bytes of pictures; `shown` pixels are sent at most."""

    seconds: float = 40
    memory: int = 3 * 1024**3
    pixels: int = 150_000_000
    shown: int = 36_000_000
    cached: int = 512 * 1024**2
    at_once: int = 2


@dataclass(frozen=True, slots=True)
class Converted:
    """A PNG on disk, and what was done: size, pages, and for a stretched one the percentiles and their values."""

    path: Path
    facts: Mapping[str, Any]


class Conversions:
    """Converts, at most a few at once, and remembers. Many threads may ask."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        """`folder` is made when the first picture is kept in it."""
        self._folder, self._limits = folder, limits or Limits()
        self._free = BoundedSemaphore(self._limits.at_once)
        self._locks = [Lock() for _ in range(16)]

    def png(self, source: Path, low: float = LOW, high: float = HIGH, *, name: str | None = None) -> Converted:
        """The first page as PNG, greyscale of more than 8 bits stretched between two percentiles.

        `name` is how people know it, its own by default. Raises ReferenceUnreadable when it is damaged, too large
        or takes too long, StoreUnavailable when the cache cannot be written.
        """
        try:
            about = source.stat()
        except OSError as error:
            raise ReferenceUnreadable(f"The figure {name or source.name} cannot be read.", _HINT) from error
        told = (_FORM, str(source), about.st_mtime_ns, about.st_size, low, high, self._limits.shown)
        key = hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        with self._locks[int(key[0], 16)]:
            return self._kept(key) or self._made(key, source, name or source.name, low, high)

    def _kept(self, key: str) -> Converted | None:
        path, facts = self._folder / f"{key}.png", self._folder / f"{key}.json"
        try:
            found = json.loads(facts.read_text("utf-8"))
            os.utime(path)  # what was looked at last leaves the cache last
        except (OSError, ValueError):
            return None
        return Converted(path, found)

    def _made(self, key: str, source: Path, name: str, low: float, high: float) -> Converted:
        fresh = self._folder / f".{key}-{secrets.token_hex(4)}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._free:
                answer = self._carried_out(source, fresh, low, high)
            if "problem" in answer:
                raise ReferenceUnreadable(f"The picture {name} cannot be shown. {answer['problem']}", _HINT)
            (self._folder / f"{key}.json").write_text(json.dumps(answer), "utf-8")
            fresh.replace(self._folder / f"{key}.png")
            self._tidy(key)
        except OSError as error:
            raise StoreUnavailable(
                "The converted picture could not be kept.", f"Is there room in {self._folder}, and may it be written?"
            ) from error
        finally:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
        return Converted(self._folder / f"{key}.png", answer)

    def _carried_out(self, source: Path, target: Path, low: float, high: float) -> dict[str, Any]:
        """What was done, or under `problem` why it could not be."""
        limits = self._limits
        told = {"source": str(source), "target": str(target), "low": low, "high": high}
        told |= {"most_pixels": limits.pixels, "shown_pixels": limits.shown, "most_bytes": limits.memory}
        command = [sys.executable, "-I", str(_SCRIPT), json.dumps(told)]
        # It reads bytes that anybody may have written, so it knows no secret of the environment's.
        known = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
        try:
            ended = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=limits.seconds,
                env=known | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"problem": f"Converting it took longer than {limits.seconds:g} s."}
        try:
            return dict(json.loads(ended.stdout))
        except ValueError:  # killed by the system, or out of memory where Python could not say so
            return {"problem": "It needs more memory than a conversion may take, or is damaged."}

    def _tidy(self, newest: str) -> None:
        """Drop what was not looked at for longest, until the rest fits."""
        kept = [(path.stat().st_mtime, path.stat().st_size, path) for path in self._folder.glob("*.png")]
        total = sum(size for _, size, _ in kept)
        for _, size, path in sorted(kept, key=lambda one: one[0]):
            if total <= self._limits.cached:
                return
            if path.stem != newest:
                path.unlink(missing_ok=True)
                path.with_suffix(".json").unlink(missing_ok=True)
                total -= size


HEADER = 26
"""The bytes of a PNG that say how deep it is."""


def is_deep_grey_png(head: bytes) -> bool:
    """Whether a file that begins so is a PNG of 16-bit greyscale; browsers show only its upper 8 bits.

    Bit depth and colour type are the 25th and 26th byte (w3.org/TR/png, 11.2.1); types 0 and 4 are grey.
    """
    return head[:8] == b"\x89PNG\r\n\x1a\n" and len(head) >= HEADER and head[24] == 16 and head[25] in (0, 4)
