#!/bin/sh
# Writes the locks that every install reads: each names packages at one version, for every Python and system that the
# README names, with the hashes of their files.
#   requirements.lock        to run the portal, from requirements.txt
#   requirements-dev.lock    to work on it, from requirements-dev.txt; holds requirements.lock at the same versions
#   requirements-build.lock  what installs the others: uv, and what builds the packages that are published without a wheel
# Usage: sh tools/lock.sh            change only what the requirements ask for
#        sh tools/lock.sh --upgrade  take the newest versions that they allow
set -eu
cd "$(dirname "$0")/.."
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

# compile LOCK FROM [uv's options]: the old lock is uv's output file, so that versions that still fit are kept.
compile() {
    lock=$1
    from=$2
    shift 2
    if [ -f "$lock" ]; then cp "$lock" "$temporary/$lock"; fi
    .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-annotate "$@" --output-file "$temporary/$lock" "$from" >/dev/null
    { printf '# Written by `make lock`. Do not edit.\n'; grep -v '^#' "$temporary/$lock"; } >"$temporary/new"
    mv "$temporary/new" "$lock"
}

compile requirements-dev.lock requirements-dev.txt "$@"
grep -oE '^[a-z0-9-]+==[^ ]+( ; [^\\]+)?' requirements-dev.lock >"$temporary/constraints.txt"
compile requirements.lock requirements.txt --constraints "$temporary/constraints.txt" "$@"
printf 'setuptools>=80\nuv\n' >"$temporary/requirements-build.txt"
compile requirements-build.lock "$temporary/requirements-build.txt" --constraints "$temporary/constraints.txt" "$@"

# installable LOCK PYTHON…: whether each package has a wheel for each Python and system, or is one that we build.
installable() {
    lock=$1
    shift
    for system in x86_64-manylinux_2_28 aarch64-manylinux_2_28 aarch64-apple-darwin; do
        for python in "$@"; do
            .venv/bin/python -m uv pip install --quiet --dry-run --require-hashes --no-deps --only-binary :all: \
                --no-binary kachery-cloud --no-binary pubnub --python-version "$python" --python-platform "$system" \
                --target "$temporary/target" --requirements "$lock" ||
                { printf '%s cannot be installed on Python %s, %s.\n' "$lock" "$python" "$system" >&2; exit 1; }
        done
    done
}
installable requirements.lock 3.11 3.12 3.13 3.14
installable requirements-dev.lock 3.11 3.12 3.13
