#!/bin/sh
# Sees to a Chromium for the browser tests: the system's own, else Debian's through apt where it may, else Playwright's.
# Chromium's headless shell is the same engine without the windows around it, and takes two thirds of the processor's time:
# tests use it where it is, and in CI it is installed.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

# The names that the tests look for, in their order.
has_browser() {
    for name in chromium-headless-shell chromium chromium-browser google-chrome; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

# How to run a command as root without being asked for a password; fails where that cannot be done.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

wanted=any
if [ "${CI:-}" = true ] && ! command -v chromium-headless-shell >/dev/null 2>&1; then wanted=shell; fi
if [ "$wanted" = any ] && has_browser; then exit 0; fi

may_install=no
if command -v apt-get >/dev/null 2>&1 && as_root true 2>/dev/null; then may_install=yes; fi

if [ "$may_install" = yes ]; then
    say "Installing Chromium with apt …"
    log=$(mktemp)
    as_root apt-get update -qq >"$log" 2>&1 || true
    for package in chromium-headless-shell chromium; do
        if as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            "$package" fonts-liberation >>"$log" 2>&1 && has_browser; then
            rm -f "$log"
            exit 0
        fi
    done
    if has_browser; then rm -f "$log"; exit 0; fi
    say "apt could not install it; its last words:"
    tail -n 5 "$log" >&2
    rm -f "$log"
fi

if has_browser; then exit 0; fi
say "Installing Playwright's own Chromium …"
# Together with the libraries that it needs, where that is allowed.
if [ "$may_install" = yes ]; then with_deps=--with-deps; else with_deps=; fi
if .venv/bin/python -m playwright install $with_deps chromium >&2; then exit 0; fi
say "There is no browser for the browser tests, and none could be installed. Install Chromium or Chrome, and try again."
exit 1
