#!/bin/sh
# Runs every check in the order of what it costs, and stops at the first stage that fails. Pytest's summary comes last.
set -eu
cd "$(dirname "$0")/.."

# Where the environment keeps Python from writing bytecode, each of a thousand processes would compile the portal again.
unset PYTHONDONTWRITEBYTECODE

stage() {
    name=$1
    shift
    printf '── %s\n' "$name"
    if ! "$@"; then
        printf '\nStopped: the stage “%s” failed. Nothing after it was run.\n' "$name" >&2
        exit 1
    fi
}

# The longest check that uses one core only: it runs next to the following ones, and reports after the first tests, which
# wait for servers and processes now and then.
begin_types() {
    types_report=$(mktemp)
    .venv/bin/python -m mypy >"$types_report" 2>&1 &
    types_process=$!
    trap 'kill "$types_process" 2>/dev/null || true; rm -f "$types_report"' EXIT
}

end_types() {
    if wait "$types_process"; then status=0; else status=$?; fi
    cat "$types_report"
    return "$status"
}

# Reads all tests once before several processes do, which would each compile them and what they import at the same time.
collect_tests() {
    if ! tests_report=$(.venv/bin/python -m pytest --collect-only -qq tests 2>&1); then
        printf '%s\n' "$tests_report"
        return 1
    fi
}

# Everything but the browser tests. Many of them wait for servers and processes: so two processes a core.
run_tests() {
    processes=$(.venv/bin/python -c "import os; print(min(8, (os.cpu_count() or 1) * 2))")
    # The demo's comes first: building it takes longest.
    pytest_side_by_side --numprocesses "$processes" tests/demo tests/test_*.py tests/qc_core tests/pages
}

# Each process has a portal and a Chromium of its own, which together use a core while they draw, and none while they wait
# for a server that is made to fail: so three processes for two cores. Those that wait longest come first.
run_browser_tests() {
    processes=$(.venv/bin/python -c "import os; print(min(8, ((os.cpu_count() or 1) * 3 + 1) // 2))")
    pytest_side_by_side --numprocesses "$processes" tests/browser/test_database.py tests/browser/test_clicks.py \
        tests/browser/test_drafts.py tests/browser
}

pytest_side_by_side() {
    .venv/bin/python -m pytest --dist loadfile --no-loadscope-reorder \
        --durations 10 --durations-min 1 "$@"
}

stage "install" sh tools/install.sh requirements-dev.lock
stage "browser" sh tools/browser.sh
stage "format (ruff)" .venv/bin/python -m ruff format --check --quiet .
stage "lint (ruff)" .venv/bin/python -m ruff check --quiet .
begin_types
stage "tests (pytest: all can be imported)" collect_tests
stage "imports (import-linter)" .venv/bin/lint-imports --no-logo
stage "front-end: lint (oxlint)" sh tools/frontend.sh lint
stage "front-end: types (tsc)" sh tools/frontend.sh types
stage "front-end: bundle (esbuild)" sh tools/frontend.sh bundle --check
stage "front-end: tests (node)" sh tools/frontend.sh test
stage "tests (pytest: all but the browser)" run_tests
stage "types (mypy)" end_types
stage "tests (pytest: browser)" run_browser_tests
