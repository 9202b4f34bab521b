#!/bin/sh
# Runs every check in the order of what it costs, and stops at the first stage that fails. Pytest's summary comes last.
set -eu
cd "$(dirname "$0")/.."

stage() {
    name=$1
    shift
    printf '── %s\n' "$name"
    if ! "$@"; then
        printf '\nStopped: the stage “%s” failed. Nothing after it was run.\n' "$name" >&2
        exit 1
    fi
}

# Unit tests come first and browser tests last, so that what is quick tells first. Files run side by side: each process
# has a portal and a browser of its own, so more than four would wait for one another.
run_tests() {
    set -- tests/test_*.py
    for folder in tests/*/; do
        case $folder in
        tests/pages/ | tests/routes/ | tests/browser/ | *__pycache__/) ;;
        *) set -- "$@" "$folder" ;;
        esac
    done
    for folder in tests/pages tests/routes tests/browser; do
        if [ -d "$folder" ]; then set -- "$@" "$folder"; fi
    done
    .venv/bin/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder "$@" && return
    [ $? -eq 1 ] && failed_in_the_browser_alone || return 1
    printf '\n── what failed in a browser beside other tests, alone: it must pass now\n'
    .venv/bin/python -m pytest --last-failed tests/browser
}

# Two browsers on two cores can be so late that a test gives up. That is told from a fault by running it again, alone;
# not where anything else failed, nor where several did.
failed_in_the_browser_alone() {
    failed=.pytest_cache/v/cache/lastfailed
    ! grep '::' "$failed" | grep -v -q '"tests/browser/' && [ "$(grep -c '::' "$failed")" -le 4 ]
}

stage "install" sh tools/install.sh requirements-dev.txt
stage "browser" sh tools/browser.sh
stage "format (ruff)" .venv/bin/python -m ruff format --check --quiet .
stage "lint (ruff)" .venv/bin/python -m ruff check --quiet .
stage "types (mypy)" .venv/bin/python -m mypy
stage "tests (pytest: unit, pages, browser)" run_tests
