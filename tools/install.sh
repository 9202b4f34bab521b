#!/bin/sh
# Makes .venv where there is none, and installs a requirements file into it where that changed since the last time.
# Usage: sh tools/install.sh requirements.txt
set -eu
cd "$(dirname "$0")/.."
wanted=$1

say() { printf '%s\n' "$*" >&2; }

is_python() { "$1" -c "import sys; sys.exit(not ($2 <= sys.version_info[:2] < $3))" >/dev/null 2>&1; }

# Python 3.11 to 3.13 have every package; on a newer one those that its pages can do without are left out.
find_python() {
    for name in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python; do
        if is_python "$name" '(3, 11)' '(3, 14)'; then echo "$name"; return; fi
    done
    for name in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.15 python; do
        if is_python "$name" '(3, 11)' '(4, 0)'; then echo "$name"; return; fi
    done
    say "The portal needs Python 3.11 or newer. Here, python3 is: $(python3 --version 2>/dev/null || echo missing)"
    say "Install a newer one, from https://www.python.org/downloads/ or with your system's packages."
    say "If there is one under another name: make run PYTHON=/its/path"
    exit 1
}

# What was asked for when the packages were last installed; the test's requirements hold the portal's too.
asked_for() {
    cat requirements.txt
    if [ "$1" = requirements-dev.txt ]; then cat requirements-dev.txt; fi
}

if ! { is_python .venv/bin/python '(3, 11)' '(4, 0)' && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    python=$(find_python)
    say "Making .venv with $("$python" --version) …"
    if ! "$python" -m venv --clear .venv >&2; then
        say "Python could not make a virtual environment in $(pwd)/.venv: the reason stands above."
        say "On Debian and Ubuntu it is often a missing package: sudo apt install python3-venv"
        exit 1
    fi
fi

stamp=.venv/installed-$wanted
if asked_for "$wanted" | cmp -s - "$stamp"; then exit 0; fi

say "Installing $wanted into .venv; the first time this takes a few minutes …"
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement "$wanted" >&2; then
    say "The packages could not be installed: the reason stands above. Is there a connection to the internet?"
    exit 1
fi
asked_for requirements.txt >.venv/installed-requirements.txt
asked_for "$wanted" >"$stamp"
