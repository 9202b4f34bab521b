#!/bin/sh
# Makes requirements.lock anew: every package that the portal needs, at one version, with the hashes of its files.
# What requirements-dev.txt pins besides (numpy, for one) is taken at the same version, so that what is tested is shipped.
set -eu
cd "$(dirname "$0")/.."

{
    printf '# Made by `make lock` from requirements.txt: do not edit. The image is installed from this file.\n'
    .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-annotate --constraints requirements-dev.txt requirements.txt
} >requirements.lock.new
mv requirements.lock.new requirements.lock
