"""Run the steps of the Dockerfile without an engine: in a clean virtual environment, or in one that is given.

`python -m tools.image_steps` installs from the locks as the first stage does, copies what the second one
copies, starts the command with its environment, and asks whether it answers. What needs a container (making the
user, labels) is left out. Tests run the same steps; what the first stage installs is kept for them in `.image/`.
"""

import hashlib
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements-build.lock", "requirements.lock")
"""What the first stage installs."""
_VENV, _STATE, _PORT = "/opt/venv", "/var/lib/qc-portal", "8000"
_TIMEOUT = 120.0
_ONLY_IN_IMAGES = ("--no-cache-dir", "--no-cache", "--compile-bytecode")

Instruction = tuple[str, str]


def stages(text: str) -> list[list[Instruction]]:
    """The instructions of each stage of a Dockerfile: name and arguments, comments and line ends taken out."""
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    found: list[list[Instruction]] = []
    for line in re.sub(r"\\\n\s*", " ", lines).splitlines():
        name, _, arguments = line.strip().partition(" ")
        if name == "FROM":
            found.append([])
        if name:
            found[-1].append((name, arguments.strip()))
    return found


@dataclass(slots=True)
class Image:
    """What the steps made: a folder that plays the container's file system."""

    root: Path
    venv: Path
    stage: list[Instruction]

    @property
    def app(self) -> Path:
        """The working directory of the last stage."""
        return self._inside(self.one("WORKDIR"))

    def one(self, name: str) -> str:
        """The arguments of the one instruction of that name."""
        (arguments,) = (argument for instruction, argument in self.stage if instruction == name)
        return arguments

    def copy(self) -> None:
        """The COPY steps, from the checkout."""
        self.app.mkdir(parents=True)
        for instruction, argument in self.stage:
            if instruction == "COPY" and not argument.startswith("--from="):
                *sources, target = shlex.split(argument)
                for source in sources:
                    _copy(ROOT / source, self.app / (target + source if target.endswith("/") else target))

    def environment(self, port: int) -> dict[str, str]:
        """The ENV step, and nothing of this shell's own."""
        argument = dict(word.split("=", 1) for word in shlex.split(self.one("ENV")))
        inside = {
            name: value.replace(_VENV, str(self.venv)).replace(_STATE, str(self._inside(_STATE)))
            for name, value in argument.items()
        }
        inside["PATH"] = inside["PATH"].replace("$PATH", os.environ["PATH"])
        return inside | {"HOME": "/nonexistent", "ALLOW_WEBSOCKET_ORIGIN": f"localhost:{port}"}

    def command(self, argument: str, port: int) -> list[str]:
        """A CMD in its exec form, with the port instead of 8000."""
        words: list[str] = json.loads(argument.removeprefix("CMD "))
        return [word.replace(_PORT, str(port)) for word in words]

    def healthcheck(self, port: int) -> list[str]:
        """The command of the health check."""
        argument = self.one("HEALTHCHECK")
        return self.command(argument[argument.index("CMD [") :], port)

    @contextmanager
    def running(self, settings: Mapping[str, str] | None = None, port: int = 0) -> Iterator[int]:
        """Start the command, wait until it answers, and end it; gives the port. `settings` are `docker run`'s."""
        port = port or _free_port()
        self._inside(_STATE).mkdir(parents=True, exist_ok=True)
        environment = self.environment(port) | dict(settings or {})
        program, *words = self.command(self.one("CMD"), port)
        where = shutil.which(program, path=environment["PATH"])
        assert where is not None, f"there is no {program} in {environment['PATH']}"
        process = subprocess.Popen([where, *words], cwd=self.app, env=environment)
        try:
            until = time.monotonic() + _TIMEOUT
            while not answers(port, "/_stcore/health", b"ok"):
                assert process.poll() is None, f"it ended with {process.returncode}"
                assert time.monotonic() < until, f"it did not answer within {_TIMEOUT:.0f} s"
                time.sleep(0.1)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=30)

    def _inside(self, path: str) -> Path:
        return self.root / path.lstrip("/")


def answers(port: int, path: str, wanted: bytes) -> bool:
    """Whether the server answers a path with 200 and a text that holds the wanted one."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status == 200 and wanted in answer.read()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def install(first: list[Instruction], folder: Path, *, cached: bool = False) -> Path:
    """The RUN steps of the first stage, in a folder of their own; gives the virtual environment that they made.

    With `cached` what pip and uv have at hand need not be loaded again, where its hashes are right all the same, and
    nothing is compiled beforehand, which takes longer than all the rest.
    """
    venv = folder / "venv"
    for lock in LOCKS:
        shutil.copy(ROOT / lock, folder)
    for instruction, argument in first:
        if instruction == "RUN":
            for option in _ONLY_IN_IMAGES if cached else ():
                argument = argument.replace(f"{option} ", "")
            command = argument.replace("python -m venv", f"{sys.executable} -m venv").replace(_VENV, str(venv))
            subprocess.run(["sh", "-ec", command], cwd=folder, check=True)
    return venv


def keep_install(first: list[Instruction]) -> Path:
    """The same, made once for each lock and each Python, in `.image/` of the checkout."""
    folder = ROOT / ".image"
    argument = json.dumps([first, *((ROOT / lock).read_text("utf-8") for lock in LOCKS), sys.version])
    wanted, stamp = hashlib.sha256(argument.encode()).hexdigest(), folder / "made-from"
    folder.mkdir(exist_ok=True)
    with FileLock(ROOT / ".image.lock"):
        if not stamp.exists() or stamp.read_text() != wanted:
            shutil.rmtree(folder)
            folder.mkdir()
            install(first, folder, cached=True)
            stamp.write_text(wanted)
    return folder / "venv"


def main() -> int:
    """All steps from the beginning."""
    first, last = stages((ROOT / "Dockerfile").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        image = Image(Path(folder) / "root", install(first, Path(folder)), last)
        image.copy()
        with image.running() as port:
            page = answers(port, "/", b"<title>")
            health = subprocess.run(image.healthcheck(port), env=image.environment(port), check=False).returncode
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    sys.stdout.write(
        f"The page {'was' if page else 'was NOT'} served, the health check gave {health}; {size >> 20} MB.\n"
    )
    return 0 if page and health == 0 else 1


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
