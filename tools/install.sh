#!/bin/sh
# Installs exactly what a lock names into .venv, which is made where it is missing or holds another lock's packages.
# Usage: sh tools/install.sh requirements.lock       to run the portal
#        sh tools/install.sh requirements-dev.lock   to test it and work on it
set -eu
cd "$(dirname "$0")/.."
lock=$1

say() { printf '%s\n' "$*" >&2; }

# The lock for tests holds packages that have no release for Python 3.14 yet.
case $lock in
requirements-dev.lock) newest=13 ;;
*) newest=14 ;;
esac

is_python() {
    "$1" -c "import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, $newest)))" >/dev/null 2>&1
}

find_python() {
    for name in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python3.14 python; do
        if is_python "$name"; then echo "$name"; return; fi
    done
    say "This needs Python 3.11 to 3.$newest. Here, python3 is: $(python3 --version 2>/dev/null || echo missing)"
    say "Install one of them, from https://www.python.org/downloads/ or with your system's packages."
    say "If there is one under another name: make run PYTHON=/its/path"
    exit 1
}

# Whether .venv was installed from one of these locks as they are now.
holds() {
    for name in "$@"; do
        if cat requirements-build.lock "$name" | cmp -s - .venv/installed.lock; then return 0; fi
    done
    return 1
}

with_pip() { .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps "$@" >&2; }

# All of the bytecode makes the portal's first start quick. Tests import a third of their packages: compiling the rest
# would take longer than everything else here.
case $lock in
requirements.lock) compile=--compile-bytecode ;;
*) compile=--no-compile-bytecode ;;
esac

# uv takes a quarter of pip's time. It does not read pip's settings, though: where it finds no index, pip may.
with_uv() {
    .venv/bin/python -m uv pip install --quiet --python .venv/bin/python --require-hashes --no-deps "$compile" "$@" >&2
}

# requirements-dev.lock holds all of requirements.lock, at the same versions.
if is_python .venv/bin/python && holds "$lock" requirements-dev.lock; then exit 0; fi

# Only the step from running to testing adds to what is there; anything else starts anew, so that nothing is left over.
if ! { is_python .venv/bin/python && holds requirements.lock; }; then
    python=$(find_python)
    say "Making .venv with $("$python" --version) …"
    if ! "$python" -m venv --clear .venv >&2; then
        say "Python could not make a virtual environment in $(pwd)/.venv: the reason is above."
        say "On Debian and Ubuntu it is often a missing package: sudo apt install python3-venv"
        exit 1
    fi
fi

say "Installing $lock into .venv; the first time this takes a few minutes …"
rm -f .venv/installed.lock
# Packages without a wheel are built with what requirements-build.lock names, not with the newest there is.
install() {
    with_pip --requirement requirements-build.lock || return 1
    if with_uv --no-build-isolation --requirement "$lock"; then return 0; fi
    say "uv could not install the packages: the reason is above. Trying pip …"
    with_pip --no-build-isolation --use-pep517 --requirement "$lock"
}
if ! install; then
    say "The packages could not be installed: the reason is above. Is there a connection to the internet?"
    exit 1
fi
cat requirements-build.lock "$lock" >.venv/installed.lock
